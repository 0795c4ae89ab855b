"""The page of the training: what the panes are. `train` is what the notebook calls."""

import os
from datetime import date, datetime

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.look import Look
from govkit.forms.pane import Desktop, Pane
from govkit.forms.screen import Screen
from govkit.forms.training.cases_pane import CasesPane
from govkit.forms.training.class_pane import ClassPane
from govkit.forms.training.exercises_pane import ExercisesPane
from govkit.forms.training.explore_pane import ExplorePane
from govkit.forms.training.play_pane import PlayPane
from govkit.forms.training.rules_pane import RulesPane
from govkit.forms.training.starts import starts
from govkit.forms.workbench import Later, keep_log, on_the_loop
from govkit.messages import say
from govkit.organising.practice import Practice
from govkit.store import Home, StoreError, open_home
from govkit.training import Case, TrainingError

_PANES = ("explore", "play", "cases", "exercises", "class", "rules")


def train() -> widgets.Widget:
    """The page of the home that the environment names, ready to be displayed."""
    try:
        today = datetime.now().astimezone().date()
        return TrainPage(open_home(os.environ), today, on_the_loop).box
    except (StoreError, TrainingError) as error:
        return widgets.HTML(markup.message("failed", str(error)))


class TrainPage:
    """The page.

    Args:
        home: where rubrics of the office are, and what fails is kept.
        today: 监测时间点 of objects that one makes up.
        later: does something after some seconds.
    """

    def __init__(self, home: Home, today: date, later: Later) -> None:
        keep_log(home)
        look, self.screen = Look(), Screen()
        self.screen.after = self.refresh
        self._home, self._today = home, today
        self.who = look.make_inspector(home.inspector)
        self.who.description = say("train.who")  # who learns or teaches inspects nothing
        self.tabs = widgets.ToggleButtons(
            options=[(say(f"train.pane_{name}"), name) for name in _PANES], style=look.choice, layout=look.choices
        )
        self.tabs.add_class("gk-tabs")
        self._place = widgets.VBox((), layout=look.whole)
        self.box = widgets.VBox([look.sheet, self.who, self.tabs, self.screen.message, self._place])
        self.box.add_class("gk")
        desktop = Desktop(look, self.screen, lambda: self.who.value, home.folder)
        rubrics = home.rubrics().usable()
        self._play = PlayPane(desktop, starts(rubrics, today))
        self._explore = ExplorePane(desktop, rubrics)
        practice = Practice(home)
        self._exercises = ExercisesPane(desktop, practice, later)
        self.panes: dict[str, Pane] = {
            "explore": self._explore,
            "play": self._play,
            "cases": CasesPane(desktop, self.play),
            "exercises": self._exercises,
            "class": ClassPane(desktop, home, practice),
            "rules": RulesPane(desktop, home, self._take_up_rules),
        }
        self.who.observe(self.screen.handler(lambda _: self._name_trainee()), names="value")
        self.tabs.observe(self.screen.handler(lambda _: None), names="value")  # what follows is done by `refresh`
        with self.screen.watched():
            pass

    def play(self, case: Case) -> None:
        """Go to the second pane with a case."""
        self._play.open(case)
        with self.screen.mirroring():
            self.tabs.value = "play"

    def _take_up_rules(self) -> None:
        """Rubrics that were read on this page can be looked up and played by at once."""
        rubrics = self._home.rubrics().usable()
        self._explore.offer(rubrics)
        self._play.offer(starts(rubrics, self._today))

    def _name_trainee(self) -> None:
        """Keep the name; the form of another person is put away."""
        self._home.set_inspector(self.who.value)
        self._exercises.put_away()

    def refresh(self) -> None:
        """Show the chosen pane as things are now."""
        pane = self.panes[self.tabs.value]
        self._place.children = (pane.box,)
        pane.refresh()
