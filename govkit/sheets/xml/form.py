"""One sheet of a template while it is being filled, as XML: slots are replaced, every other byte stays as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from openpyxl.utils import get_column_letter

from govkit.sheets import text as texts
from govkit.sheets.anatomy import PIECE, SHRUNK_TO_ONE_PAGE, TALLEST, Slot
from govkit.sheets.calculation import Hidden
from govkit.sheets.form import Filled
from govkit.sheets.marks import Mark, marks
from govkit.sheets.pages import page_starts
from govkit.sheets.values import Entry, Formula, Identifier, Line, Rule, Span, Value, resolved, shown
from govkit.sheets.xml.cells import content, formula_cell, number_cell, text_cell
from govkit.sheets.xml.layout import Layout, Merge
from govkit.sheets.xml.styles import DAY, TEXT, TWO_PLACES
from govkit.sheets.xml.tail import sheet_xml
from govkit.sheets.xml.template import XmlTemplate

_FORMATS = {"": "", "0.00": TWO_PLACES}


class _Heights:
    """The sizes of a filled sheet."""

    def __init__(self, template: XmlTemplate, heights: Sequence[float]) -> None:
        self._geometry = template.anatomy.geometry
        self._heights = heights
        self.width, self.page_height = self._geometry.width, self._geometry.page_height

    def row_height(self, row: int) -> float:
        """Of a row."""
        return self._heights[row]


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
        self._heights: dict[int, float] = {}
        self._removed: list[str] = []
        self._spread: dict[str, Sequence[Line]] = {}
        self.layout: Layout
        self._resolved: dict[str, str] = {}
        self._address: Callable[[str], str] = str
        self.xml = ""
        self.marks: list[Mark] = []

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Write into a named cell, and make its rows high enough. `number_format` is for figures of fixed places."""
        found, slot, box = self._template.anatomy, self._template.slots[name], self._template.boxes[name]
        self._puts.setdefault(box.min_row, {})[slot.column] = (slot, value, number_format)
        rows = range(box.min_row, box.max_row + 1)
        heights = [self._heights.get(row) or found.geometry.row_height(row) for row in rows]
        lacking = _needed(slot, value) - sum(heights)
        if lacking > 0:
            self._heights[rows[-1]] = round(heights[-1] + lacking, 2)

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
        heights = self._all_heights(layout)
        sizes = _Heights(self._template, heights)
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
        spans, merges = self._spans(layout, starts)
        rows = self._rows(layout, heights, spans)
        self.xml = sheet_xml(
            self._template,
            "".join(rows),
            merges=[*self._left(layout.merges, merges), *merges],
            breaks=sorted(starts),
            one_page=one_page,
            footer=footer,
            rules=list(self._rules(layout)) if self._fillable else None,
            last=layout.area.max_row,
            marked=bool(self.marks),
        )
        return layout.filled

    def hidden_xml(self, hidden: Hidden) -> str:
        """The object's block on the hidden sheet."""
        first = (
            text_cell(f'<c r="{letter}{self._block}"', value)
            for letter, value in zip(_LETTERS, hidden.first, strict=False)
        )
        rows = [f'<row r="{self._block}">{"".join(first)}</row>']
        known, address = self.layout.resolver(self._block, hidden=True)
        written = self.layout.written
        for number, (line, results) in enumerate(zip(hidden.lines, hidden.results, strict=True), self._block + 1):
            key = (self._block, number, line, results)
            if key not in written:
                cells = [text_cell(f'<c r="A{number}"', line[0])]
                for letter, formula, result in zip(_LETTERS[1:], line[1], results, strict=False):
                    if formula not in known:
                        known[formula] = content(resolved(formula, address))
                    cells.append(formula_cell(f'<c r="{letter}{number}"', known[formula], result))
                written[key] = f'<row r="{number}">{"".join(cells)}</row>'
            rows.append(written[key])
        return "".join(rows)

    def _all_heights(self, layout: Layout) -> list[float]:
        """The height of each row that there is in the end, by its number."""
        geometry = self._template.anatomy.geometry
        last = max([*layout.rows.values(), *(layout.starts[row] + len(self._spread[row]) for row in layout.starts)])
        heights = [0.0] * (last + 1)
        for old, new in layout.rows.items():
            heights[new] = self._heights.get(old) or geometry.row_height(old)
        for row, lines in self._spread.items():
            own = geometry.row_height(self._template.anatomy.places[row].min_row)
            numbers = range(layout.starts.get(row, 0), layout.starts.get(row, 0) + len(lines))
            for number, line in zip(numbers, lines, strict=True):
                most = self._most(row, line.values)
                heights[number] = round(most, 2) if most > own else own
            for _, block in groupby(zip(numbers, lines, strict=True), key=lambda pair: pair[1].block or pair[0]):
                self._make_room(heights, list(block))
        return heights

    def _most(self, row: str, values: Mapping[str, Value]) -> float:
        """The height that a line needs."""
        key = (row, *_told_apart(values))
        most = self._template.needed.get(key)
        if most is None:
            slots = self._template.slots
            most = max((_needed(slots[name], value) for name, value in values.items()), default=0.0)
            self._template.needed[key] = most
        return most

    def _make_room(self, heights: list[float], block: list[tuple[int, Line]]) -> None:
        """A block is high enough for what is shown once beside it, wherever a page may end."""
        first, last = block[0][0], block[-1][0]
        total = sum(heights[first : last + 1])
        before: Mapping[str, Span] = {}
        for _, line in block:
            for name, span in line.spans.items():
                if before.get(name) is span:
                    continue
                needed = _needed(self._template.slots[name], span.value)
                if needed > total:
                    heights[last] = round(heights[last] + needed - total, 2)
                    total = sum(heights[first : last + 1])
            before = line.spans

    def _spans(self, layout: Layout, starts: set[int]) -> tuple[dict[int, dict[str, Value]], list[Merge]]:
        """What stands once beside several lines, by row and name; and the cells that are merged for it."""
        values: dict[int, dict[str, Value]] = {}
        merges: list[Merge] = []
        for row, lines in self._spread.items():
            names = dict.fromkeys(name for line in lines for name in line.spans)
            for name in names:
                slot = self._template.slots[name]
                numbered = [
                    (layout.starts[row] + at, line.spans[name]) for at, line in enumerate(lines) if name in line.spans
                ]
                for first, last, value in _runs(numbered, starts):
                    values.setdefault(first, {})[name] = value
                    if last > first:
                        merges.append(Merge(slot.column, first, slot.last_column, last))
        return values, merges

    @staticmethod
    def _left(before: Sequence[Merge], merged: Sequence[Merge]) -> Iterator[Merge]:
        """The merged cells that are no part of larger ones."""
        wide = [merge for merge in merged if merge.max_col > merge.min_col]
        return (merge for merge in before if not any(_is_part(merge, whole) for whole in wide))

    def _rows(self, layout: Layout, heights: Sequence[float], spans: Mapping[int, Mapping[str, Value]]) -> list[str]:
        found = {new: self._row(old, new, heights) for old, new in layout.rows.items()}
        for row, lines in self._spread.items():
            if lines:
                found |= self._lines(row, lines, layout, heights, spans)
        return [found[number] for number in sorted(found)]

    def _row(self, old: int, new: int, heights: Sequence[float]) -> str:
        """A row that is not repeated; empty where the template has none and nothing is put there."""
        raw, puts = self._template.sheet.rows.get(old), self._puts.get(old, {})
        if raw is None and not puts:
            return ""
        cells = raw.cells if raw else {}
        height = heights[new] if old in self._heights else None
        start = (
            raw.opened(new, height)
            if raw
            else f'<row r="{new}"' + (f' ht="{height:g}" customHeight="1">' if height else ">")
        )
        written = []
        entries = [slot for slot, value, _ in puts.values() if isinstance(value, Entry)]
        merged = {column for slot in entries for column in range(slot.column + 1, slot.last_column + 1)}
        for column in sorted({*cells, *puts}):
            reference = f"{get_column_letter(column)}{new}"
            if column in puts:
                slot, value, number_format = puts[column]
                style = self._template.style(old, column)
                written.append(self._cell(reference, style, slot, value, _FORMATS[number_format]))
            elif column in merged:  # a merged cell can be edited where all its parts can
                style = self._template.styles.like(cells[column].style, unlocked=True)
                written.append(replace(cells[column], style=style).at(reference))
            else:
                written.append(cells[column].at(reference))
        return f"{start}{''.join(written)}</row>"

    def _lines(
        self,
        row: str,
        lines: Sequence[Line],
        layout: Layout,
        heights: Sequence[float],
        spans: Mapping[int, Mapping[str, Value]],
    ) -> dict[int, str]:
        template = self._template
        old = template.anatomy.places[row].min_row
        raw = template.sheet.rows.get(old)
        cells = raw.cells if raw else {}
        names = {template.slots[name].column: name for name in template.rows[row]}
        columns = [
            (get_column_letter(column), cells.get(column), names.get(column, ""), template.style(old, column))
            for column in sorted({*cells, *names})
        ]
        attributes = raw.attributes if raw else ""
        found = {}
        for number, line in enumerate(lines, layout.starts[row]):
            values = line.values if number not in spans else {**line.values, **spans[number]}
            key = (self._block, number, heights[number], *_told_apart(values))
            if key in layout.written:
                found[number] = layout.written[key]
                continue
            written = [f'<row r="{number}"{attributes} ht="{heights[number]:g}" customHeight="1">']
            for letter, cell, name, style in columns:
                if name in values:
                    written.append(self._cell(f"{letter}{number}", style, template.slots[name], values[name], ""))
                elif cell is None or name:
                    written.append(f'<c r="{letter}{number}" s="{style}"/>' if style else "")
                else:
                    written.append(cell.at(f"{letter}{number}"))
            written.append("</row>")
            found[number] = layout.written[key] = "".join(written)
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
            number_format = DAY
        rest, quoted = _text_rest(plain, slot.width, slot.size)
        quoted = quoted or isinstance(value, Identifier)
        style = like(style, number_format=number_format, quoted=quoted, unlocked=unlocked)
        return _start(reference, style) + rest

    def _rules(self, layout: Layout) -> Iterator[tuple[str, Rule]]:
        """The cells to fill in, with what may be typed there."""
        for old, puts in self._puts.items():
            for column, (_, value, _) in puts.items():
                if isinstance(value, Entry) and value.rule:
                    yield f"{get_column_letter(column)}{layout.rows[old]}", value.rule
        for row, lines in self._spread.items():
            for number, line in enumerate(lines, layout.starts[row]):
                values = {**line.values, **{name: span.value for name, span in line.spans.items()}}
                for name, value in values.items():
                    if isinstance(value, Entry) and value.rule:
                        yield f"{get_column_letter(self._template.slots[name].column)}{number}", value.rule


