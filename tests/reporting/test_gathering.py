"""What a year comes to: for whom it counts, which check counts, and what nobody has told."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from govkit.findings import Outcome
from govkit.issues import Case, Issued, State
from govkit.ledger import ChangeKind, Kind
from govkit.quarters import Quarter
from govkit.reporting import Listed, YearReport, knows_unit, report_kind, units_of, year_report
from govkit.scoring import Verdict
from govkit.season import Unit
from govkit.tally import Count
from tests.reporting.years import (
    AS_OF,
    BEFORE,
    BUREAU,
    CHECKS,
    EMPTY,
    FOURTH,
    MUSEUM,
    NOW,
    OFFICE,
    SCHOOL,
    SECOND,
    TOLD,
    UNITS,
    account,
    check,
)

ANNUAL, PROGRESS, REVIEW = map(report_kind, ("年度报告", "整改落实情况", "年审报告"))
# Whose things count for whom, worked out by hand.
BELOW = {
    OFFICE: {OFFICE, BUREAU, "县教育局", SCHOOL},
    BUREAU: {BUREAU, "县教育局", SCHOOL},
    SCHOOL: {SCHOOL},
    MUSEUM: {MUSEUM},
    EMPTY: set(),
}


def of(unit: str = "") -> YearReport:
    """The annual report of a unit."""
    return year_report(ANNUAL, TOLD, unit)


@pytest.mark.parametrize("unit", BELOW)
@pytest.mark.parametrize("kind", Kind)
def test_a_unit_has_what_is_its_own_and_below_it(unit: str, kind: Kind) -> None:
    """What runs, each quarter's verdicts, problems and cases of a unit are those of its own and of units below it."""
    own, part = BELOW[unit], of(unit).parts[kind]
    closed = {"9901230003"}
    runs = [each for each in NOW if each.kind == kind and each.sponsor in own and each.id not in closed]
    assert list(part.running or ()) == runs
    for number, inspection in ((2, SECOND), (4, FOURTH)):
        verdicts = [
            str(e.score.verdict) for e in inspection.objects if e.subject.kind == kind and e.subject.sponsor in own
        ]
        assert part.count(number) == Count(*map(verdicts.count, ("pass", "fail", "incomplete")))
    hits = sum(
        judgement.outcome == Outcome.FOUND
        for inspection in CHECKS
        for each in inspection.objects
        if each.subject.kind == kind and each.subject.sponsor in own and each.score.verdict != Verdict.INCOMPLETE
        for judgement in each.judgements.values()
    )
    assert len(part.problems or ()) == hits
    followed = of(unit).followed
    assert followed is not None
    assert len(followed.cases) == sum(case.issue.sponsor in own for case in TOLD.cases or ())


def test_a_report_without_subordinates() -> None:
    """年审 of a unit has its own accounts only, also those under its short name; sites are no part of it."""
    report = year_report(REVIEW, TOLD, "县教育局")
    assert report.unit == BUREAU
    assert set(report.parts) == {Kind.ACCOUNT}
    assert [each.sponsor for each in report.parts[Kind.ACCOUNT].running or ()] == [BUREAU, BUREAU]
    assert units_of(REVIEW, TOLD) == (OFFICE, SCHOOL, BUREAU)


def test_changes_with_their_filings() -> None:
    """What opened, closed, was renamed or changed hands since the earlier ledger; a unit's short name is no change."""
    sites, accounts = (of().parts[kind].changes or {} for kind in Kind)
    assert {kind: (each.number, each.with_record) for kind, each in sites.items() if each.number} == {
        ChangeKind.CLOSED: (1, 1),
        ChangeKind.RENAMED: (1, 0),
    }
    assert {kind: (each.number, each.with_record) for kind, each in accounts.items() if each.number} == {
        ChangeKind.OPENED: (2, 1),
        ChangeKind.CLOSED: (1, 0),
        ChangeKind.SPONSOR: (1, 0),
        ChangeKind.OWNER: (1, 0),
    }
    unfiled = year_report(ANNUAL, replace(TOLD, filings=None)).parts[Kind.ACCOUNT].changes or {}
    assert unfiled[ChangeKind.OPENED].number == 2
    assert unfiled[ChangeKind.OPENED].with_record is None


