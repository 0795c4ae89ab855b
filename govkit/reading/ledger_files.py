"""Ledgers on their own: those of several units as one, with what an organiser should look at in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.findings import Place
from govkit.folding import fold
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.alike import listed_twice
from govkit.reading.files import read_sheets
from govkit.reading.kinds import Kinds, season_kinds
from govkit.reading.layout import ACCOUNTS, PUBLISHED, SITES, sheet_kind, words
from govkit.reading.ledgers import Ledger, read_ledgers
from govkit.reading.notices import no_days, shown, unknown_states
from govkit.reading.sheet import Sheet
from govkit.reading.table import match_table


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """The ledgers of some files as one, in the order of the files.

    `notices` are what should be looked at in the ledgers; `remarks` tell how the files were read, and what in them is
    not used.
    """

    subjects: tuple[Subject, ...]
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_ledger_files(paths: Sequence[Path]) -> LedgerFiles:
    """Read the ledgers of some files as one, each in any of the layouts that offices and services use.

    Columns that a spot check needs may be missing: the sponsor is then empty, public services are None, and an object
    without a code goes by its name. What several files say of one object must not contradict; they complete each other.

    Args:
        paths: workbooks, or folders or zips of CSV.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with file, sheet, row and column.
    """
    problems = Problems()
    books = read_books(paths, problems)
    kinds = season_kinds(books)
    ledger = read_merged(kinds, paths, None, problems)
    problems.raise_if_any()
    remarks = (*_counted(kinds), *_unused(books, kinds))
    return LedgerFiles(tuple(ledger.subjects.values()), tuple(ledger_notices(ledger)), remarks)


def read_books(paths: Sequence[Path], problems: Problems) -> list[list[Sheet]]:
    """The sheets of each file, under names that tell the files apart.

    Raises:
        ProblemsError: a file cannot be read.
    """
    books = [read_sheets(path, problems, name) for path, name in zip(paths, _names(paths), strict=True)]
    problems.raise_if_any()
    return books


def read_merged(kinds: Kinds, paths: Sequence[Path], as_of: date | None, problems: Problems) -> Ledger:
    """The ledgers among some sheets as one; that there is none is a problem.

    Args:
        kinds: the sheets.
        paths: the files that they are from.
        as_of: the day before which a day without a year lies; None where it is not known.
        problems: takes what is wrong.
    """
    ledgers = [(kind, sheet) for kind, sheet in kinds if kind in (SITES, ACCOUNTS)]
    if not ledgers:
        place = Place("、".join(_names(paths)))
        problems.add("S01", place, sheet=say("reading.either", one=SITES, other=ACCOUNTS), near="")
    return read_ledgers([(kind, sheet) for kind, sheet in ledgers if kind], as_of, problems, ledger_only=True)


def ledger_notices(ledger: Ledger) -> Iterator[str]:
    """What is no mistake in a ledger, but should be looked at."""
    subjects = ledger.subjects.values()
    if ledger.repeated:
        names = shown([subject.name for subject in ledger.repeated.values()])
        yield say("notice.repeated", number=len(ledger.repeated), names=names)
    if twice := listed_twice(subjects):
        groups = []
        for group in twice:
            sponsors = "、".join(dict.fromkeys(subject.sponsor for subject in group))
            names = "、".join(dict.fromkeys(subject.name for subject in group))
            groups.append(say("notice.under_several", names=names, sponsors=sponsors))
        yield say("notice.listed_twice", number=len(twice), names=shown(groups))
    if bare := [subject.name for subject in subjects if not subject.sponsor]:
        yield say("notice.no_sponsor", number=len(bare), names=shown(bare))
    yield from unknown_states(subjects)
    yield from no_days(ledger)
    if ledger.no_addresses:
        places = [
            say("reading.name_and_type", name=place_of(place), type=subject.name)
            for subject, place in ledger.no_addresses
        ]
        yield say("notice.no_address", number=len(places), names=shown(places))


def _counted(kinds: Kinds) -> Iterator[str]:
    """Lists of how much was published, which may be all there is of a ledger: whether they were taken for one."""
    ledgers = {id(sheet): kind for kind, sheet in kinds if kind in (SITES, ACCOUNTS)}
    for kind, sheet in kinds:
        if kind != PUBLISHED or sheet.name == PUBLISHED:
            continue
        if taken := ledgers.get(id(sheet)):
            yield say("notice.counts_as_ledger", place=place_of(sheet.place()), kind=taken)
        else:
            yield say("notice.counts_no_ledger", place=place_of(sheet.place()))


def _unused(books: list[list[Sheet]], kinds: Kinds) -> Iterator[str]:
    """What nobody reads, a sentence a file: columns of its ledgers, which are kept, and sheets of no known kind."""
    kind_of = {id(sheet): kind for kind, sheet in kinds}  # a list of counts is one of these, which says all it holds
    for book in books:
        tables = [match_table(sheet, kind) for sheet in book if (kind := kind_of.get(id(sheet))) in (SITES, ACCOUNTS)]
        headers = [header for table in tables if table for header in table.unknown if fold(header) not in words("idle")]
        strange = [
            sheet.name
            for sheet in book
            if not kind_of.get(id(sheet)) and not sheet_kind(sheet.name) and any(any(row) for row in sheet.rows)
        ]
        if headers:
            names = "、".join(dict.fromkeys(headers))
            yield say("notice.kept_columns", workbook=book[0].workbook, names=names)
        if strange:
            yield say("notice.strange_sheets", workbook=book[0].workbook, names="、".join(strange))


def _names(paths: Sequence[Path]) -> list[str]:
    """What problems call the files: their names, with as much of their folders as tells them apart."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else path.as_posix() for name, path in zip(names, paths, strict=True)]
