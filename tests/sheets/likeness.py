"""Everything that openpyxl finds in a workbook, so that two workbooks can be compared."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

_STYLE = ("font", "border", "fill", "alignment", "protection", "number_format", "quotePrefix", "pivotButton")
_PRINTED = ("page_setup", "page_margins", "print_options", "sheet_properties", "views", "protection", "auto_filter")
_FOOTERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")

Likeness = dict[tuple[str, ...], object]


def likeness(content: bytes) -> Likeness:
    """Every cell, every setting of every sheet, and every name, each under what it is."""
    book: Any = load_workbook(BytesIO(content), rich_text=False)
    looks: dict[int, tuple[str, ...]] = {}
    found: Likeness = {("sheets",): [(sheet.title, sheet.sheet_state) for sheet in book.worksheets]}
    found |= {("name", name): names.attr_text for name, names in book.defined_names.items()}
    for sheet in book.worksheets:
        found |= {(sheet.title, *key): value for key, value in _of_sheet(sheet)}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.style_id not in looks:
                    looks[cell.style_id] = tuple(repr(getattr(cell, name)) for name in _STYLE)
                found[sheet.title, "cell", cell.coordinate] = (_value(cell), cell.data_type, *looks[cell.style_id])
    return found


def _value(cell: Any) -> object:
    # openpyxl takes this escape out of some texts and leaves it in others.
    return cell.value.replace("x005F_", "") if isinstance(cell.value, str) else cell.value


def _of_sheet(sheet: Any) -> Iterator[tuple[tuple[str, ...], object]]:
    yield ("merged",), sorted(map(str, sheet.merged_cells.ranges))
    yield ("breaks",), [(end.id, end.man) for end in sheet.row_breaks.brk]
    yield ("frozen",), sheet.freeze_panes
    yield ("printed",), (sheet.print_area, sheet.print_title_rows, sheet.print_title_cols)
    yield ("conditional",), [(str(each.sqref), repr(each.rules)) for each in sheet.conditional_formatting]
    yield ("validations",), [repr(each) for each in sheet.data_validations.dataValidation]
    for name in _PRINTED:
        yield (name,), repr(getattr(sheet, name))
    for name in _FOOTERS:
        yield (name,), str(getattr(sheet, name))
    for letter, column in sheet.column_dimensions.items():
        yield ("column", letter), (column.min, column.max, column.width, column.hidden)
    for number, row in sheet.row_dimensions.items():
        yield ("row", str(number)), (row.height, row.hidden)
    for number, image in enumerate(sheet._images):
        corner, size = image.anchor._from, image.anchor.ext
        place = (corner.col, corner.colOff, corner.row, corner.rowOff, size.cx, size.cy)
        yield ("picture", str(number)), (place, sha256(image._data()).hexdigest())


def differences(one: Likeness, other: Likeness) -> dict[tuple[str, ...], tuple[object, object]]:
    """What is not the same."""
    return {key: (one.get(key), other.get(key)) for key in {**one, **other} if one.get(key) != other.get(key)}
