"""The last pane: a described site, judged in the real form, and each answer held against the right one.

Exercises are batches of a data folder of their own, so that none is ever counted as an inspection.
"""

from dataclasses import replace
from datetime import datetime

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import page_picture, png
from govkit.findings import SpotCheck
from govkit.forms.desk import Desk
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, join, lines
from govkit.forms.pane import Desktop, Pane, heading, table
from govkit.forms.training.card import subject_words, verdict_words
from govkit.forms.workbench import Later, Workbench
from govkit.messages import say
from govkit.scoring import ObjectResult
from govkit.store import BatchInfo, Home, open_home
from govkit.training import Exercise, Feedback, Remark, load_exercises

_COLUMNS = ("item", "remark", "answered", "expected", "clause", "passages", "effect")


class ExercisesPane(Pane):
    """Exercises.

    Args:
        desktop: what it works with; who works there is whose progress is shown.
        later: does something after some seconds.
    """

    def __init__(self, desktop: Desktop, later: Later) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._later = later
        self._of = {each.id: each for each in load_exercises()}
        self._shown: tuple[str, int] | None = None
        self._told: dict[str, Markup] = {}
        self._open = ""
        self.bench: Workbench | None = None
        self.exercise = self.new_choice(
            say("train.exercise"), [(f"{each.level}　{each.title}", each.id) for each in self._of.values()]
        )
        self.begin = look.make_button(say("train.begin"), kind="primary", tooltip=say("train.begin_tip"))
        self.check = look.make_button(say("train.check"), kind="info", tooltip=say("train.check_tip"))
        self.page = widgets.ToggleButtons(options=(), style=look.choice, layout=look.choices)
        self.page.add_class("gk-filter")
        self.progress, self.story, self.text, self.told = (widgets.HTML(layout=look.whole) for _ in range(4))
        self.image = widgets.Image(layout=widgets.Layout(max_width="100%"))
        self._form = widgets.VBox((), layout=look.whole)
        self._tools = widgets.Box([self.begin, self.check], layout=look.line)
        self.exercise.observe(handler(lambda _: self.put_away()), names="value")
        self.page.observe(handler(lambda _: None), names="index")  # what follows is done by `refresh`
        self.begin.on_click(handler(lambda _: self._begin()))
        self.check.on_click(handler(lambda _: self._check()))

    @property
    def home(self) -> Home:
        """The data folder of the exercises."""
        return open_home({"GOVKIT_HOME": str(self.desktop.home / say("train.home"))})

    @property
    def chosen(self) -> Exercise:
        """The exercise that is chosen."""
        return self._of[self.exercise.value]

    def refresh(self) -> None:
        """Show the exercise, how far its trainee has come, and what was told of the answers."""
        exercise, begun = self.chosen, self._begun()
        self.progress.value = self._progress(begun)
        self.story.value = _story(exercise)
        self._show_page(exercise)
        self.begin.disabled = self._open == exercise.id
        self.check.disabled = exercise.id not in begun
        self.told.value = self._told.get(exercise.id, Markup())
        self.box.children = (
            self.exercise,
            self.progress,
            self.story,
            self.page,
            self.image,
            self.text,
            self._tools,
            self.told,
            self._form,
        )

    def put_away(self) -> None:
        """Close the form; what was typed is kept first."""
        if self.bench and self._open:
            self.bench.desk.settle()
        self._open = ""
        self._form.children = ()

    def _show_page(self, exercise: Exercise) -> None:
        """The chosen page as a picture, and as text to be searched and copied."""
        with self.desktop.screen.mirroring():
            titles = tuple(page.title for page in exercise.pages)
            if self.page.options != titles:
                self.page.options, self.page.index = titles, 0
        page = exercise.pages[self.page.index]
        if self._shown != (exercise.id, self.page.index):
            self._shown = (exercise.id, self.page.index)
            self.image.value = png(page_picture(exercise.object.name, page))
            self.text.value = fill(
                '<details><summary>{title}</summary><div class="gk-facts">{text}</div></details>',
                title=say("train.as_text"),
                text=lines("\n".join(page.lines())),
            )

    def _check_of(self, exercise: Exercise) -> SpotCheck:
        """What is handed out, under a name that nobody else's has."""
        check = exercise.spot_check()
        name = say("train.batch", name=check.batch.name, who=self.desktop.actor)
        return replace(check, batch=replace(check.batch, name=name))

    def _begun(self) -> dict[str, BatchInfo]:
        """The batches of the person who works here, by exercise."""
        if not self.desktop.who().strip():
            return {}
        there = {batch.name: batch for batch in self.home.batches()}
        names = {name: self._check_of(each).batch.name for name, each in self._of.items()}
        return {name: there[batch] for name, batch in names.items() if batch in there}

    def _begin(self) -> None:
        """Open the form of the chosen exercise, as it was left."""
        exercise, who = self.chosen, self.desktop.actor
        if exercise.id not in self._begun():
            self.home.create(self._check_of(exercise), exercise.rubric, who).close()
        self.home.set_inspector(who)
        batch = self._begun()[exercise.id]
        if self.bench is None:
            self.bench = Workbench(self.home, (batch,), self._later)
            for field in (self.bench.who, self.bench.batch, self.bench.mode):
                field.layout = self.desktop.look.hidden
        else:
            self.bench.who.value = who
            with self.bench.screen.mirroring():
                self.bench.batch.options = [(batch.name, batch.key)]
                self.bench.batch.index = 0
            self.bench.change_batch()
        self._open = exercise.id
        self._form.children = (self.bench.box,)

    def _check(self) -> None:
        exercise = self.chosen
        if self.bench:
            self.bench.desk.settle()
        info = self._begun().get(exercise.id)
        if info is None:
            raise Refusal(say("train.not_begun"))
        self._told[exercise.id] = feedback_words(exercise, exercise.feedback(self._answers(exercise, info)))

    def _answers(self, exercise: Exercise, info: BatchInfo) -> ObjectResult:
        with self.home.open(info.key) as store:
            return Desk(store, self.desktop.who, "", datetime.now).reload(exercise.object.id).result()

    def _progress(self, begun: dict[str, BatchInfo]) -> Markup:
        """What the store keeps of each exercise that was begun."""
        rows = []
        for name, info in begun.items():
            exercise = self._of[name]
            told = exercise.feedback(self._answers(exercise, info))
            right = len(told.items) - len(told.differences)
            rows.append((exercise.level, exercise.title, say("train.right", right=right, all=len(told.items))))
        headings = [say(f"train.column_{name}") for name in ("level", "title", "right")]
        return table(headings, rows) if rows else fill('<div class="gk-dim">{text}</div>', text=say("train.how_to_do"))


