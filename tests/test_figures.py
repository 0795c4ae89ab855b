"""Figures as they are shown: exact where they can be, rounded half up to two decimals where they must be."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.figures import Rate, shortest, two_places


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5", "5"),
        ("0.6", "0.6"),
        ("3/2", "1.5"),
        ("1/3", "1/3"),
        ("-1/4", "-0.25"),
        ("0", "0"),
        ("10", "10"),
        ("100", "100"),
    ],
)
def test_shortest(number: str, shown: str) -> None:
    """No digit that says nothing; a fraction where there is no short decimal form."""
    assert shortest(Fraction(number)) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("260/3", "86.67"),
        ("60", "60.00"),
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("59.995", "60.00"),
        ("-0.005", "-0.01"),
    ],
)
def test_two_places(number: str, shown: str) -> None:
    """Half up, away from zero."""
    assert two_places(Fraction(number)) == shown


@given(st.integers(-10_000, 400_000))
def test_two_places_equals_decimal(units: int) -> None:
    """On every thirtieth of a point, the decimal module rounds to the same."""
    wanted = (Decimal(units) / Decimal(30)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(two_places(Fraction(units, 30))) == wanted


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (12, 27, "44.44%（12/27）"),
        (0, 3, "0.00%（0/3）"),
        (1, 800, "0.13%（1/800）"),  # 0.125: half goes up
        (7, 7, "100.00%（7/7）"),
        (0, 0, "—"),
    ],
)
def test_rate(part: int, whole: int, shown: str) -> None:
    """A rate has two decimals, half up, and its fraction beside it; of nothing there is none."""
    assert Rate(part, whole).shown == shown
    assert Rate(part, whole).share == (Fraction(part, whole) if whole else None)


@pytest.mark.parametrize(("part", "whole"), [(4, 3), (-1, 3), (0, -1)])
def test_no_rate(part: int, whole: int) -> None:
    """What is no part of the whole is refused, not clamped."""
    with pytest.raises(ValueError, match="请："):
        Rate(part, whole)
