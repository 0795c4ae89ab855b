"""更正: what an accepted appeal asks for is done in a new version of the object, or was done elsewhere."""

from collections.abc import Callable
from datetime import date

import ipywidgets as widgets

from govkit.forms.follow.case_form import CaseForm, Record
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop
from govkit.issues import Case, Corrected
from govkit.messages import say


class CorrectForm(CaseForm):
    """Correcting a finding.

    Args:
        desktop, typed, record: as for every form; what it records is that it was done elsewhere.
        correct: is called with the button that corrects it in its batch.
        today: the day of the note.
    """

    def __init__(
        self,
        desktop: Desktop,
        typed: Callable[[], None],
        record: Record,
        correct: Callable[[], None],
        today: date,
    ) -> None:
        super().__init__(desktop, say("follow.elsewhere"), typed, record)
        look = desktop.look
        self._today = today
        self.correct = look.make_button(say("follow.correct"), kind="primary", tooltip=say("follow.correct_tip"))
        self.record.button_style = ""
        self.where = self.new_line("where", say("follow.where_hint"))
        self.where.layout = look.rest  # beside others
        words = widgets.HTML(fill('<div class="gk-dim">{text}</div>', text=say("follow.about_correcting")))
        first = widgets.Box([self.correct], layout=look.line)
        second = widgets.Box([self.where, self.record], layout=look.line)
        self.box.children = (words, first, second)
        self.correct.on_click(desktop.screen.handler(lambda _: correct()))

    def suits(self, case: Case) -> bool:
        """Whether something is to be corrected."""
        return bool(case.uncorrected)

    def event(self, case: Case) -> Corrected:  # noqa: ARG002 - the same for every problem
        """That it was done elsewhere, and where."""
        return Corrected(self._today, None, self.where.value.strip())
