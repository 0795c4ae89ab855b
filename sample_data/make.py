"""Write the sample workbooks from `county.toml` and `mistakes.toml`: `python sample_data/make.py`.

The clean workbook, the messy copies and the broken workbooks come from here and are never edited by hand. A second run
writes the same cells; a test holds the committed files to that.
"""

import csv
import io
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import cycle, groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import PartName, Rubric, load_rubric

HERE = Path(__file__).parent
CLEAN = "青禾县2019年第四季度.xlsx"
MESSY = "messy/青禾县2019年第四季度（各单位报送）.xlsx"
MESSY_CSV = "messy/青禾县2019年第四季度（各单位报送）.zip"
BROKEN = "broken/错误示例.xlsx"
MISSING = "broken/缺表缺列示例.xlsx"

# Files carry no trace of when they were written; the earliest day that a zip can hold would show as nonsense in Excel.
STAMP = datetime(2020, 1, 2, 9, 0)  # noqa: DTZ001 - workbooks know no time zones

Cell = str | int | float | date | None
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet before it is written. `merges` are ranges (row, column, row, column), from 0, both ends included."""

    name: str
    rows: Rows
    merges: Sequence[tuple[int, int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class County:
    """`county.toml`: the facts, and by object what is expected of it.

    `wide` holds the objects that stand in a wide table in the messy copies.
    """

    check: SpotCheck
    expected: Mapping[str, Mapping[str, Any]]
    wide: frozenset[str] = field(default_factory=frozenset)

    @property
    def rubric(self) -> Rubric:
        """The rubric of the batch."""
        return load_rubric(self.check.batch.rubric_id)


# ------------------------------------------------------------------------------------------------------- facts in

_WORDS = ("未检查", "未发现", "发现问题", "不适用", "无法判断")
_BONUS_WORDS = ("未检查", "不符合", "符合", "不适用", "无法判断")


def load_county() -> County:
    """Read `county.toml`."""
    data = tomllib.loads((HERE / "county.toml").read_text(encoding="utf-8"))
    head = data["batch"]
    batch = Batch(
        head["name"], head["as_of"], head["rubric"], head["organiser"], CLEAN, Outcome(_WORDS.index(head["unlisted"]))
    )
    subjects: list[Subject] = []
    findings: list[Finding] = []
    measurements: list[Measurement] = []
    entries = [(Kind.SITE, entry) for entry in data["sites"]] + [(Kind.ACCOUNT, entry) for entry in data["accounts"]]
    for kind, entry in entries:
        subjects.append(_site(entry, batch) if kind == Kind.SITE else _account(entry))
        findings += [_finding(entry, line) for line in entry.get("findings", [])]
        measurements += _measurements(entry, batch, head["visits_from"])
    return County(
        SpotCheck(batch, tuple(subjects), tuple(findings), tuple(measurements)),
        {entry["id"]: entry["expect"] for _, entry in entries},
        frozenset(entry["id"] for _, entry in entries if entry.get("wide")),
    )


def _site(entry: Mapping[str, Any], batch: Batch) -> Subject:
    details = {"首页网址": entry["url"], "主管单位": batch.organiser, "状态": entry.get("status", "正常")}
    return Subject(entry["id"], entry["name"], Kind.SITE, entry["sponsor"], entry["service"] == "有", details)


def _account(entry: Mapping[str, Any]) -> Subject:
    details = {
        "账号类型": entry["type"],
        "账号主体": entry["sponsor"],
        "主页地址": entry["url"],
        "账号状态": entry.get("status", "正常"),
        "备案": entry.get("filed", "是"),
        "开设日期": str(entry.get("opened", "")),
    }
    return Subject(entry["id"], entry["name"], Kind.ACCOUNT, entry["sponsor"], details=details)


def _finding(entry: Mapping[str, Any], line: Mapping[str, Any]) -> Finding:
    words = _BONUS_WORDS if line["item"].startswith("B") else _WORDS
    return Finding(
        entry["id"],
        line["item"],
        Outcome(words.index(line["result"])) if "result" in line else Outcome.FOUND,
        line.get("count"),
        line.get("note", ""),
        line.get("url", ""),
        line.get("screenshot", ""),
        entry["inspector"],
        _midnight(entry["checked"]),
    )


def _measurements(entry: Mapping[str, Any], batch: Batch, visits_from: date) -> Iterator[Measurement]:
    for quantity, value in entry.get("measured", {}).items():
        exact = value if isinstance(value, date) else Fraction(value)
        yield Measurement(entry["id"], quantity, exact, _midnight(batch.as_of))
    for number, (visits, timeouts) in enumerate(entry.get("visits", [])):
        day = _midnight(visits_from + timedelta(days=number))
        yield Measurement(entry["id"], "访问次数", Fraction(visits), day)
        yield Measurement(entry["id"], "超时次数", Fraction(timeouts), day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _word(finding: Finding, rubric: Rubric) -> str:
    bonus = rubric.row_of[finding.item].part == PartName.BONUS
    return (_BONUS_WORDS if bonus else _WORDS)[finding.outcome]


# ---------------------------------------------------------------------------------------------------------- clean

SITE_COLUMNS = ("网站标识码", "网站名称", "首页网址", "主办单位", "主管单位", "对外服务职能", "状态")
ACCOUNT_COLUMNS = (
    *("新媒体标识码", "账号名称", "账号类型", "主办单位", "账号主体"),
    *("主页地址", "账号状态", "备案", "开设日期"),
)
RECORD_COLUMNS = (
    *("检查对象标识码", "检查对象名称", "指标编号", "检查结果", "数量"),
    *("问题说明", "问题网址", "截图", "检查人", "检查时间"),
)
MEASURE_COLUMNS = ("检查对象标识码", "监测项", "数值", "监测时间")


def clean_grids(county: County) -> list[Grid]:
    """The model workbook: the sheets, columns and words of the file format, nothing else."""
    check = county.check
    names = {subject.id: subject.name for subject in check.subjects}
    sites = [_site_row(subject) for subject in check.subjects if subject.kind == Kind.SITE]
    accounts = [_account_row(subject) for subject in check.subjects if subject.kind == Kind.ACCOUNT]
    records = [_record_row(finding, names, county.rubric) for finding in check.findings]
    return [
        Grid("批次", [["项目", "内容"], *_batch_rows(check.batch)]),
        Grid("网站台账", [[*SITE_COLUMNS], *sites]),
        Grid("账号台账", [[*ACCOUNT_COLUMNS], *accounts]),
        Grid("抽查记录", [[*RECORD_COLUMNS], *records]),
        Grid("监测数据", [[*MEASURE_COLUMNS], *map(_measure_row, check.measurements)]),
    ]


def _batch_rows(batch: Batch) -> Rows:
    return [
        ["批次名称", batch.name],
        ["监测时间点", batch.as_of],
        ["检查规则", batch.rubric_id],
        ["组织单位", batch.organiser],
        ["未列出的指标", _WORDS[batch.unlisted]],
    ]


def _site_row(subject: Subject) -> list[Cell]:
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
    return [own.get(column, subject.details.get(column)) for column in ACCOUNT_COLUMNS]


def _record_row(finding: Finding, names: Mapping[str, str], rubric: Rubric) -> list[Cell]:
    return [
        finding.subject_id,
        names[finding.subject_id],
        finding.item,
        _word(finding, rubric),
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


# ---------------------------------------------------------------------------------------------------------- messy


def _wide(text: str) -> str:
    """ASCII in full-width characters, as an input method leaves it."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _plain(text: str) -> str:
    return text


