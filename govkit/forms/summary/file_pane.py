"""The fourth pane: the batch packed for filing, as the command `file` does."""

import ipywidgets as widgets

from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, lines
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.summary.counts import Counts
from govkit.forms.writing import folder_of
from govkit.messages import say
from govkit.organising import scored
from govkit.sheets import find_office, unfinished, write_pack
from govkit.store import Home


class FilePane(Pane):
    """Filing.

    Args:
        desktop: what it works with.
        counts: the numbers.
        home: where the batch is.
    """

    def __init__(self, desktop: Desktop, counts: Counts, home: Home) -> None:
        super().__init__(desktop)
        look = desktop.look
        self._counts, self._home = counts, home
        self.pdf = widgets.Checkbox(description=say("summary.file_pdf"), indent=False, layout=look.short)
        self.drafts = widgets.Checkbox(description=say("summary.drafts"), indent=False, layout=look.short)
        self.pack = look.make_button(say("summary.file"), kind="primary", tooltip=say("summary.file_tip"))
        self.progress = widgets.IntProgress(layout=look.hidden)
        self.words = widgets.HTML(layout=look.whole)
        self.links = widgets.HTML(layout=look.whole)
        self._filed_of = counts.batch
        offered = [self.pack, self.drafts, *([self.pdf] if find_office() else []), self.progress]
        self.box.children = (self.words, widgets.Box(offered, layout=look.line), self.links)
        self.pack.on_click(desktop.screen.handler(lambda _: self._pack()))

    def refresh(self) -> None:
        """Show whether the batch is final."""
        if self._filed_of != self._counts.batch:
            self._filed_of, self.links.value = self._counts.batch, ""
        left = len(unfinished(self._counts.scored.inspection))
        about = fill('<div class="gk-dim">{text}</div>', text=say("summary.about_file"))
        self.words.value = about + notices([say("summary.not_final", number=left)] if left else [])

    def _pack(self) -> None:
        """Pack what is in the store now, which others may have changed since it was counted."""
        with self._home.open(self._counts.batch.key) as store:
            now = scored(store)
            left = len(unfinished(now.inspection))
            if left and not self.drafts.value:
                raise Refusal(say("summary.not_filed", number=left))
            self.progress.layout = self.desktop.look.button
            try:
                packed = write_pack(
                    now.inspection,
                    now.check,
                    now.recorded.pictures,
                    folder_of(self.desktop.home, self._counts.batch),
                    drafts=bool(left),
                    progress=self._tell,
                    printing=self._tell if self.pdf.value else None,
                )
            finally:
                self.progress.layout = self.desktop.look.hidden
        words = say(f"command.file_{'done' if packed.is_new else 'same'}", folder=packed.folder, seal=packed.seal)
        self.links.value = fill('<div class="gk-note gk-good">{text}</div>', text=lines(words.strip()))

    def _tell(self, done: int, of: int) -> None:
        self.progress.max, self.progress.value = of, done
