"""The charts of one inspection: those that have something to show, each as it is drawn on its own."""

import pytest

from govkit.charts import (
    Chart,
    distribution_of_totals,
    draw_chart,
    losses_by_indicator,
    losses_by_unit,
    png,
    telling_charts,
    trend_of_quarters,
)
from govkit.ledger import Kind
from govkit.messages import say
from tests.charts import tallies
from tests.scoring.cases import OPEN
from tests.tally.inspections import account, site


def test_each_chart() -> None:
    """Each is the chart of its name, of the same tally and quarters."""
    tally, points = tallies.mixed(12), tallies.quarters(4)
    expected = {
        Chart.TOTALS: distribution_of_totals(tally),
        Chart.LOSSES: losses_by_indicator(tally),
        Chart.SITES: losses_by_unit(tally, Kind.SITE),
        Chart.ACCOUNTS: losses_by_unit(tally, Kind.ACCOUNT),
        Chart.TREND: trend_of_quarters(points),
    }
    assert {chart: png(draw_chart(chart, tally, points)) for chart in Chart} == {
        chart: png(figure) for chart, figure in expected.items()
    }


@pytest.mark.parametrize(
    ("results", "charts"),
    [
        ([], ()),
        ([site(1, "甲", {}, D1_1=OPEN)], ()),
        ([site(1, "甲")], (Chart.TOTALS,)),
        ([site(1, "甲", {"D1.1": 1})], (Chart.TOTALS, Chart.LOSSES, Chart.SITES)),
        ([site(1, "甲", {"V1.1": 1})], (Chart.TOTALS, Chart.SITES)),
        ([account(1, "甲")], ()),
        ([account(1, "甲", {"M2.1": 1})], (Chart.ACCOUNTS,)),
    ],
)
def test_what_is_told(results: list[object], charts: tuple[Chart, ...]) -> None:
    """A chart is there only where it would show something."""
    assert telling_charts(tallies.counted(*results)) == charts  # type: ignore[arg-type]


def test_a_trend_needs_two_quarters() -> None:
    """One quarter is no trend, nor are quarters of which nothing is known."""
    nothing = tallies.counted()
    assert telling_charts(nothing, tallies.quarters(1)) == ()
    assert telling_charts(nothing, tallies.quarters(2)) == (Chart.TREND,)


def test_captions() -> None:
    """Each has a caption."""
    assert all(say(f"inspection_chart.{chart}") for chart in Chart)
