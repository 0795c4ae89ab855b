"""Charts can be read in black and white, and names have room."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from govkit.charts.looks import SERIES, SEVERITIES, STATUSES, Shade, label, whole_numbers
from govkit.packs import Status
from tests.charts.matrices import LONG
from tests.charts.matrices import SEVERITIES as ALL_SEVERITIES


def grey(shade: Shade) -> float:
    """How light it is when printed without colours, from 0 to 1."""
    red, green, blue = to_rgb(shade.colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_every_value_has_a_shade() -> None:
    """There is one for each severity and each status."""
    assert set(SEVERITIES) == set(ALL_SEVERITIES)
    assert set(STATUSES) == set(Status)


@pytest.mark.parametrize("shades", [list(SEVERITIES.values()), list(SERIES)])
def test_hatches_tell_shades_apart(shades: list[Shade]) -> None:
    """No two have both the same hatch and much the same grey."""
    for one, other in combinations(shades, 2):
        assert one.hatch != other.hatch or abs(grey(one) - grey(other)) > 0.3
        assert one.colour != other.colour


def test_severities_go_from_dark_to_light() -> None:
    """What is graver is darker, also in grey."""
    greys = [grey(SEVERITIES[severity]) for severity in ALL_SEVERITIES]
    assert all(later - earlier > 0.15 for earlier, later in pairwise(greys))


def test_statuses_differ_in_grey() -> None:
    """A breach is by far the darkest; what is unknown is darker than what passes."""
    breach, unknown, passed, none = (grey(STATUSES[status]) for status in STATUSES)
    assert list(STATUSES) == [Status.BREACH, Status.UNKNOWN, Status.PASS, Status.NOT_APPLICABLE]
    assert unknown - breach > 0.3
    assert passed - unknown > 0.1
    assert none - passed > 0.05


def test_label() -> None:
    """Short names stay; longer ones go on on a second line; what is left is cut off, visibly."""
    assert label("青禾县教育局") == "青禾县教育局"
    assert label("青" * 20) == "青" * 18 + "\n青青"
    assert label("a" * 36) == "a" * 36
    assert label(LONG) == "青禾县人民政府办公室政务服务和大数据\n发展管理中心（县行政审批局、县政务…"


@given(st.integers(1, 10**9))
def test_whole_numbers(most: int) -> None:
    """An axis has two to six marks, whole, from 0 and not beyond the largest number."""
    marks = whole_numbers(most)
    assert marks[0] == 0
    assert 2 <= len(marks) <= 6
    assert marks[-1] <= most < marks[-1] + marks.step
