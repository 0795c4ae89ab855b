"""How often something is updated. An update (次) is a push; see `Published`.

A record that only counts publications cannot say on which days they went out. It can still prove a breach: as many
pushes as are missing may be hidden in it, and no more. Everything else about it is unknown.
"""

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from govkit.ledger import LAST_UPDATE, OPENED
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, Status, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, column_date, ordinals_worked
from govkit.season import Published

_SHOWN = 5
_WEEK = 7
_BOTH = frozenset({ThingKind.SITE, ThingKind.ACCOUNT})


class _Window(NamedTuple):
    """The days that count, as ordinals, both included; `whole` unless the record covers only a part of them."""

    first: int
    last: int
    whole: bool


def _window(thing: Thing, view: View, record: Published) -> _Window:
    """The period, as far as the thing existed and the record covers it. The day of its opening does not count."""
    first, last = (day.toordinal() for day in view.season.period)
    opened = column_date(thing.subject, OPENED) if thing.subject else None
    if opened:
        first = max(first, opened.toordinal() + 1)
    if record.covered is None:
        return _Window(first, last, whole=True)
    start, end = (day.toordinal() for day in record.covered)
    return _Window(max(first, start), min(last, end), start <= first and last <= end)


def _hidden(record: Published, window: _Window) -> int:
    """How many pushes may be hidden in what was only counted."""
    return sum(
        total.number
        for total in record.totals
        if total.last.toordinal() >= window.first and total.first.toordinal() <= window.last
    )


def _concluded(lacking: int, fact: str, record: Published, window: _Window) -> Judgement:
    """What follows from the number of pushes that are lacking."""
    if lacking:
        hidden = _hidden(record, window)
        if hidden >= lacking:
            return unknown(say("rule.only_counted", number=hidden))
        return breach(fact + (say("rule.counted_too_few", number=hidden, lacking=lacking) if record.totals else ""))
    return PASS if window.whole else unknown(say("rule.partly_covered"))


class _Updated(Check):
    about: ClassVar = _BOTH

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Hold the publishing record against the rule."""
        record = view.published(thing)
        if record is None:
            return unknown(say("rule.no_record" if view.season.published is None else "rule.not_recorded"))
        return self._judge(record, _window(thing, view, record))

    def _judge(self, record: Published, window: _Window) -> Judgement:
        raise NotImplementedError


class EveryDay(_Updated):
    """Something is pushed on every day: every working day by the Chinese calendar, or every day there is."""

    kind: Literal["every_day"]
    days: Literal["working", "all"]

    def _judge(self, record: Published, window: _Window) -> Judgement:
        first, last = window.first, window.last
        if last < first:
            return not_applicable(say("rule.no_days"))
        if self.days == "working":
            wanted = ordinals_worked(date.fromordinal(first), date.fromordinal(last))
        else:
            wanted = frozenset(range(first, last + 1))
        missed = sorted(wanted.difference(record.days))
        if not wanted:
            return not_applicable(say("rule.no_days"))
        shown = "、".join(date.fromordinal(day).isoformat() for day in missed[:_SHOWN])
        key = "rule.missed_working" if self.days == "working" else "rule.missed_days"
        more = say("rule.and_more") if len(missed) > _SHOWN else ""
        fact = say(key, number=len(missed), of=len(wanted), days=shown + more) if missed else ""
        return _concluded(len(missed), fact, record, window)


class Weekly(_Updated):
    """There are at least so many pushes in every whole week, from Monday to Sunday."""

    kind: Literal["weekly"]
    times: int = Field(gt=0)

    def _judge(self, record: Published, window: _Window) -> Judgement:
        start = window.first + -(window.first - 1) % _WEEK  # ordinal 1 is a Monday
        weeks = range(start, window.last - _WEEK + 2, _WEEK)
        if not weeks:
            return not_applicable(say("rule.no_weeks"))
        counts = Counter((day - start) // _WEEK for day in record.days if start <= day < weeks[-1] + _WEEK)
        lacking = {week: self.times - counts[at] for at, week in enumerate(weeks) if counts[at] < self.times}
        shown = "、".join(
            say("rule.week", first=date.fromordinal(week), number=self.times - short)
            for week, short in list(lacking.items())[:_SHOWN]
        )
        more = say("rule.and_more") if len(lacking) > _SHOWN else ""
        fact = say("rule.short_weeks", number=len(lacking), of=len(weeks), weeks=shown + more, times=self.times)
        return _concluded(sum(lacking.values()), fact if lacking else "", record, window)


class LongestGap(_Updated):
    """No more than so many days lie between a push and the next, or the end of the period."""

    kind: Literal["longest_gap"]
    days: int = Field(gt=0)

    def _judge(self, record: Published, window: _Window) -> Judgement:
        if window.last < window.first:
            return not_applicable(say("rule.no_days"))
        # What went out before the period tells how long the silence at its beginning is; else it began the day before.
        before = max((day for day in record.days if day < window.first), default=window.first - 1)
        inside = sorted({day for day in record.days if window.first <= day <= window.last})
        steps = list(zip((before, *inside), (*inside, window.last), strict=True))
        start, end = max(steps, key=lambda step: step[1] - step[0])
        if end - start <= self.days:
            return PASS if window.whole else unknown(say("rule.partly_covered"))
        first, last = date.fromordinal(start) + timedelta(days=1), date.fromordinal(end)
        fact = say("rule.gap", first=first, last=last, days=end - start, limit=self.days)
        return _concluded(1, fact, record, window)


class Alive(Check):
    """The last update is at most so many days before the end of the period: no zombie (僵尸) account."""

    kind: Literal["alive"]
    days: int = Field(gt=0)

    about: ClassVar = _BOTH

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Take the later of the publishing record and the date in the ledger."""
        record, subject = view.published(thing), thing.subject
        listed = column_date(subject, LAST_UPDATE) if subject else None
        opened = column_date(subject, OPENED) if subject else None
        pushed = max((day for day in record.days if day <= view.as_of.toordinal()), default=0) if record else 0
        last = max(filter(None, (listed, date.fromordinal(pushed) if pushed else None)), default=None)
        if last and (view.as_of - last).days <= self.days:
            return PASS
        if opened and (view.as_of - opened).days <= self.days:
            return not_applicable(say("rule.just_opened", date=opened))
        fact = say("rule.stale", date=last, days=(view.as_of - last).days, limit=self.days) if last else ""
        if record:
            judged = _concluded(1, fact or say("rule.silent"), record, _window(thing, view, record))
            covers = record.covered is None or record.covered[1] >= view.as_of
            return judged if covers or judged.status != Status.BREACH else unknown(say("rule.partly_covered"))
        if listed:
            return breach(fact)
        return unknown(say("rule.no_record" if view.season.published is None else "rule.not_recorded"))
