"""Working days: years as they were announced, terms, and years that are not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.workdays import UnknownYearError, after_working_days, is_working_day, working_days

DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))


# Announced by the General Office of the State Council: weekdays that are free, and days of a weekend that are worked.
# 国办发明电〔2018〕15号 (with the 劳动节 of 2019 changed on 2019-03-22), 〔2019〕16号 and 〔2020〕1号 (春节 prolonged), 〔2020〕27号.
FREE = {
    2019: "1-1 2-4 2-5 2-6 2-7 2-8 4-5 5-1 5-2 5-3 6-7 9-13 10-1 10-2 10-3 10-4 10-7",
    2020: "1-1 1-24 1-27 1-28 1-29 1-30 1-31 4-6 5-1 5-4 5-5 6-25 6-26 10-1 10-2 10-5 10-6 10-7 10-8",
    2021: "1-1 2-11 2-12 2-15 2-16 2-17 4-5 5-3 5-4 5-5 6-14 9-20 9-21 10-1 10-4 10-5 10-6 10-7",
}
WORKED = {
    2019: "2-2 2-3 4-28 5-5 9-29 10-12",
    2020: "1-19 4-26 5-9 6-28 9-27 10-10",
    2021: "2-7 2-20 4-25 5-8 9-18 9-26 10-9",
}


@pytest.mark.parametrize("year", FREE)
def test_years_are_as_announced(year: int) -> None:
    """Every day of a year is worked as a weekday is, but for what was announced."""
    free, worked = ({date(year, *map(int, day.split("-"))) for day in table[year].split()} for table in (FREE, WORKED))
    for day in (date(year, 1, 1) + timedelta(days=number) for number in range(365)):
        assert is_working_day(day) == (day in worked or (day.isoweekday() < 6 and day not in free)), day


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
