"""How often something is updated. An update (次) is a push; see `Published`.

A record that only counts publications cannot say on which days they went out. A rule is broken where it would be
wherever they did, and kept where it would be wherever they did; everything else about them is unknown.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from govkit.ledger import LAST_UPDATE, OPENED
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.checks.counted import Hidden, Lack, could_break, could_fill, hidden_in, must_break
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, column_date, ordinals_worked
from govkit.season import Published

_SHOWN = 5
_WEEK = 7
_BOTH = frozenset({ThingKind.SITE, ThingKind.ACCOUNT})


class _Days(NamedTuple):
    """A stretch of days as ordinals, both ends included; none where `last` is before `first`."""

    first: int
    last: int

    def holds(self, first: int, last: int) -> bool:
        return self.first <= first and last <= self.last


def _days(stretch: tuple[date, date]) -> _Days:
    return _Days(*(day.toordinal() for day in stretch))


def _asked(thing: Thing, view: View) -> _Days:
    """The period, as far as the thing existed. The day of its opening does not count."""
    first, last = _days(view.season.period)
    opened = column_date(thing.subject, OPENED) if thing.subject else None
    return _Days(max(first, opened.toordinal() + 1) if opened else first, last)


def _concluded(fact: str, hidden: Sequence[Hidden], *, kept: bool, possible: bool, lacking: int = 0) -> Judgement:
    """What follows.

    Args:
        fact: what is lacking on the days that the record covers, as far as their pushes are known; empty for nothing.
        hidden: what was only counted.
        kept: whether the rule is kept, wherever that went out, and even if nothing did on days that are not covered.
        possible: whether it can have been kept.
        lacking: how many pushes are lacking by the fact; 0 where they are not what is counted.
    """
    if kept:
        return PASS
    counted = sum(each.most for each in hidden)
    if possible:
        return unknown(say("rule.only_counted", number=counted) if fact else say("rule.partly_covered"))
    if counted and lacking > counted:
        return breach(fact + say("rule.counted_at_least", number=counted, least=lacking - counted))
    return breach(fact + (say("rule.counted_too_few", number=counted) if counted else ""))


class _Updated(Check):
    about: ClassVar = _BOTH

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Hold the publishing record against the rule."""
        record = view.published(thing)
        if record is None:
            return unknown(say("rule.no_record" if view.season.published is None else "rule.not_recorded"))
        asked = _asked(thing, view)
        return self._judge(record, asked, _days(record.covered) if record.covered else asked)

    @abstractmethod
    def _judge(self, record: Published, asked: _Days, covered: _Days) -> Judgement:
        """Judge the days that are asked for, of which the record covers some."""


class EveryDay(_Updated):
    """Something is pushed on every day: every working day by the Chinese calendar, or every day there is."""

    kind: Literal["every_day"]
    days: Literal["working", "all"]

    def _judge(self, record: Published, asked: _Days, covered: _Days) -> Judgement:
        wanted = self._wanted(asked)
        if not wanted:
            return not_applicable(say("rule.no_days"))
        hidden = hidden_in(record)
        missed = sorted(wanted.difference(record.days))
        seen = [day for day in missed if covered.holds(day, day)]
        fact = ""
        if seen:
            key = "rule.missed_working" if self.days == "working" else "rule.missed_days"
            shown = "、".join(date.fromordinal(day).isoformat() for day in seen[:_SHOWN])
            fact = say(key, number=len(seen), of=len(wanted), days=shown + _more(seen))
        return _concluded(
            fact,
            hidden,
            kept=all(any(each.lies_in(day, day) for each in hidden) for day in missed),
            possible=could_fill((Lack(day, day, 1) for day in seen), hidden),
            lacking=len(seen),
        )

    def _wanted(self, days: _Days) -> frozenset[int]:
        if self.days == "working":
            return ordinals_worked(date.fromordinal(days.first), date.fromordinal(days.last))
        return frozenset(range(days.first, days.last + 1))


