"""Problems that units are told to mend (整改), and what became of each: events in their order, nothing ever edited."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from govkit.folding import fold
from govkit.messages import say

_LETTERS, _DIGITS = "WT", 16  # letters keep spreadsheet programs from taking it for a number


@dataclass(frozen=True, slots=True)
class Issue:
    """问题: one thing found wrong with one object.

    Attributes:
        source: where it was found: the name of a batch, or a quarter with a pack of rules.
        subject_id: the identifier of the object; the name of a unit.
        name: what the object is called.
        kind: what it is: site, account, unit or incident.
        sponsor: the unit that answers for it; empty where nobody has told.
        item: the item of the rubric, or the rule.
        indicator: what that is about (指标), in a few words.
        what: 问题说明.
        clause: the wording that it breaks.
        found: the day.
        url: 问题网址.
        screenshots: names of pictures.
        severity: how grave it is, as its rules call it.
        points: what it cost before the cap of its row; None where it has no points, or is not scored.
    """

    source: str
    subject_id: str
    name: str
    kind: str
    sponsor: str
    item: str
    indicator: str
    what: str
    clause: str
    found: date
    url: str = ""
    screenshots: tuple[str, ...] = ()
    severity: str = ""
    points: Fraction | None = None

    @property
    def id(self) -> str:
        """问题编号: of source, object, and item alone, so that the same problem has the same number again."""
        told = json.dumps([self.source, self.subject_id, self.item])
        return _LETTERS + hashlib.sha256(told.encode()).hexdigest()[:_DIGITS].upper()


class State(StrEnum):
    """Where a problem stands."""

    OPEN = "待整改"
    REPORTED = "已报整改"
    APPEALED = "申诉中"
    PASSED = "复查通过"
    WITHDRAWN = "已撤销"


class Appeal(StrEnum):
    """What a unit asks for: that it was no problem, or that it was less of one."""

    MISTAKE = "误报"
    LESS = "核减"


@dataclass(frozen=True, slots=True)
class Issued:
    """The unit was told, and by when it is to be mended."""

    issue: Issue
    day: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Reported:
    """The unit says what was done."""

    day: date
    done: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A person looked again. What is not mended gets a new deadline; `evidence` are names of pictures."""

    day: date
    passed: bool
    note: str = ""
    evidence: tuple[str, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Appealed:
    """The unit objects."""

    day: date
    asks: Appeal
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A person decided on the appeal. The unit may get a new deadline."""

    day: date
    accepted: bool
    reason: str
    deadline: date | None = None


Event = Issued | Reported | Rechecked | Appealed | Decided


class ImpossibleError(ValueError):
    """An event that cannot follow on those before it; the message is in Chinese.

    `fault` tells what is wrong with it, and `values` what it is about, for those who have their own words for it.
    """

    def __init__(self, fault: str, **values: object) -> None:
        self.fault, self.values = fault, values
        super().__init__(say(f"issue.{fault}", **values))


@dataclass(frozen=True, slots=True)
class Case:
    """A problem with its events, of which the first is that its unit was told."""

    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        """Refuse events that do not begin with the notice."""
        if not self.events or not isinstance(self.events[0], Issued):
            raise ValueError(self.events)

    @property
    def issued(self) -> Issued:
        """The notice."""
        first = self.events[0]
        assert isinstance(first, Issued)
        return first

    @property
    def issue(self) -> Issue:
        """The problem."""
        return self.issued.issue

    @property
    def state(self) -> State:
        """What the events come to."""
        state = before = State.OPEN
        for event, appeal in self._answering():
            match event:
                case Reported():
                    state = State.REPORTED
                case Rechecked():
                    state = State.PASSED if event.passed else State.OPEN
                case Appealed():
                    before, state = state, State.APPEALED
                case Decided():
                    # Of what was found to be less, the rest is still to be mended.
                    mistake = appeal is not None and appeal.asks == Appeal.MISTAKE
                    state = State.WITHDRAWN if event.accepted and mistake else before
        return state

    @property
    def accepted(self) -> list[tuple[Appealed, Decided]]:
        """The appeals that were accepted."""
        return [(appeal, e) for e, appeal in self._answering() if isinstance(e, Decided) and e.accepted and appeal]

    @property
    def deadline(self) -> date:
        """By when it is to be mended: what was said last."""
        return [e.deadline for e in self.events if isinstance(e, Issued | Rechecked | Decided) and e.deadline][-1]

    @property
    def report(self) -> Reported | None:
        """What the unit said last."""
        return next((each for each in reversed(self.events) if isinstance(each, Reported)), None)

    @property
    def recheck(self) -> Rechecked | None:
        """What came of the last recheck."""
        return next((each for each in reversed(self.events) if isinstance(each, Rechecked)), None)

    @property
    def appeal(self) -> Appealed | None:
        """The last appeal."""
        return next((each for each in reversed(self.events) if isinstance(each, Appealed)), None)

    def overdue(self, as_of: date) -> bool:
        """Whether its deadline is over and the unit has told nothing; an appeal waits for the office."""
        return self.state == State.OPEN and self.deadline < as_of

    def followed_by(self, event: Event) -> "Case":
        """The case with one event more.

        Raises:
            ImpossibleError: it cannot happen now, misses what it must tell, or is of too early a day.
        """
        if isinstance(event, Issued) or self.state not in _WHEN[type(event)]:
            raise ImpossibleError("impossible", id=self.issue.id, state=self.state, event=_name(event))
        if not _told(event):
            raise ImpossibleError("untold", id=self.issue.id, event=_name(event))
        after = self._after(event)
        if event.day < after:
            raise ImpossibleError("too_early", id=self.issue.id, event=_name(event), day=event.day, after=after)
        if isinstance(event, Rechecked | Decided):
            self._check_deadline(event)
        return Case((*self.events, event))

    def _answering(self) -> Iterator[tuple[Event, Appealed | None]]:
        """The events, each with the last appeal before it."""
        appeal = None
        for event in self.events:
            yield event, appeal
            appeal = event if isinstance(event, Appealed) else appeal

    def _after(self, event: Event) -> date:
        """The day of what an event answers to."""
        told: dict[type[Event], Reported | Rechecked | Appealed | None] = {
            Reported: self.recheck,
            Rechecked: self.report,
            Decided: self.appeal,
        }
        return max(each.day for each in (self.issued, told.get(type(event))) if each)

    def _check_deadline(self, event: Rechecked | Decided) -> None:
        """What is not mended has a new deadline, what is ended has none, and none lies before its own day."""
        ended = isinstance(event, Rechecked) and event.passed
        needed = isinstance(event, Rechecked) and not event.passed
        if event.deadline is None and needed:
            raise ImpossibleError("no_deadline", id=self.issue.id)
        if event.deadline is not None and (ended or event.deadline <= event.day):
            raise ImpossibleError("bad_deadline", id=self.issue.id, deadline=event.deadline)


_WHEN = {
    Reported: {State.OPEN, State.REPORTED},  # a unit may tell more until somebody looks
    Rechecked: {State.REPORTED},
    Appealed: {State.OPEN, State.REPORTED},
    Decided: {State.APPEALED},
}


def _told(event: Event) -> bool:
    """Whether an event tells what others must be able to read later."""
    match event:
        case Reported():
            return bool(event.done.strip())
        case Rechecked():
            return event.passed or bool(event.note.strip())
        case Appealed() | Decided():
            return bool(event.reason.strip())
    return True


def _name(event: Event) -> str:
    return say(f"issue_event.{type(event).__name__.lower()}")


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
    """What accepted appeals ask to be corrected in batches and judgements, in the order of the cases."""
    return [Correction(case.issue, appeal.asks, told) for case in cases for appeal, told in case.accepted]


def by_sponsor(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The cases of each unit, under its name as it stands first; other spellings make no other unit."""
    found: dict[str, tuple[str, list[Case]]] = {}
    for case in cases:
        found.setdefault(fold(case.issue.sponsor), (case.issue.sponsor, []))[1].append(case)
    return dict(found.values())
