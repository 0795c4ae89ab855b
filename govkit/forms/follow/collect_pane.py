"""The second pane: 整改台账 that units filled in, taken in; what was new in them, and who has not answered."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.files_box import uploaded_to
from govkit.forms.follow.cases import Cases, unit_of
from govkit.forms.follow.wording import event_words
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, heading, notices, table
from govkit.issues import Appealed, Case, Event, Reported, State, by_sponsor
from govkit.messages import say
from govkit.organising import KeptFiles, collect_answers
from govkit.reading import Rectifications

_COLUMNS = ("unit", "object", "indicator", "kind", "text", "day")


class CollectPane(Pane):
    """Collecting what units answer.

    Args:
        desktop: what it works with.
        cases: the problems.
        today: the day on which files come in.
    """

    def __init__(self, desktop: Desktop, cases: Cases, today: date) -> None:
        super().__init__(desktop)
        look = desktop.look
        self._cases, self._today = cases, today
        self.upload = widgets.FileUpload(
            accept=KeptFiles.accepted, multiple=True, description=say("follow.upload_sheets"), layout=look.button
        )
        words = widgets.HTML(fill('<div class="gk-dim">{text}</div>', text=say("follow.about_collecting")))
        self.new, self.list = (widgets.HTML(layout=look.whole) for _ in range(2))
        self.box.children = (words, widgets.Box([self.upload], layout=look.line), self.new, self.list)
        self.upload.observe(desktop.screen.handler(lambda _: self._take_in()), names="value")

    def refresh(self) -> None:
        """Show how far each unit has come."""
        cases = self._cases.all()
        self.upload.disabled = not cases
        self.list.value = _by_unit(cases, self._today) if cases else notices([say("follow.no_problems")])

    def _take_in(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = uploaded_to(self.upload, self.desktop.screen, Path(folder))
            if not paths:
                return
            self.new.value = ""
            found = collect_answers(self._cases.register, self.desktop.actor, paths, self._today)
        numbers = {kind: sum(isinstance(event, kind) for _, event in found.events) for kind in (Reported, Appealed)}
        counted = {"reported": numbers[Reported], "appealed": numbers[Appealed]}
        told = say("follow.collected", files=len(paths), **counted)
        self.new.value = _new(found, self._cases.all())
        self.desktop.screen.tell("good", "\n".join([told, *found.notices]))


def _new(found: Rectifications, cases: Sequence[Case]) -> Markup | str:
    """What was new, a row each."""
    by_number = {case.issue.id: case for case in cases}
    rows = [_new_row(by_number[number], event) for number, event in found.events]
    head = [say(f"follow.column_{name}") for name in _COLUMNS]
    return heading(say("follow.new")) + table(head, rows) if rows else ""


def _new_row(case: Case, event: Event) -> tuple[object, ...]:
    issue = case.issue
    kind = say(f"issue_event.{type(event).__name__.lower()}")
    indicator = say("follow_up_sheet.indicator", name=issue.indicator, item=issue.item)
    return unit_of(case), issue.name, indicator, kind, event_words(event), event.day


def _by_unit(cases: Sequence[Case], as_of: date) -> Markup:
    """The problems of each unit by where they stand, and how many are overdue."""
    rows = []
    for own in by_sponsor(cases).values():
        numbers = Counter(case.state for case in own)
        late = sum(case.overdue(as_of) for case in own)
        rows.append((unit_of(own[0]), len(own), *(numbers[state] or "" for state in State), late or ""))
    total = Counter(case.state for case in cases)
    last = (say("plan.all"), len(cases), *(total[s] for s in State), sum(case.overdue(as_of) for case in cases))
    head = [say("follow.unit"), say("follow.number"), *map(str, State), say("follow.overdue")]
    return heading(say("follow.by_unit", day=as_of)) + table(head, [*rows, last])
