"""The page of a quarter: which quarter, who works here, and the panes. `plan` is what the notebook calls."""

import os
from datetime import date, datetime
from pathlib import Path

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.errors import Refusal
from govkit.forms.look import Look
from govkit.forms.quarter.decisions_pane import DecisionsPane
from govkit.forms.quarter.draw_pane import DrawPane
from govkit.forms.quarter.ledger_pane import LedgerPane
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.forms.quarter.rules_pane import RulesPane
from govkit.forms.screen import Screen
from govkit.forms.workbench import keep_log
from govkit.messages import say
from govkit.organising import Planner, QuarterFiles, quarters_with_files
from govkit.quarters import Quarter
from govkit.store import Home, StoreError, open_home

_SAMPLES = Path(__file__).resolve().parents[3] / "sample_data" / say("plan.sample_folder")
_PANES = ("ledger", "draw", "rules", "decisions")
_BEFORE, _AFTER = 7, 1  # quarters that can be chosen, seen from today


def plan() -> widgets.Widget:
    """The page of the home that the environment names, ready to be displayed."""
    try:
        today = datetime.now().astimezone().date()
        return QuarterPage(open_home(os.environ), today).box
    except StoreError as error:
        return widgets.HTML(markup.message("failed", str(error)))


class QuarterPage:
    """The page.

    Args:
        home: where everything is.
        today: decides which quarters can be chosen.
    """

    def __init__(self, home: Home, today: date) -> None:
        self._home, self._today = home, today
        keep_log(home)
        look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        handler = self.screen.handler
        self.who = look.make_inspector(home.inspector)
        self.quarter = widgets.Dropdown(description=say("plan.quarter"), style=look.label, layout=look.short)
        self.sample = look.make_button(say("start.sample"), tooltip=say("plan.sample_tip"))
        self.tabs = widgets.ToggleButtons(
            options=[(say(f"plan.pane_{name}"), name) for name in _PANES], style=look.choice, layout=look.choices
        )
        self.tabs.add_class("gk-tabs")
        self._place = widgets.VBox((), layout=look.whole)
        top = widgets.Box([self.who, self.quarter, self.sample], layout=look.line)
        self.box = widgets.VBox([look.sheet, top, self.tabs, self.screen.message, self._place])
        self.box.add_class("gk")
        self._list_quarters()
        self.planner = Planner(home, self.quarter.value)
        desktop = QuarterDesktop(look, self.screen, lambda: self.who.value, home.folder, lambda: self.planner)
        rules = RulesPane(desktop)
        self.panes: dict[str, QuarterPane] = {
            "ledger": LedgerPane(desktop),
            "draw": DrawPane(desktop),
            "rules": rules,
            "decisions": DecisionsPane(desktop, rules),
        }
        self._rules = rules
        self.who.observe(handler(lambda _: home.set_inspector(self.who.value)), names="value")
        self.quarter.observe(handler(lambda _: self._change_quarter()), names="value")
        self.tabs.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.sample.on_click(handler(lambda _: self._take_samples()))
        with self.screen.watched():
            pass

    def refresh(self) -> None:
        """Show the chosen pane as things are now."""
        pane = self.panes[self.tabs.value]
        self._place.children = (pane.box,)
        pane.refresh()

    def _list_quarters(self, wanted: Quarter | None = None) -> None:
        """Quarters around today, and those that have files; the last of these is shown, else that of today."""
        today = Quarter.of(self._today)
        quarters = [today]
        for _ in range(_BEFORE):
            quarters.append(quarters[-1].before)
        for _ in range(_AFTER):
            quarters.insert(0, quarters[0].after)
        there = quarters_with_files(self._home.folder)
        options = sorted({*quarters, *there}, reverse=True)
        with self.screen.mirroring():
            self.quarter.options = [(quarter.name, quarter) for quarter in options]
            self.quarter.value = wanted or max(there, default=today)

    def _change_quarter(self) -> None:
        self.planner.close()
        self.planner = Planner(self._home, self.quarter.value)
        self._rules.forget()

    def _take_samples(self) -> None:
        if not self.who.value.strip():
            raise Refusal(say("desk.no_name"))
        for path in sorted(_SAMPLES.glob("????Q?.xlsx")):
            quarter = Quarter.read(path.stem)
            files = QuarterFiles(self._home.folder, quarter)
            if not files.paths:  # made-up objects do not belong among those of an office
                files.take_in((path.name, path.read_bytes()))
        self._list_quarters()
        self._change_quarter()
        self.screen.tell("good", say("plan.samples_taken"))
