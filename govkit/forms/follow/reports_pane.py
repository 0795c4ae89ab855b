"""The fifth pane: the reports on a year that offices hand in, as Word documents with their figures filled in."""

from datetime import date

import ipywidgets as widgets

from govkit.forms.errors import Refusal
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.writing import links_to
from govkit.messages import say
from govkit.organising import NothingToReportError, write_reports, year_told
from govkit.reporting import report_kinds
from govkit.sheets import find_office
from govkit.store import Home, Register

_SHOWN = 40  # links on a page


class ReportsPane(Pane):
    """Reports.

    Args:
        desktop: what it works with.
        home: where quarter files and batches are.
        register: where filings and problems are.
        years: those that can be chosen, the one to begin with first.
        today: problems are counted as of this day.
    """

    def __init__(self, desktop: Desktop, home: Home, register: Register, years: list[int], today: date) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._home, self._register, self._today = home, register, today
        self.kind = widgets.ToggleButtons(
            options=[(kind.id, kind) for kind in report_kinds()], style=look.choice, layout=look.choices
        )
        self.kind.add_class("gk-result")
        self.year = widgets.Dropdown(
            options=years, value=years[0], description=say("follow.year"), style=look.label, layout=look.short
        )
        self.unit = self.new_text(say("follow.report_unit"), say("follow.report_unit_hint"))
        self.pdf = widgets.Checkbox(description=say("summary.pdf"), indent=False, layout=look.short)
        self.write = look.make_button(say("follow.write_report"), kind="primary", tooltip=say("follow.report_tip"))
        self.words, self.links = widgets.HTML(layout=look.whole), widgets.HTML(layout=look.whole)
        offered = [self.write, self.pdf] if find_office() else [self.write]
        self.box.children = (
            self.kind,
            self.words,
            widgets.Box([self.year, self.unit], layout=look.line),
            widgets.Box(offered, layout=look.line),
            self.links,
        )
        for field in (self.kind, self.year):
            field.observe(handler(lambda _: self._change()), names="value")
        self.write.on_click(handler(lambda _: self._write()))

    def refresh(self) -> None:
        """Show to whom the report goes, and when it is due."""
        kind = self.kind.value
        due = kind.due(self.year.value)
        told = say("follow.report_due", day=due.day, clause=due.clause) if due else say("follow.report_no_due")
        words = say("follow.report_about", title=kind.title, addressee=kind.addressee, due=told)
        self.words.value = fill('<div class="gk-dim">{text}</div>', text=words)

    def _change(self) -> None:
        self.links.value = ""  # what was written is not what is chosen

    def _write(self) -> None:
        kind, year = self.kind.value, self.year.value
        read = year_told(self._home, self._register, year, self._today)
        folder = self.desktop.home / say("form.exports") / say("follow.year_name", year=year)
        try:
            paths = write_reports(read.told, kind, folder, unit=self.unit.value.strip(), pdf=self.pdf.value)
        except NothingToReportError as error:
            raise Refusal(str(error)) from None
        self.links.value = notices(read.notices) + links_to(paths[:_SHOWN])
        self.desktop.screen.tell("good", say("follow.reports_written", number=len(paths)))
