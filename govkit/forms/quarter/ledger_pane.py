"""The first pane: files in, what they say, and what has changed since the quarter before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.files_box import FilesBox
from govkit.forms.markup import join
from govkit.forms.pane import heading, notices, table
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.ledger import PLATFORM, Change, Kind, Subject
from govkit.messages import say


class LedgerPane(QuarterPane):
    """Files of the quarter, and the ledger that they make."""

    def __init__(self, desktop: QuarterDesktop) -> None:
        super().__init__(desktop)
        look = desktop.look
        self.files = FilesBox(desktop, lambda: desktop.planner().files, say("plan.upload"), self._forget)
        self.export = look.make_button(say("plan.export_ledger"), kind="info")
        self.links = widgets.HTML(layout=look.whole)
        self.words = widgets.HTML(layout=look.whole)
        tools = widgets.Box([*self.files.tools, self.export], layout=look.line)
        self.box.children = (tools, self.links, self.words)
        self.export.on_click(desktop.screen.handler(lambda _: self._export()))

    def refresh(self) -> None:
        """Show the files and what they say."""
        planner = self.desktop.planner()
        self.files.refresh()
        names = self.files.names
        self.export.disabled = not names
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

    def _forget(self) -> None:
        self.links.value = ""  # what was exported was of other files

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
