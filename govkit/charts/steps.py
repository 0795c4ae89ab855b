"""How the score of one site came about, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from matplotlib.figure import Figure

from govkit.charts.lines import TEN, verdict_lines
from govkit.charts.looks import (
    BAR,
    GRID,
    LINE_SPACING,
    PAPER,
    SERIES,
    SEVERITIES,
    WIDTH,
    drawing,
    frame,
    label,
    nothing,
)
from govkit.figures import shortest, two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import PartName, Row, Rubric
from govkit.scoring import Ground, ObjectResult, Step, reason

_SHADES = {"score": SERIES[0], "lost": SEVERITIES["一般"], "gained": SEVERITIES["提示"]}
_TITLE, _ALONE, _BELOW, _LINES = 24, 54, 64, 6
"""How many Chinese characters have room in the title, on a line without a chart, and on one below it; and the lines."""
_ROOM = 1.22
"""How much wider than the highest bar the chart is, for the figures at the ends of bars."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """From one figure to another; a score starts from 0."""

    name: str
    kind: str
    start: Fraction
    end: Fraction
    text: str


def steps_of_score(result: ObjectResult, rubric: Rubric) -> Figure:
    """The way from full marks to the total: what each indicator took or added after its cap, and the sums between.

    An object without points, as an account or one with a veto, has its verdict in words instead.
    """
    title = say("chart.steps", name=label(result.subject.name, _TITLE, 1))
    why = reason(result.score, rubric)
    with drawing():
        if result.subject.kind == Kind.ACCOUNT or result.score.ground == Ground.VETO:
            return nothing(title, *label(why, _ALONE, _LINES).split("\n"))
        bars = list(_bars(result, rubric))
        figure, axes = frame(WIDTH, BAR * len(bars), title, label(why, _BELOW, _LINES).split("\n"))
        for place, bar in enumerate(bars):
            left, right = sorted((bar.start, bar.end))
            _SHADES[bar.kind].bars(axes.barh([place], [float(right - left)], 0.7, [float(left)]))
            at_end = axes.annotate(bar.text, (float(right), place), (5, 0), textcoords="offset points", va="center")
            at_end.set(zorder=3, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5})
        names = [label(bar.name) for bar in bars]
        axes.set_yticks(range(len(bars)), names, linespacing=LINE_SPACING)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        most = float(max(max(bar.start, bar.end) for bar in bars)) * _ROOM
        axes.set_xticks(range(0, int(most) + 1, TEN))
        axes.set_xlim(0, most)
        axes.set_xlabel(say("chart.points"))
        axes.grid(axis="x", color=GRID)
        verdict_lines(axes, rubric)
        labels = [say(f"chart.{kind}") for kind in _SHADES]
        handles = [shade.patch() for shade in _SHADES.values()]
        figure.legend(handles, labels, loc="outside upper right", ncols=len(labels))
        return figure


def _bars(result: ObjectResult, rubric: Rubric) -> Iterator[_Bar]:
    """The bars from above, as the steps tell them; those that belong to one indicator make one bar."""
    reduced = rubric.is_reduced(result.subject.kind, service=result.subject.service)
    level = rubric.parameters.without_services.full_marks if reduced else rubric.full_marks
    yield _sum("full_marks", level, {})
    rows = {row.code: row for row in rubric.rows} | rubric.row_of
    for row, group in groupby(result.score.steps, lambda step: rows.get(step.code)):
        steps = list(group)
        if row:
            bar = _row_bar(row, steps, level)
            level = bar.end
            yield bar
            continue
        for step in steps:
            if step.points is None:
                continue
            level = step.points
            if step.rule == "part2":
                yield _sum("before_scaling" if reduced else "part2", level, {})
            else:
                yield _sum(step.rule, level, step.values)


def _sum(rule: str, points: Fraction, values: Mapping[str, Fraction]) -> _Bar:
    numbers = {key: shortest(value) for key, value in values.items()}
    return _Bar(say(f"chart.{rule}", **numbers), "score", Fraction(0), points, two_places(points))


def _row_bar(row: Row, steps: Sequence[Step], level: Fraction) -> _Bar:
    """What the items of a row come to; where its cap cuts that, both figures."""
    cap = next((step for step in steps if step.rule == "cap"), None)
    points = sum((step.points or Fraction(0) for step in ([cap] if cap else steps)), Fraction(0))
    kind, sign = ("gained", "+") if row.part == PartName.BONUS else ("lost", "−")
    text = f"{sign}{shortest(points)}"
    if cap:
        text = say("chart.capped", points=text, raw=shortest(cap.values["raw"]))
    end = level + points if row.part == PartName.BONUS else level - points
    return _Bar(f"{row.code} {row.name}", kind, level, end, text)