_LETTERS = [get_column_letter(column) for column in range(1, 200)]


def _is_part(merge: Merge, whole: Merge) -> bool:
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


def _told_apart(values: Mapping[str, Value]) -> tuple[object, ...]:
    """What tells the values of a line from others: an identifier equals a text, and is written otherwise."""
    return tuple(values), tuple(values.values()), tuple(map(type, values.values()))


def _needed(slot: Slot, value: Value) -> float:
    plain = value.value if isinstance(value, Formula | Entry) else value
    return texts.room(plain if isinstance(plain, str) else str(plain), slot.width, slot.size, TALLEST)


def _runs(numbered: Sequence[tuple[int, Span]], starts: set[int]) -> Iterator[tuple[int, int, Value]]:
    """Neighbouring rows of one page with the same key: the first, the last, and what stands there."""
    runs: list[tuple[int, int, Span]] = []
    for number, span in numbered:
        if runs and number not in starts and runs[-1][2].key == span.key and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number, runs[-1][2])
        else:
            runs.append((number, number, span))
    before: tuple[int, int, Span] | None = None
    for run in runs:
        first, last, span = run
        goes_on = before is not None and before[2].key == span.key and before[1] == first - 1
        yield first, last, span.again if goes_on else span.value
        before = run


def png_size(picture: bytes) -> tuple[int, int]:
    """The width and height of a PNG."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
