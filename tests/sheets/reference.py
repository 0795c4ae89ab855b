"""A scoring sheet written by openpyxl: the slow way, against which the fast one is held."""

from typing import Any

from openpyxl import Workbook

from govkit.origin import HIDDEN
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.form import Filled
from govkit.sheets.kindred import DRAFT, TEMPLATE_OF, Kindred, names_of
from govkit.sheets.scoring_sheet import Sheet
from govkit.sheets.template import Form, open_picture, open_template, saved
from govkit.sheets.values import resolved


def reference_sheet(season: Inspection, result: ObjectResult, *, fillable: bool = False) -> bytes:
    """The sheet of one object; openpyxl writes formulas without their results."""
    kind = result.subject.kind
    reduced = season.rubric.is_reduced(kind, service=result.subject.service)
    return openpyxl_sheet(Kindred(season.batch, season.rubric, kind, reduced=reduced), result, fillable=fillable)


def openpyxl_sheet(kindred: Kindred, result: ObjectResult, *, fillable: bool = False) -> bytes:
    """The same, with what sheets of its kind have in common prepared."""
    kind = kindred.kind
    book = open_template(TEMPLATE_OF[kind])
    sheet = Sheet(kindred, result, fillable=fillable)
    filled = sheet.fill(Form(book, TEMPLATE_OF[kind], *names_of(kind)), lambda: open_picture(DRAFT))
    _write_hidden(book, sheet, filled)
    return saved(book)


def _write_hidden(book: Workbook, sheet: Sheet, filled: Filled) -> None:
    hidden: Any = book.create_sheet(HIDDEN)
    hidden.sheet_state = "hidden"
    address = filled.addresses(1, hidden=True)
    first, lines, _ = sheet.hidden(filled)
    formulas = ((line.name, *(f"={resolved(text, address)}" for text in line.formulas)) for line in lines)
    for row, cells in enumerate((first, *formulas), 1):
        for column, value in enumerate(cells, 1):
            hidden.cell(row, column).value = value