def test_what_changes_hands_concerns_both() -> None:
    """The unit that gave an account away tells of it, as the one that got it does; a third one does not."""
    told = replace(TOLD, units={each.name: each for each in (Unit(BUREAU), Unit(SCHOOL), Unit(EMPTY))})
    numbers = {}
    for unit in (BUREAU, SCHOOL, EMPTY):
        changed = year_report(ANNUAL, told, unit).parts[Kind.ACCOUNT].changed
        numbers[unit] = sum(change.kind == ChangeKind.SPONSOR for change in changed)
    assert numbers == {BUREAU: 1, SCHOOL: 1, EMPTY: 0}


def test_the_last_finished_check_of_a_quarter_counts() -> None:
    """An object that is checked twice in a quarter counts once; a later check that is not finished takes nothing away."""
    again = check(4, NOW[:2], {"9901230001": "V5.1"})
    again = replace(again, batch=replace(again.batch, as_of=date(2019, 12, 30)))
    open_one = check(4, NOW[:2], {}, unchecked=True)
    for inspections in ((again, FOURTH, open_one), (again, again, FOURTH)):
        found = year_report(ANNUAL, replace(TOLD, inspections=inspections)).parts[Kind.SITE]
        assert found.count(4) == Count(passed=2, failed=1)
    late = replace(again, batch=replace(again.batch, as_of=date(2019, 12, 31)))
    found = year_report(ANNUAL, replace(TOLD, inspections=(FOURTH, late))).parts[Kind.SITE]
    assert found.count(4) == Count(passed=2, failed=1)
    assert {each.result.subject.id for each in found.failures or ()} == {"9901230001"}


def test_quarters_of_which_nobody_told() -> None:
    """A quarter without a check is unknown, as is a kind that its checks do not list; told that there were none, it is 0."""
    part, accounts = of().parts[Kind.SITE], of().parts[Kind.ACCOUNT]
    assert (part.count(1), accounts.count(3)) == (None, None)
    assert part.count(3) == Count(unfinished=3)
    assert part.total is None
    whole = year_report(ANNUAL, replace(TOLD, inspections=(*CHECKS, check(1, NOW, {})))).parts[Kind.SITE]
    assert whole.total == Count(passed=2 + 3 + 2, failed=2, unfinished=3)
    assert year_report(ANNUAL, replace(TOLD, inspections=())).parts[Kind.SITE].total == Count()


def test_nothing_is_known() -> None:
    """Without ledgers, checks and cases nothing is counted as none."""
    bare = replace(TOLD, now=None, before=None, filings=None, inspections=None, cases=None, units=None)
    report = year_report(ANNUAL, bare)
    part = report.parts[Kind.ACCOUNT]
    assert (part.running, part.filed, part.changes, part.problems, part.failures) == (None,) * 5
    assert (report.followed, report.sponsors) == (None, None)
    assert units_of(REVIEW, bare) == ()


def test_a_ledger_of_one_kind_tells_nothing_of_the_other() -> None:
    """Where only accounts are listed, how many sites run and what changed of them is unknown, not none."""
    only = tuple(each for each in NOW if each.kind == Kind.ACCOUNT)
    report = year_report(ANNUAL, replace(TOLD, now=Listed(Quarter(2019, 4), only)))
    assert report.parts[Kind.SITE].running is None
    assert report.parts[Kind.SITE].changes is None
    assert report.parts[Kind.ACCOUNT].changes is not None


