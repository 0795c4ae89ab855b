"""Where printed pages end: blocks of rows stay together, as far as a page can hold them."""

from collections.abc import Mapping

from govkit.sheets.geometry import Sizes
from govkit.sheets.places import Box, numbers


def page_starts(geometry: Sizes, area: Box, heading: Box | None, block_of: Mapping[int, str]) -> set[int]:
    """The rows that begin a new page.

    Args:
        geometry: the sizes of the sheet.
        area: what is printed.
        heading: the rows that are printed again on every page.
        block_of: the blocks of the rows that belong to one; "" is a block of its own. The other rows belong to the
            block under them, and those under the last block to each other.
    """
    page = geometry.page_height(area)
    again = sum(map(geometry.row_height, numbers(heading))) if heading else 0.0
    starts: set[int] = set()
    used = 0.0
    for block in _blocks(area.max_row, block_of):
        heights = [geometry.row_height(row) for row in block]
        if used and used + sum(heights) > page >= again + sum(heights):
            starts.add(block[0])
            used = again
        for row, height in zip(block, heights, strict=True):
            if used + height > page:  # only in a block longer than a page
                starts.add(row)
                used = again
            used += height
    return starts


def _blocks(last: int, block_of: Mapping[int, str]) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    for row in range(1, last + 1):
        before = block_of.get(row - 1)
        if before is not None and (not before or block_of.get(row) != before):
            blocks.append([])
        blocks[-1].append(row)
    return blocks
