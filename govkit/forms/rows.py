"""Rows of items to judge: a widget of each kind a row, given other items to stand for, never made anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.choices import Choice
from govkit.forms.look import Look
from govkit.forms.screen import Freshness, Screen
from govkit.messages import say


@dataclass(frozen=True, slots=True)
class Target:
    """What a row stands for: one item of one object."""

    subject_id: str
    code: str


@dataclass(frozen=True, slots=True)
class View:
    """What a row shows: words (HTML), buttons, and which of them is pressed."""

    words: Markup
    choices: tuple[Choice, ...]
    chosen: int | None
    is_frozen: bool


class Row:
    """One row: the words, the buttons of the result, and one that opens the details below."""

    def __init__(self, look: Look, screen: Screen) -> None:
        self._screen = screen
        self.target: Target | None = None
        self._choices: tuple[Choice, ...] = ()
        self.words = widgets.HTML(layout=look.words)
        self.result = widgets.ToggleButtons(options=(), style=look.choice, layout=look.choices)
        self.more = widgets.Button(description=say("form.more"), layout=look.more, style=look.plain)
        self.box = widgets.Box([self.words, self.result, self.more], layout=look.row)
        self.box.add_class("gk-row")
        self.result.add_class("gk-result")

    def show(self, view: View) -> None:
        """Make the widgets show this, sending only what has changed."""
        with self._screen.mirroring():
            self.words.value = view.words
            if self._choices != view.choices:
                self._choices = view.choices
                with self.result.hold_sync():
                    self.result.options = tuple(choice.words for choice in view.choices)
                    self.result.tooltips = [choice.tooltip for choice in view.choices]
                    self.result.index = view.chosen
            self.result.index = view.chosen
            self.result.disabled = view.is_frozen

    def choice(self, index: int | None) -> Choice | None:
        """What a button stands for."""
        return None if index is None else self._choices[index]

    def put_below(self, details: widgets.Widget | None) -> None:
        """Open the details below the row, or close them."""
        self.box.children = (*self.box.children[:3], *([details] if details else []))


class Rows:
    """A list of rows for any number of targets.

    Args:
        look: the shared looks.
        screen: runs the handlers.
        view: what a target looks like now.
        pick: called with a target and the button that was pressed.
        open_details: called with a target whose details are asked for.
    """

    def __init__(
        self,
        look: Look,
        screen: Screen,
        view: Callable[[Target], View],
        pick: Callable[[Target, Choice], None],
        open_details: Callable[[Target], None],
    ) -> None:
        self._look, self._screen = look, screen
        self._view, self._pick, self._open_details = view, pick, open_details
        self._rows: list[Row] = []
        self._shown: list[Row] = []
        self.freshness = Freshness()
        self.list = widgets.VBox(layout=look.whole)
        self.box = widgets.VBox([self.freshness.box, self.list], layout=look.whole)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What is listed, in order."""
        return tuple(row.target for row in self._shown if row.target)

    def show(self, targets: Sequence[Target]) -> None:
        """List these targets; rows that are not needed are kept for later."""
        while len(self._rows) < len(targets):
            self._rows.append(self._make())
        moved = [row.target for row in self._rows[: len(targets)]] != list(targets)
        shown = self._rows[: len(targets)]
        for row, target in zip(shown, targets, strict=True):
            row.target = target
        self._shown = shown
        self.refresh()
        self.list.children = tuple(row.box for row in shown)
        if moved:
            self.freshness.renew()

    def refresh(self) -> None:
        """Show what is recorded now."""
        for row in self._shown:
            if row.target:
                row.show(self._view(row.target))

    def row(self, target: Target) -> Row | None:
        """The row that stands for a target, if it is listed."""
        return next((row for row in self._shown if row.target == target), None)

    def _make(self) -> Row:
        row = Row(self._look, self._screen)
        row.result.observe(self._screen.handler(lambda change: self._picked(row, change["new"])), names="index")
        row.more.on_click(self._screen.handler(lambda _: self._asked(row)))
        return row

    def _picked(self, row: Row, index: int | None) -> None:
        choice = row.choice(index)
        if choice is None or row.target is None:
            return
        if not self.freshness.is_fresh:
            self._screen.tell("refused", say("form.not_fresh"))
            return
        self._pick(row.target, choice)

    def _asked(self, row: Row) -> None:
        if row.target and self.freshness.is_fresh:
            self._open_details(row.target)
