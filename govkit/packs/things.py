"""What rules are about: sites, accounts, units and incidents; and a quarter's facts, each found at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from govkit.folding import fold
from govkit.ledger import PLATFORM, Change, ChangeKind, FilingRecord, Kind, Subject, changes
from govkit.season import Category, Directory, Incident, Published, Report, Season, Unit
from govkit.workdays import working_days


class ThingKind(StrEnum):
    """What a rule is about."""

    SITE = "site"
    ACCOUNT = "account"
    UNIT = "unit"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Thing:
    """One site, account, unit or incident.

    Attributes:
        kind: which of them.
        id: identifier; the name of a unit.
        name: by which people know it.
        unit: who answers for it.
        subject: the row of the ledger of a site or account.
        incident: the incident.
        runs: whether it runs still; what the ledger calls closed, or no longer lists, does not.
    """

    kind: ThingKind
    id: str
    name: str
    unit: Unit
    subject: Subject | None = None
    incident: Incident | None = None
    runs: bool = True


class View:
    """A season as rules see it."""

    def __init__(self, season: Season) -> None:
        self.season = season
        self.as_of = season.period[1]
        self.directory = Directory(season.units)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """All units by folded name, so that another spelling makes no other unit.

        Those of the directory come first, then sponsors that it lacks, of which only the name is known.
        """
        units = dict(self.directory.own)
        for subject in (*self.season.subjects, *self.gone):
            if subject.sponsor and not self.directory.find(subject.sponsor):
                units.setdefault(fold(subject.sponsor), Unit(subject.sponsor))
        for incident in self.season.incidents or ():
            if not self.directory.find(incident.unit):
                units.setdefault(fold(incident.unit), Unit(incident.unit))
        return units

    def unit_called(self, name: str) -> Unit | None:
        """The unit of a name or of a short name (简称) that only it has; None where nobody knows it."""
        return self.directory.find(name) or self.units.get(fold(name))

    @cached_property
    def things(self) -> Mapping[ThingKind, tuple[Thing, ...]]:
        """All things by kind, in the order of ledger, directory and list of incidents."""
        found: dict[ThingKind, list[Thing]] = {kind: [] for kind in ThingKind}
        nobody = Unit("")
        for subject in self.season.subjects:
            kind = ThingKind(subject.kind)
            unit = self.unit_called(subject.sponsor) or nobody
            found[kind].append(Thing(kind, subject.id, subject.name, unit, subject, None, not subject.is_closed))
        for subject in self.gone:
            kind = ThingKind(subject.kind)
            unit = self.unit_called(subject.sponsor) or nobody
            found[kind].append(Thing(kind, subject.id, subject.name, unit, subject, None, runs=False))
        found[ThingKind.UNIT] = [
            Thing(ThingKind.UNIT, unit.name, unit.name, unit)
            for unit in self.units.values()
            if unit.category != Category.PERSON  # who is no unit, even if the directory lists them
        ]
        found[ThingKind.INCIDENT] = [
            Thing(
                ThingKind.INCIDENT,
                incident.id,
                incident.name,
                self.unit_called(incident.unit) or nobody,
                incident=incident,
            )
            for incident in self.season.incidents or ()
        ]
        return {kind: tuple(things) for kind, things in found.items()}

    @cached_property
    def gone(self) -> tuple[Subject, ...]:
        """What the earlier ledger has and the later one lacks, closed since."""
        listed = {subject.id for subject in self.season.subjects}
        closed = (change.subject for change in self._changes if change.kind == ChangeKind.CLOSED)
        return tuple(subject for subject in closed if subject.id not in listed)

    @cached_property
    def has_accounts(self) -> bool:
        """Whether there is a ledger of accounts at all."""
        return any(subject.kind == Kind.ACCOUNT for subject in self.season.subjects)

    def accounts_of(self, unit: str) -> Sequence[Subject]:
        """The accounts of a unit that run."""
        return self._accounts.get(self.directory.full_name(unit), ())

    @cached_property
    def _accounts(self) -> Mapping[str, Sequence[Subject]]:
        found: dict[str, list[Subject]] = {}
        for subject in self.season.subjects:
            if subject.kind == Kind.ACCOUNT and not subject.is_closed:
                found.setdefault(self.directory.full_name(subject.sponsor), []).append(subject)
        return found

    @cached_property
    def sponsors(self) -> frozenset[str]:
        """The units, by folded name, that have a site or an account that runs."""
        return frozenset(self.directory.full_name(each.sponsor) for each in self.season.subjects if not each.is_closed)

    @cached_property
    def filings(self) -> Mapping[str, Sequence[FilingRecord]]:
        """The filings of each object."""
        found: dict[str, list[FilingRecord]] = {}
        for record in self.season.filings or ():
            found.setdefault(record.subject_id, []).append(record)
        return found

    @cached_property
    def reports(self) -> Mapping[tuple[str, str, int], Sequence[Report]]:
        """The reports by whom they are about, folded, matter and year, in the order in which they were handed in."""
        found: dict[tuple[str, str, int], list[Report]] = {}
        for report in sorted(self.season.reports or (), key=lambda report: report.submitted):
            found.setdefault((self.directory.full_name(report.who), report.matter, report.year), []).append(report)
        return found

    @cached_property
    def matters_reported(self) -> frozenset[tuple[str, int]]:
        """The matters and years of which anybody has reported at all."""
        return frozenset((matter, year) for _, matter, year in self.reports)

    @cached_property
    def _changes(self) -> Sequence[Change]:
        season = self.season
        # A ledger that lists no site at all is one of accounts only: nothing was closed or opened by that.
        earlier, later = (
            [each for each in ledger if each.kind in self.compared]
            for ledger in (season.earlier or (), season.subjects)
        )
        found = changes(earlier, later, season.filings or (), season.period)
        return [change for change in found if not self._is_same_unit(change)]

    def _is_same_unit(self, change: Change) -> bool:
        """Whether only another name of the same unit was written."""
        of_units = change.kind in (ChangeKind.SPONSOR, ChangeKind.OWNER)
        return of_units and self.directory.full_name(change.before) == self.directory.full_name(change.after)

    @cached_property
    def compared(self) -> frozenset[Kind]:
        """The kinds of objects that both ledgers list, so that changes show."""
        ledgers = (self.season.earlier or (), self.season.subjects)
        earlier, later = ({subject.kind for subject in ledger} for ledger in ledgers)
        return frozenset(earlier & later)

    def both_list(self, unit: str, kind: ThingKind) -> bool:
        """Whether both ledgers list objects of a unit: of one that only one of them has, nobody knows what changed."""
        return all((self.directory.full_name(unit), str(kind)) in listed for listed in self._units_listed)

    @cached_property
    def _units_listed(self) -> tuple[frozenset[tuple[str, str]], ...]:
        ledgers = (self.season.earlier or (), self.season.subjects)
        return tuple(
            frozenset((self.directory.full_name(each.sponsor), str(each.kind)) for each in ledger) for ledger in ledgers
        )

    @cached_property
    def changes(self) -> Mapping[str, Sequence[Change]]:
        """What changed since the earlier ledger, by object; nothing where there is none."""
        found: dict[str, list[Change]] = {}
        for change in self._changes:
            found.setdefault(change.subject.id, []).append(change)
        return found

    def published(self, thing: Thing) -> Published | None:
        """What is recorded of its publications; None where nothing is."""
        return (self.season.published or {}).get(thing.id)


def platform_of(account: Subject) -> str:
    """The platform of an account; empty where it is not known."""
    return account.details.get(PLATFORM, "")


def column_date(subject: Subject, column: str) -> date | None:
    """A date of the ledger; None where there is none, or where its year is not known."""
    try:
        return date.fromisoformat(subject.details.get(column, ""))
    except ValueError:
        return None


@lru_cache(maxsize=1024)  # most accounts are judged over the same days
def ordinals_worked(first: date, last: date) -> frozenset[int]:
    """The working days of a stretch, as ordinals.

    Raises:
        UnknownYearError: the calendar of a year is not known.
    """
    return frozenset(day.toordinal() for day in working_days(first, last))
