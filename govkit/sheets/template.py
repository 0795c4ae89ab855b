"""Filling a template: every place that is written to is found through a defined name (名称) of the workbook.

An office may restyle a template, move its blocks or add its own text in any spreadsheet program; the names move along.
A place is a cell, or a *row*: a named range of one row that is repeated for each line put into it, with its styles,
its height and its merged cells. The cells of such a row have names of their own.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.pagebreak import Break, RowBreak

from govkit.messages import say
from govkit.sheets import text as texts
from govkit.sheets.anatomy import FOOTER_LIMIT, PIECE, SHRUNK_TO_ONE_PAGE, TALLEST, Slot, anatomy, box_of, slot_of
from govkit.sheets.errors import DAMAGE, OutputError
from govkit.sheets.form import Filled
from govkit.sheets.marks import marks
from govkit.sheets.pages import page_starts
from govkit.sheets.places import moved
from govkit.sheets.values import Formula, Identifier, Line, Value, resolved, shown

_PNG = b"\x89PNG\r\n\x1a\n"

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def template_bytes(file_name: str) -> bytes:
    """A template as it stands on the disk.

    Raises:
        OutputError: it is missing.
    """
    try:
        return (TEMPLATES / file_name).read_bytes()
    except FileNotFoundError:
        raise OutputError(say("sheet.no_template", file=file_name, folder=TEMPLATES)) from None
    except OSError as error:
        raise OutputError(say("sheet.bad_template", file=file_name)) from error


def open_template(file_name: str) -> Workbook:
    """A template, read afresh for each use: a sheet copied by openpyxl loses its printed set-up.

    Raises:
        OutputError: it is missing, or no workbook.
    """
    content = template_bytes(file_name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not read: it stays in the file as it is
            return load_workbook(BytesIO(content))
    except DAMAGE as error:
        raise OutputError(say("sheet.bad_template", file=file_name)) from error


def open_picture(file_name: str) -> bytes:
    """A picture that stands beside the templates.

    Raises:
        OutputError: it is missing, or no picture.
    """
    try:
        content = (TEMPLATES / file_name).read_bytes()
        if not content.startswith(_PNG):
            raise OutputError(say("sheet.bad_picture", file=file_name))
        Image(BytesIO(content))
    except FileNotFoundError:
        raise OutputError(say("sheet.no_template", file=file_name, folder=TEMPLATES)) from None
    except OSError as error:
        raise OutputError(say("sheet.bad_picture", file=file_name)) from error
    return content


def saved(workbook: Workbook) -> bytes:
    """The workbook as it stands in a file."""
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class Form:
    """One sheet of a template while it is being filled: cells first, then rows, then `finish`.

    Args:
        workbook: the template, opened.
        file_name: of the template, for messages.
        cells: the names of the cells that will be written to.
        rows: the names of the rows that will be repeated or removed, each with the names of its cells.

    Raises:
        OutputError: names are missing (all of them are named), or lie on different sheets.
    """

    def __init__(
        self, workbook: Workbook, file_name: str, cells: Iterable[str], rows: Mapping[str, Iterable[str]]
    ) -> None:
        self._workbook, self._file_name = workbook, file_name
        self._rows = {row: tuple(names) for row, names in rows.items()}
        found = anatomy(workbook, file_name, cells, self._rows)
        self.sheet, self._geometry = found.sheet, found.geometry
        self._places = dict(found.places)
        self._named = frozenset(self._places)
        self._repeated: set[str] = set()
        self._lines: dict[int, Line] = {}
        self._slots: dict[str, Slot] = {}
        self._formulas: list[tuple[Any, Formula]] = []
        self._area, self._heading = found.area, found.heading

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Write into a named cell, and make its rows high enough. `number_format` is for figures of fixed places."""
        box = box_of(self.sheet, self._places[name])
        slot = self._slot(name)
        self._write(box.min_row, slot, value, number_format)
        self._geometry.grow(box.min_row, box.max_row, self._needed(slot, value))

    def remove(self, row: str) -> None:
        """Remove a named row, where there is nothing to put into it."""
        self._repeat(self._places[row].min_row, 0)

    def continued(self, name: str, value: str) -> list[str]:
        """A text for a cell of a repeated row, in pieces that each fit into one row; mostly one piece."""
        slot = self._slot(name)
        return texts.pieces(texts.clean(value), slot.width, slot.size, PIECE)

    def spread(self, row: str, lines: Sequence[Line]) -> range:
        """Repeat a named row for each line and write the lines into it; without lines, remove it.

        Cells that span several lines are written by `finish`, when it is known where pages end.

        Returns:
            The numbers of the rows.
        """
        place, top = self._places[row], self._places[row].min_row
        self._repeated.add(row)
        self._slots |= {name: self._slot(name) for name in self._rows[row]}
        pattern: list[Any] = [self.sheet.cell(top, column) for column in range(place.min_col, place.max_col + 1)]
        merges = [r for r in self.sheet.merged_cells.ranges if r.min_row == r.max_row == top]
        height = self._geometry.row_height(top)
        for slot in map(self._slots.__getitem__, self._rows[row]):
            self.sheet.cell(top, slot.column).value = None
        self._repeat(top, len(lines))
        rows = range(top, top + len(lines))
        for number in rows[1:]:
            for original in pattern:
                twin: Any = self.sheet.cell(number, original.column)
                twin.value = original.value
                twin._style = copy(original._style)  # noqa: SLF001 - copying its parts, the public way, is slow
            for merge in merges:
                self.sheet.merged_cells.add(
                    CellRange(min_col=merge.min_col, max_col=merge.max_col, min_row=number, max_row=number)
                )
        for number, line in zip(rows, lines, strict=True):
            self.sheet.row_dimensions[number].height = height
            self._lines[number] = line
            for name, value in line.values.items():
                self._write(number, self._slots[name], value)
                self._geometry.grow(number, number, self._needed(self._slots[name], value))
        for _, block in groupby(rows, key=lambda number: self._lines[number].block or number):
            self._make_room_for_spans(list(block))
        return rows

    def filter_over(self, rows: range) -> None:
        """Let people filter repeated rows by the headings above them."""
        if rows:
            columns = [self._slots[name].column for name in self._lines[rows[0]].values]
            area = CellRange(min_col=min(columns), max_col=max(columns), min_row=rows[0] - 1, max_row=rows[-1])
            self.sheet.auto_filter.ref = area.coord

    def finish(self, footer: Mapping[str, str], *, paged: bool, mark: bytes | None = None) -> Filled:
        """Merge what spans several lines, end pages between blocks, and set what is printed around them.

        Args:
            footer: what replaces each 【word】 in the headers and footers of the template.
            paged: whether pages end where govkit says; else where the program that prints likes.
            mark: a picture over the middle of every page of a paged sheet.

        Returns:
            Where everything is.

        Raises:
            OutputError: headers and footers are longer than Excel can read.
        """
        blocks = {row: line.block for row, line in self._lines.items()}
        starts: set[int] = set()
        if paged and self._is_nearly_one_page():
            self.sheet.page_setup.fitToHeight = 1  # rather a little smaller than signatures on a page of their own
        elif paged:
            starts = page_starts(self._geometry, self._area, self._heading, blocks)
        self.sheet.row_breaks = RowBreak()
        for row in sorted(starts):
            self.sheet.row_breaks.append(Break(id=row - 1))
        if mark:
            self._mark(starts, mark)
        self._merge_spans(starts)
        self._fill_footer(footer)
        self.sheet.print_area = self._area.coord
        if self._heading:
            self.sheet.print_title_rows = f"{self._heading.min_row}:{self._heading.max_row}"
        filled = self._filled()
        self._keep_names()
        address = filled.addresses(1, hidden=False)
        for cell, formula in self._formulas:
            cell.value = f"={resolved(formula.text, address)}"
        return filled

    def _filled(self) -> Filled:
        return Filled(
            str(self.sheet.title),
            {name: place.coord.partition(":")[0] for name, place in self._places.items() if self._is_cell(name)},
            {name: get_column_letter(slot.column) for name, slot in self._slots.items()},
            {line.key: number for number, line in reversed(self._lines.items()) if line.key},
        )

    def _is_cell(self, name: str) -> bool:
        return name in self._named and name not in self._slots and name not in self._rows

    def _mark(self, starts: set[int], picture: bytes) -> None:
        size = Image(BytesIO(picture))
        for mark in marks(self._geometry, self._area, self._heading, starts, (size.width, size.height)):
            image = Image(BytesIO(picture))
            corner = AnchorMarker(col=mark.column, colOff=mark.right, row=mark.row, rowOff=mark.down)
            image.anchor = OneCellAnchor(_from=corner, ext=XDRPositiveSize2D(mark.width, mark.height))
            self.sheet.add_image(image)

    def _is_nearly_one_page(self) -> bool:
        height = sum(self._geometry.row_height(row) for row in range(self._area.min_row, self._area.max_row + 1))
        return height <= self._geometry.page_height(self._area) * SHRUNK_TO_ONE_PAGE

    def _slot(self, name: str) -> Slot:
        return slot_of(self.sheet, self._geometry, self._places[name])

    def _needed(self, slot: Slot, value: Value) -> float:
        plain = shown(value)
        text = texts.clean(plain) if isinstance(plain, str) else str(plain)
        return min(texts.height(text, slot.width, slot.size), TALLEST)

    def _write(self, row: int, slot: Slot, value: Value, number_format: str = "") -> None:
        cell: Any = self.sheet.cell(row, slot.column)
        plain = shown(value)
        if isinstance(value, Formula):
            self._formulas.append((cell, value))  # it can name cells whose places are not known yet
        elif isinstance(plain, str):
            text = texts.cut_to(texts.clean(plain), slot.width, slot.size, TALLEST)
            cell.value = texts.escaped(text) or None
            if text:
                cell.data_type = "s"  # openpyxl takes a text that starts with "=" for a formula
            if texts.like_formula(text) or isinstance(value, Identifier):
                cell.quotePrefix = 1
            if isinstance(value, Identifier):
                cell.number_format = "@"
        else:
            cell.value = plain
        if number_format and not isinstance(plain, str):
            cell.number_format = number_format

    def _make_room_for_spans(self, rows: list[int]) -> None:
        """Each block is high enough for what is shown once beside it, wherever a page may end."""
        for number in rows:
            for name, span in self._lines[number].spans.items():
                self._geometry.grow(rows[0], rows[-1], self._needed(self._slots[name], span.value))

    def _merge_spans(self, starts: set[int]) -> None:
        """One cell for consecutive lines of one page that share a key."""
        for name in dict.fromkeys(name for line in self._lines.values() for name in line.spans):
            runs: list[tuple[str, list[int]]] = []
            for number in sorted(self._lines):
                if name not in self._lines[number].spans:
                    continue
                key = self._lines[number].spans[name].key
                if runs and number not in starts and runs[-1][0] == key and runs[-1][1][-1] == number - 1:
                    runs[-1][1].append(number)
                else:
                    runs.append((key, [number]))
            slot = self._slots[name]
            before = ("", 0)
            for key, rows in runs:
                span = self._lines[rows[0]].spans[name]
                goes_on = before == (key, rows[0] - 1)
                self._write(rows[0], slot, span.again if goes_on else span.value)
                before = (key, rows[-1])
                if len(rows) > 1:
                    self._merge(slot, rows[0], rows[-1])

    def _merge(self, slot: Slot, first: int, last: int) -> None:
        """One cell of a slot over several rows, instead of the merged cells that the slot may have in each of them."""
        whole = CellRange(min_col=slot.column, max_col=slot.last_column, min_row=first, max_row=last)
        if slot.last_column > slot.column:
            others = [merge for merge in self.sheet.merged_cells.ranges if not merge.issubset(whole)]
            self.sheet.merged_cells = MultiCellRange(others)
        self.sheet.merged_cells.add(whole)

    def _fill_footer(self, words: Mapping[str, str]) -> None:
        printed: list[Any] = [self.sheet.oddHeader, self.sheet.oddFooter]
        for item in printed:
            for part in (item.left, item.center, item.right):
                for word, value in words.items():
                    part.text = part.text and part.text.replace(f"【{word}】", texts.clean(value).replace("&", "&&"))
            if len(str(item)) > FOOTER_LIMIT:
                raise OutputError(say("sheet.footer_long", file=self._file_name, limit=FOOTER_LIMIT))

    def _keep_names(self) -> None:
        """Names of cells stay in the sheet, where they are now; those of repeated or removed rows go."""
        for names in (self._workbook.defined_names, self.sheet.defined_names):
            for name in names.keys() & self._named:
                if name in self._slots or name in self._repeated or name not in self._places:
                    del names[name]
                else:
                    coordinate = absolute_coordinate(self._places[name].coord)
                    names[name].attr_text = f"{quote_sheetname(self.sheet.title)}!{coordinate}"

    def _repeat(self, row: int, times: int) -> None:
        """Make `times` rows of one; everything below moves along, which openpyxl does for the cells only."""
        sheet, by = self.sheet, times - 1
        if by < 0:
            sheet.delete_rows(row)
        elif by > 0:
            sheet.insert_rows(row + 1, by)
        merges = (moved(merge, row, by) for merge in sheet.merged_cells.ranges)
        sheet.merged_cells = MultiCellRange([merge for merge in merges if merge])
        below = {number: sheet.row_dimensions.pop(number) for number in sorted(sheet.row_dimensions) if number > row}
        for number, dimension in below.items():
            dimension.index = number + by
            sheet.row_dimensions[number + by] = dimension
        shifted = {name: moved(place, row, by) for name, place in self._places.items()}
        self._places = {name: place for name, place in shifted.items() if place}
        self._area = moved(self._area, row, by) or self._area
        self._heading = self._heading and moved(self._heading, row, by)
        self._lines = {number + by * (number > row): line for number, line in self._lines.items()}
        for image in getattr(sheet, "_images", ()):  # a seal or logo under the row
            for corner in (getattr(image.anchor, "_from", None), getattr(image.anchor, "to", None)):
                if corner is not None and corner.row >= row:  # corners count from 0
                    corner.row += by
