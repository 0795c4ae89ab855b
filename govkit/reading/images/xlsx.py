"""The pictures of an .xlsx: those in the cells, and those that lie over the cells as drawings."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from govkit.reading.images.in_cells import InCells
from govkit.reading.images.package import Package
from govkit.reading.images.placed import Placed
from govkit.reading.ooxml import sheet_members

_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_NUMBER = re.compile(r"\s*(\d{1,7})\s*")


def xlsx_pictures(content: bytes) -> Iterator[tuple[str, list[Placed]]]:
    """The names of the sheets with their pictures.

    Raises:
        KeyError, etree.XMLSyntaxError, RuntimeError, and those of ZIP_DAMAGE: the workbook is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package(archive)
        in_cells = InCells(package)
        drawn: set[str] = set()
        for sheet, member in sheet_members(archive):
            # A drawing is of one sheet. A hostile file could have each of many sheets ask for the same large one.
            drawings = set(package.related(member, "drawing").values()) - drawn
            drawn |= drawings
            over_cells = [picture for drawing in sorted(drawings) for picture in _drawing(package, drawing)]
            yield sheet, [*in_cells.on_sheet(member), *over_cells]


def _drawing(package: Package, part: str) -> Iterator[Placed]:
    """The pictures of a drawing, from groups of shapes as well."""
    drawing = package.tree(part)
    if drawing is None:
        return
    images = package.related(part, "image")
    # What is written in several ways, for programs old and new, is taken from the first that has a picture.
    chosen: dict[etree._Element | None, etree._Element] = {}
    for anchor in drawing.iter(*_ANCHORS):
        place = _place(anchor)
        for element in anchor.iter("{*}pic") if place else ():
            ways = {way.getparent(): way for way in element.iterancestors("{*}Choice", "{*}Fallback")}
            if all(chosen.get(alternatives, way) is way for alternatives, way in ways.items()):
                content = package.shown_by(element, images)
                if place and content:
                    chosen |= ways
                    yield Placed(*place, content)


def _place(anchor: etree._Element) -> tuple[int, int, int] | None:
    """Row, column and last row of what is anchored; None if that is damaged."""
    if anchor.find("{*}pos") is not None:
        return 0, 0, 0
    row, column = _number(anchor, "{*}from/{*}row"), _number(anchor, "{*}from/{*}col")
    if row is None or column is None:
        return None
    end = _number(anchor, "{*}to/{*}row") or 0
    if _number(anchor, "{*}to/{*}rowOff") == 0:  # it ends where the row begins
        end -= 1
    return row, column, max(row, end)


def _number(anchor: etree._Element, path: str) -> int | None:
    number = _NUMBER.fullmatch(anchor.findtext(path) or "")
    return int(number[1]) if number else None
