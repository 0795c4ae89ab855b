"""A mark across every printed page, such as 草稿 on what is not final."""

from collections.abc import Collection, Iterable
from io import BytesIO
from itertools import pairwise

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govkit.sheets.geometry import Geometry

_EMU = 12_700  # units of a drawing in a point
_SHARE = 0.7  # of the width and the height of a page


def mark_pages(
    sheet: Worksheet,
    geometry: Geometry,
    area: CellRange,
    heading: CellRange | None,
    starts: Collection[int],
    picture: bytes,
) -> None:
    """Put a picture over the middle of each page: pictures in headers do not show in every program.

    Args:
        sheet: the sheet; its rows have their final heights.
        geometry: its sizes.
        area: what is printed.
        heading: the rows that are printed again on every page.
        starts: the rows that begin a further page.
        picture: a PNG, mostly transparent, so that what lies under it can be read.
    """
    columns = range(area.min_col, area.max_col + 1)
    widths = [geometry.width(column, column) for column in columns]
    # What lies over the heading would be printed again with it.
    top = heading.max_row + 1 if heading and starts else area.min_row
    for first, after in pairwise((top, *sorted(starts), area.max_row + 1)):
        heights = [geometry.row_height(row) for row in range(first, after)]
        image = Image(BytesIO(picture))
        scale = _SHARE * min(sum(widths) / image.width, sum(heights) / image.height)
        width, height = image.width * scale, image.height * scale
        column, right = _at(widths, (sum(widths) - width) / 2)
        row, down = _at(heights, (sum(heights) - height) / 2)
        corner = AnchorMarker(col=area.min_col - 1 + column, colOff=right, row=first - 1 + row, rowOff=down)
        image.anchor = OneCellAnchor(_from=corner, ext=XDRPositiveSize2D(round(width * _EMU), round(height * _EMU)))
        sheet.add_image(image)


def _at(sizes: Iterable[float], distance: float) -> tuple[int, int]:
    """Which of several rows (columns) lies at a distance in points, and how far inside it, in units of a drawing."""
    number = 0
    for number, size in enumerate(sizes):  # noqa: B007 - the last one is as far as it goes
        if distance < size:
            break
        distance -= size
    return number, round(distance * _EMU)
