"""How finished tables look: sheets that people go on filling in. `looks.toml` has what differs by column."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_FONT = Font(name="宋体", size=11, bold=False)
_HEAD_FONT = Font(name="宋体", size=11, bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_LINE = Side(style="thin", color="BFBFBF")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINE_HEIGHT = 17
_MOST_LINES = 24  # no spreadsheet program has higher rows
_LEAST_WIDTH, _MOST_WIDTH, _TIME_WIDTH = 10, 40, 20
_ROWS_TO_CHOOSE_IN = 2000  # lists go on below the last row, where people add theirs


@dataclass(frozen=True, slots=True)
class _Look:
    """How a column looks: its width in characters, of which a Chinese one fills two; where its text stands."""

    width: int
    left: bool = False
    choices: Sequence[str] = ()


@cache
def _looks() -> Mapping[str, _Look]:
    text = files("govkit.sheets").joinpath("looks.toml").read_text(encoding="utf-8")
    return {name: _Look(**{"width": _LEAST_WIDTH, **look}) for name, look in tomllib.loads(text)["columns"].items()}


def finish(sheet: Worksheet, header: Sequence[str]) -> None:
    """Give a table its looks: fonts, lines, widths, heights, lists to choose from, and how it is printed.

    Args:
        sheet: filled; its first row is the header. The formats of its cells for numbers and dates stay.
        header: the texts of the first row.
    """
    columns = zip(header, sheet.iter_cols(min_row=2, max_col=len(header)), strict=True)
    looks = [_look(name, [cell.value for cell in cells]) for name, cells in columns]
    seen: dict[tuple[str, bool, bytes], Any] = {}
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(max_col=len(header))
    for number, row in enumerate(rows, 1):
        lines = 1
        for cell, name, look in zip(row, header, looks, strict=True):
            key = (name, number == 1, bytes(cell._style or b""))  # noqa: SLF001 - styling each of many thousand cells is slow
            if key not in seen:
                _style(cell, name, look, head=number == 1)
                seen[key] = cell._style  # noqa: SLF001
            cell._style = copy(seen[key])  # noqa: SLF001
            lines = max(lines, _lines(cell.value, look.width))
        # Not every program fits the height to wrapped text by itself.
        sheet.row_dimensions[number].height = _LINE_HEIGHT * min(lines, _MOST_LINES)
    for column, look in enumerate(looks, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = look.width
        if look.choices:
            words = DataValidation("list", formula1=f'"{",".join(look.choices)}"', allow_blank=True)
            words.showErrorMessage = False  # it helps with typing; what is allowed is for the reader to say
            words.add(f"{letter}2:{letter}{max(_ROWS_TO_CHOOSE_IN, sheet.max_row)}")
            sheet.add_data_validation(words)
    _set_up_print(sheet)


def _look(name: str, values: Sequence[object]) -> _Look:
    """The look of a column, wide enough for times of day, which would be shown as ### otherwise.

    A column that nobody described is as wide as its texts, within limits; long texts stand left.
    """
    widest = max((_width(value) + 2 for value in values if isinstance(value, str)), default=0)
    other = _Look(min(max(widest, _LEAST_WIDTH), _MOST_WIDTH), left=widest > _MOST_WIDTH)
    look = _looks().get(name, other)
    has_times = any(isinstance(value, datetime) for value in values)
    return replace(look, width=max(look.width, _TIME_WIDTH)) if has_times else look


def _style(cell: Cell, name: str, look: _Look, *, head: bool) -> None:
    cell.font = _HEAD_FONT if head else _FONT
    cell.border = _EDGE
    side = "left" if look.left and not head else "center"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if head:
        cell.fill = _HEAD_FILL
    elif name.endswith("标识码"):
        cell.number_format = "@"  # or the zeros are gone as soon as somebody edits the cell


def _set_up_print(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(value: object, width: int) -> int:
    """How many lines a text takes in a column; a formula takes one."""
    if not isinstance(value, str) or value.startswith("="):
        return 1
    return sum(max(1, -(-_width(paragraph) // (width - 1))) for paragraph in value.split("\n"))


def _width(text: str) -> int:
    """In characters, of which a Chinese one fills two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
