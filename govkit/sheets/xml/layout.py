"""Where everything of a template comes to be once rows are repeated and removed. Many sheets share one layout."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from govkit.sheets.anatomy import Anatomy, Slot
from govkit.sheets.form import Filled
from govkit.sheets.kept import Kept
from govkit.sheets.places import Box, shifted

Spread = Sequence[tuple[str, Sequence[str]]]
"""The rows that are repeated, in the order in which that is done, each with the keys of its lines."""


class Area(NamedTuple):
    """A range of cells; both ends are included. Of those of openpyxl, a hundred take as long as a whole sheet."""

    min_col: int
    min_row: int
    max_col: int
    max_row: int

    @property
    def ref(self) -> str:
        """As a workbook names it: A1:B2, and A1 for a single cell."""
        last = f":{LETTERS[self.max_col]}{self.max_row}" if self[:2] != self[2:] else ""
        return self.corner + last

    @property
    def corner(self) -> str:
        """Its first cell: A1."""
        return f"{LETTERS[self.min_col]}{self.min_row}"

    def moved(self, row: int, by: int) -> "Area | None":
        """Where it is after rows came in or went; see `places.moved`."""
        if self.max_row < row:  # so it is with most
            return self
        rows = shifted(self, row, by)
        return Area(self.min_col, rows[0], self.max_col, rows[1]) if rows else None


def area_like(box: Box) -> Area:
    """A range of openpyxl's as one of ours."""
    return Area(box.min_col, box.min_row, box.max_col, box.max_row)


LETTERS = ["", *(get_column_letter(column) for column in range(1, 16_385))]
"""The letters of columns, by their numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where everything is.

    Attributes:
        rows: the new numbers of the template's rows that stay as they are, by their old ones.
        starts: the first lines of repeated rows.
        lines: how many lines they have.
        merges: the merged cells outside repeated rows, and of one row inside each line.
        area: what is printed.
        heading: the rows that are printed on every page.
        places: the named ranges that are left.
        filled: what formulas and readers need to know of it.
        formulas: formulas with their addresses put in, kept by who asked.
        written: rows that were written, by all that is in them.
        workbook: the member workbook.xml of a file with this sheet only, once there is one.
    """

    rows: Mapping[int, int]
    starts: Mapping[str, int]
    lines: Mapping[str, int]
    merges: Sequence[Area]
    area: Area
    heading: Area | None
    places: Mapping[str, Area]
    filled: Filled
    formulas: dict[tuple[int, bool], dict[str, str]] = field(default_factory=dict)
    written: Kept[bytes] = field(default_factory=Kept)
    workbook: list[str] = field(default_factory=list)

    def resolver(self, block: int, *, hidden: bool) -> tuple[dict[str, str], Callable[[str], str]]:
        """The formulas that are known with their addresses, and what finds the addresses of others."""
        known = self.formulas.setdefault((block, hidden), {})
        return known, self.filled.addresses(block, hidden=hidden)


def last_row(found: Anatomy) -> int:
    """The last row of a template that has something in it or is printed."""
    return max(found.sheet.max_row, found.area.max_row)


def lay_out(
    found: Anatomy,
    rows_named: Collection[str],
    slots: Mapping[str, Slot],
    title: str,
    removed: Sequence[str],
    spread: Spread,
) -> Layout:
    """Move everything as a spreadsheet program would.

    Args:
        found: the template.
        rows_named: the names of the rows that may be repeated or removed.
        slots: the cells of repeated rows.
        title: of the sheet.
        removed: the rows that go.
        spread: the rows that are repeated; one without lines goes.
    """
    places = {name: area_like(place) for name, place in found.places.items()}
    merges = [area_like(merge) for merge in found.sheet.merged_cells.ranges]
    area = area_like(found.area)
    heading = area_like(found.heading) if found.heading else None
    rows = {row: row for row in range(1, last_row(found) + 1)}
    starts: dict[str, int] = {}
    lines: dict[str, int] = {}
    within: dict[str, list[Area]] = {}
    operations = [*((name, 0) for name in removed), *((name, len(keys)) for name, keys in spread)]
    for name, number in operations:
        old, top, by = found.places[name].min_row, places[name].min_row, number - 1
        rows.pop(old, None)
        within[name] = [merge for merge in merges if merge.min_row == merge.max_row == top]
        merges = [new for merge in merges if merge not in within[name] and (new := merge.moved(top, by))]
        places = {each: new for each, place in places.items() if (new := place.moved(top, by))}
        area = area.moved(top, by) or area
        heading = heading and heading.moved(top, by)
        rows = {each: new + by * (new > top) for each, new in rows.items()}
        starts = {each: start + by * (start > top) for each, start in starts.items()}
        if number:
            starts[name], lines[name] = top, number
    for name, start in starts.items():
        for row in range(start, start + lines[name]):
            merges += [Area(merge.min_col, row, merge.max_col, row) for merge in within[name]]
    repeated = {name for name, _ in operations}
    keys = {key: starts[name] + at for name, own in spread for at, key in reversed(list(enumerate(own))) if key}
    left = {name: place for name, place in places.items() if name not in slots and name not in repeated}
    filled = Filled(
        title,
        {name: place.corner for name, place in left.items() if name not in rows_named},
        {name: get_column_letter(slot.column) for name, slot in slots.items()},
        keys,
    )
    return Layout(rows, starts, lines, merges, area, heading, left, filled)
