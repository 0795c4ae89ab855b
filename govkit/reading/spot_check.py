"""A whole spot-check workbook: which sheet is what, and everything checked against everything."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from govkit.findings import Measurement, Place, SpotCheck
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading.batch import Heading, read_heading
from govkit.reading.files import read_sheets
from govkit.reading.kinds import Kinds, named_kind
from govkit.reading.layout import (
    ACCOUNTS,
    BATCH,
    ISSUES,
    MEASURED,
    RECORDS,
    SELF_CHECK,
    SITES,
    WIDE,
    nearest,
)
from govkit.reading.ledgers import Ledger, read_ledgers
from govkit.reading.measured import check_contradictions, check_measurements, read_measurements
from govkit.reading.notices import doubtful, no_days, unused_columns, unused_sheets
from govkit.reading.prose import read_issues, read_self_check
from govkit.reading.records import Records
from govkit.reading.sheet import Sheet
from govkit.reading.table import find_table, match_table
from govkit.rubric import Rubrics

Progress = Callable[[int, int], None]
"""Is told how many rows have been looked at, and of how many."""


def read_spot_check(path: Path, progress: Progress | None = None, rubrics: Rubrics | None = None) -> SpotCheck:
    """Read a spot-check workbook (抽查工作簿): .xlsx, .xls, or a folder or .zip of .csv.

    Args:
        path: the file or folder.
        progress: is called now and then while the findings are read.
        rubrics: those at hand; those of govkit where nothing is said.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with sheet, row and column.
        RubricError: the rules that it names cannot be used.
    """
    problems = Problems()
    sheets = read_sheets(path, problems)
    problems.raise_if_any()
    kinds = _kinds(sheets)
    _check_present(path.name, kinds, problems)
    heading = read_heading([sheet for kind, sheet in kinds if kind == BATCH], rubrics or Rubrics(), problems)
    ledger = read_ledgers([(kind, sheet) for kind, sheet in kinds if kind], heading.as_of, problems)
    records, unclear = _read_records(kinds, ledger, heading, problems, progress)
    measurements = _read_measurements(kinds, ledger, heading, records, problems)
    problems.raise_if_any()
    check = SpotCheck(
        heading.batch(path.name),
        tuple(ledger.subjects.values()),
        tuple(records.findings.values()),
        tuple(measurements),
    )
    columns = unused_columns(kinds, (RECORDS, MEASURED))
    doubts = doubtful(check, records, heading.rubric) if heading.rubric else []
    told = (*unused_sheets(kinds), *columns, *no_days(ledger))
    return replace(check, notices=(*unclear, *told, *doubts))


def _kinds(sheets: list[Sheet]) -> Kinds:
    """What each sheet is, by its name; a wide table may have any name, as none is fixed for it.

    A sheet that is only called like a ledger, but has no ledger in it, is none. Beside 抽查记录, further sheets with
    its columns belong to it.
    """
    kinds = [(named_kind(sheet), sheet) for sheet in sheets]
    named = any(kind == RECORDS for kind, _ in kinds)
    return [(kind or _kind_by_columns(sheet, may_be_long=named), sheet) for kind, sheet in kinds]


def _kind_by_columns(sheet: Sheet, *, may_be_long: bool) -> str | None:
    table = match_table(sheet, RECORDS)
    if table is None:
        return None
    long = {"检查对象标识码", "指标编号", "检查结果"} <= table.columns.keys()
    wide = table.kind == WIDE and ("检查对象标识码" in table.columns or len(table.items) > 1)
    return RECORDS if wide or (long and may_be_long) else None


def _check_present(workbook: str, kinds: Kinds, problems: Problems) -> None:
    """批次, a ledger and findings must be there; a name that comes near is mentioned."""
    present = {kind for kind, _ in kinds}
    unknown = [sheet.name for kind, sheet in kinds if kind is None]
    needed = (
        (BATCH, {BATCH}),
        (say("reading.either", one=SITES, other=ACCOUNTS), {SITES, ACCOUNTS}),
        (RECORDS, {RECORDS, SELF_CHECK, ISSUES}),
    )
    for shown, names in needed:
        if not present & names:
            near = next(filter(None, (nearest(name, unknown) for name in sorted(names))), "")
            problems.add("S01", Place(workbook), sheet=shown, near=say("reading.near_sheet", name=near) if near else "")


def _read_records(
    kinds: Kinds,
    ledger: Ledger,
    heading: Heading,
    problems: Problems,
    progress: Progress | None,
) -> tuple[Records, list[str]]:
    total = sum(len(sheet.rows) for kind, sheet in kinds if kind == RECORDS)
    records = Records(ledger, heading.rubric, problems, lambda done: progress(done, total) if progress else None)
    notices: list[str] = []
    for wanted in (RECORDS, ISSUES, SELF_CHECK):
        for kind, sheet in kinds:
            table = find_table(sheet, wanted, problems) if kind == wanted else None
            if table is None:
                continue
            if wanted == RECORDS:
                records.read(table)
            elif heading.rubric and wanted == ISSUES:
                read_issues(table, records, heading.rubric, notices)
            elif heading.rubric:
                read_self_check(table, records, heading.rubric, notices)
    return records, notices


def _read_measurements(
    kinds: Kinds, ledger: Ledger, heading: Heading, records: Records, problems: Problems
) -> list[Measurement]:
    if heading.rubric is None:
        return []
    measurements: list[Measurement] = []
    for kind, sheet in kinds:
        table = find_table(sheet, MEASURED, problems) if kind == MEASURED else None
        if table:
            measurements += read_measurements(table, ledger, heading.rubric, heading.as_of, problems)
    grouped = check_measurements(measurements, ledger, heading.rubric, problems)
    if heading.as_of:
        check_contradictions(records.findings, grouped, ledger, heading.rubric, heading.as_of, problems)
    return measurements
