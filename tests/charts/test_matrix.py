"""The map of things × rules: each cell its status, the worst first, and how many are not shown."""

import pytest
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from govkit.charts import matrix_map
from govkit.charts.looks import STATUSES
from govkit.packs import Compliance, Status, Thing, ThingKind
from govkit.season import Unit
from tests.charts.matrices import account, matrix, mixed
from tests.charts.pictures import axes_of, rows_of, texts

B, P, U, N = Status.BREACH, Status.PASS, Status.UNKNOWN, Status.NOT_APPLICABLE
RULES = [("甲", "提示"), ("乙", "严重"), ("丙", "一般")]


def cells(figure: Figure) -> list[list[Status]]:
    """Return what the cells show, row by row."""
    (mesh,) = (each for each in axes_of(figure).collections if isinstance(each, QuadMesh))
    shown = mesh.get_array()
    assert shown is not None
    return [[list(STATUSES)[code] for code in row] for row in shown.tolist()]


def marks(figure: Figure) -> list[set[tuple[float, float]]]:
    """Return the places of the marks, those of breaches first."""
    return [
        {tuple(place) for place in each.get_offsets().tolist()}  # type: ignore[union-attr]
        for each in axes_of(figure).collections
        if not isinstance(each, QuadMesh)
    ]


def test_cells() -> None:
    """Most breaches come first, then most unknown; the rules keep their order; marks stand on breaches and unknowns."""
    figure = matrix_map(matrix([[P, P, N], [U, U, P], [P, B, U]], RULES, ["一局", "二局", "三局"]), ThingKind.UNIT)
    assert rows_of(figure) == ["三局", "二局", "一局"]
    assert [text.get_text() for text in axes_of(figure).get_xticklabels()] == ["XA00 甲", "XA01 乙", "XA02 丙"]
    assert cells(figure) == [[P, B, U], [U, U, P], [P, P, N]]
    assert marks(figure) == [{(1.5, 0.5)}, {(2.5, 0.5), (0.5, 1.5), (1.5, 1.5)}]
    assert {"不符合", "未知", "符合", "不适用"} <= set(texts(figure))


def test_rows_go_down() -> None:
    """The first row stands at the top, under the names of the rules."""
    bottom, top = axes_of(matrix_map(mixed(9, 9), ThingKind.UNIT)).get_ylim()
    assert (bottom, top) == (9, 0)


def test_not_all_are_shown() -> None:
    """Thirty things and thirty rules at most, the worst; how many more there are is told."""
    compliance = mixed(70, 45)
    figure = matrix_map(compliance, ThingKind.UNIT)
    shown = cells(figure)
    assert (len(shown), {len(row) for row in shown}) == (30, {30})
    assert "只列出问题最多的，另有 40 个检查对象未列出。\n只列出问题最多的规则，另有 15 条未列出。" in texts(figure)
    worst = sorted((column.counts[B] for column in compliance.columns), reverse=True)[:30]
    named = {text.get_text()[:4] for text in axes_of(figure).get_xticklabels()}
    assert sorted((column.counts[B] for column in compliance.columns if column.rule.id in named), reverse=True) == worst


def test_accounts_with_their_platform() -> None:
    """Accounts of one name are told apart by their platform."""
    made = matrix([[B], [B]], [("甲", "严重")], ["a", "b"], ThingKind.ACCOUNT)
    things = [
        Thing(ThingKind.ACCOUNT, str(number), "青禾教育", Unit("局"), account(number, platform))
        for number, platform in enumerate(("微信公众号", ""))
    ]
    compliance = Compliance(made.season, {**made.things, ThingKind.ACCOUNT: things}, made.columns)
    assert rows_of(matrix_map(compliance, ThingKind.ACCOUNT)) == ["青禾教育（微信公众号）", "青禾教育"]


@pytest.mark.parametrize("kind", set(ThingKind) - {ThingKind.UNIT})
def test_nothing_of_the_kind(kind: ThingKind) -> None:
    """Where there is nothing to show, that is said."""
    assert any(text.startswith("没有") for text in texts(matrix_map(mixed(3, 3), kind)))