def _padded(text: str) -> str:
    return f" {text}\u3000"


_DATES: tuple[Callable[[date], Cell], ...] = (
    lambda day: day,
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: day.isoformat(),
)
_NUMBERS: tuple[Callable[[int], Cell], ...] = (int, str, float, lambda number: _wide(str(number)))
_TYPES: dict[str, tuple[Cell, ...]] = {
    "微信公众号": (1, "微信", "政务微信", "1", "微信公众号"),
    "新浪微博": (2, "2"),
    "抖音短视频": (3, "３"),
    "今日头条": (4,),
    "快手短视频": (5,),
    "移动客户端": (111, "111"),
    "小程序": (122,),
    "微信视频号": (127,),
    "其他": ("其他",),
}
_ACCOUNT_STATES = ("注销", "正常", "迁移", "删除", "已发关停公告", "冻结期")
_SITE_STATES = {"正常": (1, "正常", "1"), "例外": (2,), "关停": ("3",)}
# Longer numbers lose digits in a spreadsheet program: nobody can give those as numbers and be understood.
_NUMBER_DIGITS = 14


LEAFLET = "填表说明"  # a sheet that is no table: it comes with workbooks, not with CSV


class Hand:
    """A hand that never writes the same thing in the same way twice running, yet always the same in every run."""

    def __init__(self) -> None:
        self._turns: dict[object, Iterator[Any]] = {}

    def _next(self, key: object, ways: Sequence[Any]) -> Any:
        return next(self._turns.setdefault(key, cycle(ways)))

    def date(self, day: date) -> Cell:
        """A date, as a date cell or in one of four spellings."""
        return self._checked(self._next("date", _DATES)(day))

    def number(self, number: int) -> Cell:
        """A number, also as text and in full-width digits."""
        return self._checked(self._next("number", _NUMBERS)(number))

    def text(self, text: str) -> str:
        """Text, sometimes with blanks around it."""
        return str(self._next("text", (_plain, _plain, _padded))(text))

    def item(self, code: str) -> str:
        """The code of an item, sometimes in full-width characters."""
        return str(self._next("item", (_plain, _wide, _padded))(code))

    def code(self, code: str) -> Cell:
        """The code of an object; as a number only where that loses nothing."""
        if code.isdecimal() and not code.startswith("0") and len(code) <= _NUMBER_DIGITS:
            return self._checked(self._next("code", (int, _plain, int, _wide, _padded))(code))
        return str(self._next("text code", (_plain, _wide, _padded))(code))

    def choice(self, key: str, ways: Sequence[Cell]) -> Cell:
        """One of several ways to say `key`."""
        return self._checked(self._next(key, ways))

    @staticmethod
    def _checked(value: Any) -> Cell:
        assert value is None or isinstance(value, str | int | float | date)
        return value


