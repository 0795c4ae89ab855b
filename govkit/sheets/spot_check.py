"""A spot check as the standard workbook: `reading` reads the same spot check from it.

Beside 抽查记录, a sheet 抽查宽表 takes the findings that only a wide table can hold, as they came from one: 不适用
without a reason, and a note that is the whole row's.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.problems import ProblemsError, place_of
from govkit.reading import read_spot_check
from govkit.reading.layout import ACCOUNTS, BATCH, MEASURED, RECORDS, SITES, WIDE, fold_header, known_columns, layouts
from govkit.reading.table import ITEM_HEADER
from govkit.rubric import PartName, Rubric, load_rubric, outcome_word
from govkit.sheets.errors import OutputError
from govkit.sheets.staging import staging
from govkit.sheets.tables import finish
from govkit.sheets.template import saved
from govkit.sheets.text import exact, like_formula

PICTURES = "截图"

_BETWEEN_PICTURES = "；"
_SHEETS = {Kind.SITE: SITES, Kind.ACCOUNT: ACCOUNTS}
_OWN = {Kind.SITE: ("网站标识码", "网站名称"), Kind.ACCOUNT: ("新媒体标识码", "账号名称")}
_ID, _NAME, _ITEM, _RESULT, _COUNT, _NOTE = "检查对象标识码", "检查对象名称", "指标编号", "检查结果", "数量", "问题说明"
_FIRST_DAY, _FIRST_SURE_DAY = datetime(1899, 12, 30), date(1900, 3, 1)  # noqa: DTZ001 - workbooks know no time zones
_NUMBERED_DAYS = range(20_000, 80_000)  # of 1954 to 2118: other numbers are not read as days
_EXACT = 10**15
"""Numbers that a spreadsheet keeps all digits of are smaller."""
_PROBLEMS_SHOWN = 3

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: what stands under standard headers, and under further ones."""

    cells: Mapping[str, Value]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet before it is written."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_spot_check(check: SpotCheck, path: Path, files: Mapping[str, bytes]) -> None:
    """Write a spot check to `path` as the standard workbook (抽查工作簿), with its screenshots in 截图 beside it.

    `read_spot_check` gives back the same batch, subjects, findings and measurements. What it reads in one way only
    comes back in that way: sites before accounts, texts without blanks at their ends, a column that other objects of
    the ledger have as a blank, times as local ones. A further column whose header would stand for a standard one is
    headed 其他：….

    Args:
        check: the spot check; its notices and source are not written.
        path: of the workbook.
        files: screenshots by their names; a name among those of `Finding.screenshot` (joined by “；”) becomes its
            place below the workbook, other texts stay. Other files in 截图 stay as well.

    Raises:
        OutputError: a text does not fit into a cell, or what was written could not be read again, because something
            is missing or contradicts; or the files cannot be written. Then nothing has changed.
    """
    with staging(path.parent) as stage:
        _check_readable(check, stage.store(Path(path.name), _workbook(check, files.keys())))
        for name, content in files.items():
            file = Path(PICTURES) / name
            if not _holds(path.parent / file, content):
                stage.store(file, content)
        stage.put_in_place()


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _check_readable(check: SpotCheck, workbook: Path) -> None:
    """Nobody should find out at the other end that a workbook cannot be read."""
    try:
        read = read_spot_check(workbook)
    except ProblemsError as error:
        problems = [f"{place_of(p.place)}：{p.text}{p.fix}" for p in error.problems[:_PROBLEMS_SHOWN]]
        sentence = say("spot_check.unreadable", number=len(error.problems), problems="".join(problems))
        raise OutputError(sentence) from error
    lost = _keys(check) - _keys(read)
    if lost:
        raise OutputError(say("spot_check.lost", ids="、".join(sorted({key[0] for key in lost})[:_PROBLEMS_SHOWN])))


