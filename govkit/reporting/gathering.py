"""What is known of a year → what it comes to for a unit with its subordinate units, or for a whole county."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from govkit.assessing import Directory
from govkit.folding import fold
from govkit.issues import Case, Issue, State, overdue
from govkit.ledger import FILED, PLATFORM, Change, ChangeKind, Kind, Subject, told_kinds
from govkit.messages import say
from govkit.packs.things import View
from govkit.quarters import Quarter
from govkit.rectifying import issues_of_inspection
from govkit.reporting.kinds import ReportKind
from govkit.reporting.model import Changes, Checked, Followed, KindYear, ObjectYear, YearReport, YearTold
from govkit.scoring import Verdict
from govkit.season import Season, Unit

_QUARTERS = range(1, 5)
_YES, _NO = "是", "否"  # the words of 备案 in a ledger


def year_report(kind: ReportKind, told: YearTold, unit: str = "") -> YearReport:
    """Count what a year comes to.

    Of several checks of an object in a quarter the last one that is finished counts, once.

    Args:
        kind: which report it is.
        told: what is known of the year.
        unit: a unit by any of its names; empty for the whole county.
    """
    return _Gathering(kind, told, unit).report()


def units_of(kind: ReportKind, told: YearTold) -> tuple[str, ...]:
    """The units that run something which a report is about, in ledger order; none where no ledger tells."""
    return _Gathering(kind, told, "").sponsors or ()


def knows_unit(told: YearTold, name: str) -> bool:
    """Whether a unit occurs anywhere in what is known of a year, by any of its names."""
    directory = Directory((told.units or {}).values())
    ledgers = (subject for listed in (told.now, told.before) if listed for subject in listed.subjects)
    checked = (result.subject for inspection in told.inspections or () for result in inspection.objects)
    sponsors = (*(each.sponsor for each in (*ledgers, *checked)), *(case.issue.sponsor for case in told.cases or ()))
    return directory.called(name) is not None or fold(name) in map(fold, filter(None, sponsors))


class _Gathering:
    def __init__(self, kind: ReportKind, told: YearTold, unit: str) -> None:
        self.kind, self.told = kind, told
        self.directory = Directory((told.units or {}).values())
        self.unit = self.directory.called(unit) or Unit(unit) if unit else None

    def report(self) -> YearReport:
        parts = {kind: self._part(kind) for kind in self.kind.kinds}
        name = self.unit.name if self.unit else ""
        return YearReport(self.kind, self.told, name, parts, self._followed(), self.sponsors)

    def _is_own(self, sponsor: str) -> bool:
        """Whether what a unit has counts here."""
        if self.unit is None:
            return True
        at = self.directory.called(sponsor)
        if at is None:
            return bool(sponsor) and fold(sponsor) == fold(self.unit.name)
        above = self.directory.upwards(at) if self.kind.subordinates else (at,)
        return any(each is self.unit for each in above)

    @cached_property
    def sponsors(self) -> tuple[str, ...] | None:
        """Units that run something, by their full names."""
        parts = [self._running(kind) for kind in self.kind.kinds]
        told = [running for running in parts if running is not None]
        if not told:
            return None
        names: dict[str, str] = {}
        for subject in (subject for running in told for subject in running if subject.sponsor):
            name = self._full_name(subject.sponsor)
            names.setdefault(fold(name), name)
        return tuple(names.values())

    def _full_name(self, sponsor: str) -> str:
        unit = self.directory.called(sponsor)
        return unit.name if unit else sponsor

    def _running(self, kind: Kind) -> tuple[Subject, ...] | None:
        now = self.told.now
        if now is None or kind not in told_kinds(now.subjects):
            return None
        own = (subject for subject in now.subjects if subject.kind == kind and self._is_own(subject.sponsor))
        return tuple(subject for subject in own if not subject.is_closed)

    def _part(self, kind: Kind) -> KindYear:
        running = self._running(kind)
        changed = self._changed(kind)
        checks = {number: self._checks(kind, number) for number in _QUARTERS}
        told = [each for each in checks.values() if each is not None]
        return KindYear(
            kind,
            running,
            tuple(map(self._object, running or ())),
            _platforms(running or ()) if kind == Kind.ACCOUNT else {},
            None if running is None else _filed(running),
            tuple(self._crowded(running or ())) if kind == Kind.ACCOUNT else (),
            None if changed is None else self._numbers(changed),
            tuple(changed or ()),
            checks,
            tuple(issue for each in told for one in each for issue in _issues(one)) if told else None,
        )

    # Changes ------------------------------------------------------------------------------------------------------

    def _changed(self, kind: Kind) -> Sequence[Change] | None:
        view = self._view
        if view is None:
            return None
        nothing = not (view.season.subjects or view.season.earlier)
        if kind not in view.compared and not nothing:
            return None
        return [
            change
            for changes in view.changes.values()
            for change in changes
            if change.subject.kind == kind and any(map(self._is_own, _sponsors(change)))
        ]

    @cached_property
    def _view(self) -> View | None:
        """The two ledgers, side by side."""
        now, before = self.told.now, self.told.before
        if now is None or before is None:
            return None
        period = Quarter(self.told.year, 1).first, now.quarter.last
        filings = self.told.filings
        return View(Season(period, now.subjects, self.told.units, filings=filings, earlier=before.subjects))

    def _numbers(self, changed: Sequence[Change]) -> Mapping[ChangeKind, Changes]:
        found = {}
        for kind in ChangeKind:
            own = [change for change in changed if change.kind == kind]
            filed = sum(change.record is not None for change in own)
            found[kind] = Changes(len(own), None if self.told.filings is None else filed)
        return found

    # Accounts -----------------------------------------------------------------------------------------------------

    def _crowded(self, running: Iterable[Subject]) -> Iterator[tuple[str, str, int]]:
        named = [each for each in running if each.sponsor and each.details.get(PLATFORM)]
        numbers = Counter((self._full_name(each.sponsor), each.details[PLATFORM]) for each in named)
        yield from ((unit, platform, number) for (unit, platform), number in numbers.items() if number > 1)

    # Checks and cases ---------------------------------------------------------------------------------------------

    @cached_property
    def _all_checks(self) -> Mapping[tuple[Kind, int], Mapping[str, Checked]]:
        """What was said of each object, by kind and quarter, whoever sponsors it."""
        found: dict[tuple[Kind, int], dict[str, Checked]] = {}
        for inspection in sorted(self.told.inspections or (), key=lambda each: each.batch.as_of):
            quarter = Quarter.of(inspection.batch.as_of)
            for result in inspection.objects if quarter.year == self.told.year else ():
                own = found.setdefault((result.subject.kind, quarter.number), {})
                if result.subject.id not in own or result.score.verdict != Verdict.INCOMPLETE:
                    own[result.subject.id] = Checked(quarter, inspection, result)
        return found

    def _checks(self, kind: Kind, number: int) -> tuple[Checked, ...] | None:
        found = self._all_checks.get((kind, number))
        if found is None:
            return None if self.told.inspections != () else ()
        return tuple(each for each in found.values() if self._is_own(each.result.subject.sponsor))

    def _object(self, subject: Subject) -> ObjectYear:
        kind, name = subject.kind, subject.id
        told = {number: self._all_checks.get((kind, number)) for number in _QUARTERS}
        checks = {number: found.get(name) for number, found in told.items() if found is not None}
        if self.told.inspections == ():
            checks = dict.fromkeys(_QUARTERS)
        cases = None if self._all_cases is None else self._cases_by_object.get(name, ())
        problems = tuple(issue for each in checks.values() if each for issue in _issues(each))
        return ObjectYear(subject, checks, problems if checks else None, cases)

    @cached_property
    def _all_cases(self) -> tuple[Case, ...] | None:
        """The cases of the year as they stood on the day, whosever they are; None where nobody has told."""
        if self.told.cases is None:
            return None
        found = []
        for case in self.told.cases:
            events = tuple(event for event in case.events if event.day <= self.told.as_of)
            if case.issue.found.year == self.told.year and events and events[0] == case.issued:
                found.append(Case(events))
        return tuple(found)

    @cached_property
    def _cases_by_object(self) -> Mapping[str, tuple[Case, ...]]:
        found: dict[str, tuple[Case, ...]] = {}
        for case in self._all_cases or ():
            found[case.issue.subject_id] = (*found.get(case.issue.subject_id, ()), case)
        return found

    def _followed(self) -> Followed | None:
        if self._all_cases is None:
            return None
        every = set(self.kind.kinds) == set(Kind)  # then also what units and incidents were told of
        meant = (case for case in self._all_cases if every or case.issue.kind in self.kind.kinds)
        cases = tuple(case for case in meant if self._is_own(case.issue.sponsor))
        numbers = Counter(case.state for case in cases)
        states = {state: numbers[state] for state in State}
        return Followed(cases, states, tuple(overdue(cases, self.told.as_of)))


def _sponsors(change: Change) -> Iterator[str]:
    """Whom a change concerns: of what changes hands, both."""
    yield change.subject.sponsor
    if change.kind == ChangeKind.SPONSOR:
        yield change.before


def _platforms(running: Iterable[Subject]) -> Mapping[str, int]:
    numbers = Counter(each.details.get(PLATFORM) or say("chart.no_platform") for each in running)
    return dict(numbers.most_common())


def _filed(running: Sequence[Subject]) -> tuple[int, int, int]:
    words = [each.details.get(FILED, "") for each in running]
    yes, no = words.count(_YES), words.count(_NO)
    return yes, no, len(words) - yes - no


def _issues(checked: Checked) -> tuple[Issue, ...]:
    return issues_of_inspection(replace(checked.inspection, objects=(checked.result,)))
