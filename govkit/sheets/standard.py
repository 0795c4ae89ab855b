"""Standard tables: sheets with the headers that `reading` knows, so written that the same is read from them."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook

from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.reading.layout import ACCOUNTS, SITES, fold_header, known_columns, layouts
from govkit.sheets.errors import OutputError
from govkit.sheets.tables import finish
from govkit.sheets.template import saved
from govkit.sheets.text import exact, like_formula

_SHEETS = {Kind.SITE: SITES, Kind.ACCOUNT: ACCOUNTS}
_OWN = {Kind.SITE: ("网站标识码", "网站名称"), Kind.ACCOUNT: ("新媒体标识码", "账号名称")}
_FIRST_DAY, _FIRST_SURE_DAY = datetime(1899, 12, 30), date(1900, 3, 1)  # noqa: DTZ001 - workbooks know no time zones
_NUMBERED_DAYS = range(20_000, 80_000)  # of 1954 to 2118: other numbers are not read as days
_EXACT = 10**15
"""Numbers that a spreadsheet keeps all digits of are smaller."""

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A row: what stands under standard headers, and under further ones."""

    cells: Mapping[str, Value]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandardTable:
    """A sheet before it is written."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook_of(tables: Iterable[StandardTable]) -> bytes:
    """A workbook with these sheets.

    Raises:
        OutputError: a text does not fit into a cell.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govkit"
    for table in tables:
        sheet: Any = book.create_sheet(table.name)
        for number, values in enumerate((table.header, *table.rows), 1):
            for column, value in enumerate(values, 1):
                if value is not None and value != "":
                    try:
                        _put(sheet.cell(number, column), value)
                    except ValueError as error:
                        header = table.header[column - 1]
                        place = {"sheet": table.name, "row": number, "column": header}
                        raise OutputError(say("spot_check.cell", **place, error=error)) from error
        finish(sheet, table.header)
    return saved(book)


def ledger_tables(subjects: Sequence[Subject]) -> Iterable[StandardTable]:
    """网站台账 and 账号台账 with all that is known of these objects; a kind of which there are none has no sheet."""
    for kind, name in _SHEETS.items():
        own = [subject for subject in subjects if subject.kind == kind]
        if own:
            yield table_of(name, name, [_subject(subject) for subject in own])


def columns(kind: str) -> Sequence[str]:
    """The standard headers of a sheet, in their order."""
    return tuple(layouts()["columns"][kind])


def table_of(
    name: str, kind: str, rows: Sequence[StandardRow], always: Iterable[str] = (), items: Iterable[str] = ()
) -> StandardTable:
    """A table with the standard columns that its rows need, in their order, and then the further ones.

    A standard column also stands there, blank, where a further one would be taken for it.
    """
    others = list(dict.fromkeys(header for row in rows for header in row.extra))
    needed = {*always, *(header for row in rows for header in row.cells), *(meant(kind, h)[0] for h in others)}
    first, second, *rest = columns(kind)
    own = [header for header in (first, second, *items, *rest) if header in needed]
    values = [[*map(row.cells.get, own), *map(row.extra.get, others)] for row in rows]
    return StandardTable(name, [*own, *others], values)


def meant(kind: str, header: str) -> tuple[str, int]:
    """The standard column that a header is taken for, and its rank among those: 0 is the standard name itself."""
    known = known_columns(kind)
    return known.get(fold_header(header)) or known.get(fold(header)) or ("", 1)


def _put(cell: Any, value: Value) -> None:
    """Write a value so that it is read back as it is.

    Raises:
        ValueError: no cell can hold it.
    """
    if isinstance(value, int) and abs(value) >= _EXACT:
        value = str(value)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = exact(value)
    cell.data_type = "s"  # openpyxl takes a text that starts with "=" for a formula, and #N/A for an error
    if like_formula(value):
        cell.quotePrefix = 1
    if unicodedata.normalize("NFKC", value).strip().isdecimal():
        cell.number_format = "@"  # or the zeros are gone as soon as somebody edits the cell


def _subject(subject: Subject) -> StandardRow:
    """What is unknown is left out: a column that no object has would be read as blank, where it must not be."""
    identifier, name = _OWN[subject.kind]
    cells: dict[str, Value] = {identifier: subject.id, name: subject.name}
    if subject.sponsor:
        cells["主办单位"] = subject.sponsor
    if subject.service is not None:
        cells["对外服务职能"] = say(f"sheet.service_{'yes' if subject.service else 'no'}")
    reserved = {identifier, name, "主办单位", "对外服务职能"} & set(columns(_SHEETS[subject.kind]))
    standard = set(columns(_SHEETS[subject.kind])) - reserved
    cells |= {header: _day(text) for header, text in subject.details.items() if header in standard}
    return StandardRow(cells, {header: text for header, text in subject.details.items() if header not in standard})


def _day(text: str) -> Value:
    """A date as one; another text as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return moment(day) if day.isoformat() == text else text


def moment(value: date | None) -> Value:
    """A date or moment as a cell that is read back as it is: a date cell mostly.

    Before March 1900, programs do not agree on dates. Of a second, a date cell is read to the thousandth; a moment
    that is known more closely came as the number of its day, and stays one.
    """
    if not isinstance(value, datetime):
        return value if value is None or value >= _FIRST_SURE_DAY else value.isoformat()
    local = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    if local.time() == time():
        return moment(local.date())
    if local.date() < _FIRST_SURE_DAY:
        return local.isoformat(" ")
    number = (local - _FIRST_DAY) / timedelta(days=1)
    known_closely = local.microsecond % 1000 and int(number) in _NUMBERED_DAYS
    return repr(number) if known_closely else local  # as text: of a number, a file keeps fewer digits