def _story(exercise: Exercise) -> Markup:
    pattern = '{title}<div class="gk-dim">{facts}</div><p>{story}<br>{statement}</p>'
    facts = say(
        "train.case_facts",
        object=subject_words(exercise.object.subject()),
        as_of=exercise.as_of,
        rubric=exercise.rubric.title,
    )
    words = {"story": lines(exercise.story), "statement": exercise.statement}
    return fill(pattern, title=heading(exercise.title), facts=facts, **words)


def feedback_words(exercise: Exercise, told: Feedback) -> Markup:
    """Of each wrong answer what is wrong, with the clause and what proves it; and the result, once all is judged.

    What nobody has judged yet is only counted: its right answer would give the exercise away.
    """
    left = [each for each in told.differences if each.remark == Remark.LEFT_OPEN]
    rows = []
    for each in told.differences:
        if each in left:
            continue
        said = told.words(each)
        clause = join([said.clause, said.wording], "<br>")
        passages = join(said.passages, "<br>")
        effect = "" if left else said.effect
        rows.append((each.item.code, said.remark, said.answered, said.expected, clause, passages, effect))
    headings = [say(f"train.column_{name}") for name in _COLUMNS]
    judged = len(told.items) - len(left)
    open_still = say("train.left_open", left=len(left), judged=judged, wrong=len(rows))
    result = verdict_words(exercise.rubric, exercise.situation().result())
    head = [fill("<p>{text}</p>", text=open_still)] if left else [fill("<p>{text}</p>", text=told.told), result]
    return join([*head, table(headings, rows) if rows else Markup()])
