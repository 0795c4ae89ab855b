"""What filling a sheet of a template needs, whoever writes the file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from govkit.origin import HIDDEN
from govkit.sheets.values import Line, Value

_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Filled:
    """Where everything is on a filled sheet.

    Attributes:
        title: of the sheet.
        cells: the addresses ("C12") of its named cells.
        columns: the letters of the columns of repeated rows, by the name of their cells.
        rows: the numbers of the rows of lines, by their keys.
    """

    title: str
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    rows: Mapping[str, int]

    def addresses(self, block: int, *, hidden: bool) -> Callable[[str], str]:
        """Where the cells are that formulas name, absolute.

        Args:
            block: the row in which the object's block on the hidden sheet begins.
            hidden: whether the formulas stand there; else they stand on this sheet.
        """
        other_block = "" if hidden else f"'{HIDDEN}'!"
        other_cell = f"{quoted(self.title)}!" if hidden else ""

        def address(name: str) -> str:
            if name.startswith("#"):
                return other_block + _in_block(name[1:], block)
            key, _, column = name.rpartition("/")
            if key:
                return f"{other_cell}${self.columns[column]}${self.rows[key]}"
            return other_cell + _PLACE.sub(r"$\1$\2", self.cells[column])

        return address


@lru_cache(maxsize=4096)
def _in_block(cells: str, block: int) -> str:
    """The absolute address of cells of a block that begins in some row."""
    return _PLACE.sub(lambda cell: f"${cell[1]}${int(cell[2]) + block - 1}", cells)


def quoted(title: str) -> str:
    """The title of a sheet as formulas name it."""
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


class Form(Protocol):
    """One sheet of a template while it is being filled: cells first, then rows, then `finish`."""

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Write into a named cell, and make its rows high enough. `number_format` is for figures of fixed places."""

    def remove(self, row: str) -> None:
        """Remove a named row, where there is nothing to put into it."""

    def continued(self, name: str, value: str) -> list[str]:
        """A text for a cell of a repeated row, in pieces that each fit into one row; mostly one piece."""

    def spread(self, row: str, lines: Sequence[Line]) -> object:
        """Repeat a named row for each line and write the lines into it; without lines, remove it."""

    def finish(self, footer: Mapping[str, str], *, paged: bool, mark: bytes | None = None) -> Filled:
        """Merge what spans several lines, end pages between blocks, and set what is printed around them."""
