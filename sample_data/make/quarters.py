"""The workbook of a quarter: ledgers, units, publishing record, incidents, filings, reports and checks."""

from datetime import date, datetime, time

from govkit.ledger import LAST_UPDATE, OPENED, Kind, Subject
from govkit.season import Published, Unit
from sample_data.make.clean import SITE_COLUMNS, site_row
from sample_data.make.facts import WORDS
from sample_data.make.season import (
    ACCOUNT_COLUMNS,
    ADVICE_COLUMNS,
    ANSWER_COLUMNS,
    UNIT_COLUMNS,
    Facts,
    load_inspectors,
)
from sample_data.make.writing import Cell, Grid, Rows

INSPECTORS = "检查人员.xlsx"

PUBLISHED_COLUMNS = ("检查对象标识码", "发布时间", "发布条数", "统计开始", "统计截止")
_FILING_COLUMNS = ("检查对象标识码", "备案事项", "备案日期", "批准人", "备案单位", "公告日期")
_REPORT_COLUMNS = ("报送主体", "报送事项", "年度", "报送日期", "审查结果")
_CHECK_COLUMNS = ("检查对象", "规则编号", "检查结果", "问题说明", "佐证", "检查人", "检查时间")
_ACCEPTED = {True: "合格", False: "不合格", None: None}
_YES = {True: "是", False: "否", None: None}


def inspector_grids() -> list[Grid]:
    """The list of the inspectors."""
    rows: Rows = [["姓名", "单位"]]
    rows += [[each.name, each.unit] for each in load_inspectors()]
    return [Grid("检查人员", rows)]


def quarter_path(facts: Facts) -> str:
    """Where its workbook stands, below `sample_data`."""
    return f"季度/{facts.quarter.code}.xlsx"


def quarter_grids(facts: Facts) -> list[Grid]:
    """All sheets that the quarter has."""
    season = facts.season
    sites = [site_row(subject) for subject in season.subjects if subject.kind == Kind.SITE]
    grids = [
        Grid("网站台账", [[*SITE_COLUMNS], *sites]),
        _accounts(facts),
        _units(facts),
        Grid("发布记录", [[*PUBLISHED_COLUMNS], *published_rows(facts)]),
        _incidents(facts),
        Grid("备案记录", [[*_FILING_COLUMNS], *_filing_rows(facts)]),
        Grid("报送记录", [[*_REPORT_COLUMNS], *_report_rows(facts)]),
        Grid("规则核查", [[*_CHECK_COLUMNS], *_check_rows(facts)]),
    ]
    return [grid for grid in grids if grid.name not in facts.lacks]


def _accounts(facts: Facts) -> Grid:
    accounts = [subject for subject in facts.season.subjects if subject.kind == Kind.ACCOUNT]
    standard = [column for column in ACCOUNT_COLUMNS if f"账号台账.{column}" not in facts.lacks]
    columns = [*standard, *ADVICE_COLUMNS]
    header: list[Cell] = ["新媒体标识码", "账号名称", "主办单位", *columns]
    return Grid("账号台账", [header, *(_account_row(subject, columns) for subject in accounts)])


def _account_row(subject: Subject, columns: list[str]) -> list[Cell]:
    return [subject.id, subject.name, subject.sponsor, *(_detail(subject, column) for column in columns)]


def _detail(subject: Subject, column: str) -> Cell:
    text = subject.details.get(column, "")
    return date.fromisoformat(text) if text and column in (OPENED, LAST_UPDATE) else text


def _units(facts: Facts) -> Grid:
    columns = [column for column in UNIT_COLUMNS if f"单位名录.{column}" not in facts.lacks]
    units = (facts.season.units or {}).values()
    rows = [[unit.name, *(_told_of(unit, column) for column in columns)] for unit in units]
    return Grid("单位名录", [["单位名称", *columns], *rows])


def _told_of(unit: Unit, column: str) -> Cell:
    value = getattr(unit, UNIT_COLUMNS[column])
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return _YES[value]
    return value if isinstance(value, date) or value is None else str(value)


def published_rows(facts: Facts) -> Rows:
    """The rows of 发布记录: a row a push, or a row a count."""
    rows: Rows = []
    for subject_id, record in (facts.season.published or {}).items():
        covered: list[Cell] = [*(record.covered or (None, None))]
        rows += [[subject_id, moment, None, *covered] for moment in facts.pushes[subject_id]]
        rows += _count_rows(subject_id, record)
    return rows


def _count_rows(subject_id: str, record: Published) -> Rows:
    return [[subject_id, None, total.number, total.first, total.last] for total in record.totals]


def _incidents(facts: Facts) -> Grid:
    columns = [column for column in ANSWER_COLUMNS if f"突发事件.{column}" not in facts.lacks]
    grave = [] if "突发事件.特别重大" in facts.lacks else ["特别重大"]
    rows: Rows = [["事件编号", "事件名称", "涉事单位", "发生时间", *grave, *columns]]
    for incident in facts.season.incidents or ():
        told: list[Cell] = [_YES[incident.grave] for _ in grave]
        answers = [getattr(incident, ANSWER_COLUMNS[column]) for column in columns]
        rows.append([incident.id, incident.name, incident.unit, incident.happened, *told, *answers])
    return Grid("突发事件", rows)


def _filing_rows(facts: Facts) -> Rows:
    return [
        [each.subject_id, each.action.value, each.filed, each.approved_by, each.filed_with, each.announced]
        for each in facts.season.filings or ()
    ]


def _report_rows(facts: Facts) -> Rows:
    return [
        [each.who, each.matter, each.year, each.submitted, _ACCEPTED[each.accepted]]
        for each in facts.season.reports or ()
    ]


def _check_rows(facts: Facts) -> Rows:
    return [
        [who, rule, WORDS[each.outcome], each.note, each.screenshot, each.inspector, _day(each.checked_at)]
        for (who, rule), each in facts.season.checked.items()
    ]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment and moment.time() == time() else moment
