"""Inspections made by hand, and workbooks put into words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import govkit
from govkit.findings import Batch, Filing, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import Item, load_rubric
from govkit.scoring import Inspection, ObjectResult, score_spot_check
from govkit.sheets.scoring_sheets import ScoringSheets

RUBRIC = load_rubric("fengdu-2019")
AS_OF = date(2024, 3, 15)


def site(identifier: str = "5002300001", name: str = "丰都县某局网站", *, service: bool = True) -> Subject:
    """A site with all that the ledger knows."""
    details = {"首页网址": "https://example.gov.cn/", "主管单位": "丰都县人民政府办公室", "状态": "正常"}
    return Subject(identifier, name, Kind.SITE, "丰都县某局", service, details)


def account(identifier: str = "5002300001000001", name: str = "丰都发布") -> Subject:
    """An account with all that the ledger knows."""
    details = {
        "账号类型": "微信公众号",
        "账号主体": "丰都县人民政府办公室",
        "主页地址": "https://example.com/fengdu",
        "账号状态": "正常",
        "备案": "是",
        "开设日期": "2018-05-01",
        "最近更新日期": "2024-03-10",
    }
    return Subject(identifier, name, Kind.ACCOUNT, "丰都县人民政府办公室", None, details)


def found(subject: Subject, item: str, count: int | None = None, note: str = "", url: str = "") -> Finding:
    """A problem, or a bonus earned."""
    return Finding(subject.id, item, Outcome.FOUND, count, note, url, inspector="张三")


def judged(subject: Subject, item: str, outcome: Outcome, note: str = "") -> Finding:
    """Any other judgement."""
    return Finding(subject.id, item, outcome, None, note, inspector="张三")


def measured(subject: Subject, quantity: str, value: int | date) -> Measurement:
    """A measured quantity."""
    return Measurement(subject.id, quantity, value if isinstance(value, date) else Fraction(value))


def inspection(
    subjects: Iterable[Subject],
    findings: Iterable[Finding] = (),
    measurements: Iterable[Measurement] = (),
    *,
    name: str = "2024年第一季度检查",
    unlisted: Outcome = Outcome.CLEAR,
) -> Inspection:
    """A scored spot check in which nothing was found but what is given."""
    batch = Batch(name, AS_OF, RUBRIC.id, "丰都县人民政府办公室", "抽查工作簿.xlsx", unlisted)
    return score_spot_check(RUBRIC, SpotCheck(batch, tuple(subjects), tuple(findings), tuple(measurements)))


def filed(season: Inspection, filing: Filing) -> Inspection:
    """The same with every object so far on its way to being filed."""
    return replace(season, objects=tuple(replace(result, filing=filing) for result in season.objects))


def scoring_sheet(season: Inspection, result: ObjectResult) -> bytes:
    """The sheet of one object."""
    return ScoringSheets(season.batch, season.rubric).sheet(result)


def opened(content: bytes) -> Workbook:
    """A workbook, read back, as a viewer shows it that does not calculate."""
    return load_workbook(BytesIO(content), data_only=True)


def visible(workbook: Workbook) -> list[Worksheet]:
    """The sheets that people see."""
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def by_name(workbook: Workbook, name: str) -> object:
    """What stands in a named cell."""
    title, coordinate = next(iter(workbook.defined_names[name].destinations))
    return workbook[title][coordinate].value


def item_rows(sheet: Worksheet) -> dict[str, dict[str, object]]:
    """The lines of a sheet by item code: what stands under each heading. Merged cells stand for all their cells."""
    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
    for merge in sheet.merged_cells.ranges:
        for row, column in merge.cells:
            values[sheet.cell(row, column).coordinate] = values[merge.coord.partition(":")[0]]
    heading = int(str(sheet.print_title_rows).replace("$", "").partition(":")[0])
    titles = {cell.column: str(cell.value) for cell in sheet[heading] if cell.value}
    column = next(number for number, title in titles.items() if title == "评分细则")
    lines: dict[str, dict[str, object]] = {}
    left = [item for item in RUBRIC.items.values() if _is_on(sheet, item)]
    for row in range(heading + 1, sheet.max_row + 1):
        wording = values[sheet.cell(row, column).coordinate]
        if left and isinstance(wording, str) and RUBRIC.wording(left[0]) in wording:
            item = left.pop(0)
            lines[item.code] = {title: values[sheet.cell(row, c).coordinate] for c, title in titles.items()}
    assert not left
    return lines


def _is_on(sheet: Worksheet, item: Item) -> bool:
    kind = Kind.SITE if "网站" in sheet.title else Kind.ACCOUNT
    return RUBRIC.row_of[item.code].subject == kind


def in_words(workbook: Workbook) -> str:
    """All cells, merges and printed set-up of a workbook as text that a person can review."""
    return "\n".join(line for sheet in visible(workbook) for line in _lines(sheet)) + "\n"


def _lines(sheet: Worksheet) -> Iterable[str]:
    yield f"== {sheet.title}"
    for row in sheet.iter_rows():
        cells = [
            f"{cell.coordinate} {_shown(cell.value, cell.number_format)}" for cell in row if cell.value is not None
        ]
        if cells:
            yield " | ".join(cells)
    yield "merged: " + " ".join(sorted(map(str, sheet.merged_cells.ranges), key=_by_row))
    yield f"printed: {sheet.print_area}, on every page: {sheet.print_title_rows}"
    yield "pages end under rows: " + " ".join(str(end.id) for end in sheet.row_breaks.brk)
    yield f"frozen: {sheet.freeze_panes}, filter: {sheet.auto_filter.ref}"
    yield "footer: " + _pinned(str(sheet.oddFooter))


def _by_row(area: str) -> tuple[int, str]:
    return int(re.findall(r"\d+", area)[0]), area


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, str):
        return _pinned(value).replace("\n", "⏎")
    return f"{value} [{number_format}]"


def _pinned(text: str) -> str:
    """Without what changes with every edit of the rubric file or release of the tool."""
    short, full = RUBRIC.sha256[:12], RUBRIC.sha256
    return text.replace(full, "<hash>").replace(short, "<hash12>").replace(f"govkit {govkit.__version__}", "govkit <v>")


def squeezed(text: str) -> str:
    """Without white space: lines are broken differently on paper."""
    return re.sub(r"\s+", "", text)


CASES: Mapping[str, Inspection] = {
    "site_bonus": inspection(
        [site()],
        [
            found(site(), "D1.2", 2, "机构电话已变更，仍显示旧号码", "https://example.gov.cn/gk/201.html"),
            found(site(), "D12.2", 1),
            found(site(), "D22.1", 9, "=首页“友情链接”9处打不开"),
            judged(site(), "D21.1", Outcome.NOT_APPLICABLE, "页脚由集约化平台统一管理"),
            found(site(), "B1.1", 2),
            found(site(), "B2.1", 2),
            found(site(), "B6.1"),
        ],
        [measured(site(), "首页最近更新日期", date(2024, 3, 12))],
    ),
    "site_without_services": inspection(
        [site(service=False)],
        [found(site(service=False), "D19.1", 4, "多件咨询超过5个工作日"), found(site(service=False), "D2.2", 1)],
    ),
    "account_veto": inspection(
        [account()],
        [found(account(), "M1.1", 2, "转发内容表述错误", "https://example.com/1")],
        [measured(account(), "最近更新日期", date(2024, 3, 1))],
    ),
}
