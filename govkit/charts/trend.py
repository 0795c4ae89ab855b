"""The pass rates of several quarters in a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from govkit.charts.looks import GRID, INK, drawing, frame, nothing
from govkit.ledger import Kind
from govkit.messages import say
from govkit.tally import TrendPoint

_MOST_QUARTERS = 8
_QUARTER, _NARROWEST, _HEIGHT = 1.5, 7.0, 3.6
"""In inches: how wide a quarter is, the narrowest chart, and its height."""
_STYLES: Mapping[Kind, Mapping[str, Any]] = {
    Kind.SITE: {"color": "#005b8e", "linestyle": "-", "marker": "o", "markersize": 5},
    Kind.ACCOUNT: {"color": "#d55e00", "linestyle": "--", "marker": "s", "markersize": 9, "fillstyle": "none"},
}
_ALL = 100


def trend_of_quarters(points: Sequence[TrendPoint]) -> Figure:
    """The pass rates of sites and of accounts, quarter by quarter; the exact figures stand below each quarter.

    A line is broken where a quarter has no rate. Of more than eight quarters, the last eight are shown.
    """
    title = say("chart.trend")
    with drawing():
        if not points:
            return nothing(title, say("chart.no_quarters"))
        shown = points[-_MOST_QUARTERS:]
        hidden = len(points) - len(shown)
        notes = [say("chart.earlier_quarters", number=hidden)] if hidden else []
        notes += [say("chart.new_rules", quarter=point.quarter.name) for point in shown if point.new_rules]
        figure, axes = frame(max(_QUARTER * len(shown), _NARROWEST), _HEIGHT, title, notes)
        places = range(len(shown))
        for kind, style in _STYLES.items():
            axes.plot(places, [_height(point, kind) for point in shown], label=say(f"chart.{kind}"), **style)
        for place, point in enumerate(shown):
            if point.new_rules:
                axes.axvline(place - 0.5, color=INK, linestyle=":", linewidth=1.2)
        axes.set_xticks(places, [_words(point) for point in shown], linespacing=1.3)
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(-0.6, len(shown) - 0.4)
        axes.set_yticks(range(0, _ALL + 1, 20))
        axes.set_ylim(-2, _ALL + 4)
        axes.set_ylabel(say("chart.pass_rate"))
        axes.grid(axis="y", color=GRID)
        figure.legend(loc="outside upper right", ncols=len(_STYLES))
        return figure


def _height(point: TrendPoint, kind: Kind) -> float:
    share = point.tally.of(kind).count.pass_rate.share if point.tally else None
    return float("nan") if share is None else float(_ALL * share)


def _words(point: TrendPoint) -> str:
    if point.tally is None:
        return f"{point.quarter.name}\n{say('chart.no_data')}"
    rates = {kind: point.tally.of(kind).count.pass_rate.shown for kind in _STYLES}
    told = (say("chart.rate_of", kind=say(f"chart.{kind}"), rate=rate) for kind, rate in rates.items())
    return "\n".join((point.quarter.name, *told))
