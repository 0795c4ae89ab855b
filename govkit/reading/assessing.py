"""The sheets of 年度考核: 外部抽查结果, 弄虚作假记录, and 单位名录."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.assessing import CheckLevel, CheckResult, Fraud, day_of
from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.problems import Problems, place_of
from govkit.quarters import Quarter
from govkit.reading.cells import as_text, read_identifier
from govkit.reading.fields import Fields
from govkit.reading.kinds import Kinds
from govkit.reading.layout import BATCH, FRAUDS, OUTSIDE, UNITS, sheet_kind, words
from govkit.reading.ledger_files import read_books
from govkit.reading.ledgers import Ledger
from govkit.reading.notices import unused_columns, unused_sheets
from govkit.reading.table import Table, find_table
from govkit.reading.units import read_units
from govkit.season import Unit

_WHO, _WHEN, _ID, _VERDICT, _VETOES = "检查单位", "检查时间", "检查对象标识码", "结论", "单项否决/原因"
_FAILED = {"合格": False, "不合格": True}
_KINDS = {"网站": Kind.SITE, "账号": Kind.ACCOUNT}
_QUARTER = "季"
_SHEETS = ("year_sheets", "season_sheets", "sheets")
_READ = (UNITS, OUTSIDE, FRAUDS)


@dataclass(frozen=True, slots=True)
class YearSheets:
    """What was read of a year, as in `YearFacts`; None is a sheet that is in none of the files.

    `notices` are sentences in Chinese on what is no mistake but should be looked at.
    """

    units: Mapping[str, Unit] | None = None
    outside: tuple[CheckResult, ...] | None = None
    frauds: tuple[Fraud, ...] | None = None
    notices: tuple[str, ...] = ()


def read_year(paths: Sequence[Path], subjects: Iterable[Subject] = ()) -> YearSheets:
    """Read what 年度考核 looks at beside the office's own checks; sheets of several files are taken together.

    Sheets of spot checks and quarters may stand beside them; those are not read here.

    Args:
        paths: workbooks, or folders or zips of CSV.
        subjects: objects that are known: by them codes that lost their zeros are found, and kinds.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with file, sheet, row and column.
    """
    problems, ledger = Problems(), Ledger()
    for subject in subjects:
        ledger.add(subject)
    kinds = [(sheet_of_year(sheet.name), sheet) for book in read_books(paths, problems) for sheet in book]
    tables = _tables(kinds, problems)
    sheets = YearSheets(
        read_units(tables[UNITS], problems) if UNITS in tables else None,
        read_outside(tables[OUTSIDE], ledger, problems) if OUTSIDE in tables else None,
        read_frauds(tables[FRAUDS], problems) if FRAUDS in tables else None,
        (*unused_sheets(kinds), *unused_columns(kinds, {OUTSIDE, FRAUDS})),
    )
    problems.raise_if_any()
    return sheets


def spot_checks_among(paths: Sequence[Path]) -> list[Path]:
    """The files that are spot checks, as they say of which batch they are.

    Raises:
        ProblemsError: a file cannot be read.
    """
    books = read_books(paths, Problems())
    return [
        path for path, book in zip(paths, books, strict=True) if BATCH in (sheet_of_year(sheet.name) for sheet in book)
    ]


def sheet_of_year(name: str) -> str | None:
    """What a sheet of a year's files is by its name; None where it is none of them."""
    return next(filter(None, (sheet_kind(name, among) for among in _SHEETS)), None)


def _tables(kinds: Kinds, problems: Problems) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = {}
    for kind, sheet in kinds:
        if kind in _READ:
            tables = found.setdefault(kind, [])
            table = find_table(sheet, kind, problems)
            tables += [table] if table else []
    return found


def read_outside(tables: Iterable[Table], ledger: Ledger, problems: Problems) -> tuple[CheckResult, ...]:
    """The results of other checks. One of an object in a check may stand in several rows that say the same of it."""
    found: dict[tuple[CheckLevel, date, str], tuple[CheckResult, str]] = {}
    for fields in _rows(tables, problems):
        result = _result(fields, ledger)
        if result is None:
            continue
        key = (result.level, day_of(result.when), fold(result.subject_id))
        place = fields.place(_VERDICT)
        first, first_place = found.setdefault(key, (result, place_of(place)))
        if first != result:
            values = {"code": result.subject_id, "check": result.level, "first": first_place}
            problems.add("R40", place, **values)
    return tuple(result for result, _ in found.values())


def _result(fields: Fields, ledger: Ledger) -> CheckResult | None:
    level = fields.word(_WHO, CheckLevel, required=True)
    when, verdict = _when(fields), fields.word(_VERDICT, _FAILED, required=True)
    place = fields.place(_ID)
    code = read_identifier(fields.row[_ID], place, fields.problems)
    known = "" if ledger.lost_zeros(code, place, fields.problems) else ledger.known(code)
    kind, name, sponsor = fields.word("类别", _KINDS), fields.text("检查对象名称"), fields.text("主办单位")
    reason = "" if _is_untold(fields) else fields.text(_VETOES)
    if level is None or when is None or verdict is None or not known:
        return None
    vetoes = tuple(fields.names(_VETOES) or ()) if reason else None
    subject = ledger.subjects.get(known)
    return CheckResult(
        CheckLevel(level),
        when,
        known,
        name or (subject.name if subject else known),
        _KINDS[kind] if kind else subject.kind if subject else None,
        sponsor or (subject.sponsor if subject else ""),
        _FAILED[verdict],
        vetoes if _FAILED[verdict] else (),
        reason,
    )


def _when(fields: Fields) -> Quarter | date | None:
    """The day of a check, or its quarter."""
    text = as_text(fields.row[_WHEN])
    if _QUARTER not in text:
        return fields.day(_WHEN, required=True)
    try:
        return Quarter.read(text)
    except ValueError:
        fields.problems.add("R41", fields.place(_WHEN), value=text)
        return None


def _is_untold(fields: Fields) -> bool:
    return fold(as_text(fields.row[_VETOES])) in words("untold")


def read_frauds(tables: Iterable[Table], problems: Problems) -> tuple[Fraud, ...]:
    """All records of 弄虚作假, each once."""
    found: dict[Fraud, None] = {}
    for fields in _rows(tables, problems):
        unit, what = fields.text("单位", required=True), fields.text("情况", required=True)
        when, source = fields.day("日期", required=True), fields.text("来源")
        if unit and what and when:
            found[Fraud(unit, when, what, source)] = None
    return tuple(found)


def _rows(tables: Iterable[Table], problems: Problems) -> Iterator[Fields]:
    return (Fields(table, row, problems) for table in tables for row in table.rows())
