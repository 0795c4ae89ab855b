"""The start page: where the work is kept, what is there, and what comes next. `start` is what the notebook calls."""

import os
import tempfile
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.findings import SpotCheck
from govkit.forms import markup
from govkit.forms.errors import Refusal
from govkit.forms.look import Look
from govkit.forms.markup import fill, join
from govkit.forms.screen import Screen
from govkit.forms.workbench import keep_log
from govkit.messages import say
from govkit.reading import read_spot_check
from govkit.store import BatchInfo, Home, StoreError, open_home

_SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
_PRACTICE = ("青禾县2019年第四季度.xlsx", "青禾县2020年第一季度.xlsx")


def start() -> widgets.Widget:
    """The start page of the home that the environment names, ready to be displayed."""
    try:
        return Start(open_home(os.environ)).box
    except StoreError as error:
        return widgets.HTML(markup.message("failed", str(error)))


class Start:
    """What is there, and taking in a workbook or the sample."""

    def __init__(self, home: Home) -> None:
        self._home = home
        keep_log(home)
        look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        self.who = look.make_inspector(home.inspector)
        self.list = widgets.HTML(layout=look.whole)
        self.upload = widgets.FileUpload(
            accept=".xlsx,.xls,.zip", multiple=False, description=say("start.upload"), layout=look.button
        )
        self.sample = look.make_button(say("start.sample"), tooltip=say("start.sample_tip"))
        tools = widgets.Box([self.upload, self.sample], layout=look.line)
        self.box = widgets.VBox([look.sheet, self.who, self.list, tools, self.screen.message])
        self.box.add_class("gk")
        self.who.observe(self.screen.handler(lambda _: home.set_inspector(self.who.value)), names="value")
        self.upload.observe(self.screen.handler(lambda _: self._take_in()), names="value")
        self.sample.on_click(self.screen.handler(lambda _: self._take_samples()))
        self.refresh()

    def refresh(self) -> None:
        """Show what is there now."""
        batches = self._home.batches()
        rows = join(_row(batch) for batch in batches)
        pattern = (
            '<div class="gk-dim">{place}</div><table class="gk-table"><tr><th>{name}</th><th>{as_of}</th>'
            "<th>{organiser}</th></tr>{rows}</table>"
        )
        self.list.value = (
            fill(
                pattern,
                place=say("start.place", folder=self._home.folder),
                name=say("form.batch"),
                as_of=say("start.as_of"),
                organiser=say("start.organiser"),
                rows=rows,
            )
            if batches
            else fill('<div class="gk-note gk-good">{text}</div>', text=say("start.nothing"))
        )

    def _take_in(self) -> None:
        uploaded = self.upload.value
        with self.screen.mirroring():
            self.upload.value = ()
        for file in uploaded:
            # The reader takes files by their names; only the last part of what the browser sent is one.
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / Path(str(file["name"])).name
                path.write_bytes(bytes(file["content"]))
                self._keep([read_spot_check(path, rubrics=self._home.rubrics())])

    def _take_samples(self) -> None:
        there = {batch.name for batch in self._home.batches()}
        checks = [read_spot_check(_SAMPLES / name) for name in _PRACTICE]
        wanted = [check for check in checks if check.batch.name not in there]
        if not wanted:
            raise Refusal(say("start.sample_there"))
        self._keep(wanted)

    def _keep(self, checks: list[SpotCheck]) -> None:
        if not self.who.value.strip():
            raise Refusal(say("desk.no_name"))
        told: list[str] = []
        rubrics = self._home.rubrics()
        for check in checks:
            self._home.create(check, rubrics.load(check.batch.rubric_id), self.who.value.strip()).close()
            told += [say("start.loaded", name=check.batch.name), *check.notices]
        self.screen.tell("good", "\n".join([*told, say("start.next")]))


def _row(batch: BatchInfo) -> Markup:
    return fill(
        "<tr><td>{name}</td><td>{as_of}</td><td>{organiser}</td></tr>",
        name=batch.name,
        as_of=batch.as_of,
        organiser=batch.organiser,
    )
