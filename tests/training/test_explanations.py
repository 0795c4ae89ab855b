"""Every item explained: with an example that is right and one that is wrong, in the words of its rubric."""

import re
from datetime import date
from pathlib import Path

import pytest

from govkit.rubric import PartName, load_rubric, rubric_ids
from govkit.training import Explanation, TrainingError, explained_rubric, find_items, load_explanations
from govkit.training import load_explanations_from as load_from
from govkit.training.explanations import explain_items
from govkit.workdays import after_working_days

RUBRIC = load_rubric("fengdu-2019")
ALL = explained_rubric(RUBRIC)


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_every_item_is_explained(rubric_id: str) -> None:
    """All 97 items of each rubric have how, right and wrong, in the order of the annex, without an open gap."""
    rubric = load_rubric(rubric_id)
    items = explained_rubric(rubric)
    assert [each.item.code for each in items] == list(rubric.items)
    assert len(items) == 97
    for each in items:
        said = (each.explanation.how, each.explanation.right, each.explanation.wrong)
        assert len(set(said)) == 3, each.item.code
        assert not any(mark in text for text in said for mark in "{}"), each.item.code


def test_no_explanation_is_there_twice() -> None:
    """No two items share a text: each was written for its item."""
    texts = [text for said in load_explanations().values() for text in (said.how, said.right, said.wrong)]
    assert len(set(texts)) == len(texts)


def test_words_follow_the_variant() -> None:
    """The days of a limit are those of the rubric that is shown."""
    how = {
        i: next(e for e in explained_rubric(load_rubric(i)) if e.item.code == "M2.1").explanation.how
        for i in rubric_ids()
    }
    assert "7天（1周）" in how["fengdu-2019"]
    assert "14天（2周）" in how["fengdu-2019-m14"]


def test_samples_are_those_of_the_rubric() -> None:
    """Where a text fixes a sample, the explanation names it."""
    for each in ALL:
        if each.item.sample:
            assert str(each.item.sample) in each.explanation.how or each.item.code in {
                "D8.2",
                "D13.3",
                "D13.4",
                "D13.5",
            }


def test_warning_lines() -> None:
    """Exactly the items with a limit have a warning line."""
    assert {each.item.code for each in ALL if each.warning} == set(RUBRIC.parameters.limits)


@pytest.mark.parametrize(("code", "days"), [("D19.1", 5), ("D24.1", 3)])
def test_dates_of_examples(code: str, days: int) -> None:
    """The right example of a term of working days is answered on its last day, the wrong one on the day after."""
    said = next(each.explanation for each in ALL if each.item.code == code)
    right, wrong = (
        [date(2019, int(month), int(day)) for month, day in re.findall(r"(\d+)月(\d+)日", text)]
        for text in (said.right, said.wrong)
    )
    assert right[1] == after_working_days(right[0], days)
    assert wrong[1] == after_working_days(wrong[0], days + 1)


def test_find() -> None:
    """By part, by group, and by words in code, name, wording and explanation; all words must occur."""
    assert find_items(ALL) == ALL
    assert {each.part for each in find_items(ALL, part=PartName.BONUS)} == {PartName.BONUS}
    assert {each.row.code for each in find_items(ALL, part=PartName.BONUS, group="办事服务")} == {"B3", "B4", "B5"}
    assert [each.item.code for each in find_items(ALL, "d13.4")] == ["D13.4"]
    assert [each.item.code for each in find_items(ALL, "工作日 国庆")] == ["D19.1", "D24.1"]
    assert [each.item.code for each in find_items(ALL, "找错 入口")] == ["D23.1", "D23.2"]
    assert find_items(ALL, "没有这样的词") == ()


def test_missing_and_unknown_items() -> None:
    """An item without an explanation, and one of an item that the rubric does not know, are refused together."""
    said = dict(load_explanations())
    said["D99.1"] = said.pop("D1.1")
    del said["B9.1"]
    with pytest.raises(TrainingError) as raised:
        explain_items(RUBRIC, said, RUBRIC.row_of)
    assert len(raised.value.complaints) == 3
    assert {"D1.1", "B9.1", "D99.1"} == {code for code in ("D1.1", "B9.1", "D99.1") if code in str(raised.value)}


def test_what_an_office_words_otherwise() -> None:
    """An item that an office has added or worded otherwise is not explained by what was written for another text."""
    known = {code: row for code, row in RUBRIC.row_of.items() if code != "D1.1"}
    row, other = known["D1.2"], known["D2.2"]
    items = tuple(item.model_copy(update={"text": "另一句话"}) for item in row.items)
    known["D1.2"] = row.model_copy(update={"items": items})
    known["D2.2"] = other.model_copy(update={"points": other.points + 1 if other.points else None})
    said = {code: each for code, each in load_explanations().items() if code in known}
    told = {each.item.code: each.explanation for each in explain_items(RUBRIC, said, known)}
    for code in ("D1.1", "D1.2", "D2.2"):
        assert "还没有讲解" in told[code].how
    assert "还没有讲解" not in told["D2.1"].how


def test_bad_files(tmp_path: Path) -> None:
    """An empty text, a missing one, an item twice, and what is no TOML are told, of all files at once."""
    (tmp_path / "a.toml").write_text('["D1.1"]\nhow = "a"\nright = "b"\nwrong = "c"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('["D1.1"]\nhow = "a"\nright = "b"\nwrong = "c"\n', encoding="utf-8")
    (tmp_path / "c.toml").write_text('["D1.2"]\nhow = ""\nright = "b"\n', encoding="utf-8")
    (tmp_path / "d.toml").write_text('["D1.3"\n', encoding="utf-8")
    with pytest.raises(TrainingError) as raised:
        load_from(tmp_path)
    files = [text[:6] for text in raised.value.complaints]
    assert sorted(files) == ["b.toml", "c.toml", "c.toml", "d.toml"]
    assert Explanation(how="a", right="b", wrong="c")
