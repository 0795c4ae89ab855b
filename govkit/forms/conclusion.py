"""The last pane: verdict and steps, what is still open, and the way from draft to filed."""

from collections.abc import Callable
from functools import partial

import ipywidgets as widgets

from govkit.findings import Stage
from govkit.forms import filing, wording
from govkit.forms.desk import Desk
from govkit.forms.exporting import Exporter
from govkit.forms.look import Look
from govkit.forms.screen import Screen
from govkit.messages import say

_STEPS = {
    Stage.CHECKING: ("submit",),
    Stage.SUBMITTED: ("review", "reason", "send_back"),
    Stage.REVIEWED: ("reason", "correct"),
}
"""Which controls stand there at which stage."""


class Conclusion:
    """Verdict, steps, open items, filing and export of one object.

    Args:
        desk: what is done.
        look: the shared looks.
        screen: runs the handlers.
        exporter: writes sheets.
        go_to: opens an item in its pane.
    """

    def __init__(
        self, desk: Desk, look: Look, screen: Screen, exporter: Exporter, go_to: Callable[[str], None]
    ) -> None:
        self._desk, self._screen, self._exporter, self._go_to = desk, screen, exporter, go_to
        self._subject_id = ""
        self.words = widgets.HTML(layout=look.whole)
        self.open_items = widgets.Dropdown(
            options=(), description=say("form.open_items"), style=look.label, layout=look.field
        )
        self.reason = widgets.Text(
            description=say("form.reason"), placeholder=say("form.reason_hint"), style=look.label, layout=look.field
        )
        self.buttons = {
            "submit": look.make_button(say("form.submit"), kind="primary"),
            "review": look.make_button(say("form.review"), kind="primary"),
            "send_back": look.make_button(say("form.send_back")),
            "correct": look.make_button(say("form.correct")),
        }
        self.export = look.make_button(say("form.export"))
        self.export_all = look.make_button(say("form.export_all"))
        self.versions = widgets.Dropdown(
            options=(), description=say("form.versions"), style=look.label, layout=look.short
        )
        self.links = widgets.HTML(layout=look.whole)
        self._filing = widgets.Box((), layout=look.line)
        self._exports = widgets.Box([self.export, self.export_all], layout=look.line)
        self.box = widgets.VBox([self.words, self.open_items, self._filing, self._exports, self.links])
        self.open_items.observe(screen.handler(lambda _: self._jump()), names="index")
        for step, button in self.buttons.items():
            button.on_click(screen.handler(partial(self._take, step)))
        self.export.on_click(screen.handler(lambda _: self._export()))
        self.export_all.on_click(screen.handler(lambda _: self._export_all()))

    def show(self, subject_id: str) -> None:
        """Stand for another object from now on."""
        self.links.value = ""
        if subject_id != self._subject_id:
            self._subject_id, self.reason.value, self.versions.options = subject_id, "", ()

    def refresh(self) -> None:
        """Show what is in the store now."""
        case = self._desk.case(self._subject_id)
        self.words.value = wording.conclusion(self._desk, case)
        with self._screen.mirroring():
            row_of = self._desk.rubric.row_of
            left = [(f"{code} {row_of[code].name}", code) for code in case.score.open]
            options = ((say("form.choose_open", number=len(left)), ""), *left)
            if self.open_items.options != options:
                self.open_items.options = options
            self.open_items.index = 0
            versions = self._versions()
            if self.versions.options != versions:
                self.versions.options = versions
                self.versions.index = 0
        controls = {**self.buttons, "reason": self.reason}
        self._filing.children = tuple(controls[name] for name in _STEPS[case.filing.stage])
        more = [self.versions] if len(versions) > 1 else []
        self._exports.children = (self.export, *more, self.export_all)
        listed = [self.open_items] if left else []
        self.box.children = (self.words, *listed, self._filing, self._exports, self.links)

    def _versions(self) -> tuple[tuple[str, int], ...]:
        """The reviewed versions that can be written besides the object as it is now."""
        current = self._desk.case(self._subject_id).filing
        numbers = [entry.value.version for entry in self._desk.store.versions(self._subject_id)]  # type: ignore[union-attr]
        earlier = [number for number in numbers if number != current.version]
        return ((say("form.this_version"), 0), *((say("form.that_version", version=n), n) for n in earlier))

    def _jump(self) -> None:
        if self.open_items.value:
            self._go_to(self.open_items.value)

    def _take(self, step: str, _: object) -> None:
        if step == "submit":
            filing.submit(self._desk, self._subject_id)
        elif step == "review":
            filing.review(self._desk, self._subject_id)
        elif step == "send_back":
            filing.send_back(self._desk, self._subject_id, self.reason.value)
        else:
            filing.correct(self._desk, self._subject_id, self.reason.value)
        self.reason.value = ""
        self._screen.tell("good", say(f"form.done_{step}"))

    def _export(self) -> None:
        self._desk.settle()
        number = self.versions.value
        case = self._desk.case(self._subject_id)
        self.links.value = self._exporter.one(self._desk.version(self._subject_id, number) if number else case)

    def _export_all(self) -> None:
        self.links.value = self._exporter.all()
