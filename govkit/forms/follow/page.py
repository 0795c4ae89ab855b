"""The page of what follows an inspection: who works here, and the panes. `follow_up` is what the notebook calls."""

import os
from datetime import date, datetime

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.follow.assess_pane import AssessPane
from govkit.forms.follow.calendar_pane import CalendarPane
from govkit.forms.follow.cases import Cases
from govkit.forms.follow.collect_pane import CollectPane
from govkit.forms.follow.notify_pane import NotifyPane
from govkit.forms.follow.reports_pane import ReportsPane
from govkit.forms.follow.track_pane import TrackPane
from govkit.forms.look import Look
from govkit.forms.pane import Desktop, Pane
from govkit.forms.screen import Screen
from govkit.forms.workbench import keep_log
from govkit.messages import say
from govkit.organising import office_years
from govkit.store import Home, StoreError, open_home

_PANES = ("notify", "collect", "track", "assess", "reports", "calendar")


def follow_up() -> widgets.Widget:
    """The page of the home that the environment names, ready to be displayed."""
    try:
        today = datetime.now().astimezone().date()
        return FollowPage(open_home(os.environ), today).box
    except StoreError as error:
        return widgets.HTML(markup.message("failed", str(error)))


class FollowPage:
    """The page.

    Args:
        home: where everything is.
        today: what is past and what is overdue is so on this day.
    """

    def __init__(self, home: Home, today: date) -> None:
        keep_log(home)
        look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        handler = self.screen.handler
        self.who = look.make_inspector(home.inspector)
        self.tabs = widgets.ToggleButtons(
            options=[(say(f"follow.pane_{name}"), name) for name in _PANES], style=look.choice, layout=look.choices
        )
        self.tabs.add_class("gk-tabs")
        self._place = widgets.VBox((), layout=look.whole)
        self.box = widgets.VBox([look.sheet, self.who, self.tabs, self.screen.message, self._place])
        self.box.add_class("gk")
        desktop = Desktop(look, self.screen, lambda: self.who.value, home.folder)
        years = office_years(home)
        self.register = home.register()
        cases = Cases(self.register)
        self.panes: dict[str, Pane] = {
            "notify": NotifyPane(desktop, home, cases, today),
            "collect": CollectPane(desktop, cases, today),
            "track": TrackPane(desktop, home, cases, today),
            "assess": AssessPane(desktop, home, years or [today.year]),
            "reports": ReportsPane(desktop, home, self.register, years or [today.year], today),
            "calendar": CalendarPane(desktop, years, today),
        }
        self.who.observe(handler(lambda _: home.set_inspector(self.who.value)), names="value")
        self.tabs.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        with self.screen.watched():
            pass

    def refresh(self) -> None:
        """Show the chosen pane as things are now."""
        pane = self.panes[self.tabs.value]
        self._place.children = (pane.box,)
        pane.refresh()
