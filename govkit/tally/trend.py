"""Tallies of several quarters in a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from govkit.ledger import Kind
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.tally.model import Tally


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One quarter in a row of quarters.

    Attributes:
        quarter: which one.
        tally: what it came to; None where nothing is known of it.
        changes: how far the pass rate of each kind rose since the quarter just before, as a share of 1; None where one
            of the two has no rate.
        new_rules: whether it was scored by other rules than the last quarter before it of which there is a tally.
    """

    quarter: Quarter
    tally: Tally | None
    changes: Mapping[Kind, Fraction | None]
    new_rules: bool


def trend(tallies: Sequence[tuple[Quarter, Tally]]) -> tuple[TrendPoint, ...]:
    """Every quarter from the first to the last of which there is a tally, in order, also those between without one.

    Raises:
        ValueError: a quarter has two tallies; the message is in Chinese.
    """
    told: dict[Quarter, Tally] = {}
    for quarter, tally in tallies:
        if quarter in told:
            raise ValueError(say("tally.doubled_quarter", quarter=quarter.name))
        told[quarter] = tally
    points = []
    last: Tally | None = None
    for quarter in _all_between(told):
        now = told.get(quarter)
        changes = {kind: _change(told.get(quarter.before), now, kind) for kind in Kind}
        new_rules = last is not None and now is not None and now.rubric.sha256 != last.rubric.sha256
        points.append(TrendPoint(quarter, now, changes, new_rules))
        last = now or last
    return tuple(points)


def _all_between(told: Mapping[Quarter, Tally]) -> Sequence[Quarter]:
    if not told:
        return ()
    found = [min(told)]
    while found[-1] < max(told):
        found.append(found[-1].after)
    return found


def _change(before: Tally | None, now: Tally | None, kind: Kind) -> Fraction | None:
    was, is_now = (tally.of(kind).count.pass_rate.share if tally else None for tally in (before, now))
    return None if was is None or is_now is None else is_now - was
