"""Pushes that were only counted: where they may have gone out, and where they must have.

A count says how many publications there were in a stretch of days, with those of which the day is known. As one push
may hold several, it hides at most the rest of them; and at least one push, where it counts any but no day is known.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govkit.season import Published


class Lack(NamedTuple):
    """Pushes that are lacking in a stretch, from its first day to its last, as ordinals."""

    first: int
    last: int
    number: int


class Hidden(NamedTuple):
    """What a count hides: at least and at most so many pushes, from its first day to its last, as ordinals."""

    first: int
    last: int
    least: int
    most: int

    def lies_in(self, first: int, last: int) -> bool:
        """Whether a push of it must have gone out in a stretch."""
        return self.least > 0 and first <= self.first and self.last <= last


def hidden_in(record: Published) -> Sequence[Hidden]:
    """What the counts of a record hide, the one that ends soonest first."""
    found = []
    for total in record.totals:
        first, last = total.first.toordinal(), total.last.toordinal()
        known = bisect_right(record.days, last) - bisect_left(record.days, first)
        found.append(Hidden(first, last, int(total.number > 0 and not known), max(total.number - known, 0)))
    return sorted(found, key=lambda each: each.last)


def could_fill(lacks: Iterable[Lack], hidden: Sequence[Hidden]) -> bool:
    """Whether the hidden pushes may have gone out where they are lacking; the stretches are in order and apart."""
    left = [each.most for each in hidden]
    for first, last, number in lacks:
        lacking = number
        # What ends soonest is of least use later.
        for at, each in enumerate(hidden):
            if each.first <= last and first <= each.last:
                used = min(left[at], lacking)
                left[at] -= used
                lacking -= used
        if lacking:
            return False
    return True


def must_break(first: int, last: int, longest: int, hidden: Sequence[Hidden]) -> bool:
    """Whether hidden pushes break a silence into ones that are no longer than `longest`, wherever they went out."""
    starts = range(first, last - longest + 1)
    return all(any(each.lies_in(start, start + longest) for each in hidden) for start in starts)


def could_break(silences: Iterable[tuple[int, int]], longest: int, hidden: Sequence[Hidden]) -> bool:
    """Whether hidden pushes may have broken silences, in order, into ones that are no longer than `longest`."""
    left = [each.most for each in hidden]
    for start, last in silences:
        first = start
        while last - first >= longest:
            latest = first + longest
            usable = (at for at, each in enumerate(hidden) if left[at] and each.first <= latest and first <= each.last)
            # What ends soonest is of least use later; the later it went out, the shorter the silence after it.
            at = next(usable, None)
            if at is None:
                return False
            left[at] -= 1
            first = min(latest, hidden[at].last) + 1
    return True
