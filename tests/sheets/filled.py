"""Workbooks of blank scoring sheets as people fill them in, and what other programs then calculate."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import isclose
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

import formualizer
from python_calamine import CalamineWorkbook

from govkit.findings import Outcome
from govkit.origin import HIDDEN, MARK, Origin, origin_from_text
from govkit.rubric import PartName, Rubric
from govkit.sheets.formulas import PREFIX
from tests.recalculate import converted
from tests.sheets.fills import Fill, Typed

Grid = Sequence[Sequence[object]]
Calculated = Mapping[str, Sequence[Mapping[str, Grid]]]
"""By the judge: the workbooks in their order, with the grids of their sheets."""

JUDGES = ("LibreOffice", "formualizer")
_NAMES = {
    "": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_LETTERS = re.compile(r"([A-Z]+)([0-9]+)")


def sheet_members(content: bytes) -> dict[str, str]:
    """The members of a workbook that hold its sheets, by their titles."""
    with ZipFile(BytesIO(content)) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - our own
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    own = f"{{{_NAMES['r']}}}id"
    return {
        str(sheet.get("name")): normpath(join("/xl", targets[sheet.get(own)])).lstrip("/")
        for sheet in book.findall("sheets/sheet", _NAMES)
    }


def typed_into(content: bytes, typed: Mapping[str, Mapping[str, Typed]]) -> bytes:
    """A workbook with values in blank cells, by sheet and place; what it had calculated stays as it was."""
    members = sheet_members(content)
    values = {members[title]: cells for title, cells in typed.items()}
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _typed_into(data.decode(), values[name]) if name in values else data)
    return stream.getvalue()


def _typed_into(xml: str, cells: Mapping[str, Typed]) -> str:
    left = {place: value for place, value in cells.items() if value != ""}

    def filled(cell: re.Match[str]) -> str:
        if cell[2] not in left:
            return cell[0]
        value = left.pop(cell[2])
        if isinstance(value, str):
            return f'{cell[1]} t="inlineStr"><is><t>{value}</t></is></c>'
        return f"{cell[1]}><v>{value}</v></c>"

    xml = re.sub(r'(<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?)/>', filled, xml)
    assert not left, f"no blank cells: {left}"
    return xml


def grids(content: bytes) -> dict[str, Grid]:
    """What the cells of a workbook show, by sheet: fast, as there are many."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def at(grid: Sequence[Sequence[object]], place: str) -> object:
    """What a cell shows, such as C12."""
    letters, row = _LETTERS.findall(place)[0]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    in_row = grid[int(row) - 1] if int(row) <= len(grid) else []
    return in_row[column - 1] if column <= len(in_row) else ""


def origins(book: Mapping[str, Grid]) -> Iterator[Origin]:
    """What the sheets of a workbook were made of."""
    for line in book[HIDDEN]:
        if line[0] == MARK:
            yield origin_from_text("".join(map(str, line[1:])))


@dataclass(frozen=True, slots=True)
class Places:
    """Where a blank sheet has what."""

    origin: Origin
    rows: Mapping[str, int]
    rubric: Rubric

    def column(self, code: str, name: str) -> str:
        """The cell of an item under a heading."""
        prefix = PREFIX[self.rubric.row_of[code].part]
        return f"{self.origin.columns[f'{prefix}_{name}']}{self.rows[code]}"

    def named(self, place: str) -> str:
        """What a cell is called: the name of a cell, or of a column after the item's code."""
        names = {cell: name for name, cell in self.origin.cells.items()}
        if place in names:
            return names[place]
        letters, row = _LETTERS.findall(place)[0]
        (code,) = (code for code, number in self.rows.items() if number == int(row))
        prefix = PREFIX[self.rubric.row_of[code].part]
        (name,) = (
            name.removeprefix(f"{prefix}_")
            for name, column in self.origin.columns.items()
            if column == letters and name.startswith(f"{prefix}_")
        )
        return f"{code}/{name}"

    def typed(self, fill: Fill, word: Callable[[Outcome, PartName], str]) -> dict[str, Typed]:
        """The cells that a fill is typed into."""
        cells: dict[str, Typed] = {}
        for code, (outcome, count) in fill.typed.items():
            if outcome is not None:
                cells[self.column(code, "检查结果")] = word(outcome, self.rubric.row_of[code].part)
            cells[self.column(code, "数量")] = count
        return cells


def places(book: Mapping[str, Grid], rubric: Rubric) -> dict[str, Places]:
    """Where the sheets of a workbook have what, by their titles."""
    found = {}
    for origin in origins(book):
        grid = book[origin.sheet]
        columns = {column for name, column in origin.columns.items() if name.endswith("_编号")}
        rows = {
            str(code): number
            for number in range(1, len(grid) + 1)
            for column in columns
            if (code := at(grid, f"{column}{number}")) in rubric.items
        }
        found[origin.sheet] = Places(origin, rows, rubric)
    return found


def formula_cells(content: bytes, title: str) -> list[str]:
    """The cells of a sheet that hold formulas."""
    with ZipFile(BytesIO(content)) as archive:
        xml = archive.read(sheet_members(content)[title]).decode()
    return re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>', xml)


def by_both(contents: Sequence[bytes], folder: Path) -> Calculated:
    """What workbooks show once each judge has calculated them."""
    files = [folder / f"{number}.xlsx" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    return {
        "LibreOffice": [grids(file.read_bytes()) for file in converted(files, ".xlsx", folder)],
        "formualizer": [grids(formualizer.recalculate_xlsx_bytes(content)["bytes"]) for content in contents],
    }


def agrees(value: object, expected: object) -> bool:
    """Whether a cell shows a text or a figure."""
    if isinstance(expected, str):
        return value == expected
    assert isinstance(expected, int | float | Decimal)
    return isinstance(value, int | float) and isclose(value, expected, abs_tol=1e-6)