def test_an_empty_year() -> None:
    """Told that there is nothing, everything is none, and nothing is unknown."""
    listed = Listed(Quarter(2019, 4), ())
    empty = replace(TOLD, now=listed, before=listed, filings=(), inspections=(), cases=())
    report = year_report(ANNUAL, empty)
    for part in report.parts.values():
        assert (part.running, part.filed, part.problems, part.failures) == ((), (0, 0, 0), (), ())
        assert part.total == Count()
    assert report.followed is not None
    assert set(report.followed.by_state.values()) == {0}


def test_cases_as_of_a_day() -> None:
    """States are those of the day; what was found in another year, or told later, does not count."""
    followed = of().followed
    assert followed is not None
    expected = Counter[State]()
    for case in TOLD.cases or ():
        names = [type(event).__name__ for event in case.events if event.day <= AS_OF]
        expected[{1: State.OPEN, 2: State.REPORTED, 3: State.PASSED}[len(names)]] += 1
    assert {state: number for state, number in followed.by_state.items() if number} == dict(expected)
    assert len(followed.by_state) == len(State)
    assert [case.issue.id for case in followed.overdue] == [
        case.issue.id for case in TOLD.cases or () if len(case.events) == 1
    ]
    early = year_report(ANNUAL, replace(TOLD, as_of=date(2020, 1, 23))).followed
    assert early is not None
    assert not early.overdue
    assert year_report(ANNUAL, replace(TOLD, as_of=date(2020, 1, 2))).followed == replace(
        followed, cases=(), by_state=dict.fromkeys(State, 0), overdue=()
    )
    next_year = year_report(ANNUAL, replace(TOLD, year=2020)).followed
    assert next_year is not None
    assert not next_year.cases


def test_cases_of_accounts_only() -> None:
    """A report on accounts has no cases of sites and units; the annual one has all."""
    issue = replace((TOLD.cases or ())[0].issue, kind="unit", item="FD71", sponsor=BUREAU)
    told = replace(TOLD, cases=(*(TOLD.cases or ()), Case((Issued(issue, date(2020, 1, 3), date(2020, 1, 23)),))))
    kinds = Counter(case.issue.kind for case in told.cases or ())
    annual, progress = (year_report(kind, told).followed for kind in (ANNUAL, PROGRESS))
    assert annual is not None
    assert progress is not None
    assert len(annual.cases) == kinds.total()
    assert Counter(case.issue.kind for case in progress.cases) == {"account": kinds["account"]}


def test_platforms_filing_and_crowded_units() -> None:
    """Accounts by platform, most first; by what the ledger says of 备案; and units with two on one platform."""
    part = of().parts[Kind.ACCOUNT]
    assert part.by_platform == {"微信公众号": 4, "新浪微博": 1}
    assert part.filed == (3, 1, 1)
    assert part.crowded == ((BUREAU, "微信公众号", 2),)
    bare = replace(TOLD, now=Listed(Quarter(2019, 4), (account(1, OFFICE, ""), account(2, OFFICE, ""))), before=None)
    part = year_report(ANNUAL, bare).parts[Kind.ACCOUNT]
    assert part.by_platform == {"平台未知": 2}
    assert part.crowded == ()


def test_units_in_a_circle() -> None:
    """Units that stand above each other report for themselves."""
    circle = {SCHOOL: Unit(SCHOOL, parent=BUREAU), BUREAU: Unit(BUREAU, parent=SCHOOL)}
    part = year_report(ANNUAL, replace(TOLD, units=circle), SCHOOL).parts[Kind.ACCOUNT]
    assert {each.sponsor for each in part.running or ()} == {SCHOOL}


def test_which_units_are_known() -> None:
    """A unit is known by the directory, ledgers, checks and cases."""
    assert all(knows_unit(TOLD, name) for name in (*UNITS, "县教育局", MUSEUM))
    assert not knows_unit(TOLD, "青禾县水利局")
    assert any(each.sponsor == MUSEUM for each in BEFORE)
    assert not knows_unit(replace(TOLD, before=None), MUSEUM)