def messy_grids(county: County) -> list[Grid]:
    """The same facts as offices send them: titles, merged cells, blanks, other headers and spellings, more columns."""
    hand = Hand()
    return [
        _messy_batch(county.check.batch),
        _messy_sites(county, hand),
        _messy_accounts(county, hand),
        _messy_records(county, hand),
        _messy_wide(county, hand),
        _messy_measures(county, hand),
        Grid(LEAFLET, [["填表说明"], ["1.本表由各单位填报，县政府办公室汇总。"], ["2.有疑问请与县政府办公室联系。"]]),
    ]


def _titled(name: str, titles: Iterable[str], header: list[Cell], rows: Rows, merges: Iterable[range] = ()) -> Grid:
    """A table under merged titles and a blank row. `merges` are ranges of `rows` whose first two columns are merged."""
    above: Rows = [[title] for title in titles]
    top = len(above) + 1
    merged = [(number, 0, number, len(header) - 1) for number in range(len(above))]
    for block in merges:
        merged += [(top + 1 + block[0], column, top + 1 + block[-1], column) for column in (0, 1)]
    return Grid(name, [*above, [], header, *rows], merged)


def _messy_batch(batch: Batch) -> Grid:
    rows = _batch_rows(batch)
    rows[1][1] = f"{batch.as_of.year}年{batch.as_of.month}月{batch.as_of.day}日"
    rows[2][1] = _padded(batch.rubric_id)
    rows.insert(2, [])
    return _titled("批次信息", ["青禾县政府网站与政务新媒体检查"], ["项 目", "内\u3000容"], rows)


