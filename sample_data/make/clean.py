"""The clean workbook: the model that people fill in likewise."""

from collections.abc import Mapping
from datetime import date

from govkit.findings import Batch, Finding, Measurement, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric
from sample_data.make.facts import WORDS, County, word
from sample_data.make.writing import Cell, Grid, Rows

SITE_COLUMNS = ("网站标识码", "网站名称", "首页网址", "主办单位", "主管单位", "对外服务职能", "状态")
_ACCOUNT_COLUMNS = (
    *("新媒体标识码", "账号名称", "账号类型", "主办单位", "账号主体"),
    *("主页地址", "账号状态", "备案", "开设日期"),
)
_RECORD_COLUMNS = (
    *("检查对象标识码", "检查对象名称", "指标编号", "检查结果", "数量"),
    *("问题说明", "问题网址", "截图", "检查人", "检查时间"),
)
_MEASURE_COLUMNS = ("检查对象标识码", "监测项", "数值", "监测时间")


def clean_grids(county: County, check: SpotCheck) -> list[Grid]:
    """A spot check as a model workbook: the sheets, columns and words of the file format, nothing else."""
    names = {subject.id: subject.name for subject in check.subjects}
    sites = [site_row(subject) for subject in check.subjects if subject.kind == Kind.SITE]
    accounts = [_account_row(subject) for subject in check.subjects if subject.kind == Kind.ACCOUNT]
    records = [record_row(finding, names, county.rubric) for finding in check.findings]
    return [
        Grid("批次", [["项目", "内容"], *batch_rows(check.batch)]),
        Grid("网站台账", [[*SITE_COLUMNS], *sites]),
        Grid("账号台账", [[*_ACCOUNT_COLUMNS], *accounts]),
        Grid("抽查记录", [[*_RECORD_COLUMNS], *records]),
        Grid("监测数据", [[*_MEASURE_COLUMNS], *map(_measure_row, check.measurements)]),
    ]


def batch_rows(batch: Batch) -> Rows:
    """The rows of 批次, without a header."""
    return [
        ["批次名称", batch.name],
        ["监测时间点", batch.as_of],
        ["检查规则", batch.rubric_id],
        ["组织单位", batch.organiser],
        ["未列出的指标", WORDS[batch.unlisted]],
    ]


def site_row(subject: Subject) -> list[Cell]:
    """A row of 网站台账."""
    own: dict[str, Cell] = {
        "网站标识码": subject.id,
        "网站名称": subject.name,
        "主办单位": subject.sponsor,
        "对外服务职能": "有" if subject.service else "无",
    }
    return [own.get(column, subject.details.get(column)) for column in SITE_COLUMNS]


def _account_row(subject: Subject) -> list[Cell]:
    opened = subject.details["开设日期"]
    own: dict[str, Cell] = {
        "新媒体标识码": subject.id,
        "账号名称": subject.name,
        "主办单位": subject.sponsor,
        "开设日期": date.fromisoformat(opened) if opened else None,
    }
    return [own.get(column, subject.details.get(column)) for column in _ACCOUNT_COLUMNS]


def record_row(finding: Finding, names: Mapping[str, str], rubric: Rubric) -> list[Cell]:
    """A row of 抽查记录; `names` are those of the objects by their codes."""
    return [
        finding.subject_id,
        names[finding.subject_id],
        finding.item,
        word(finding, rubric),
        finding.count,
        finding.note or None,
        finding.url or None,
        finding.screenshot or None,
        finding.inspector,
        finding.checked_at.date() if finding.checked_at else None,
    ]


def _measure_row(measurement: Measurement) -> list[Cell]:
    value = measurement.value if isinstance(measurement.value, date) else int(measurement.value)
    return [measurement.subject_id, measurement.quantity, value, measurement.at.date() if measurement.at else None]
