"""Working days (工作日) by the Chinese calendar, with the days off and the days worked in exchange (调休) of each year.

The State Council announces them a year at a time; a year that is not known yet is refused, never guessed.
"""

from datetime import date, timedelta

from chinese_calendar import constants, is_workday

from govkit.messages import say

_KNOWN = sorted({day.year for day in constants.holidays})
_DAY = timedelta(days=1)


class UnknownYearError(ValueError):
    """Which days are worked in a year is not known; the message is in Chinese."""


def is_working_day(day: date) -> bool:
    """Whether a day is worked.

    Raises:
        UnknownYearError: its year is not known.
    """
    if not _KNOWN[0] <= day.year <= _KNOWN[-1]:
        raise UnknownYearError(say("workdays.unknown", year=day.year, first=_KNOWN[0], last=_KNOWN[-1]))
    return bool(is_workday(day))


def working_days(first: date, last: date) -> list[date]:
    """The days worked from `first` to `last`, both included; none where `last` is before `first`.

    Raises:
        UnknownYearError: as `is_working_day`.
    """
    days = (first + number * _DAY for number in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def after_working_days(day: date, number: int) -> date:
    """The last day of a term of some working days (N个工作日内) that begins the day after `day`.

    Args:
        day: the day that is not counted.
        number: how many working days, at least one.

    Raises:
        UnknownYearError: as `is_working_day`.
        ValueError: there are no terms of less than a day.
    """
    if number < 1:
        raise ValueError(number)
    left = number
    while left:
        day += _DAY
        left -= is_working_day(day)
    return day
