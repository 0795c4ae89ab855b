"""The sample year: four inspections, what units answered, and 年度考核 come to what was worked out by hand.

Requirements: issue 6, a year of `sample_data/` (four quarters, recheck, appeals, assessment) that `demo --year` runs.
"""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from govkit import commands
from govkit.assessing import Standing, assess, load_assessment_rule
from govkit.forms.follow.page import FollowPage
from govkit.forms.follow.track_pane import TrackPane
from govkit.forms.summary.page import SummaryPage
from govkit.issues import Case, State
from govkit.ledger import Kind
from govkit.organising import year_facts
from govkit.organising.sample_year import SampleYear, run_sample_year
from govkit.quarters import Quarter
from govkit.reading import read_spot_check, read_year
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, ObjectScore, score_spot_check
from govkit.store import open_home
from govkit.workdays import after_working_days
from sample_data.make.facts import read_data
from sample_data.make.inspections import ASSESSMENT, Inspected, load_inspections
from tests.documents.words import paragraphs, tables
from tests.forms.browser import words

SAMPLE = Path(__file__).parents[1] / "sample_data"
FOLLOW_UP, ASSESSED = read_data("year/follow_up.toml"), read_data("year/assessment.toml")
QUARTERS = load_inspections()
Year = tuple[Path, SampleYear]


def scored(inspected: Inspected) -> Inspection:
    """Return a quarter as it is read from its workbook."""
    check = read_spot_check(SAMPLE / inspected.path)
    return score_spot_check(load_rubric(check.batch.rubric_id), check)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The whole year, gone through once, and where its documents are."""
    out = tmp_path_factory.mktemp("全年")
    return out, run_sample_year(SAMPLE, out, lambda _: None)


def figures(score: ObjectScore, of: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is expected of a result, as it is."""
    shown = {
        "verdict": str(score.verdict),
        "vetoes": list(score.vetoes),
        "part2": score.part2,
        "bonus": score.bonus,
        "total": score.total,
    }
    return {name: shown[name] for name in of}


