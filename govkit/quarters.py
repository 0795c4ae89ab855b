"""Quarters (季度): the rhythm of inspections. A quarter is also the pair of its year and number."""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple, Self

from govkit.messages import say

_SPELLING = re.compile(r"^(\d{4})(?:Q|q|年第?|-)([1-4一二三四])(?:季度)?$")
_NUMBERS = {word: number for number, word in enumerate("一二三四", 1)}
_MONTHS = 3
_YEARS = (MINYEAR + 1, MAXYEAR - 1)  # that have a quarter before and one after each of theirs


class Quarter(NamedTuple):
    """A quarter of a year; `number` is from 1 to 4."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """The quarter that a text names: 2019Q4, 2019-4, 2019年第四季度.

        Raises:
            ValueError: it names none; the message is in Chinese.
        """
        match = _SPELLING.match("".join(text.split()))
        if not match or not _YEARS[0] <= int(match[1]) <= _YEARS[1]:
            raise ValueError(say("quarter.unknown", text=text))
        return cls(int(match[1]), _NUMBERS.get(match[2]) or int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day."""
        return self.first, self.last

    @property
    def before(self) -> Self:
        """The quarter before it."""
        return type(self).of(self.first - timedelta(days=1))

    @property
    def after(self) -> Self:
        """The quarter after it."""
        return type(self)(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def name(self) -> str:
        """What people call it: 2019年第四季度."""
        return say("quarter.name", year=self.year, number="一二三四"[self.number - 1])

    @property
    def code(self) -> str:
        """How commands and files call it: 2019Q4."""
        return f"{self.year}Q{self.number}"
