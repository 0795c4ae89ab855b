"""Tables in as text: CSV and TSV in the encodings that offices use, and HTML tables that call themselves .xls."""

import codecs
import csv
import io
import re
from itertools import chain, islice
from typing import cast

from lxml import etree, html

from govkit.reading.sheet import CellValue, Merge, Sheet

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DELIMITERS = ",\t;"
_SAMPLE_LINES = 20
_WRAPPED = '="'
_MOST_SPAN = 1_000


class NoTextError(Exception):
    """Neither a table nor text in a known encoding. `delimited` tells whether it looked like text at all."""

    def __init__(self, *, delimited: bool) -> None:
        super().__init__()
        self.delimited = delimited


def decode(content: bytes) -> str:
    """Text by its byte order mark, else strictly UTF-8, else GB18030 (which holds GBK and GB2312).

    Raises:
        NoTextError: it is neither, or holds bytes that no text has.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if b"\0" in content:
        raise NoTextError(delimited=False)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(content, "gb18030")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NoTextError(delimited=True) from None


def read_delimited(workbook: str, name: str, content: bytes) -> Sheet:
    """A CSV or TSV; a cell with line breaks in it is one cell of one row, as in a spreadsheet program.

    Raises:
        NoTextError: it is no text.
    """
    text = decode(content)
    # A StringIO would take four bytes for every character of a long table.
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")
    sample = list(islice(lines, _SAMPLE_LINES))
    delimiter = max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in sample))
    try:
        rows = list(csv.reader(chain(sample, lines), delimiter=delimiter))
    except csv.Error:
        raise NoTextError(delimited=True) from None
    if _WRAPPED in text:
        rows = [[_unwrapped(cell) for cell in row] for row in rows]
    return Sheet(workbook, name, cast("list[list[CellValue]]", rows))


def _unwrapped(cell: str) -> str:
    """What exports wrap as ="0012" so that a spreadsheet program keeps the zeros is the text inside."""
    return cell[len(_WRAPPED) : -1] if cell.startswith(_WRAPPED) and cell.endswith('"') else cell


def read_html(workbook: str, name: str, content: bytes) -> list[Sheet]:
    """Each table of an HTML page is a sheet, named by its caption, else by the file.

    Raises:
        NoTextError: it is no text, or holds no table.
    """
    parser = html.HTMLParser(no_network=True, huge_tree=True)
    try:
        # Decoded text must not declare an encoding any more.
        page = html.fromstring(_XML_DECLARATION.sub("", decode(content)), parser=parser)
    except etree.ParserError:
        raise NoTextError(delimited=False) from None
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    if not tables:
        raise NoTextError(delimited=False)
    return [_html_table(workbook, name, cast("html.HtmlElement", table)) for table in tables]


def _html_table(workbook: str, name: str, table: html.HtmlElement) -> Sheet:
    cells: dict[tuple[int, int], CellValue] = {}
    taken: set[tuple[int, int]] = set()
    merges = []
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            cells[row, column] = " ".join(cell.text_content().split())
            taken |= {(row + r, column + c) for r in range(down) for c in range(across)}
            if down > 1 or across > 1:
                merges.append(Merge(row, column, row + down - 1, column + across - 1))
            column += across
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    rows = [[cells.get((row, column), "") for column in range(width)] for row in range(height)]
    caption = table.findtext("caption")
    sheet = Sheet(workbook, caption.strip() if caption else name, rows, merges)
    sheet.fill_merges()
    return sheet


def _span(cell: html.HtmlElement, attribute: str) -> int:
    value = cell.get(attribute, "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() else 1
