"""The problems of which units were told, as the panes show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from govkit.folding import fold
from govkit.issues import Case, State
from govkit.messages import say
from govkit.store import Register

ALL, OVERDUE, UNCORRECTED = "", "overdue", "uncorrected"


class Cases:
    """All problems; they are read again only where something has happened to one.

    Args:
        register: where they are kept.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._read: tuple[int, tuple[Case, ...]] = (-1, ())

    def all(self) -> tuple[Case, ...]:
        """The problems, in the order in which units were told."""
        last = self.register.last_rectified()
        if last != self._read[0]:
            self._read = last, self.register.rectifications()
        return self._read[1]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are listed.

    Attributes:
        state: a state, OVERDUE, UNCORRECTED, or ALL.
        unit: the unit, folded; ALL for every one.
        source: where it was found; ALL for everywhere.
        as_of: the day on which what is overdue is overdue.
    """

    state: str
    unit: str
    source: str
    as_of: date

    def of_place(self, cases: Iterable[Case]) -> list[Case]:
        """Those of the unit and the source, of every state."""
        return [
            case
            for case in cases
            if self.unit in (ALL, fold(case.issue.sponsor)) and self.source in (ALL, case.issue.source)
        ]

    def is_so(self, case: Case) -> bool:
        """Whether a problem is of the state."""
        match self.state:
            case "":
                return True
            case "overdue":
                return case.overdue(self.as_of)
            case "uncorrected":
                return bool(case.uncorrected)
        return case.state == self.state


FILTERS = (ALL, *map(str, State), OVERDUE, UNCORRECTED)
"""What can be wanted of the state of a problem, in order."""


def filter_name(wanted: str) -> str:
    """What a filter is called: a state by its own name."""
    named = {ALL: "follow.any_state", OVERDUE: "follow.overdue", UNCORRECTED: "follow.uncorrected"}
    return say(named[wanted]) if wanted in named else wanted


def unit_of(case: Case) -> str:
    """The unit that answers for a problem, or that nobody has told which one does."""
    return case.issue.sponsor or say("rectification_sheet.no_unit")
