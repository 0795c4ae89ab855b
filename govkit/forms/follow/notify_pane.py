"""The first pane: the problems of an inspection, or of a quarter held against rules, are told to their units."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.board import Question
from govkit.forms.errors import Refusal
from govkit.forms.follow.cases import Cases
from govkit.forms.markup import download, fill, join
from govkit.forms.pane import Desktop, Pane, heading, notices, table
from govkit.forms.typed import needed_day, number_in
from govkit.forms.writing import folder_of
from govkit.issues import Case, Issue, by_sponsor
from govkit.messages import say
from govkit.organising import Pictures, Planner, Telling, Told, chosen_packs, quarters_with_files, scored, tell_units
from govkit.packs import load_pack, pack_ids
from govkit.rectifying import issues_of_compliance, issues_of_inspection
from govkit.sheets import find_office, unfinished
from govkit.store import BatchInfo, Home
from govkit.store.evidence import EVIDENCE_NAME

_DAYS = "15"
_BATCH, _RULES = "batch", "rules"
_MOST_LINKED = 30 * 2**20  # bytes that a page holds without becoming slow


@dataclass(frozen=True, slots=True)
class _Found:
    """Problems that can be told: with their screenshots, by whom they are told, and what should be looked at first."""

    issues: tuple[Issue, ...]
    pictures: Pictures
    organiser: str
    folder: Path
    warnings: tuple[str, ...] = ()


class NotifyPane(Pane):
    """Telling units.

    Args:
        desktop: what it works with.
        home: where batches are.
        cases: the problems of which units were told.
        today: the day of a notice, unless another one is typed.
    """

    def __init__(self, desktop: Desktop, home: Home, cases: Cases, today: date) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._home, self._cases = home, cases
        self.kind = widgets.ToggleButtons(
            options=[(say(f"follow.of_{kind}"), kind) for kind in (_BATCH, _RULES)],
            style=look.choice,
            layout=look.choices,
        )
        self.batch = self.new_choice(say("form.batch"))
        self.quarter = widgets.Dropdown(description=say("plan.quarter"), style=look.label, layout=look.short)
        switched_on = chosen_packs(desktop.home)
        self.packs = {
            pack_id: widgets.Checkbox(
                value=pack_id in switched_on, description=load_pack(pack_id).name, indent=False, layout=look.short
            )
            for pack_id in pack_ids()
        }
        self.day, self.days = self._new_field("day_of_notice"), self._new_field("days")
        self.day.value, self.days.value = today.isoformat(), _DAYS
        self.organiser = self.new_text(say("plan.organiser"))
        self.contact = self.new_text(say("follow.contact"), say("follow.contact_hint"))
        self.pdf = widgets.Checkbox(description=say("summary.pdf"), indent=False, layout=look.short)
        self.list = look.make_button(say("follow.list"), tooltip=say("follow.list_tip"))
        self.send = look.make_button(say("follow.send"), kind="primary", tooltip=say("follow.send_tip"))
        self.progress = widgets.IntProgress(layout=look.hidden)
        self.confirm = Question(look, desktop.screen, say("form.yes"), say("form.no"))
        self.words, self.found, self.links, self.told = (widgets.HTML(layout=look.whole) for _ in range(4))
        self._rules = widgets.Box([self.quarter, *self.packs.values()], layout=look.line)
        self._terms = widgets.Box([self.day, self.days], layout=look.line)
        self._who = widgets.Box([self.contact], layout=look.line)
        offered = [self.list, self.send, *([self.pdf] if find_office() else []), self.progress]
        self._tools = widgets.Box(offered, layout=look.line)
        for field in (self.kind, self.batch, self.quarter, *self.packs.values()):
            field.observe(handler(lambda _: self._forget()), names="value")
        self.list.on_click(handler(lambda _: self._list()))
        self.send.on_click(handler(lambda _: self._ask()))

    def refresh(self) -> None:
        """Show what there is to choose from, and of what units were told so far."""
        batches = [(say("form.batch_option", batch=batch), batch) for batch in self._home.batches()]
        quarters = [(quarter.name, quarter) for quarter in quarters_with_files(self.desktop.home)]
        with self.desktop.screen.mirroring():
            for field, options in ((self.batch, batches), (self.quarter, quarters)):
                if list(field.options) != options:
                    before = field.value
                    field.options = options
                    values = [value for _, value in options]
                    field.index = values.index(before) if before in values else 0 if values else None
        of_batch = self.kind.value == _BATCH
        chosen = self.batch if of_batch else self._rules
        self._who.children = (self.contact,) if of_batch else (self.organiser, self.contact)
        self.told.value = _notices(self._cases.all())
        key = "follow.about_notifying" if batches or quarters else "form.no_batch"
        self.words.value = fill('<div class="gk-dim">{text}</div>', text=say(key))
        parts = (chosen, self._terms, self._who, self._tools, self.confirm.box, self.found, self.links, self.told)
        self.box.children = (self.words, self.kind, *parts)

    def _new_field(self, name: str) -> widgets.Text:
        field = self.new_text(say(f"follow.{name}"), say(f"follow.{name}_hint"))
        field.layout = self.desktop.look.measured
        return field

    def _forget(self) -> None:
        """What was listed, and what was asked, was of other problems."""
        self.found.value = self.links.value = ""
        self.confirm.withdraw()

    def _list(self) -> None:
        self._forget()
        with self._opened() as found:
            self.found.value = self._listed(found)

    def _ask(self) -> None:
        """List the problems, and ask whether units are to be told."""
        self._forget()
        telling, _ = self._telling(""), self.desktop.actor
        with self._opened() as found:
            self.found.value = self._listed(found)
            new = self._new(found)
        if not new:
            raise Refusal(say("follow.nothing_new"))
        units = len({issue.sponsor for issue in new})
        numbers = {"number": len(new), "units": units, "days": telling.days, "deadline": telling.deadline}
        words = fill("<b>{text}</b>", text=say("follow.sure", **numbers))
        self.confirm.ask(words, lambda: self._send({issue.id for issue in new}))

    def _send(self, seen: set[str]) -> None:
        actor = self.desktop.actor
        with self._opened() as found:
            if {issue.id for issue in self._new(found)} != seen:
                self.found.value = self._listed(found)
                raise Refusal(say("follow.changed"))
            telling = self._telling(found.organiser)
            out = _free(found.folder / say("follow.notice_folder", day=telling.day))
            told = tell_units(self._cases.register, actor, found.issues, telling, out, found.pictures)
        self.found.value, self.links.value = "", _files(told, out)
        numbers = {"number": told.new, "units": len(told.files), "deadline": telling.deadline}
        self.desktop.screen.tell("good", say("follow.sent", **numbers))

    def _telling(self, organiser: str) -> Telling:
        day, days = needed_day(self.day.value, say("follow.day_of_notice")), number_in(self.days.value)
        if not days:
            raise Refusal(say("follow.no_days"))
        return Telling(day, days, organiser, self.contact.value.strip(), self.pdf.value)

    def _new(self, found: _Found) -> list[Issue]:
        """Those of which no unit has been told."""
        known = {case.issue.id for case in self._cases.all()}
        return [issue for issue in found.issues if issue.id not in known]

    @contextmanager
    def _opened(self) -> Iterator[_Found]:
        """The problems of what is chosen; their screenshots can be read until the block ends.

        Raises:
            Refusal: nothing is chosen.
        """
        if self.kind.value == _RULES:
            yield self._breaches()
            return
        batch: BatchInfo | None = self.batch.value
        if batch is None:
            raise Refusal(say("form.no_batch"))
        with self._home.open(batch.key) as store:
            now = scored(store)
            left = len(unfinished(now.inspection))
            warnings = (say("follow.unfinished", number=left),) if left else ()
            folder = folder_of(self.desktop.home, batch)
            pictures = now.recorded.pictures
            yield _Found(issues_of_inspection(now.inspection), pictures, batch.organiser, folder, warnings)

    def _breaches(self) -> _Found:
        chosen = [pack_id for pack_id, box in self.packs.items() if box.value]
        if self.quarter.value is None:
            raise Refusal(say("follow.no_quarter"))
        if not chosen:
            raise Refusal(say("plan.no_packs"))
        self.progress.layout = self.desktop.look.button
        try:
            with Planner(self._home, self.quarter.value) as planner:
                issues = issues_of_compliance(planner.check(chosen, self._tell))
        finally:
            self.progress.layout = self.desktop.look.hidden
        named = {name for issue in issues for name in issue.screenshots if EVIDENCE_NAME.fullmatch(name)}
        register = self._cases.register
        pictures = Pictures(named.intersection(register.shelf.names()), lambda name: register.evidence(name) or b"")
        folder = self.desktop.home / say("form.exports") / self.quarter.value.code
        return _Found(issues, pictures, self.organiser.value.strip(), folder)

    def _tell(self, done: int, of: int) -> None:
        self.progress.max, self.progress.value = of, done

    def _listed(self, found: _Found) -> Markup:
        """The problems of each unit, and of how many it has not been told."""
        if not found.issues:
            return notices([*found.warnings, say("follow.no_issues")])
        new = {issue.id for issue in self._new(found)}
        units: dict[str, list[Issue]] = {}
        for issue in found.issues:
            units.setdefault(issue.sponsor, []).append(issue)
        rows = [
            (
                unit or say("rectification_sheet.no_unit"),
                len(own),
                sum(issue.id in new for issue in own),
                "、".join(dict.fromkeys(issue.name for issue in own)),
            )
            for unit, own in units.items()
        ]
        head = [say(f"follow.listed_{name}") for name in ("unit", "number", "new", "objects")]
        return notices(found.warnings) + table(head, rows)


def _free(folder: Path) -> Path:
    """A folder that is not there yet: notices that were written stay as they are."""
    found, number = folder, 1
    while found.exists():
        number += 1
        found = folder.with_name(f"{folder.name}_{number}")
    return found


def _files(told: Told, out: Path) -> Markup:
    """What each unit gets, linked to where a page can hold it, and where it is."""
    size = sum(path.stat().st_size for paths in told.files.values() for path in paths)
    rows = []
    for unit, paths in told.files.items():
        links = (download(path.name, path.read_bytes(), path.name) for path in paths)
        names = join(links if size <= _MOST_LINKED else (path.name for path in paths), " ")
        rows.append((unit or say("rectification_sheet.no_unit"), names))
    pattern = '<div class="gk-note gk-good">{words}<div class="gk-dim">{path}</div></div>{files}'
    files = table([say("follow.unit"), say("follow.files")], rows)
    return fill(pattern, words=say("form.written"), path=str(out), files=files)


def _notices(cases: Sequence[Case]) -> Markup:
    """The notices so far, the last one first."""
    found: dict[tuple[date, date, str], list[Case]] = {}
    for case in cases:
        found.setdefault((case.issued.day, case.issued.deadline, case.issue.source), []).append(case)
    rows = [
        (day, source, len(by_sponsor(own)), len(own), deadline)
        for (day, deadline, source), own in sorted(found.items(), reverse=True)
    ]
    head = [say(f"follow.notice_{name}") for name in ("day", "source", "units", "number", "deadline")]
    return heading(say("follow.notices")) + table(head, rows) if rows else Markup()
