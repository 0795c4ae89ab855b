"""Ledgers on their own: those of several units as one, with what an organiser should look at in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.findings import Place
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.alike import listed_twice
from govkit.reading.files import read_sheets
from govkit.reading.kinds import Kinds, season_kinds
from govkit.reading.layout import ACCOUNTS, SITES
from govkit.reading.ledgers import Ledger, read_ledgers
from govkit.reading.notices import no_days, shown, unknown_states
from govkit.reading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """The ledgers of some files as one, in the order of the files; `notices` are what should be looked at."""

    subjects: tuple[Subject, ...]
    notices: tuple[str, ...] = ()


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
    kinds = season_kinds(read_books(paths, problems))
    ledger = read_merged(kinds, paths, None, problems)
    problems.raise_if_any()
    return LedgerFiles(tuple(ledger.subjects.values()), tuple(ledger_notices(ledger)))


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


def _names(paths: Sequence[Path]) -> list[str]:
    """What problems call the files: their names, with as much of their folders as tells them apart."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else path.as_posix() for name, path in zip(names, paths, strict=True)]
