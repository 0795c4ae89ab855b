"""The reports on a year: what the office knows of it, and the documents of units and of the county."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.documents import Report, report, store_documents
from govkit.file_names import safe_stem
from govkit.ledger import FilingRecord
from govkit.messages import say
from govkit.organising.files import QuarterFiles
from govkit.organising.yearly import OfficeYear, assessed
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets, YearSheets, ledgers_among, read_season, spot_checks_among
from govkit.reporting import Listed, ReportKind, YearTold, knows_unit, units_of, year_report
from govkit.scoring import Inspection
from govkit.season import Unit
from govkit.sheets import OutputError
from govkit.sheets.staging import staging
from govkit.store import Home, Register

_FIRST = 1


class NothingToReportError(ValueError):
    """A report cannot be made of what is known; the message is in Chinese."""


@dataclass(frozen=True, slots=True)
class YearRead:
    """What is known of a year, and sentences in Chinese on what should be looked at."""

    told: YearTold
    notices: tuple[str, ...]


def year_told(
    home: Home,
    register: Register,
    year: int,
    as_of: date,
    paths: Sequence[Path] = (),
    inspections: Iterable[Inspection] | None = None,
) -> YearRead:
    """Gather what is known of a year: ledgers, checks, and what the register keeps of filings and problems.

    Ledgers are those of its last quarter that has one, and of its beginning: of the quarter before the year, or else of
    its first one. 年度考核 is told where 外部抽查结果 or 弄虚作假记录 is.

    Args:
        home: where quarter files and batches are.
        register: what it keeps counts with files as well.
        year: the year.
        as_of: the day as of which problems are counted.
        paths: files of the year, in any order, among which may be spot checks; those of the home where there are none.
        inspections: the checks, scored; None for those of the home, as `OfficeYear` has them.

    Raises:
        ProblemsError: something is wrong with the files; or one has a ledger and does not tell its quarter.
        StoreError: the register or a batch cannot be read.
    """
    office = OfficeYear(home, year)
    given = office.inspections() if inspections is None else list(inspections)
    checked = [each for each in given if each.batch.as_of.year == year]
    strays = [each.batch.name for each in given if each.batch.as_of.year != year]
    seasons = _seasons(home, year, paths)
    others = _beside(paths) if paths else list(office.files.paths)
    found = assessed(year, checked, others, lambda: _units(seasons))
    last = max((quarter for quarter in seasons if quarter.year == year), default=None)
    first = next((each for each in (Quarter(year, _FIRST).before, Quarter(year, _FIRST)) if each in seasons), None)
    told = YearTold(
        year,
        as_of,
        now=_listed(seasons, last),
        before=_listed(seasons, first) if first != last else None,
        filings=_filings(seasons.values(), register),
        inspections=tuple(checked) or None,
        cases=register.rectifications() or None,
        units=found.sheets.units,
        assessment=found.assessment if _is_told(found.sheets) else None,
    )
    notices = [notice for each in seasons.values() for notice in each.notices]
    notices += [say("organising.other_year", name=name, year=year) for name in strays]
    return YearRead(told, tuple(dict.fromkeys((*notices, *found.notices))))


def write_reports(
    told: YearTold, kind: ReportKind, out: Path, *, unit: str = "", pdf: bool = False
) -> tuple[Path, ...]:
    """Write the reports of a kind on a year, all or nothing: of one unit; else of the county, or of each of its units.

    Args:
        told: what is known of the year.
        kind: which report it is.
        out: the folder of the documents.
        unit: the unit, by any of its names; empty for the county as a whole. A report of which there is none of a whole
            county is then written for each unit that runs what it is about.
        pdf: whether the same is wanted as PDF.

    Returns:
        The documents.

    Raises:
        NothingToReportError: nobody knows the unit, or no ledger tells which units there are.
        OutputError: a document is there already, in which somebody may have written; a template cannot be used, or a
            file cannot be written. Then nothing has changed.
    """
    if unit and not knows_unit(told, unit):
        raise NothingToReportError(say("organising.no_unit", name=unit))
    units = (unit,) if unit or kind.whole else units_of(kind, told)
    if not units:
        raise NothingToReportError(say("organising.no_units", kind=kind.id, year=told.year))
    names = {each: _file_name(told, kind, each) for each in units}
    for name in names.values():
        if (out / name).exists():
            raise OutputError(say("document.there", file=out / name))
    made = {Path(name): report(Report(year_report(kind, told, each), _reporter(told))) for each, name in names.items()}
    with staging(out) as stage:
        store_documents(stage, made, pdf=pdf)
        stage.put_in_place()
    return tuple(out / name for name in names.values())


def _file_name(told: YearTold, kind: ReportKind, unit: str) -> str:
    name = say("report.name", kind=kind.id, year=told.year, unit=unit or say("report.whole"))
    return f"{safe_stem(name)}.docx"


def _reporter(told: YearTold) -> str:
    """Who reports on the county: who organised its checks, where that is one office."""
    offices = {each.batch.organiser for each in told.inspections or ()}
    return offices.pop() if len(offices) == 1 else ""


def _seasons(home: Home, year: int, paths: Sequence[Path]) -> Mapping[Quarter, SeasonSheets]:
    """What is known of the quarters of a year, and of the one before it."""
    wanted = [Quarter(year, _FIRST).before, *(Quarter(year, number) for number in range(1, 5))]
    if paths:
        files = ledgers_among(paths)
        return {each: read_season(files[each], each.period) for each in wanted if each in files}
    read = ((each, QuarterFiles(home.folder, each).read()) for each in wanted)
    return {each: sheets for each, sheets in read if sheets is not None}


def _beside(paths: Sequence[Path]) -> list[Path]:
    """The files that are neither spot checks nor ledgers of quarters."""
    read = {*spot_checks_among(paths), *(path for files in ledgers_among(paths).values() for path in files)}
    return [path for path in paths if path not in read]


def _units(seasons: Mapping[Quarter, SeasonSheets]) -> tuple[Mapping[str, Unit], str] | None:
    """单位名录 of the last quarter that has one, with a sentence that tells so."""
    listed = ((quarter, seasons[quarter].units) for quarter in sorted(seasons, reverse=True))
    return next(((units, say("organising.spare_units", quarter=each.name)) for each, units in listed if units), None)


def _is_told(sheets: YearSheets) -> bool:
    """Whether anything beyond the office's own checks is known by which units are assessed."""
    return sheets.outside is not None or sheets.frauds is not None


def _listed(seasons: Mapping[Quarter, SeasonSheets], quarter: Quarter | None) -> Listed | None:
    return Listed(quarter, seasons[quarter].subjects) if quarter else None


def _filings(seasons: Iterable[SeasonSheets], register: Register) -> tuple[FilingRecord, ...] | None:
    """备案记录 of all quarters, with what the register keeps; None where there is none of both."""
    kept = register.filings()
    told = [each.filings for each in seasons if each.filings is not None]
    records = (record for each in (*told, kept) for record in each)
    return tuple(dict.fromkeys(records)) if told or kept else None
