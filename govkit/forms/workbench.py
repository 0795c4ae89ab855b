"""The workbench: which batch, which object or item, and who works here; it holds the forms together.

`inspect` is what the notebook calls.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from uuid import uuid4

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.case import Case
from govkit.forms.desk import Desk
from govkit.forms.earlier import Earlier
from govkit.forms.exporting import Exporter
from govkit.forms.item_form import ItemForm
from govkit.forms.look import Look
from govkit.forms.object_form import ObjectForm
from govkit.forms.screen import LOG, Screen
from govkit.forms.wording import local
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Verdict
from govkit.store import BatchInfo, Home, Presence, Store, StoreError, open_home

_IDLE = 2.0  # seconds without a key after which what was typed becomes a step of the log
_PULSE = 5.0  # seconds between two looks at what others have done

Later = Callable[[float, Callable[[], None]], Callable[[], None]]
"""Does something after some seconds, and returns what cancels it."""


def inspect() -> widgets.Widget:
    """The workbench of the home that the environment names, ready to be displayed."""
    try:
        home = open_home(os.environ)
        batches = home.batches()
        if not batches:
            return widgets.HTML(markup.message("refused", say("form.no_batch")))
        return Workbench(home, batches, on_the_loop).box
    except StoreError as error:
        return widgets.HTML(markup.message("failed", str(error)))


class Workbench:
    """Choosing what to work at.

    Args:
        home: where the batches are.
        batches: those that can be chosen, the one to begin with first.
        later: does something after some seconds.
    """

    def __init__(self, home: Home, batches: tuple[BatchInfo, ...], later: Later) -> None:
        self._home, self._later = home, later
        self._session = uuid4().hex
        self._present: tuple[Presence, ...] = ()
        self._listed: tuple[str, ...] = ()
        self._cancel_typing: Callable[[], None] = lambda: None
        keep_log(home)
        self.look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        look, handler = self.look, self.screen.handler
        self.who = look.make_inspector(home.inspector)
        self.batch = widgets.Dropdown(
            options=[(say("form.batch_option", batch=batch), batch.key) for batch in batches],
            description=say("form.batch"),
            style=look.label,
            layout=look.rest,
        )
        self.mode = widgets.ToggleButtons(
            options=[(say("form.by_object"), "object"), (say("form.by_item"), "item")],
            style=look.choice,
            layout=look.choices,
        )
        self.kind = widgets.ToggleButtons(
            options=[(say(f"form.kind_{each}"), each) for each in ("all", *Kind, "unfinished")],
            style=look.choice,
            layout=look.choices,
        )
        self.object = widgets.Dropdown(options=(), description=say("form.object"), style=look.label, layout=look.rest)
        self.back, self.forth = look.make_button(say("form.object_back")), look.make_button(say("form.object_forth"))
        self._choosing = widgets.Box([self.object, self.kind, self.back, self.forth], layout=look.line)
        self._place = widgets.VBox((), layout=look.whole)
        first = widgets.Box([self.who, self.batch, self.mode], layout=look.line)
        # With a number to begin with, the browser counts where the box is displayed.
        self.box = widgets.VBox([look.sheet, first, self._choosing, self._place], _view_count=0)
        self.box.add_class("gk")
        self.who.observe(handler(lambda _: self._name_inspector()), names="value")
        self.batch.observe(handler(lambda _: self.change_batch()), names="index")
        self.mode.observe(handler(lambda _: self.show_mode()), names="index")
        self.kind.observe(handler(lambda _: self._change_kind()), names="index")
        self.object.observe(handler(lambda _: self._open_object()), names="index")
        self.back.on_click(handler(lambda _: self._step(-1)))
        self.forth.on_click(handler(lambda _: self._step(1)))
        self._open_batch(home.open(self.batch.value))
        self._beat()

    def change_batch(self) -> None:
        """Open the chosen batch, and let go of the one before; where that is not possible, stay there."""
        try:
            self.desk.settle()
            store = self._home.open(self.batch.value)
        except Exception:
            with self.screen.mirroring():
                self.batch.value = self.desk.store.info.key
            raise
        self.desk.store.leave(self._session)
        self.earlier.close()
        self.desk.store.close()
        self._open_batch(store)

    def _open_batch(self, store: Store) -> None:
        self._present = store.present()
        self.desk = Desk(store, lambda: self.who.value, self._session, datetime.now)
        self.earlier = Earlier(self._home, store.info)
        exporter = Exporter(self._home, self.desk)
        self.object_form = ObjectForm(self.desk, self.earlier, self.look, self.screen, exporter, self.others)
        self.item_form: ItemForm | None = None
        self._list_objects()
        self.show_mode()  # which also opens the object

    def show_mode(self) -> None:
        """Show the form of an object, or of an item."""
        by_item = self.mode.value == "item"
        if by_item and self.item_form is None:
            self.item_form = ItemForm(self.desk, self.earlier, self.look, self.screen, self.others)
        form = self.item_form if by_item and self.item_form else self.object_form
        self.screen.on_clash = form.choose_between
        self._choosing.layout = self.look.hidden if by_item else self.look.line
        if by_item and self.item_form:
            self.item_form.open()
        else:
            self._open_object()
        self._place.children = (form.box,)

    def refresh(self) -> None:
        """Show what is in the store now, and see to it that typing ends."""
        if self.mode.value == "item" and self.item_form:
            self.item_form.refresh()
        else:
            self.object_form.refresh()
        self._cancel_typing()
        if self.desk.is_typing:
            self._cancel_typing = self._later(_IDLE, self._end_typing)

    def others(self, subject_id: str) -> str:
        """Who else works at an object, in words; empty where nobody does."""
        seen = {p.actor: p for p in self._present if p.subject_id == subject_id and p.actor != self.desk.who}
        return "；".join(say("form.working", actor=each.actor, at=local(each.at)) for each in seen.values())

    def look_around(self) -> None:
        """Take in what others have done at the object on the screen, and who is at which."""
        self._present = self.desk.store.present()
        subject_id = self._at()
        if subject_id is None:
            return
        # A form that is not displayed any more, as after its cell was run anew, is nobody at work.
        if self.desk.who and self.box.get_state("_view_count")["_view_count"]:
            self.desk.store.touch(self.desk.who, self._session, subject_id)
        self.desk.reload(subject_id)
        self._show_labels(self.object.value)

    def _at(self) -> str | None:
        """The object at which this person works; by item, the one whose details are open."""
        if self.mode.value == "object":
            return self.object_form.subject_id
        target = self.item_form.details.target if self.item_form else None
        return target.subject_id if target else None

    def _list_objects(self) -> None:
        wanted = self.kind.value
        self._listed = tuple(case.subject.id for case in self.desk.cases() if _is_listed(case, wanted))
        before = self.object.value or self.desk.store.last_at(self.desk.who)
        self._show_labels(before if before in self._listed else next(iter(self._listed), None))
        if not self._listed:
            self.screen.tell("refused", say("form.no_object"))

    def _change_kind(self) -> None:
        self._list_objects()
        self._open_object()

    def _show_labels(self, chosen: str | None) -> None:
        """Say in the list how far each object has come."""
        options = [(self._label(self.desk.case(subject_id)), subject_id) for subject_id in self._listed]
        with self.screen.mirroring():
            if list(self.object.options) != options:
                self.object.options = options
            self.object.value = chosen if chosen in self._listed else None

    def _label(self, case: Case) -> str:
        return say(
            "form.object_option",
            name=" ".join(filter(None, [case.subject.name, case.subject.details.get("账号类型", "")])),
            code=case.subject.id,
            stage=say("form.not_begun" if case.is_open and not case.judged else f"stage.{case.filing.stage}"),
            judged=case.judged,
            all=len(case.judgements),
        )

    def _open_object(self) -> None:
        if self.object.value:
            try:
                self.object_form.open(self.object.value)
            finally:
                self._show_labels(self.object_form.subject_id)

    def _step(self, by: int) -> None:
        index = 0 if self.object.index is None else self.object.index + by
        if 0 <= index < len(self.object.options):
            self.object.index = index

    def _name_inspector(self) -> None:
        """Keep the name; what was typed before it was said is recorded now, what another person typed, under theirs."""
        self._home.set_inspector(self.who.value)
        self.look_around()
        self.desk.settle()
        for form in filter(None, (self.object_form, self.item_form)):
            form.details.retry()

    def _end_typing(self) -> None:
        with self.screen.watched():
            self.desk.settle()

    def _beat(self) -> None:
        with self.screen.watched():
            self.look_around()
        self._later(_PULSE, self._beat)


def keep_log(home: Home) -> None:
    """Keep what fails in a file of the home, once."""
    folder = home.folder / "logs"
    folder.mkdir(exist_ok=True)
    path = folder / "forms.log"
    if any(getattr(handler, "baseFilename", "") == str(path) for handler in LOG.handlers):
        return
    handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)


def _is_listed(case: Case, wanted: str) -> bool:
    if wanted == "unfinished":
        return case.is_open and case.score.verdict == Verdict.INCOMPLETE
    return wanted in {"all", case.subject.kind}


def on_the_loop(seconds: float, action: Callable[[], None]) -> Callable[[], None]:
    """On the loop of the notebook's kernel; without one, as in a script, nothing happens later."""
    try:
        return asyncio.get_running_loop().call_later(seconds, action).cancel
    except RuntimeError:
        return lambda: None
