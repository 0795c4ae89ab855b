"""What is due: reports of a year, and answers to incidents within hours."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from govkit.folding import fold
from govkit.ledger import OPENED
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, column_date
from govkit.season import Report

_SECONDS = 3600
_NO_LEAP_YEAR = 2019
_LONG_AGO = timedelta(days=366)  # records of what was due before that may not be at hand any more


class Due(BaseModel):
    """When a report is due, the last day included.

    Attributes:
        first_year: the first year that is reported on.
        last_year: the last one; None for a report of every year.
        month: month of the deadline.
        day: day of the deadline.
        years_later: whether it is in the year reported on, or in the one after.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_year: int
    last_year: int | None = None
    month: int
    day: int
    years_later: Literal[0, 1] = 0

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        try:
            date(_NO_LEAP_YEAR, self.month, self.day)
        except ValueError:
            raise ValueError(say("packs.no_day", month=self.month, day=self.day)) from None
        return self

    def deadline(self, year: int) -> date:
        """The deadline of the report on a year."""
        return date(year + self.years_later, self.month, self.day)

    def last_due(self, as_of: date) -> int | None:
        """The last year of which the deadline is over; None where there is none yet."""
        year = as_of.year - self.years_later
        year -= self.deadline(year) >= as_of
        if self.last_year is not None:
            year = min(year, self.last_year)
        return year if year >= self.first_year else None


class Reported(Check):
    """A report was handed in, in time; or it was found good, without which the account may not go on running.

    Attributes:
        matter: what the report is, as 报送记录 calls it.
        due: when.
        sponsors_only: whether only units are asked that have a site or an account.
        want: in_time, of which the first that was handed in decides; or accepted, of which the last does.
    """

    kind: Literal["reported"]
    matter: str
    due: Due
    sponsors_only: bool = False
    want: Literal["in_time", "accepted"]

    about: ClassVar = frozenset({ThingKind.SITE, ThingKind.ACCOUNT, ThingKind.UNIT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look for the report of the last year that is due; before that, nothing is asked yet."""
        year = self.due.last_due(view.as_of)
        if year is None:
            first = self.due.deadline(self.due.first_year)
            return not_applicable(say("rule.not_due", matter=self.matter, date=first))
        excuse = self._excuse(thing, view, year)
        if excuse or view.season.reports is None:
            return excuse or unknown(say("rule.no_reports"))
        reports = self._reports(thing, view, year)
        values = {"year": year, "matter": self.matter, "date": self.due.deadline(year)}
        if not reports:
            told = (self.matter, year) in view.matters_reported
            if not told and view.season.period[0] - self.due.deadline(year) > _LONG_AGO:
                return unknown(say("rule.no_reports_of", **values))
            return breach(say("rule.not_reported", **values))
        earliest, latest = reports[0], reports[-1]
        if self.want == "in_time":
            late = earliest.submitted > self.due.deadline(year)
            return breach(say("rule.reported_late", **values, day=earliest.submitted)) if late else PASS
        if latest.accepted is None:
            return unknown(say("rule.not_examined", **values))
        return PASS if latest.accepted else breach(say("rule.not_accepted", **values))

    def _excuse(self, thing: Thing, view: View, year: int) -> Judgement | None:
        """Why nothing is asked of a thing: it came later, or there is nothing to report on."""
        opened = column_date(thing.subject, OPENED) if thing.subject else None
        if opened and opened > self.due.deadline(year):
            return not_applicable(say("rule.just_opened", date=opened))
        if self.sponsors_only and fold(thing.name) not in view.sponsors:
            return not_applicable(say("rule.sponsors_nothing"))
        return None

    def _reports(self, thing: Thing, view: View, year: int) -> list[Report]:
        """The reports about the thing, or about all that its unit has."""
        for who in (thing.id, thing.unit.name):
            found = view.reports.get((fold(who), self.matter, year), ())
            if reports := [report for report in found if report.submitted <= view.as_of]:
                return reports
        return []


class Answered(Check):
    """An incident was answered within so many hours.

    Attributes:
        step: authoritative information, press conference, or response.
        hours: how many, from when it was known.
        grave: which incidents are meant: those that are 特别重大, or the others.
    """

    kind: Literal["answered"]
    step: Literal["published", "conference", "responded"]
    hours: int = Field(gt=0)
    grave: bool

    about: ClassVar = frozenset({ThingKind.INCIDENT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Compare times."""
        incident = thing.incident
        if incident is None:
            raise TypeError(thing.kind)
        if incident.grave is None:
            return unknown(say("rule.no_gravity"))
        if incident.grave != self.grave:
            return not_applicable(say("rule.other_gravity"))
        step = say(f"incident.{self.step}")
        # Authoritative information is a response, too.
        steps = (self.step, "published") if self.step == "responded" else (self.step,)
        done: datetime | None = min(filter(None, (getattr(incident, each) for each in steps)), default=None)
        if done is None and self.step in incident.untold:
            return unknown(say("rule.step_untold", step=step))
        limit = incident.happened + timedelta(hours=self.hours)
        if done is None:
            over = datetime.combine(view.as_of, time.max) > limit
            return (
                breach(say("rule.no_answer", step=step, hours=self.hours))
                if over
                else not_applicable(say("rule.clock_runs"))
            )
        taken = (done - incident.happened).total_seconds() / _SECONDS
        return (
            breach(say("rule.answered_late", step=step, taken=f"{taken:.1f}", hours=self.hours))
            if done > limit
            else PASS
        )
