"""The second pane: the draw of the quarter, who inspects what, the batch, and samples within a site."""

import re
from collections import Counter

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import coverage_of_sampling, png
from govkit.forms.board import Question
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, join
from govkit.forms.pane import heading, notices, table
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.forms.quarter.site_samples import SiteSamples
from govkit.ledger import PLATFORM, Kind
from govkit.messages import say
from govkit.organising import new_seed, running, unknown_units
from govkit.sampling import Ground, Inspector
from govkit.season import Directory
from govkit.store import KeptDraw, RegisterEntry, rubrics_in

_BETWEEN = re.compile(r"[\s,，、;；:：]+")


class DrawPane(QuarterPane):
    """Drawing the accounts of the quarter."""

    def __init__(self, desktop: QuarterDesktop) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self.inspectors = self.new_area(say("plan.inspectors"), say("plan.inspectors_hint"))
        self.seed = self.new_text(say("plan.seed"), say("plan.seed_hint"))
        self.reason = self.new_text(say("plan.reason"), say("plan.reason_hint"))
        self.batch = self.new_choice(say("plan.results"))
        self.batch.layout = look.rest  # beside others
        self.take = look.make_button(say("plan.take_results"), tooltip=say("plan.take_results_tip"))
        self.draw = look.make_button(say("plan.draw"), kind="primary")
        self.export = look.make_button(say("plan.export_draw"), kind="info")
        rubrics = rubrics_in(desktop.home)
        self.rubric = self.new_choice(
            say("plan.rubric"), [(f"{rubric.title}（{rubric.id}）", rubric.id) for rubric in rubrics.usable()]
        )
        self.rubric.layout = look.rest  # beside others
        self.organiser = self.new_text(say("plan.organiser"))
        self.make = look.make_button(say("plan.make_batch"), kind="info", tooltip=say("plan.make_batch_tip"))
        self.chart = widgets.Image(layout=widgets.Layout(max_width="100%"))
        self._charted: tuple[object, bytes] = (None, b"")
        self.links = widgets.HTML(layout=look.whole)
        self.words = widgets.HTML(layout=look.whole)
        self._drawing = widgets.Box([self.seed, self.reason, self.draw, self.export], layout=look.line)
        self.confirm = Question(look, desktop.screen, say("form.yes"), say("form.no"))
        self._results = widgets.Box([self.batch, self.take], layout=look.line)
        self.samples = SiteSamples(desktop, rubrics.load(self.rubric.value))
        self._making = widgets.Box([self.rubric, self.organiser, self.make], layout=look.line)
        self.take.on_click(handler(lambda _: self._take_results()))
        self.draw.on_click(handler(lambda _: self._draw()))
        self.export.on_click(handler(lambda _: self._export()))
        self.make.on_click(handler(lambda _: self._make_batch()))

    def refresh(self) -> None:
        """Show the draw that counts."""
        planner = self.desktop.planner()
        entry = planner.drawn()
        self.reason.layout = self.desktop.look.rest if entry else self.desktop.look.hidden
        self.export.disabled = self.make.disabled = entry is None
        batches = [(say("form.batch_option", batch=batch), batch.key) for batch in planner.earlier_batches()]
        with self.desktop.screen.mirroring():
            if list(self.batch.options) != batches:
                self.batch.options = batches
                self.batch.index = 0 if batches else None
        has_files = bool(planner.files.paths)
        self.box.children = (
            *([self._results] if batches and not entry else []),
            self.inspectors,
            self._drawing,
            self.confirm.box,
            *([self._making] if entry else []),
            self.links,
            self.words,
            *([self.chart] if entry else []),
            *([self.samples.box] if has_files else []),
        )
        if has_files:
            self.samples.refresh()
        if entry:
            self.words.value = _drawn(entry.value)
            self.chart.value = self._coverage(entry)
            return
        told = [say("plan.not_drawn", quarter=planner.quarter.name)]
        if has_files and (number := planner.must_be_drawn()):
            told.append(say("plan.must", number=number))
        self.words.value = notices(told)

    def _coverage(self, entry: RegisterEntry[KeptDraw]) -> bytes:
        """What the draws of the year have reached so far; drawn again only where the draw is another."""
        key = (entry.seq, self.desktop.planner().files.paths)
        if self._charted[0] != key:
            planner = self.desktop.planner()
            accounts = running(planner.sheets().subjects, Kind.ACCOUNT)
            year = planner.quarter.year
            draws = (planner.register.draw((year, number)) for number in range(1, planner.quarter.number + 1))
            figure = coverage_of_sampling(accounts, [each.value.draw for each in draws if each], year)
            self._charted = (key, png(figure))
        return self._charted[1]

    def _take_results(self) -> None:
        number = self.desktop.planner().take_results(self.desktop.actor, self.batch.value)
        name = next(label for label, key in self.batch.options if key == self.batch.value)
        self.desktop.screen.tell("good", say("plan.results_taken", quarter=name, number=number))

    def _draw(self) -> None:
        people, actor = self._inspectors(), self.desktop.actor
        if people:
            self._draw_for(actor, people)
        else:
            words = fill("<b>{text}</b>", text=say("plan.nobody_yet"))
            self.confirm.ask(words, lambda: self._draw_for(actor, people))

    def _draw_for(self, actor: str, people: list[Inspector]) -> None:
        planner = self.desktop.planner()
        entry = planner.draw(actor, self.seed.value.strip() or new_seed(), people, self.reason.value.strip())
        with self.desktop.screen.mirroring():
            self.reason.value = ""
        self._export()  # the minutes are made of the ledger as it was
        draw = entry.value.draw
        told = [say("plan.drawn", number=len(draw.drawn), population=draw.population, seed=draw.seed)]
        if any(one.ground == Ground.DUE for one in draw.drawn):
            told.append(say("plan.drawn_due"))
        sheets = planner.sheets()
        told += unknown_units(people, sheets.subjects, Directory(sheets.units))
        self.desktop.screen.tell("good", "\n".join(told))

    def _inspectors(self) -> list[Inspector]:
        """The people, a line each: name, blank, unit."""
        found = []
        for line in filter(str.strip, self.inspectors.value.splitlines()):
            name, *unit = _BETWEEN.split(line.strip(), maxsplit=1)
            found.append(Inspector(name, "".join(unit)))
        doubled = [name for name, times in Counter(each.name for each in found).items() if times > 1]
        if doubled:
            raise Refusal(say("plan.same_inspector", names="、".join(doubled)))
        return found

    def _export(self) -> None:
        self.links.value = self.desktop.exports().draw(self.organiser.value.strip(), self._inspectors())

    def _make_batch(self) -> None:
        if not self.organiser.value.strip():
            raise Refusal(say("plan.no_organiser"))
        planner = self.desktop.planner()
        with planner.make_batch(self.desktop.actor, self.rubric.value, self.organiser.value.strip()) as store:
            self.desktop.screen.tell("good", say("plan.made", name=store.info.name, number=len(store.subjects)))


def _drawn(kept: KeptDraw) -> Markup:
    draw = kept.draw
    pieces = [
        heading(say("plan.draw_heading", number=len(draw.drawn), population=draw.population, least=draw.least)),
        notices([say("plan.draw_facts", share=draw.share, seed=draw.seed)]),
    ]
    if kept.renamed:
        pieces.append(notices([say("organising.renamed", number=len(kept.renamed))]))
    if kept.assignment:
        load = Counter(kept.assignment.values())
        pieces.append(table([say("plan.inspector"), say("plan.objects")], sorted(load.items())))
    else:
        pieces.append(notices([say("plan.nobody_assigned")]))
    rows = [
        (
            one.subject.name,
            one.subject.details.get(PLATFORM, ""),
            one.subject.sponsor,
            say(f"ground.{one.ground}"),
            kept.assignment.get(one.subject.id, ""),
        )
        for one in draw.drawn
    ]
    pieces.append(table([say(f"plan.drawn_{name}") for name in ("name", "platform", "unit", "ground", "who")], rows))
    return join(pieces)
