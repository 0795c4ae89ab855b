"""Scoring sheets and filled-in blank sheets, read back: what stands beside each item, and what the sheet was made of.

A sheet carries its `Origin` on the hidden sheet 计算. With that, its lines and cells are found again, and the object
and the rules that it belongs to; nothing is matched by names that somebody may have typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from govkit.file_names import picture_name
from govkit.findings import Finding, Place
from govkit.messages import say
from govkit.origin import Origin, origin_from_text
from govkit.problems import Problems
from govkit.reading.cells import as_text
from govkit.reading.files import read_sheets
from govkit.reading.images import CellImage, read_images
from govkit.reading.ledgers import Ledger
from govkit.reading.ooxml import ZIP_DAMAGE
from govkit.reading.records import Records
from govkit.reading.sheet import CellValue, ErrorValue, Sheet, column_index
from govkit.reading.table import Row, Table
from govkit.rubric import Rubric

_HIDDEN, _MARK = "计算", "govkit"
_CODE, _RESULT, _COUNT, _NOTE = "编号", "检查结果", "数量", "问题说明"
_RECORD = {_CODE: "指标编号"}
_WHO, _WHEN = "检查人员", "检查时间"
_PICTURE_IN_CELL = "DISPIMG("
_ITEM = re.compile(r"[VMDB][0-9]+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class FilledLine:
    """The line of an item. `cells` are by the names of their columns; a note that goes on in further rows is whole.

    Rows count from 0.
    """

    code: str
    first_row: int
    last_row: int
    cells: Mapping[str, CellValue]
    images: tuple[CellImage, ...]

    @property
    def note(self) -> str:
        """问题说明."""
        return as_text(self.cells[_NOTE]).strip()

    @property
    def result(self) -> str:
        """检查结果."""
        return as_text(self.cells[_RESULT]).strip()

    @property
    def count(self) -> str:
        """数量."""
        return as_text(self.cells[_COUNT]).strip()


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One sheet that came back.

    Attributes:
        origin: what it was made of.
        sheet: its raw cells.
        lines: by the codes of the items.
        stray: pictures that stand beside no item.
    """

    origin: Origin
    sheet: Sheet
    lines: Mapping[str, FilledLine]
    stray: tuple[CellImage, ...]

    def cell(self, name: str) -> CellValue:
        """A named cell; blank where the sheet has none of this name."""
        address = self.origin.cells.get(name)
        return _at(self.sheet, address) if address else ""

    def place(self, code: str = "", column: str = "") -> Place:
        """Where the line of an item stands, or the sheet."""
        return self.sheet.place(self.lines[code].first_row if code else None, column)


def read_filled(path: Path, problems: Problems) -> list[FilledSheet]:
    """All sheets of a workbook that can be filled in or were filed; what cannot be used is among the problems."""
    before = len(problems)
    sheets = read_sheets(path, problems)
    if len(problems) > before:
        return []
    origins = list(_origins(path.name, sheets, problems))
    if not origins and len(problems) == before:
        problems.add("S07", Place(path.name))
    try:
        images = read_images(path.read_bytes())
    except (KeyError, RuntimeError, SyntaxError, *ZIP_DAMAGE):
        problems.add("F04", Place(path.name))
        return []
    return [
        found for origin in origins if (found := _filled(path.name, origin, sheets, images, len(origins), problems))
    ]


def read_answers(
    filled: FilledSheet, changed: Mapping[str, str], rubric: Rubric, problems: Problems
) -> dict[str, Finding]:
    """The answers of some lines, by item; lines without any are left out.

    Args:
        filled: the sheet.
        changed: the items whose lines are read, each with the note as it was typed, without what govkit wrote there.
        rubric: the rules.
        problems: takes what is wrong, each at its cell.
    """
    ledger = Ledger()
    ledger.add(filled.origin.subject)
    records = Records(ledger, rubric, problems, lambda _: None)
    headers = {_RECORD.get(name, name): name for name in (_CODE, _RESULT, _COUNT, _NOTE)}
    table = Table(filled.sheet, "", 0, {}, {}, {}, headers, [])
    for code, typed in changed.items():
        line = filled.lines[code]
        note, url = _apart(typed)
        pictures = "；".join(dict.fromkeys(picture_name(i.content, i.suffix) for i in line.images))
        unscored = line.result in _unscored()
        cells: dict[str, CellValue] = {
            "检查对象标识码": filled.origin.subject.id,
            "指标编号": code,
            _RESULT: "" if unscored else line.cells[_RESULT],
            _COUNT: "" if unscored or line.count == say("sheet.none") else line.cells[_COUNT],
            _NOTE: note,
            "问题网址": url,
            "截图": pictures,
            "检查人": filled.cell(_WHO),
            _WHEN: filled.cell(_WHEN),
        }
        records.read_row(table, Row(line.first_row, cells, {}, {}))
    return {code: finding for (_, code), finding in records.findings.items()}


