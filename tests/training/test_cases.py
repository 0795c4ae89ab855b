"""The worked cases: each comes to the figures written by hand in its file, by the engine and by a second calculation."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.scoring import Ground
from govkit.training import Case, Situation, TrainingError, load_cases, load_cases_from
from govkit.training.load import DATA
from govkit.training.told import Expected
from govkit.workdays import after_working_days
from tests.scoring.naive import naive_score

CASES = load_cases()
BY_ID = {case.id: case for case in CASES}
WRONG = [case for case in CASES if case.mistake]
each_case = pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
each_mistake = pytest.mark.parametrize("case", WRONG, ids=[case.id for case in WRONG])


def assert_comes_to(situation: Situation, expect: Expected) -> None:
    """Both calculations give what is expected."""
    result = situation.result()
    assert Expected.of(result.score) == expect
    marks = {code: (judgement.outcome, judgement.count) for code, judgement in result.judgements.items()}
    naive = naive_score(situation.rubric, situation.subject, marks)
    assert (naive.verdict, naive.part2, naive.bonus, naive.total, naive.range) == (
        *(expect.verdict, expect.part2, expect.bonus, expect.total, expect.range),
    )
    assert set(naive.open) == set(expect.open)


@each_case
def test_case_comes_to_the_figures_worked_out_by_hand(case: Case) -> None:
    """Verdict, ground, vetoes, deductions, bonuses, open items and figures are those of the file."""
    assert_comes_to(case.situation(), case.expect)


@each_mistake
def test_wrong_way_comes_to_something_else(case: Case) -> None:
    """The mistake that stands beside a case comes to its own figures, and they are not the right ones."""
    assert case.mistake
    mistaken = case.mistaken()
    assert mistaken
    assert_comes_to(mistaken, case.mistake.expect)
    assert case.mistake.expect != case.expect


def test_levels_and_number() -> None:
    """There are at least 24 cases, easy, middling and hard ones, each with a title of its own."""
    assert len(CASES) >= 24
    assert {case.level for case in CASES} == {"易", "中", "难"}
    assert len({case.title for case in CASES}) == len(CASES)


def test_every_ground_and_kind_occurs() -> None:
    """Each line of the outcome list decides some case; accounts pass, fail and stay open; a variant decides one."""
    assert {case.expect.ground for case in CASES} == set(Ground)
    accounts = {case.expect.ground for case in CASES if case.object.kind == Kind.ACCOUNT}
    assert accounts == {Ground.VETO, Ground.OPEN, Ground.CLEAN}
    assert {case.rubric_id for case in CASES} >= {"fengdu-2019", "fengdu-2019-m14"}


def outcomes(case: Case) -> set[Outcome]:
    """What was recorded or measured at a case."""
    return {judgement.outcome for judgement in case.situation().result().judgements.values()}


def of(case: Case, *codes: str) -> list[int]:
    """How often items were found."""
    judged = case.situation().result().judgements
    return [judged[code].count for code in codes if judged[code].outcome == Outcome.FOUND]


# what a trainer shows → what at least one case must be
TOPICS: dict[str, Callable[[Case], bool]] = {
    "60.00": lambda c: c.expect.total == 60 and c.object.service is True,
    "80.00": lambda c: c.expect.total == 80 and c.object.service is True and "B6" in str(c.findings),
    "60.00 after ×4/3": lambda c: c.expect.total == 60 and c.object.service is False,
    "80.00 after ×4/3": lambda c: c.expect.total == 80 and c.object.service is False,
    "below 60": lambda c: c.expect.ground == Ground.BELOW,
    "just above 80": lambda c: c.expect.part2 is not None and 80 < c.expect.part2 < 81,
    "bonus not scored": lambda c: c.expect.ground == Ground.PLAIN and any(a.item[0] == "B" for a in c.findings),
    "cap of 可用性": lambda c: len(of(c, "D22.1", "D22.2")) == 2 and c.expect.deductions["D22"] == 1,
    "two rows of 找错": lambda c: {"D23", "D24"} <= c.expect.deductions.keys(),
    "D9 once": lambda c: c.mistake is not None and any(a.item == "D9.2" for a in c.mistake.findings),
    "lower level": lambda c: c.expect.deductions.get("D12") == 1,
    "upper level": lambda c: c.expect.deductions.get("D12") == 2,
    "a veto that stops scoring": lambda c: c.expect.vetoes != () and any(a.item[0] == "D" for a in c.findings),
    "several vetoes": lambda c: len(c.expect.vetoes) > 1,
    "too few visits": lambda c: c.expect.open == ("V2.1",) and c.mistake is not None,
    "a bonus item open": lambda c: c.expect.ground == Ground.BONUS_OPEN,
    "not applicable": lambda c: Outcome.NOT_APPLICABLE in outcomes(c),
    "cannot tell": lambda c: Outcome.CANNOT_TELL in outcomes(c),
    "unchecked": lambda c: Outcome.UNCHECKED in outcomes(c),
}


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_is_covered(topic: str) -> None:
    """Some case shows it."""
    assert any(TOPICS[topic](case) for case in CASES)


def test_seven_days_exactly() -> None:
    """An account updated 7 days before passes, 8 days before it fails, and under the variant of two weeks it passes."""
    ages = {
        (case.rubric_id, (case.as_of - last).days): case.expect.ground
        for case in CASES
        if isinstance(last := case.measured.get("最近更新日期"), date)
    }
    assert ages["fengdu-2019", 7] == Ground.CLEAN
    assert ages["fengdu-2019", 8] == Ground.VETO
    assert ages["fengdu-2019-m14", 8] == Ground.CLEAN


@pytest.mark.parametrize(
    ("case_id", "days", "item"), [("30-five-working-days", 5, "D19.1"), ("31-three-working-days", 3, "D24.1")]
)
def test_terms_over_the_holidays(case_id: str, days: int, item: str) -> None:
    """The messages told in the story are late as often as the case says, by the Chinese calendar."""
    case = BY_ID[case_id]
    late = 0
    for line in re.findall(r"^[甲乙丙]：.*留言.*$", case.story, re.MULTILINE):
        told = [date(2019, int(month), int(day)) for month, day in re.findall(r"(\d+)月(\d+)日", line)]
        term = after_working_days(told[0], days)
        late += (case.as_of if "没有答复" in line else told[1]) > term
        assert f"{term.month}月{term.day}日" in case.arithmetic
    assert of(case, item) == [late]


def broken(tmp_path: Path, old: str, new: str) -> TrainingError:
    """What is said of a folder with a case in which something was replaced."""
    text = (DATA / "cases" / "06-upper-level.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "06-upper-level.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TrainingError) as raised:
        load_cases_from(tmp_path)
    return raised.value


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "06-upper-level"', 'id = "other"', "other"),
        ('level = "中"', 'level = "高"', "高"),
        ('rubric_id = "fengdu-2019"', 'rubric_id = "fengdu"', "fengdu"),
        ('item = "D12.2", count = 2, note', 'item = "D12.9", count = 2, note', "D12.9"),
        ('item = "D12.2", count = 2, note', 'item = "D12.2", count = 3, note', "D12.2"),
        ('item = "D12.2", count = 2, note', 'item = "D12.2", result = "符合", note', "符合"),
        ('item = "D12.2", count = 2, note', 'item = "D12.2", result = "未发现", count = 2, note', "数量"),
        ('item = "B1.1", count = 1, note', 'item = "D12.2", count = 1, note', "不止一次"),
        ("service = true", "service = false", "D12.2"),
        (", service = true", "", "service"),
        ("findings = [\n", 'measured = { "最近更新日期" = 2019-12-01 }\nfindings = [\n', "最近更新日期"),
        ("findings = [\n", 'measured = { "事项总数" = 2019-12-01 }\nfindings = [\n', "事项总数"),
        ("findings = [\n", 'measured = { "首页最近更新日期" = 2020-12-01 }\nfindings = [\n', "首页最近更新日期"),
        ("findings = [\n", 'measured = { "事项总数" = 3, "要素缺失4类以上事项数" = 4 }\nfindings = [\n', "要素缺失"),
        (
            "findings = [\n",
            'measured = { "空白栏目数" = 9 }\nfindings = [{ item = "V4.3", result = "未发现" },\n',
            "V4.3",
        ),
        ("findings = [\n", 'findings = [{ item = "D1.1", result = "不适用" },\n', "理由"),
        ('level = "中"', "level = 中", "TOML"),
        ('level = "中"', 'level = "中"\nunlisted = "不适用"', "未检查"),
        ('id = "06-upper-level"', 'id = "06-upper-level"\nextra = 1', "extra"),
    ],
)
def test_bad_case(tmp_path: Path, old: str, new: str, words: str) -> None:
    """What the form would refuse, and what is no case, is told with the name of the file."""
    error = broken(tmp_path, old, new)
    assert all("06-upper-level.toml" in text for text in error.complaints)
    assert any(words in text for text in error.complaints)


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Faults of several files, and several in one, are told together."""
    for name in ("01-first-site", "02-row-cap"):
        text = (DATA / "cases" / f"{name}.toml").read_text(encoding="utf-8")
        spoiled = text.replace('level = "易"', 'level = ""').replace("as_of = 2019-12-20", "")
        (tmp_path / f"{name}.toml").write_text(spoiled, encoding="utf-8")
    with pytest.raises(TrainingError) as raised:
        load_cases_from(tmp_path)
    assert len(raised.value.complaints) == 4
