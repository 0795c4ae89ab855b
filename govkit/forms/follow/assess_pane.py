"""The fourth pane: 年度考核 of a year, from its batches and what files tell, with what each verdict rests on."""

from collections import Counter
from collections.abc import Iterable

import ipywidgets as widgets
from markupsafe import Markup

from govkit.assessing import Standing, UnitAssessment
from govkit.forms.chooser import Chooser
from govkit.forms.files_box import FilesBox
from govkit.forms.markup import fill, join
from govkit.forms.pane import Desktop, Pane, heading, notices, table
from govkit.forms.writing import links_to
from govkit.messages import say
from govkit.organising import Assessed, OfficeYear
from govkit.sheets.season import EVIDENCE, evidence_of, ground_in_words, unknown_of, write_assessment
from govkit.store import Home

_ALL = ""
_ORDER = (Standing.FAIL, Standing.OPEN, Standing.PASS)


class AssessPane(Pane):
    """Assessing a year.

    Args:
        desktop: what it works with.
        home: where the batches are.
        years: those that can be chosen, the one to begin with first.
    """

    def __init__(self, desktop: Desktop, home: Home, years: list[int]) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._home = home
        self.year = widgets.Dropdown(
            options=years, value=years[0], description=say("follow.year"), style=look.label, layout=look.short
        )
        self._of = OfficeYear(home, self.year.value)
        self._assessed: Assessed | None = None
        self.files = FilesBox(desktop, lambda: self._of.files, say("follow.upload_year"), self._forget)
        self.batches: dict[str, widgets.Checkbox] = {}
        self._batches = widgets.Box((), layout=look.line)
        self.assess = look.make_button(say("follow.assess"), kind="primary", tooltip=say("follow.assess_tip"))
        self.export = look.make_button(say("follow.export_assessment"), kind="info")
        self.progress = widgets.IntProgress(layout=look.hidden)
        self.standing = widgets.ToggleButtons(options=[("", _ALL)], style=look.choice, layout=look.choices)
        self.standing.add_class("gk-filter")
        self.units = Chooser(desktop, say("follow.unit"), lambda: None)  # what follows is done by `refresh`
        self.words, self.links, self.list, self.details = (widgets.HTML(layout=look.whole) for _ in range(4))
        self._files = widgets.Box(self.files.tools, layout=look.line)
        self._tools = widgets.Box([self.year, self.assess, self.export, self.progress], layout=look.line)
        self.year.observe(handler(lambda _: self._change_year()), names="value")
        self.assess.on_click(handler(lambda _: self.run()))
        self.export.on_click(handler(lambda _: self._export()))
        for field in (self.standing, self.units.list):
            field.observe(handler(lambda _: None), names="value")  # likewise

    def refresh(self) -> None:
        """Show batches and files as they are now, and what came of the last assessment."""
        self._list_batches()
        self.files.refresh()
        self.export.disabled = self._assessed is None
        self.box.children = (
            self._tools,
            self._batches,
            self._files,
            self.words,
            *((self.links, self.standing, self.list, self.units.box, self.details) if self._assessed else ()),
        )
        self.words.value = self._told()
        if self._assessed:
            self._show(self._assessed)

    def run(self) -> None:
        """Assess."""
        self._forget()
        self.progress.layout = self.desktop.look.button
        try:
            self._assessed = self._of.assess(self._tell)
        finally:
            self.progress.layout = self.desktop.look.hidden
        numbers = self._numbers(self._assessed)
        counted = "，".join(
            say("assessment_sheet.counted", name=say(f"standing.{each}"), number=numbers[each]) for each in Standing
        )
        self.desktop.screen.tell("good", say("follow.assessed", year=self._of.year, counted=counted))

    def _tell(self, done: int, of: int) -> None:
        self.progress.max, self.progress.value = of, done

    def _forget(self) -> None:
        """What was assessed rests on what is no longer so."""
        self._assessed = None
        self.links.value = ""

    def _change_year(self) -> None:
        self._of = OfficeYear(self._home, self.year.value)
        self._forget()

    def _list_batches(self) -> None:
        """A box for each batch of the year; they are made anew only where there are others."""
        names = [batch.name for batch in self._of.batches()]
        if list(self.batches) == names:
            return
        for box in self.batches.values():
            box.close()
        left_out, look = self._of.left_out(), self.desktop.look
        self.batches = {
            name: widgets.Checkbox(value=name not in left_out, description=name, indent=False, layout=look.measured)
            for name in names
        }
        for box in self.batches.values():
            box.observe(self.desktop.screen.handler(lambda _: self._choose()), names="value")
        self._batches.children = tuple(self.batches.values())

    def _choose(self) -> None:
        self._of.leave_out(name for name, box in self.batches.items() if not box.value)
        self._forget()

    def _told(self) -> Markup:
        if self._assessed:
            return notices((*self._assessed.notices, *self._assessed.assessment.notices))
        key = "how_to_assess" if self.batches else "no_batches"
        return fill('<div class="gk-dim">{text}</div>', text=say(f"follow.{key}", year=self._of.year))

    @staticmethod
    def _numbers(done: Assessed) -> Counter[Standing]:
        return Counter(each.standing for each in done.assessment.units)

    def _show(self, done: Assessed) -> None:
        units, numbers = done.assessment.units, self._numbers(done)
        options = [(say("follow.all", number=len(units)), _ALL)]
        options += [
            (say("follow.standing", name=say(f"standing.{each}"), number=numbers[each]), str(each)) for each in _ORDER
        ]
        with self.desktop.screen.mirroring():
            if list(self.standing.options) != options:
                before = self.standing.value
                self.standing.options, self.standing.value = options, before
        shown = {each.unit.name: each for each in units if self.standing.value in (_ALL, str(each.standing))}
        self.list.value = _table(shown.values()) if shown else notices([say("follow.no_units_so")])
        self.units.show({name: name for name in shown}, lambda name: name)
        chosen = shown.get(self.units.list.value)
        self.details.value = _details(chosen) if chosen else ""

    def _export(self) -> None:
        if self._assessed:
            folder = self.desktop.home / say("form.exports") / say("follow.year_name", year=self._of.year)
            path = folder / say("assessment_sheet.file")
            write_assessment(self._assessed.assessment, path)
            self.links.value = links_to([path])


def _table(units: Iterable[UnitAssessment]) -> Markup:
    rows = [
        (
            each.unit.name,
            say(f"standing.{each.standing}"),
            join(map(ground_in_words, each.grounds), "；"),
            unknown_of(each),
        )
        for each in units
    ]
    return table([say(f"follow.column_{name}") for name in ("assessed", "standing", "grounds", "unknown")], rows)


def _details(each: UnitAssessment) -> Markup:
    """One unit: every ground that holds with its clause, what is not known, and what all that rests on."""
    grounds = join(
        fill(
            '<li>{told}<div class="gk-dim">{clause}：{text}</div></li>',
            told=ground_in_words(held),
            clause=held.ground.clause,
            text=held.ground.text,
        )
        for held in each.grounds
    )
    standing = say("follow.unit_standing", unit=each.unit.name, standing=say(f"standing.{each.standing}"))
    rows = [row[1:] for row in evidence_of(each)]
    evidence = table([column.heading for column in EVIDENCE[1:]], rows) if rows else ""
    nothing = "" if rows else fill('<div class="gk-dim">{text}</div>', text=say("follow.no_evidence"))
    return heading(standing) + fill("<ul>{grounds}</ul>", grounds=grounds) + notices(each.gaps) + evidence + nothing
