"""One sheet of a template while it is being filled, as XML: slots are replaced, every other byte stays as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from govkit.sheets import text as texts
from govkit.sheets.anatomy import PIECE, SHRUNK_TO_ONE_PAGE, TALLEST, Slot
from govkit.sheets.calculation import Hidden
from govkit.sheets.form import Filled
from govkit.sheets.marks import Mark, marks
from govkit.sheets.pages import page_starts
from govkit.sheets.values import Entry, Formula, Identifier, Line, Rule, Span, Value, resolved, shown
from govkit.sheets.xml.cells import content, formula_cell, number_cell, text_cell
from govkit.sheets.xml.heights import Heights, Sizes
from govkit.sheets.xml.layout import LETTERS, Area, Layout
from govkit.sheets.xml.styles import TEXT, TWO_PLACES
from govkit.sheets.xml.tail import sheet_xml
from govkit.sheets.xml.template import XmlTemplate

_END = Line({})
_FORMATS = {"": "", "0.00": TWO_PLACES}


class XmlForm:
    """One sheet of a template while it is being filled; see `Form`.

    Args:
        template: taken apart.
        title: of the sheet.
        block: the row in which the object's block on the hidden sheet begins.
        fillable: whether cells can be filled in while all others are locked.
    """

    def __init__(self, template: XmlTemplate, title: str, block: int, *, fillable: bool) -> None:
        self._template, self._title, self._block, self._fillable = template, title, block, fillable
        self._puts: dict[int, dict[int, tuple[Slot, Value, str]]] = {}
        self._heights = Heights(template)
        self._removed: list[str] = []
        self._spread: dict[str, Sequence[Line]] = {}
        self.layout: Layout
        self._resolved: dict[str, str] = {}
        self._address: Callable[[str], str] = str
        self.xml = b""
        self.marks: list[Mark] = []

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Write into a named cell, and make its rows high enough. `number_format` is for figures of fixed places."""
        slot = self._template.slots[name]
        self._puts.setdefault(self._template.boxes[name].min_row, {})[slot.column] = (slot, value, number_format)
        self._heights.put(name, value)

    def remove(self, row: str) -> None:
        """Remove a named row, where there is nothing to put into it."""
        self._removed.append(row)

    def continued(self, name: str, value: str) -> list[str]:
        """A text for a cell of a repeated row, in pieces that each fit into one row; mostly one piece."""
        if not value:
            return [value]
        slot = self._template.slots[name]
        return texts.pieces(texts.clean(value), slot.width, slot.size, PIECE)

    def spread(self, row: str, lines: Sequence[Line]) -> None:
        """Repeat a named row for each line and write the lines into it; without lines, remove it."""
        self._spread[row] = lines

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
        spread = [(row, [line.key for line in lines]) for row, lines in self._spread.items()]
        layout = self.layout = self._template.layout(self._title, self._removed, spread)
        self._resolved, self._address = layout.resolver(self._block, hidden=False)
        heights = self._heights.all(layout, self._spread)
        sizes = Sizes(self._template, heights)
        starts: set[int] = set()
        height = sum(heights[layout.area.min_row : layout.area.max_row + 1])
        one_page = paged and height <= sizes.page_height(layout.area) * SHRUNK_TO_ONE_PAGE
        if paged and not one_page:
            blocks = {
                layout.starts[row] + at: line.block
                for row, lines in self._spread.items()
                for at, line in enumerate(lines)
            }
            starts = page_starts(sizes, layout.area, layout.heading, blocks)
        if mark:
            self.marks = list(marks(sizes, layout.area, layout.heading, starts, png_size(mark)))
        begun, merges = self._spans(layout, starts)
        rows = self._rows(layout, heights, begun)
        self.xml = sheet_xml(
            self._template,
            rows,
            merges=[*self._left(layout.merges, merges), *merges],
            breaks=sorted(starts),
            one_page=one_page,
            footer=footer,
            rules=list(self._rules(layout)) if self._fillable else None,
            last=layout.area.max_row,
            marked=bool(self.marks),
        )
        return layout.filled

    def hidden_xml(self, hidden: Hidden) -> list[bytes]:
        """The rows of the object's block on the hidden sheet."""
        first = (
            text_cell(f'<c r="{LETTERS[column]}{self._block}"', value) for column, value in enumerate(hidden.first, 1)
        )
        rows = [f'<row r="{self._block}">{"".join(first)}</row>'.encode()]
        known, address = self.layout.resolver(self._block, hidden=True)
        written = self.layout.written
        for number, (line, results) in enumerate(zip(hidden.lines, hidden.results, strict=True), self._block + 1):
            key = (number, line, results)  # the line tells where its block begins
            row = written.get(key)
            if row is None:
                cells = [text_cell(f'<c r="A{number}"', line.name)]
                for column, (formula, result) in enumerate(zip(line.formulas, results, strict=True), 2):
                    if formula not in known:
                        known[formula] = content(resolved(formula, address))
                    cells.append(formula_cell(f'<c r="{LETTERS[column]}{number}"', known[formula], result))
                row = written[key] = f'<row r="{number}">{"".join(cells)}</row>'.encode()
            rows.append(row)
        return rows

    def _spans(self, layout: Layout, starts: set[int]) -> tuple[dict[int, dict[str, Value]], list[Area]]:
        """What stands once beside several lines, by row and name; and the cells that are merged for it."""
        begun: dict[int, dict[str, Value]] = {}
        merges: list[Area] = []
        for row, lines in self._spread.items():
            since: dict[str, int] = {}  # the rows in which names began whose lines go on
            before: Mapping[str, Span] = {}
            for number, line in enumerate([*lines, _END], layout.starts.get(row, 0)):
                if line.spans is before and number not in starts:
                    continue
                new: dict[str, Value] = {}
                on_new_page = number in starts
                for name, span in line.spans.items():
                    old = before.get(name)
                    if old is None or old.key != span.key:
                        new[name] = span.value
                    elif on_new_page:
                        new[name] = span.again
                for name in (*new, *_gone(before, line.spans)):
                    first = since.pop(name, number)
                    if first < number - 1:
                        slot = self._template.slots[name]
                        merges.append(Area(slot.column, first, slot.last_column, number - 1))
                if new:
                    begun[number] = new
                    since |= dict.fromkeys(new, number)
                before = line.spans
        return begun, merges

    @staticmethod
    def _left(before: Sequence[Area], merged: Sequence[Area]) -> Iterator[Area]:
        """The merged cells that are no part of larger ones."""
        wide = [merge for merge in merged if merge.max_col > merge.min_col]
        return (merge for merge in before if not any(_is_part(merge, whole) for whole in wide))

    def _rows(self, layout: Layout, heights: Sequence[float], begun: Mapping[int, Mapping[str, Value]]) -> list[bytes]:
        found = {new: self._row(old, new, heights) for old, new in layout.rows.items()}
        for row, lines in self._spread.items():
            if lines:
                found |= self._lines(row, lines, layout, heights, begun)
        return [found[number] for number in sorted(found)]

    def _row(self, old: int, new: int, heights: Sequence[float]) -> bytes:
        """A row that is not repeated; empty where the template has none and nothing is put there."""
        raw, puts = self._template.sheet.rows.get(old), self._puts.get(old, {})
        height = heights[new] if old in self._heights.grown else None
        if not puts:
            return self._kept_row(old, new, height)
        cells = raw.cells if raw else {}
        start = (
            raw.opened(new, height)
            if raw
            else f'<row r="{new}"' + (f' ht="{height:g}" customHeight="1">' if height else ">")
        )
        written = []
        entries = [slot for slot, value, _ in puts.values() if type(value) is Entry]
        merged = {column for slot in entries for column in range(slot.column + 1, slot.last_column + 1)}
        for column in sorted(cells.keys() | puts.keys()):
            reference = f"{LETTERS[column]}{new}"
            if column in puts:
                slot, value, number_format = puts[column]
                style = self._template.style(old, column)
                written.append(self._cell(reference, style, slot, value, _FORMATS[number_format]))
            elif column in merged:  # a merged cell can be edited where all its parts can
                style = self._template.styles.like(cells[column].style, unlocked=True)
                written.append(replace(cells[column], style=style).at(reference))
            else:
                written.append(cells[column].at(reference))
        return f"{start}{''.join(written)}</row>".encode()

    def _kept_row(self, old: int, new: int, height: float | None) -> bytes:
        """A row that nothing is put into."""
        raw, written, key = self._template.sheet.rows.get(old), self.layout.written, (old, new, height)
        if raw is None:
            return b""
        if key not in written:
            cells = (cell.at(f"{LETTERS[column]}{new}") for column, cell in sorted(raw.cells.items()))
            written[key] = f"{raw.opened(new, height)}{''.join(cells)}</row>".encode()
        return written[key]

    def _lines(
        self,
        row: str,
        lines: Sequence[Line],
        layout: Layout,
        heights: Sequence[float],
        begun: Mapping[int, Mapping[str, Value]],
    ) -> dict[int, bytes]:
        template = self._template
        old = template.anatomy.places[row].min_row
        raw = template.sheet.rows.get(old)
        cells = raw.cells if raw else {}
        names = {template.slots[name].column: name for name in template.rows[row]}
        columns = [
            (LETTERS[column], cells.get(column), names.get(column, ""), template.style(old, column))
            for column in sorted({*cells, *names})
        ]
        attributes = raw.attributes if raw else ""
        found = {}
        for number, line in enumerate(lines, layout.starts[row]):
            values, beside = line.values, begun.get(number, {})
            key = (self._block, number, heights[number], line.common, *beside.items()) if line.common else None
            if key in layout.written:
                found[number] = layout.written[key]
                continue
            if beside:
                values = {**values, **beside}
            written = [f'<row r="{number}"{attributes} ht="{heights[number]:g}" customHeight="1">']
            for letter, cell, name, style in columns:
                if name in values:
                    written.append(self._cell(f"{letter}{number}", style, template.slots[name], values[name], ""))
                elif cell is None or name:
                    written.append(f'<c r="{letter}{number}" s="{style}"/>' if style else "")
                else:
                    written.append(cell.at(f"{letter}{number}"))
            written.append("</row>")
            found[number] = "".join(written).encode()
            if key:
                layout.written[key] = found[number]
        return found

    def _cell(self, reference: str, style: str, slot: Slot, value: Value, number_format: str) -> str:
        if isinstance(value, Formula):
            if number_format and not isinstance(value.value, str):
                style = self._template.styles.like(style, number_format=number_format)
            text = self._resolved.get(value.text)
            if text is None:
                text = self._resolved[value.text] = content(resolved(value.text, self._address))
            return formula_cell(_start(reference, style), text, value.value)
        if type(value) is str:  # what most cells hold
            rest, quoted = _text_rest(value, slot.width, slot.size)
            if not quoted:
                return _start(reference, style) + rest
        return self._special_cell(reference, style, slot, value, number_format)

    def _special_cell(self, reference: str, style: str, slot: Slot, value: Value, number_format: str) -> str:
        """A cell that needs another style than the template's."""
        like, plain, unlocked = self._template.styles.like, shown(value), isinstance(value, Entry)
        if not isinstance(plain, str):
            return number_cell(_start(reference, like(style, number_format=number_format, unlocked=unlocked)), plain)
        if isinstance(value, Identifier):
            number_format = TEXT
        if isinstance(value, Entry) and value.rule and value.rule.kind == "date":
            number_format = self._template.styles.day
        rest, quoted = _text_rest(plain, slot.width, slot.size)
        quoted = quoted or isinstance(value, Identifier)
        style = like(style, number_format=number_format, quoted=quoted, unlocked=unlocked)
        return _start(reference, style) + rest

    def _rules(self, layout: Layout) -> Iterator[tuple[str, Rule]]:
        """The cells to fill in, with what may be typed there."""
        for old, puts in self._puts.items():
            for column, (_, value, _) in puts.items():
                if isinstance(value, Entry) and value.rule:
                    yield f"{LETTERS[column]}{layout.rows[old]}", value.rule
        for row, lines in self._spread.items():
            for number, line in enumerate(lines, layout.starts[row]):
                values = {**line.values, **{name: span.value for name, span in line.spans.items()}}
                for name, value in values.items():
                    if isinstance(value, Entry) and value.rule:
                        yield f"{LETTERS[self._template.slots[name].column]}{number}", value.rule


def _is_part(merge: Area, whole: Area) -> bool:
    return (
        whole.min_col <= merge.min_col <= merge.max_col <= whole.max_col
        and whole.min_row <= merge.min_row <= merge.max_row <= whole.max_row
    )


@lru_cache(maxsize=16_384)
def _text_rest(text: str, width: float, size: float) -> tuple[str, bool]:
    """What follows the start of a cell with a text, and whether it could be taken for a formula."""
    written = texts.written(text, width, size, TALLEST)
    return text_cell("", written), texts.like_formula(written)


def _start(reference: str, style: str) -> str:
    return f'<c r="{reference}" s="{style}"' if style else f'<c r="{reference}"'


def _gone(before: Mapping[str, Span], spans: Mapping[str, Span]) -> Sequence[str]:
    """The names that were beside the line before and are not any more; in their order, so that files come out alike."""
    return () if before.keys() == spans.keys() else [name for name in before if name not in spans]


def png_size(picture: bytes) -> tuple[int, int]:
    """The width and height of a PNG."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
