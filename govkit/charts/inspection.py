"""The charts of one inspection that documents and pages show, in their order."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from matplotlib.figure import Figure

from govkit.charts.heat import losses_by_unit
from govkit.charts.losses import losses_by_indicator
from govkit.charts.totals import distribution_of_totals
from govkit.charts.trend import trend_of_quarters
from govkit.ledger import Kind
from govkit.tally import Tally, TrendPoint


class Chart(StrEnum):
    """What a chart shows; its caption is `say("inspection_chart.…")`."""

    TOTALS = "totals"
    LOSSES = "losses"
    SITES = "heat_site"
    ACCOUNTS = "heat_account"
    TREND = "trend"


_LEAST_QUARTERS = 2  # make a trend
_Draw = Callable[[Tally, Sequence[TrendPoint]], Figure]
_FIGURES: Mapping[Chart, _Draw] = {
    Chart.TOTALS: lambda tally, _: distribution_of_totals(tally),
    Chart.LOSSES: lambda tally, _: losses_by_indicator(tally),
    Chart.SITES: lambda tally, _: losses_by_unit(tally, Kind.SITE),
    Chart.ACCOUNTS: lambda tally, _: losses_by_unit(tally, Kind.ACCOUNT),
    Chart.TREND: lambda _, points: trend_of_quarters(points),
}


def draw_chart(chart: Chart, tally: Tally, points: Sequence[TrendPoint] = ()) -> Figure:
    """One of the charts; where there is nothing to show, it says so.

    Args:
        chart: which one.
        tally: what the inspection comes to.
        points: quarters in a row, for the trend.
    """
    return _FIGURES[chart](tally, points)


def telling_charts(tally: Tally, points: Sequence[TrendPoint] = ()) -> tuple[Chart, ...]:
    """The charts that have something to show, in the order in which documents have them."""
    told = {
        Chart.TOTALS: bool(tally.sites.count.checked),
        Chart.LOSSES: bool(tally.sites.losses),
        Chart.SITES: bool(tally.sites.losses or tally.sites.by_veto),
        Chart.ACCOUNTS: bool(tally.accounts.by_veto),
        Chart.TREND: sum(point.tally is not None for point in points) >= _LEAST_QUARTERS,
    }
    return tuple(chart for chart in Chart if told[chart])
