"""The way of a score: from full marks by what each indicator took or added to the total."""

import pytest
from matplotlib.figure import Figure

from govkit.charts import steps_of_score
from govkit.scoring import ObjectResult
from tests.charts.pictures import axes_of, rows_of, texts
from tests.scoring.cases import OPEN, REDUCED, RUBRIC, marks
from tests.tally.inspections import account, result, site


def bars(figure: Figure) -> list[list[float]]:
    """Return where each bar starts and ends, from above."""
    found = [bar for container in axes_of(figure).containers for bar in container]
    return [[round(bar.get_x(), 2), round(bar.get_x() + bar.get_width(), 2)] for bar in found]


def figures(figure: Figure) -> list[str]:
    """Return what stands at the ends of the bars, from above."""
    return [text.get_text() for text in axes_of(figure).texts][: len(rows_of(figure))]


def test_deductions_and_bonus() -> None:
    """Items of an indicator are one bar; where its cap cuts them, both figures are told."""
    figure = steps_of_score(
        site(1, "甲局", {"D1.1": 1, "D1.2": 3, "D22.1": 1, "D22.2": 4, "B1.1": 2, "B1.2": 1}), RUBRIC
    )
    assert rows_of(figure) == ["满分", "D1 概况信息", "D22 可用性", "扣分指标得分", "B1 数据发布", "最后得分"]
    assert figures(figure) == ["100.00", "−2（合计 5，按分值计）", "−0.6", "97.40", "+3", "100.40"]
    assert bars(figure) == [[0, 100], [98, 100], [97.4, 98], [0, 97.4], [97.4, 100.4], [0, 100.4]]
    assert {"合格线 60", "加分线 80", "“甲局第1号”的得分过程"} <= set(texts(figure))


def test_without_services() -> None:
    """A site of a unit without public services starts from 75, and its part two is scaled."""
    figure = steps_of_score(result(REDUCED, marks(REDUCED, {"D4.1": 1})), RUBRIC)
    assert rows_of(figure) == ["满分", "D4 动态要闻", "扣分指标得分（折算前）", "扣分指标得分（×4/3）", "最后得分"]
    assert figures(figure) == ["75.00", "−5", "70.00", "93.33", "93.33"]


def test_unfinished() -> None:
    """What is unfinished has the steps so far, and its range in words."""
    figure = steps_of_score(site(1, "甲局", {"D4.1": 1}, D29_1=OPEN), RUBRIC)
    assert rows_of(figure) == ["满分", "D4 动态要闻"]
    assert any("94.00 至 95.00" in text for text in texts(figure))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (site(1, "甲局", {"V1.1": 1}), "单项否决"),
        (account(1, "甲局"), "合格"),
        (account(1, "甲局", M1_1=OPEN), "未完成"),
    ],
)
def test_no_points(given: ObjectResult, words: str) -> None:
    """What has no points has its verdict in words."""
    figure = steps_of_score(given, RUBRIC)
    assert not axes_of(figure).containers
    assert any(words in text for text in texts(figure))
