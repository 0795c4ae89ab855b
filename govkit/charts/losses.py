"""What each indicator cost all sites, the dearest first (Pareto)."""

from matplotlib.figure import Figure

from govkit.charts.looks import (
    BAR,
    GRID,
    INK,
    LINE_SPACING,
    PAPER,
    WIDTH,
    Shade,
    drawing,
    frame,
    label,
    nothing,
)
from govkit.figures import shortest, two_places
from govkit.messages import say
from govkit.tally import Tally

_ALL, _AXIS = 100, 0.5
_BAR = Shade("#9ecae1")
"""Light, so that the line is seen upon it."""


def losses_by_indicator(tally: Tally) -> Figure:
    """The points that finished sites lost by each indicator, and the share of all that these and those above have.

    Beside each bar stand the points, how many sites lost them, and that share. Points are those before ×4/3. There are
    never more bars than the annex has indicators.
    """
    title, losses = say("chart.losses"), tally.sites.losses
    missing = (("chart.unscored", tally.sites.classes.unscored), ("chart.unfinished", tally.sites.count.unfinished))
    notes = [say(key, number=number) for key, number in missing if number]
    with drawing():
        if not losses:
            return nothing(title, say("chart.no_losses"), *notes)
        figure, axes = frame(WIDTH, BAR * len(losses) + _AXIS, title, notes)
        places = range(len(losses))
        _BAR.bars(axes.barh(places, [float(loss.points) for loss in losses], 0.7))
        for place, loss in zip(places, losses, strict=True):
            words = {"points": shortest(loss.points), "cumulative": two_places(_ALL * loss.cumulative)}
            text = say("chart.loss", sites=loss.sites, **words)
            axes.text(1.03, place, text, transform=axes.get_yaxis_transform(), va="center")
        names = [label(f"{loss.row.code} {loss.row.name}") for loss in losses]
        axes.set_yticks(places, names, linespacing=LINE_SPACING)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(losses) - 0.4, -0.6)
        axes.set_xlim(0, float(losses[0].points) * 1.02)
        axes.set_xlabel(say("chart.lost_points"))
        axes.grid(axis="x", color=GRID)
        above = axes.twiny()
        reached = [float(_ALL * loss.cumulative) for loss in losses]
        (line,) = above.plot(reached, places, color=INK, linewidth=1, marker="o", markersize=4, markerfacecolor=PAPER)
        line.set_clip_on(False)
        above.set_xlim(0, _ALL)
        above.set_xlabel(say("chart.cumulative_share"))
        return figure
