"""复查: a person looked again, with a note, pictures, and a new deadline for what is not mended."""

from collections.abc import Callable
from pathlib import PurePath

import ipywidgets as widgets

from govkit.forms.errors import Refusal
from govkit.forms.follow.case_form import CaseForm, Record
from govkit.forms.follow.wording import Picture, shown_pictures
from govkit.forms.pane import Desktop
from govkit.forms.typed import day_in, needed_day
from govkit.issues import Case, Rechecked, State
from govkit.messages import say

_LARGEST = 20 * 2**20  # bytes
_BETWEEN = "；"
_CAN_FOLLOW = {State.OPEN, State.REPORTED, State.NOT_PASSED}


class RecheckForm(CaseForm):
    """Recording a recheck.

    Args:
        desktop, typed, record: as for every form.
        keep: keeps a picture, and gives its name.
        read: gives a picture by its name.
    """

    def __init__(
        self,
        desktop: Desktop,
        typed: Callable[[], None],
        record: Record,
        keep: Callable[[bytes, str], str],
        read: Picture,
    ) -> None:
        super().__init__(desktop, say("follow.record_recheck"), typed, record)
        look, handler = desktop.look, desktop.screen.handler
        self._keep, self._read = keep, read
        self.outcome = self.new_outcome("passed", "not_passed")
        self.day = self.new_line("day", say("follow.day_hint"))
        self.day.layout = look.rest  # beside others
        self.note = self.new_note("note", say("follow.note_hint"))
        self.deadline = self.new_line("deadline", say("follow.deadline_hint"))
        self.evidence = widgets.Text()  # the names of pictures; it is not displayed
        self.add("evidence", self.evidence)
        self.upload = widgets.FileUpload(
            accept="image/*", multiple=True, description=say("form.upload"), layout=look.button
        )
        self.drop = look.make_button(say("follow.drop_pictures"))
        self.shots = widgets.HTML(layout=look.whole)
        first = widgets.Box([self.outcome, self.day], layout=look.line)
        self._last = widgets.Box([self.record, self.upload, self.drop], layout=look.line)
        self._above = (first, self.note)
        self.upload.observe(handler(lambda _: self._take_in()), names="value")
        self.drop.on_click(handler(lambda _: self._drop()))

    def suits(self, case: Case) -> bool:
        """Whether somebody may look again."""
        return case.state in _CAN_FOLLOW

    def refresh(self) -> None:
        """Show the pictures, and ask for a new deadline only where there is one."""
        self.shots.value = shown_pictures(self.names, self._read)
        self.drop.layout = self.desktop.look.button if self.names else self.desktop.look.hidden
        later = [self.deadline] if self.outcome.value == "not_passed" else []
        self.box.children = (*self._above, *later, self.shots, self._last)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the pictures."""
        return tuple(filter(None, self.evidence.value.split(_BETWEEN)))

    def event(self, case: Case) -> Rechecked:  # noqa: ARG002 - the same for every problem
        """What the form says."""
        passed = self.chosen(self.outcome) == "passed"
        day, deadline = needed_day(self.day.value, say("follow.day")), None if passed else day_in(self.deadline.value)
        return Rechecked(day, passed, self.note.value.strip(), self.names, deadline)

    def _take_in(self) -> None:
        uploaded = self.upload.value
        with self.desktop.screen.mirroring():
            self.upload.value = ()
        for file in uploaded:
            if not str(file["type"]).startswith("image/"):
                raise Refusal(say("form.no_picture", name=file["name"]))
            if len(file["content"]) > _LARGEST:
                raise Refusal(say("form.large_picture", name=file["name"], size=_LARGEST // 2**20))
            name = self._keep(bytes(file["content"]), PurePath(str(file["name"])).suffix)
            with self.desktop.screen.mirroring():
                self.evidence.value = _BETWEEN.join(dict.fromkeys([*self.names, name]))
        self._typed()

    def _drop(self) -> None:
        with self.desktop.screen.mirroring():
            self.evidence.value = ""
        self._typed()
