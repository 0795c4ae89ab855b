"""Scoring sheets: one, against openpyxl, XlsxWriter and what zip alone takes; and those of 14,474 sites."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from benchmarks import xlsxwriter_sheet
from benchmarks.season import BATCH, RUBRIC, results, subjects
from benchmarks.timing import ROUNDS, compare, cores
from govkit.ledger import Kind
from govkit.scoring import ObjectResult
from govkit.sheets.kindred import Kindred
from govkit.sheets.many import make_sheets
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.xml.package import deflated, zipped
from tests.sheets.reference import openpyxl_sheet

LOT = 100
OURS = f"{LOT} sheets, govkit.sheets"
MANY = {1_000: (), 4_000: ("dask",), 14_474: ("processes",)}  # who else makes so many, besides one process alone
ROOT = Path(__file__).parents[1]


def run() -> None:
    """No way ever gets the same site again; what sheets have in common is prepared before the clock starts, for all."""
    lots = _lots(results(subjects(5 * (ROUNDS + 1) * LOT)))
    _beside_openpyxl(lots)
    _beside_xlsxwriter(lots)
    _beside_zip(lots)
    _many()


def _lots(made_up: Iterator[ObjectResult]) -> Iterator[list[list[ObjectResult]]]:
    """Sites again and again, a lot for each round of a comparison."""
    while rounds := [lot for _ in range(ROUNDS + 1) if (lot := list(islice(made_up, LOT)))]:
        yield rounds


def _ours(rounds: list[list[ObjectResult]]) -> Callable[[], object]:
    sheets, left = ScoringSheets(BATCH, RUBRIC), iter(rounds)
    return lambda: [sheets.sheet(result) for result in next(left)]


def _files(rounds: list[list[ObjectResult]]) -> list[list[bytes]]:
    """Finished sheets, of sites that ours is not timed with: it would know their notes already."""
    return [[content for _, content in make_sheets(BATCH, RUBRIC, lot)] for lot in rounds]


def _beside_openpyxl(lots: Iterator[list[list[ObjectResult]]]) -> None:
    rounds = next(lots)
    left = iter(rounds)
    kindred = {reduced: Kindred(BATCH, RUBRIC, Kind.SITE, reduced=reduced) for reduced in (False, True)}

    def theirs() -> None:
        for result in next(left):
            openpyxl_sheet(kindred[RUBRIC.is_reduced(Kind.SITE, service=result.subject.service)], result)

    compare(OURS, _ours(rounds), "openpyxl: load the template, fill, save", theirs)


def _beside_xlsxwriter(lots: Iterator[list[list[ObjectResult]]]) -> None:
    plans = iter([[xlsxwriter_sheet.plan_of(content) for content in lot] for lot in _files(next(lots))])
    compare(
        OURS,
        _ours(next(lots)),
        "XlsxWriter: the same cells, worked out before",
        lambda: [xlsxwriter_sheet.written(plan) for plan in next(plans)],
    )


def _beside_zip(lots: Iterator[list[list[ObjectResult]]]) -> None:
    members = iter([[_members(content) for content in lot] for lot in _files(next(lots))])
    compare(
        "the limit: deflate and zip the same bytes",
        lambda: [zipped(deflated(*member) for member in each) for each in next(members)],
        OURS,
        _ours(next(lots)),
    )


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _many() -> None:
    """Sites are made up and scored one by one while their sheets are written, which counts; all are on the disk."""
    for count, others in MANY.items():
        alone = _measured(count, "alone")
        for sort in others:
            taken = _measured(count, sort)
            print(f"{f'speed-up, {cores()} workers and the process that writes':<58} {alone / taken:9.2f} ×")


def _measured(count: int, sort: str) -> float:
    command = [sys.executable, "-m", "benchmarks.many_sheets", str(count), sort]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    taken = found["seconds"]
    print(f"{f'{count:,} sheets, {sort}':<58} {taken:9.1f} s, {count / taken:.0f} a second")
    print(f"{'  of which making up and scoring the sites':<58} {found['scoring']:9.1f} s")
    print(f"{'  most memory beyond the list of sites':<58} {found['peak']:9.1f} MiB", flush=True)
    return float(taken)
