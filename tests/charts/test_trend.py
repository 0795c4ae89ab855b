"""Pass rates over quarters: right heights, exact figures below, gaps where nothing is known."""

from dataclasses import replace
from math import nan

import pytest

from govkit.charts import trend_of_quarters
from govkit.quarters import Quarter
from govkit.tally import trend
from tests.charts.pictures import axes_of, line_of, texts
from tests.charts.tallies import counted, quarters
from tests.tally.inspections import account, site

FIRST = counted(site(1, "甲局"), site(2, "乙局", {"V1.1": 1}), account(3, "甲局"))
LATER = counted(site(1, "甲局"), site(2, "乙局"), site(3, "丙局", {"V1.1": 1}))


def test_lines_and_figures() -> None:
    """Each kind has its line; a quarter without a tally, or without a rate, breaks it."""
    figure = trend_of_quarters(trend([(Quarter(2019, 3), FIRST), (Quarter(2020, 1), LATER)]))
    sites, accounts = (line_of(line)[1] for line in axes_of(figure).lines)
    assert sites == pytest.approx([50, nan, 200 / 3], nan_ok=True)
    assert accounts == pytest.approx([100, nan, nan], nan_ok=True)
    assert [text.get_text() for text in axes_of(figure).get_xticklabels()] == [
        "2019年第三季度\n网站\n50.00%（1/2）\n政务新媒体\n100.00%（1/1）",
        "2019年第四季度\n没有数据",
        "2020年第一季度\n网站\n66.67%（2/3）\n政务新媒体\n—",
    ]


def test_not_all_are_shown() -> None:
    """The last eight quarters at most; how many came before is told."""
    figure = trend_of_quarters(quarters(12))
    below = [text.get_text().split("\n")[0] for text in axes_of(figure).get_xticklabels()]
    assert [below[0], below[-1], len(below)] == ["2019年第一季度", "2020年第四季度", 8]
    assert "只列出最近的，此前另有 4 个季度未列出。" in texts(figure)


def test_new_rules() -> None:
    """Where the rules changed, a line stands between the quarters, and a note says that rates are hard to compare."""
    new = replace(LATER, rubric=LATER.rubric.model_copy(update={"sha256": "0" * 64}))
    figure = trend_of_quarters(trend([(Quarter(2019, 3), FIRST), (Quarter(2019, 4), new)]))
    assert [line_of(line)[0] for line in axes_of(figure).lines][2:] == [[0.5, 0.5]]
    assert "2019年第四季度的检查规则与此前不同，合格率不宜直接比较。" in texts(figure)


def test_no_quarters() -> None:
    """Where there is nothing to show, that is said."""
    assert "没有汇总过的季度。" in texts(trend_of_quarters([]))