def _messy_sites(county: County, hand: Hand) -> Grid:
    header: list[Cell] = ["序号", "网站编码", "站点名称\u3000", "首页 地址", None, "级别", "责任单位", "上级主管单位"]
    header += ["是否有对外服务职能", "网站状态", "备案时间"]
    rows: Rows = []
    for number, subject in enumerate((s for s in county.check.subjects if s.kind == Kind.SITE), 1):
        service = hand.choice(f"service {subject.service}", ("是", "有") if subject.service else ("否", "无"))
        rows.append(
            [
                *(number, hand.code(subject.id), hand.text(subject.name), subject.details["首页网址"], None),
                *("县级部门", hand.text(subject.sponsor), subject.details["主管单位"], service),
                hand.choice(subject.details["状态"], _SITE_STATES[subject.details["状态"]]),
                None,
            ]
        )
        if number in (9, 21):  # the blank rows that people leave between groups of units
            rows.append([])
    return _titled("政府网站台账", ["青禾县政府网站台账", "填报单位：青禾县人民政府办公室　　单位：个"], header, rows)


def _messy_accounts(county: County, hand: Hand) -> Grid:
    header: list[Cell] = ["填报单位标识码", "填报单位名称", "账号标识码", "新媒体类型", "新媒体名称", "认证主体"]
    header += ["链接", "账号状态", None, "备 案", "开设日期", "粉丝数"]
    rows: Rows = []
    for subject in (s for s in county.check.subjects if s.kind == Kind.ACCOUNT):
        told = subject.details
        rows.append(
            [
                *(subject.id[:10] if subject.id.isascii() else None, subject.sponsor, hand.code(subject.id)),
                *(hand.choice(told["账号类型"], _TYPES[told["账号类型"]]), hand.text(subject.name)),
                *(told["账号主体"], told["主页地址"], _ACCOUNT_STATES.index(told["账号状态"]), None, told["备案"]),
                *(hand.date(date.fromisoformat(told["开设日期"])) if told["开设日期"] else None, None),
            ]
        )
    return _titled("政务新媒体台账", ["青禾县政务新媒体台账"], header, rows)


def _messy_records(county: County, hand: Hand) -> Grid:
    """Rows by object, the object's code and name in merged cells; without what stands in the wide table."""
    header: list[Cell] = ["对象标识码", "对象\u3000名称", "细则编号", "检查结果", "问题个数", "问题描述", "问题链接"]
    header += ["快照", "检查员", "检查日期", "整改时限", "整改情况（已修改或未修改）"]
    names = {subject.id: subject.name for subject in county.check.subjects}
    rest = [finding for finding in county.check.findings if wide_cell(finding, county) is None]
    rows: Rows = []
    blocks: list[range] = []
    for number, (subject_id, group) in enumerate(groupby(rest, key=lambda finding: finding.subject_id)):
        code, name, start = hand.code(subject_id), hand.text(names[subject_id]), len(rows)
        for finding in group:
            row = _record_row(finding, names, county.rubric)
            row[0], row[1], row[2], row[3] = code, name, hand.item(finding.item), hand.text(str(row[3]))
            row[4] = None if finding.count is None else hand.number(finding.count)
            row[9] = hand.date(finding.checked_at.date()) if finding.checked_at else None
            rows.append([*row, "10个工作日", None])
        if len(rows) - start > 1:
            blocks.append(range(start, len(rows)))
        if number % 6 == 5:  # noqa: PLR2004 - a blank row now and then
            rows.append([])
    return _titled("检查记录", ["青禾县2019年第四季度抽查记录", "检查时间：2019年12月17日至20日"], header, rows, blocks)


def wide_cell(finding: Finding, county: County) -> Cell:
    """What a wide table holds of a finding; None where it would lose something besides inspector and time."""
    if finding.subject_id not in county.wide or finding.url or (finding.note and finding.count is not None):
        return None
    if finding.note:
        return finding.note if finding.outcome == Outcome.FOUND else None
    if finding.outcome == Outcome.CLEAR:
        return 0
    return _word(finding, county.rubric) if finding.count is None else finding.count


