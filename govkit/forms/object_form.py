"""The form of one object: head, bar, panes, and the way to filing."""

from collections.abc import Callable
from functools import cached_property

import ipywidgets as widgets

from govkit.forms import wording
from govkit.forms.board import Board
from govkit.forms.case import Case
from govkit.forms.conclusion import Conclusion
from govkit.forms.desk import Desk
from govkit.forms.earlier import Earlier
from govkit.forms.errors import Refusal
from govkit.forms.exporting import Exporter
from govkit.forms.look import Look
from govkit.forms.markup import fill
from govkit.forms.panes import Filter, Pane, listed, panes
from govkit.forms.rows import Rows, Target, View
from govkit.forms.screen import Screen
from govkit.messages import say
from govkit.store import Entry


class ObjectForm(Board):
    """Judging one object, pane by pane; a pane is built when it is first opened, and then kept.

    Args:
        desk: what is done.
        earlier: the batches before.
        look: the shared looks.
        screen: runs the handlers.
        exporter: writes sheets.
        others: who else works at an object, in words; empty where nobody does.

    Attributes:
        subject_id: the object that is shown; None before the first.
    """

    def __init__(
        self,
        desk: Desk,
        earlier: Earlier,
        look: Look,
        screen: Screen,
        exporter: Exporter,
        others: Callable[[str], str],
    ) -> None:
        super().__init__(desk, earlier, look, screen)
        self._others = others
        self.subject_id: str | None = None
        self._panes: tuple[Pane, ...] = ()
        self._built: dict[str, Rows] = {}
        self.head = widgets.HTML(layout=look.whole)
        self.bar = widgets.HTML(layout=look.words)
        self.banner = widgets.HTML(layout=look.whole)
        self.tabs = widgets.ToggleButtons(options=(), style=look.choice, layout=look.choices)
        self.tabs.add_class("gk-tabs")
        self.filter = widgets.ToggleButtons(
            options=[(say(f"form.filter_{each}"), each) for each in Filter], style=look.choice, layout=look.choices
        )
        self.filter.add_class("gk-filter")
        self.rest = look.make_button(say("form.rest"), kind="info", tooltip=say("form.rest_tip"))
        self._exporter = exporter
        self.body = widgets.VBox((), layout=look.whole)
        top = self.in_sight(widgets.Box([self.bar, self.undo], layout=look.line))
        self.tools = widgets.Box([self.filter, self.rest], layout=look.part)
        tools = widgets.Box([self.tabs, self.tools], layout=look.line)
        self.box.children = (
            self.head,
            top,
            tools,
            self.banner,
            self.body,
        )
        self.tabs.observe(screen.handler(lambda _: self.show_pane()), names="index")
        self.filter.observe(screen.handler(lambda _: self.show_pane()), names="index")
        self.rest.on_click(screen.handler(lambda _: self.ask_rest()))

    @cached_property
    def conclusion(self) -> Conclusion:
        """The last pane; built, like the others, when it is first opened."""
        return Conclusion(self.desk, self.look, self.screen, self._exporter, self.go_to)

    @property
    def rows(self) -> Rows | None:
        """The rows of the pane that is open."""
        pane = self.pane
        return self._built.get(pane.name) if pane else None

    @property
    def pane(self) -> Pane | None:
        """The pane that is open; None for the conclusion."""
        index = self.tabs.index
        return self._panes[index] if index is not None and index < len(self._panes) else None

    def last_step(self) -> tuple[Entry, ...]:
        """The last step at the object of the form."""
        if self.subject_id is None or not self.desk.case(self.subject_id).is_open:
            return ()
        return self.desk.undoable(self.subject_id)

    def take_back(self) -> None:
        """Undo it."""
        if self.subject_id:
            self.desk.undo(self.subject_id)

    def open(self, subject_id: str) -> None:
        """Show another object, in the pane of the same name where it has one."""
        self.close_details()
        case = self.desk.open(subject_id)
        self.subject_id = subject_id
        before = self.pane.name if self.pane else ""
        self._panes = panes(self.desk.rubric, case.subject)
        names = [pane.name for pane in self._panes]
        with self.screen.mirroring():
            tabs = (*names, say("form.pane_conclusion"))
            if self.tabs.options != tabs:
                self.tabs.options = tabs
            self.tabs.index = names.index(before) if before in names else 0
            self.filter.value = Filter.ALL
        self.show_pane()
        left = self.desk.left(subject_id)
        if left:
            self.choose_between(left)

    def show_pane(self) -> None:
        """List the items of the open pane, as far as the filter lets them."""
        if self.subject_id is None:
            return
        self.close_details()
        self.confirm.withdraw()
        pane, case = self.pane, self.desk.case(self.subject_id)
        if pane is None:
            self.conclusion.show(self.subject_id)
            self.body.children = (self.conclusion.box,)
        else:
            if pane.name not in self._built:
                self._built[pane.name] = self.make_rows()
            rows = self._built[pane.name]
            codes = [code for code in pane.codes if listed(case, code, self.filter.value)]
            rows.show([Target(self.subject_id, code) for code in codes])
            self.body.children = (rows.box,)
        self.tools.layout = self.look.part if pane else self.look.hidden
        self.refresh()

    def go_to(self, code: str) -> None:
        """Open the pane and the details of an item."""
        index = next((at for at, pane in enumerate(self._panes) if code in pane.codes), None)
        if index is None or self.subject_id is None:
            return
        with self.screen.mirroring():
            self.filter.value = Filter.ALL
            self.tabs.index = index
        self.show_pane()
        self.open_details(Target(self.subject_id, code))

    def ask_rest(self) -> None:
        """Ask whether what is open in the pane was looked at and nothing was found."""
        if self.subject_id is None or self.pane is None:
            return
        subject_id, codes = self.subject_id, self.pane.codes
        left = self.desk.unchecked(self.desk.case(subject_id), codes)
        if not left:
            raise Refusal(say("form.no_rest"))
        text = say(f"form.rest_{self.pane.part}", number=len(left), items=wording.items_by_row(self.desk.rubric, left))
        words = fill("<b>{text}</b>", text=text)
        self.confirm.ask(words, lambda: self._clear_rest(subject_id, left))

    def refresh(self) -> None:
        """Show what is in the store now."""
        if self.subject_id is None:
            return
        case = self.desk.case(self.subject_id)
        self.head.value = wording.head(case, self.desk.store.batch.as_of, self.desk.who, self._others(self.subject_id))
        self.bar.value = wording.bar(case, self.desk.saved(self.subject_id), self._progress(case))
        self.banner.value = wording.banner(self.desk, case, self.pane.part) if self.pane else ""
        self.rest.disabled = not case.is_open
        self.show_undo()
        if self.rows:
            self.rows.refresh()
            self.details.refresh()
        elif self.pane is None:
            self.conclusion.refresh()

    def view(self, target: Target) -> View:
        """A row with the wording of its item."""
        case, item = self.desk.case(target.subject_id), self.desk.rubric.items[target.code]
        return self.view_with(target, wording.item_words(self.desk, self.earlier, case, item))

    def _clear_rest(self, subject_id: str, codes: list[str]) -> None:
        self.desk.clear_rest(subject_id, codes)

    def _progress(self, case: Case) -> list[tuple[str, int, int]]:
        return [
            (pane.name, sum(not listed(case, code, Filter.OPEN) for code in pane.codes), len(pane.codes))
            for pane in self._panes
        ]
