"""The details of one item: guidance, number, note, address, screenshots, measured quantities; one editor for all."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

import ipywidgets as widgets

from govkit.findings import Outcome
from govkit.forms import quantities
from govkit.forms.case import Case
from govkit.forms.desk import SEPARATOR, Desk
from govkit.forms.earlier import Earlier
from govkit.forms.errors import Clash, Refusal
from govkit.forms.look import Look
from govkit.forms.rows import Target
from govkit.forms.screen import Freshness, Screen
from govkit.forms.wording import details_words, shots
from govkit.messages import say
from govkit.rubric import Item

_MOST_FIELDS = 2
_LARGEST_SHOT = 20 * 2**20  # bytes; a screenshot of a long page has a tenth of it


class Details:
    """The editor of one item at a time; it moves from row to row.

    Attributes:
        target: what it stands for; None while it is closed.
        box: what is put below the row.
    """

    def __init__(self, look: Look, screen: Screen, desk: Desk, earlier: Earlier) -> None:
        self._screen, self._desk, self._earlier = screen, desk, earlier
        self.target: Target | None = None
        self._left: Target | None = None
        """The item before, which the browser may still show; None where it may show one of several."""
        self.freshness = Freshness()
        self._phrases: tuple[str, ...] = ()
        self._kept: set[widgets.DOMWidget] = set()
        """Fields with something that was not recorded: it stays to be mended, and is marked."""
        self._runs: dict[widgets.DOMWidget, Callable[[object], None]] = {}
        """What a change of a field does."""
        self.words = widgets.HTML(layout=look.whole)
        # Text, as a field for numbers takes 1.5 for 15.
        self.count = widgets.Text(
            description=say("form.count"), continuous_update=False, style=look.label, layout=look.short
        )
        self.phrase = widgets.Dropdown(options=(), description=say("form.phrases"), style=look.label, layout=look.field)
        self.note = widgets.Textarea(
            description=say("form.note"), placeholder=say("form.note_hint"), rows=2, style=look.label, layout=look.field
        )
        self.url = widgets.Text(
            description=say("form.url"), placeholder=say("form.url_hint"), style=look.label, layout=look.field
        )
        self.upload = widgets.FileUpload(
            accept="image/*", multiple=True, description=say("form.upload"), layout=look.button
        )
        self.shots = widgets.HTML(layout=look.whole)
        self.drop = widgets.Dropdown(options=(), description=say("form.drop"), style=look.label, layout=look.short)
        self.clear = look.make_button(say("form.clear"), tooltip=say("form.clear_tip"))
        self.close = look.make_button(say("form.close"))
        self.measured = [
            widgets.Text(style=look.long_label, layout=look.measured, continuous_update=False)
            for _ in range(_MOST_FIELDS)
        ]
        self.daily = widgets.Textarea(rows=7, style=look.label, layout=look.field, continuous_update=False)
        self._evidence = widgets.HBox([self.upload, self.drop], layout=look.line)
        self._last = widgets.HBox([self.clear, self.close], layout=look.line)
        self.box = widgets.VBox([self.words], layout=look.whole)
        self.box.add_class("gk-details")
        self.on_close: Callable[[], None] = lambda: None
        self._connect()

    def open(self, target: Target) -> None:
        """Stand for another item from now on."""
        if target != self.target:
            self.leave()
            self.target = target
            for widget in list(self._kept):
                self._release(widget)
            self._phrases = tuple(self._earlier.phrases(self._desk.store, target.code))
            with self._screen.mirroring():
                self.phrase.options = (say("form.choose"), *self._phrases)
                self.phrase.index = 0
            self.freshness.renew()
        self.refresh()

    def leave(self) -> None:
        """Stand for no item from now on."""
        if self.target is not None:
            self._left = self.target if self.freshness.is_fresh else None
            self.target = None

    def refresh(self) -> None:
        """Show what is recorded of the item now."""
        if self.target is None:
            return
        case, item = self._desk.case(self.target.subject_id), self._item()
        finding = case.finding(item.code)
        with self._screen.mirroring():
            self.words.value = details_words(self._desk, self._earlier, case, item)
            self._mirror(self.count, str(finding.count or 1))
            self._mirror(self.note, finding.note)
            self._mirror(self.url, finding.url)
            names = [name for name in finding.screenshot.split(SEPARATOR) if name]
            self.shots.value = shots(self._desk.store, names)
            labels = [(say("form.shot", number=number), name) for number, name in enumerate(names, 1)]
            self.drop.options = ((say("form.choose"), ""), *labels)
            self._show_quantities(case, item)
            for widget in (self.count, self.phrase, self.note, self.url, self.upload, self.drop, self.clear):
                widget.disabled = not case.is_open
        self.box.children = self._children(case, item, names)

    def retry(self) -> None:
        """Record what was not recorded, as there may be a name by now."""
        for widget in list(self._kept):
            self._runs[widget](widget.value)

    def _mirror(self, widget: Any, value: object) -> None:
        if widget not in self._kept:
            widget.value = value

    def _release(self, widget: widgets.DOMWidget) -> None:
        if widget in self._kept:
            self._kept.remove(widget)
            widget.remove_class("gk-wrong")

    def _children(self, case: Case, item: Item, names: list[str]) -> tuple[widgets.Widget, ...]:
        found = case.finding(item.code).outcome == Outcome.FOUND
        counts = item.kind == "count" or bool(item.measure and item.measure.counts_things)
        fields = quantities.fields_of(item)
        return (
            self.freshness.box,
            self.words,
            *self.measured[: sum(field != quantities.DAILY for field in fields)],
            *([self.daily] if quantities.DAILY in fields else []),
            *([self.count] if found and counts else []),
            *([self.phrase] if self._phrases else []),
            self.note,
            self.url,
            self._evidence,
            *([self.shots] if names else []),
            self._last,
        )

    def _show_quantities(self, case: Case, item: Item) -> None:
        fields = quantities.fields_of(item)
        boxes = [self.daily] if quantities.DAILY in fields else self.measured
        for box, field in zip(boxes, fields, strict=False):
            box.description = field or say("form.daily")
            dates = bool(item.measure and item.measure.reads_dates)
            hint = "form.daily_hint" if field == quantities.DAILY else "form.date_hint" if dates else "form.number_hint"
            names = item.measure.quantities_read if item.measure else ()
            box.placeholder = say(hint, names=" ".join(names))
            self._mirror(box, quantities.shown(item, field, case.record.measurements))
            box.disabled = not case.is_open

    def _connect(self) -> None:
        connect = self._observe
        connect(self.count, self._count)
        connect(self.note, lambda target, text: self._desk.type_text(*self._key(target), note=text))
        connect(self.url, lambda target, text: self._desk.type_text(*self._key(target), url=text))
        connect(self.phrase, self._use_phrase)
        connect(self.upload, self._take_in)
        connect(self.drop, self._take_off)
        for number, box in enumerate(self.measured):
            connect(box, partial(self._measure, number))
        connect(self.daily, partial(self._measure, 0))
        self.clear.on_click(self._screen.handler(lambda _: self._clear()))
        self.close.on_click(self._screen.handler(lambda _: self.on_close()))

    def _observe(self, widget: Any, action: Callable[[Target, Any], object]) -> None:
        # What the browser sent goes along: until it is this handler's turn, the form may have put something else there.
        def run(value: object) -> None:
            target = self._on_screen(widget)
            if target is None:
                self._screen.tell("refused", say("form.not_fresh"))
                return
            if target != self.target:
                action(target, value)
                return
            try:
                action(target, value)
            except Clash:
                raise  # both are shown, to choose from
            except Exception:
                self._kept.add(widget)
                widget.add_class("gk-wrong")
                raise
            self._release(widget)

        self._runs[widget] = run
        widget.observe(self._screen.handler(lambda change: run(change["new"])), names="value")

    def _on_screen(self, widget: widgets.DOMWidget) -> Target | None:
        """The item at which somebody has used a widget; None where that cannot be told.

        The last keys may still be on their way when one goes on to another item: they belong to the one before.
        """
        if self.target is not None and self.freshness.is_fresh:
            return self.target
        return self._left if widget in {self.note, self.url} else None

    @staticmethod
    def _key(target: Target) -> tuple[str, str]:
        return target.subject_id, target.code

    def _item(self) -> Item:
        assert self.target is not None
        return self._desk.rubric.items[self.target.code]

    def _count(self, target: Target, text: str) -> None:
        self._desk.judge(*self._key(target), Outcome.FOUND, quantities.read_found(text))

    def _use_phrase(self, target: Target, _: object) -> None:
        if self.phrase.index:
            text = self._phrases[self.phrase.index - 1]
            with self._screen.mirroring():
                self.phrase.index = 0  # so that the same phrase can be chosen again
            before = self._desk.case(target.subject_id).finding(target.code).note
            self._desk.type_text(*self._key(target), note=f"{before}\n{text}" if before else text)
            self._desk.settle()

    def _take_in(self, target: Target, uploaded: Sequence[Mapping[str, Any]]) -> None:
        with self._screen.mirroring():
            self.upload.value = ()
        for file in uploaded:
            if not str(file["type"]).startswith("image/"):
                raise Refusal(say("form.no_picture", name=file["name"]))
            if len(file["content"]) > _LARGEST_SHOT:
                raise Refusal(say("form.large_picture", name=file["name"], size=_LARGEST_SHOT // 2**20))
            self._desk.add_screenshot(*self._key(target), bytes(file["content"]), PurePath(file["name"]).suffix)

    def _take_off(self, target: Target, name: str) -> None:
        if name:
            self._desk.remove_screenshot(*self._key(target), name)

    def _measure(self, number: int, target: Target, text: str) -> None:
        field = quantities.fields_of(self._desk.rubric.items[target.code])[number]
        self._desk.measure(*self._key(target), field, text)

    def _clear(self) -> None:
        if self.target and self.freshness.is_fresh:
            self._desk.judge(*self._key(self.target), Outcome.UNCHECKED)
