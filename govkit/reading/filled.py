"""Scoring sheets and filled-in blank sheets, read back: what stands beside each item, and what the sheet was made of.

A sheet carries its `Origin` on the hidden sheet 计算. With that, its lines and cells are found again, and the object
and the rules that it belongs to; nothing is matched by names that somebody may have typed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govkit.findings import Place
from govkit.messages import say
from govkit.origin import HIDDEN, MARK, Origin, origin_from_text
from govkit.problems import Problems
from govkit.reading.cells import as_text, is_blank
from govkit.reading.comments import commented_cells
from govkit.reading.files import read_sheets
from govkit.reading.images import CellImage, read_images
from govkit.reading.ooxml import ZIP_DAMAGE
from govkit.reading.sheet import CellValue, ErrorValue, Sheet, address_of, column_index

_PACKED = {".zip", ".rar", ".7z"}
CODE, RESULT, COUNT, NOTE = "编号", "检查结果", "数量", "问题说明"
WHO, WHEN = "检查人员", "检查时间"
_IDS = ("网站标识码", "新媒体标识码")
# LibreOffice writes functions it does not know in small letters.
_PICTURE_IN_CELL = re.compile(r"DISPIMG\(", re.IGNORECASE)
_ITEM = re.compile(r"[VMDB][0-9]+\.[0-9]+")
_PART_OF = {"V": "否决", "M": "否决", "D": "扣分", "B": "加分"}  # how the names of its columns begin
_LETTERS, _ADDRESS = re.compile(r"[A-Z]{1,3}"), re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class FilledLine:
    """The line of an item: one row, or several where its note is long.

    Attributes:
        code: of the item.
        first_row: counted from 0.
        rows: the cells of each row, by the names of their columns.
        images: the pictures on it.
    """

    code: str
    first_row: int
    rows: tuple[Mapping[str, CellValue], ...]
    images: tuple[CellImage, ...]

    @property
    def cells(self) -> Mapping[str, CellValue]:
        """The cells of the first row."""
        return self.rows[0]

    @property
    def notes(self) -> list[str]:
        """问题说明, as it stands in each row; line ends of all kinds are one."""
        return [as_text(row[NOTE]).replace("\r\n", "\n").replace("\r", "\n") for row in self.rows]

    @property
    def note(self) -> str:
        """问题说明."""
        return "\n".join(self.notes).strip()

    @property
    def result(self) -> str:
        """检查结果."""
        return as_text(self.cells[RESULT]).strip()

    @property
    def count(self) -> str:
        """数量."""
        return as_text(self.cells[COUNT]).strip()


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One sheet that came back.

    Attributes:
        origin: what it was made of.
        sheet: its raw cells.
        lines: by the codes of the items.
        doubled: the codes of items that have further lines.
        stray: pictures that stand beside no item; those on other sheets of the workbook are with its first sheet.
        comments: the addresses of cells with comments.
        others: with the first sheet of a workbook: the names of sheets in it that hold something and are none of these.
    """

    origin: Origin
    sheet: Sheet
    lines: Mapping[str, FilledLine]
    doubled: tuple[str, ...]
    stray: tuple[CellImage, ...]
    comments: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def cell(self, name: str) -> CellValue:
        """A named cell; blank where the sheet has none of this name."""
        address = self.origin.cells.get(name)
        return self.sheet.cell(*_position(address)) if address else ""

    def place(self, code: str = "", column: str = "") -> Place:
        """Where the line of an item stands, or the sheet."""
        return self.sheet.place(self.lines[code].first_row if code else None, column)

    def place_of_cell(self, name: str) -> Place:
        """Where a named cell stands."""
        return self.sheet.place(_position(self.origin.cells[name])[0], name)

    @property
    def id_cell(self) -> str:
        """The name of the cell with the 标识码 of the object."""
        return next(name for name in _IDS if name in self.origin.cells)

    @property
    def beside(self) -> tuple[str, ...]:
        """The addresses of cells at the right of the table, or below everything that the sheet was made with."""
        named = {_position(address) for address in self.origin.cells.values()}
        merges = [merge for merge in self.sheet.merges if (merge.first_row, merge.first_column) in named]
        places = [*named, *((merge.last_row, merge.last_column) for merge in merges)]
        places += [(line.first_row + len(line.rows) - 1, 0) for line in self.lines.values()]
        places += [(0, column_index(letters)) for letters in self.origin.columns.values()]
        last_row, last_column = (max(each) for each in zip(*places, strict=True))
        return tuple(
            address_of(number, column)
            for number, cells in enumerate(self.sheet.rows)
            for column, value in enumerate(cells)
            if (number > last_row or column > last_column) and not is_blank(value)
        )

    @property
    def moved(self) -> tuple[str, ...]:
        """Headings and labels that are there, but not at their cells any more: rows or columns came in or went."""
        own = {row for line in self.lines.values() for row in range(line.first_row, line.first_row + len(line.rows))}
        seen: dict[str, list[tuple[int, int]]] = {}
        for number, cells in enumerate(self.sheet.rows):
            for column, value in enumerate(cells if number not in own else ()):
                seen.setdefault(as_text(value).strip(), []).append((number, column))
        columns: dict[str, set[int]] = {}
        for name, letters in self._columns((CODE, RESULT, COUNT, NOTE)):
            columns.setdefault(name, set()).add(column_index(letters))
        wrong = [name for name, at in columns.items() if name in seen and not at & {place[1] for place in seen[name]}]
        for name in (WHO, WHEN):
            row, column = _position(self.origin.cells[name])
            if name in seen and not any(place[0] == row or place[1] == column for place in seen[name]):
                wrong.append(name)
        return tuple(wrong)

    def _columns(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        for full, letters in self.origin.columns.items():
            _, _, name = full.partition("_")
            if name in names:
                yield name, letters


def read_filled(path: Path, problems: Problems, name: str = "") -> list[FilledSheet]:
    """All sheets of a workbook that can be filled in or were filed.

    Args:
        path: of the workbook.
        problems: takes what cannot be used.
        name: what places call it; as the file where nothing is said.
    """
    before, name = len(problems), name or path.name
    if path.suffix.lower() in _PACKED:
        problems.add("F14", Place(name))
        return []
    sheets = read_sheets(path, problems, name)
    if len(problems) > before:
        return []
    origins = list(_origins(name, sheets, problems))
    if not origins and len(problems) == before:
        problems.add("S07", Place(name))
    try:
        content = path.read_bytes() if origins else b""
        images = read_images(content) if origins else []
        comments = commented_cells(content) if origins else {}
    except (KeyError, RuntimeError, SyntaxError, *ZIP_DAMAGE):
        problems.add("F04", Place(name))
        return []
    visible = [sheet for sheet in sheets if sheet.name != HIDDEN]
    found = [
        filled
        for origin in origins
        if (sheet := _sheet_of(name, origin, visible, len(origins), problems))
        for filled in [replace(_filled(origin, sheet, images), comments=tuple(comments.get(sheet.name, ())))]
    ]
    return found if len(problems) > before else _with_others(found, visible, images, problems)


def _origins(workbook: str, sheets: list[Sheet], problems: Problems) -> Iterator[Origin]:
    for sheet in sheets:
        if sheet.name != HIDDEN:
            continue
        for row in sheet.rows:
            if row and as_text(row[0]) == MARK:
                try:
                    yield _checked(origin_from_text("".join(map(as_text, row[1:]))))
                except ValueError:
                    problems.add("S08", Place(workbook, sheet.name))


def _checked(origin: Origin) -> Origin:
    """An origin that says where everything is.

    Raises:
        ValueError: it does not.
    """
    names = {name.partition("_")[::2] for name in origin.columns}
    lacking = {(part, name) for part, _ in names for name in (CODE, RESULT, COUNT, NOTE)} - names
    cells = {WHO, WHEN} - origin.cells.keys()
    if not names or lacking or cells or not any(name in origin.cells for name in _IDS):
        raise ValueError(origin.sheet)
    if not all(map(_ADDRESS.fullmatch, origin.cells.values())) or not all(
        map(_LETTERS.fullmatch, origin.columns.values())
    ):
        raise ValueError(origin.sheet)
    return origin


def _sheet_of(workbook: str, origin: Origin, visible: Sequence[Sheet], number: int, problems: Problems) -> Sheet | None:
    """The sheet that was made of this; where there is only one, it may be called otherwise by now."""
    sheet = next((sheet for sheet in visible if sheet.name == origin.sheet), None)
    if sheet is None and number == len(visible) == 1:
        return visible[0]
    if sheet is None:
        problems.add("S09", Place(workbook), sheet=origin.sheet, id=origin.subject.id)
    return sheet


def _filled(origin: Origin, sheet: Sheet, images: Sequence[CellImage]) -> FilledSheet:
    own = [image for image in images if image.sheet == sheet.name]
    lines, doubled = _lines(origin, sheet, own)
    taken = {id(image) for line in lines.values() for image in line.images}
    return FilledSheet(origin, sheet, lines, doubled, tuple(image for image in own if id(image) not in taken))


def _with_others(
    found: list[FilledSheet], visible: Sequence[Sheet], images: Sequence[CellImage], problems: Problems
) -> list[FilledSheet]:
    """The sheets, with the pictures on others. A copy of a sheet is refused: nobody can tell what it belongs to."""
    known = {filled.sheet.name for filled in found}
    for sheet in visible:
        if sheet.name not in known and _lines(found[0].origin, sheet, ())[0]:
            problems.add("S12", sheet.place(), sheet=sheet.name)
    stray = (*found[0].stray, *(image for image in images if image.sheet not in known)) if found else ()
    others = [s.name for s in visible if s.name not in known and not all(is_blank(v) for row in s.rows for v in row)]
    return [replace(found[0], stray=stray, others=tuple(others)), *found[1:]] if found else found


def _lines(origin: Origin, sheet: Sheet, images: Sequence[CellImage]) -> tuple[dict[str, FilledLine], tuple[str, ...]]:
    """The lines by code, and the codes of further lines."""
    columns: dict[str, dict[str, int]] = {}
    for name, letters in origin.columns.items():
        prefix, _, column = name.partition("_")
        columns.setdefault(prefix, {})[column] = column_index(letters)
    joined = {
        (row, merge.first_column) for merge in sheet.merges for row in range(merge.first_row + 1, merge.last_row + 1)
    }
    found: dict[str, FilledLine] = {}
    doubled: dict[str, None] = {}
    for number in range(len(sheet.rows)):
        for prefix, own in columns.items():
            at = own[CODE]
            code = as_text(sheet.cell(number, at)).strip()
            if not _ITEM.fullmatch(code) or _PART_OF[code[0]] != prefix:
                continue
            pictures = tuple(image for image in images if image.row == number)
            shown_in = {image.column for image in pictures}
            cells = {name: _sound(sheet.cell(number, column), column in shown_in) for name, column in own.items()}
            before = found.get(code)
            if before is None:
                found[code] = FilledLine(code, number, (cells,), pictures)
            elif number == before.first_row + len(before.rows) and ((number, at) in joined or _goes_on(cells)):
                found[code] = replace(before, rows=(*before.rows, cells), images=(*before.images, *pictures))
            else:
                doubled[code] = None
    return found, tuple(doubled)


def _goes_on(cells: Mapping[str, CellValue]) -> bool:
    """Whether a row continues the one before it on a further page."""
    return say("sheet.again") in (cells[RESULT], cells[COUNT])


def _sound(value: CellValue, is_shown: bool) -> CellValue:
    """A cell without what stands in the place of the picture in it; a picture that got lost is an error."""
    if isinstance(value, ErrorValue):
        return "" if is_shown else value
    if not isinstance(value, str) or not _PICTURE_IN_CELL.search(value):
        return value
    return "" if is_shown else ErrorValue(value)


def _position(address: str) -> tuple[int, int]:
    place = _ADDRESS.fullmatch(address)
    assert place is not None  # `_checked`
    return int(place[2]) - 1, column_index(place[1])
