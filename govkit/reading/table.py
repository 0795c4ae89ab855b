"""A sheet as a table: the header row found, columns known by their standard names, rows with the numbers people see."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from govkit.findings import Place
from govkit.folding import fold
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading.cells import as_text
from govkit.reading.layout import (
    RECORDS,
    WIDE,
    alternatives,
    fold_header,
    known_columns,
    layouts,
    limits,
    nearest,
    required_columns,
)
from govkit.reading.sheet import CellValue, Sheet

ITEM_HEADER = re.compile(r"^([VMDB]\d+\.\d+)(?!\d)", re.IGNORECASE)
"""A column of a wide table: its header begins with the code of an item."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: raw cells under their standard names; columns that are not known under their headers."""

    number: int
    cells: dict[str, CellValue]
    extra: dict[str, str]
    items: dict[str, CellValue]

    def __getitem__(self, column: str) -> CellValue:
        """The raw cell; blank where the table lacks the column."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Table:
    """A sheet with its header row found: positions of known columns, of unknown ones, and of items (wide tables).

    `headers` are the texts over the known columns; `doubled` are headers of findings that stand there twice.
    """

    sheet: Sheet
    kind: str
    header_row: int
    columns: dict[str, int]
    unknown: dict[str, int]
    items: dict[str, int]
    headers: dict[str, str]
    doubled: list[str]

    def place(self, row: Row | None = None, column: str = "") -> Place:
        """Where a cell stands, for problems; the column is named by its own header."""
        return self.sheet.place(self.header_row if row is None else row.number, self.headers.get(column, column))

    def rows(self, taken: Callable[[list[CellValue]], bool] | None = None) -> Iterator[Row]:
        """The rows below the header: without blank rows, repeated headers, headings and footers.

        Args:
            taken: is shown the raw cells of each row first, and tells whether that has dealt with the row.
        """
        headings = self._heading_rows()
        for number in range(self.header_row + 1, len(self.sheet.rows)):
            raw = self.sheet.rows[number]
            if taken and taken(raw):
                continue
            if number in headings or all(value is None or value == "" for value in raw):
                continue
            cells = {name: raw[at] if at < len(raw) else "" for name, at in self.columns.items()}
            if not self._is_decoration(number, cells):
                extra = {name: as_text(raw[at]) for name, at in self.unknown.items() if at < len(raw)}
                items = {code: raw[at] for code, at in self.items.items() if at < len(raw)}
                yield Row(number, cells, {name: text for name, text in extra.items() if text}, items)

    def _heading_rows(self) -> set[int]:
        """Rows of the table that are one merged cell: headings and notes, not data."""
        last = max(self.columns.values())
        first = min(self.columns.values())
        return {
            row
            for merge in self.sheet.merges
            if merge.first_column <= first < last <= merge.last_column
            for row in range(merge.first_row, merge.last_row + 1)
        }

    def _is_decoration(self, number: int, cells: dict[str, CellValue]) -> bool:
        """A blank row, the header again, or a line below the table such as a total."""
        texts = {name: as_text(value).strip() for name, value in cells.items()}
        if not any(texts.values()) and not any(as_text(self.sheet.cell(number, at)) for at in self.items.values()):
            return True
        if texts == self.headers:
            return True
        first = fold(next((t for t in map(as_text, self.sheet.rows[number]) if t.strip()), ""))
        # Nothing but the text itself, which a merged cell may repeat, stands in the columns that every row must have.
        names = required_columns(self.kind) or alternatives(self.kind)[0]
        required = (fold(texts.get(name, "")) for name in names)
        bare = all(not text or text == first for text in required)
        return bare and any(first.startswith(fold(word)) for word in layouts()["words"]["footers"])


def find_table(sheet: Sheet, kind: str, problems: Problems, *, ledger_only: bool = False) -> Table | None:
    """The table of a sheet; None if a required column is missing, which is then among the problems."""
    table = match_table(sheet, kind)
    lenient = ledger_only or (table is not None and _is_foreign(table))
    required = required_columns(table.kind if table else kind, ledger_only=lenient)
    if table is None:
        others = (either for names in alternatives(kind) for either in names)
        problems.add("S03", sheet.place(), columns="、".join((*required, *others)))
        return None
    missing = [name for name in required if name not in table.columns]
    for name in missing:
        near = nearest(name, table.unknown)
        problems.add("S04" if near else "S02", table.place(), column=name, near=near)
    lacking = [names for names in alternatives(kind) if not table.columns.keys() & set(names)]
    for one, other in lacking:
        problems.add("S02", table.place(), column=say("reading.either", one=one, other=other))
    for header in table.doubled:
        problems.add("S05", table.place(column=header), column=header)
    return None if missing or lacking else table


def match_table(sheet: Sheet, kind: str) -> Table | None:
    """The table under the row that names the most known columns, among the first rows; None if no row names any."""
    best: Table | None = None
    for number in range(min(limits()["header_rows"], len(sheet.rows))):
        table = _table_under(sheet, kind, number)
        if len(table.columns) + len(table.items) > (len(best.columns) + len(best.items) if best else 0):
            best = table
    return best


def _is_foreign(table: Table) -> bool:
    """Whether a ledger is in the layout of another system, which lacks what a spot check needs."""
    headers = {fold(header) for header in (*table.headers.values(), *table.unknown)}
    return any(set(marks) <= headers for marks in layouts()["foreign"].get(table.kind, ()))


def _table_under(sheet: Sheet, kind: str, number: int) -> Table:
    known = known_columns(kind)
    ranked: dict[str, tuple[int, int]] = {}
    headers = dict(_headers(sheet, number))
    items: dict[str, int] = {}
    doubled: list[str] = []
    for at, header in headers.items():
        code = ITEM_HEADER.match(fold(header).upper())
        if code and kind == RECORDS:
            if code[1].upper() in items:
                doubled.append(header)
            items.setdefault(code[1].upper(), at)
            continue
        name, rank = known.get(fold_header(header)) or known.get(fold(header)) or ("", 0)
        if kind == RECORDS and name in ranked and rank == ranked[name][0]:
            doubled.append(header)
        if name and (name not in ranked or rank < ranked[name][0]):
            ranked[name] = (rank, at)
    columns = {name: at for name, (_, at) in ranked.items()}
    taken = {*columns.values(), *items.values()}
    unknown = _distinct((header, at) for at, header in headers.items() if at not in taken)
    wide = bool(items) and "指标编号" not in columns
    texts = {name: headers[at] for name, at in columns.items()}
    return Table(sheet, WIDE if wide else kind, number, columns, unknown, items, texts, doubled)


def _headers(sheet: Sheet, number: int) -> Iterator[tuple[int, str]]:
    """Positions and texts of a row, each merged header once."""
    repeated = {
        column
        for merge in sheet.merges
        if merge.first_row <= number <= merge.last_row
        for column in range(merge.first_column + 1, merge.last_column + 1)
    }
    for at, value in enumerate(sheet.rows[number]):
        text = as_text(value).strip()
        if text and at not in repeated:
            yield at, text


def _distinct(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Headers made distinct by a number where they repeat, so that no column is lost."""
    found: dict[str, int] = {}
    for header, at in pairs:
        name, number = header, 2
        while name in found:
            name, number = f"{header}_{number}", number + 1
        found[name] = at
    return found
