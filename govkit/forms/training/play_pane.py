"""The second pane: one changes a finding or a measured quantity, and watches the engine's steps before and after."""

from collections.abc import Iterable
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import png, steps_of_score
from govkit.findings import Outcome
from govkit.forms.choices import Choice, choices
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, heading, table
from govkit.forms.training.card import findings_table, subject_words, verdict_words
from govkit.forms.training.starts import Start
from govkit.forms.typed import day_in, number_in
from govkit.messages import say
from govkit.rubric import Item, Rubric, outcome_word
from govkit.scoring import ObjectResult
from govkit.training import Case, Change, Replay, Situation, StepPair, replay

_LABEL = 46  # characters of the wording that have room in the list


class PlayPane(Pane):
    """Changing findings of an object, and watching the score.

    Args:
        desktop: what it works with.
        starts: the objects one can begin with, the first one first.

    Attributes:
        history: the situations from the beginning to now.
    """

    def __init__(self, desktop: Desktop, starts: Iterable[Start]) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._starts = {each.id: each for each in starts}
        self._drawn: dict[int, bytes] = {}
        self.start = self.new_choice(say("train.start"), [(each.words, each.id) for each in self._starts.values()])
        self.history = [self._starts[self.start.value].situation]
        self.item = self.new_choice(say("train.item"))
        self._choices: tuple[Choice, ...] = ()
        self.result = widgets.ToggleButtons(options=(), style=look.choice, layout=look.choices)
        self.result.add_class("gk-result")
        self.number = widgets.Text(description=say("train.number"), style=look.label, layout=look.short)
        self.change = look.make_button(say("train.change"), kind="primary", tooltip=say("train.change_tip"))
        self.quantity = widgets.Dropdown(
            options=(), description=say("train.quantity"), style=look.label, layout=look.measured
        )
        self.value = widgets.Text(description=say("train.value"), style=look.label, layout=look.short)
        self.measure = look.make_button(say("train.measure"), tooltip=say("train.measure_tip"))
        self.back = look.make_button(say("train.back"))
        self.again = look.make_button(say("train.again"))
        self.against = widgets.ToggleButtons(
            options=[(say(f"train.against_{each}"), each) for each in ("step", "start")],
            style=look.choice,
            layout=look.choices,
        )
        self.against.add_class("gk-filter")
        self.object, self.told, self.steps, self.found = (widgets.HTML(layout=look.whole) for _ in range(4))
        half = widgets.Layout(flex="1 1 24em", width="auto", min_width="0", max_width="50%")
        self.images = tuple(widgets.Image(layout=half) for _ in range(2))
        self._pictures = widgets.Box(self.images, layout=look.row)
        self._measuring = widgets.Box([self.quantity, self.value, self.measure], layout=look.line)
        self._tools = widgets.Box([self.back, self.again, self.against], layout=look.line)
        self._changing = widgets.Box([self.result, self.number, self.change], layout=look.line)
        self.start.observe(handler(lambda _: self.restart()), names="value")
        for field in (self.item, self.quantity):
            field.observe(handler(lambda _: self._show_answers()), names="value")
        self.against.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.change.on_click(handler(lambda _: self._change()))
        self.measure.on_click(handler(lambda _: self._measure()))
        self.back.on_click(handler(lambda _: self._back()))
        self.again.on_click(handler(lambda _: self.restart()))
        self.restart()

    @property
    def now(self) -> Situation:
        """The object as it is now."""
        return self.history[-1]

    def offer(self, starts: Iterable[Start]) -> None:
        """Have these be what one can begin with from now on; what is being played goes on."""
        self._starts = {each.id: each for each in starts}
        before = self.start.value
        with self.desktop.screen.mirroring():
            self.start.options = [(each.words, each.id) for each in self._starts.values()]
            self.start.value = before if before in self._starts else next(iter(self._starts))

    def open(self, case: Case) -> None:
        """Begin with a worked case."""
        with self.desktop.screen.mirroring():
            self.start.value = case.id
        self.restart()

    def restart(self) -> None:
        """Begin anew with the chosen object."""
        self.history = [self._starts[self.start.value].situation]
        self._drawn.clear()
        now = self.now
        scope = now.rubric.items_in_scope(now.subject)
        quantities = [
            name for name, items in now.rubric.quantities.items() if any(item.code in scope for item in items)
        ]
        with self.desktop.screen.mirroring():
            self.item.options = [(_label(now.rubric, item), code) for code, item in scope.items()]
            self.item.index = 0
            self.quantity.options = quantities
            self.quantity.index = 0 if quantities else None
        self._show_answers()

    def refresh(self) -> None:
        """Show the object, and its steps before and after."""
        first = 0 if self.against.value == "start" else max(len(self.history) - 2, 0)
        played = replay(self.history[first], self.now)
        now = self.now
        rubric, result = now.rubric, played.after
        self.back.disabled = self.again.disabled = len(self.history) < 2  # noqa: PLR2004 - one is the beginning itself
        facts = say("train.case_facts", object=subject_words(now.subject), as_of=now.as_of, rubric=rubric.title)
        self.object.value = fill('<div class="gk-dim">{text}</div>', text=facts)
        self.told.value = verdict_words(rubric, result) + _told(played, is_begun=len(self.history) > 1)
        self.steps.value = _steps_table(played)
        codes = [code for code, each in result.judgements.items() if each.finding or each.reading]
        self.found.value = (
            heading(say("train.found_now")) + findings_table(rubric, result, codes) if codes else Markup()
        )
        self._draw(played, first)
        self.box.children = (
            self.start,
            self.object,
            self.item,
            self._changing,
            *((self._measuring,) if self.quantity.options else ()),
            self._tools,
            self.told,
            self.steps,
            self._pictures,
            self.found,
        )

    def _draw(self, played: Replay, first: int) -> None:
        """The chart before the change beside that after it; without a change there is one."""
        changed = any(pair.change != Change.SAME for pair in played.steps)
        before, after = self.images
        if changed:
            before.value = self._png(first, played.before)
        after.value = self._png(len(self.history) - 1, played.after)
        self._pictures.children = self.images if changed else (after,)

    def _png(self, place: int, result: ObjectResult) -> bytes:
        """The chart of a place of the history; it is drawn once."""
        if place not in self._drawn:
            self._drawn[place] = png(steps_of_score(result, self.now.rubric))
        return self._drawn[place]

    def _show_answers(self) -> None:
        """Offer the results of the chosen item, and show what it and the quantity have now."""
        now = self.now
        item = now.rubric.items[self.item.value]
        part = now.rubric.row_of[item.code].part
        judgement = now.result().judgements[item.code]
        none = Choice(Outcome.UNCHECKED, None, outcome_word(Outcome.UNCHECKED, part), say("train.unchecked_tip"))
        self._choices = (*choices(item, part), none)
        with self.desktop.screen.mirroring():
            self.result.options = [each.words for each in self._choices]
            self.result.tooltips = [each.tooltip for each in self._choices]
            self.result.index = next(
                (
                    index
                    for index, each in enumerate(self._choices)
                    if each.outcome == judgement.outcome and each.level in (None, judgement.count)
                ),
                None,
            )
            self.number.layout = self.desktop.look.short if item.kind == "count" else self.desktop.look.hidden
            found = judgement.outcome == Outcome.FOUND
            self.number.value = str(judgement.count) if found and item.kind == "count" else ""
            values = [m.value for m in now.measurements if m.quantity == self.quantity.value]
            total = sum(value for value in values if not isinstance(value, date))
            self.value.value = "" if not values else str(values[0] if isinstance(values[0], date) else total)
            days = now.days_of(self.quantity.value) if self.quantity.value else 0
            self.value.description = say("train.over_days", days=days) if days else say("train.value")

    def _change(self) -> None:
        if self.result.index is None:
            raise Refusal(say("train.no_choice"))
        choice = self._choices[self.result.index]
        item = self.now.rubric.items[self.item.value]
        count = choice.level
        if choice.outcome == Outcome.FOUND and item.kind == "count":
            typed = number_in(self.number.value)
            count = 1 if typed is None else typed
        note = say("train.reason") if choice.outcome == Outcome.NOT_APPLICABLE else ""
        self._go_to(self.now.changed(item.code, choice.outcome, count, note))

    def _measure(self) -> None:
        items = self.now.rubric.quantities[self.quantity.value]
        reads_dates = any(item.measure and item.measure.reads_dates for item in items)
        typed = day_in(self.value.value) if reads_dates else number_in(self.value.value)
        self._go_to(self.now.measured(self.quantity.value, typed))

    def _go_to(self, situation: Situation) -> None:
        self.history.append(situation)
        self._show_answers()

    def _back(self) -> None:
        if len(self.history) > 1:
            self.history.pop()
            self._drawn.pop(len(self.history), None)
        self._show_answers()


def _label(rubric: Rubric, item: Item) -> str:
    text = f"{rubric.row_of[item.code].name}：{rubric.wording(item)}".replace("\n", " ")
    return f"{item.code}　{text if len(text) <= _LABEL else text[:_LABEL] + '…'}"


def _told(played: Replay, *, is_begun: bool) -> Markup:
    if not is_begun:
        return fill('<div class="gk-dim">{text}</div>', text=say("train.how_to_play"))
    items = say("train.changed_items", items="、".join(played.items)) if played.items else ""
    return fill('<div class="gk-note gk-good">{items}{text}</div>', items=items, text=played.told)


def _steps_table(played: Replay) -> Markup:
    headings = [say(f"train.column_{name}") for name in ("change", "before", "after")]
    return table(headings, [_step_cells(pair) for pair in played.steps])


def _step_cells(pair: StepPair) -> list[object]:
    """A step; what has changed stands out, what has not stands back."""
    pattern = '<span class="gk-dim">{text}</span>' if pair.change == Change.SAME else "<b>{text}</b>"
    word = say(f"train.step_{pair.change}")
    return [fill(pattern, text=text) for text in (word, pair.before_text, pair.after_text)]
