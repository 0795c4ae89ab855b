"""Where the named places of a template are, and where they move to when rows come in or go."""

import re
from typing import Protocol

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet


class Box(Protocol):
    """A range of cells; both ends are included."""

    @property
    def min_col(self) -> int:
        """The first column."""

    @property
    def max_col(self) -> int:
        """The last column."""

    @property
    def min_row(self) -> int:
        """The first row."""

    @property
    def max_row(self) -> int:
        """The last row."""


_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?[0-9]+)(:\$?[A-Z]{1,3}\$?[0-9]+)?")


def find_places(workbook: Workbook) -> dict[str, CellRange]:
    """The ranges of all defined names, each with the title of its sheet.

    Names that are no range of cells are left out: formulas, whole columns, and those whose cells have been deleted.
    """
    places: dict[str, CellRange] = {}
    for names in (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)):
        for name, defined in names.items():
            found = list(defined.destinations)
            if len(found) != 1:
                continue
            title, coordinate = found[0][0].replace("''", "'"), found[0][1]
            if title in workbook.sheetnames and _RANGE.fullmatch(coordinate):
                # A copy of a sheet inside the template brings names of its own along; those of the workbook count.
                places.setdefault(name, CellRange(coordinate.replace("$", ""), title=title))
    return places


def sheet_of(workbook: Workbook, title: str) -> Worksheet:
    """The sheet with this title."""
    return next(sheet for sheet in workbook.worksheets if sheet.title == title)


def area_of(sheet: Worksheet) -> CellRange:
    """What is printed: the smallest range around all printed ranges; where none is set, around all that is used."""
    parts = (sheet.print_area or sheet.calculate_dimension()).split(",")
    ranges = [CellRange(part.rpartition("!")[2].replace("$", "")) for part in parts]
    return CellRange(
        min_col=min(part.min_col for part in ranges),
        min_row=min(part.min_row for part in ranges),
        max_col=max(part.max_col for part in ranges),
        max_row=max(part.max_row for part in ranges),
    )


def rows_of(print_titles: str | None) -> CellRange | None:
    """The rows that are printed on every page ("$9:$9"), as a range of one column."""
    if not print_titles:
        return None
    first, _, last = print_titles.replace("$", "").partition(":")
    return CellRange(min_col=1, max_col=1, min_row=int(first), max_row=int(last))


def numbers(rows: Box) -> range:
    """The numbers of the rows of a range."""
    return range(rows.min_row, rows.max_row + 1)


def moved(place: CellRange, row: int, by: int) -> CellRange | None:
    """Where a range is after `by` rows came in under `row`, or (by = −1) `row` itself has gone.

    A range that `row` is in the midst or at the end of grows along; one that was only in a row that has gone is None.
    """
    rows = shifted(place, row, by)
    if rows is None:
        return None
    first, last = rows
    return CellRange(min_col=place.min_col, max_col=place.max_col, min_row=first, max_row=last, title=place.title)


def shifted(place: Box, row: int, by: int) -> tuple[int, int] | None:
    """The first and last row of a range that has `moved`."""
    if by < 0 and place.min_row == place.max_row == row:
        return None
    first = place.min_row + by * (place.min_row > row)
    return first, place.max_row + by * (place.max_row > row or place.min_row < place.max_row == row)