def _messy_wide(county: County, hand: Hand) -> Grid:
    cells = {(f.subject_id, f.item): wide_cell(f, county) for f in county.check.findings}
    codes = [c for c in county.rubric.items if any(cells.get((s.id, c)) is not None for s in county.check.subjects)]
    header: list[Cell] = ["标识码", "名 称"]
    header += [f"{hand.item(code).strip()} {county.rubric.row_of[code].name}" for code in codes]
    rows: Rows = []
    for subject in county.check.subjects:
        values = [cells.get((subject.id, code)) for code in codes]
        if any(value is not None for value in values):
            told = [hand.number(value) if isinstance(value, int) else value for value in values]
            rows.append([hand.code(subject.id), hand.text(subject.name), *told])
    return _titled("抽查结果", ["加分项及新媒体单项否决汇总（横表）"], header, rows)


def _messy_measures(county: County, hand: Hand) -> Grid:
    rows: Rows = []
    for measurement in county.check.measurements:
        value = measurement.value
        told = hand.date(value) if isinstance(value, date) else hand.number(int(value))
        day = hand.date(measurement.at.date()) if measurement.at else None
        rows.append([hand.code(measurement.subject_id), hand.text(measurement.quantity), None, told, day, "自动监测"])
    return _titled("监测结果", ["监测数据汇总"], ["标识码", "监 测 项", None, "数值", "监测时间", "来源"], rows)


# --------------------------------------------------------------------------------------------------------- broken

WHY = "错在哪里"  # a column that the program does not know, for the people who look at the sheet


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of `mistakes.toml`: the code of the problem, and where the program should point.

    `sheet` is empty and `row` None where the whole workbook is meant.
    """

    code: str
    sheet: str
    row: int | None


def broken_grids(name: str) -> tuple[list[Grid], list[Mistake]]:
    """The workbook `name` of `mistakes.toml`, and the mistakes in it, with the rows that people see."""
    data = tomllib.loads((HERE / "mistakes.toml").read_text(encoding="utf-8"))[name]
    grids: list[Grid] = []
    mistakes: list[Mistake] = []
    for sheet in data:
        rows: Rows = [[*sheet["columns"], WHY]]
        if "code" in sheet:
            at = sheet.get("points_at", sheet["name"])
            mistakes += [Mistake(code, at, 1 if at else None) for code in sheet["code"].split()]
        for line in sheet["rows"]:
            cells = [None if cell == "" else cell for cell in line["cells"]]
            rows.append([*cells, *[None] * (len(sheet["columns"]) - len(cells)), line.get("why")])
            mistakes += [Mistake(code, sheet["name"], len(rows)) for code in line.get("code", "").split()]
        grids.append(Grid(sheet["name"], rows))
    return grids, mistakes


# -------------------------------------------------------------------------------------------------------- writing

_FONT = "宋体"
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_LINE = Side(style="thin", color="BFBFBF")
# Widths in characters; a Chinese one counts two.
_COLUMNS_BY_WIDTH: dict[int, tuple[str, ...]] = {
    9: ("数量",),
    10: ("指标编号", "检查结果"),
    12: ("检查时间", "数值", "监测时间", "开设日期"),
    14: ("网站标识码", "对外服务职能", "账号类型", "最近更新日期"),
    16: ("项目", "账号名称", "账号状态"),
    19: ("检查对象标识码",),
    20: ("新媒体标识码",),
    24: ("检查对象名称",),
    26: ("主管单位",),
    30: ("网站名称", "首页网址", "主办单位", "账号主体", "截图"),
    34: ("问题网址",),
    36: ("监测项",),
    38: ("主页地址",),
    44: (WHY,),
    48: ("内容",),
    50: ("问题说明",),
}
_WIDTHS = {name: width for width, names in _COLUMNS_BY_WIDTH.items() for name in names}
_USUAL_WIDTH, _LINE_HEIGHT = 10, 17
_CHOICES = {
    "对外服务职能": ("有", "无"),
    "状态": ("正常", "例外", "关停"),
    "账号类型": tuple(_TYPES),
    "账号状态": _ACCOUNT_STATES,
    "备案": ("是", "否"),
    "检查结果": ("未发现", "发现问题", "符合", "不符合", "不适用", "无法判断", "未检查"),
}
_LEFT = (
    *("项目", "内容", "网站名称", "首页网址", "主办单位", "主管单位", "账号名称", "账号主体", "主页地址"),
    *("检查对象名称", "问题说明", "问题网址", "截图", "监测项", WHY),
)
_ROWS_TO_CHOOSE_IN = 2000  # lists go on below the last row, where people add theirs


def workbook(grids: Iterable[Grid], *, finished: bool) -> bytes:
    """An .xlsx with these sheets; `finished` gives it the looks of a model: fonts, widths, lists to choose from."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govkit"
    book.properties.created = STAMP
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for number, row in enumerate(grid.rows, 1):
            for column, value in enumerate(row, 1):
                _put(sheet, number, column, value)
        for top, left, bottom, right in grid.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        if finished:
            _finish(sheet, [str(name) for name in grid.rows[0]])
    content = io.BytesIO()
    book.save(content)
    return _without_clock(content.getvalue())


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().isdecimal():
        cell.number_format = "@"  # or the zeros are gone as soon as somebody edits the cell


