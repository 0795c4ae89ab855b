"""Writing sheets as files, the same bytes at every run: workbooks, finished or bare, and packed CSV."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.make.facts import read_data

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
class _Look:
    """How a column of a finished sheet looks; `looks.toml` has those that differ from this one."""

    width: int = 10
    left: bool = False
    choices: Sequence[str] = ()


_LOOKS = {name: _Look(**look) for name, look in read_data("looks.toml")["columns"].items()}
_FONT = "宋体"
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_LINE = Side(style="thin", color="BFBFBF")
_LINE_HEIGHT = 17
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
    looks = [_LOOKS.get(name, _Look()) for name in header]
    for number, row in enumerate(sheet.iter_rows(max_col=len(header)), 1):
        lines = 1
        for cell, name, look in zip(row, header, looks, strict=True):
            head = number == 1
            cell.font = Font(name=_FONT, size=11, bold=head)
            cell.border = edge
            side = "left" if look.left and not head else "center"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
            if head:
                cell.fill = _HEAD_FILL
            elif name.endswith("标识码"):
                cell.number_format = "@"
            lines = max(lines, _lines(cell.value, look.width))
        # Not every program fits the height to wrapped text by itself.
        sheet.row_dimensions[number].height = _LINE_HEIGHT * lines
    for column, look in enumerate(looks, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = look.width
        if look.choices:
            words = DataValidation("list", formula1=f'"{",".join(look.choices)}"', allow_blank=True)
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
