"""Pushes that were only counted: where they may have gone out, and where they must have."""

from datetime import date

import pytest

from govkit.packs.checks.counted import Hidden, Lack, could_break, could_fill, hidden_in, must_break
from govkit.season import Published, Total
from tests.packs import worlds

OCTOBER = [date(2019, 10, day) for day in range(1, 32)]


def test_what_a_count_hides() -> None:
    """The rest of what is dated; at least one push where nothing is; nothing where it counts none or too few."""
    days = worlds.pushes(OCTOBER[3], OCTOBER[4], OCTOBER[4], OCTOBER[6], OCTOBER[7]).days
    stretch = OCTOBER[4].toordinal(), OCTOBER[6].toordinal()
    for number, hidden in ((5, (0, 2)), (3, (0, 0)), (2, (0, 0))):
        assert hidden_in(Published(days, (Total(OCTOBER[4], OCTOBER[6], number),))) == [Hidden(*stretch, *hidden)]
    for number, hidden in ((5, (1, 5)), (0, (0, 0))):
        assert hidden_in(worlds.counted(number, OCTOBER[4], OCTOBER[6])) == [Hidden(*stretch, *hidden)]


def test_what_ends_soonest_stands_first() -> None:
    """In whatever order counts are listed."""
    totals = Total(OCTOBER[0], OCTOBER[9], 1), Total(OCTOBER[0], OCTOBER[2], 1)
    assert [each.last for each in hidden_in(Published(totals=totals))] == [
        day.toordinal() for day in (OCTOBER[2], OCTOBER[9])
    ]


@pytest.mark.parametrize(
    ("first", "last", "lies"), [(5, 8, True), (4, 9, True), (6, 9, False), (4, 7, False), (6, 7, False)]
)
def test_push_that_must_lie_in_a_stretch(first: int, last: int, *, lies: bool) -> None:
    """It does where the whole count lies in it, and there is a push at all."""
    assert Hidden(5, 8, 1, 3).lies_in(first, last) is lies
    assert not Hidden(5, 8, 0, 3).lies_in(first, last)


def test_filling_what_is_lacking() -> None:
    """Each count fills what it reaches, once; what ends soonest goes first, so that the other is left for later."""
    lacks = [Lack(2, 2, 1), Lack(8, 8, 1)]
    assert could_fill(lacks, [Hidden(1, 3, 1, 1), Hidden(1, 10, 1, 1)])
    assert could_fill(lacks, [Hidden(2, 8, 1, 2)])
    assert not could_fill(lacks, [Hidden(1, 10, 1, 1)])
    assert not could_fill(lacks, [Hidden(1, 7, 1, 9)])
    assert not could_fill(lacks, [Hidden(3, 9, 1, 9)])
    assert could_fill([], [])


@pytest.mark.parametrize(
    ("last", "number", "breaks"), [(9, 1, True), (10, 1, False), (10, 2, True), (14, 2, True), (15, 2, False)]
)
def test_breaking_a_silence(last: int, number: int, *, breaks: bool) -> None:
    """One push breaks nine days of silence into twice four, and no more; two break fourteen."""
    assert could_break([(1, last)], 4, [Hidden(1, last, 1, number)]) is breaks


def test_breaking_silences_with_several_counts() -> None:
    """What ends soonest is used while it lasts; a push is used once, whichever silence it breaks."""
    early, late = Hidden(1, 5, 1, 1), Hidden(1, 10, 1, 1)
    assert could_break([(1, 14)], 4, [early, late])
    assert not could_break([(1, 14)], 4, [late])
    assert not could_break([(1, 5), (7, 11)], 4, [late])
    assert could_break([(1, 5), (7, 11)], 4, [early, late])
    assert not could_break([(1, 10)], 4, [Hidden(6, 10, 1, 9)])
    assert not could_break([(6, 10)], 4, [Hidden(1, 5, 1, 9)])
    assert could_break([(1, 9)], 4, [Hidden(5, 5, 1, 1)])
    assert could_break([(5, 9)], 4, [Hidden(5, 5, 1, 1)])


def test_silence_that_must_be_broken() -> None:
    """It must where every stretch that would be too long holds a whole count."""
    assert must_break(1, 10, 4, [Hidden(2, 5, 1, 1), Hidden(6, 6, 1, 1)])
    assert not must_break(1, 11, 4, [Hidden(2, 5, 1, 1), Hidden(6, 6, 1, 1)])
    assert not must_break(1, 5, 4, [Hidden(1, 6, 1, 1)])
    assert must_break(1, 4, 4, [])