def _unscored() -> set[str]:
    """Words that stand in place of a result where nothing was recorded."""
    return {say(f"sheet.{key}") for key in ("no_more", "not_scored", "out_of_scope")}


def _apart(typed: str) -> tuple[str, str]:
    """A note, and the address in a line of its own."""
    start = say("sheet.url", url="")
    lines = typed.split("\n")
    urls = [line.removeprefix(start).strip() for line in lines if line.startswith(start)]
    return "\n".join(line for line in lines if not line.startswith(start)).strip(), "；".join(filter(None, urls))


def _origins(workbook: str, sheets: list[Sheet], problems: Problems) -> Iterator[Origin]:
    for sheet in sheets:
        if sheet.name != _HIDDEN:
            continue
        for row in sheet.rows:
            if row and as_text(row[0]) == _MARK:
                try:
                    yield origin_from_text("".join(map(as_text, row[1:])))
                except ValueError:
                    problems.add("S08", Place(workbook, sheet.name))


def _filled(
    workbook: str, origin: Origin, sheets: list[Sheet], images: list[CellImage], number: int, problems: Problems
) -> FilledSheet | None:
    visible = [sheet for sheet in sheets if sheet.name != _HIDDEN]
    sheet = next((sheet for sheet in visible if sheet.name == origin.sheet), None)
    if sheet is None and number == len(visible) == 1:
        sheet = visible[0]
    if sheet is None:
        problems.add("S09", Place(workbook), sheet=origin.sheet, id=origin.subject.id)
        return None
    own = [image for image in images if image.sheet == sheet.name]
    lines = _lines(origin, sheet, own)
    taken = {id(image) for line in lines.values() for image in line.images}
    return FilledSheet(origin, sheet, lines, tuple(image for image in own if id(image) not in taken))


def _lines(origin: Origin, sheet: Sheet, images: list[CellImage]) -> dict[str, FilledLine]:
    """The lines by code: a code stands in the first row of its line, and may stand there again where a note goes on."""
    columns: dict[str, dict[str, int]] = {}
    for name, letters in origin.columns.items():
        prefix, _, column = name.partition("_")
        columns.setdefault(prefix, {})[column] = column_index(letters)
    code_columns = {own[_CODE]: own for own in columns.values()}
    found: dict[str, FilledLine] = {}
    for number in range(len(sheet.rows)):
        for at, own in code_columns.items():
            code = as_text(sheet.cell(number, at)).strip()
            if _ITEM.fullmatch(code):
                cells = {column: sheet.cell(number, place) for column, place in own.items()}
                pictures = tuple(image for image in images if image.row == number)
                found[code] = _with(
                    found.get(code), FilledLine(code, number, number, _sound(cells, pictures), pictures)
                )
    return found


def _with(before: FilledLine | None, line: FilledLine) -> FilledLine:
    """A line with a further row of its note."""
    if before is None:
        return line
    note = as_text(before.cells[_NOTE]) + "\n" + as_text(line.cells[_NOTE])
    images = (*before.images, *line.images)
    return replace(before, last_row=line.last_row, cells={**before.cells, _NOTE: note.strip("\n")}, images=images)


def _sound(cells: Mapping[str, CellValue], images: tuple[CellImage, ...]) -> dict[str, CellValue]:
    """The cells without what stands in the place of a picture."""

    def is_picture(value: CellValue) -> bool:
        return (isinstance(value, ErrorValue) and bool(images)) or _PICTURE_IN_CELL in as_text(value)

    return {name: "" if is_picture(value) else value for name, value in cells.items()}


def _at(sheet: Sheet, address: str) -> CellValue:
    letters = address.rstrip("0123456789")
    return sheet.cell(int(address[len(letters) :]) - 1, column_index(letters))
