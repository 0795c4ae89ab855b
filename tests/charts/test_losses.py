"""Points lost by indicator: the dearest first, with the exact figures and the sum so far."""

import pytest

from govkit.charts import losses_by_indicator
from tests.charts.pictures import line_of, texts
from tests.charts.tallies import counted
from tests.scoring.cases import OPEN
from tests.tally.inspections import account, site


def test_bars_and_sums() -> None:
    """Bars are as long as the points, the line rises to all of them, and unfinished sites have no part in it."""
    figure = losses_by_indicator(
        counted(
            site(1, "甲局", {"D16.1": 1, "D1.2": 9}),
            site(2, "乙局", {"D1.2": 1, "D22.1": 1}),
            site(3, "丙局", {"D16.1": 1}, V1_1=OPEN),
            site(4, "丁局", {"D16.1": 1, "V1.1": 1}),
            account(5, "甲局", {"M1.1": 1}),
            account(6, "甲局", M1_1=OPEN),
        )
    )
    bars, above = figure.axes
    assert [text.get_text() for text in bars.get_yticklabels()] == ["D16 信息提交", "D1 概况信息", "D22 可用性"]
    assert [bar.get_width() for bar in bars.containers[0]] == [7, 3, 0.2]
    (line,) = above.lines
    across, down = line_of(line)
    assert across == pytest.approx([700 / 10.2, 1000 / 10.2, 100])
    assert down == [0, 1, 2]
    assert [text.get_text() for text in bars.texts] == [
        "7 分，1 个网站，累计 68.63%",
        "3 分，2 个网站，累计 98.04%",
        "0.2 分，1 个网站，累计 100.00%",
    ]
    assert "另有 1 个网站出现单项否决情形，不评分，不在图中。\n另有 1 个未完成，不在图中。" in texts(figure)


def test_no_losses() -> None:
    """Where no finished site lost anything, that is said."""
    figure = losses_by_indicator(counted(site(1, "甲局"), site(2, "乙局", {"D16.1": 1}, V1_1=OPEN)))
    assert "检查完的网站没有扣分的。\n另有 1 个未完成，不在图中。" in texts(figure)
