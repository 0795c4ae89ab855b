"""How high the rows of a filled sheet are: as high as what is in them and beside them needs."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from govkit.sheets import text as texts
from govkit.sheets.anatomy import TALLEST, Slot
from govkit.sheets.values import Entry, Formula, Line, Span, Value
from govkit.sheets.xml.layout import Layout
from govkit.sheets.xml.template import XmlTemplate


class Sizes:
    """The sizes of a filled sheet whose rows have these heights; see `geometry.Sizes`."""

    def __init__(self, template: XmlTemplate, heights: Sequence[float]) -> None:
        geometry = template.anatomy.geometry
        self.width, self.page_height, self.row_height = geometry.width, geometry.page_height, heights.__getitem__


class Heights:
    """The heights of the rows of a sheet while it is being filled.

    Args:
        template: of the sheet.
    """

    def __init__(self, template: XmlTemplate) -> None:
        self._template = template
        self.grown: dict[int, float] = {}

    def put(self, name: str, value: Value) -> None:
        """Make the rows of a named cell high enough, by making the last of them higher."""
        box = self._template.boxes[name]
        lacking = _needed(self._template.slots[name], value)
        for row in range(box.min_row, box.max_row + 1):
            lacking -= self._of(row)
        if lacking > 0:
            self.grown[box.max_row] = round(self._of(box.max_row) + lacking, 2)

    def _of(self, row: int) -> float:
        return self.grown.get(row) or self._template.row_heights[row]

    def all(self, layout: Layout, spread: Mapping[str, Sequence[Line]]) -> list[float]:
        """The height of each row that there is in the end, by its number."""
        last = max([*layout.rows.values(), *(layout.starts[row] + len(spread[row]) for row in layout.starts)])
        heights = [0.0] * (last + 1)
        for old, new in layout.rows.items():
            heights[new] = self._of(old)
        for row, lines in spread.items():
            if lines:
                start = layout.starts[row]
                own = self._template.row_heights[self._template.anatomy.places[row].min_row]
                heights[start : start + len(lines)] = [
                    height
                    for _, block in groupby(lines, key=lambda line: line.block or id(line))
                    for height in self._of_block(list(block), own)
                ]
        return heights

    def _of_block(self, block: Sequence[Line], own: float) -> list[float]:
        """The heights of lines that stay together: enough for what is shown once beside them, wherever a page ends."""
        heights = [self._of_line(line, own) for line in block]
        total = sum(heights)
        before: Mapping[str, Span] | None = None
        for line in block:
            if line.spans is before:
                continue
            before = line.spans
            for name, span in before.items():
                lacking = _needed(self._template.slots[name], span.value) - total
                if lacking > 0:
                    heights[-1] = round(heights[-1] + lacking, 2)
                    total = sum(heights)
        return heights

    def _of_line(self, line: Line, own: float) -> float:
        known, slots = self._template.needed, self._template.slots
        if line.common in known:
            return known[line.common]
        most = max((_needed(slots[name], value) for name, value in line.values.items()), default=0.0)
        height = round(most, 2) if most > own else own
        if line.common:
            known[line.common] = height
        return height


def _needed(slot: Slot, value: Value) -> float:
    plain = value.value if isinstance(value, Formula | Entry) else value
    return texts.room(plain if isinstance(plain, str) else str(plain), slot.width, slot.size, TALLEST)
