"""Whether the names of a template are all there, each once, and where they can be filled; all that is wrong at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govkit.sheets.anatomy import box_of
from govkit.sheets.own.faults import Fault, hint, shown, wrong
from govkit.sheets.own.names import FormNames
from govkit.sheets.places import find_places, sheet_of

_DELETED = "#REF!"
_ALIKE = 0.6  # from 0 to 1; how alike two names are of which one may be meant for the other


def check_names(workbook: Workbook, forms: list[FormNames]) -> list[Fault]:
    """What is wrong with the names of a template.

    Args:
        workbook: the template, opened.
        forms: its forms.
    """
    places = find_places(workbook)
    wanted = [name for form in forms for name in form.all]
    found = list(_missing(workbook, wanted, places))
    for form in forms:
        there = {name: places[name] for name in form.all if name in places}
        if not there:
            continue
        title = home_of(there)
        found += _scattered(there, title)
        here = {name: place for name, place in there.items() if place.title == title}
        sheet = sheet_of(workbook, title)
        found += _doubled(workbook, sheet, here)
        found += _on_sheet(sheet, form, here)
    return found


def home_of(places: Mapping[str, CellRange]) -> str:
    """The sheet on which most of some names lie."""
    return str(Counter(place.title for place in places.values()).most_common(1)[0][0])


def _missing(workbook: Workbook, wanted: Sequence[str], places: Mapping[str, CellRange]) -> Iterator[Fault]:
    spare = [name for name in places if name not in wanted]
    absent = [name for name in wanted if name not in places]
    lost = {name: title for name in absent if (title := _lost_sheet(workbook, _defined(workbook, name)))}
    for title, number in Counter(lost.values()).items():
        yield wrong("template.no_sheet", "", title, number=number, sheet=title)
    for name in (name for name in absent if name not in lost):
        defined = _defined(workbook, name)
        near = get_close_matches(name, spare, 1, _ALIKE)
        if defined is None and near:
            yield wrong("template.missing_near", name, places[near[0]], near=near[0])
        elif defined is None:
            yield wrong("template.missing", name)
        elif _DELETED in (defined.attr_text or ""):
            yield wrong("template.deleted", name, defined.attr_text or "")
        elif len(list(defined.destinations)) > 1:
            yield wrong("template.several", name, defined.attr_text or "")
        else:
            yield wrong("template.no_cell", name, defined.attr_text or "")


def _defined(workbook: Workbook, name: str) -> DefinedName | None:
    scopes = (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets))
    return next((names[name] for names in scopes if name in names), None)


def _lost_sheet(workbook: Workbook, defined: DefinedName | None) -> str:
    """The sheet that a name lies on, where the workbook has none of that title; else empty."""
    places = list(defined.destinations) if defined and _DELETED not in (defined.attr_text or "") else []
    title = places[0][0] if len(places) == 1 else ""
    return "" if title in workbook.sheetnames or title.startswith("[") else title  # [1] is another file


def _scattered(places: Mapping[str, CellRange], title: str) -> Iterator[Fault]:
    for name, place in places.items():
        if place.title != title:
            yield wrong("template.scattered", name, place, sheet=title)


def _doubled(workbook: Workbook, sheet: Worksheet, places: Mapping[str, CellRange]) -> Iterator[Fault]:
    """Names that the workbook and the sheet both have: what fills the template goes by the workbook's."""
    for name, place in places.items():
        if name in workbook.defined_names and name in sheet.defined_names:
            other = sheet.defined_names[name].attr_text or ""
            if other.rpartition("!")[2].replace("$", "") == place.coord:
                yield hint("template.twice", name, place, sheet=sheet.title)
            else:
                yield wrong("template.doubled", name, place, sheet=sheet.title, other=other)


def _on_sheet(sheet: Worksheet, form: FormNames, places: Mapping[str, CellRange]) -> Iterator[Fault]:
    rows = {row: places[row] for row in form.rows if row in places}
    cells = {name: places[name] for name in form.written if name in places}
    for row, place in rows.items():
        yield from _row(sheet, row, place)
        yield from _cells_of_row(row, place, {name: cells[name] for name in form.rows[row] if name in cells})
    for (one, first), (other, second) in combinations(rows.items(), 2):
        if _share_a_row(first, second):
            yield wrong("template.same_row", other, second, other=one)
    for name in form.cells:
        for row, place in rows.items():
            if name in cells and _share_a_row(box_of(sheet, cells[name]), place):
                yield wrong("template.cell_in_row", name, cells[name], row=row)
    yield from _boxes(sheet, cells)


def _boxes(sheet: Worksheet, cells: Mapping[str, CellRange]) -> Iterator[Fault]:
    boxes = {name: box_of(sheet, place) for name, place in cells.items()}
    merged = {merge.coord for merge in sheet.merged_cells.ranges}
    for name, place in cells.items():
        if (boxes[name].min_row, boxes[name].min_col) != (place.min_row, place.min_col):
            yield wrong("template.not_first", name, place, merge=boxes[name].coord)
        elif ":" in place.coord and place.coord not in merged:
            yield hint("template.unmerged", name, place)
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        if _overlap(first, second):
            yield wrong("template.overlap", other, cells[other], other=one, where=shown(cells[one]))


def _row(sheet: Worksheet, row: str, place: CellRange) -> Iterator[Fault]:
    if place.min_row != place.max_row:
        yield wrong("template.tall_row", row, place)
    for merge in sheet.merged_cells.ranges:
        if merge.min_row != merge.max_row and _overlap(merge, place):
            yield wrong("template.row_in_merge", row, place, merge=merge.coord)


def _cells_of_row(row: str, place: CellRange, cells: Mapping[str, CellRange]) -> Iterator[Fault]:
    for name, cell in cells.items():
        if cell.min_row < place.min_row or cell.max_row > place.min_row or not cell.issubset(place):
            yield wrong("template.outside_row", name, cell, row=row, range=place.coord)


def _overlap(one: CellRange, other: CellRange) -> bool:
    return _share_a_row(one, other) and one.min_col <= other.max_col and other.min_col <= one.max_col


def _share_a_row(one: CellRange, other: CellRange) -> bool:
    return one.min_row <= other.max_row and other.min_row <= one.max_row
