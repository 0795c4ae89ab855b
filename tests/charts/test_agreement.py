"""Charts of a class: bars are the shares that were counted, the worst item first."""

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govkit.charts import splitting_items, totals_of_class
from govkit.figures import two_places
from tests.charts import classes
from tests.charts.pictures import axes_of, texts


def rectangles(figure: Figure) -> list[Rectangle]:
    """Return the bars of a chart."""
    return [patch for patch in axes_of(figure).patches if isinstance(patch, Rectangle)]


def test_splitting_items() -> None:
    """Each item that splits the class has two bars, with rates beside them; of many the worst thirty are shown."""
    agreement = classes.mixed(12)
    figure = splitting_items(agreement)
    shown = agreement.splitting[:30]
    widths = [bar.get_width() for bar in rectangles(splitting_items(agreement))]
    assert widths == pytest.approx(
        [float(100 * (item.pairs.share or 0)) for item in shown]
        + [float(100 * (item.right.share or 0)) for item in shown if item.right]
    )
    told = texts(figure)
    assert all(item.pairs.shown in told for item in shown)
    left = len(agreement.splitting) - len(shown)
    assert left > 0
    assert any(f"另有 {left} 条" in text for text in told)


def test_no_right_answers() -> None:
    """Of two inspectors only their agreement is drawn."""
    agreement = classes.mixed(2, known=False)
    assert len(rectangles(splitting_items(agreement))) == len(agreement.splitting[:30])


def test_totals() -> None:
    """The total of the right answers stands first, then each person's; who has none is told."""
    agreement = classes.mixed(3)
    told = texts(totals_of_class(agreement))
    assert agreement.reference
    assert agreement.reference.score.total is not None
    assert "标准答案" in told
    assert two_places(agreement.reference.score.total) in told
    assert told.count("没有得分") == sum(person.score.total is None for person in agreement.people)
