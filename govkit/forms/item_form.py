"""One indicator across many objects, as on an assembly line: the same store, the same rows, the same editor."""

from collections.abc import Callable

import ipywidgets as widgets

from govkit.forms import wording
from govkit.forms.board import Board
from govkit.forms.desk import Desk
from govkit.forms.earlier import Earlier
from govkit.forms.errors import Refusal
from govkit.forms.look import Look
from govkit.forms.markup import fill
from govkit.forms.panes import Filter, listed
from govkit.forms.rows import Rows, Target, View
from govkit.forms.screen import Screen
from govkit.messages import say
from govkit.store import Entry

_A_PAGE = 20
"""Rows on the screen at once: more make every change slow, and nobody looks at more."""


class ItemForm(Board):
    """Judging one item at all objects for which it is in scope.

    Args:
        desk: what is done.
        earlier: the batches before.
        look: the shared looks.
        screen: runs the handlers.
        others: who else works at an object, in words; empty where nobody does.
    """

    def __init__(self, desk: Desk, earlier: Earlier, look: Look, screen: Screen, others: Callable[[str], str]) -> None:
        super().__init__(desk, earlier, look, screen)
        self._others = others
        self._rows = self.make_rows()
        self._page = 0
        self._listed: list[Target] = []
        rubric = desk.rubric
        scopes = {code for subject in desk.store.subjects for code in rubric.items_in_scope(subject)}
        options = [
            (f"{code} {rubric.row_of[code].name}：{rubric.wording(item)}", code)
            for code, item in rubric.items.items()
            if code in scopes
        ]
        self.item = widgets.Dropdown(options=options, description=say("form.item"), style=look.label, layout=look.field)
        self.words = widgets.HTML(layout=look.whole)
        self.filter = widgets.ToggleButtons(
            options=[(say(f"form.filter_{each}"), each) for each in Filter], style=look.choice, layout=look.choices
        )
        self.back, self.forth = look.make_button(say("form.page_back")), look.make_button(say("form.page_forth"))
        self.rest = look.make_button(say("form.rest_page"), kind="info", tooltip=say("form.rest_tip"))
        self.place = widgets.HTML()
        tools = widgets.Box([self.filter, self.back, self.place, self.forth, self.rest, self.undo], layout=look.line)
        self.box.children = (self.item, self.in_sight(self.words, tools), self._rows.box)
        self.item.observe(screen.handler(lambda _: self.open()), names="index")
        self.filter.observe(screen.handler(lambda _: self.open()), names="index")
        self.back.on_click(screen.handler(lambda _: self._turn(-1)))
        self.forth.on_click(screen.handler(lambda _: self._turn(1)))
        self.rest.on_click(screen.handler(lambda _: self.ask_rest()))

    @property
    def rows(self) -> Rows:
        """The rows of the page."""
        return self._rows

    def last_step(self) -> tuple[Entry, ...]:
        """The last step at any object."""
        return self.desk.last_done()

    def take_back(self) -> None:
        """Undo it, at all of its objects."""
        self.desk.undo_last()

    def open(self) -> None:
        """List the objects of the chosen item, as far as the filter lets them."""
        code = self.item.value
        cases = [case for case in self.desk.cases() if code in case.judgements]
        self._listed = [Target(case.subject.id, code) for case in cases if listed(case, code, self.filter.value)]
        self._page = 0
        self._show()

    def refresh(self) -> None:
        """Show what is in the store now."""
        if self.item.value is None:  # a batch without objects
            return
        item = self.desk.rubric.items[self.item.value]
        self.words.value = wording.item_lead(self.desk.rubric, item)
        self._rows.refresh()
        self.details.refresh()
        judged = sum(not listed(self.desk.case(t.subject_id), t.code, Filter.OPEN) for t in self._listed)
        self.place.value = fill(
            "{text}",
            text=say("form.page", page=self._page + 1, pages=self._pages, judged=judged, all=len(self._listed)),
        )
        self.back.disabled, self.forth.disabled = self._page == 0, self._page + 1 >= self._pages
        at = dict.fromkeys(self.desk.case(entry.subject_id).subject.name for entry in self.last_step())
        self.show_undo("、".join(at))

    def view(self, target: Target) -> View:
        """A row with the name of its object."""
        case, item = self.desk.case(target.subject_id), self.desk.rubric.items[target.code]
        words = wording.object_words(self.desk, self.earlier, case, item, self._others(target.subject_id))
        return self.view_with(target, words)

    def ask_rest(self) -> None:
        """Ask whether the objects of the page were looked at and nothing was found."""
        targets = [t for t in self._rows.targets if self.desk.unchecked(self.desk.case(t.subject_id), [t.code])]
        targets = [t for t in targets if self.desk.case(t.subject_id).is_open]
        if not targets:
            raise Refusal(say("form.no_rest"))
        names = "、".join(self.desk.case(t.subject_id).subject.name for t in targets)
        words = fill("<b>{text}</b>", text=say("form.rest_objects", number=len(targets), names=names))
        code, subject_ids = targets[0].code, [target.subject_id for target in targets]
        self.confirm.ask(words, lambda: self.desk.clear_everywhere(code, subject_ids))

    def _turn(self, pages: int) -> None:
        if 0 <= self._page + pages < self._pages:  # a second click may be on its way from a button that is off by now
            self._page += pages
            self._show()

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._listed) // _A_PAGE))

    def _show(self) -> None:
        self.close_details()
        self.confirm.withdraw()
        start = self._page * _A_PAGE
        page = self._listed[start : start + _A_PAGE]
        for subject_id in {target.subject_id for target in page}:
            self.desk.store.settle(subject_id)
            self.desk.reload(subject_id)
        self._rows.show(page)
        self.refresh()
