"""Lists of problems: what is overdue, what is to be corrected, what each unit has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from govkit.folding import fold
from govkit.issues.case import Case
from govkit.issues.model import Appeal, Decided, Issue


def overdue(cases: Iterable[Case], as_of: date) -> list[Case]:
    """The cases that are overdue on a day, the longest first."""
    return sorted((case for case in cases if case.overdue(as_of)), key=lambda case: case.deadline)


@dataclass(frozen=True, slots=True)
class Correction:
    """A finding to be corrected (更正) in a new version, as an appeal was accepted; scores change by that alone."""

    issue: Issue
    asks: Appeal
    decided: Decided


def to_correct(cases: Iterable[Case]) -> list[Correction]:
    """What accepted appeals still ask to be corrected in batches and judgements, in the order of the cases."""
    return [Correction(case.issue, appeal.asks, told) for case in cases for appeal, told in case.uncorrected]


def by_sponsor(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The cases of each unit, under its name as it stands first; other spellings make no other unit."""
    found: dict[str, tuple[str, list[Case]]] = {}
    for case in cases:
        found.setdefault(fold(case.issue.sponsor), (case.issue.sponsor, []))[1].append(case)
    return dict(found.values())
