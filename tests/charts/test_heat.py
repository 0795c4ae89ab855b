"""The map of units × indicators: each cell what was lost, the worst first, and how many are not shown."""

from itertools import pairwise

from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from govkit.charts import losses_by_unit
from govkit.charts.heat import SHADES
from govkit.ledger import Kind, Subject
from tests.charts.pictures import axes_of, rows_of, texts
from tests.charts.tallies import counted, mixed
from tests.charts.test_looks import grey
from tests.scoring.cases import OPEN, REDUCED, marks
from tests.tally.inspections import account, result, site

TALLY = counted(
    site(1, "甲局"),
    site(2, "乙局", {"D1.1": 1, "D16.1": 1, "D22.1": 1}),
    site(3, "丙局", {"V1.1": 1, "V1.2": 1}),
    site(4, "丁局", {"D1.2": 1}),
    site(5, "丁局", {"D1.2": 1, "D22.1": 3}),
    site(6, "戊局", {"D9.1": 1}, V1_1=OPEN),
    account(7, "甲局", {"M2.1": 1}),
    account(8, "甲局", {"M2.1": 1}),
    account(9, "乙局"),
)


def cells(figure: Figure) -> list[list[str]]:
    """Return what the shades of the cells say, row by row."""
    (mesh,) = (each for each in axes_of(figure).collections if isinstance(each, QuadMesh))
    shown = mesh.get_array()
    assert shown is not None
    return [[list(SHADES)[code] for code in row] for row in shown.tolist()]


def written(figure: Figure) -> dict[tuple[int, int], str]:
    """Return what is written in the cells, by row and column."""
    places = ((text.get_position(), text.get_text()) for text in axes_of(figure).texts)
    return {(int(y), int(x)): text for (x, y), text in places}


def test_cells() -> None:
    """Vetoes first, then points; a unit's sites together; what is vetoed has no points; a clean unit stays white."""
    figure = losses_by_unit(TALLY, Kind.SITE)
    assert rows_of(figure) == ["丙局", "乙局", "丁局", "甲局"]
    above = [text.get_text() for text in axes_of(figure).get_xticklabels()]
    assert above == ["V1 安全、泄密事故等严重问题", "D1 概况信息", "D16 信息提交", "D22 可用性"]
    assert cells(figure) == [
        ["veto", "not_scored", "not_scored", "not_scored"],
        ["none_lost", "all_lost", "all_lost", "some_lost"],
        ["none_lost", "half_lost", "none_lost", "some_lost"],
        ["none_lost", "none_lost", "none_lost", "none_lost"],
    ]
    assert written(figure) == {
        (0, 0): "×1",
        (0, 1): "—",
        (0, 2): "—",
        (0, 3): "—",
        (1, 1): "2",
        (1, 2): "7",
        (1, 3): "0.2",
        (2, 1): "2",
        (2, 3): "0.6",
    }
    assert {"另有 31 项指标没有发现问题。", "另有 1 个未完成，不在图中。"} <= set("\n".join(texts(figure)).split("\n"))


def test_what_a_row_does_not_concern() -> None:
    """A site of a unit without public services loses nothing by rows on services, and is not said to have passed."""
    reduced = result(REDUCED, marks(REDUCED, {"D1.1": 1}))
    full = Subject("2", "站", Kind.SITE, REDUCED.sponsor, service=True)
    other = site(3, "乙局", {"V6.1": 1})
    alone = losses_by_unit(counted(reduced, site(2, "甲局", {"D10.1": 1}), other), Kind.SITE)
    assert rows_of(alone) == ["乙局", "甲局", "县档案局"]
    assert cells(alone)[1:] == [["none_lost", "none_lost", "all_lost"], ["not_scored", "all_lost", "not_scored"]]
    both = losses_by_unit(counted(reduced, result(full, marks(full, {"D10.1": 1})), other), Kind.SITE)
    assert cells(both)[1:] == [["none_lost", "half_lost", "all_lost"]]


def test_accounts() -> None:
    """Accounts have vetoes only, and a cell counts them."""
    figure = losses_by_unit(TALLY, Kind.ACCOUNT)
    assert rows_of(figure) == ["甲局", "乙局"]
    assert cells(figure) == [["veto"], ["none_lost"]]
    assert written(figure) == {(0, 0): "×2"}


def test_not_all_are_shown() -> None:
    """Thirty units at most, the worst; how many more there are is told."""
    figure = losses_by_unit(mixed(80), Kind.SITE)
    units = sorted(mixed(80).sites.units, key=lambda each: (-sum(each.vetoes.values()), -sum(each.points.values())))
    assert rows_of(figure) == [each.unit for each in units[:30]]
    assert any(f"只列出问题最多的，另有 {len(units) - 30} 个单位未列出。" in text for text in texts(figure))


def test_legend_says_what_is_there() -> None:
    """What no cell shows needs no explanation."""
    figure = losses_by_unit(TALLY, Kind.ACCOUNT)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["单项否决", "没有问题"]


def test_nothing_lost() -> None:
    """Where there is nothing to show, that is said."""
    assert "检查完的网站没有发现问题。" in texts(losses_by_unit(counted(site(1, "甲局")), Kind.SITE))


def test_shades_go_from_dark_to_light() -> None:
    """What is worse is darker, also in grey; the figures tell the rest."""
    greys = [grey(SHADES[state]) for state in ("veto", "all_lost", "half_lost", "some_lost", "none_lost")]
    assert all(later - earlier > 0.08 for earlier, later in pairwise(greys))
