"""The sheets of 年度考核: each as it should be, and each mistake with its code and its place."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from govkit.assessing import CheckLevel, CheckResult, Fraud
from govkit.ledger import Kind, Subject
from govkit.problems import Problem, ProblemsError
from govkit.quarters import Quarter
from govkit.reading import YearSheets, read_year
from tests.workbooks import write

OUTSIDE = "| 外部抽查结果 | 检查单位 | 检查时间 | 检查对象标识码 | 检查对象名称 | 结论 | 单项否决/原因 | 主办单位 |\n"
FRAUDS = "| 弄虚作假记录 | 单位 | 日期 | 情况 | 来源 |\n"
UNITS = "| 单位名录 | 单位名称 | 层级 | 单位类别 | 上级单位 |\n"
GOOD = "| | 国办 | @2019-05-06 | 0500230001 | 县门户 | 不合格 | V1.1；首页错别字 | 县政府办 |\n"
SITE = Subject("0500230001", "县门户网站", Kind.SITE, "县政府办")


def read(path: Path, *texts: str, subjects: Sequence[Subject] = ()) -> YearSheets:
    """Write some sheets as one workbook, and read it."""
    return read_year([write(path / "考核.xlsx", *texts)], subjects)


def found(path: Path, *texts: str, subjects: Sequence[Subject] = ()) -> Sequence[Problem]:
    """The problems of such a workbook."""
    with pytest.raises(ProblemsError) as raised:
        read(path, *texts, subjects=subjects)
    return raised.value.problems


def results(path: Path, *texts: str, subjects: Sequence[Subject] = ()) -> tuple[CheckResult, ...]:
    """The results of 外部抽查结果."""
    outside = read(path, *texts, subjects=subjects).outside
    assert outside is not None
    return outside


def test_nothing_told(tmp_path: Path) -> None:
    """A sheet that is missing is unknown; one without rows says that there is nothing."""
    bare = read(tmp_path, UNITS)
    assert (bare.units, bare.outside, bare.frauds, bare.notices) == ({}, None, None, ())
    told = read(tmp_path, OUTSIDE, FRAUDS)
    assert (told.units, told.outside, told.frauds) == (None, (), ())


def test_results(tmp_path: Path) -> None:
    """A result with its check, day, object, verdict, vetoes and sponsor."""
    (one,) = results(tmp_path, OUTSIDE, GOOD)
    assert one == CheckResult(
        CheckLevel.STATE,
        date(2019, 5, 6),
        "0500230001",
        "县门户",
        None,
        "县政府办",
        failed=True,
        vetoes=("V1.1", "首页错别字"),
        reason="V1.1；首页错别字",
    )


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2019年第二季度", Quarter(2019, 2)),
        ("2019年二季度", Quarter(2019, 2)),
        ("2019.5.6", date(2019, 5, 6)),
        ("2019-05-06 10:00", date(2019, 5, 6)),
    ],
)
def test_times(tmp_path: Path, text: str, when: Quarter | date) -> None:
    """A check has a day, or a quarter."""
    assert results(tmp_path, OUTSIDE, GOOD.replace("@2019-05-06", text))[0].when == when


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("国务院办公厅", CheckLevel.STATE),
        ("重庆市人民政府办公厅", CheckLevel.CITY),
        ("市政府办公厅", CheckLevel.CITY),
        ("县府办", CheckLevel.COUNTY),
    ],
)
def test_who_checked(tmp_path: Path, text: str, level: CheckLevel) -> None:
    """Those who check have other names in use."""
    assert results(tmp_path, OUTSIDE, GOOD.replace("国办", text))[0].level == level


def test_what_passed_and_reasons_that_nobody_told(tmp_path: Path) -> None:
    """What passed failed by nothing; a failure without reason, or of which it is 未知, is not told why."""
    rows = (
        "| | 国办 | @2019-05-06 | a | 甲 | 合格 | | |\n"
        "| | 国办 | @2019-05-06 | b | 乙 | 不合格 | | |\n"
        "| | 国办 | @2019-05-06 | c | 丙 | 不合格 | 未知 | |\n"
    )
    told = [(each.failed, each.vetoes, each.reason) for each in results(tmp_path, OUTSIDE, rows)]
    assert told == [(False, (), ""), (True, None, ""), (True, None, "")]
    bare = "| 上级抽查结果 | 抽查单位 | 抽查时间 | 标识码 | 结论 |\n| | 国办 | @2019-05-06 | a | 未通过 |\n"
    (one,) = results(tmp_path, bare)
    assert (one.failed, one.vetoes, one.name, one.sponsor) == (True, None, "a", "")


def test_known_objects(tmp_path: Path) -> None:
    """What the sheet does not tell of an object, the ledger tells: name, kind, sponsor; what it tells itself counts."""
    row = "| | 国办 | @2019-05-06 | ０500230001 | | 合格 | | |\n"
    (one,) = results(tmp_path, OUTSIDE, row, subjects=[SITE])
    assert (one.subject_id, one.name, one.kind, one.sponsor) == (SITE.id, SITE.name, Kind.SITE, SITE.sponsor)
    (other,) = results(tmp_path, OUTSIDE, GOOD, subjects=[SITE])
    assert (other.name, other.kind) == ("县门户", Kind.SITE)
    kinds = OUTSIDE.replace("检查对象名称", "类别")
    (account,) = results(tmp_path, kinds, row.replace("| | 合格", "| 新媒体 | 合格"))
    assert account.kind == Kind.ACCOUNT


def test_lost_zeros(tmp_path: Path) -> None:
    """A code that lost its zeros is told by that of the ledger."""
    (problem,) = found(tmp_path, OUTSIDE, GOOD.replace("0500230001", "#500230001"), subjects=[SITE])
    assert (problem.code, problem.place.row) == ("L03", 2)


def test_the_same_twice(tmp_path: Path) -> None:
    """A row that stands twice is one; two that contradict are a mistake; another check is another result."""
    assert len(results(tmp_path, OUTSIDE, GOOD, GOOD)) == 1
    assert len(results(tmp_path, OUTSIDE, GOOD, GOOD.replace("05-06", "06-06"), GOOD.replace("国办", "市府办"))) == 3
    (problem,) = found(tmp_path, OUTSIDE, GOOD, GOOD.replace("不合格", "合格"))
    assert (problem.code, problem.place.row, problem.place.column) == ("R40", 3, "结论")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("国办", "省政府", "C09", "检查单位"),
        ("国办", "", "C03", "检查单位"),
        ("@2019-05-06", "去年", "C04", "检查时间"),
        ("@2019-05-06", "第五季度", "R41", "检查时间"),
        ("@2019-05-06", "", "C03", "检查时间"),
        ("0500230001", "", "C03", "检查对象标识码"),
        ("不合格", "较差", "C09", "结论"),
        ("不合格", "", "C03", "结论"),
    ],
)
def test_mistakes_in_results(tmp_path: Path, old: str, new: str, code: str, column: str) -> None:
    """What cannot be understood or must not be blank is told by its code, row and column."""
    (problem,) = found(tmp_path, OUTSIDE, GOOD.replace(old, new))
    assert (problem.code, problem.place.row, problem.place.column) == (code, 2, column)


def test_frauds(tmp_path: Path) -> None:
    """A record with unit, day, what and source; the same one twice is one."""
    row = "| | 县教委 | @2019-07-01 | 伪造发稿日期 | 群众举报 |\n"
    assert read(tmp_path, FRAUDS, row, row).frauds == (Fraud("县教委", date(2019, 7, 1), "伪造发稿日期", "群众举报"),)
    bare = "| 弄虚作假 | 责任单位 | 时间 | 说明 |\n| | 县教委 | @2019-07-01 | 造假 |\n"
    assert read(tmp_path, bare).frauds == (Fraud("县教委", date(2019, 7, 1), "造假"),)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("| | | @2019-07-01 | 造假 | |", "C03", "单位"),
        ("| | 县教委 | | 造假 | |", "C03", "日期"),
        ("| | 县教委 | 七月 | 造假 | |", "C04", "日期"),
        ("| | 县教委 | @2019-07-01 | | |", "C03", "情况"),
    ],
)
def test_mistakes_in_frauds(tmp_path: Path, row: str, code: str, column: str) -> None:
    """The same for records of 弄虚作假."""
    (problem,) = found(tmp_path, FRAUDS, row)
    assert (problem.code, problem.place.column) == (code, column)


def test_missing_columns(tmp_path: Path) -> None:
    """A sheet that lacks a column it needs is told."""
    assert [problem.code for problem in found(tmp_path, "| 外部抽查结果 | 检查单位 | 检查时间 | 标识码 |\n")] == ["S02"]
    assert [problem.code for problem in found(tmp_path, "| 弄虚作假记录 | 单位 | 日期 |\n")] == ["S02"]


def test_what_is_not_read(tmp_path: Path) -> None:
    """Sheets and columns that nobody reads are pointed out."""
    sheet, columns = read(tmp_path, "| 备忘 | 甲 |\n", "| 弄虚作假记录 | 单位 | 日期 | 情况 | 处分 |\n").notices
    assert "备忘" in sheet
    assert "处分" in columns


def test_several_files(tmp_path: Path) -> None:
    """Sheets of several files are taken together, with the directory of units."""
    one = write(tmp_path / "甲.xlsx", OUTSIDE, GOOD)
    other = write(
        tmp_path / "乙.xlsx", OUTSIDE, GOOD.replace("国办", "市府办"), UNITS, "| | 县教委 | 县 | 部门 | 县政府 |"
    )
    sheets = read_year([one, other])
    assert sheets.outside is not None
    assert [each.level for each in sheets.outside] == [CheckLevel.STATE, CheckLevel.CITY]
    assert sheets.units is not None
    assert sheets.units["县教委"].parent == "县政府"
