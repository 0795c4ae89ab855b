"""申诉处理: a person decides on an appeal; where 核减 is accepted, a number remains of what was counted."""

from collections.abc import Callable

import ipywidgets as widgets

from govkit.forms.follow.case_form import CaseForm, Record
from govkit.forms.pane import Desktop
from govkit.forms.typed import day_in, needed_day, number_in
from govkit.issues import Appeal, Case, Decided, State
from govkit.messages import say


class AppealForm(CaseForm):
    """Deciding on an appeal; the arguments are those of every form."""

    def __init__(self, desktop: Desktop, typed: Callable[[], None], record: Record) -> None:
        super().__init__(desktop, say("follow.record_decision"), typed, record)
        look = desktop.look
        self.outcome = self.new_outcome("accepted", "refused")
        self.day = self.new_line("day", say("follow.day_hint"))
        self.day.layout = look.rest  # beside others
        self.reason = self.new_note("reason", say("follow.reason_hint"))
        self.left = self.new_line("left")
        self.deadline = self.new_line("deadline", say("follow.deadline_maybe"))
        first = widgets.Box([self.outcome, self.day], layout=look.line)
        self._above = (first, self.reason)
        self._last = widgets.Box([self.record], layout=look.line)

    def suits(self, case: Case) -> bool:
        """Whether an appeal waits."""
        return case.state == State.APPEALED

    def refresh(self, case: Case) -> None:
        """Ask for the number only where one remains."""
        less = self.outcome.value == "accepted" and _is_less(case)
        self.left.placeholder = say("follow.left_hint", found=case.number)
        self.box.children = (*self._above, *([self.left] if less else []), self.deadline, self._last)

    def event(self, case: Case) -> Decided:
        """What the form says."""
        accepted = self.chosen(self.outcome) == "accepted"
        left = number_in(self.left.value) if accepted and _is_less(case) else None
        day, deadline = needed_day(self.day.value, say("follow.day")), day_in(self.deadline.value)
        return Decided(day, accepted, self.reason.value.strip(), deadline, left)


def _is_less(case: Case) -> bool:
    """Whether the unit says that it was less of what was counted."""
    return case.number is not None and case.appeal is not None and case.appeal.asks == Appeal.LESS
