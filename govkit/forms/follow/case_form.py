"""What a person fills in at a problem: the fields of a form, which are kept as a draft until they are recorded."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date

import ipywidgets as widgets

from govkit.forms.errors import Refusal
from govkit.forms.follow.drafts import Fields
from govkit.forms.pane import Desktop
from govkit.issues import Case, Event
from govkit.messages import say

Record = Callable[["CaseForm"], None]
"""Records what a form says."""


class CaseForm(ABC):
    """A form for one kind of event.

    Args:
        desktop: what it works with.
        words: of its button.
        typed: is called when somebody has changed something.
        record: is called with the form, with its button.

    Attributes:
        box: what is displayed.
        record: the button.
    """

    def __init__(self, desktop: Desktop, words: str, typed: Callable[[], None], record: Record) -> None:
        look = desktop.look
        self.desktop, self._typed = desktop, typed
        self._fields: dict[str, widgets.ValueWidget] = {}
        self._blank: Fields = {}
        self.record = look.make_button(words, kind="primary")
        self.box = widgets.VBox((), layout=look.whole)
        self.record.on_click(desktop.screen.handler(lambda _: record(self)))

    @abstractmethod
    def suits(self, case: Case) -> bool:
        """Whether this can happen to a problem now."""

    @abstractmethod
    def event(self, case: Case) -> Event:
        """What the form says.

        Raises:
            Refusal: something is missing, or is no day or number.
        """

    def stand_for(self, case: Case, today: date, draft: Fields) -> None:
        """Show a problem: with what somebody had typed, else as if nobody had typed anything."""
        self._blank = self.blank(case, today)
        for name, widget in self._fields.items():
            text = draft.get(name, self._blank.get(name, ""))
            if isinstance(widget, widgets.ToggleButtons):
                widget.index = next((at for at, (_, value) in enumerate(widget.options) if value == text), None)
            else:
                widget.value = text

    def blank(self, case: Case, today: date) -> Mapping[str, str]:  # noqa: ARG002 - others look at the problem
        """What stands in the fields before anybody has typed."""
        return {"day": today.isoformat()}

    def typed(self) -> Fields:
        """What stands in the fields, where that is not what stood there before anybody had typed."""
        now = {name: widget.value or "" for name, widget in self._fields.items()}
        return {name: text for name, text in now.items() if text != self._blank.get(name, "")}

    def add(self, name: str, widget: widgets.ValueWidget) -> None:
        """Take a field into the draft."""
        self._fields[name] = widget
        widget.observe(self.desktop.screen.handler(lambda _: self._typed()), names="value")

    def new_line(self, name: str, hint: str = "") -> widgets.Text:
        """A short line; every key counts."""
        look = self.desktop.look
        field = widgets.Text(description=say(f"follow.{name}"), placeholder=hint, style=look.label, layout=look.field)
        self.add(name, field)
        return field

    def new_note(self, name: str, hint: str) -> widgets.Textarea:
        """Several lines; every key counts."""
        look = self.desktop.look
        field = widgets.Textarea(
            description=say(f"follow.{name}"), placeholder=hint, rows=3, style=look.label, layout=look.field
        )
        self.add(name, field)
        return field

    def new_outcome(self, *names: str) -> widgets.ToggleButtons:
        """What came of it: one of these, and none before somebody has chosen."""
        look = self.desktop.look
        field = widgets.ToggleButtons(
            options=[(say(f"follow.{name}"), name) for name in names],
            value=None,
            style=look.choice,
            layout=look.choices,
        )
        field.add_class("gk-result")
        self.add("outcome", field)
        return field

    @staticmethod
    def chosen(field: widgets.ToggleButtons) -> str:
        """Which was chosen.

        Raises:
            Refusal: none was.
        """
        if field.value is None:
            raise Refusal(say("follow.choose", words=say("follow.or").join(label for label, _ in field.options)))
        return str(field.value)
