"""What the spreadsheet reader does not tell of an .xlsx: its error cells, formulas never calculated, stray cells.

The sheets' XML is looked through as text first; it is parsed only where there is something to find.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import Any

from lxml import etree

from govkit.reading.layout import limits
from govkit.reading.sheet import ErrorValue, column_index

_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",  # of files saved as “strict”
)
# Most sheets hold neither errors nor formulas, and have few columns; these searches are quick to tell.
_SIGNS_OF_ERRORS = (b't="e"', b"t='e'", b"f>", b"f/>")
_COLUMNS_BY_LETTERS = ((26, b"[A-Z]"), (702, b"[A-Z]{1,2}"))
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of every spreadsheet program
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})["']""")
_REFERENCE_TEXT = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")
_ANY_REFERENCE = re.compile(r"([A-Z]{1,7})(\d{1,10})", re.IGNORECASE)

ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, struct.error)
"""What the standard library raises on a damaged zip, besides what it says it raises."""


class SheetTooLargeError(Exception):
    """A sheet whose used area would not fit into memory, mostly because of one stray cell far out."""

    def __init__(self, sheet: str, rows: int, columns: int) -> None:
        super().__init__(sheet)
        self.sheet, self.rows, self.columns = sheet, rows, columns


ErrorCells = dict[tuple[int, int], ErrorValue]
"""The error cells of a sheet, by position counted from 0."""


def scan_workbook(content: bytes) -> dict[str, ErrorCells]:
    """Look through all sheets of an .xlsx for error cells.

    Raises:
        SheetTooLargeError: before the reader would try to hold such a sheet.
        KeyError, etree.XMLSyntaxError, RuntimeError, and those of ZIP_DAMAGE: it is damaged.
    """
    errors: dict[str, ErrorCells] = {}
    room = limits()["cells"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, member in sheet_members(archive):
            xml = archive.read(member)
            room -= _area(name, xml, room)
            if any(sign in xml for sign in _SIGNS_OF_ERRORS):
                errors[name] = _errors(xml)
    return errors


def sheet_members(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Sheet names with the archive's members that hold them, in the order of the workbook.

    Raises:
        KeyError, etree.XMLSyntaxError, RuntimeError, and those of ZIP_DAMAGE: it is damaged.
    """
    names = {member.lower(): member for member in archive.namelist()}
    workbook = parse_xml(archive.read(names["xl/workbook.xml"]))
    relations = parse_xml(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = []
    for sheet in workbook.iterfind(".//{*}sheets/{*}sheet"):
        target = targets.get(relationship_of(sheet), "")
        member = part_at("xl", target)
        if member.lower() in names and "worksheets" in member.lower():
            found.append((sheet.get("name", ""), names[member.lower()]))
    return found


def relationship_of(element: etree._Element, attribute: str = "id") -> str | None:
    """The relationship that an element names in this attribute, if any."""
    return next((name for space in _RELATIONSHIPS if (name := element.get(f"{{{space}}}{attribute}"))), None)


def part_at(folder: str, target: str) -> str:
    """The part of the archive that a relationship of a part in this folder leads to."""
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def parse_xml(xml: bytes) -> etree._Element:
    """The root element; nothing is fetched, and no entity is put in.

    Raises:
        etree.XMLSyntaxError: it is no XML.
    """
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _area(name: str, xml: bytes, room: int) -> int:
    """An upper bound of the cells in the used area of a sheet; worked out closely only where that matters.

    Raises:
        SheetTooLargeError: there is no room for it, or it reaches further than sheets can.
    """
    last = xml.rfind(b"row ")
    row = _ROW.search(xml, max(0, last - 16)) if last >= 0 else None
    rows = int(row[1]) if row else 0
    if 0 < rows <= _MOST_ROWS:
        start = b"[<:]" if _PREFIXED_CELL.search(xml) else b"<"
        for columns, letters in _COLUMNS_BY_LETTERS:
            if rows * columns <= room and not _beyond(start, letters, rows).search(xml):
                return rows * columns
    extent: Any = _Extent()
    etree.fromstring(xml, etree.XMLParser(target=extent, resolve_entities=False, huge_tree=True))
    if extent.rows * extent.columns > room or extent.rows > _MOST_ROWS or extent.columns > _MOST_COLUMNS:
        raise SheetTooLargeError(name, extent.rows, extent.columns)
    return int(extent.rows * extent.columns)


def _beyond(start: bytes, letters: bytes, rows: int) -> re.Pattern[bytes]:
    """Finds a cell further out than columns of these letters and so many rows, or one not written as usual."""
    digits = str(rows)
    numbers = [f"[1-9][0-9]{{0,{len(digits) - 2}}}"] if len(digits) > 1 else []
    for at, digit in enumerate(digits):
        least = 0 if at else 1
        if int(digit) > least:
            numbers.append(f"{digits[:at]}[{least}-{int(digit) - 1}][0-9]{{{len(digits) - at - 1}}}")
    usual = b' r="' + letters + "(?:{})".format("|".join([*numbers, digits])).encode() + b'"'
    return re.compile(start + rb"c(?=[\s/>])(?!" + usual + rb")")


class _Extent:
    """How many rows and columns the cells of a sheet reach over, as a reader counts who believes what they say."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, or something else. Those that do not say where they are come after the one before."""
        _, _, name = tag.rpartition("}")
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                reference = _ANY_REFERENCE.fullmatch(attributes["r"])
                if reference is None:
                    raise ValueError(attributes["r"])
                self._row, self._column = int(reference[2]), column_index(reference[1].upper()) + 1
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def end(self, tag: str) -> None:
        """The end of one."""

    def close(self) -> None:
        """The end of the sheet."""


def sheet_cells(xml: bytes) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """The cells of a sheet with their positions counted from 0; each can be looked at until the next one is asked for.

    Raises:
        etree.XMLSyntaxError: it is no XML, or none from here on.
    """
    parsed = etree.iterparse(io.BytesIO(xml), tag=("{*}c",), resolve_entities=False, no_network=True, huge_tree=True)
    for _, cell in parsed:
        reference = _REFERENCE_TEXT.match(cell.get("r") or "")
        if reference:
            yield (int(reference[2]) - 1, column_index(reference[1])), cell
        cell.clear()


def _errors(xml: bytes) -> ErrorCells:
    """The cells that hold an error, or a formula whose result was never saved."""
    found = {}
    for position, cell in sheet_cells(xml):
        value = cell.findtext("{*}v") or ""
        kind = cell.get("t")
        uncalculated = not value and kind not in ("str", "inlineStr") and cell.find("{*}f") is not None
        if kind == "e" or uncalculated:
            found[position] = ErrorValue(value if kind == "e" else "")
    return found
