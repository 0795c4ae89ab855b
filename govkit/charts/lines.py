"""The lines at which a verdict changes, across a chart of points."""

from matplotlib.axes import Axes

from govkit.charts.looks import INK
from govkit.figures import shortest
from govkit.messages import say
from govkit.rubric import Rubric

TEN = 10
"""An axis of points has a mark every so many points."""


def verdict_lines(axes: Axes, rubric: Rubric) -> None:
    """The pass line and the bonus line, each with its name above the chart; names go away from each other."""
    lines = rubric.parameters
    for key, line, style, side in (
        ("pass_line", lines.pass_line, "--", "right"),
        ("bonus_line", lines.bonus_line, ":", "left"),
    ):
        axes.axvline(float(line), color=INK, linestyle=style, linewidth=1.2)
        place = (float(line), 1.01)
        text = say(f"chart.{key}", line=shortest(line))
        axes.text(*place, text, transform=axes.get_xaxis_transform(), ha=side, va="bottom")
