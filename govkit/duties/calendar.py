"""The calendar of a year: reports that rules ask for, days by which rules begin to hold, duties of every quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from govkit.duties.load import load_duties
from govkit.messages import say
from govkit.packs import Pack, Rule
from govkit.packs.checks.deadlines import Reported
from govkit.packs.checks.filing import Filed
from govkit.packs.checks.having import Exists
from govkit.packs.model import Binding
from govkit.quarters import Quarter
from govkit.workdays import UnknownYearError, is_working_day

_DAY = timedelta(days=1)
_QUARTERS = range(1, 5)


class Due(NamedTuple):
    """What is due.

    Attributes:
        day: the last day on which it is in time.
        work_by: the last working day that is not after it; None where the working days are not known.
        what: what is to be done.
        who: by whom.
        clause: where it stands, with the name of the notice.
    """

    day: date
    work_by: date | None
    what: str
    who: str
    clause: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is due in a year, day by day; `notices` are sentences in Chinese on what is not known."""

    year: int
    dues: tuple[Due, ...]
    notices: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """What is due, before its working day is looked up."""

    day: date
    what: str
    who: str
    clause: str


def due_in(year: int, packs: Sequence[Pack]) -> Calendar:
    """The calendar of a year by some notices.

    Args:
        year: of the days on which something is due; a report on a year may be due in the next one.
        packs: the notices.

    Raises:
        DutiesError: a file of duties cannot be used.
    """
    entries = dict.fromkeys(entry for pack in packs for entry in _entries(pack, year) if entry.day.year == year)
    unknown: dict[str, None] = {}
    dues = []
    for entry in sorted(entries, key=lambda each: each.day):
        try:
            work_by = _last_working_day(entry.day)
        except UnknownYearError as error:
            work_by = None
            unknown[str(error)] = None
        dues.append(Due(entry.day, work_by, entry.what, entry.who, entry.clause))
    return Calendar(year, tuple(dues), tuple(unknown))


def _entries(pack: Pack, year: int) -> Iterator[_Entry]:
    for rule in pack.rules:
        for day, what in _asked(rule, year):
            yield _Entry(day, what, _who(rule.binds), _clause(pack, rule.article))
    for duty in load_duties(pack):
        clause = _clause(pack, duty.article)
        if duty.day:
            yield _Entry(duty.day, duty.what, duty.who, clause)
            continue
        for quarter in (Quarter(year, number) for number in _QUARTERS):
            if pack.dated is None or quarter.last >= pack.dated:
                what = say("duties.quarterly", quarter=quarter.name, what=duty.what)
                yield _Entry(quarter.last, what, duty.who, clause)


def _asked(rule: Rule, year: int) -> Iterator[tuple[date, str]]:
    """The days of a rule: those of its reports, or that by which something is to be done."""
    check = rule.check
    if isinstance(check, Reported):
        of = year - check.due.years_later
        if check.due.first_year <= of and (check.due.last_year is None or of <= check.due.last_year):
            yield check.due.deadline(of), say("duties.report", year=of, matter=check.matter)
    elif isinstance(check, Filed | Exists) and check.by:
        yield check.by, rule.text


def _who(binds: Binding) -> str:
    """Whom a rule binds, in words."""
    about = say(f"thing.{binds.about}")
    parts = ["、".join(part) for part in (binds.levels, binds.categories, binds.platforms) if part]
    return say("duties.only", about=about, these="；".join(parts)) if parts else about


def _clause(pack: Pack, article: str) -> str:
    return say("duties.clause", name=pack.name, article=article)


def _last_working_day(day: date) -> date:
    while not is_working_day(day):
        day -= _DAY
    return day
