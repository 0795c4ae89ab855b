"""How the totals of sites are distributed."""

from collections.abc import Sequence
from fractions import Fraction

from matplotlib.figure import Figure

from govkit.charts.lines import TEN, verdict_lines
from govkit.charts.looks import GRID, SEVERITIES, drawing, frame, nothing, whole_numbers
from govkit.figures import shortest
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.tally import Tally

_WIDTH, _HEIGHT = 8.0, 3.2
_SHADES = tuple(SEVERITIES.values())


def distribution_of_totals(tally: Tally) -> Figure:
    """How many sites have a total in each ten points, with the pass line and the bonus line.

    A bar goes from its left mark up to, but not with, its right one; the last one has both. Shades tell on which side
    of the lines a total lies, so that one of exactly 80.00 is seen not to exceed 80.
    """
    title, lines, classes = say("chart.totals"), tally.rubric.parameters, tally.sites.classes
    missing = (("chart.unscored", classes.unscored), ("chart.unfinished", tally.sites.count.unfinished))
    notes = [say(key, number=number) for key, number in missing if number]
    totals = [each.total for each in tally.sites.ranked]
    low, high = shortest(lines.pass_line), shortest(lines.bonus_line)
    with drawing():
        if not totals:
            return nothing(title, say("chart.no_totals"), *notes)
        figure, axes = frame(_WIDTH, _HEIGHT, title, notes)
        most = _most_points(tally.rubric)
        starts = range(0, most, TEN)
        bottom = [0] * len(starts)
        parts = (
            [total for total in totals if total < lines.pass_line],
            [total for total in totals if lines.pass_line <= total <= lines.bonus_line],
            [total for total in totals if total > lines.bonus_line],
        )
        for shade, part in zip(_SHADES, parts, strict=True):
            heights = _heights(part, len(starts))
            shade.bars(axes.bar([start + TEN / 2 for start in starts], heights, TEN * 0.92, bottom))
            bottom = [one + other for one, other in zip(bottom, heights, strict=True)]
        for start, height in zip(starts, bottom, strict=True):
            if height:
                place = (start + TEN / 2, height)
                axes.annotate(f"{height}", place, (0, 3), textcoords="offset points", ha="center", va="bottom")
        verdict_lines(axes, tally.rubric)
        axes.set_xticks(range(0, most + 1, TEN))
        axes.set_xlim(0, most)
        axes.set_yticks(whole_numbers(max(bottom)))
        axes.set_ylim(0, max(bottom) * 1.12)
        axes.set_xlabel(say("chart.total"))
        axes.set_ylabel(say("chart.sites"))
        axes.grid(axis="y", color=GRID)
        labels = [
            say("chart.below", line=low, number=classes.below),
            say("chart.between", low=low, high=high, number=classes.between),
            say("chart.above", line=high, number=classes.above),
        ]
        figure.legend([shade.patch() for shade in _SHADES], labels, loc="outside upper right", ncols=len(labels))
        return figure


def _most_points(rubric: Rubric) -> int:
    """The highest total there can be (130), up to the next mark of an axis."""
    most = sum(row.points for row in rubric.rows if row.points is not None)
    return -int(-most // TEN) * TEN


def _heights(totals: Sequence[Fraction], bars: int) -> list[int]:
    heights = [0] * bars
    for total in totals:
        heights[min(int(total // TEN), bars - 1)] += 1
    return heights
