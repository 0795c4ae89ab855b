"""备案 and 公告: whether accounts and their changes were filed, with whom, and whether the public was told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from govkit.ledger import FILED, OPENED, Action, Change, ChangeKind, FilingRecord
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, column_date
from govkit.season import Category, Level

_BOTH = frozenset({ThingKind.SITE, ThingKind.ACCOUNT})
_LEVELS = list(Level)
_SEPARATOR = "、"


class Filed(Check):
    """The opening of an account was filed: a record says so, or the ledger.

    Attributes:
        opened_from: accounts that were opened before are not meant; None where all are.
        by: the day by which accounts that were there before the period are to be filed; None where it is at once.
    """

    kind: Literal["filed"]
    opened_from: date | None = None
    by: date | None = None

    about: ClassVar = frozenset({ThingKind.ACCOUNT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look into the records, then into the ledger. Of an account older than the records, silence says nothing."""
        opened = column_date(thing.subject, OPENED) if thing.subject else None
        if opened and self.opened_from and opened < self.opened_from:
            return not_applicable(say("rule.opened_before", date=self.opened_from))
        records = view.filings.get(thing.id, ())
        if any(record.action == Action.OPEN and record.filed <= view.as_of for record in records):
            return PASS
        told = thing.subject.details.get(FILED) if thing.subject else None
        if told == "是":
            return PASS
        is_new = bool(opened and opened >= view.season.period[0])
        if self.by and view.as_of < self.by and not is_new:
            return not_applicable(say("rule.not_asked_yet", date=self.by))
        if told == "否":
            untold = self.opened_from and not opened
            return unknown(say("rule.opening_untold")) if untold else breach(say("rule.not_filed"))
        if view.season.filings is not None and is_new:
            return breach(say("rule.opened_not_filed", date=opened))
        return unknown(say("rule.no_filings"))