def _finish(sheet: Worksheet, header: list[str]) -> None:
    edge = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    for number, row in enumerate(sheet.iter_rows(max_col=len(header)), 1):
        lines = 1
        for cell, name in zip(row, header, strict=True):
            head = number == 1
            cell.font = Font(name=_FONT, size=11, bold=head)
            cell.border = edge
            side = "left" if name in _LEFT and not head else "center"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
            if head:
                cell.fill = _HEAD_FILL
            elif name.endswith("标识码"):
                cell.number_format = "@"
            lines = max(lines, _lines(cell.value, _WIDTHS.get(name, _USUAL_WIDTH)))
        # Not every program fits the height to wrapped text by itself.
        sheet.row_dimensions[number].height = _LINE_HEIGHT * lines
    for column, name in enumerate(header, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _USUAL_WIDTH)
        if name in _CHOICES:
            words = DataValidation("list", formula1=f'"{",".join(_CHOICES[name])}"', allow_blank=True)
            words.showErrorMessage = False  # it helps with typing; what is allowed is for the reader to say
            words.add(f"{letter}2:{letter}{_ROWS_TO_CHOOSE_IN}")
            sheet.add_data_validation(words)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(value: object, width: int) -> int:
    """How many lines text takes in a column of a width in characters, of which a Chinese one fills two."""
    if not isinstance(value, str) or value.startswith("="):
        return 1
    wide = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in value)
    return -(-wide // (width - 1))


def _without_clock(content: bytes) -> bytes:
    """The same workbook without the time at which it was saved."""
    modified = rb"(<dcterms:modified[^>]*>)[^<]*"
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(modified, rb"\g<1>" + f"{STAMP.isoformat()}Z".encode(), part)
            new.writestr(_member(name), part)
    return packed.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0  # or the file says on which system it was packed
    return member


def csv_zip(grids: Iterable[Grid]) -> bytes:
    """The sheets as CSV files in GBK, packed. Merged cells of a table are written out; CSV has none."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for grid in grids:
            width = max(len(row) for row in grid.rows)
            text = io.StringIO(newline="")
            writer = csv.writer(text, lineterminator="\r\n")
            for row in grid.rows:
                cells = ["" if cell is None else _as_shown(cell) for cell in row]
                writer.writerow(cells + [""] * (width - len(cells)))
            archive.writestr(_member(f"{grid.name}.csv"), text.getvalue().encode("gbk"))
    return packed.getvalue()


def _as_shown(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def files() -> dict[str, bytes]:
    """All sample files, by their path below this folder."""
    county = load_county()
    messy = messy_grids(county)
    return {
        CLEAN: workbook(clean_grids(county), finished=True),
        MESSY: workbook(messy, finished=False),
        MESSY_CSV: csv_zip(grid for grid in messy if grid.name != LEAFLET),
        BROKEN: workbook(broken_grids("mistakes")[0], finished=True),
        MISSING: workbook(broken_grids("missing")[0], finished=True),
    }


def main() -> None:
    """Write all sample files."""
    for path, content in files().items():
        target = HERE / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main()
