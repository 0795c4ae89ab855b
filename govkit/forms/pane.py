"""What the panes of the organiser's pages share."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.errors import Refusal
from govkit.forms.look import Look
from govkit.forms.markup import fill, join
from govkit.forms.screen import Screen
from govkit.messages import say

_MOST_ROWS = 200  # a page with more becomes slow, and the workbooks have all


@dataclass(frozen=True, slots=True)
class Desktop:
    """What panes work with.

    Attributes:
        look: the shared looks.
        screen: runs the handlers.
        who: says the name of the person; empty while nobody has said it.
        home: the data folder.
    """

    look: Look
    screen: Screen
    who: Callable[[], str]
    home: Path

    @property
    def actor(self) -> str:
        """Who works here.

        Raises:
            Refusal: nobody has said a name; nothing can be recorded without one.
        """
        name = self.who().strip()
        if not name:
            raise Refusal(say("desk.no_name"))
        return name


class Pane(ABC):
    """One pane of a page.

    Attributes:
        desktop: what it works with.
        box: what is displayed.
    """

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.box = widgets.VBox((), layout=desktop.look.whole)

    @abstractmethod
    def refresh(self) -> None:
        """Show what there is now."""

    def new_text(self, label: str, hint: str = "") -> widgets.Text:
        """A line to type into."""
        look = self.desktop.look
        return widgets.Text(description=label, placeholder=hint, style=look.label, layout=look.rest)

    def new_area(self, label: str, hint: str, rows: int = 4) -> widgets.Textarea:
        """A field for several lines; what is typed counts once one goes on."""
        look = self.desktop.look
        return widgets.Textarea(
            description=label,
            placeholder=hint,
            rows=rows,
            style=look.label,
            layout=look.field,
            continuous_update=False,
        )

    def new_choice(self, label: str, options: Iterable[tuple[str, object]] = ()) -> widgets.Dropdown:
        """A list to choose one of, on a line of its own."""
        look = self.desktop.look
        return widgets.Dropdown(options=list(options), description=label, style=look.label, layout=look.field)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    """A table; the rows beyond what a page can hold are counted."""
    shown = join(fill("<tr>{cells}</tr>", cells=join(map(_cell, row))) for row in rows[:_MOST_ROWS])
    head = join(fill("<th>{text}</th>", text=heading) for heading in headings)
    left = len(rows) - _MOST_ROWS
    more = fill('<div class="gk-dim">{text}</div>', text=say("plan.more_rows", number=left)) if left > 0 else Markup()
    return fill(
        '<div class="gk-wide"><table class="gk-table"><tr>{head}</tr>{rows}</table></div>{more}',
        head=head,
        rows=shown,
        more=more,
    )


def _cell(value: object) -> Markup:
    """A cell; a day is never broken in two."""
    return fill('<td class="gk-day">{text}</td>' if isinstance(value, date) else "<td>{text}</td>", text=value)


def notices(sentences: Iterable[str]) -> Markup:
    """What should be looked at, a line each."""
    return join(fill('<div class="gk-note gk-refused">{text}</div>', text=sentence) for sentence in sentences)


def heading(words: str) -> Markup:
    """A heading within a pane."""
    return fill('<div class="gk-name">{text}</div>', text=words)
