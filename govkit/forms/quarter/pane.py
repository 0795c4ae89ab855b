"""What the panes of a quarter work with, beside what all panes do."""

from collections.abc import Callable
from dataclasses import dataclass

from govkit.forms.pane import Desktop, Pane
from govkit.forms.quarter.exports import Exports
from govkit.organising import Planner


@dataclass(frozen=True, slots=True)
class QuarterDesktop(Desktop):
    """The same, with `planner`, which gives the quarter that is shown."""

    planner: Callable[[], Planner]

    def exports(self) -> Exports:
        """Writes what the quarter holds."""
        return Exports(self.planner(), self.home)


class QuarterPane(Pane):
    """One pane of the page of a quarter."""

    desktop: QuarterDesktop

    def __init__(self, desktop: QuarterDesktop) -> None:
        super().__init__(desktop)
