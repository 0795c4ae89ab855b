"""The first pane: the rubric by part, group and words, and a card of the item that is chosen."""

import ipywidgets as widgets

from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.training.card import item_card, title_of
from govkit.messages import say
from govkit.rubric import PartName, Rubric
from govkit.training import Explained, explained_rubric, find_items

_SHOWN = 20
_LABEL = 26  # characters of the wording that have room in the list


class ExplorePane(Pane):
    """Looking the rubric up.

    Args:
        desktop: what it works with.
        rubrics: those that can be looked up, the one to begin with first.
    """

    def __init__(self, desktop: Desktop, rubrics: tuple[Rubric, ...]) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self.rubric = self.new_choice(say("train.rubric"))
        self.offer(rubrics)
        first = rubrics[0]
        self.part = widgets.ToggleButtons(
            options=[(say("train.all"), None), *((title_of(first, part), part) for part in PartName)],
            style=look.choice,
            layout=look.choices,
        )
        self.part.add_class("gk-filter")
        self.group = self.new_choice(say("train.group"), [(say("train.all"), "")])
        self.search = self.new_text(say("train.search"), say("train.search_hint"))
        self.found = widgets.HTML(layout=look.whole)
        self.list = widgets.Select(
            options=(), rows=_SHOWN, layout=widgets.Layout(flex="0 1 26em", width="auto", min_width="18em")
        )
        self.card = widgets.HTML(
            layout=widgets.Layout(flex="1 1 24em", width="auto", min_width="0", margin="0 0 0 14px")
        )
        self.box.children = (
            widgets.Box([self.rubric], layout=look.line),
            widgets.Box([self.part], layout=look.line),
            widgets.Box([self.group], layout=look.line),
            widgets.Box([self.search], layout=look.line),
            self.found,
            widgets.Box([self.list, self.card], layout=look.row),
        )
        for field in (self.rubric, self.part, self.group, self.search, self.list):
            field.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`

    def offer(self, rubrics: tuple[Rubric, ...]) -> None:
        """Have these rubrics be looked up from now on; the one that is chosen stays, in its edition of now."""
        chosen = self.rubric.value.id if self.rubric.value else ""
        with self.desktop.screen.mirroring():
            self.rubric.options = [(say("train.rules", rubric=each), each) for each in rubrics]
            self.rubric.value = next((each for each in rubrics if each.id == chosen), rubrics[0])

    def refresh(self) -> None:
        """List the items that are wanted, and show the one that is chosen."""
        rubric = self.rubric.value
        explained = explained_rubric(rubric)
        with self.desktop.screen.mirroring():
            self._list_groups(find_items(explained, part=self.part.value))
            items = find_items(explained, self.search.value, self.part.value, self.group.value)
            shown = [(_label(each), each.item.code) for each in items]
            if list(self.list.options) != shown:
                before = self.list.value
                self.list.options = shown
                codes = [code for _, code in shown]
                self.list.value = before if before in codes else next(iter(codes), None)
        self.found.value = (
            say("train.found", number=len(items), all=len(explained)) if items else notices([say("train.none_found")])
        )
        chosen = next((each for each in items if each.item.code == self.list.value), None)
        self.card.value = item_card(rubric, chosen) if chosen else ""

    def _list_groups(self, items: tuple[Explained, ...]) -> None:
        """The groups of the chosen part; one that it does not have is no longer chosen."""
        groups = dict.fromkeys(each.row.group for each in items if each.row.group)
        options = [(say("train.all"), ""), *((group, group) for group in groups)]
        if list(self.group.options) != options:
            before = self.group.value
            self.group.options = options
            self.group.value = before if before in groups else ""


def _label(each: Explained) -> str:
    text = each.wording.replace("\n", " ")
    return f"{each.item.code}　{text if len(text) <= _LABEL else text[:_LABEL] + '…'}"
