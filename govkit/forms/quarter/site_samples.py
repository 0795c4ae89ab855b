"""Samples within a site: a list is pasted, lots are drawn, and both are kept as evidence."""

import ipywidgets as widgets

from govkit.forms.chooser import Chooser
from govkit.forms.errors import Refusal
from govkit.forms.markup import join
from govkit.forms.pane import heading, notices, table
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.ledger import Kind
from govkit.messages import say
from govkit.organising import running
from govkit.rubric import Rubric


class SiteSamples(QuarterPane):
    """Drawing documents, guides or pages of a site.

    Args:
        desktop: what it works with.
        rubric: the rules, of which those items are listed that ask for a sample.
    """

    def __init__(self, desktop: QuarterDesktop, rubric: Rubric) -> None:
        super().__init__(desktop)
        look = desktop.look
        self._items = {item.code: item.sample for item in rubric.items.values() if item.sample}
        rows = rubric.row_of
        self.sites = Chooser(desktop, say("plan.lines_site"), lambda: None)  # what follows is done by `refresh`
        self.site = self.sites.list
        self.item = self.new_choice(
            say("plan.lines_item"),
            [(f"{code} {rows[code].name}（{number}）", code) for code, number in self._items.items()],
        )
        self.list = self.new_area(say("plan.lines_list"), say("plan.lines_hint"))
        self.draw = look.make_button(say("plan.lines_draw"))
        self.words = widgets.HTML(layout=look.whole)
        tools = widgets.Box([self.draw], layout=look.line)
        title = widgets.HTML(heading(say("plan.lines_heading")))
        self.box.children = (title, self.sites.box, self.item, self.list, tools, self.words)
        self.draw.on_click(desktop.screen.handler(lambda _: self._draw()))

    def refresh(self) -> None:
        """Show the sites, and the samples of the quarter."""
        planner = self.desktop.planner()
        listed = running(planner.sheets().subjects, Kind.SITE)
        sites = {site.id: site.name for site in listed}
        texts = {site.id: f"{site.name}\n{site.id}\n{site.sponsor}" for site in listed}
        self.sites.show(texts, lambda site_id: f"{sites[site_id]}（{site_id}）")
        kept = planner.register.lines(planner.quarter).values()
        rows = [
            (sites.get(e.subject_id, e.subject_id), e.item, join(e.value.drawn, "、"), len(e.value.lines), e.value.seed)
            for e in kept
        ]
        names = ("object", "item", "drawn", "of", "seed")
        head = [say(f"plan.lines_columns_{name}") for name in names]
        self.words.value = table(head, rows) if rows else notices([say("plan.lines_none")])

    def _draw(self) -> None:
        lines = [stripped for line in self.list.value.splitlines() if (stripped := line.strip())]
        if self.site.value is None:
            raise Refusal(say("plan.lines_no_site"))
        if not lines:
            raise Refusal(say("plan.lines_empty"))
        number = self._items[self.item.value]
        kept = self.desktop.planner().draw_lines(self.desktop.actor, self.site.value, self.item.value, number, lines)
        told = say("plan.lines_drawn", of=len(kept.lines), number=len(kept.drawn), seed=kept.seed)
        self.desktop.screen.tell("good", told)
