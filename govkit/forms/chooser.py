"""A list to choose one of; a long one is searched, since no browser shows ten thousand options in time."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from govkit.folding import fold
from govkit.forms.pane import Desktop
from govkit.messages import say
from govkit.packs import Thing

_LONG = 500
"""A list of more options than this is searched."""
_MOST_SHOWN = 200
"""And that many of those found are listed."""


def text_of(thing: Thing) -> str:
    """What is searched of a thing: name, code and unit, each on a line so that nothing is found across two."""
    return f"{thing.name}\n{thing.id}\n{thing.unit.name}"


class Chooser:
    """The list, and above it the field to search in.

    Args:
        desktop: what it works with.
        label: what is chosen.
        search: is called when somebody has searched.

    Attributes:
        list: the list; its value is the identifier that was chosen, or None.
        search: the field.
        box: what is displayed.
    """

    def __init__(self, desktop: Desktop, label: str, search: Callable[[], None]) -> None:
        look = desktop.look
        self._desktop = desktop
        self._folded: dict[str, str] = {}
        self.list = widgets.Dropdown(options=(), description=label, style=look.label, layout=look.field)
        self.search = widgets.Text(
            description=say("plan.search"),
            placeholder=say("plan.search_hint"),
            continuous_update=False,
            style=look.label,
            layout=look.hidden,
        )
        self.words = widgets.HTML(layout=look.hidden)
        self.box = widgets.VBox([self.search, self.words, self.list], layout=look.whole)
        self.search.observe(desktop.screen.handler(lambda _: search()), names="value")

    def show(self, options: Mapping[str, str], label: Callable[[str], str]) -> None:
        """List options; what was chosen stays chosen where it is still listed, else the first one is.

        Args:
            options: what is searched of each (name, code, unit), by identifier.
            label: what stands in the list for an identifier.
        """
        look, is_long = self._desktop.look, len(options) > _LONG
        found = self._found(options) if is_long else list(options)
        shown = found[:_MOST_SHOWN] if is_long else found
        listed = [(label(name), name) for name in shown]
        with self._desktop.screen.mirroring():
            self.search.layout = look.field if is_long else look.hidden
            self.words.layout = look.whole if is_long else look.hidden
            self.words.value = say("plan.search_found", number=len(found), shown=len(shown)) if is_long else ""
            if list(self.list.options) != listed:
                before = self.list.value
                self.list.options = listed
                self.list.value = before if before in shown else next(iter(shown), None)

    def _found(self, options: Mapping[str, str]) -> list[str]:
        wanted = fold(self.search.value)
        if not wanted:
            return list(options)
        for text in options.values():
            if text not in self._folded:
                self._folded[text] = fold(text)
        return [name for name, text in options.items() if wanted in self._folded[text]]
