"""A problem with its events: where it stands follows from them, and what cannot happen to it is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from govkit.issues.model import Appeal, Appealed, Corrected, Decided, Event, Issue, Issued, Rechecked, Reported
from govkit.messages import say


class State(StrEnum):
    """Where a problem stands."""

    OPEN = "待整改"
    REPORTED = "已报整改"
    APPEALED = "申诉中"
    PASSED = "复查通过"
    NOT_PASSED = "复查未通过"  # with a new deadline
    WITHDRAWN = "已撤销"


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
                    state = State.PASSED if event.passed else State.NOT_PASSED
                case Appealed():
                    before, state = state, State.APPEALED
                case Decided():
                    # Of what was found to be less, the rest is still to be mended.
                    mistake = appeal is not None and appeal.asks == Appeal.MISTAKE
                    state = State.WITHDRAWN if event.accepted and mistake else before
        return state

    @property
    def uncorrected(self) -> list[tuple[Appealed, Decided]]:
        """The appeals that were accepted, while what they ask for is not corrected yet."""
        waiting: list[tuple[Appealed, Decided]] = []
        for event, appeal in self._answering():
            if isinstance(event, Corrected):
                waiting.clear()
            elif isinstance(event, Decided) and event.accepted and appeal:
                waiting.append((appeal, event))
        return waiting

    @property
    def number(self) -> int | None:
        """The number that was found, as accepted appeals have left it; None for what is not counted."""
        left = (event.left for event in reversed(self.events) if isinstance(event, Decided) and event.left is not None)
        return next(left, self.issue.count)

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
        return self.state in _TO_MEND and self.deadline < as_of

    def followed_by(self, event: Event) -> "Case":
        """The case with one event more.

        Raises:
            ImpossibleError: it cannot happen now, misses what it must tell, or is of too early a day.
        """
        if not self._can_follow(event):
            raise ImpossibleError("impossible", id=self.issue.id, state=self.state, event=_name(event))
        if not _told(event):
            raise ImpossibleError("untold", id=self.issue.id, event=_name(event))
        after = self._after(event)
        if event.day < after:
            raise ImpossibleError("too_early", id=self.issue.id, event=_name(event), day=event.day, after=after)
        if isinstance(event, Rechecked | Decided):
            self._check_deadline(event)
        if isinstance(event, Decided):
            self._check_number(event)
        return Case((*self.events, event))

    def _can_follow(self, event: Event) -> bool:
        if isinstance(event, Corrected):
            return bool(self.uncorrected)
        return not isinstance(event, Issued) and self.state in _WHEN[type(event)]

    def _answering(self) -> Iterator[tuple[Event, Appealed | None]]:
        """The events, each with the last appeal before it."""
        appeal = None
        for event in self.events:
            yield event, appeal
            appeal = event if isinstance(event, Appealed) else appeal

    def _after(self, event: Event) -> date:
        """The day of what an event answers to."""
        answered = _ANSWERED.get(type(event), ())
        return max(each.day for each in self.events if isinstance(each, (Issued, *answered)))

    def _check_deadline(self, event: Rechecked | Decided) -> None:
        """What is not mended has a new deadline, what is ended has none, and none lies before its own day."""
        ended = isinstance(event, Rechecked) and event.passed
        needed = isinstance(event, Rechecked) and not event.passed
        if event.deadline is None and needed:
            raise ImpossibleError("no_deadline", id=self.issue.id)
        if event.deadline is not None and (ended or event.deadline <= event.day):
            raise ImpossibleError("bad_deadline", id=self.issue.id, deadline=event.deadline)

    def _check_number(self, event: Decided) -> None:
        """What is less has a number that remains, below the one that was found; nothing else has one."""
        appeal, found = self.appeal, self.number
        less = event.accepted and appeal is not None and appeal.asks == Appeal.LESS
        wanted = range(1, found) if less and found is not None else (None,)
        if event.left not in wanted:
            raise ImpossibleError("bad_number", id=self.issue.id, found=found or "—")


_TO_MEND = {State.OPEN, State.NOT_PASSED}
_WHEN = {
    Reported: {*_TO_MEND, State.REPORTED},  # a unit may tell more until somebody looks
    Rechecked: {*_TO_MEND, State.REPORTED},  # somebody may look before the unit has told anything
    Appealed: {*_TO_MEND, State.REPORTED},
    Decided: {State.APPEALED},
}
_ANSWERED: dict[type[Event], tuple[type[Event], ...]] = {
    Reported: (Rechecked,),
    Rechecked: (Reported, Rechecked),
    Decided: (Appealed,),
    Corrected: (Decided,),
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
        case Corrected():
            return event.version is not None or bool(event.note.strip())
    return True


def _name(event: Event) -> str:
    return say(f"issue_event.{type(event).__name__.lower()}")
