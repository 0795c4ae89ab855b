"""Charts of a class: bars are the people who were counted, the worst item first; what has no total is told."""

import re
from collections.abc import Sequence
from fractions import Fraction

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govkit.charts import splitting_items, totals_of_class
from govkit.figures import two_places
from govkit.scoring import ObjectResult, reason
from govkit.training import ClassAgreement, class_agreement
from tests.charts import classes
from tests.charts.pictures import axes_of, rows_of, texts
from tests.training.test_agreement import RUBRIC, result


def rectangles(figure: Figure) -> list[Rectangle]:
    """Return the bars of a chart."""
    return [patch for patch in axes_of(figure).patches if isinstance(patch, Rectangle)]


def row(figure: Figure, place: int) -> list[Rectangle]:
    """Return the parts of the bar in a row, from the left."""
    return [bar for bar in rectangles(figure) if abs(bar.get_y() + bar.get_height() / 2 - place) < 0.1]


def named(answers: Sequence[ObjectResult], right: ObjectResult | None = None) -> ClassAgreement:
    """Return a class whose people are called 学员 with a number."""
    return class_agreement(RUBRIC, [(f"学员{number}", one) for number, one in enumerate(answers)], right)


def beside(figure: Figure) -> list[str]:
    """Return what is written beside the bars, from above, each on one line."""
    found = [text for text in axes_of(figure).texts if text.get_position()[0] > 1]
    return [text.get_text().replace("\n", "") for text in sorted(found, key=lambda text: text.get_position()[1])]


@pytest.mark.parametrize("people", [12, 112])
def test_splitting_items(people: int) -> None:
    """The bar of an item is its people by answer, the right answer first; of many items the worst twenty are shown."""
    agreement = classes.mixed(people)
    figure = splitting_items(agreement)
    shown = agreement.splitting[:20]
    for place, item in enumerate(shown):
        code = item.item.code
        widths = [bar.get_width() for bar in row(figure, place)]
        right = {agreement.in_words(code, answer): number for answer, number in item.answers.items()}
        assert widths[0] == right.pop(agreement.right_words(code)), code
        assert sorted(widths[1:]) == sorted([*right.values(), *[item.missing] * (item.missing > 0)]), code
        assert sum(widths) == people + 1
    left = len(agreement.splitting) - len(shown)
    assert left > 0
    assert any(f"另有 {left} 条" in text for text in texts(figure))
    assert figure.get_size_inches()[1] < 11


def test_who_is_right() -> None:
    """Right and wrong parts differ in their hatch; the right answer stands below the item, also if nobody gave it."""
    figure = splitting_items(named([result(D1_2=1), result(D1_2=3), result(D1_2=3)], result(D1_2=2)))
    assert rows_of(figure) == ["D1.2 概况信息\n标准答案：发现问题 2 处"]
    assert {bar.get_hatch() for bar in rectangles(figure)} == {"///"}
    figure = splitting_items(named([result(D1_2=3), result(D1_2=2), result(D1_2=3)], result(D1_2=2)))
    assert [(bar.get_width(), bar.get_hatch() or "") for bar in row(figure, 0)] == [(1, ""), (2, "///")]
    assert beside(figure) == ["发现问题 2 处：学员1；发现问题 3 处：学员0、学员2"]


def test_no_right_answers() -> None:
    """Of two inspectors it is told who said what, and nothing is called right or wrong."""
    figure = splitting_items(named([result(D1_2=1), result()]))
    assert [bar.get_width() for bar in rectangles(figure)] == [1, 1]
    assert beside(figure) == ["发现问题 1 处：学员0；未发现：学员1"]
    assert not {"对", "错"} & set(texts(figure))
    assert not figure.legends


def test_totals() -> None:
    """The total of the right answers stands first, then each person's; who has none is told why."""
    agreement = classes.mixed(12)
    assert agreement.reference
    figure = totals_of_class(agreement)
    right = agreement.reference.score.total
    assert right is not None
    told = [text.replace("\n", "").replace(" ", "") for text in texts(figure)]
    assert rows_of(figure)[0] == "标准答案"
    assert two_places(right) in told
    assert "合格线60" in told
    without = [person for person in agreement.people if person.score.total is None]
    assert without
    for person in without:
        assert reason(person.score, RUBRIC).replace(" ", "") in told
    assert len(rectangles(figure)) == len(agreement.people) + 1 - len(without)


def spread(people: int) -> list[ObjectResult]:
    """Return answers of people who found more and more, so that their totals differ."""
    return [result(D13_2=number % 16 + 1) for number in range(people)]


def test_totals_of_a_large_class() -> None:
    """Of more than twenty people it is drawn how many come to which points: all are counted, none twice."""
    agreement = named([*spread(110), result(V5_1=1), result(V5_1=1), result(D1_1=None)], result(D13_2=3))
    figure = totals_of_class(agreement)
    widths = [bar.get_width() for bar in rectangles(figure)]
    assert sum(widths) == 113
    assert figure.get_size_inches()[1] < 11
    counted = dict(zip(rows_of(figure), widths, strict=True))
    assert counted["未完成"] == 1
    assert counted["不合格：V5.1 互动回应差"] == 2
    totals = [person.score.total for person in agreement.people if person.score.total is not None]
    for name, width in counted.items():
        if bounds := re.match(r"(\d+) 到不满 (\d+) 分", name):
            low, high = (Fraction(bound) for bound in bounds.groups())
            assert width == sum(low <= total < high for total in totals), name
    assert agreement.reference
    (marked,) = (name for name in counted if name.endswith("（标准答案）"))
    right = agreement.reference.score.total
    assert right is not None
    low, high = (Fraction(bound) for bound in re.findall(r"\d+", marked))
    assert low <= right < high


def test_names_that_have_room() -> None:
    """Beside a bar stand the number of people and as many names as fit; that there are more is told."""
    told = beside(totals_of_class(named(spread(20) + [result()] * 30)))
    assert told[0].startswith("30 人：学员20、学员21、")
    assert told[0].endswith(" 等")
    assert not any("…" in text for text in told)
    assert any(re.fullmatch(r"\d 人：学员\d+(、学员\d+)*", text) for text in told)


def test_only_vetoes() -> None:
    """Where nobody has a total, it is drawn who found which veto; the right one has a row even if nobody found it."""
    figure = totals_of_class(named([result(V5_1=1), result(V5_1=1), result(V1_1=1, V5_1=1)], result(V2_1=1)))
    assert rows_of(figure) == [
        "不合格：V2.1 站点无法访问\n（标准答案）",
        "不合格：V5.1 互动回应差",
        "不合格：V1.1、V5.1",
    ]
    assert [bar.get_width() for bar in rectangles(figure)] == [0, 2, 1]
    assert beside(figure) == ["0 人", "2 人：学员0、学员1", "1 人：学员2"]


def test_many_ways_to_be_vetoed() -> None:
    """The most frequent ones have a row each, all others share one, and everybody is counted."""
    codes = [code.replace(".", "_") for code in RUBRIC.items if code[0] == "V"]
    figure = totals_of_class(named([result(**{code: 1}) for code in codes for _ in range(2)]))
    assert len(rows_of(figure)) == 9
    assert rows_of(figure)[-1] == "不合格：其他单项否决"
    assert sum(bar.get_width() for bar in rectangles(figure)) == 2 * len(codes)
