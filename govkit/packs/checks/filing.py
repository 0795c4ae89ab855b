"""备案 and 公告: whether accounts and their changes were filed, with whom, and whether the public was told."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from govkit.ledger import FILED, OPENED, Action, ChangeKind, FilingRecord
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, column_date
from govkit.season import Level

_BOTH = frozenset({ThingKind.SITE, ThingKind.ACCOUNT})
_LEVELS = list(Level)
_SEPARATOR = "、"


class Filed(Check):
    """The opening of an account was filed: a record says so, or the ledger."""

    kind: Literal["filed"]

    about: ClassVar = frozenset({ThingKind.ACCOUNT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look into the records, then into the ledger. Of an account older than the records, silence says nothing."""
        records = view.filings.get(thing.id, ())
        if any(record.action == Action.OPEN and record.filed <= view.as_of for record in records):
            return PASS
        details = thing.subject.details if thing.subject else {}
        if details.get(FILED) in ("是", "否"):
            return PASS if details[FILED] == "是" else breach(say("rule.not_filed"))
        opened = column_date(thing.subject, OPENED) if thing.subject else None
        if view.season.filings is not None and opened and opened >= view.season.period[0]:
            return breach(say("rule.opened_not_filed", date=opened))
        return unknown(say("rule.no_filings"))


class FiledWith(Check):
    """What was filed in the period was consented to, and went to the right office.

    Attributes:
        actions: the filings that are looked at.
        approved: whether somebody must have consented before.
        level: of what level the office must be, seen from the unit.
        offices: words that must stand in the names of the offices, each in one; of an office that goes by several
            names, any of them.
    """

    kind: Literal["filed_with"]
    actions: tuple[Action, ...] = tuple(Action)
    approved: bool = False
    level: Literal["same", "above"] | None = None
    offices: tuple[str | tuple[str, ...], ...] = ()

    about: ClassVar = _BOTH
    of_closed: ClassVar = True

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look at every filing of the thing in the period; the first that is wrong is named."""
        if view.season.filings is None:
            return unknown(say("rule.no_filings"))
        first, last = view.season.period
        records = [r for r in view.filings.get(thing.id, ()) if r.action in self.actions and first <= r.filed <= last]
        if not records:
            return not_applicable(say("rule.nothing_filed"))
        judged = [judge(record, thing, view) for record in records for judge in (self._of_consent, self._of_offices)]
        return max(judged, key=lambda judgement: _URGENCY[judgement.status.name])

    def _of_consent(self, record: FilingRecord, thing: Thing, view: View) -> Judgement:
        del thing, view
        if not self.approved or record.approved_by:
            return PASS
        if "approved_by" in record.untold:
            return _untold(record, "approved_by")
        return breach(say("rule.not_approved", date=record.filed, action=record.action))

    def _of_offices(self, record: FilingRecord, thing: Thing, view: View) -> Judgement:
        values = {"date": record.filed, "action": record.action, "office": record.filed_with}
        if not record.filed_with and (self.offices or self.level):
            told = "filed_with" not in record.untold
            return unknown(say("rule.no_office", **values)) if told else _untold(record, "filed_with")
        offices = [(office,) if isinstance(office, str) else office for office in self.offices]
        missing = [names[0] for names in offices if not any(name in record.filed_with for name in names)]
        if missing:
            return breach(say("rule.wrong_office", **values, wanted="、".join(missing)))
        return self._of_level(record, thing, view, values) if self.level else PASS

    def _of_level(self, record: FilingRecord, thing: Thing, view: View, values: Mapping[str, object]) -> Judgement:
        own, known = thing.unit.level, [view.unit_called(name) for name in record.filed_with.split(_SEPARATOR)]
        levels = {office.level if office else None for office in known}
        wanted = _LEVELS.index(own) - (self.level == "above") if own else 0
        if own and (wanted < 0 or _LEVELS[wanted] in levels):
            return PASS
        if own is None or None in levels:
            return unknown(say("rule.no_level_of", unit=thing.unit.name, office=record.filed_with))
        found = "、".join(level for level in _LEVELS if level in levels)
        return breach(say("rule.wrong_level", **values, level=found, wanted=_LEVELS[wanted]))


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
            if change.record is None:
                return breach(say("rule.change_not_filed", what=what))
            if self.want == "announced" and change.record.announced is None:
                if "announced" in change.record.untold:
                    return _untold(change.record, "announced")
                return breach(say("rule.change_not_announced", what=what, date=change.record.filed))
        return PASS
