"""Official-looking tables: a title, who and when, a table whose heading stands on every page, and signatures.

They are written row by row, as some have a row for each of 80,000 accounts.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from io import BytesIO
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from govkit.messages import say
from govkit.sheets import text as texts

_SIZE, _TITLE_SIZE = 10, 16
_LINE_HEIGHT, _TITLE_HEIGHT, _HEADING_HEIGHT = 16.0, 30.0, 20.0
_TALLEST = 400.0
_MOST_ROWS = 1_000_000  # no spreadsheet program has many more
_POINTS = 5.25  # that a character of a column's width takes
_WIDE_SCALE = 60  # percent: some twenty narrow columns a page
_MARGIN = 0.5  # inches
_LINE = Side(style="thin", color="808080")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


class Tone(StrEnum):
    """How a cell stands out, with the colour behind it."""

    GOOD = "E2F0D9"
    BAD = "F8CBAD"
    OPEN = "FFF2CC"
    IDLE = "EDEDED"


class Mark(NamedTuple):
    """A short text that stands in very many cells, with its colour."""

    text: str
    tone: Tone


Value = str | float | date | Mark | None


class Column(NamedTuple):
    """A column: its heading, its width in characters, of which a Chinese one fills two, and where its text stands.

    Where there are `choices`, its cells are filled in by hand with one of these words. On a page that is protected,
    what stands in a column that is `kept` cannot be changed. What is typed into a column `as_text` stays as it is: no
    program makes a date or a number of it.
    """

    heading: str
    width: int
    left: bool = False
    choices: tuple[str, ...] = ()
    kept: bool = False
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with one table.

    Attributes:
        name: of the sheet.
        title: above everything.
        above: lines between the title and the table: who, when, how to read it.
        columns: of the table.
        rows: its rows; where they are made one by one, they are written one by one.
        below: lines under the table: signatures.
        landscape: how the paper lies.
        fixed: how many columns stay in sight when one moves to the right.
        spare: how many blank rows follow those of the table, to be filled in by hand.
        protected: whether only what is to be filled in can be changed; there is no password.
        wide: whether the table goes on on further pages to the right, with those columns again; else it is printed as
            small as it takes to fit the width of the paper.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    landscape: bool = True
    fixed: int = 0
    spare: int = 0
    protected: bool = False
    wide: bool = False


def book_of(pages: Iterable[Page]) -> bytes:
    """A workbook with these sheets, as it stands in a file; tables that no sheet can hold go on on further ones."""
    book = Workbook(write_only=True)
    book.properties.creator = "govkit"
    for page in pages:
        rows = iter(page.rows)
        number, beyond = 1, list(islice(rows, 1))
        while number == 1 or beyond:
            name = page.name if number == 1 else f"{page.name}{number}"
            piece = islice(chain(beyond, rows), _MOST_ROWS)
            _Writer(book, replace(page, name=name, rows=piece)).write()
            number, beyond = number + 1, list(islice(rows, 1))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Writer:
    """One sheet while it is being written."""

    def __init__(self, book: Workbook, page: Page) -> None:
        self._page = page
        self._sheet: Any = book.create_sheet(page.name)
        self._row = 0
        self._marks: dict[Mark, Any] = {}
        self._title = self._styled(Font(name="黑体", size=_TITLE_SIZE), "center", edge=False)
        self._line = self._styled(Font(name="宋体", size=_SIZE), "left", edge=False)
        self._heading = self._styled(Font(name="宋体", size=_SIZE, bold=True), "center", edge=True)
        self._middle = self._styled(Font(name="宋体", size=_SIZE), "center", edge=True)
        self._left = self._styled(Font(name="宋体", size=_SIZE), "left", edge=True)
        self._typed = {column: self._style_of(column) for column in page.columns}

    def write(self) -> None:
        page = self._page
        top = 1 + len(page.above) + 1
        self._set_up(top)
        self._across(page.title, self._title, _TITLE_HEIGHT)
        for line in page.above:
            self._across(line, self._line)
        headings = [column.heading for column in page.columns]
        self._append((self._cell(text, self._heading) for text in headings), self._height(headings, _HEADING_HEIGHT))
        blank: list[Value] = [None] * len(page.columns)
        for row in chain(page.rows, repeat(blank, page.spare)):
            self._append(self._cells(row), self._height(row, _LINE_HEIGHT))
        if self._row > top:
            self._sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(page.columns))}{self._row}"
            self._offer_choices(top)
        for line in page.below:
            self._across(line, self._line)

    def _offer_choices(self, top: int) -> None:
        """Lists to choose from, in the cells of columns that have choices."""
        for number, column in enumerate(self._page.columns, 1):
            if column.choices:
                words = ",".join(column.choices)
                offered = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
                letter = get_column_letter(number)
                offered.add(f"{letter}{top + 1}:{letter}{self._row}")
                self._sheet.data_validations.append(offered)

    def _set_up(self, top: int) -> None:
        """Widths and paper; `top` is the row of the headings. All of that must stand before the first row."""
        sheet, page = self._sheet, self._page
        for number, column in enumerate(page.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.freeze_panes = f"{get_column_letter(page.fixed + 1)}{top + 1}"
        sheet.print_title_rows = f"{top}:{top}"
        sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
        sheet.page_setup.paperSize = 9  # A4
        if page.wide:
            sheet.page_setup.scale = _WIDE_SCALE
            sheet.print_title_cols = f"A:{get_column_letter(page.fixed)}"
        else:
            sheet.page_setup.fitToHeight = 0
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN
        sheet.oddFooter.center.text = say("paper.footer")
        if page.protected:
            sheet.protection.sheet = True
            for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
                setattr(sheet.protection, allowed, False)  # what stands there is what is not allowed

    def _styled(self, font: Font, side: str, *, edge: bool, tone: Tone | None = None) -> Any:
        """A style that cells share: setting its parts for each of many thousand cells is slow."""
        cell: Any = WriteOnlyCell(self._sheet)
        cell.font = font
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if edge:
            cell.border = _EDGE
        if tone:
            cell.fill = PatternFill("solid", fgColor=tone.value)
        return cell._style  # noqa: SLF001

    def _cells(self, row: Sequence[Value]) -> Iterator[Any]:
        for value, column in zip(row, self._page.columns, strict=True):
            fixed = not self._page.protected or (column.kept and value is not None)
            style = self._left if column.left else self._middle
            yield self._cell(value, style if fixed else self._typed[column])

    def _style_of(self, column: Column) -> Any:
        """The style of cells of a column that are filled in by hand."""
        cell: Any = WriteOnlyCell(self._sheet)
        cell._style = copy(self._left if column.left else self._middle)  # noqa: SLF001
        cell.protection = Protection(locked=False)
        if column.as_text:
            cell.number_format = "@"
        return cell._style  # noqa: SLF001

    def _cell(self, value: Value, style: Any) -> Any:
        if isinstance(value, Mark):
            if value not in self._marks:
                style = self._styled(Font(name="宋体", size=_SIZE), "center", edge=True, tone=value.tone)
                self._marks[value] = self._made(value.text, style)
            return self._marks[value]
        return self._made(value, style)

    def _made(self, value: str | float | date | None, style: Any) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        cell._style = copy(style)  # noqa: SLF001
        if isinstance(value, str):
            cell.value = texts.escaped(texts.clean(value))
            cell.data_type = "s"  # openpyxl takes a text that starts with "=" for a formula
            cell.quotePrefix = texts.like_formula(value)
        elif value is not None:
            cell.value = value
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
        return cell

    def _across(self, line: str, style: Any, least: float = _LINE_HEIGHT) -> None:
        """A line over the whole width of the table."""
        columns = self._page.columns
        if self._page.wide:
            columns = columns[: self._page.fixed]  # what stands on every page
        width = sum(column.width for column in columns) * _POINTS
        height = max(least, texts.room(line, width, _SIZE, _TALLEST))
        self._append(iter([self._made(line, style)]), height)
        if len(columns) > 1:
            self._sheet.merged_cells.add(f"A{self._row}:{get_column_letter(len(columns))}{self._row}")

    def _append(self, cells: Iterator[Any], height: float) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height
        self._sheet.append(list(cells))

    def _height(self, row: Sequence[Value], least: float) -> float:
        """How high a row must be: not every program fits it to wrapped text by itself."""
        needed = least
        for value, column in zip(row, self._page.columns, strict=True):
            if isinstance(value, str) and (len(value) * 2 >= column.width or "\n" in value):
                needed = max(needed, texts.room(value, column.width * _POINTS, _SIZE, _TALLEST))
        return needed
