"""Pictures that are the content of a cell: WPS's formula DISPIMG, and Excel's “Place in Cell”."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from lxml import etree

from govkit.reading.images.package import Package
from govkit.reading.images.placed import Placed
from govkit.reading.ooxml import relationship_of, sheet_cells

# LibreOffice writes functions it does not know in small letters.
_SIGNS = re.compile(rb"DISPIMG|\bvm=", re.IGNORECASE)
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
_INDEX = re.compile(r"\d{1,9}")
_WPS = "xl/cellimages.xml"
_METADATA = "xl/metadata.xml"
_VALUES, _STRUCTURES = "xl/richData/rdrichvalue.xml", "xl/richData/rdrichvaluestructure.xml"
_SLOTS = "xl/richData/richValueRel.xml"
_RICH_VALUE, _LOCAL_IMAGE = "XLRICHVALUE", "_rvRel:LocalImageIdentifier"

Item = TypeVar("Item")


class InCells:
    """The pictures of a workbook that cells have as their content, by what the cells say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._by_name = _wps_pictures(package)
        self._by_metadata = _excel_pictures(package)

    def on_sheet(self, part: str) -> Iterator[Placed]:
        """The pictures in the cells of a sheet, up to where its XML is broken."""
        xml = self._package.read(part) if self._by_name or self._by_metadata else None
        if not xml or not _SIGNS.search(xml):
            return
        try:
            for (row, column), cell in sheet_cells(xml):
                content = self._in_cell(cell)
                if content:
                    yield Placed(row, column, row, content)
        except etree.XMLSyntaxError:
            return

    def _in_cell(self, cell: etree._Element) -> bytes | None:
        # WPS shows the formula as the value, too; in cells that share a formula it is written with one of them only.
        for text in (cell.findtext("{*}f"), cell.findtext("{*}v")):
            name = _DISPIMG.search(text or "")
            if name:
                return self._by_name.get(name[1])
        return self._by_metadata.get(cell.get("vm"))


def _wps_pictures(package: Package) -> dict[str | None, bytes]:
    """WPS's pictures by the names that the formulas say."""
    store = package.tree(_WPS)
    if store is None:
        return {}
    images = package.related(_WPS, "image")
    found = {}
    for element in store.iter("{*}pic"):
        properties, content = element.find(".//{*}cNvPr"), package.shown_by(element, images)
        if properties is not None and content:
            found[properties.get("name")] = content
    return found


def _excel_pictures(package: Package) -> dict[str | None, bytes]:
    """Excel's pictures by the cells' attribute `vm`, which counts the values' metadata from 1.

    The way from there: metadata → rich value → its field for an image → relationship → picture.
    Pictures of the function IMAGE are linked, and left out.
    """
    metadata, slots = package.tree(_METADATA), package.tree(_SLOTS)
    if metadata is None or slots is None:
        return {}
    images = package.related(_SLOTS, "image")
    pictures = [package.picture(images.get(relationship_of(slot))) for slot in slots.iter("{*}rel")]
    by_value = [_at(pictures, slot) for slot in _slots_of_values(package)]
    types = [kind.get("name") for kind in metadata.iter("{*}metadataType")]
    futures = [
        block.find(".//{*}rvb")
        for future in metadata.iterfind("{*}futureMetadata")
        if future.get("name") == _RICH_VALUE
        for block in future.iterfind("{*}bk")
    ]
    found: dict[str | None, bytes] = {}
    for number, record in enumerate(metadata.iterfind("{*}valueMetadata/{*}bk"), 1):
        for entry in record.iterfind("{*}rc"):
            future = _at(futures, entry.get("v")) if _at([None, *types], entry.get("t")) == _RICH_VALUE else None
            content = None if future is None else _at(by_value, future.get("i"))
            if content:
                found[str(number)] = content
    return found


def _slots_of_values(package: Package) -> list[str | None]:
    """The field for an image of each rich value; None where it has none."""
    values, structures = package.tree(_VALUES), package.tree(_STRUCTURES)
    if values is None or structures is None:
        return []
    fields = [[key.get("n") for key in structure.iterfind("{*}k")] for structure in structures.iterfind("{*}s")]
    return [
        dict(zip(_at(fields, value.get("s")) or (), map(_text, value.iterfind("{*}v")), strict=False)).get(_LOCAL_IMAGE)
        for value in values.iterfind("{*}rv")
    ]


def _text(element: etree._Element) -> str | None:
    return element.text


def _at(items: Sequence[Item], index: str | None) -> Item | None:
    """The item at an index written as text; None if there is none."""
    number = _INDEX.fullmatch(index or "")
    return items[int(number[0])] if number and int(number[0]) < len(items) else None
