"""Measured quantities against limits (监测项): the five ways in which a rubric turns numbers and dates into a finding.

Which item uses which way, which quantities, and which limit stands in the rubric file.
Clause: 附件 一、单项否决.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from govkit.figures import shortest, two_places
from govkit.findings import Measurement, Outcome
from govkit.messages import say

Readings = Mapping[str, Sequence[Measurement]]
"""The measurements of one object, by quantity."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the measured quantities of an object say of one item.

    `near` is set where the warning line is reached but not the limit. `fact` is a sentence in Chinese with the numbers.
    `used` are the measurements it rests on.
    """

    outcome: Outcome
    fact: str
    near: bool = False
    used: tuple[Measurement, ...] = field(default=(), compare=False)


class _Measure(BaseModel, ABC):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    @abstractmethod
    def quantities_read(self) -> tuple[str, ...]:
        """The quantities that this measure looks at."""

    @property
    def counts_things(self) -> bool:
        """Whether the limit is a number of things or days, so that a number found can be held against it."""
        return False

    @property
    def breaks_above(self) -> bool:
        """Whether what is measured breaks a limit from above: the lower the limit, the more breaks it."""
        return True

    @property
    def is_share(self) -> bool:
        """Whether the limit is a share, which can never exceed 1."""
        return False

    @property
    def reads_dates(self) -> bool:
        """Whether its quantities are dates of a last update; else they are whole numbers."""
        return False

    @property
    def reads_days(self) -> bool:
        """Whether its quantities are measured day by day; else there is one of each."""
        return False

    @property
    def part_and_whole(self) -> tuple[str, str] | None:
        """Two quantities of which the first can never exceed the second, if it has such."""
        return None

    @abstractmethod
    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """Judge the item, or return None where the quantities do not suffice to say anything."""

    def breached_by(self, number: int, limit: Fraction) -> bool:
        """Whether `number` things found reach the limit; only where the limit counts things."""
        return number >= limit


def _latest(readings: Readings, quantity: str) -> Measurement | None:
    """The one measurement of a quantity that is not counted by day; the reader refuses a second one."""
    found = readings.get(quantity)
    return found[-1] if found else None


def _number(measurement: Measurement) -> Fraction:
    if not isinstance(measurement.value, Fraction):
        raise TypeError(measurement.quantity)
    return measurement.value


def _verdict(*, found: bool) -> Outcome:
    return Outcome.FOUND if found else Outcome.CLEAR


class Age(_Measure):
    """The last update is more than `limit` days before the 监测时间点; exactly `limit` days is still inside."""

    rule: Literal["age"]
    quantity: str

    @property
    def quantities_read(self) -> tuple[str, ...]:
        """The date of the last update."""
        return (self.quantity,)

    @property
    def counts_things(self) -> bool:
        """A number found is a number of days."""
        return True

    @property
    def reads_dates(self) -> bool:
        """A date."""
        return True

    def breached_by(self, number: int, limit: Fraction) -> bool:
        """Strictly more days than the limit."""
        return number > limit

    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """Compare whole days; see the class."""
        last = _latest(readings, self.quantity)
        if last is None or not isinstance(last.value, date):
            return None
        days = (as_of - last.value).days
        fact = say(
            "fact.age",
            quantity=self.quantity,
            date=last.value.isoformat(),
            days=days,
            limit=shortest(limit),
        )
        return Reading(_verdict(found=days > limit), fact, near=warning <= days <= limit, used=(last,))


class Sum(_Measure):
    """The quantities add up to `limit` or more."""

    rule: Literal["sum"]
    quantities: tuple[str, ...] = Field(min_length=1)

    @property
    def quantities_read(self) -> tuple[str, ...]:
        """All that are added."""
        return self.quantities

    @property
    def counts_things(self) -> bool:
        """A number found is a number of the same things."""
        return True

    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """Say nothing while a quantity is missing, unless those that are there reach the limit already."""
        del as_of
        used = [m for m in (_latest(readings, name) for name in self.quantities) if m is not None]
        total = sum((_number(m) for m in used), Fraction(0))
        if not used or (len(used) < len(self.quantities) and total < limit):
            return None
        terms = " + ".join(f"{m.quantity} {shortest(_number(m))}" for m in used)
        fact = say(
            "fact.sum" if len(used) > 1 else "fact.one", terms=terms, total=shortest(total), limit=shortest(limit)
        )
        return Reading(_verdict(found=total >= limit), fact, near=warning <= total < limit, used=tuple(used))


class Ratio(_Measure):
    """`part` ÷ `whole` reaches `limit`, over at least `days` days with at least `whole_a_day` on each."""

    rule: Literal["ratio"]
    part: str
    whole: str
    days: int = Field(gt=0)
    whole_a_day: int = Field(gt=0)

    @property
    def quantities_read(self) -> tuple[str, ...]:
        """Both sides of the ratio."""
        return (self.whole, self.part)

    @property
    def is_share(self) -> bool:
        """Of the whole."""
        return True

    @property
    def reads_days(self) -> bool:
        """By day."""
        return True

    @property
    def part_and_whole(self) -> tuple[str, str]:
        """As they are named."""
        return self.part, self.whole

    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """CANNOT_TELL where days or visits are fewer than asked for, or a day has only one side of the ratio."""
        del as_of
        used = tuple(m for name in self.quantities_read for m in readings.get(name, ()))
        if not used:
            return None
        wholes, parts = self._by_day(readings, self.whole), self._by_day(readings, self.part)
        fewest = min(wholes.values(), default=Fraction(0))
        enough = wholes.keys() == parts.keys() and None not in wholes and len(wholes) >= self.days
        if not enough or fewest < self.whole_a_day:
            fact = say(
                "fact.ratio_short",
                whole=self.whole,
                part=self.part,
                days=len(wholes.keys() - {None}),
                fewest=shortest(fewest),
                need_days=self.days,
                need_whole=self.whole_a_day,
            )
            return Reading(Outcome.CANNOT_TELL, fact, used=used)
        share = sum(parts.values(), Fraction(0)) / sum(wholes.values(), Fraction(0))
        fact = say(
            "fact.ratio",
            whole=self.whole,
            part=self.part,
            part_sum=shortest(sum(parts.values(), Fraction(0))),
            whole_sum=shortest(sum(wholes.values(), Fraction(0))),
            share=two_places(share * 100),
            limit=shortest(limit * 100),
        )
        return Reading(_verdict(found=share >= limit), fact, near=warning <= share < limit, used=used)

    @staticmethod
    def _by_day(readings: Readings, quantity: str) -> dict[date | None, Fraction]:
        sums: dict[date | None, Fraction] = {}
        for m in readings.get(quantity, ()):
            day = m.at.date() if m.at else None
            sums[day] = sums.get(day, Fraction(0)) + _number(m)
        return sums


class Every(_Measure):
    """There are fewer than `limit` of `whole`, at least one, and every one of them is among `part`."""

    rule: Literal["every"]
    part: str
    whole: str

    @property
    def quantities_read(self) -> tuple[str, ...]:
        """How many there are, and how many of them are short."""
        return (self.whole, self.part)

    @property
    def part_and_whole(self) -> tuple[str, str]:
        """As they are named."""
        return self.part, self.whole

    @property
    def breaks_above(self) -> bool:
        """There must be fewer than the limit."""
        return False

    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """None while a quantity is missing that could decide it."""
        del as_of
        whole, part = _latest(readings, self.whole), _latest(readings, self.part)
        if whole is None:
            return None
        few = 0 < _number(whole) < limit
        if part is None:
            fact = say("fact.not_few", whole=self.whole, whole_value=shortest(_number(whole)), limit=shortest(limit))
            return None if few else Reading(Outcome.CLEAR, fact, used=(whole,))
        left = _number(whole) - _number(part)
        fact = say(
            "fact.every",
            whole=self.whole,
            part=self.part,
            whole_value=shortest(_number(whole)),
            part_value=shortest(_number(part)),
            limit=shortest(limit),
        )
        near = few and 0 < left <= warning
        return Reading(_verdict(found=few and left == 0), fact, near=near, used=(whole, part))


class Nothing(_Measure):
    """The quantity is 0. A larger quantity says nothing of the item, which a person must then judge."""

    rule: Literal["none"]
    quantity: str

    @property
    def quantities_read(self) -> tuple[str, ...]:
        """What must not be 0."""
        return (self.quantity,)

    def read(self, readings: Readings, as_of: date, limit: Fraction, warning: Fraction) -> Reading | None:
        """FOUND at 0, else None."""
        del as_of, limit, warning
        measured = _latest(readings, self.quantity)
        if measured is None or _number(measured) != 0:
            return None
        return Reading(Outcome.FOUND, say("fact.none", quantity=self.quantity), used=(measured,))


Measure = Annotated[Age | Sum | Ratio | Every | Nothing, Field(discriminator="rule")]
