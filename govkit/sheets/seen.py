"""What a person sees of a workbook, and what its cells compute, so that two workbooks can be compared."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from govkit.sheets.errors import DAMAGE
from govkit.sheets.inks import Inks
from govkit.sheets.values import Plain

_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SHAPE = re.compile(rb"</(?:\w+:)?(?:oneCell|twoCell|absolute)Anchor>")
_NEW_CONDITION = re.compile(rb"<x14:conditionalFormatting\b")  # openpyxl leaves these out
_STRING = re.compile(r'("(?:[^"]|"")*")')
_QUOTED_TITLE = re.compile(r"'((?:[^']|'')*)'!")
_PREFIX = re.compile(r"_XLFN\.|_XLWS\.|\s+")
_TRUTH = re.compile(r"\b(TRUE|FALSE)\(\)")
_FONT_OF_FOOTER = re.compile(r'&"[^"]*"')
_FOOTERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_NARROWEST, _LOWEST = 0.5, 2.0  # characters and points; nobody can read what is less
_SMALLEST = 4.0  # points

Position = tuple[int, int]
"""Row and column, counted from 1."""


class UnreadableBookError(ValueError):
    """A file whose cells and looks cannot be read."""


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell that is not blank.

    Attributes:
        value: what was typed or written; empty where it is a formula.
        formula: in plain form; empty where there is none.
        written: the formula as it stands there.
        number_format: how figures are shown.
        faults: what keeps it from being read: "faint", "struck" or "tiny".
        comment: the note that is attached to it.
    """

    value: Plain
    formula: str
    written: str
    number_format: str
    faults: frozenset[str]
    comment: str


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet.

    Attributes:
        is_visible: whether it is.
        cells: those that are not blank.
        hidden_rows: rows that are hidden, or too low to be read.
        hidden_columns: columns that are hidden, or too narrow to be read.
        merges: merged cells, as ranges.
        conditions: formats that depend on conditions: where, and when.
        printed: headers and footers, without their fonts.
    """

    is_visible: bool
    cells: Mapping[Position, SeenCell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merges: frozenset[str]
    conditions: frozenset[tuple[str, str]]
    printed: str


@dataclass(frozen=True, slots=True)
class SeenBook:
    """A workbook.

    Attributes:
        sheets: by title.
        shapes: how many pictures, text boxes and the like lie over its sheets.
        new_conditions: how many conditional formats it has in the newer notation.
    """

    sheets: Mapping[str, SeenSheet]
    shapes: int
    new_conditions: int


def position_of(address: str) -> Position:
    """The position of a cell ("C12")."""
    column, row, _, _ = range_boundaries(address)
    assert isinstance(row, int)
    assert isinstance(column, int)
    return row, column


def address_of(position: Position) -> str:
    """The address of a cell."""
    return f"{get_column_letter(position[1])}{position[0]}"


def letters_of(column: int) -> str:
    """The letters of a column."""
    return str(get_column_letter(column))


def plain_formula(text: str) -> str:
    """A formula without what spreadsheet programs write each in their own way."""
    pieces = _STRING.split(text.removeprefix("="))
    return "".join(piece if number % 2 else _plain(piece) for number, piece in enumerate(pieces))


def _plain(piece: str) -> str:
    return _TRUTH.sub(r"\1", _PREFIX.sub("", _QUOTED_TITLE.sub(r"\1!", piece).upper()))


def seen_book(content: bytes) -> SeenBook:
    """Read a workbook.

    Raises:
        UnreadableBookError: it is no .xlsx, or damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, as it is not written again
            book = load_workbook(BytesIO(content))
        inks = Inks(book.loaded_theme)
        sheets = {str(sheet.title): _seen(sheet, inks) for sheet in book.worksheets}
        with ZipFile(BytesIO(content)) as archive:
            shapes = sum(len(_SHAPE.findall(archive.read(name))) for name in _members(archive, _DRAWING))
            new = sum(len(_NEW_CONDITION.findall(archive.read(name))) for name in _members(archive, _SHEET))
    except DAMAGE as error:
        raise UnreadableBookError from error
    return SeenBook(sheets, shapes, new)


def _members(archive: ZipFile, pattern: re.Pattern[str]) -> Iterator[str]:
    return (name for name in archive.namelist() if pattern.fullmatch(name))


def _seen(sheet: Any, inks: Inks) -> SeenSheet:
    known: dict[int, tuple[str, frozenset[str]]] = {}
    cells: dict[Position, SeenCell] = {}
    for position, cell in sheet._cells.items():  # noqa: SLF001 - asking for a range makes cells that are not there
        comment = cell.comment.text if cell.comment else ""
        if cell.value is None and not comment:
            continue
        if cell.style_id not in known:
            known[cell.style_id] = str(cell.number_format), frozenset(_faults(cell, inks))
        written = _formula(cell)
        value = "" if written else _value(cell.value)
        cells[position] = SeenCell(value, plain_formula(written), written, *known[cell.style_id], comment)
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells}
    return SeenSheet(
        sheet.sheet_state == "visible",
        cells,
        frozenset(row for row in rows if _is_row_hidden(sheet, row)),
        frozenset(columns & set(_hidden_columns(sheet))),
        frozenset(map(str, sheet.merged_cells.ranges)),
        frozenset(_conditions(sheet)),
        "\n".join(_FONT_OF_FOOTER.sub("", str(getattr(sheet, name))) for name in _FOOTERS),
    )


def _formula(cell: Any) -> str:
    if cell.data_type != "f":
        return ""
    return str(getattr(cell.value, "text", cell.value))  # array formulas are objects


def _value(value: Any) -> Plain:
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if isinstance(value, int) and not isinstance(value, bool) else str("" if value is None else value)


def _faults(cell: Any, inks: Inks) -> Iterator[str]:
    if inks.is_faint(cell):
        yield "faint"
    if cell.font.strike:
        yield "struck"
    if cell.font.sz is not None and cell.font.sz < _SMALLEST:
        yield "tiny"


def _is_row_hidden(sheet: Any, row: int) -> bool:
    if row not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    dimension = sheet.row_dimensions[row]
    return bool(dimension.hidden) or (dimension.height is not None and dimension.height < _LOWEST)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width < _NARROWEST:
            yield from range(dimension.min, dimension.max + 1)


def _conditions(sheet: Any) -> Iterator[tuple[str, str]]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            formulas = ";".join(map(plain_formula, rule.formula))
            yield " ".join(sorted(str(area.sqref).split())), f"{rule.operator or rule.type}：{formulas}"
