"""The XML of one sheet of a template, taken apart once: what is written to, and everything else as it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(/>|>.*?</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\s([\w:]+)=("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)$")


class UnreadableXmlError(Exception):
    """XML in a form that no spreadsheet program writes."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a template: its style, its other attributes, and what follows them."""

    style: str
    attributes: str
    rest: str

    def at(self, reference: str) -> str:
        """The cell as it is, at a place."""
        style = f' s="{self.style}"' if self.style else ""
        return f'<c r="{reference}"{style}{self.attributes}{self.rest}'


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of a template: attributes but for its number and height, and its cells by the number of their column."""

    attributes: str
    height: str
    cells: Mapping[int, RawCell]

    def opened(self, number: int, height: float | None) -> str:
        """The start of the row, at a place; None leaves its height as it is."""
        size = self.height if height is None else f' ht="{height:g}" customHeight="1"'
        return f'<row r="{number}"{self.attributes}{size}>'


@dataclass(frozen=True, slots=True)
class Element:
    """A child of the root of a sheet: its name, and its XML as it stands in the file."""

    name: str
    xml: str


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The XML of a sheet.

    Attributes:
        start: everything up to the first child of the root, with the root's start.
        before: the children before the cells.
        rows: the rows that the XML has, by number.
        after: the children after the cells.
        end: what follows the last child.
    """

    start: str
    before: tuple[Element, ...]
    rows: Mapping[int, RawRow]
    after: tuple[Element, ...]
    end: str


def take_apart(xml: bytes) -> RawSheet:
    """The parts of a sheet's XML.

    Raises:
        UnreadableXmlError: it is damaged, or not written as spreadsheet programs write it.
    """
    text, children = _children(xml)
    if not children:
        raise UnreadableXmlError
    at = next((number for number, (name, _, _) in enumerate(children) if name == "sheetData"), None)
    if at is None:
        raise UnreadableXmlError
    elements = [Element(name, text[first:last]) for name, first, last in children]
    rows: dict[int, RawRow] = {}
    for attributes, content in _ROW.findall(elements[at].xml):
        number, row = _row(attributes, content)
        rows[number] = row
    return RawSheet(
        text[: children[0][1]], tuple(elements[:at]), rows, tuple(elements[at + 1 :]), text[children[-1][2] :]
    )


def _children(xml: bytes) -> tuple[str, list[tuple[str, int, int]]]:
    """The text, and where the children of its root stand in it; a byte order mark is left out."""
    text = xml.decode("utf-8-sig")
    raw = text.encode()
    found: list[tuple[str, int, int]] = []
    depth, begun = 0, 0
    parser = expat.ParserCreate()

    def start(name: str, _: object) -> None:
        nonlocal depth, begun
        if depth == 1:
            begun = parser.CurrentByteIndex
        depth += 1
        if ":" in name and depth == 1:
            raise UnreadableXmlError(name)  # every spreadsheet program writes these names without a prefix

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 1:
            index = parser.CurrentByteIndex
            closing = raw[index : index + 2] == b"</"
            last = raw.index(b">", index) + 1 if closing else _end_of_tag(raw, begun)
            found.append((name, begun, last))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise UnreadableXmlError from error
    offsets = {place: len(raw[:place].decode()) for _, first, last in found for place in (first, last)}
    return text, [(name, offsets[first], offsets[last]) for name, first, last in found]


def _end_of_tag(raw: bytes, begun: int) -> int:
    """Where a tag that closes itself ends; “>” may stand in its attributes."""
    match = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""").match(raw, begun)
    if match is None:
        raise UnreadableXmlError
    return match.end()


def _row(attributes: str, content: str) -> tuple[int, RawRow]:
    known = dict(_ATTRIBUTE.findall(attributes))
    if "r" not in known:
        raise UnreadableXmlError
    height = "".join(f" {name}={known.pop(name)}" for name in ("ht", "customHeight") if name in known)
    number = int(known.pop("r").strip("\"'"))
    cells: dict[int, RawCell] = {}
    for found, rest in _CELL.findall(content):
        own = dict(_ATTRIBUTE.findall(found))
        place = _REFERENCE.match(own.pop("r", "").strip("\"'"))
        if place is None or int(place[2]) != number:
            raise UnreadableXmlError
        style = own.pop("s", "").strip("\"'")
        others = "".join(f" {name}={value}" for name, value in own.items())
        cells[column_number(place[1])] = RawCell(style, others, rest)
    return number, RawRow("".join(f" {name}={value}" for name, value in known.items()), height, cells)


def column_number(letters: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
