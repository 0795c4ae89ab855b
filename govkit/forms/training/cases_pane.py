"""The third pane: worked cases, from easy to hard. The story comes first, the answer when it is asked for."""

from collections.abc import Callable, Iterator
from typing import get_args

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import png, steps_of_score
from govkit.forms.markup import fill, join, lines
from govkit.forms.pane import Desktop, Pane
from govkit.forms.training.card import findings_table, story_of, verdict_words
from govkit.messages import say
from govkit.rubric import PartName, Rubric, outcome_word
from govkit.scoring import ObjectResult, explain
from govkit.training import Case, load_cases, unlisted_outcome

_ALL = ""
_LEVELS: tuple[str, ...] = get_args(Case.model_fields["level"].annotation)


class CasesPane(Pane):
    """Worked cases.

    Args:
        desktop: what it works with.
        play: opens a case in the pane in which one changes findings.
    """

    def __init__(self, desktop: Desktop, play: Callable[[Case], None]) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._play = play
        self._of = {case.id: case for case in load_cases()}
        self._asked: str | None = None
        self.level = widgets.ToggleButtons(
            options=[(each or say("train.all"), each) for each in (_ALL, *_LEVELS)],
            style=look.choice,
            layout=look.choices,
        )
        self.level.add_class("gk-filter")
        self.case = self.new_choice(say("train.case"))
        self.story = widgets.HTML(layout=look.whole)
        self.ask = look.make_button(say("train.ask"), kind="primary", tooltip=say("train.ask_tip"))
        self.open = look.make_button(say("train.open_play"), kind="info", tooltip=say("train.open_play_tip"))
        self.answer = widgets.HTML(layout=look.whole)
        self.image = widgets.Image(layout=widgets.Layout(max_width="100%"))
        self._tools = widgets.Box([self.ask, self.open], layout=look.line)
        self._top = widgets.Box([self.level, self.case], layout=look.line)
        self.level.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.case.observe(handler(lambda _: None), names="value")  # likewise
        self.ask.on_click(handler(lambda _: self._ask()))
        self.open.on_click(handler(lambda _: self._play(self._chosen)))

    @property
    def _chosen(self) -> Case:
        return self._of[self.case.value]

    def refresh(self) -> None:
        """Show the chosen case, and its answer where somebody has asked for it."""
        options = [
            (f"{case.level}　{case.title}", case.id)
            for case in _by_level(self._of)
            if self.level.value in (_ALL, case.level)
        ]
        with self.desktop.screen.mirroring():
            if list(self.case.options) != options:
                before = self.case.value
                self.case.options = options
                names = [name for _, name in options]
                self.case.value = before if before in names else names[0]
        case = self._chosen
        self.story.value = story_of(case)
        shown = self._asked == case.id
        self.ask.disabled = shown
        if shown:
            result = case.situation().result()
            self.answer.value = answer_of(case, result)
            self.image.value = png(steps_of_score(result, case.rubric))
        self.box.children = (self._top, self.story, self._tools, *((self.answer, self.image) if shown else ()))

    def _ask(self) -> None:
        self._asked = self.case.value


def _by_level(cases: dict[str, Case]) -> list[Case]:
    """From easy to hard, and within a level in the order of the files."""
    return sorted(cases.values(), key=lambda case: _LEVELS.index(case.level))


def answer_of(case: Case, result: ObjectResult) -> Markup:
    """The answer: what is recorded, the engine's steps, how the figures come about, the trap, and the wrong way."""
    rubric = case.rubric
    told = [code for code, each in result.judgements.items() if each.finding or each.reading]
    bonus = outcome_word(unlisted_outcome(case.unlisted), PartName.BONUS)
    rest = say("train.rest", word=case.unlisted, bonus=bonus) if len(told) < len(result.judgements) else ""
    return join(
        [
            verdict_words(rubric, result),
            findings_table(rubric, result, told),
            fill('<div class="gk-dim">{text}</div>', text=rest),
            fill("<ol>{steps}</ol>", steps=_steps(rubric, result)),
            *_passages(case),
        ]
    )


def _steps(rubric: Rubric, result: ObjectResult) -> Markup:
    return join(fill("<li>{text}</li>", text=explain(step, rubric)) for step in result.score.steps)


def _passages(case: Case) -> Iterator[Markup]:
    pattern = "<p><b>{title}</b>：{text}</p>"
    yield fill(pattern, title=say("train.arithmetic"), text=lines(case.arithmetic))
    yield fill(
        '<div class="gk-note gk-refused"><b>{title}</b>：{text}</div>', title=say("train.trap"), text=lines(case.trap)
    )
    mistaken = case.mistaken()
    if case.mistake and mistaken:
        yield fill(pattern, title=say("train.mistake"), text=lines(case.mistake.what))
        yield verdict_words(case.rubric, mistaken.result())
    yield fill(pattern, title=say("train.teaches"), text="；".join(each.rstrip("。") for each in case.teaches) + "。")
