"""Working days: published years against a second calendar, terms, and years that are not known."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.workdays import UnknownYearError, after_working_days, is_working_day, working_days

DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("year", range(2012, 2027))
def test_agrees_with_another_calendar(year: int) -> None:
    """Every day of every year is worked, or not, as a calendar made by others says."""
    other = holidays.country_holidays("CN", years=[year, year + 1])
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in days if is_working_day(day) != other.is_working_day(day)] == []


def test_exchanged_days() -> None:
    """国庆节 2019: 1 to 7 October are free; 29 September and 12 October, a Sunday and a Saturday, are worked instead."""
    free = [date(2019, 10, day) for day in range(1, 8)]
    assert not any(map(is_working_day, free))
    assert is_working_day(date(2019, 9, 29))
    assert is_working_day(date(2019, 10, 12))
    assert not is_working_day(date(2019, 10, 13))


def test_term_over_a_holiday() -> None:
    """Five working days after 27 September 2019 end on 10 October: 29 and 30 September count, the holiday does not."""
    assert after_working_days(date(2019, 9, 27), 5) == date(2019, 10, 10)


@given(DAYS, st.integers(1, 40))
def test_term_holds_its_number_of_days(day: date, number: int) -> None:
    """A term ends on a working day, and has so many of them in it."""
    end = after_working_days(day, number)
    days = working_days(day + timedelta(days=1), end)
    assert len(days) == number
    assert days[-1] == end


def test_nothing_between_days_the_wrong_way_round() -> None:
    """There are no days from today to yesterday."""
    assert working_days(date(2019, 10, 9), date(2019, 10, 8)) == []
    assert working_days(date(2019, 10, 9), date(2019, 10, 9)) == [date(2019, 10, 9)]


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2031, 1, 2)])
def test_unknown_year_is_refused(day: date) -> None:
    """A year whose days nobody has announced is no year of plain weeks: the sentence says so, and what to do."""
    with pytest.raises(UnknownYearError, match=rf"{day.year} 年.*请："):
        is_working_day(day)
    with pytest.raises(UnknownYearError):
        working_days(day, day)


def test_term_of_no_days_is_refused() -> None:
    """A term has at least a day."""
    with pytest.raises(ValueError, match="0"):
        after_working_days(date(2019, 9, 27), 0)
