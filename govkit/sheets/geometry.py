"""Sizes on a sheet, in points: how wide its columns are, how high its rows, and how much a printed page holds."""

import math
from typing import Protocol

from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from govkit.sheets.places import Box

_MILLIMETRE = 72 / 25.4
_INCH = 72.0
_POINTS_A_PIXEL = 0.75
_PAPER = {"8": (297.0, 420.0), "9": (210.0, 297.0), "11": (148.0, 210.0)}  # A3, A4, A5 by Excel's number, in mm
_A4 = _PAPER["9"]
_DEFAULT_COLUMN, _DEFAULT_ROW = 8.43, 15.0  # what spreadsheet programs use where a sheet says nothing
_PAGE_USED = 0.97  # printers and programs round differently: better a blank strip than a row on a page of its own


class Sizes(Protocol):
    """What is asked of the sizes of a sheet to find where its pages end."""

    def width(self, first: int, last: int) -> float:
        """Of neighbouring columns together."""

    def row_height(self, row: int) -> float:
        """Of a row."""

    def page_height(self, area: Box) -> float:
        """How many points of rows one printed page holds."""


class Geometry:
    """The sizes of one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._unit = _column_unit(sheet)
        self._widths: dict[int, float] = {}
        for letter, dimension in sheet.column_dimensions.items():
            # Neighbours of the same width are stored as one, under the letter of the first.
            first = dimension.min or column_index_from_string(letter)
            for column in range(first, (dimension.max or first) + 1):
                self._widths[column] = 0.0 if dimension.hidden else dimension.width

    def width(self, first: int, last: int) -> float:
        """Of neighbouring columns together."""
        default = self._sheet.sheet_format.defaultColWidth or _DEFAULT_COLUMN
        return sum(self._widths.get(column, default) for column in range(first, last + 1)) * self._unit

    def row_height(self, row: int) -> float:
        """Of a row."""
        dimension = self._sheet.row_dimensions[row]
        return (
            0.0 if dimension.hidden else dimension.height or self._sheet.sheet_format.defaultRowHeight or _DEFAULT_ROW
        )

    def grow(self, first: int, last: int, needed: float) -> None:
        """Make the rows at least `needed` points high together, by making the last of them higher."""
        lacking = needed - sum(self.row_height(row) for row in range(first, last + 1))
        if lacking > 0:
            self._sheet.row_dimensions[last].height = round(self.row_height(last) + lacking, 2)

    def page_height(self, area: Box) -> float:
        """How many points of rows one printed page holds, at the scale at which the area is one page wide."""
        setup, margins = self._sheet.page_setup, self._sheet.page_margins
        short, long = _PAPER.get(str(setup.paperSize), _A4)
        wide, high = (long, short) if setup.orientation == "landscape" else (short, long)
        room = wide * _MILLIMETRE - (margins.left + margins.right) * _INCH
        scale = min(1.0, room / max(self.width(area.min_col, area.max_col), 1.0))
        return (high * _MILLIMETRE - (margins.top + margins.bottom) * _INCH) / scale * _PAGE_USED


def _column_unit(sheet: Worksheet) -> float:
    """Points of one unit of column width: a digit of the workbook's standard font, in whole pixels.

    Chinese fonts have digits of half an em, which are rounded up; others (Calibri) come out a little narrower.
    """
    font = Cell(sheet, 1, 1).font  # of a cell without any style
    half_em = float(font.size or 11) / _POINTS_A_PIXEL / 2
    pixels = math.floor(half_em) if (font.name or "").isascii() else math.ceil(half_em)
    return pixels * _POINTS_A_PIXEL
