"""The fourth pane: what one judges in the real form, by oneself or as handed out by a trainer.

What one does by oneself is held against the right answers whenever one likes. What a trainer has handed out is not: it
is to show how people judge who were not told, and the trainer goes through it with the class.
"""

from dataclasses import dataclass, field
from typing import Self

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import page_picture, png
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, lines
from govkit.forms.pane import Desktop, Pane, table
from govkit.forms.training.card import story_of
from govkit.forms.training.told import feedback_words
from govkit.forms.workbench import Later, Workbench
from govkit.messages import say
from govkit.organising.practice import Practice
from govkit.store import BatchInfo
from govkit.training import Exercise, Page, Task, load_exercises, load_tasks

_PICTURE = "58em"  # wide enough to read, and low enough that the form is near


@dataclass(frozen=True, slots=True)
class Chosen:
    """What can be chosen: a task, and whether a trainer has handed it out."""

    id: str
    handed_out: bool
    task: Task = field(compare=False)

    @classmethod
    def of(cls, task: Task, *, handed_out: bool = False) -> Self:
        """What stands for a task."""
        return cls(task.id, handed_out, task)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that describe it; a worked case has none."""
        return self.task.pages if isinstance(self.task, Exercise) else ()


class ExercisesPane(Pane):
    """Exercises.

    Args:
        desktop: what it works with; who works there is whose progress is shown.
        practice: where their batches are.
        later: does something after some seconds.
    """

    def __init__(self, desktop: Desktop, practice: Practice, later: Later) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._practice, self._later = practice, later
        self._tasks = {task.id: task for task in load_tasks()}
        self._there: dict[Chosen, BatchInfo] = {}
        self._shown: tuple[str, int] | None = None
        self._told: dict[str, Markup] = {}
        self._open: Chosen | None = None
        self._turned = False
        self.bench: Workbench | None = None
        self.exercise = self.new_choice(say("train.exercise"), self._options({}))
        self.begin = look.make_button(say("train.begin"), kind="primary", tooltip=say("train.begin_tip"))
        self.check = look.make_button(say("train.check"), kind="info", tooltip=say("train.check_tip"))
        self.page = widgets.ToggleButtons(options=(), style=look.choice, layout=look.choices)
        self.page.add_class("gk-filter")
        self.progress, self.story, self.text, self.told = (widgets.HTML(layout=look.whole) for _ in range(4))
        self.image = widgets.Image(layout=widgets.Layout(width=_PICTURE, max_width="100%"))
        self._form = widgets.VBox((), layout=look.whole)
        self._above, self._below = (widgets.Box([button], layout=look.line) for button in (self.begin, self.check))
        self.exercise.observe(handler(lambda _: self.put_away()), names="value")
        self.page.observe(handler(lambda _: self._turn_page()), names="index")
        self.begin.on_click(handler(lambda _: self._begin()))
        self.check.on_click(handler(lambda _: self._check()))

    @property
    def chosen(self) -> Chosen:
        """What is chosen."""
        found: Chosen = self.exercise.value
        return found

    def refresh(self) -> None:
        """Show the exercise, how far its trainee has come, and what was told of the answers."""
        if not self._turned:
            self._look_up()
            self.progress.value = self._progress()
        self._turned = False
        chosen = self.chosen
        self.story.value = story_of(chosen.task)
        self._show_page(chosen)
        self.begin.disabled = self._open == chosen
        info = self._there.get(chosen)
        self.check.disabled = info is None or Chosen.of(chosen.task, handed_out=True) in self._there
        self.told.value = self._words(chosen, info)
        self.box.children = (
            self.exercise,
            self.progress,
            self.story,
            *((self.page, self.image, self.text) if chosen.pages else ()),
            self._above,
            self._form,
            *((self.told,) if chosen.handed_out else (self._below, self.told)),
        )

    def put_away(self) -> None:
        """Close the form; what was typed is kept first."""
        if self.bench and self._open:
            self.bench.desk.settle()
        self._open = None
        self._form.children = ()

    def _turn_page(self) -> None:
        """Another page changes nothing of what is kept, which takes long to read where there is much of it."""
        self._turned = True

    def _look_up(self) -> None:
        """Which exercises the person has begun, and what was handed out to them; that stands first."""
        self._there = {}  # of the person before, should the look-up fail
        who = self.desktop.who().strip()
        given, own = self._practice.assigned(who), self._practice.begun(who)
        assigned = {Chosen.of(self._tasks[key], handed_out=True): info for key, info in given.items()}
        begun = {Chosen.of(self._tasks[key]): info for key, info in own.items()}
        self._there = assigned | begun
        options = self._options(assigned)
        if list(self.exercise.options) != options:
            before = self.exercise.value
            with self.desktop.screen.mirroring():
                self.exercise.options = options
                values = [value for _, value in options]
                is_kept = before in values and (self._open is not None or not assigned)
                self.exercise.value = before if is_kept else values[0]
            if self.exercise.value != before:
                self.put_away()

    def _options(self, assigned: dict[Chosen, BatchInfo]) -> list[tuple[str, object]]:
        own = [Chosen.of(each) for each in load_exercises()]
        return [
            (say("train.handed_out" if each.handed_out else "train.option", task=each.task), each)
            for each in (*assigned, *own)
        ]

    def _show_page(self, chosen: Chosen) -> None:
        """The chosen page as a picture, and as text to be searched and copied."""
        if not chosen.pages:
            return
        with self.desktop.screen.mirroring():
            titles = tuple(page.title for page in chosen.pages)
            if self.page.options != titles:
                self.page.options, self.page.index = titles, 0
        page = chosen.pages[self.page.index]
        if self._shown != (chosen.task.id, self.page.index):
            self._shown = (chosen.task.id, self.page.index)
            self.image.value = png(page_picture(chosen.task.object.name, page))
            self.text.value = fill(
                '<details><summary>{title}</summary><div class="gk-facts">{text}</div></details>',
                title=say("train.as_text"),
                text=lines("\n".join(page.lines())),
            )

    def _words(self, chosen: Chosen, info: BatchInfo | None) -> Markup:
        """What was told of the person's answers; of what was handed out to them, that the trainer tells it."""
        if Chosen.of(chosen.task, handed_out=True) in self._there:
            return fill('<div class="gk-note gk-good">{text}</div>', text=say("train.handed_in"))
        return self._told.get(info.key, Markup()) if info else Markup()

    def _begin(self) -> None:
        """Open the form of what is chosen, as it was left."""
        chosen, who = self.chosen, self.desktop.actor
        self._look_up()
        batch = self._there.get(chosen)
        if batch is None and isinstance(chosen.task, Exercise):
            batch = self._practice.begin(chosen.task, who)
        if batch is None:
            raise Refusal(say("train.not_yours"))
        self._practice.home.set_inspector(who)
        if self.bench is None:
            self.bench = self._new_bench(batch)
        self.bench.who.value = who  # also where several people have worked here lately
        if self.bench.batch.value != batch.key:
            with self.bench.screen.mirroring():
                self.bench.batch.options = [(batch.name, batch.key)]
                self.bench.batch.index = 0
            self.bench.change_batch()
        self._open = chosen
        self._form.children = (self.bench.box,)

    def _new_bench(self, batch: BatchInfo) -> Workbench:
        """The real form, without what is chosen on this page already."""
        bench = Workbench(self._practice.home, (batch,), self._later)
        for widget in (bench.who, bench.batch, bench.mode):
            widget.layout = self.desktop.look.hidden
        return bench

    def _check(self) -> None:
        if self.bench:
            self.bench.desk.settle()
        info = self._there.get(self.chosen)
        if info is None:
            raise Refusal(say("train.not_begun"))
        task = self.chosen.task
        self._told[info.key] = feedback_words(task, task.feedback(self._practice.answered(info).result))

    def _progress(self) -> Markup:
        """What the store keeps of each exercise that was begun; of what was handed out only how much is judged."""
        rows = []
        for chosen, info in self._there.items():
            task, answered = chosen.task, self._practice.answered(info)
            number = len(answered.result.judgements)
            judged = say("train.right", right=answered.judged, all=number)
            if Chosen.of(task, handed_out=True) in self._there:
                right = say("train.by_trainer")
            else:
                right = say("train.right", right=number - len(task.feedback(answered.result).differences), all=number)
            rows.append((task.level, task.title, judged, right))
        headings = [say(f"train.column_{name}") for name in ("level", "title", "judged", "right")]
        return table(headings, rows) if rows else fill('<div class="gk-dim">{text}</div>', text=say("train.how_to_do"))
