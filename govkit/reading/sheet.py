"""A sheet as it comes out of a file: rows of raw cells, before anything is known of their meaning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from govkit.findings import Place


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that holds an error (#DIV/0!) or a formula that was never calculated (`text` is empty)."""

    text: str


CellValue = str | float | bool | date | datetime | time | timedelta | ErrorValue | None
"""What a cell can hold; blank cells are "" or None."""


class Merge(NamedTuple):
    """A merged range; rows and columns count from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """A sheet: `rows[0]` is row 1 of the spreadsheet program; rows may differ in length."""

    workbook: str
    name: str
    rows: list[list[CellValue]]
    merges: Sequence[Merge] = field(default_factory=tuple)

    def fill_merges(self) -> None:
        """Let each merged cell stand for all its cells. What reaches below the last row is cut off `merges`."""
        width = max((len(row) for row in self.rows), default=0)
        self.merges = tuple(self._sound_merges(width))
        for merge in self.merges:
            value = self.cell(merge.first_row, merge.first_column)
            end = min(merge.last_column + 1, width)  # a title merged over all columns there are would fill the memory
            for row in self.rows[merge.first_row : merge.last_row + 1]:
                row.extend([""] * (end - len(row)))
                row[merge.first_column : end] = [value] * (end - merge.first_column)

    def _sound_merges(self, width: int) -> Iterator[Merge]:
        """The merges over cells that there are. Sound ones share none: when there are none left, the rest is damage."""
        last_row, left = len(self.rows) - 1, len(self.rows) * width
        for merge in self.merges:
            cut = merge._replace(last_row=min(merge.last_row, last_row))
            down, across = cut.last_row - cut.first_row + 1, min(cut.last_column + 1, width) - cut.first_column
            if down > 0 and across > 0:
                left -= down * across
                if left < 0:
                    return
                yield cut

    def cell(self, row: int, column: int) -> CellValue:
        """The value at a position counted from 0; blank beyond the edge."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def place(self, row: int | None = None, column: str = "") -> Place:
        """A place on this sheet; `row` counts from 0 as in `rows`, and becomes the number that people see."""
        return Place(self.workbook, self.name, None if row is None else row + 1, column)


def column_index(letters: str) -> int:
    """The position of a column, counted from 0, by its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address_of(row: int, column: int) -> str:
    """The address of a cell by its position counted from 0: H12 is in row 11 and column 7."""
    letters, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(65 + place) + letters
    return f"{letters}{row + 1}"
