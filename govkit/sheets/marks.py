"""A mark across every printed page, such as 草稿 on what is not final."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from govkit.sheets.geometry import Sizes
from govkit.sheets.places import Box

_EMU = 12_700  # units of a drawing in a point
_SHARE = 0.7  # of the width and the height of a page


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a picture lies: its corner in a column and a row (from 0), and its size, in units of a drawing."""

    column: int
    right: int
    row: int
    down: int
    width: int
    height: int


def marks(
    geometry: Sizes, area: Box, heading: Box | None, starts: Collection[int], size: tuple[int, int]
) -> Iterator[Mark]:
    """A picture over the middle of each page: pictures in headers do not show in every program.

    Args:
        geometry: the sizes of the sheet, with the final heights of its rows.
        area: what is printed.
        heading: the rows that are printed again on every page.
        starts: the rows that begin a further page.
        size: of the picture, width and height in any unit.
    """
    widths = [geometry.width(column, column) for column in range(area.min_col, area.max_col + 1)]
    # What lies over the heading would be printed again with it.
    top = heading.max_row + 1 if heading and starts else area.min_row
    for first, after in pairwise((top, *sorted(starts), area.max_row + 1)):
        heights = [geometry.row_height(row) for row in range(first, after)]
        scale = _SHARE * min(sum(widths) / size[0], sum(heights) / size[1])
        width, height = size[0] * scale, size[1] * scale
        column, right = _at(widths, (sum(widths) - width) / 2)
        row, down = _at(heights, (sum(heights) - height) / 2)
        yield Mark(area.min_col - 1 + column, right, first - 1 + row, down, round(width * _EMU), round(height * _EMU))


def _at(sizes: Iterable[float], distance: float) -> tuple[int, int]:
    """Which of several rows (columns) lies at a distance in points, and how far inside it, in units of a drawing."""
    number = 0
    for number, size in enumerate(sizes):  # noqa: B007 - the last one is as far as it goes
        if distance < size:
            break
        distance -= size
    return number, round(distance * _EMU)
