"""Where the named places of a template are, and where they move to when rows come in or go."""

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange


def find_places(workbook: Workbook) -> dict[str, CellRange]:
    """The ranges of all defined names, each with the title of its sheet. Broken names, and formulas, are left out."""
    places = {}
    for names in (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)):
        for name, defined in names.items():
            found = list(defined.destinations)
            if len(found) == 1 and found[0][0] in workbook.sheetnames:
                places[name] = CellRange(found[0][1].replace("$", ""), title=found[0][0])
    return places


def rows_of(print_titles: str | None) -> CellRange | None:
    """The rows that are printed on every page ("$9:$9"), as a range of one column."""
    if not print_titles:
        return None
    first, _, last = print_titles.replace("$", "").partition(":")
    return CellRange(min_col=1, max_col=1, min_row=int(first), max_row=int(last))


def numbers(rows: CellRange) -> range:
    """The numbers of the rows of a range."""
    return range(rows.min_row, rows.max_row + 1)


def moved(place: CellRange, row: int, by: int) -> CellRange | None:
    """Where a range is after `by` rows came in under `row`, or (by = −1) `row` itself has gone.

    A range that `row` is in the midst or at the end of grows along; one that was only in a row that has gone is None.
    """
    if by < 0 and place.min_row == place.max_row == row:
        return None
    first = place.min_row + by * (place.min_row > row)
    last = place.max_row + by * (place.max_row > row or place.min_row < place.max_row == row)
    return CellRange(min_col=place.min_col, max_col=place.max_col, min_row=first, max_row=last, title=place.title)
