"""The page after an inspection: which batch, how many objects run, and the panes. `summarise` is for the notebook."""

import os

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.errors import Refusal
from govkit.forms.look import Look
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.screen import Screen
from govkit.forms.summary.bulletin_pane import BulletinPane
from govkit.forms.summary.charts_pane import ChartsPane
from govkit.forms.summary.counts import Counts
from govkit.forms.summary.file_pane import FilePane
from govkit.forms.summary.tables_pane import TablesPane
from govkit.forms.typed import number_in
from govkit.forms.workbench import keep_log
from govkit.ledger import Kind
from govkit.messages import say
from govkit.organising import Planner, running
from govkit.problems import ProblemsError
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets
from govkit.store import BatchInfo, Home, StoreError, open_home

_PANES = ("tables", "charts", "bulletin", "file")


def summarise() -> widgets.Widget:
    """The page of the home that the environment names, ready to be displayed."""
    try:
        home = open_home(os.environ)
        batches = home.batches()
        if not batches:
            return widgets.HTML(markup.message("refused", say("form.no_batch")))
        return SummaryPage(home, batches).box
    except StoreError as error:
        return widgets.HTML(markup.message("failed", str(error)))


class SummaryPage:
    """The page.

    Args:
        home: where everything is.
        batches: those that can be chosen, the one to begin with first.
    """

    def __init__(self, home: Home, batches: tuple[BatchInfo, ...]) -> None:
        self._home = home
        keep_log(home)
        look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        handler = self.screen.handler
        self.batch = widgets.Dropdown(
            options=[(say("form.batch_option", batch=batch), batch) for batch in batches],
            description=say("form.batch"),
            style=look.label,
            layout=look.rest,
        )
        self.again = look.make_button(say("summary.again"), tooltip=say("summary.again_tip"))
        self.running = {
            kind: widgets.Text(
                description=say(f"summary.running_{kind}"),
                placeholder=say("summary.running_hint"),
                continuous_update=False,
                style=look.label,
                layout=look.short,
            )
            for kind in Kind
        }
        self.tabs = widgets.ToggleButtons(
            options=[(say(f"summary.pane_{name}"), name) for name in _PANES], style=look.choice, layout=look.choices
        )
        self.tabs.add_class("gk-tabs")
        self._told = widgets.HTML(layout=look.whole)
        self._place = widgets.VBox((), layout=look.whole)
        first = widgets.Box([self.batch, self.again], layout=look.line)
        second = widgets.Box([*self.running.values(), self._told], layout=look.line)
        self.box = widgets.VBox([look.sheet, first, second, self.tabs, self.screen.message, self._place])
        self.box.add_class("gk")
        self.planner = Planner(home, Quarter.of(self.batch.value.as_of))
        self.counts = Counts(home, self.batch.value)
        desktop = Desktop(look, self.screen, lambda: home.inspector, home.folder)
        self.panes: dict[str, Pane] = {
            "tables": TablesPane(desktop, self.counts),
            "charts": ChartsPane(desktop, self.counts),
            "bulletin": BulletinPane(desktop, self.counts),
            "file": FilePane(desktop, self.counts, home),
        }
        self.batch.observe(handler(lambda _: self._change_batch()), names="value")
        self.again.on_click(handler(lambda _: self._read_again()))
        for field in self.running.values():
            field.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.tabs.observe(handler(lambda _: None), names="value")  # likewise
        with self.screen.watched():
            self._take_from_ledger()

    def refresh(self) -> None:
        """Show the chosen pane as things are now; nothing while the numbers cannot be."""
        try:
            self._count()
        except Refusal:
            self._place.children = ()
            raise
        pane = self.panes[self.tabs.value]
        pane.refresh()
        self._place.children = (pane.box,)

    def _count(self) -> None:
        typed = {kind: number_in(field.value) for kind, field in self.running.items()}
        told = {kind: number for kind, number in typed.items() if number is not None}
        if told != self.counts.running:
            self.counts.take(told, self.counts.units)
        self.counts.tally  # noqa: B018 - refuses numbers that cannot be

    def _change_batch(self) -> None:
        self.planner.close()
        self.planner = Planner(self._home, Quarter.of(self.batch.value.as_of))
        self.counts.batch = self.batch.value
        self._take_from_ledger()

    def _read_again(self) -> None:
        self.counts.forget()
        self._take_from_ledger()
        self.screen.tell("good", say("summary.read_again", name=self.counts.batch.name))

    def _take_from_ledger(self) -> None:
        """Fill in how many objects run, as the ledger of the quarter has it, where there is one."""
        sheets, told = self._sheets()
        self.counts.take({}, sheets.units if sheets else None)
        with self.screen.mirroring():
            for kind, field in self.running.items():
                field.value = str(len(running(sheets.subjects, kind))) if sheets else ""
        self._told.value = told

    def _sheets(self) -> tuple[SeasonSheets | None, str]:
        """What the files of the quarter say, and what to tell about them."""
        quarter = self.planner.quarter.name
        try:
            sheets = self.planner.files.read()
        except ProblemsError:
            return None, notices([say("summary.bad_ledger", quarter=quarter)])
        dim = '<div class="gk-dim">{text}</div>'
        key = "from_ledger" if sheets else "no_ledger"
        return sheets, markup.fill(dim, text=say(f"summary.{key}", quarter=quarter))
