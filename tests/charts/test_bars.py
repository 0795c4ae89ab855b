"""The bars of breaches: right lengths, the gravest first, and nothing left out in silence."""

from matplotlib.figure import Figure

from govkit.charts import breaches_by_rule, units_by_breaches
from govkit.packs import Status
from tests.charts.matrices import matrix, mixed
from tests.charts.pictures import axes_of, rows_of, texts

B, P, U, N = Status.BREACH, Status.PASS, Status.UNKNOWN, Status.NOT_APPLICABLE
RULES = [("甲", "提示"), ("乙", "严重"), ("丙", "一般"), ("丁", "严重"), ("戊", "严重")]
MATRIX = matrix([[B, B, B, B, P], [B, P, B, B, N], [B, U, P, B, U]], RULES, ["一局", "二局", ""])


def sums(figure: Figure) -> list[str]:
    """Return what stands at the end of the bars, from above."""
    return [text.get_text() for text in axes_of(figure).texts]


def parts(figure: Figure) -> list[list[float]]:
    """Return the lengths of the bars, a list a severity."""
    return [[bar.get_width() for bar in bars] for bars in axes_of(figure).containers]


def test_rules_by_severity_then_number() -> None:
    """The gravest rules come first, among them those that most break; those that nobody breaks have no bar."""
    figure = breaches_by_rule(MATRIX)
    assert rows_of(figure) == ["XA03 丁", "XA01 乙", "XA02 丙", "XA00 甲"]
    assert sums(figure) == ["3", "1", "2", "3"]
    assert parts(figure) == [[3, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 3]]
    assert "另有 1 条规则没有判定为不符合的。\n尚有 2 处未知，不在图中；未知不等于符合。" in texts(figure)


def test_units_by_number() -> None:
    """Those with most breaches come first, with their severities; what has no sponsor is called so."""
    figure = units_by_breaches(MATRIX)
    assert rows_of(figure) == ["一局", "二局", "（台账没有写主办单位）"]
    assert sums(figure) == ["4", "3", "2"]
    assert parts(figure) == [[2, 1, 1], [1, 1, 0], [1, 1, 1]]


def test_not_all_are_shown() -> None:
    """Thirty bars at most; how many more there are is told."""
    figure = units_by_breaches(mixed(100, 12))
    breaking = {breach.thing.unit.name for breach in mixed(100, 12).breaches()}
    assert len(rows_of(figure)) == 30
    assert any(f"另有 {len(breaking) - 30} 项未列出" in text for text in texts(figure))


def test_no_breach() -> None:
    """Where nothing is broken that is said, and that what is unknown is no pass."""
    figure = breaches_by_rule(matrix([[P], [U]], [("甲", "严重")], ["一局", "二局"]))
    assert "没有判定为不符合的。\n尚有 1 处未知，不在图中；未知不等于符合。" in texts(figure)
    assert not axes_of(figure).containers
