"""Whether a sheet shows to a person what its cells hold: formulas, labels, formats, and what hides or covers cells.

What belongs to the office's template is held against the sheet made once more, as long as the template is the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import govkit
from govkit.collecting.proof import Difference, is_shown, must_show
from govkit.messages import say
from govkit.origin import HIDDEN, MARK, origin_from_text
from govkit.problems import Problems
from govkit.reading import FilledSheet, shown_text
from govkit.reading.sheet import column_index
from govkit.rubric import Rubric
from govkit.sheets.form import Filled
from govkit.sheets.formulas import PREFIX
from govkit.sheets.remade import Remaker, is_same_book
from govkit.sheets.seen import (
    Position,
    SeenBook,
    SeenCell,
    SeenSheet,
    UnreadableBookError,
    address_of,
    letters_of,
    plain_formula,
    position_of,
    seen_book,
)
from govkit.sheets.values import resolved

_FILLED_IN = {"检查结果", "数量", "问题说明", "检查人员", "检查时间"}
_RELEASE = re.compile(r"govkit ([0-9][^ ]*) ")
_FAITHFUL = re.compile(r"General|@|(#,##)?0\.00+(_[ )-])?", re.IGNORECASE)  # show a figure to the hundredth
_NOTHING = SeenCell("", "", "", "General", frozenset(), "")


class _Known(NamedTuple):
    """A cell that the findings decide: its name or item, its column, and its formula if it has one."""

    where: str
    column: str
    formula: str


@dataclass(slots=True)
class Looks:
    """Looks at filed workbooks, one after the other.

    Attributes:
        uncompared: sheets whose template has changed since; title, labels and looks of these were not compared.
    """

    uncompared: list[FilledSheet] = field(default_factory=list)
    _remaker: Remaker = field(default_factory=Remaker)

    def differences(
        self, content: bytes, sheets: Sequence[FilledSheet], rubrics: Mapping[str, Rubric], problems: Problems
    ) -> list[tuple[FilledSheet, Difference]]:
        """All that is shown otherwise than it must be, but for what `proof.differences` finds.

        Args:
            content: the workbook.
            sheets: all that was read in it.
            rubrics: their rules, by their hash.
            problems: takes what keeps the workbook from being looked at.

        Raises:
            OutputError: a template cannot be used.
        """
        made: dict[int, bytes] = {}
        for number, sheet in enumerate(sheets):
            if self._remaker.has_template(sheet.origin):
                made[number] = self._remaker.book(sheet.origin, rubrics[sheet.origin.rubric_sha256])
        if len(sheets) == len(made) == 1 and is_same_book(content, made[0]):
            return []
        try:
            book = seen_book(content)
            pages = [book.sheets[sheet.sheet.name] for sheet in sheets]
            blocks = _blocks(book.sheets[HIDDEN])[: len(sheets)]
        except (UnreadableBookError, KeyError):
            problems.add("F04", sheets[0].place())
            return []
        found: list[tuple[FilledSheet, Difference]] = []
        for number, (sheet, page, block) in enumerate(zip(sheets, pages, blocks, strict=True)):
            other = _made(sheet, seen_book(made[number])) if number in made else None
            if other is None:
                self.uncompared.append(sheet)
            rubric = rubrics[sheet.origin.rubric_sha256]
            one = _One(sheet, rubric, page, book.sheets[HIDDEN], block)
            found += [(sheet, difference) for difference in one.differences(other)]
            found += [(sheet, difference) for difference in _around(sheet, book, sheets if number == 0 else (), other)]
        return found


def _blocks(hidden: SeenSheet) -> list[int]:
    """The rows in which the blocks of objects begin."""
    return [row for (row, column), cell in sorted(hidden.cells.items()) if column == 1 and cell.value == MARK]


def _made(sheet: FilledSheet, made: SeenBook) -> SeenBook | None:
    """The workbook made once more, unless it is another release that made it, which places cells elsewhere."""
    first = sorted((column, cell.value) for (row, column), cell in made.sheets[HIDDEN].cells.items() if row == 1)
    origin = origin_from_text("".join(str(value) for _, value in first[1:]))
    is_alike = (origin.cells, origin.columns) == (sheet.origin.cells, sheet.origin.columns)
    return made if is_alike or _release(sheet) == govkit.__version__ else None


def _release(sheet: FilledSheet) -> str:
    """The release that wrote a sheet, as the sheet says."""
    found = _RELEASE.search(shown_text(sheet.cell("规则说明")))
    return found[1] if found else ""


class _One:
    """A sheet while it is looked at."""

    def __init__(self, sheet: FilledSheet, rubric: Rubric, page: SeenSheet, hidden: SeenSheet, block: int) -> None:
        self._sheet, self._rubric, self._page, self._hidden, self._block = sheet, rubric, page, hidden, block
        self._must = must_show(sheet, rubric)
        self._known = dict(self._known_cells())

    def differences(self, made: SeenBook | None) -> Iterator[Difference]:
        """What is not as it must be; against the sheet made once more where there is one."""
        yield from self._computed()
        other = made.sheets[self._sheet.origin.sheet] if made else None
        yield from self._looks(other)
        if other:
            yield from self._labels(other)
            yield from self._hiding(other)

    def _known_cells(self) -> Iterator[tuple[Position, _Known]]:
        origin, formulas = self._sheet.origin, self._must.formulas
        for name, address in origin.cells.items():
            yield position_of(address), _Known(name, "", formulas.get(name, ""))
        for code, line in self._sheet.lines.items():
            prefix = PREFIX[self._rubric.row_of[code].part]
            for full, letters in origin.columns.items():
                own, _, column = full.partition("_")
                if own == prefix:
                    for number in range(len(line.rows)):
                        formula = "" if number else formulas.get(f"{code}/{column}", "")
                        yield (line.first_row + 1 + number, column_index(letters) + 1), _Known(code, column, formula)

    def _place(self, position: Position) -> tuple[str, str]:
        """The address of a cell, and what it is."""
        known = self._known.get(position)
        return address_of(position), f"{known.where} {known.column}".strip() if known else ""

    def _computed(self) -> Iterator[Difference]:
        """Formulas that are not those that the sheet was made with; of another release, they are told as one."""
        found = [*self._computed_here(), *self._computed_hidden()]
        if found and (release := _release(self._sheet)) != govkit.__version__:
            shown = say("verify.other_formulas", number=len(found), release=release)
            found = [Difference("formulas", "", "", shown, say("verify.use_release", release=release))]
        yield from found

    def _computed_here(self) -> Iterator[Difference]:
        origin = self._sheet.origin
        rows = {code: line.first_row + 1 for code, line in self._sheet.lines.items()}
        title = self._sheet.sheet.name
        address = Filled(title, origin.cells, origin.columns, rows).addresses(self._block, hidden=False)
        for position, known in self._known.items():
            cell = self._page.cells.get(position, _NOTHING)
            must = resolved(known.formula, address) if known.formula else ""
            if cell.formula and cell.formula != plain_formula(must):
                expected = f"={must}" if must else say("verify.no_formula")
                yield Difference("formulas", *self._place(position), cell.written, expected)

    def _computed_hidden(self) -> Iterator[Difference]:
        origin = self._sheet.origin
        rows = {code: line.first_row + 1 for code, line in self._sheet.lines.items()}
        title = self._sheet.sheet.name
        address = Filled(title, origin.cells, origin.columns, rows).addresses(self._block, hidden=True)
        for row, line in enumerate(self._must.hidden, self._block + 1):
            for column, (value, text) in enumerate(line, 1):
                cell = self._hidden.cells.get((row, column), _NOTHING)
                must = resolved(text, address)
                is_same = is_shown(str(cell.value), value)
                if cell.formula:
                    is_same = cell.formula == plain_formula(must)
                if not is_same:
                    where = f"{HIDDEN}!{address_of((row, column))}"
                    expected = f"={must}" if must else str(value)
                    yield Difference("formulas", where, str(line[0][0]), cell.written or str(cell.value), expected)

    def _looks(self, other: SeenSheet | None) -> Iterator[Difference]:
        """Cells that show something else than they hold, or nothing."""
        for position, cell in sorted(self._page.cells.items()):
            known = self._known.get(position)
            if (known is None and other is None) or self._is_entry(known):
                continue
            like = other.cells.get(position, _NOTHING) if other else None
            place = self._place(position)
            wanted = like.number_format if like else "0.00"
            if cell.number_format != wanted and not _FAITHFUL.fullmatch(cell.number_format):
                yield Difference("looks", *place, say("verify.format", format=cell.number_format), wanted)
            for fault in sorted(cell.faults - (like.faults if like else frozenset())):
                yield Difference("looks", *place, say(f"verify.{fault}"), say("verify.legible"))
            if cell.comment and cell.comment != (like.comment if like else ""):
                yield Difference("looks", *place, say("verify.comment", text=cell.comment), say("sheet.none"))

    def _is_entry(self, known: _Known | None) -> bool:
        """Whether people may have filled in a cell as they like."""
        return bool(known and self._sheet.origin.fillable and {known.where, known.column} & _FILLED_IN)

    def _labels(self, other: SeenSheet) -> Iterator[Difference]:
        """Texts of the template that are others, gone, or more."""
        for position in sorted({*self._page.cells, *other.cells} - self._known.keys()):
            cell, like = (page.cells.get(position, _NOTHING) for page in (self._page, other))
            if cell.formula != like.formula or not is_shown(str(cell.value), like.value):
                shown, expected = (each.written or str(each.value) for each in (cell, like))
                yield Difference("labels", address_of(position), "", shown, expected)

    def _hiding(self, other: SeenSheet) -> Iterator[Difference]:
        """Rows and columns out of sight, cells merged or parted, formats that depend on conditions, other footers."""
        page = self._page
        rows = (f"{first}:{last}" for first, last in _runs(page.hidden_rows - other.hidden_rows))
        columns = (
            f"{letters_of(first)}:{letters_of(last)}"
            for first, last in _runs(page.hidden_columns - other.hidden_columns)
        )
        for where, what in (*((each, "rows") for each in rows), *((each, "columns") for each in columns)):
            yield Difference("looks", where, say(f"verify.{what}"), say("verify.hidden"), say("verify.open"))
        for merge in sorted(page.merges ^ other.merges):
            words = say("verify.merged"), say("verify.parted")
            yield Difference("looks", merge, "", *(words if merge in page.merges else words[::-1]))
        for area, condition in sorted(page.conditions - other.conditions):
            yield Difference("looks", area, say("verify.condition"), condition, say("sheet.none"))
        if _squeezed(page.printed) != _squeezed(other.printed):
            yield Difference("labels", say("verify.footer"), "", page.printed.strip(), other.printed.strip())


def _around(
    sheet: FilledSheet, book: SeenBook, sheets: Sequence[FilledSheet], made: SeenBook | None
) -> Iterator[Difference]:
    """What is not as it must be beside the cells of a sheet; of its workbook where all its sheets are given."""
    title = sheet.sheet.name
    if not book.sheets[title].is_visible:
        yield Difference("looks", say("place.sheet", value=title), "", say("verify.hidden"), say("verify.open"))
    if title != sheet.origin.sheet:
        yield Difference("labels", say("verify.title"), "", title, sheet.origin.sheet)
    if not sheets:
        return
    own = {each.sheet.name for each in sheets} | (made.sheets.keys() if made else set())
    for other, page in book.sheets.items():
        if page.is_visible and other not in own:
            where = say("place.sheet", value=other)
            yield Difference("looks", where, "", say("verify.more_sheet"), say("verify.no_sheet"))
    if made and not sheet.origin.fillable:
        for key, number, most in (
            ("shapes", book.shapes, made.shapes),
            ("conditions", book.new_conditions, made.new_conditions),
        ):
            if number > most:
                yield Difference(
                    "looks", say("place.sheet", value=title), "", say(f"verify.{key}", number=number), str(most)
                )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that follow one another."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        own = [number for _, number in run]
        yield own[0], own[-1]


def _squeezed(text: str) -> str:
    """A text without white space, and whatever release wrote it."""
    return "".join(_RELEASE.sub("", f"{text} ").split())
