"""The exercises: the right answers follow from what is described, and come to the figures worked out by hand."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.rubric import PartName
from govkit.scoring import score_spot_check
from govkit.training import Exercise, Remark, TrainingError, load_exercises, load_exercises_from
from govkit.training.load import DATA
from govkit.workdays import after_working_days
from tests.training.described import Described
from tests.training.test_cases import assert_comes_to

EXERCISES = load_exercises()
BY_ID = {exercise.id: exercise for exercise in EXERCISES}
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=list(BY_ID))


@each_exercise
def test_result_is_the_one_worked_out_by_hand(exercise: Exercise) -> None:
    """The right answers come to the figures of the file, by the engine and by the second calculation."""
    assert_comes_to(exercise.situation(), exercise.expect)


@each_exercise
def test_answers_follow_from_the_pages(exercise: Exercise) -> None:
    """What can be counted from the tables, with the calendar, is what the answers say; so are the quantities."""
    judged = exercise.situation().result().judgements
    described = Described(exercise)
    for code, number in described.counted().items():
        if code in judged:
            found = judged[code].outcome == Outcome.FOUND
            assert (judged[code].count if found else 0) == number, code
    told = {each.quantity: each.value for each in exercise.measured if each.quantity != "事项总数"}
    known = described.measured()
    assert told == {name: known[name] for name in told}
    assert {name for name, value in known.items() if value and name not in told} == set()


@each_exercise
def test_daily_quantities_stand_on_a_page(exercise: Exercise) -> None:
    """The visits of each day are those of the table."""
    rows = Described(exercise).rows("日期", "访问次数", "超时次数")
    told = {daily.quantity: list(daily.values) for daily in exercise.daily}
    assert told == ({name: [int(str(row[name])) for row in rows] for name in ("访问次数", "超时次数")} if rows else {})
    assert all(daily.first == rows[0]["日期"] for daily in exercise.daily)


@each_exercise
def test_days_in_reasons_are_right(exercise: Exercise) -> None:
    """Where a reason names the last day of a term of working days, it is that day by the calendar."""
    for text in (text for texts in exercise.passages.values() for text in texts):
        term = re.search(r"第(\d)个工作日是(\d+)月(\d+)日", text)
        asked = re.search(r"(\d+)月(\d+)日(?:（\S+?）)?(?:留言|网民)", text) or re.search(
            r"\| \d{4}-(\d+)-(\d+) \|", text
        )
        if term and asked:
            days, month, day = (int(group) for group in term.groups())
            first = date(exercise.as_of.year, int(asked[1]), int(asked[2]))
            assert after_working_days(first, days) == date(exercise.as_of.year, month, day), text


def test_what_there_is() -> None:
    """A site with services, one without, one with a veto, and accounts; several part-two answers make a site hard."""
    sites = [e for e in EXERCISES if e.object.kind == Kind.SITE]
    assert {e.object.service for e in sites} == {True, False}
    assert any(e.expect.vetoes for e in sites)
    assert sum(e.object.kind == Kind.ACCOUNT for e in EXERCISES) == 2
    rubric = EXERCISES[0].rubric
    parts = {rubric.row_of[answer.item].part for e in EXERCISES for answer in e.answers}
    assert parts == set(PartName)
    kinds = {rubric.items[answer.item].kind for e in EXERCISES for answer in e.answers}
    assert kinds == {"flag", "count", "tier"}


@each_exercise
def test_hand_out(exercise: Exercise) -> None:
    """What is handed out has the object and no answer; left as it is, everything needed is told as not judged."""
    check = exercise.spot_check()
    assert (check.findings, check.measurements) == ((), ())
    [result] = score_spot_check(exercise.rubric, check).objects
    assert {judgement.outcome for judgement in result.judgements.values()} == {Outcome.UNCHECKED}
    feedback = exercise.feedback(result)
    assert {each.remark for each in feedback.items} <= {Remark.LEFT_OPEN, Remark.NOT_NEEDED}
    assert feedback.differences


@each_exercise
def test_reference_against_itself(exercise: Exercise) -> None:
    """The right answers have nothing to be said against them."""
    assert exercise.feedback(exercise.situation().result()).differences == ()


@given(data=st.data())
def test_one_wrong_answer(data: st.DataObject) -> None:
    """Each right answer that is left out is told as missed, with its passages."""
    exercise = data.draw(st.sampled_from([e for e in EXERCISES if e.answers]))
    answer = data.draw(st.sampled_from(exercise.answers))
    situation = exercise.situation().changed(answer.item, Outcome.CLEAR)
    [difference] = exercise.feedback(situation.result()).differences
    fit = answer.outcome(exercise.rubric) == Outcome.FOUND
    assert difference.remark == (Remark.MISSED if fit else Remark.SHOULD_BE_UNFIT)
    assert len(difference.passages) >= len(answer.passages)
    assert all(passage.quote in " ".join(difference.passages) for passage in answer.passages)


@each_exercise
def test_what_looks_like_a_problem(exercise: Exercise) -> None:
    """Somebody who takes it for one is told why it is none, with the words it rests on."""
    for harmless in exercise.harmless:
        assert any(harmless.quote in text and harmless.why in text for text in exercise.passages[harmless.item])
    right = exercise.situation()
    judged = right.result().judgements
    for harmless in exercise.harmless:
        if judged[harmless.item].outcome == Outcome.CLEAR and judged[harmless.item].reading is None:
            [difference] = exercise.feedback(right.changed(harmless.item, Outcome.FOUND).result()).differences
            assert difference.remark == Remark.EXTRA
            assert any(harmless.why in text for text in difference.passages)


def test_misread_date() -> None:
    """Somebody who misreads the last update of the quiet account is told so, with the page it stands on."""
    exercise = BY_ID["e5-quiet-account"]
    wrong = exercise.situation().measured("最近更新日期", date(2019, 12, 4))
    [difference] = exercise.feedback(wrong.result()).differences
    assert (difference.item.code, difference.remark) == ("M2.1", Remark.EXTRA)
    assert "恰好7天前" in difference.passages[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('quote = "何静"', 'quote = "何敬"', "何敬"),
        ('quote = "何静"', 'quote = "有"', "恰好一行"),
        ('page = "about", quote = "何静"', 'page = "abuot", quote = "何静"', "abuot"),
        ('item = "D3.2"\ncount = 1', 'item = "D3.2"\ncount = 2', "D3.2"),
        ('item = "D3.2"\ncount = 1', 'item = "D3.3"\ncount = 1', "D3.3"),
        ('item = "D4.2"\npage', 'item = "M1.1"\npage', "M1.1"),
        ('["何静", "副主任", ""]', '["何静", "副主任"]', "何静"),
        ('id = "links"', 'id = "home"', "重复"),
        ('kind = "text"', 'kind = "words"', "words"),
        ("value = 31", "value = 2019-01-01", "事项总数"),
    ],
)
def test_bad_exercise(tmp_path: Path, old: str, new: str, words: str) -> None:
    """A passage that is not there, a number without its passages, and the like are refused, with the name of the file."""
    text = (DATA / "exercises" / "e1-with-services.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "e1-with-services.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TrainingError) as raised:
        load_exercises_from(tmp_path)
    assert all("e1-with-services.toml" in complaint for complaint in raised.value.complaints)
    assert any(words in complaint for complaint in raised.value.complaints)
