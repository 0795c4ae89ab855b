"""Workbooks as tests look at them: rows of values by sheet."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def sheets_of(source: Path | bytes) -> dict[str, Worksheet]:
    """Return the sheets of a workbook by name."""
    book = openpyxl.load_workbook(BytesIO(source) if isinstance(source, bytes) else source)
    return {sheet.title: sheet for sheet in book.worksheets}


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    """Return the values of a sheet, row by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def table_of(sheet: Worksheet, first: str = "序号") -> list[dict[str, Any]]:
    """Return the table of a sheet whose first heading is this, by heading."""
    rows = rows_of(sheet)
    top = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]
