"""The first pane: files in, what they say, and what has changed since the quarter before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.markup import join
from govkit.forms.pane import heading, notices, table
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.ledger import PLATFORM, Change, Kind, Subject
from govkit.messages import say


class LedgerPane(QuarterPane):
    """Files of the quarter, and the ledger that they make."""

    def __init__(self, desktop: QuarterDesktop) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self.upload = widgets.FileUpload(
            accept=".xlsx,.xls,.zip,.csv", multiple=True, description=say("plan.upload"), layout=look.button
        )
        self.drop = self.new_choice(say("plan.files"))
        self.drop.layout = look.rest  # beside others
        self.put_away = look.make_button(say("plan.put_away"), tooltip=say("plan.put_away_tip"))
        self.export = look.make_button(say("plan.export_ledger"), kind="info")
        self.links = widgets.HTML(layout=look.whole)
        self.words = widgets.HTML(layout=look.whole)
        tools = widgets.Box([self.upload, self.drop, self.put_away, self.export], layout=look.line)
        self.box.children = (tools, self.links, self.words)
        self.upload.observe(handler(lambda _: self._take_in()), names="value")
        self.put_away.on_click(handler(lambda _: self._put_away()))
        self.export.on_click(handler(lambda _: self._export()))

    def refresh(self) -> None:
        """Show the files and what they say."""
        planner = self.desktop.planner()
        names = [(path.name, path.name) for path in planner.files.paths]
        with self.desktop.screen.mirroring():
            if list(self.drop.options) != names:
                self.drop.options = names
                self.drop.index = 0 if names else None
        self.put_away.disabled = self.export.disabled = not names
        if not names:
            self.words.value = notices([say("plan.no_files", quarter=planner.quarter.name)])
            return
        sheets = planner.sheets()
        changed = planner.changes()
        self.words.value = join(
            [
                notices(sheets.notices),
                heading(say("plan.ledger", quarter=planner.quarter.name)),
                _counts(sheets.subjects),
                _told(sheets),
                heading(say("plan.changes", quarter=planner.quarter.before.name)),
                _changes(changed, told=planner.season().filings is not None),
            ]
        )

    def _take_in(self) -> None:
        uploaded = self.upload.value
        with self.desktop.screen.mirroring():
            self.upload.value = ()
        if not uploaded:
            return
        files = self.desktop.planner().files
        taken = files.take_in(*((str(file["name"]), bytes(file["content"])) for file in uploaded))
        told = [say("plan.taken_in", names="、".join(taken.names))]
        if taken.beside:
            told.append(say("plan.taken_beside", names="、".join(taken.beside)))
        if taken.replaced:
            told.append(say("plan.taken_instead", names="、".join(taken.replaced)))
        self.desktop.screen.tell("good", "\n".join(told))

    def _put_away(self) -> None:
        if self.drop.value:
            name = self.drop.value
            self.desktop.planner().files.put_away(name)
            self.links.value = ""  # what was exported was of other files
            self.desktop.screen.tell("good", say("plan.is_put_away", name=name))

    def _export(self) -> None:
        self.links.value = self.desktop.exports().ledger()


def _counts(subjects: Sequence[Subject]) -> Markup:
    """How many objects of each kind and platform there are, and run."""
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        name = (
            say("plan.sites") if subject.kind == Kind.SITE else subject.details.get(PLATFORM) or say("plan.no_platform")
        )
        groups.setdefault(name, []).append(subject)
    rows = [(name, len(own), sum(not each.is_closed for each in own)) for name, own in groups.items()]
    rows.append((say("plan.all"), len(subjects), sum(not each.is_closed for each in subjects)))
    units = Counter(subject.sponsor for subject in subjects)
    head = [say("plan.kind", units=len(units)), say("plan.number"), say("plan.running")]
    return table(head, rows)


def _told(sheets: object) -> Markup:
    """Which of the other sheets are there: what is missing leaves rules unknown."""
    names = ("units", "published", "incidents", "filings", "reports")
    missing = [say(f"plan.sheet_{name}") for name in names if getattr(sheets, name) is None]
    return notices([say("plan.missing_sheets", names="、".join(missing))] if missing else [])


def _changes(changed: Sequence[Change] | None, *, told: bool) -> Markup:
    """What has changed; `told` is whether anything is known of filings."""
    if changed is None:
        return notices([say("plan.no_earlier")])
    if not changed:
        return notices([say("plan.no_changes")])
    rows = [
        (
            change.subject.name,
            change.subject.sponsor,
            say(f"change.{change.kind}", before=change.before, after=change.after),
            _day(change.record.filed if change.record else None, told=told),
            _day(
                change.record.announced if change.record else None,
                told="announced" not in change.record.untold if change.record else told,
            ),
        )
        for change in changed
    ]
    return table([say(f"plan.change_{name}") for name in ("object", "unit", "what", "filed", "announced")], rows)


def _day(day: date | None, *, told: bool) -> str:
    if day:
        return day.isoformat()
    return say("plan.none" if told else "status.UNKNOWN")
