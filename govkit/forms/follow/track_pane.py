"""The third pane: the problems as they stand, one of them to be rechecked, decided on or corrected."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ipywidgets as widgets

from govkit.folding import fold
from govkit.forms.chooser import Chooser
from govkit.forms.files_box import uploaded_to
from govkit.forms.follow.case_pane import CasePane
from govkit.forms.follow.cases import ALL, FILTERS, Cases, Wanted, filter_name, unit_of
from govkit.forms.pane import Desktop, Pane, notices, table
from govkit.forms.typed import day_in
from govkit.forms.writing import links_to
from govkit.issues import Case, Decided, Rechecked, by_sponsor
from govkit.messages import say
from govkit.organising import KeptFiles, record_follow_up
from govkit.sheets.season import write_follow_up
from govkit.store import Home

_COLUMNS = ("unit", "object", "indicator", "what", "state", "deadline")


class TrackPane(Pane):
    """Following problems.

    Args:
        desktop: what it works with.
        home: where batches are.
        cases: the problems.
        today: what is overdue is so on this day, unless another one is typed.
    """

    def __init__(self, desktop: Desktop, home: Home, cases: Cases, today: date) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._cases, self._today = cases, today
        self.state = widgets.ToggleButtons(options=[("", ALL)], style=look.choice, layout=look.choices)
        self.state.add_class("gk-filter")
        self.unit, self.source = (
            widgets.Dropdown(description=say(f"follow.{name}"), style=look.label, layout=look.rest)
            for name in ("unit", "source")
        )
        self.as_of = widgets.Text(
            description=say("follow.as_of"),
            placeholder=today.isoformat(),
            continuous_update=False,
            style=look.label,
            layout=look.short,
        )
        self.problems = Chooser(desktop, say("follow.problem"), lambda: None)  # what follows is done by `refresh`
        self.before, self.after = (look.make_button(say(f"follow.{name}")) for name in ("one_before", "one_after"))
        self.case = CasePane(desktop, home, cases, today)
        self.export = look.make_button(say("follow.export_all"), kind="info", tooltip=say("follow.export_all_tip"))
        self.upload = widgets.FileUpload(
            accept=KeptFiles.accepted, multiple=True, description=say("follow.upload_notes"), layout=look.button
        )
        self.words, self.links, self.list = (widgets.HTML(layout=look.whole) for _ in range(3))
        self._filters = widgets.Box([self.unit, self.source, self.as_of], layout=look.line)
        self._steps = widgets.Box([self.before, self.after], layout=look.line)
        self._tools = widgets.Box([self.export, self.upload], layout=look.line)
        for field in (self.state, self.unit, self.source, self.as_of, self.problems.list):
            field.observe(handler(lambda _: None), names="value")  # likewise
        self.before.on_click(handler(lambda _: self._step(-1)))
        self.after.on_click(handler(lambda _: self._step(1)))
        self.export.on_click(handler(lambda _: self._export()))
        self.upload.observe(handler(lambda _: self._take_in()), names="value")

    def refresh(self) -> None:
        """Show the problems that are wanted, and the chosen one."""
        cases = self._cases.all()
        if not cases:
            self.words.value = notices([say("follow.no_problems")])
            self.box.children = (self.words,)
            return
        wanted = self._show_filters(cases)
        found = [case for case in wanted.of_place(cases) if wanted.is_so(case)]
        by_number = {case.issue.id: case for case in found}
        self.problems.show({number: _text(case) for number, case in by_number.items()}, lambda n: _label(by_number[n]))
        self.case.show(by_number.get(self.problems.list.value))
        numbers = [value for _, value in self.problems.list.options]
        at = numbers.index(self.problems.list.value) if self.problems.list.value in numbers else None
        self.before.disabled, self.after.disabled = not at, at is None or at == len(numbers) - 1
        rows = [_row(case, wanted.as_of) for case in found]
        head = [say(f"follow.column_{name}") for name in _COLUMNS]
        self.list.value = table(head, rows) if rows else notices([say("follow.no_problems_so")])
        chosen = (self.problems.box, self._steps, self.case.box) if found else ()
        self.box.children = (self._filters, self.state, *chosen, self.list, self._tools, self.links)

    def _show_filters(self, cases: Sequence[Case]) -> Wanted:
        """Offer what there is to choose from, with the number of each state."""
        as_of = day_in(self.as_of.value) or self._today
        units = [(say("follow.any_unit"), ALL), *((unit_of(own[0]), fold(unit)) for unit, own in _units(cases))]
        sources = [(say("follow.any_source"), ALL)]
        sources += [(name, name) for name in dict.fromkeys(case.issue.source for case in cases)]
        with self.desktop.screen.mirroring():
            for field, options in ((self.unit, units), (self.source, sources)):
                _offer(field, options)
            there = Wanted(ALL, self.unit.value, self.source.value, as_of).of_place(cases)
            numbers = {each: sum(map(Wanted(each, ALL, ALL, as_of).is_so, there)) for each in FILTERS}
            named = ((say("follow.standing", name=filter_name(each), number=numbers[each]), each) for each in FILTERS)
            _offer(self.state, list(named))
        return Wanted(self.state.value, self.unit.value, self.source.value, as_of)

    def _step(self, by: int) -> None:
        """Choose the problem before or after."""
        numbers = [value for _, value in self.problems.list.options]
        at = numbers.index(self.problems.list.value) + by
        if 0 <= at < len(numbers):
            with self.desktop.screen.mirroring():
                self.problems.list.value = numbers[at]

    def _export(self) -> None:
        path = self.desktop.home / say("form.exports") / say("follow.all_file")
        write_follow_up(self._cases.all(), day_in(self.as_of.value) or self._today, path)
        self.links.value = links_to([path])

    def _take_in(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = uploaded_to(self.upload, self.desktop.screen, Path(folder))
            if not paths:
                return
            found = record_follow_up(self._cases.register, self.desktop.actor, paths, self._today)
        numbers = {kind: sum(isinstance(event, kind) for _, event in found.events) for kind in (Rechecked, Decided)}
        told = say("follow.noted", rechecked=numbers[Rechecked], decided=numbers[Decided])
        self.desktop.screen.tell("good", "\n".join([told, *found.notices]))


def _units(cases: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    return sorted(by_sponsor(cases).items())


def _offer(field: widgets.Dropdown | widgets.ToggleButtons, options: list[tuple[str, str]]) -> None:
    """Offer options; what was chosen stays chosen where it is still offered."""
    if list(field.options) != options:
        before = field.value
        field.options = options
        field.value = before if before in {value for _, value in options} else ALL


def _text(case: Case) -> str:
    """What is searched of a problem."""
    issue = case.issue
    return "\n".join((issue.name, issue.id, issue.subject_id, unit_of(case), issue.indicator, issue.item))


def _label(case: Case) -> str:
    issue = case.issue
    told = {"unit": unit_of(case), "name": issue.name, "indicator": issue.indicator, "item": issue.item}
    return say("follow.problem_option", state=case.state, **told)


def _row(case: Case, as_of: date) -> tuple[object, ...]:
    issue = case.issue
    state = say("follow_up_sheet.overdue", state=case.state) if case.overdue(as_of) else str(case.state)
    indicator = say("follow_up_sheet.indicator", name=issue.indicator, item=issue.item)
    return unit_of(case), issue.name, indicator, issue.what, state, case.deadline
