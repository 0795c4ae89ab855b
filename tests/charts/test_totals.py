"""The distribution of totals: each site in its ten points and on its side of the lines."""

from matplotlib.figure import Figure

from govkit.charts import distribution_of_totals
from tests.charts.pictures import axes_of, line_of, texts
from tests.charts.tallies import counted, everything
from tests.scoring.cases import OPEN
from tests.tally.inspections import site

TWENTY = {"D4.1": 1, "D5.1": 1, "D6.1": 1, "D11.1": 1}


def bars(figure: Figure) -> list[list[tuple[int, int]]]:
    """Return where the bars of each shade start that have a height, and how high they are."""
    return [
        [(int(bar.get_x() // 10) * 10, int(bar.get_height())) for bar in shade if bar.get_height()]
        for shade in axes_of(figure).containers
    ]


def test_bars_and_lines() -> None:
    """60.00 is not below 60, 80.00 does not exceed 80, and 130 stands in the last bar."""
    below = {**TWENTY, "D16.1": 1, "D18.1": 1, "D13.1": 1, "D13.2": 9, "D3.1": 1}
    sites = [
        site(1, "甲局", everything("B")),
        site(2, "乙局", TWENTY),
        site(3, "丙局", {**TWENTY, "D16.1": 1, "D18.1": 1, "D19.1": 3, "D29.1": 1}),
        site(4, "丁局", below),
        site(5, "戊局", {"D4.1": 1, "D5.1": 1, "D6.1": 1}),
        site(6, "己局", {"V1.1": 1}),
        site(7, "庚局", V1_1=OPEN),
        site(8, "辛局", D1_1=OPEN),
    ]
    made = counted(*sites)
    assert [str(each.total) for each in made.sites.ranked] == ["130", "85", "80", "60", "57"]
    figure = distribution_of_totals(made)
    assert bars(figure) == [[(50, 1)], [(60, 1), (80, 1)], [(80, 1), (120, 1)]]
    assert [line_of(line)[0] for line in axes_of(figure).lines] == [[60, 60], [80, 80]]
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["低于 60 分（1 个）", "60 至 80 分（2 个）", "高于 80 分（2 个）"]
    assert [text.get_text() for text in axes_of(figure).texts] == ["1", "1", "2", "1", "合格线 60", "加分线 80"]
    assert "另有 1 个网站出现单项否决情形，不评分，不在图中。\n另有 2 个未完成，不在图中。" in texts(figure)


def test_no_totals() -> None:
    """Where no site has a total that is said, and why."""
    figure = distribution_of_totals(counted(site(1, "甲局", {"V1.1": 1})))
    assert "没有得出最后得分的网站。\n另有 1 个网站出现单项否决情形，不评分，不在图中。" in texts(figure)
