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
from openpyxl.worksheet.worksheet import Worksheet

from govkit.sheets.tables import finish

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
            finish(sheet, [str(name) for name in grid.rows[0]])
    content = io.BytesIO()
    book.save(content)
    return _without_clock(content.getvalue())


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    elif isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().isdecimal():
        cell.number_format = "@"  # or the zeros are gone as soon as somebody edits the cell


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
