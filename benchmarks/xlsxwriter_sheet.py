"""A scoring sheet written by XlsxWriter: the same cells, formats, merges, formulas with results, and printed set-up.

What is to be written is read from a finished sheet before the clock starts: wording, heights and ends of pages, which
govkit works out for each sheet, cost XlsxWriter nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

_BORDERS = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, counted from 0: its formula or else its value, the result of a formula, and the number of its format."""

    row: int
    column: int
    value: Any
    result: Any
    style: int


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: cells, and merged ones as first and last row and column; heights, widths; what openpyxl read besides."""

    title: str
    cells: list[Cell]
    merges: list[tuple[int, int, int, int]]
    heights: dict[int, float]
    widths: list[tuple[int, int, float]]
    breaks: list[int]
    source: Any


@dataclass(frozen=True, slots=True)
class Plan:
    """A workbook: its sheets, its formats by number, its names."""

    pages: list[Page]
    formats: dict[int, dict[str, Any]]
    names: list[tuple[str, str]]


def plan_of(content: bytes) -> Plan:
    """What stands in a scoring sheet."""
    book, shown = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    formats: dict[int, dict[str, Any]] = {}
    pages = [_page(sheet, shown[sheet.title], formats) for sheet in book.worksheets]
    return Plan(pages, formats, [(name, f"={each.attr_text}") for name, each in book.defined_names.items()])


def written(plan: Plan) -> bytes:
    """The workbook."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        formats = {number: book.add_format(facts) for number, facts in plan.formats.items()}
        for page in plan.pages:
            sheet = book.add_worksheet(page.title)
            _set_up(sheet, page)
            for first_row, first, last_row, last in page.merges:
                sheet.merge_range(first_row, first, last_row, last, "")
            for cell in page.cells:
                _write(sheet, cell, formats[cell.style])
        for name, place in plan.names:
            book.define_name(name, place)
    return stream.getvalue()


def _write(sheet: Any, cell: Cell, style: Any) -> None:
    if cell.result is not None:
        sheet.write_formula(cell.row, cell.column, cell.value, style, cell.result)
    elif cell.value is None:
        sheet.write_blank(cell.row, cell.column, None, style)
    elif isinstance(cell.value, str):
        sheet.write_string(cell.row, cell.column, cell.value, style)
    else:
        sheet.write_number(cell.row, cell.column, cell.value, style)


def _set_up(sheet: Any, page: Page) -> None:
    source = page.source
    for first, last, width in page.widths:
        sheet.set_column(first, last, width)
    for row, height in page.heights.items():
        sheet.set_row(row, height)
    if source.sheet_state == "hidden":
        sheet.hide()
        return
    margins = source.page_margins
    sheet.set_margins(margins.left, margins.right, margins.top, margins.bottom)
    sheet.set_paper(int(source.page_setup.paperSize or 9))
    if source.page_setup.orientation == "landscape":
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(source.print_area.partition("!")[2].replace("$", ""))
    if source.print_title_rows:
        first, last = (int(row) - 1 for row in source.print_title_rows.replace("$", "").split(":"))
        sheet.repeat_rows(first, last)
    sheet.set_h_pagebreaks(page.breaks)
    sheet.set_footer(str(source.oddFooter))
    if source.freeze_panes:
        sheet.freeze_panes(source.freeze_panes)


def _page(sheet: Any, shown: Any, formats: dict[int, dict[str, Any]]) -> Page:
    merges = [(each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1) for each in sheet.merged_cells]
    return Page(
        sheet.title,
        list(_cells(sheet, shown, formats)),
        merges,
        {row - 1: size.height for row, size in sheet.row_dimensions.items() if size.height},
        [(size.min - 1, size.max - 1, size.width) for size in sheet.column_dimensions.values() if size.width],
        [each.id for each in sheet.row_breaks.brk],
        sheet,
    )


def _cells(sheet: Any, shown: Any, formats: dict[int, dict[str, Any]]) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            formats.setdefault(cell.style_id, _format(cell))
            value = shown[cell.coordinate].value
            result = None if cell.data_type != "f" else "" if value is None else value
            yield Cell(cell.row - 1, cell.column - 1, cell.value, result, cell.style_id)


def _format(cell: Any) -> dict[str, Any]:
    font, alignment = cell.font, cell.alignment
    facts = {
        "font_name": font.name,
        "font_size": font.size,
        "bold": bool(font.bold),
        "num_format": cell.number_format,
        "text_wrap": bool(alignment.wrap_text),
        "align": alignment.horizontal or "",
        "valign": {"center": "vcenter", None: "bottom"}.get(alignment.vertical, alignment.vertical),
        "quote_prefix": bool(cell.quotePrefix),
        **{side: _BORDERS.get(getattr(cell.border, side).style, 0) for side in ("left", "right", "top", "bottom")},
    }
    if cell.fill.patternType == "solid" and isinstance(cell.fill.fgColor.rgb, str):
        facts["bg_color"] = f"#{cell.fill.fgColor.rgb[2:]}"
    return facts