def _keys(check: SpotCheck) -> set[tuple[str, ...]]:
    return {(s.id,) for s in check.subjects} | {(f.subject_id, f.item) for f in check.findings}


def _workbook(check: SpotCheck, pictures: Collection[str]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govkit"
    for table in _tables(check, pictures):
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


def _tables(check: SpotCheck, pictures: Collection[str]) -> Iterable[_Table]:
    yield _Table(BATCH, ("项目", "内容"), _batch(check.batch))
    for kind, name in _SHEETS.items():
        subjects = [subject for subject in check.subjects if subject.kind == kind]
        if subjects:
            yield _table(name, name, [_subject(subject) for subject in subjects])
    rubric = load_rubric(check.batch.rubric_id)
    names = {subject.id: subject.name for subject in check.subjects}
    findings = [replace(f, screenshot=_placed(f.screenshot, pictures)) for f in check.findings]
    wide = [finding for finding in findings if _is_wide(finding, rubric)]
    long = [finding for finding in findings if not _is_wide(finding, rubric)]
    yield _table(RECORDS, RECORDS, [_record(f, names, rubric) for f in long], columns(RECORDS))
    if wide:
        yield _table(WIDE, RECORDS, _wide_rows(wide, names, rubric), items=rubric.items)
    if check.measurements:
        yield _table(MEASURED, MEASURED, [_measurement(m) for m in check.measurements], columns(MEASURED))


def columns(kind: str) -> Sequence[str]:
    """The standard headers of a sheet, in their order."""
    return tuple(layouts()["columns"][kind])


def _table(name: str, kind: str, rows: Sequence[_Row], always: Iterable[str] = (), items: Iterable[str] = ()) -> _Table:
    """A table with the standard columns that its rows need, in their order, and then the further ones.

    A standard column also stands there, blank, where a further one would be taken for it.
    """
    others = list(dict.fromkeys(header for row in rows for header in row.extra))
    needed = {*always, *(header for row in rows for header in row.cells), *(_meant(kind, h)[0] for h in others)}
    first, second, *rest = columns(kind)
    own = [header for header in (first, second, *items, *rest) if header in needed]
    values = [[*map(row.cells.get, own), *map(row.extra.get, others)] for row in rows]
    return _Table(name, [*own, *others], values)


def _meant(kind: str, header: str) -> tuple[str, int]:
    """The standard column that a header is taken for, and its rank among those: 0 is the standard name itself."""
    known = known_columns(kind)
    return known.get(fold_header(header)) or known.get(fold(header)) or ("", 1)


def _batch(batch: Batch) -> Sequence[Sequence[Value]]:
    values = {
        "批次名称": batch.name,
        "监测时间点": _moment(batch.as_of),
        "检查规则": batch.rubric_id,
        "组织单位": batch.organiser,
        "未列出的指标": outcome_word(batch.unlisted, PartName.VETO),
    }
    return [(name, values[name]) for name in columns(BATCH)]


def _subject(subject: Subject) -> _Row:
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
    return _Row(cells, {header: text for header, text in subject.details.items() if header not in standard})


def _day(text: str) -> Value:
    """A date as one; another text as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return _moment(day) if day.isoformat() == text else text


def _placed(screenshot: str, pictures: Collection[str]) -> str:
    names = screenshot.split(_BETWEEN_PICTURES)
    return _BETWEEN_PICTURES.join(f"{PICTURES}/{name}" if name in pictures else name for name in names)


def _shared(finding: Finding) -> Mapping[str, Value]:
    """What a finding has in both kinds of tables."""
    return {
        "问题网址": finding.url,
        "截图": finding.screenshot,
        "检查人": finding.inspector,
        "检查时间": _moment(finding.checked_at),
    }


def _record(finding: Finding, names: Mapping[str, str], rubric: Rubric) -> _Row:
    cells: dict[str, Value] = {
        _ID: finding.subject_id,
        _NAME: names.get(finding.subject_id),
        _ITEM: finding.item,
        _RESULT: outcome_word(finding.outcome, rubric.row_of[finding.item].part),
        _COUNT: finding.count,
        _NOTE: finding.note,
        **_shared(finding),
    }
    return _Row(cells, _renamed(finding.extra, lambda header: _meant(RECORDS, header)[1] == 0))


def _renamed(extra: Mapping[str, str], is_taken: Callable[[str], bool]) -> dict[str, str]:
    """Further columns by headers that are no column of the table's own, and no item."""
    return {
        say("spot_check.other", header=h) if is_taken(h) or ITEM_HEADER.match(fold(h).upper()) else h: text
        for h, text in extra.items()
    }


def _is_wide(finding: Finding, rubric: Rubric) -> bool:
    """Whether only a wide table can hold a finding, and can."""
    only_wide = _NOTE in finding.extra or (finding.outcome == Outcome.NOT_APPLICABLE and not finding.note)
    return only_wide and _wide_cell(finding, rubric) is not None


def _wide_cell(finding: Finding, rubric: Rubric) -> Value:
    """The cell of a wide table that is read as this finding; None where there is none."""
    word = outcome_word(finding.outcome, rubric.row_of[finding.item].part)
    is_of_row = finding.outcome == Outcome.NOT_APPLICABLE and finding.note == finding.extra.get(_NOTE, "")
    if finding.count is not None:
        return finding.count if finding.outcome == Outcome.FOUND and finding.count > 0 and not finding.note else None
    if is_of_row or not finding.note:
        return word
    marks = layouts()["words"]["after_outcome"]
    if finding.note.lstrip(marks) == finding.note:
        return f"{word}：{finding.note}"
    return finding.note if finding.outcome == Outcome.FOUND else None


def _wide_rows(findings: Iterable[Finding], names: Mapping[str, str], rubric: Rubric) -> list[_Row]:
    """One row an object, more where not everything that stands once in a row is the same."""
    rows: dict[object, _Row] = {}
    for finding in findings:
        shared = {header: value for header, value in _shared(finding).items() if value}
        extra = dict(finding.extra)
        if note := extra.pop(_NOTE, ""):
            shared[_NOTE] = note
        own = {_ID: finding.subject_id, _NAME: names.get(finding.subject_id), **shared}
        renamed = _renamed(extra, lambda header: _meant(RECORDS, header)[1] == 0 or _meant(RECORDS, header)[0] == _ITEM)
        row = rows.setdefault((*own.items(), *renamed.items()), _Row(own, renamed))
        cells = {**row.cells, finding.item: _wide_cell(finding, rubric)}
        rows[*own.items(), *renamed.items()] = replace(row, cells=cells)
    return list(rows.values())


def _measurement(measurement: Measurement) -> _Row:
    value = measurement.value
    shown: Value = _moment(value) if isinstance(value, date) else float(value)
    if not isinstance(value, date) and value.denominator == 1:
        shown = int(value)
    return _Row(
        {
            _ID: measurement.subject_id,
            "监测项": measurement.quantity,
            "数值": shown,
            "监测时间": _moment(measurement.at),
        }
    )


def _moment(value: date | None) -> Value:
    """A date or moment as a cell that is read back as it is: a date cell mostly.

    Before March 1900, programs do not agree on dates. Of a second, a date cell is read to the thousandth; a moment
    that is known more closely came as the number of its day, and stays one.
    """
    if not isinstance(value, datetime):
        return value if value is None or value >= _FIRST_SURE_DAY else value.isoformat()
    local = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    if local.time() == time():
        return _moment(local.date())
    if local.date() < _FIRST_SURE_DAY:
        return local.isoformat(" ")
    number = (local - _FIRST_DAY) / timedelta(days=1)
    known_closely = local.microsecond % 1000 and int(number) in _NUMBERED_DAYS
    return repr(number) if known_closely else local  # as text: of a number, a file keeps fewer digits
