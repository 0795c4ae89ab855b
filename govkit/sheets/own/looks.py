"""Whether a template comes out well on paper, and what of its own would be lost when its rows are repeated."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from govkit.messages import say
from govkit.sheets import text as texts
from govkit.sheets.anatomy import FOOTER_LIMIT
from govkit.sheets.own.check import home_of
from govkit.sheets.own.faults import Fault, hint, wrong
from govkit.sheets.own.names import FormNames
from govkit.sheets.places import area_of, find_places, sheet_of

_WORD = re.compile(r"【[^】]*】")
_CELLS = re.compile(r"(?:(?P<sheet>.*)!)?\$?[A-Z]{1,3}\$?(?P<row>\d+)(?::\$?[A-Z]{1,3}\$?(?P<last>\d+))?")


def check_looks(workbook: Workbook, forms: list[FormNames], footer: Mapping[str, str]) -> list[Fault]:
    """What of a template should be looked at, and headers and footers that are too long.

    Args:
        workbook: the template, opened.
        forms: its forms.
        footer: what replaces each 【word】 in headers and footers.
    """
    places = find_places(workbook)
    found: list[Fault] = []
    for form in forms:
        there = {name: places[name] for name in form.all if name in places}
        if there:
            title = home_of(there)
            sheet = sheet_of(workbook, title)
            here = {name: place for name, place in there.items() if place.title == title}
            found += _paper(sheet)
            found += _printed(sheet, footer)
            found += _unseen(sheet, here)
            first = min((here[row].min_row for row in form.rows if row in here), default=sheet.max_row + 1)
            found += _formulas(workbook, title, first)
            found += _staying(sheet, first)
    return found


def _paper(sheet: Worksheet) -> Iterator[Fault]:
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    if sheet.sheet_state != "visible":
        yield hint("template.sheet_hidden", "", sheet.title)
    if not sheet.print_title_rows:
        yield hint("template.no_heading", "", sheet.title)
    if not (fit and fit.fitToPage) or setup.fitToWidth not in {None, 1}:
        yield hint("template.not_fit", "", sheet.title)
    elif setup.fitToHeight != 0:  # where the file says nothing, it is one page
        yield hint("template.one_page", "", sheet.title)


def _printed(sheet: Worksheet, words: Mapping[str, str]) -> Iterator[Fault]:
    pages = ("odd", "even", "first")
    for printed in (getattr(sheet, f"{page}{part}") for page in pages for part in ("Header", "Footer")):
        texts_of_it: list[Any] = [printed.left, printed.center, printed.right]
        text = str(printed)
        for word, value in words.items():
            text = text.replace(f"【{word}】", texts.clean(value).replace("&", "&&"))
        if len(text) > FOOTER_LIMIT:
            yield wrong("template.footer_long", "", sheet.title, number=len(text), limit=FOOTER_LIMIT)
        for part in texts_of_it:
            for word in _WORD.findall(part.text or ""):
                if word[1:-1] not in words:
                    known = "".join(f"【{each}】" for each in words)
                    yield hint("template.footer_word", "", sheet.title, word=word, words=known)


def _unseen(sheet: Worksheet, places: Mapping[str, CellRange]) -> Iterator[Fault]:
    area = area_of(sheet)
    columns = set(_hidden_columns(sheet))
    for name, place in places.items():
        corner = CellRange(min_row=place.min_row, max_row=place.min_row, min_col=place.min_col, max_col=place.min_col)
        if sheet.print_area and not corner.issubset(area):
            yield hint("template.outside_area", name, place, area=area.coord)
        if sheet.row_dimensions[place.min_row].hidden or place.min_col in columns:
            yield hint("template.hidden", name, place)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for letter, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letter)
        if dimension.hidden:
            yield from range(first, (dimension.max or first) + 1)


def _formulas(workbook: Workbook, title: str, first: int) -> Iterator[Fault]:
    """Formulas of the template's own that name cells which move: those from a row on."""
    for sheet in workbook.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            text = str(getattr(cell.value, "text", cell.value))
            operands = [t.value for t in Tokenizer(text).items if t.type == Token.OPERAND and t.subtype == Token.RANGE]
            if any(_names_below(operand, sheet.title, title, first) for operand in operands):
                yield hint("template.formula", "", f"{sheet.title}!{cell.coordinate}", formula=text)


def _staying(sheet: Worksheet, first: int) -> Iterator[Fault]:
    """What does not move with its cells, from a row on."""
    below = [cell for row in sheet.iter_rows(min_row=first) for cell in row]
    areas = [
        *(("comment", cell.coordinate) for cell in below if cell.comment),
        *(("link", cell.coordinate) for cell in below if cell.hyperlink),
        *(("choices", str(choices.sqref)) for choices in sheet.data_validations.dataValidation),
        *(("colours", str(area.sqref)) for area in sheet.conditional_formatting),
    ]
    for kind, cells in areas:
        if max(area.max_row for area in MultiCellRange(cells).ranges) >= first:
            yield hint("template.stays", "", f"{sheet.title}!{cells}", what=say(f"template.what_{kind}"))


def _names_below(operand: str, own: str, title: str, first: int) -> bool:
    """Whether a reference names a cell of a sheet at or under a row: “网站评分表!$C$17”, on it also “C17”."""
    found = _CELLS.fullmatch(operand)
    if found is None or (found["sheet"] or own).strip("'") != title:
        return False
    return int(found["last"] or found["row"]) >= first
