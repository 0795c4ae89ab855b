"""Everything about a quarter beyond its spot checks, from one workbook or from those of several units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from govkit.findings import Finding
from govkit.ledger import FilingRecord, Subject
from govkit.problems import Problems
from govkit.reading.checked import read_checked
from govkit.reading.filings import read_filings, read_reports
from govkit.reading.incidents import read_incidents
from govkit.reading.kinds import Kinds, season_kinds
from govkit.reading.layout import ACCOUNTS, CHECKED, FILINGS, INCIDENTS, PUBLISHED, REPORTS, SITES, UNITS, layouts
from govkit.reading.ledger_files import ledger_notices, read_books, read_merged
from govkit.reading.named import Named
from govkit.reading.notices import unused_columns, unused_sheets
from govkit.reading.periods import other_times
from govkit.reading.published import PublishedReader
from govkit.reading.table import Table, find_table
from govkit.reading.units import read_units
from govkit.season import Incident, Published, Report, Season, Unit

# The sheets whose unknown columns are kept nowhere.
_WITHOUT_DETAILS = frozenset({PUBLISHED, INCIDENTS, FILINGS, REPORTS})


@dataclass(frozen=True, slots=True)
class SeasonSheets:
    """What was read of a quarter, as in `Season`; None is a sheet that is in none of the files.

    `notices` are sentences in Chinese on what is no mistake but should be looked at before the results are used.
    """

    period: tuple[date, date]
    subjects: tuple[Subject, ...]
    units: Mapping[str, Unit] | None = None
    published: Mapping[str, Published] | None = None
    incidents: tuple[Incident, ...] | None = None
    filings: tuple[FilingRecord, ...] | None = None
    reports: tuple[Report, ...] | None = None
    checked: Mapping[tuple[str, str], Finding] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def season(self, earlier: tuple[Subject, ...] | None = None) -> Season:
        """What rules look at, with the ledger of the quarter before."""
        return Season(
            self.period, self.subjects, self.units, self.published, self.incidents,
            self.filings, self.reports, earlier, self.checked,
        )  # fmt: skip


def read_season(paths: Sequence[Path], period: tuple[date, date]) -> SeasonSheets:
    """Read all that is known of a quarter; sheets of the same kind in several files are taken together.

    Args:
        paths: workbooks, or folders or zips of CSV. One ledger is needed, in any layout that `read_ledger_files` takes;
            all other sheets may be missing, and are then unknown.
        period: first and last day of the quarter; days without a year are the last such days not after it.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with file, sheet, row and column.
    """
    problems = Problems()
    kinds = season_kinds(read_books(paths, problems))
    ledger = read_merged(kinds, paths, period[1], problems)
    tables = _tables(kinds, problems)
    units = read_units(tables[UNITS], problems) if UNITS in tables else None
    incidents = read_incidents(tables[INCIDENTS], period[1], problems) if INCIDENTS in tables else None
    named = Named(ledger, units or {}, problems)
    published = PublishedReader(named, period, problems)
    for table in tables.get(PUBLISHED, ()):
        published.read(table)
    sheets = SeasonSheets(
        period,
        tuple(ledger.subjects.values()),
        units,
        published.published() if PUBLISHED in tables else None,
        incidents,
        read_filings(tables[FILINGS], named, period[1], problems) if FILINGS in tables else None,
        read_reports(tables[REPORTS], ledger, period[1], problems) if REPORTS in tables else None,
        read_checked(tables.get(CHECKED, ()), ledger, units or {}, incidents or (), problems),
    )
    problems.raise_if_any()
    ledgers = {id(sheet) for kind, sheet in kinds if kind in (SITES, ACCOUNTS)}
    columns = unused_columns([each for each in kinds if id(each[1]) not in ledgers], _WITHOUT_DETAILS)
    told = (*other_times(kinds, period), *ledger_notices(ledger), *published.notices())
    return replace(sheets, notices=(*told, *unused_sheets(kinds), *columns))


def _tables(kinds: Kinds, problems: Problems) -> dict[str, list[Table]]:
    """The sheets beside the ledgers as tables, by what they are; those that lack a column are left out."""
    found: dict[str, list[Table]] = {}
    for kind, sheet in kinds:
        if kind and kind in layouts()["season_sheets"]:
            tables = found.setdefault(kind, [])
            table = find_table(sheet, kind, problems)
            tables += [table] if table else []
    return found
