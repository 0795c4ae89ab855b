"""What is known of a year, and what it comes to for a unit, or for a whole county."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from govkit.assessing import Assessment
from govkit.issues import Case, Issue, State
from govkit.ledger import Change, ChangeKind, FilingRecord, Kind, Subject
from govkit.quarters import Quarter
from govkit.reporting.kinds import ReportKind
from govkit.scoring import Inspection, ObjectResult, Verdict
from govkit.season import Unit
from govkit.tally import Count


class Listed(NamedTuple):
    """The ledger of a quarter."""

    quarter: Quarter
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class YearTold:
    """What is known of a year. None is what nobody has told; an empty tuple says that there is none.

    Attributes:
        year: the year.
        as_of: the day as of which cases are counted: what happened after it does not count.
        now: the ledger of its end, or the last one that there is of it.
        before: the ledger of its beginning.
        filings: 备案记录, of all times.
        inspections: the checks of the office, scored; those of other years do not count. Of a quarter in which there is
            none, while there are others, nobody has told.
        cases: problems of which units were told; those that were found in other years do not count.
        units: 单位名录, by name.
        assessment: 年度考核.
    """

    year: int
    as_of: date
    now: Listed | None = None
    before: Listed | None = None
    filings: tuple[FilingRecord, ...] | None = None
    inspections: tuple[Inspection, ...] | None = None
    cases: tuple[Case, ...] | None = None
    units: Mapping[str, Unit] | None = None
    assessment: Assessment | None = None


class Checked(NamedTuple):
    """What a check of a quarter said of one object."""

    quarter: Quarter
    inspection: Inspection
    result: ObjectResult


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed of one sort between the two ledgers.

    `with_record` of them have a filing; None where nobody has told of filings.
    """

    number: int
    with_record: int | None


@dataclass(frozen=True, slots=True)
class ObjectYear:
    """The year of one object, whoever sponsored it then.

    Attributes:
        subject: as the ledger has it now.
        checks: what was said of it, by the number of the quarter: None where it was not drawn; a quarter of which
            nobody has told is missing.
        problems: what was found; None where nobody has told of any quarter.
        cases: what became of the problems of which its units were told; None where nobody has told.
    """

    subject: Subject
    checks: Mapping[int, Checked | None]
    problems: tuple[Issue, ...] | None
    cases: tuple[Case, ...] | None


@dataclass(frozen=True, slots=True)
class KindYear:
    """What a year comes to for the sites, or for the accounts.

    Attributes:
        kind: which of the two.
        running: what runs, in ledger order; None where no ledger tells.
        objects: the year of each of them.
        by_platform: how many run on each platform, most first; empty for sites.
        filed: how many of what runs the ledger calls filed, not filed, and how many it does not tell of; None as above.
        crowded: units that run more than one account on a platform: unit, platform, how many.
        changes: what changed since the beginning of the year, by what it was; None where the ledgers do not tell.
        changed: the changes one by one.
        checks: the results of each quarter in ledger order, by its number; None where nobody has told.
        problems: what was found at objects that have a verdict.
    """

    kind: Kind
    running: tuple[Subject, ...] | None
    objects: tuple[ObjectYear, ...]
    by_platform: Mapping[str, int]
    filed: tuple[int, int, int] | None
    crowded: tuple[tuple[str, str, int], ...]
    changes: Mapping[ChangeKind, Changes] | None
    changed: tuple[Change, ...]
    checks: Mapping[int, tuple[Checked, ...] | None]
    problems: tuple[Issue, ...] | None

    def count(self, number: int) -> Count | None:
        """How many objects passed, failed and are unfinished in a quarter; None where nobody has told."""
        checks = self.checks[number]
        return None if checks is None else counted(checks)

    @property
    def total(self) -> Count | None:
        """The same of all quarters, each check once; None where nobody has told of one of them."""
        told = [checks for checks in self.checks.values() if checks is not None]
        return counted([each for checks in told for each in checks]) if len(told) == len(self.checks) else None

    @property
    def failures(self) -> tuple[Checked, ...] | None:
        """What failed, quarter by quarter; None where nobody has told of any of them."""
        told = [checks for checks in self.checks.values() if checks is not None]
        failed = (each for checks in told for each in checks if each.result.score.verdict == Verdict.FAIL)
        return tuple(failed) if told else None


def counted(checks: Iterable[Checked]) -> Count:
    """How many results are 合格, 不合格 and 未完成."""
    verdicts = [each.result.score.verdict for each in checks]
    return Count(*map(verdicts.count, (Verdict.PASS, Verdict.FAIL, Verdict.INCOMPLETE)))


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the problems of which units were told, in the order in which they were told.

    `by_state` has every state; `overdue` those that are overdue, the longest first.
    """

    cases: tuple[Case, ...]
    by_state: Mapping[State, int]
    overdue: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class YearReport:
    """What a year comes to.

    Attributes:
        kind: which report it is.
        told: what it was counted from.
        unit: the unit; empty for the whole county.
        parts: sites and accounts, as far as the report is about them.
        followed: what became of problems; None where nobody has told.
        sponsors: the units that run any of it, in ledger order; None where no ledger tells.
    """

    kind: ReportKind
    told: YearTold
    unit: str
    parts: Mapping[Kind, KindYear]
    followed: Followed | None
    sponsors: tuple[str, ...] | None
