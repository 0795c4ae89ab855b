"""Reports of a year, and answers to incidents within hours."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from govkit.packs.checks.deadlines import Answered, Due, Reported
from govkit.packs.judgement import Judgement, Status
from govkit.packs.things import ThingKind, View
from govkit.season import Incident, Report
from tests.packs import worlds
from tests.packs.checks import ask

MATTER = "年审报告"
END_OF_YEAR = Due(first_year=2019, month=12, day=31)
JANUARY = Due(first_year=2019, month=1, day=5, years_later=1)
ONCE = Due(first_year=2019, last_year=2019, month=3, day=18)


@pytest.mark.parametrize(
    ("due", "as_of", "year"),
    [
        (END_OF_YEAR, date(2019, 12, 31), None),
        (END_OF_YEAR, date(2020, 1, 1), 2019),
        (END_OF_YEAR, date(2020, 12, 31), 2019),
        (END_OF_YEAR, date(2021, 1, 1), 2020),
        (JANUARY, date(2020, 1, 5), None),
        (JANUARY, date(2020, 1, 6), 2019),
        (JANUARY, date(2021, 1, 5), 2019),
        (ONCE, date(2019, 3, 18), None),
        (ONCE, date(2019, 3, 19), 2019),
        (ONCE, date(2023, 6, 30), 2019),
    ],
)
def test_last_report_that_is_due(due: Due, as_of: date, year: int | None) -> None:
    """The last day still belongs to those who report; a report that is due once stays due."""
    assert due.last_due(as_of) == year


@pytest.mark.parametrize(("month", "day"), [(13, 1), (0, 1), (2, 29), (4, 31), (1, 0)])
def test_day_that_is_none(month: int, day: int) -> None:
    """A day that not every year has is no deadline."""
    with pytest.raises(ValidationError, match="请：改正 month 和 day"):
        Due(first_year=2019, month=month, day=day)


def reported(
    reports: tuple[Report, ...] | None,
    want: str = "in_time",
    as_of: date = date(2020, 3, 31),
    due: Due = JANUARY,
    **details: str,
) -> Judgement:
    """Return what is said of the reports on one account."""
    check = Reported.model_validate({"kind": "reported", "matter": MATTER, "due": due, "want": want})
    return ask(check, worlds.season(worlds.account(**details), period=(date(2020, 1, 1), as_of), reports=reports))


def report(submitted: date, **others: Any) -> Report:
    """Return a report on the account and its year."""
    return Report(**{"who": "a", "matter": MATTER, "year": 2019, "submitted": submitted, **others})


def test_reported_in_time() -> None:
    """The last day is in time, the day after is late; the fact says when it was due."""
    assert reported((report(date(2020, 1, 5)),)).status == Status.PASS
    judged = reported((report(date(2020, 1, 6)),))
    assert judged == (Status.BREACH, "2019年度年审报告 2020-01-06 才报送，期限是 2020-01-05")


def test_first_report_decides_whether_it_was_in_time() -> None:
    """One that is handed in again, in whatever order they are listed, is no late one."""
    early, late = report(date(2020, 1, 5)), report(date(2020, 2, 1))
    for both in ((early, late), (late, early)):
        assert reported(both).status == Status.PASS


@pytest.mark.parametrize("want", ["in_time", "accepted"])
def test_other_reports_are_none(want: str) -> None:
    """One of another object, matter or year is not it, nor is one that was handed in after the period."""
    day = date(2020, 1, 2)
    others = (
        report(day, who="b", accepted=True),
        report(day, matter="总结", accepted=True),
        report(day, year=2018, accepted=True),
        report(date(2020, 4, 1), accepted=True),
    )
    judged = reported(others, want)
    assert judged == (Status.BREACH, "没有报送2019年度年审报告（2020-01-05 前）")


def test_without_a_list_of_reports() -> None:
    """Nobody told: that is unknown; an empty list is told."""
    assert reported(None) == (Status.UNKNOWN, "没有报送记录")
    assert reported(()).status == Status.BREACH


def test_report_that_is_not_due() -> None:
    """Before the deadline nothing is asked, whatever is known."""
    for reports in (None, ()):
        judged = reported(reports, as_of=date(2020, 1, 5))
        assert judged == (Status.NOT_APPLICABLE, "年审报告未到期（2020-01-05）")


def test_opened_after_the_deadline() -> None:
    """What was not there yet had nothing to report; on the day itself it was there."""
    assert reported((), 开设日期="2020-01-06").status == Status.NOT_APPLICABLE
    assert reported((), 开设日期="2020-01-05").status == Status.BREACH


@pytest.mark.parametrize(("accepted", "want"), [(True, Status.PASS), (False, Status.BREACH), (None, Status.UNKNOWN)])
def test_accepted(accepted: bool | None, want: Status) -> None:
    """Found good, found bad, and nobody told; being late plays no part."""
    assert reported((report(date(2020, 2, 1), accepted=accepted),), "accepted").status == want


def test_last_report_decides_whether_it_was_found_good() -> None:
    """A report that was refused and handed in again is what the second one was found; one after the period is not."""
    bad, good = report(date(2020, 1, 3), accepted=False), report(date(2020, 2, 1), accepted=True)
    for both in ((bad, good), (good, bad)):
        assert reported(both, "accepted").status == Status.PASS
        assert reported(both, "accepted", as_of=date(2020, 1, 31)).status == Status.BREACH
        assert reported(both, "accepted", as_of=date(2020, 2, 1)).status == Status.PASS


def test_reports_of_units() -> None:
    """A unit is found by its name, or a short name of its own; its report is about its accounts, too."""
    check = Reported(kind="reported", matter=MATTER, due=JANUARY, want="in_time")
    for who in (worlds.BUREAU, "青禾教育"):
        own = report(date(2020, 1, 3), who=who)
        facts = worlds.season(worlds.account(), period=(date(2020, 1, 1), date(2020, 3, 31)), reports=(own,))
        assert ask(check, facts, worlds.BUREAU).status == Status.PASS
        assert ask(check, facts).status == Status.PASS


def test_units_with_nothing_to_report_on() -> None:
    """Where only sponsors are asked, a unit whose last account was closed has nothing to report on."""
    closed = worlds.account(账号状态="注销")
    facts = worlds.season(closed, period=(date(2020, 1, 1), date(2020, 3, 31)), reports=())
    for sponsors_only, want in ((True, Status.NOT_APPLICABLE), (False, Status.BREACH)):
        check = Reported(kind="reported", matter=MATTER, due=JANUARY, want="in_time", sponsors_only=sponsors_only)
        assert ask(check, facts, worlds.BUREAU).status == want


def test_what_was_due_long_ago() -> None:
    """Where no report of a year is on record at all, and it was due more than a year ago, nobody can tell."""
    once = Due(first_year=2019, last_year=2019, month=3, day=18)
    check = Reported(kind="reported", matter=MATTER, due=once, want="in_time")
    others = report(date(2019, 3, 11), who="青禾县民政局")
    for year, reports, want in (
        (2019, (), Status.BREACH),
        (2021, (), Status.UNKNOWN),
        (2021, (others,), Status.BREACH),
    ):
        period = (date(year, 4, 1), date(year, 6, 30))
        assert ask(check, worlds.season(worlds.account(), period=period, reports=reports)).status == want


def test_authoritative_information_is_a_response() -> None:
    """What was published in time was responded to; a later response does not take that back."""
    soon, late = (worlds.HAPPENED + timedelta(hours=hours) for hours in (3, 60))
    assert answered("responded", 48, published=soon).status == Status.PASS
    assert answered("responded", 48, published=soon, responded=late).status == Status.PASS
    assert answered("responded", 48, published=late).status == Status.BREACH
    assert answered("published", 5, responded=soon).status == Status.BREACH


# ---- incidents


def answered(step: str = "published", hours: int = 5, **known: Any) -> Judgement:
    """Return what is said of one grave incident."""
    incident = Incident("1", "燃气泄漏", worlds.BUREAU, worlds.HAPPENED, grave=True, **known)
    check = Answered.model_validate({"kind": "answered", "step": step, "hours": hours, "grave": True})
    return ask(check, worlds.season(incidents=(incident,)), "1")


@pytest.mark.parametrize(("step", "hours"), [("published", 5), ("conference", 24), ("responded", 48)])
def test_answered_at_the_limit(step: str, hours: int) -> None:
    """To the second within the hours passes; a second more does not, and the fact says how long it took."""
    limit = worlds.HAPPENED + timedelta(hours=hours)
    assert answered(step, hours, **{step: limit}).status == Status.PASS
    judged = answered(step, hours, **{step: limit + timedelta(seconds=1)})
    assert judged.status == Status.BREACH
    assert judged.fact.endswith(f"用了 {hours}.0 小时，期限 {hours} 小时")
    assert answered(step, hours, **{step: limit + timedelta(hours=1)}).fact.endswith(
        f"用了 {hours + 1}.0 小时，期限 {hours} 小时"
    )


def test_answer_of_another_step_is_none() -> None:
    """A press conference is no first statement."""
    assert answered(conference=worlds.HAPPENED).status == Status.BREACH


def test_no_answer() -> None:
    """Nothing was published: a breach once the hours are over, and asked of nobody before."""
    assert answered() == (Status.BREACH, "超过 5 小时没有权威信息发布")
    end = datetime.combine(worlds.PERIOD[1], datetime.max.time())
    for happened, want in (
        (end - timedelta(hours=5), Status.NOT_APPLICABLE),
        (end - timedelta(hours=5, seconds=1), Status.BREACH),
    ):
        incident = Incident("1", "燃气泄漏", worlds.BUREAU, happened, grave=True)
        check = Answered(kind="answered", step="published", hours=5, grave=True)
        assert ask(check, worlds.season(incidents=(incident,)), "1").status == want


def test_step_that_nobody_told() -> None:
    """A list without the column proves nothing; a column that is blank does."""
    assert answered(untold=frozenset({"published"})) == (Status.UNKNOWN, "突发事件表没有“权威信息发布”的时间一列")
    assert answered(untold=frozenset({"conference"})).status == Status.BREACH


@pytest.mark.parametrize("grave", [True, False])
def test_gravity(grave: bool) -> None:
    """Each rule is about one kind of incident; an incident of unknown gravity is unknown to both."""
    for told, want in ((grave, Status.BREACH), (not grave, Status.NOT_APPLICABLE), (None, Status.UNKNOWN)):
        incident = Incident("1", "燃气泄漏", worlds.BUREAU, worlds.HAPPENED, grave=told)
        check = Answered(kind="answered", step="published", hours=5, grave=grave)
        assert ask(check, worlds.season(incidents=(incident,)), "1").status == want


def test_only_incidents_are_answered() -> None:
    """A site is no incident."""
    check = Answered(kind="answered", step="published", hours=5, grave=True)
    thing = View(worlds.season(worlds.site())).things[ThingKind.SITE][0]
    with pytest.raises(TypeError, match="site"):
        check.judge(thing, View(worlds.season()))
