"""The last pane: what is due in a year by the notices, with what is past, and what comes next."""

from collections.abc import Iterator
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from govkit.duties import Calendar, due_in
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, notices, table
from govkit.forms.writing import links_to
from govkit.messages import say
from govkit.organising import chosen_packs
from govkit.packs import load_pack, pack_ids
from govkit.sheets.season import write_calendar

_COLUMNS = ("day", "work_by", "what", "who", "clause")


class CalendarPane(Pane):
    """The calendar.

    Args:
        desktop: what it works with.
        years: those that can be chosen, beside this one and the next.
        today: decides what is past.
    """

    def __init__(self, desktop: Desktop, years: list[int], today: date) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._today = today
        options = sorted({*years, today.year, today.year + 1}, reverse=True)
        self.year = widgets.Dropdown(
            options=options, value=today.year, description=say("follow.year"), style=look.label, layout=look.short
        )
        switched_on = chosen_packs(desktop.home) or pack_ids()
        self.packs = {
            pack_id: widgets.Checkbox(
                value=pack_id in switched_on, description=load_pack(pack_id).name, indent=False, layout=look.short
            )
            for pack_id in pack_ids()
        }
        self.export = look.make_button(say("follow.export_calendar"), kind="info")
        self.links = widgets.HTML(layout=look.whole)
        self.list = widgets.HTML(layout=look.whole)
        tools = widgets.Box([self.year, self.export], layout=look.line)
        chosen = widgets.Box(tuple(self.packs.values()), layout=look.line)
        self.box.children = (tools, chosen, self.links, self.list)
        for field in (self.year, *self.packs.values()):
            field.observe(handler(lambda _: self._change()), names="value")
        self.export.on_click(handler(lambda _: self._export()))

    def refresh(self) -> None:
        """Show what is due."""
        calendar = self._calendar()
        self.export.disabled = not calendar.dues
        head = [say("follow.due_state"), *(say(f"due.{name}") for name in _COLUMNS)]
        rows = list(self._rows(calendar))
        nothing = say("follow.nothing_due", year=calendar.year)
        self.list.value = notices(calendar.notices) + (table(head, rows) if rows else notices([nothing]))

    def _change(self) -> None:
        self.links.value = ""  # what was exported is not what is shown

    def _calendar(self) -> Calendar:
        return due_in(self.year.value, [load_pack(pack_id) for pack_id, box in self.packs.items() if box.value])

    def _rows(self, calendar: Calendar) -> Iterator[list[object]]:
        """The rows; what is past stands back, and the first day that is not is what comes next."""
        coming = next((each.day for each in calendar.dues if each.day >= self._today), None)
        for each in calendar.dues:
            cells: list[object] = [each.day, each.work_by or say("status.UNKNOWN"), each.what, each.who, each.clause]
            if each.day < self._today:
                yield [_dim(say("follow.past")), *map(_dim, cells)]
            elif each.day == coming:
                left = (each.day - self._today).days
                state = say("follow.next", days=left) if left else say("follow.last_day")
                yield [fill("<b>{text}</b>", text=state), *cells]
            else:
                yield ["", *cells]

    def _export(self) -> None:
        calendar = self._calendar()
        if not calendar.dues:
            raise Refusal(say("follow.nothing_due", year=calendar.year))
        folder = self.desktop.home / say("form.exports") / say("follow.year_name", year=calendar.year)
        path = folder / say("follow.calendar_file")
        write_calendar(calendar, path)
        self.links.value = links_to([path])


def _dim(text: object) -> Markup:
    kept = " gk-day" if isinstance(text, date) else ""
    return fill('<span class="gk-dim{kept}">{text}</span>', kept=kept, text=text)