def exact(expected: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures as numbers, rounded as they are shown."""
    rounded = dict(found)
    for name, text in expected.items():
        if name in {"part2", "bonus", "total"}:
            assert abs(rounded[name] - Fraction(text)) <= Fraction(1, 200), name
            rounded[name] = text
    return rounded


@pytest.mark.parametrize("inspected", QUARTERS, ids=lambda each: each.quarter.code)
def test_results_are_those_worked_out_by_hand(inspected: Inspected) -> None:
    """Each listed object has its verdict and figures; every other one passes, sites with 100.00."""
    objects = scored(inspected).objects
    for result in objects:
        fallback = {"verdict": "pass"} | ({"total": "100.00"} if result.subject.kind == Kind.SITE else {})
        expected = inspected.expected.get(result.subject.id, fallback)
        assert exact(expected, figures(result.score, expected)) == expected, result.subject.id
    assert inspected.expected.keys() <= {result.subject.id for result in objects}


@pytest.mark.parametrize("inspected", QUARTERS, ids=lambda each: each.quarter.code)
def test_a_quarter_is_inspected_as_the_notice_wants_it(inspected: Inspected) -> None:
    """All sites that run, and more than half of the accounts; the workbook reads back as the facts."""
    check = read_spot_check(SAMPLE / inspected.path)
    names = [(each.id, each.name, each.sponsor) for each in inspected.check.subjects]
    assert [(each.id, each.name, each.sponsor) for each in check.subjects] == names
    assert len(check.findings) == len(inspected.check.findings)
    accounts = [subject for subject in check.subjects if subject.kind == Kind.ACCOUNT]
    left_out = next(
        each["without"] for each in read_data("year/inspections.toml")["quarters"] if each["as_of"] == check.batch.as_of
    )
    assert len(accounts) > len(left_out)
    assert inspected.quarter == Quarter.of(check.batch.as_of)


def test_deadlines_were_counted_by_hand() -> None:
    """The working days of the notices, with 调休."""
    for told in FOLLOW_UP["notices"]:
        assert after_working_days(told["day"], told["days"]) == told["deadline"]


def cases_of(year: Year, quarter: str) -> Iterator[Case]:
    """Return the problems of a quarter."""
    source = next(each for each in year[1].inspections if Quarter.of(each.batch.as_of).code == quarter).batch.name
    return (case for case in year[1].cases if case.issue.source == source)


def test_states_are_those_worked_out_by_hand(year: Year) -> None:
    """Each problem of the third quarter, and those of the others by unit; and what is overdue."""
    states = {name: State(word) for name, word in FOLLOW_UP["states"].items() if name != "as_of"}
    assert {f"{c.issue.subject_id} {c.issue.item}": c.state for c in cases_of(year, "2019Q3")} == states
    for quarter, told in FOLLOW_UP["other_states"].items():
        for case in cases_of(year, quarter):
            assert case.state == told.get(case.issue.sponsor, told["all"]), case.issue
    as_of = FOLLOW_UP["states"]["as_of"]
    late = {f"{c.issue.subject_id} {c.issue.item}" for c in cases_of(year, "2019Q3") if c.overdue(as_of)}
    assert late == set(FOLLOW_UP["overdue"]["these"])
    others = [case for case in year[1].cases if case.overdue(as_of) and case not in set(cases_of(year, "2019Q3"))]
    assert {case.issue.sponsor for case in others} == {"青禾县石湾镇人民政府"}
    assert not any(case.uncorrected for case in year[1].cases)


def test_appeals_change_scores_by_a_new_version(year: Year) -> None:
    """The corrected objects have the results worked out by hand, in version 2; all others are as they were."""
    out, done = year
    ((quarter, before),) = done.before.items()
    assert quarter == Quarter(2019, 3)
    after = next(each for each in done.inspections if Quarter.of(each.batch.as_of) == quarter)
    for was, now in zip(before.objects, after.objects, strict=True):
        expected = FOLLOW_UP["corrected"].get(was.subject.id)
        assert now.filing
        assert now.filing.version == (2 if expected else 1)
        if expected:
            assert exact(expected, figures(now.score, expected)) == expected
            assert was.score != now.score
        else:
            assert was.score == now.score
    written = json.loads((out / "2019年第三季度（更正后）" / "results.json").read_text(encoding="utf-8"))
    totals = {each["id"]: each["total"] for each in written["subjects"]}
    assert totals["9901230002"] == FOLLOW_UP["corrected"]["9901230002"]["total"]
    first = json.loads((out / "2019年第三季度" / "results.json").read_text(encoding="utf-8"))
    assert {each["id"]: each["total"] for each in first["subjects"]}["9901230002"] == "79.00"


STANDINGS = {"pass": Standing.PASS, "fail": Standing.FAIL, "open": Standing.OPEN}


def test_standing_of_every_unit_is_the_one_worked_out_by_hand(year: Year) -> None:
    """Each unit with its verdict and its grounds; nobody else is assessed."""
    found = {each.unit.name: each for each in year[1].assessment.units}
    assert set(found) == set(ASSESSED["standing"])
    for name, expected in ASSESSED["standing"].items():
        assert found[name].standing == STANDINGS[expected["verdict"]], name
        assert [held.ground.id for held in found[name].grounds] == expected.get("grounds", []), name
    forest = found["青禾县林业局"]
    assert len({failure.when for failure in forest.failures}) == 2
    assert len({failure.subject_id for failure in forest.failures}) == 1


def test_an_appeal_can_decide_the_year(year: Year) -> None:
    """With the third quarter as it was before the appeals, one more unit fails."""
    done = year[1]
    before = [done.before.get(Quarter.of(each.batch.as_of), each) for each in done.inspections]
    subjects = [result.subject for each in before for result in each.objects]
    sheets = read_year([SAMPLE / "季度" / "2019Q4.xlsx", SAMPLE / ASSESSMENT], subjects)
    found = assess(year_facts(2019, before, sheets), load_assessment_rule("fengdu-2019"))
    standing = {each.unit.name: each for each in found.units}
    for name, expected in ASSESSED["before_the_appeals"].items():
        assert standing[name].standing == STANDINGS[expected["verdict"]]
        assert [held.ground.id for held in standing[name].grounds] == expected["grounds"]


def test_documents_of_each_quarter(year: Year) -> None:
    """Each quarter has its bulletin, which follows who failed in the one before, and notices with its deadline."""
    out, done = year
    for inspection in done.inspections:
        quarter = Quarter.of(inspection.batch.as_of)
        folder = out / quarter.name
        (bulletin,) = folder.glob("通报_*.docx")
        text = "\n".join(paragraphs(bulletin.read_bytes()))
        told = next(each for each in FOLLOW_UP["notices"] if each["quarter"] == quarter.code)
        day = f"截至{told['deadline'].year}年{told['deadline'].month}月{told['deadline'].day}日"
        assert day in text
        assert ("上次检查不合格的政府网站【待填" in text) == (quarter.number == 1)
        numbers = [row[1] for path in folder.glob("整改/整改通知书_*.docx") for row in tables(path.read_bytes())[0][1:]]
        assert set(numbers) == {case.issue.id for case in cases_of(year, quarter.code)}


def test_reports_on_the_year(year: Year) -> None:
    """年度报告 of the county has each quarter's verdicts, the problems by state, and the verdicts on the units."""
    out, done = year
    content = (out / "报告" / "年度报告_2019年_全县.docx").read_bytes()
    text = "\n".join(paragraphs(content))
    sites, accounts = [table for table in tables(content) if table[0][1] == "检查（个）"]
    for table, kind in ((sites, Kind.SITE), (accounts, Kind.ACCOUNT)):
        for row, inspection in zip(table[1:5], done.inspections, strict=True):
            verdicts = [str(each.score.verdict) for each in inspection.of_kind(kind)]
            passed, failed, left = map(verdicts.count, ("pass", "fail", "incomplete"))
            assert [row[0], *row[1:4], row[5]] == [
                Quarter.of(inspection.batch.as_of).name,
                *map(str, (passed + failed, passed, failed, left)),
            ]
    late = sum(case.overdue(done.as_of) for case in done.cases)
    assert f"共通知整改{len(done.cases)}个" in text
    assert f"逾期没有报送整改情况的{late}个" in text
    standings = [str(each.standing) for each in done.assessment.units]
    numbers = [standings.count(name) for name in ("pass", "fail", "open")]
    assert "年度考核结论：合格 {} 个，不合格 {} 个，待定 {} 个。".format(*numbers) in text
    assert {path.name.partition("_")[0] for path in (out / "报告").iterdir()} == {
        "年度报告",
        "整改落实情况",
        "年审报告",
    }


def test_the_pages_go_on_from_there(year: Year) -> None:
    """The notebooks open on the data folder of the year: its batches, its problems, and what is overdue are there."""
    home = open_home({"GOVKIT_HOME": str(year[0] / "数据")})
    follow = FollowPage(home, FOLLOW_UP["states"]["as_of"])
    follow.tabs.value = "track"
    track = follow.panes["track"]
    assert isinstance(track, TrackPane)
    shown = [name for name, _ in track.state.options]
    assert {"全部（140）", "逾期（5）", "待更正（0）"} <= set(shown)
    follow.register.close()
    summary = SummaryPage(home, home.batches())
    assert "36.36%（8/22）" in words(summary.box)
    summary.planner.close()
    widgets.Widget.close_all()


def test_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`demo --year` writes all of it at once into a new folder, and nothing into one that is in use."""
    assert commands.run(["demo", "--year", "--out", str(tmp_path / "全年")]) == 0
    told = capsys.readouterr().out
    assert "通知过的问题 140 个，到 2020-03-31 逾期 5 个；年度考核：合格 10 个，不合格 10 个，待定 4 个" in told
    names = {path.name for path in (tmp_path / "全年").iterdir()}
    assert {"2019年第四季度", "2019年第三季度（更正后）", "整改总台账.xlsx", "年度考核表.xlsx", "报告", "数据"} <= names
    assert commands.run(["demo", "--year", "--out", str(tmp_path / "全年")]) == commands.FAILED
    assert "已经有文件" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["全年"]
