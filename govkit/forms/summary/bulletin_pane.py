"""The third pane: 通报 of the batch as a Word document, and as PDF where LibreOffice is."""

import ipywidgets as widgets

from govkit.documents import Bulletin, write_bulletin
from govkit.file_names import safe_stem
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.summary.counts import Counts
from govkit.forms.typed import day_in, number_in
from govkit.forms.writing import folder_of, links_to
from govkit.messages import say
from govkit.sheets import find_office, unfinished

_DAYS = "15"


class BulletinPane(Pane):
    """Writing the bulletin.

    Args:
        desktop: what it works with.
        counts: the numbers.
    """

    def __init__(self, desktop: Desktop, counts: Counts) -> None:
        super().__init__(desktop)
        look = desktop.look
        self._counts = counts
        self.issued = self._new_field("issued")
        self.days = self._new_field("days")
        self.days.value = _DAYS
        self.before = self.new_choice(say("summary.before"))
        self.to = self.new_text(say("summary.to"), say("summary.to_hint"))
        self.to.layout = look.field
        self.pdf = widgets.Checkbox(description=say("summary.pdf"), indent=False, layout=look.short)
        self.write = look.make_button(say("summary.write"), kind="primary", tooltip=say("summary.write_tip"))
        self.links = widgets.HTML(layout=look.whole)
        self.words = widgets.HTML(layout=look.whole)
        self._written_of = counts.batch
        days = widgets.Box([self.issued, self.days], layout=look.line)
        offered = [self.write, self.pdf] if find_office() else [self.write]
        tools = widgets.Box(offered, layout=look.line)
        self.box.children = (self.words, days, self.to, self.before, tools, self.links)
        self.write.on_click(desktop.screen.handler(lambda _: self._write()))

    def refresh(self) -> None:
        """Show which inspections there were before, and what is not final yet."""
        if self._written_of != self._counts.batch:
            self._written_of, self.links.value = self._counts.batch, ""
        batches = self._counts.others()
        options = [
            (say("summary.no_before"), None),
            *((say("form.batch_option", batch=batch), batch) for batch in batches),
        ]
        with self.desktop.screen.mirroring():
            if list(self.before.options) != options:
                before = self.before.value
                self.before.options = options
                # By number, as “none” given as a value would choose nothing and show an empty line.
                self.before.index = 1 + batches.index(before) if before in batches else 0
        left = len(unfinished(self._counts.scored.inspection))
        about = fill('<div class="gk-dim">{text}</div>', text=say("summary.about_bulletin"))
        self.words.value = about + notices([say("summary.unfinished", number=left)] if left else [])

    def _new_field(self, name: str) -> widgets.Text:
        field = self.new_text(say(f"summary.{name}"), say(f"summary.{name}_hint"))
        field.layout = self.desktop.look.measured
        return field

    def _write(self) -> None:
        counts = self._counts
        days = number_in(self.days.value)
        if days is not None and days < 1:
            raise Refusal(say("summary.no_days"))
        earlier = counts.scored_of(self.before.value).inspection if self.before.value else None
        told = Bulletin(
            counts.scored.inspection,
            counts.running,
            earlier,
            self.to.value.strip(),
            day_in(self.issued.value),
            days,
            counts.quarters()[0],
        )
        name = f"{safe_stem(say('document.bulletin', name=counts.batch.name))}.docx"
        path = folder_of(self.desktop.home, counts.batch) / name
        write_bulletin(told, path, pdf=self.pdf.value)
        self.links.value = links_to([path, path.with_suffix(".pdf")] if self.pdf.value else [path])
        self.desktop.screen.tell("good", say("summary.written"))
