"""The sheets of a quarter beside the ledgers: each as it should be, and each mistake with its code and its place."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from govkit.findings import Outcome
from govkit.ledger import Action
from govkit.problems import Problem, ProblemsError
from govkit.reading import SeasonSheets, read_season
from govkit.season import Category, Level, Report
from tests.workbooks import csv_files, write

PERIOD = (date(2019, 10, 1), date(2019, 12, 31))

LEDGER = """
| 网站台账 | 网站标识码 | 网站名称 | 首页网址         | 主办单位 | 对外服务职能 |
|          | 0500230001 | 县门户   | http://a.example | 县政府办 | 有           |
| 账号台账 | 新媒体标识码     | 账号名称 | 账号类型   | 主办单位 |
|          | 5002300000000101 | 县发布   | 微信公众号 | 县政府办 |
|          | 教委微博         | 教委发布 | 新浪微博   | 县教委   |
"""
UNITS = "| 单位名录 | 单位名称 | 层级 | 单位类别 | 上级单位 | 涉密 | 对外行使公共管理职能 | 简称 | 曾用名 | 更名日期 | 电话 |\n"
INCIDENTS = "| 突发事件 | 事件编号 | 事件名称 | 涉事单位 | 发生时间 | 特别重大 | 权威信息发布时间 | 新闻发布会时间 | 回应时间 |\n"
FILINGS = "| 备案记录 | 检查对象标识码 | 备案事项 | 备案日期 | 批准人 | 备案单位 | 公告日期 |\n"
REPORTS = "| 报送记录 | 报送主体 | 报送事项 | 年度 | 报送日期 | 审查结果 |\n"
CHECKED = "| 规则核查 | 检查对象 | 规则编号 | 检查结果 | 问题说明 | 佐证 | 检查人 | 检查时间 |\n"


def read(path: Path, *texts: str) -> SeasonSheets:
    """Write the ledger and some sheets as one workbook, and read it."""
    return read_season([write(path / "季度.xlsx", LEDGER, *texts)], PERIOD)


def found(path: Path, *texts: str) -> Sequence[Problem]:
    """The problems of such a workbook."""
    with pytest.raises(ProblemsError) as raised:
        read(path, *texts)
    return raised.value.problems


def test_ledger_alone(tmp_path: Path) -> None:
    """A ledger is enough; all that nobody has told is unknown, and never none."""
    sheets = read(tmp_path)
    assert len(sheets.subjects) == 3
    assert (sheets.units, sheets.published, sheets.incidents, sheets.filings, sheets.reports) == (None,) * 5
    assert sheets.checked == {}
    assert sheets.notices == ()
    season = sheets.season(sheets.subjects)
    assert (season.period, season.subjects, season.earlier) == (PERIOD, sheets.subjects, sheets.subjects)


def test_empty_sheets(tmp_path: Path) -> None:
    """A sheet without rows tells that there is nothing, which is not unknown."""
    sheets = read(tmp_path, UNITS, "| 发布记录 | 检查对象标识码 | 发布时间 |\n", INCIDENTS, FILINGS, REPORTS, CHECKED)
    assert (sheets.units, sheets.published, sheets.incidents, sheets.filings, sheets.reports) == ({}, {}, (), (), ())


def test_units(tmp_path: Path) -> None:
    """A directory in standard words: level, category, other names, and further columns as details."""
    rows = "| | 县教委 | 县级 | 部门 | 县政府 | 否 | 是 | 教委、县教育委 | 县教育局；文教局 | 2019-11-01 | 123 |"
    sheets = read(tmp_path, UNITS + rows)
    assert sheets.units is not None
    unit = sheets.units["县教委"]
    assert (unit.level, unit.category, unit.parent) == (Level.COUNTY, Category.DEPARTMENT, "县政府")
    assert (unit.secret, unit.public) == (False, True)
    assert (unit.short_names, unit.former_names) == (("教委", "县教育委"), ("县教育局", "文教局"))
    assert (unit.renamed, unit.details) == (date(2019, 11, 1), {"电话": "123"})


def test_units__unknown(tmp_path: Path) -> None:
    """A blank cell of other names says that there are none; any other blank cell, and a missing column, are unknown."""
    blank = read(tmp_path, UNITS + "| | 县教委 | | | | | | | | | |").units
    assert blank is not None
    unit = blank["县教委"]
    assert (unit.level, unit.category, unit.secret, unit.public, unit.renamed) == (None,) * 5
    assert (unit.short_names, unit.former_names) == ((), ())
    bare = read(tmp_path, "| 单位名录 | 单位名称 |\n| | 县教委 |").units
    assert bare is not None
    assert (bare["县教委"].short_names, bare["县教委"].former_names, bare["县教委"].level) == (None, None, None)


LEVELS = {"省": Level.PROVINCE, "市": Level.CITY, "区": Level.COUNTY, "县（市、区）": Level.COUNTY, "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP, "街道": Level.TOWNSHIP}  # fmt: skip
CATEGORIES = {"人民政府": Category.GOVERNMENT, "党政机关": Category.DEPARTMENT, "街道办事处": Category.BRANCH, "参公事业单位": Category.INSTITUTION, "科室": Category.INTERNAL, "个人": Category.PERSON, "国有企业": Category.COMPANY, "其它": Category.OTHER}  # fmt: skip


@pytest.mark.parametrize(("text", "level"), LEVELS.items())
def test_levels(tmp_path: Path, text: str, level: Level) -> None:
    """Levels have other words in use."""
    units = read(tmp_path, f"| 单位名录 | 单位名称 | 级别 |\n| | 甲 | {text} |").units
    assert units is not None
    assert units["甲"].level == level


@pytest.mark.parametrize(("text", "category"), CATEGORIES.items())
def test_categories(tmp_path: Path, text: str, category: Category) -> None:
    """So have categories."""
    units = read(tmp_path, f"| 单位名录 | 单位名称 | 单位性质 |\n| | 甲 | {text} |").units
    assert units is not None
    assert units["甲"].category == category


def test_incidents(tmp_path: Path) -> None:
    """An incident with its times; what is blank was not done, and a column that is missing is not told."""
    row = "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | 是 | 2019-11-01 12:30 | 2019-11-02 07:59:30 | |"
    sheets = read(tmp_path, INCIDENTS + row)
    assert sheets.incidents is not None
    (incident,) = sheets.incidents
    assert (incident.id, incident.name, incident.unit, incident.grave) == ("1", "火灾", "县教委", True)
    assert incident.happened == datetime(2019, 11, 1, 8)  # noqa: DTZ001
    assert incident.published == datetime(2019, 11, 1, 12, 30)  # noqa: DTZ001
    assert incident.conference == datetime(2019, 11, 2, 7, 59, 30)  # noqa: DTZ001
    assert (incident.responded, incident.untold) == (None, frozenset())
    bare = (
        "| 舆情 | 编号 | 涉事责任部门 | 发现时间 | 等级 | 首次回应时间 |\n| | 1 | 县教委 | 2019-11-01 00:00 | 较大 | |"
    )
    less = read(tmp_path, bare).incidents
    assert less is not None
    assert less[0].grave is False
    assert less[0].untold == {"published", "conference"}


def test_filings(tmp_path: Path) -> None:
    """Filings in standard words; those of objects that are gone from the ledger are kept; the same one counts once."""
    rows = "| | 教委微博 | 更名 | 2019-11-01 | 王主任 | 县政府办，县委网信办 | 2019-11-03 |\n"
    gone = "| | 已注销号 | 注销 | 2018-05-01 | | | |\n"
    sheets = read(tmp_path, FILINGS + rows + gone + gone)
    assert sheets.filings is not None
    first, second = sheets.filings
    assert (first.subject_id, first.action, first.filed) == ("教委微博", Action.ALTER, date(2019, 11, 1))
    assert (first.approved_by, first.filed_with) == ("王主任", "县政府办、县委网信办")
    assert first.announced == date(2019, 11, 3)
    assert (second.subject_id, second.action, second.announced) == ("已注销号", Action.CANCEL, None)
    assert (first.untold, second.untold) == (frozenset(), frozenset()), "what is blank was not done"


def test_filings_that_lack_columns(tmp_path: Path) -> None:
    """What a column that is missing would say is not told, by the sheet that lacks it only."""
    bare = "| 备案台账 | 标识码 | 备案类型 | 备案时间 | 备案机关 |\n| | 教委微博 | 开设 | 2019-11-01 | 县政府办 |"
    other = (
        "| 备案记录 | 标识码 | 备案类型 | 备案时间 | 批准人 | 公告日期 |\n| | 教委微博 | 变更 | 2019-11-02 | 王主任 | |"
    )
    sheets = read_season([write(tmp_path / "甲.xlsx", LEDGER, bare), write(tmp_path / "乙.xlsx", other)], PERIOD)
    assert sheets.filings is not None
    assert [record.untold for record in sheets.filings] == [{"approved_by", "announced"}, {"filed_with"}]
    assert sheets.notices == ()


def test_reports(tmp_path: Path) -> None:
    """Reports about objects and units, with or without a verdict."""
    rows = (
        "| | 教委微博 | 年审报告 | 2019年度 | 2019-12-30 | 通过 |\n| | 县教委 | 工作年度报告 | #2019 | 2020-01-04 | |\n"
    )
    sheets = read(tmp_path, REPORTS + rows + "| | 教委微博 | 年审报告 | 2018 | 2018-12-30 | 不合格 |")
    assert sheets.reports == (
        Report("教委微博", "年审报告", 2019, date(2019, 12, 30), accepted=True),
        Report("县教委", "工作年度报告", 2019, date(2020, 1, 4)),
        Report("教委微博", "年审报告", 2018, date(2018, 12, 30), accepted=False),
    )


def test_checked(tmp_path: Path) -> None:
    """What people judged, by object or unit and rule; a rule that nobody judged yet is left out."""
    rows = "| | 教委微博 | hb01 | 发现问题 | 没有三审 | 1.png | 张三 | 2019-12-20 |\n| | 县教委 | HB02 | 不适用 | 没有客户端 | | | |\n"
    sheets = read(tmp_path, CHECKED + rows + "| | 县教委 | HB03 | | | | 张三 | |")
    assert sheets.checked.keys() == {("教委微博", "HB01"), ("县教委", "HB02")}
    finding = sheets.checked["教委微博", "HB01"]
    assert (finding.outcome, finding.count, finding.note) == (Outcome.FOUND, None, "没有三审")
    assert (finding.screenshot, finding.inspector) == ("1.png", "张三")
    assert finding.checked_at == datetime(2019, 12, 20)  # noqa: DTZ001
    assert sheets.checked["县教委", "HB02"].outcome == Outcome.NOT_APPLICABLE


def test_checked_incident(tmp_path: Path) -> None:
    """An incident is named by its number."""
    incident = INCIDENTS + "| | S1 | 舆情 | 县教委 | 2019-11-05 08:00 | 否 | | | |\n"
    checked = read(tmp_path, incident, CHECKED + "| | S1 | HB09 | 未发现 | | | | |").checked
    assert checked.keys() == {("S1", "HB09")}


def test_checked_unit_of_the_directory(tmp_path: Path) -> None:
    """A unit that sponsors nothing is known from 单位名录."""
    checked = read(
        tmp_path, UNITS + "| | 县林业局 | | | | | | | | | |", CHECKED + "| | 县林业局 | HB01 | 未发现 | | | | |"
    ).checked
    assert checked.keys() == {("县林业局", "HB01")}


# A sheet → the code of its problem, the row, and the column it is shown in.
ROWS = {
    "unit without name": (UNITS + "| | | 县级 | | | | | | | | |", "C03", "单位名称"),
    "no such level": (UNITS + "| | 甲 | 科级 | | | | | | | | |", "C09", "层级"),
    "level as a number": (UNITS + "| | 甲 | 3 | | | | | | | | |", "C09", "层级"),
    "no such category": (UNITS + "| | 甲 | | 群众 | | | | | | | |", "C09", "单位类别"),
    "neither yes nor no": (UNITS + "| | 甲 | | | | 可能 | | | | | |", "C09", "涉密"),
    "no date": (UNITS + "| | 甲 | | | | | | | | 去年 | |", "C04", "更名日期"),
    "incident without number": (INCIDENTS + "| | | 火灾 | 县教委 | 2019-11-01 08:00 | | | | |", "C03", "事件编号"),
    "incident without unit": (INCIDENTS + "| | 1 | 火灾 | | 2019-11-01 08:00 | | | | |", "C03", "涉事单位"),
    "incident without time": (INCIDENTS + "| | 1 | 火灾 | 县教委 | | | | | |", "C03", "发生时间"),
    "incident with only a day": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 | | | | |", "C10", "发生时间"),
    "a day in a date cell": (INCIDENTS + "| | 1 | 火灾 | 县教委 | @2019-11-01 | | | | |", "C10", "发生时间"),
    "incident with only a day, without a year": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 11月1日 | | | | |", "C10", "发生时间"),
    "answer with only a day": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | | | | 2019-11-02 |", "C10", "回应时间"),
    "answer before the event": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | | 2019-11-01 07:59 | | |", "R27", "权威信息发布时间"),
    "graveness unclear": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | 三级 | | | |", "C09", "特别重大"),
    "filing of nothing": (FILINGS + "| | | 开设 | 2019-11-01 | | | |", "C03", "检查对象标识码"),
    "filing of a code without its zeros": (FILINGS + "| | #500230001 | 开设 | 2019-11-01 | | | |", "L03", "检查对象标识码"),
    "no such matter": (FILINGS + "| | 教委微博 | 上线 | 2019-11-01 | | | |", "C09", "备案事项"),
    "no matter": (FILINGS + "| | 教委微博 | | 2019-11-01 | | | |", "C03", "备案事项"),
    "filing without day": (FILINGS + "| | 教委微博 | 开设 | | | | |", "C03", "备案日期"),
    "report by nobody": (REPORTS + "| | | 年审报告 | 2019 | 2019-12-30 | |", "C03", "报送主体"),
    "report on nothing": (REPORTS + "| | 县教委 | | 2019 | 2019-12-30 | |", "C03", "报送事项"),
    "report of no year": (REPORTS + "| | 县教委 | 年审报告 | | 2019-12-30 | |", "C03", "年度"),
    "year that is none": (REPORTS + "| | 县教委 | 年审报告 | 19 | 2019-12-30 | |", "R33", "年度"),
    "report without day": (REPORTS + "| | 县教委 | 年审报告 | 2019 | | |", "C03", "报送日期"),
    "verdict unclear": (REPORTS + "| | 县教委 | 年审报告 | 2019 | 2019-12-30 | 良好 |", "C09", "审查结果"),
    "nobody is judged": (CHECKED + "| | | HB01 | 未发现 | | | | |", "C03", "检查对象"),
    "unknown object or unit": (CHECKED + "| | 县教育 | HB01 | 未发现 | | | | |", "R34", "检查对象"),
    "object without its zeros": (CHECKED + "| | #500230001 | HB01 | 未发现 | | | | |", "L03", "检查对象"),
    "no rule": (CHECKED + "| | 县教委 | | 未发现 | | | | |", "C03", "规则编号"),
    "rule of no pack": (CHECKED + "| | 县教委 | HB99 | 未发现 | | | | |", "R35", "规则编号"),
    "rule that is none": (CHECKED + "| | 县教委 | HB1 | 未发现 | | | | |", "R32", "规则编号"),
    "rule with more behind it": (CHECKED + "| | 县教委 | HB01三审 | 未发现 | | | | |", "R32", "规则编号"),
    "no such result": (CHECKED + "| | 县教委 | HB01 | 符合 | | | | |", "R04", "检查结果"),
    "note without result": (CHECKED + "| | 县教委 | HB01 | | 没有制度 | | | |", "C03", "检查结果"),
    "not applicable without reason": (CHECKED + "| | 县教委 | HB01 | 不适用 | | | | |", "R15", "问题说明"),
    "judged at no date": (CHECKED + "| | 县教委 | HB01 | 未发现 | | | | 上周 |", "C04", "检查时间"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "code", "column"), ROWS.values(), ids=ROWS)
def test_row__error(tmp_path: Path, sheet: str, code: str, column: str) -> None:
    """One bad row gives one problem, with its row and column, and says what to do."""
    (problem,) = found(tmp_path, sheet)
    name = sheet.split("|")[1].strip()
    assert (problem.code, problem.place.sheet, problem.place.row, problem.place.column) == (code, name, 2, column)
    assert problem.fix.startswith("请：")
    assert "{" not in problem.text + problem.fix


DOUBLED = {
    "unit": (UNITS + "| | 甲 | 县级 | | | | | | | | |\n| | 甲 | 市级 | | | | | | | | |", "L08"),
    "incident": (INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | | | | |\n| | 1 | 水灾 | 县教委 | 2019-11-01 08:00 | | | | |", "R31"),
    "judgement": (CHECKED + "| | 县教委 | HB01 | 未发现 | | | | |\n| | 县教委 | HB01 | 发现问题 | | | | |", "R06"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "code"), DOUBLED.values(), ids=DOUBLED)
def test_twice__error(tmp_path: Path, sheet: str, code: str) -> None:
    """Two rows that say different things of the same are a problem that names both."""
    (problem,) = found(tmp_path, sheet)
    assert (problem.code, problem.place.row) == (code, 3)
    assert "第 2 行" in problem.text


MISSING = {
    "单位名录": ("| 单位名录 | 层级 | 简称 |\n| | 县级 | 甲 |", {"S02"}),
    "发布记录": ("| 发布记录 | 标题 | 统计开始 |\n| | 甲 | 2019-10-01 |", {"S02"}),
    "突发事件": ("| 突发事件 | 事件名称 | 回应时间 |\n| | 火灾 | 2019-10-01 |", {"S02", "S04"}),
    "备案记录": ("| 备案记录 | 批准人 | 公告日期 |\n| | 王 | 2019-10-01 |", {"S02", "S04"}),
    "报送记录": ("| 报送记录 | 年度 | 审查结果 |\n| | 2019 | 合格 |", {"S02", "S04"}),
    "规则核查": ("| 规则核查 | 佐证 | 检查人 |\n| | 1.png | 王 |", {"S02", "S04"}),
}


@pytest.mark.parametrize(("sheet", "codes"), MISSING.values(), ids=MISSING)
def test_missing_columns__error(tmp_path: Path, sheet: str, codes: set[str]) -> None:
    """A sheet that lacks what it cannot do without is refused."""
    assert {problem.code for problem in found(tmp_path, sheet)} <= codes


def test_all_at_once__error(tmp_path: Path) -> None:
    """Problems of all sheets come together, and none hides another."""
    sheets: dict[str, str] = {}
    for sheet, _, _ in ROWS.values():
        head, row = sheet.strip().split("\n")
        sheets[head] = sheets.get(head, head) + "\n" + row
    together = [(problem.code, problem.place.column) for problem in found(tmp_path, *sheets.values())]
    assert {(code, column) for _, code, column in ROWS.values()} <= set(together)
    assert len(together) >= len(ROWS)


def test_files_of_several_units(tmp_path: Path) -> None:
    """Sheets of the same kind in several files are one; what two files tell alike counts once."""
    unit, other = "| | 县教委 | 县级 | | | | | | | | |\n", "| | 县林业局 | 县级 | | | | | | | | |\n"
    filing = "| | 教委微博 | 开设 | 2019-11-01 | | | |\n"
    one = write(tmp_path / "甲.xlsx", LEDGER, UNITS + unit, FILINGS + filing)
    two = write(tmp_path / "乙.xlsx", UNITS + unit + other, FILINGS + filing)
    sheets = read_season([one, two], PERIOD)
    assert sheets.units is not None
    assert list(sheets.units) == ["县教委", "县林业局"]
    assert sheets.filings is not None
    assert len(sheets.filings) == 1


def test_files_that_contradict__error(tmp_path: Path) -> None:
    """Two files that say different things of a unit are a problem that names both."""
    one = write(tmp_path / "甲.xlsx", LEDGER, UNITS + "| | 县教委 | 县级 | | | | | | | | |\n")
    two = write(tmp_path / "乙.xlsx", UNITS + "| | 县教委 | 市级 | | | | | | | | |\n")
    with pytest.raises(ProblemsError) as raised:
        read_season([one, two], PERIOD)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.workbook) == ("L08", "乙.xlsx")
    assert "甲.xlsx" in problem.text


def test_csv(tmp_path: Path) -> None:
    """A folder of CSV reads as the workbook does."""
    texts = (
        UNITS + "| | 县教委 | 县级 | 部门 | | | | 教委 | | | |",
        INCIDENTS + "| | 1 | 火灾 | 县教委 | 2019-11-01 08:00 | 是 | | | |",
        REPORTS + "| | 县教委 | 年审报告 | 2019 | 2019-12-30 | |",
    )
    plain = read(tmp_path, *texts)
    folder = tmp_path / "季度"
    folder.mkdir()
    for name, text in csv_files(LEDGER, *texts):
        (folder / name).write_text(text, encoding="gbk")
    assert read_season([folder], PERIOD) == plain


def test_what_is_not_read_is_pointed_out(tmp_path: Path) -> None:
    """Sheets and columns that are not read are named, with the name they may have been meant to have."""
    incidents = INCIDENTS.replace("| 特别重大 |", "| 特别重大事件 |")
    notices = "".join(read(tmp_path, incidents, "| 统计 | 一 | 二 |").notices)
    assert "没有读取：统计" in notices
    assert "“特别重大事件”是否为“特别重大”" in notices


OTHER_TIMES = {
    "2019年第三季度账号台账": True,
    "2018年第四季度账号台账": True,
    "2019年3季度": True,
    "2019Q3": True,
    "统计时间：2019年7月1日至9月30日": True,
    "2019.7.1-2019.9.30": True,
    "2019年7月至9月": True,
    "2019年7-9月": True,
    "2018年账号台账": True,
    "2019年第四季度账号台账": False,
    "2019年第四季度（2020年1月填）": False,
    "2019年10月1日至12月31日": False,
    "2019年10—12月": False,
    "2019年12月20日": False,
    "2020年1月6日填": False,
    "2019年账号台账": False,
    "2019年13月40日至50日": False,
    "账号台账": False,
}


@pytest.mark.parametrize(("title", "other"), OTHER_TIMES.items())
def test_title_of_another_time(tmp_path: Path, title: str, other: bool) -> None:
    """A title that names another quarter, year or stretch of days than the one asked for is pointed out."""
    titled = LEDGER.replace("| 账号台账 |", f"| 账号台账 | {title} |\n| |")
    sheets = read_season([write(tmp_path / "季度.xlsx", titled)], PERIOD)
    assert any(title in notice and "选错" in notice for notice in sheets.notices) == other


@pytest.mark.parametrize("name", ["file", "sheet"])
def test_name_of_another_time(tmp_path: Path, name: str) -> None:
    """So are names of files and sheets; filings are of all times."""
    ledger = LEDGER.replace("| 账号台账 |", "| 账号台账（2018年） |") if name == "sheet" else LEDGER
    old = FILINGS.replace("| 备案记录 |", "| 备案记录（2017年） |")
    path = tmp_path / ("台账.xlsx" if name == "sheet" else "2018年台账.xlsx")
    (notice,) = read_season([write(path, ledger, old)], PERIOD).notices
    assert "2018年" in notice
    assert "2017" not in notice
    assert "2019-10-01至2019-12-31" in notice


def test_days_without_a_year(tmp_path: Path) -> None:
    """In filings, reports and incidents as in ledgers, a day without a year is the last one not after the period."""
    sheets = read(
        tmp_path,
        FILINGS + "| | 教委微博 | 开设 | 7月16日 | | | 12月31日 |\n| | 教委微博 | 变更 | 1月5日 | | | |",
        REPORTS + "| | 教委微博 | 年审报告 | 2019 | 12月30日 | |",
        INCIDENTS + "| | 1 | 火灾 | 县教委 | 11月5日 08:30 | | 11月5日9时 | | |",
    )
    assert sheets.filings is not None
    assert [(each.filed, each.announced) for each in sheets.filings] == [
        (date(2019, 7, 16), date(2019, 12, 31)),
        (date(2019, 1, 5), None),
    ]
    assert sheets.reports is not None
    assert sheets.reports[0].submitted == date(2019, 12, 30)
    assert sheets.incidents is not None
    (incident,) = sheets.incidents
    assert incident.happened == datetime(2019, 11, 5, 8, 30)  # noqa: DTZ001
    assert incident.published == datetime(2019, 11, 5, 9)  # noqa: DTZ001


def test_filings_by_name(tmp_path: Path) -> None:
    """A filing may name its account by name and unit, in its short name if one unit alone has it."""
    head = "| 备案记录 | 检查对象标识码 | 主办单位 | 账号名称 | 备案事项 | 备案日期 |\n"
    units = (
        UNITS
        + "| | 县教委 | | | | | | 教委 | | | |\n| | 县政府办 | | | | | | 府办、办 | | | |\n| | 县志办 | | | | | | 办 | | | |\n"
    )
    rows = "| | | 教委 | 教委发布 | 开设 | 2019-11-01 |\n| | | 县政府办 | 县发布 | 开设 | 2019-11-02 |\n| | 旧号 | | | 注销 | 2019-11-03 |"
    filings = read(tmp_path, units, head + rows).filings
    assert filings is not None
    assert [each.subject_id for each in filings] == ["教委微博", "5002300000000101", "旧号"]
    for sponsor in ("办", "府"):
        (problem,) = found(tmp_path, units, head + f"| | | {sponsor} | 县发布 | 开设 | 2019-11-02 |")
        assert (problem.code, problem.place.column) == ("R22", "账号名称")


def test_ledger_by_short_name(tmp_path: Path) -> None:
    """The ledger may have the short name, and a record the full one."""
    units = UNITS + "| | 县教育委员会 | | | | | | 县教委 | | | |\n"
    published = "| 发布记录 | 主办单位 | 新媒体名称 | 发布条数 |\n| | 县教育委员会 | 教委发布 | 5 |"
    sheets = read(tmp_path, units, published)
    assert sheets.published is not None
    assert sheets.published.keys() == {"教委微博"}


NEAR = {
    "of the same unit": ("县教委", "县发布", "教委发布"),
    "of another unit": ("县档案局", "县发部", "县发布"),
    "without a unit": ("", "县发部", "县发布"),
    "of no unit alike": ("县教委", "县门户网", "县门户"),
}


@pytest.mark.parametrize(("sponsor", "name", "near"), NEAR.values(), ids=NEAR)
def test_names_that_come_near(tmp_path: Path, sponsor: str, name: str, near: str) -> None:
    """A name that the ledger lacks is told with one that looks like it: of the same unit first, then of any."""
    published = f"| 发布记录 | 主办单位 | 新媒体名称 | 发布条数 |\n| | {sponsor} | {name} | 5 |"
    (problem,) = found(tmp_path, published)
    assert problem.code == "R22"
    assert f"是否为“{near}”" in problem.text
