"""The parts of a template that are written to: its named cells and rows, and how much they hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govkit.messages import say
from govkit.sheets.errors import OutputError
from govkit.sheets.geometry import Geometry
from govkit.sheets.places import area_of, find_places, rows_of, sheet_of

TALLEST = 409.0  # points; no spreadsheet program has taller rows
SHRUNK_TO_ONE_PAGE = 1.3  # pages that are still easy to read when printed as one
PIECE = 200.0  # points; a longer text goes on in a further row, so that pages can end between rows
FOOTER_LIMIT = 255  # characters; Excel takes a workbook with more for damaged


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell, which may reach over several columns, and what decides how much text it shows (points)."""

    column: int
    last_column: int
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What is where in a template.

    Attributes:
        sheet: the sheet that is filled.
        places: the ranges of all defined names on it.
        area: what is printed.
        heading: the rows that are printed on every page, as a range of one column.
        geometry: the sizes of the sheet.
    """

    sheet: Worksheet
    places: Mapping[str, CellRange]
    area: CellRange
    heading: CellRange | None
    geometry: Geometry


def anatomy(workbook: Workbook, file_name: str, cells: Iterable[str], rows: Mapping[str, Iterable[str]]) -> Anatomy:
    """Find what is written to.

    Args:
        workbook: the template, opened.
        file_name: of the template, for messages.
        cells: the names of the cells that will be written to.
        rows: the names of the rows that will be repeated or removed, each with the names of its cells.

    Raises:
        OutputError: names are missing (all of them are named), or lie on different sheets.
    """
    wanted = [*cells, *rows, *(name for names in rows.values() for name in names)]
    places = find_places(workbook)
    missing = [name for name in wanted if name not in places]
    if missing:
        raise OutputError(say("sheet.no_name", file=file_name, names="、".join(missing)))
    titles = {str(places[name].title) for name in wanted}
    if len(titles) > 1:
        raise OutputError(say("sheet.scattered", file=file_name, sheets="、".join(sorted(titles))))
    sheet = sheet_of(workbook, titles.pop())
    own = {name: place for name, place in places.items() if place.title == sheet.title}
    return Anatomy(sheet, own, area_of(sheet), rows_of(sheet.print_title_rows), Geometry(sheet))


def box_of(sheet: Worksheet, place: CellRange) -> CellRange:
    """The merged cells of which a named cell is a part; itself where it is none."""
    corner = place.coord.partition(":")[0]
    return next((merge for merge in sheet.merged_cells.ranges if corner in merge), place)


def slot_of(sheet: Worksheet, geometry: Geometry, place: CellRange) -> Slot:
    """What a named cell holds."""
    box = box_of(sheet, place)
    font = sheet.cell(box.min_row, box.min_col).font
    return Slot(box.min_col, box.max_col, geometry.width(box.min_col, box.max_col), float(font.size or 11))