class Weekly(_Updated):
    """There are at least so many pushes in every whole week, from Monday to Sunday."""

    kind: Literal["weekly"]
    times: int = Field(gt=0)

    def _judge(self, record: Published, asked: _Days, covered: _Days) -> Judgement:
        weeks = _weeks(asked)
        if not weeks:
            return not_applicable(say("rule.no_weeks"))
        hidden = hidden_in(record)
        counts = Counter(day - (day - 1) % _WEEK for day in record.days)
        lacks = [Lack(week, week + _WEEK - 1, self.times - counts[week]) for week in weeks if counts[week] < self.times]
        seen = [lack for lack in lacks if covered.holds(lack.first, lack.last)]
        fact = ""
        if seen:
            shown = "、".join(
                say("rule.week", first=date.fromordinal(first), number=self.times - short)
                for first, _, short in seen[:_SHOWN]
            )
            values = {"number": len(seen), "of": len(weeks), "times": self.times}
            fact = say("rule.short_weeks", weeks=shown + _more(seen), **values)
        return _concluded(
            fact,
            hidden,
            kept=all(sum(each.lies_in(lack.first, lack.last) for each in hidden) >= lack.number for lack in lacks),
            possible=could_fill(seen, hidden),
            lacking=sum(lack.number for lack in seen),
        )


def _more(found: Sequence[object]) -> str:
    return say("rule.and_more") if len(found) > _SHOWN else ""


def _weeks(days: _Days) -> range:
    """The first days of the whole weeks."""
    return range(days.first + -(days.first - 1) % _WEEK, days.last - _WEEK + 2, _WEEK)  # ordinal 1 is a Monday


class LongestGap(_Updated):
    """There are never more than so many days in a row without a push."""

    kind: Literal["longest_gap"]
    days: int = Field(gt=0)

    def _judge(self, record: Published, asked: _Days, covered: _Days) -> Judgement:
        if asked.last < asked.first:
            return not_applicable(say("rule.no_days"))
        hidden = hidden_in(record)
        seen = self._silences(record, _Days(max(asked.first, covered.first), min(asked.last, covered.last)))
        fact = ""
        if seen:
            first, last = max(seen, key=lambda silence: silence.last - silence.first)
            stretch = {"first": date.fromordinal(first), "last": date.fromordinal(last)}
            fact = say("rule.gap", **stretch, days=last - first + 1, limit=self.days)
        return _concluded(
            fact,
            hidden,
            kept=all(must_break(first, last, self.days, hidden) for first, last in self._silences(record, asked)),
            possible=could_break(seen, self.days, hidden),
        )

    def _silences(self, record: Published, days: _Days) -> Sequence[_Days]:
        """The stretches without a push that are too long."""
        # What went out before the period tells how long the silence at its beginning is, where the record covers that.
        start = record.covered[0].toordinal() if record.covered else 0
        before = max((day for day in record.days if start <= day < days.first), default=days.first - 1)
        inside = sorted({day for day in record.days if days.first <= day <= days.last})
        steps = zip((before, *inside), (*inside, days.last + 1), strict=True)
        silences = (_Days(push + 1, following - 1) for push, following in steps)
        return [silence for silence in silences if silence.last - silence.first >= self.days]


class Alive(Check):
    """The last update is at most so many days before the end of the period: no zombie (僵尸) account."""

    kind: Literal["alive"]
    days: int = Field(gt=0)

    about: ClassVar = _BOTH

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Take the later of the publishing record and the date in the ledger."""
        record, subject = view.published(thing), thing.subject
        end = view.as_of.toordinal()
        oldest = end - self.days
        listed, opened = (column_date(subject, name) if subject else None for name in (LAST_UPDATE, OPENED))
        # What the ledger saw after this day says nothing of what was before it.
        told = listed.toordinal() if listed and listed <= view.as_of else 0
        last = max((day for day in (told, *(record.days if record else ())) if day <= end), default=0)
        hidden = hidden_in(record) if record else ()
        if last >= oldest or any(each.lies_in(oldest, end) for each in hidden):
            return PASS
        if opened and opened.toordinal() >= oldest:
            return not_applicable(say("rule.just_opened", date=opened))
        if not record and not told:
            return unknown(say("rule.no_record" if view.season.published is None else "rule.not_recorded"))
        first, until = _days((record and record.covered) or view.season.period)
        if not record or not first <= oldest <= end <= until:
            if not told or last != told:
                return unknown(say("rule.partly_covered"))
            # On which day of the period the ledger was written, nobody tells: what was fresh on its first day may be.
            if told >= view.season.period[0].toordinal() - self.days:
                return unknown(say("rule.ledger_undated", date=listed))
        silent = {"days": end - last, "limit": self.days}
        key = "rule.stale_listed" if last == told else "rule.stale"
        fact = say(key, date=date.fromordinal(last), **silent) if last else say("rule.silent")
        return _concluded(fact, hidden, kept=False, possible=could_fill([Lack(oldest, end, 1)], hidden))