class FiledWith(Check):
    """What was filed was consented to, and went to the right office.

    The filings of the period are looked at, and that of an opening in it, however early it was. Several rows of one
    opening, closing or cancelling, and those of alterations on one day, are one filing with several offices.

    Attributes:
        actions: the filings that are looked at.
        approved: whether somebody must have consented before.
        level: of what level the office must be, seen from the unit; a government's office is meant.
        offices: words that must stand in the names of the offices, each in one; of an office that goes by several
            names, any of them. The office itself has not to file with itself.
    """

    kind: Literal["filed_with"]
    actions: tuple[Action, ...] = tuple(Action)
    approved: bool = False
    level: Literal["same", "above"] | None = None
    offices: tuple[str | tuple[str, ...], ...] = ()

    about: ClassVar = _BOTH
    of_closed: ClassVar = True

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look at every filing of the thing; the first that is wrong is named."""
        if view.season.filings is None:
            return unknown(say("rule.no_filings"))
        filings = self._filings(thing, view)
        if not filings:
            return not_applicable(say("rule.nothing_filed"))
        judged = [judge(filing, thing, view) for filing in filings for judge in (self._of_consent, self._of_offices)]
        return max(judged, key=lambda judgement: _URGENCY[judgement.status.name])

    def _filings(self, thing: Thing, view: View) -> list[FilingRecord]:
        first, last = view.season.period
        opened = column_date(thing.subject, OPENED) if thing.subject else None
        is_new = bool(opened and first <= opened <= last)
        together: dict[tuple[Action, date | None], list[FilingRecord]] = {}
        for record in view.filings.get(thing.id, ()):
            in_time = record.filed >= first or (is_new and record.action == Action.OPEN)
            if record.action in self.actions and in_time and record.filed <= last:
                day = record.filed if record.action == Action.ALTER else None
                together.setdefault((record.action, day), []).append(record)
        return [_joined(records) for records in together.values()]

    def _of_consent(self, record: FilingRecord, thing: Thing, view: View) -> Judgement:
        del thing, view
        if not self.approved or record.approved_by:
            return PASS
        if "approved_by" in record.untold:
            return _untold(record, "approved_by")
        return breach(say("rule.not_approved", date=record.filed, action=record.action))

    def _of_offices(self, record: FilingRecord, thing: Thing, view: View) -> Judgement:
        values = {"date": record.filed, "action": record.action, "office": record.filed_with}
        offices = [(office,) if isinstance(office, str) else office for office in self.offices]
        offices = [names for names in offices if not any(name in thing.unit.name for name in names)]
        if not record.filed_with and (offices or self.level):
            told = "filed_with" not in record.untold
            return unknown(say("rule.no_office", **values)) if told else _untold(record, "filed_with")
        missing = [names[0] for names in offices if not any(name in record.filed_with for name in names)]
        if missing:
            return breach(say("rule.wrong_office", **values, wanted="、".join(missing)))
        return self._of_level(record, thing, view, values) if self.level else PASS

    def _of_level(self, record: FilingRecord, thing: Thing, view: View, values: Mapping[str, object]) -> Judgement:
        own, known = thing.unit.level, [view.unit_called(name) for name in record.filed_with.split(_SEPARATOR)]
        meant = [
            office
            for office in known
            if office is None or (office.category in (None, Category.GOVERNMENT) and office is not thing.unit)
        ]
        levels = {office.level if office and office.category else None for office in meant}
        wanted = _LEVELS.index(own) - (self.level == "above") if own else 0
        if own and (wanted < 0 or _LEVELS[wanted] in levels):
            return PASS
        if own is None or None in levels:
            return unknown(say("rule.no_level_of", unit=thing.unit.name, office=record.filed_with))
        if not levels:
            return breach(say("rule.no_government", **values, wanted=_LEVELS[wanted]))
        found = "、".join(level for level in _LEVELS if level in levels)
        return breach(say("rule.wrong_level", **values, level=found, wanted=_LEVELS[wanted]))


def _joined(records: Sequence[FilingRecord]) -> FilingRecord:
    """Several rows as one filing: with all of their offices, and consented to where any of them says so."""
    offices = dict.fromkeys(record.filed_with for record in records if record.filed_with)
    return replace(
        records[0],
        approved_by=next((record.approved_by for record in records if record.approved_by), ""),
        filed_with=_SEPARATOR.join(offices),
        untold=frozenset.intersection(*(record.untold for record in records)),
    )


def _untold(record: FilingRecord, name: str) -> Judgement:
    values = {"date": record.filed, "action": record.action, "column": say(f"filing_column.{name}")}
    return unknown(say("rule.filing_untold", **values))


_URGENCY = {"NOT_APPLICABLE": 0, "PASS": 1, "UNKNOWN": 2, "BREACH": 3}


class Changed(Check):
    """What changed since the ledger before was filed, or the public was told.

    Attributes:
        changes: the changes that are looked at.
        want: what must have been done about them.
    """

    kind: Literal["changed"]
    changes: tuple[ChangeKind, ...] = Field(min_length=1)
    want: Literal["filed", "announced"]

    about: ClassVar = _BOTH
    of_closed: ClassVar = True

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look at every change of the thing."""
        if thing.kind.value not in view.compared:
            return unknown(say("rule.no_earlier"))
        found = [change for change in view.changes.get(thing.id, ()) if change.kind in self.changes]
        if not found:
            return not_applicable(say("rule.no_change"))
        if view.season.filings is None:
            return unknown(say("rule.no_filings"))
        for change in found:
            what = say(f"change.{change.kind}", before=change.before, after=change.after)
            known = view.both_list(change.subject.sponsor, thing.kind)
            if judgement := self._of_change(change, what, known=known):
                return judgement
        return PASS

    def _of_change(self, change: Change, what: str, *, known: bool) -> Judgement | None:
        """What is wrong or unknown about a change; None where it is as it should be.

        `known` tells whether both ledgers list objects of the unit: else one of them may only be without its file.
        """
        record = change.record
        if record is None:
            if self.want == "announced":
                return unknown(say("rule.announcement_untold", what=what))
            if change.kind == ChangeKind.OPENED and change.subject.details.get(FILED) == "是":
                return None
            if change.kind in (ChangeKind.OPENED, ChangeKind.CLOSED) and not known:
                return unknown(say("rule.unit_not_compared", what=what))
            return breach(say("rule.change_not_filed", what=what))
        if self.want == "filed" or record.announced:
            return None
        if "announced" in record.untold:
            return _untold(record, "announced")
        return breach(say("rule.change_not_announced", what=what, date=record.filed))
