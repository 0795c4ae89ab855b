"""How often something is updated: every branch, and random records against every way in which they may have come about."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.packs.checks import Check
from govkit.packs.checks.updating import Alive, EveryDay, LongestGap, Weekly
from govkit.packs.judgement import Status
from govkit.season import Published, Season, Total
from govkit.workdays import UnknownYearError
from tests.packs import worlds
from tests.packs.checks import ask

# 国庆节 2019: 1 to 7 October are free, and 29 September, a Sunday, and 12 October, a Saturday, are worked instead.
OFF = {date(2019, 10, day) for day in range(1, 8)}
WORKED = {date(2019, 9, 29), date(2019, 10, 12)}
MONDAY = date(2019, 10, 14)
DAY = timedelta(days=1)

Period = tuple[date, date]
Kept = Callable[[Sequence[date], Period], bool]


def working() -> EveryDay:
    """Return: every working day."""
    return EveryDay(kind="every_day", days="working")


def daily() -> EveryDay:
    """Return: every day."""
    return EveryDay(kind="every_day", days="all")


def weekly(times: int = 3) -> Weekly:
    """Return: so many times a week."""
    return Weekly(kind="weekly", times=times)


def gap(days: int = 14) -> LongestGap:
    """Return: never longer silent than this."""
    return LongestGap(kind="longest_gap", days=days)


def alive(days: int = 14) -> Alive:
    """Return: the last update is no older than this."""
    return Alive(kind="alive", days=days)


def span(period: Period) -> list[date]:
    """Return all days of a period."""
    return [period[0] + n * DAY for n in range((period[1] - period[0]).days + 1)]


def recorded(record: Published | None, period: Period = worlds.PERIOD, **details: str) -> Season:
    """Return a season with one account, and one record of it."""
    return worlds.season(worlds.account(**details), period=period, published={"a": record} if record else {})


def status(check: Check, record: Published | None, period: Period = worlds.PERIOD, **details: str) -> Status:
    """Return where the account stands."""
    return ask(check, recorded(record, period, **details)).status


def covering(first: date, last: date, *days: date) -> Published:
    """Return a record of a part of the period."""
    return Published(worlds.pushes(*days).days, covered=(first, last))


# ---- a second, naive way to judge: simulate each way in which the hidden publications may have gone out


def kept_working(days: Sequence[date], period: Period) -> bool:
    """Whether every working day has a push, by a calendar of its own."""
    return all(day in days for day in span(period) if day in WORKED or (day.isoweekday() < 6 and day not in OFF))


def kept_daily(days: Sequence[date], period: Period) -> bool:
    """Whether every day has a push."""
    return set(span(period)) <= set(days)


def kept_weekly(days: Sequence[date], period: Period) -> bool:
    """Whether each whole week has three pushes."""
    weeks = [span((day, day + 6 * DAY)) for day in span(period) if day.isoweekday() == 1 and day + 6 * DAY <= period[1]]
    return all(sum(day in week for day in days) >= 3 for week in weeks)


def kept_gap(days: Sequence[date], period: Period) -> bool:
    """Whether there are never more than four days in a row without a push."""
    silent = 0
    for day in span(period):
        silent = 0 if day in days else silent + 1
        if silent > 4:
            return False
    return True


def placements(total: Total, known: Sequence[date]) -> Iterator[tuple[date, ...]]:
    """Every way in which what a count hides may have gone out."""
    days = span((total.first, total.last))
    dated = sum(day in days for day in known)
    least, most = int(total.number > 0 and not dated), max(total.number - dated, 0)
    for number in range(least, most + 1):
        yield from combinations_with_replacement(days, number)


def expected(kept: Kept, known: Sequence[date], totals: Sequence[Total], period: Period) -> Status:
    """Broken where it is in every case, kept where it is in every case, else unknown."""
    cases = {
        kept((*known, *(day for hidden in ways for day in hidden)), period)
        for ways in product(*(list(placements(total, known)) for total in totals))
    }
    return Status.UNKNOWN if len(cases) == 2 else Status.PASS if cases.pop() else Status.BREACH


RULES: list[tuple[Check, Kept]] = [
    (working(), kept_working), (daily(), kept_daily), (weekly(3), kept_weekly), (gap(4), kept_gap)
]  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[Period, list[date], list[Total]]:
    """Draw a short period from September to November 2019, days in it, many or few, and counts apart from each other."""
    first = date(2019, 9, 20) + draw(st.integers(0, 40)) * DAY
    period = (first, first + draw(st.integers(0, 17)) * DAY)
    days = span(period)
    left_out = draw(st.sets(st.sampled_from(days), max_size=6))
    known = [day for day in days if day not in left_out] if draw(st.booleans()) else sorted(left_out)
    known = sorted([*known, *draw(st.lists(st.sampled_from(days), max_size=4))])
    totals, at = [], first
    for _ in range(draw(st.integers(0, 2))):
        start = at + draw(st.integers(0, 5)) * DAY
        end = start + draw(st.integers(0, 5)) * DAY
        if end <= period[1]:
            totals.append(Total(start, end, draw(st.integers(0, 3)) + sum(start <= day <= end for day in known)))
        at = end + DAY
    return period, known, totals


@pytest.mark.parametrize(("check", "kept"), RULES, ids=["working", "daily", "weekly", "gap"])
@given(drawn=records())
def test_records_are_judged_as_by_trying_everything(
    check: Check, kept: Kept, drawn: tuple[Period, list[date], list[Total]]
) -> None:
    """A rule is broken, or kept, where it is whatever the days of publications that were only counted; else unknown."""
    period, known, totals = drawn
    record = Published(array("i", [day.toordinal() for day in known]), tuple(totals))
    judged = status(check, record, period)
    if judged == Status.NOT_APPLICABLE:
        assert kept([], period), "nothing is asked where nothing at all is good"
    else:
        assert judged == expected(kept, known, totals, period)


@pytest.mark.parametrize(("check", "kept"), RULES, ids=["working", "daily", "weekly", "gap"])
@given(drawn=records(), cut=st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_days_that_are_not_covered_are_unknown(
    check: Check, kept: Kept, drawn: tuple[Period, list[date], list[Total]], cut: tuple[int, int]
) -> None:
    """What went out before and after the days that a record covers may be anything, and nothing."""
    period, known, _ = drawn
    covered = (period[0] + cut[0] * DAY, period[1] - cut[1] * DAY)
    inside = [day for day in known if covered[0] <= day <= covered[1]]
    outside = [day for day in span(period) if not covered[0] <= day <= covered[1]] * 3
    judged = status(check, covering(*covered, *inside), period)
    cases = {kept(inside, period), kept([*inside, *outside], period)}
    if judged == Status.NOT_APPLICABLE:
        assert kept([], period)
    else:
        assert judged == (Status.UNKNOWN if len(cases) == 2 else Status.PASS if cases.pop() else Status.BREACH)


@pytest.mark.parametrize("check", [working(), daily(), weekly(), gap(), alive()])
def test_no_record_is_unknown(check: Check) -> None:
    """Neither without a publishing record, nor with one that lacks the account, is anything proved."""
    assert ask(check, worlds.season(worlds.account())).fact == "没有发布记录"
    judged = ask(check, recorded(None))
    assert judged.status == Status.UNKNOWN
    assert "没有这个对象" in judged.fact


@pytest.mark.parametrize("check", [working(), daily(), weekly(), gap(), alive()])
def test_nothing_published_is_a_breach(check: Check) -> None:
    """A row that says 发布条数 0 is a record, and of nothing."""
    judged = ask(check, recorded(worlds.counted(0)))
    assert judged.status == Status.BREACH
    assert judged.fact


def test_exchanged_working_days() -> None:
    """国庆节 2019: a push on each weekday is not enough, as 29 September and 12 October are worked; 1 to 7 are free."""
    period = (date(2019, 9, 23), date(2019, 10, 13))
    weekdays = [day for day in span(period) if day.isoweekday() < 6]
    judged = ask(working(), recorded(worlds.pushes(*weekdays), period))
    assert judged == (Status.BREACH, "12 个工作日中有 2 个没有更新：2019-09-29、2019-10-12")
    worked = [*(day for day in weekdays if day not in OFF), *WORKED]
    assert status(working(), worlds.pushes(*worked), period) == Status.PASS
    assert status(working(), worlds.pushes(*worked[1:]), period) == Status.BREACH
    assert status(daily(), worlds.pushes(*worked), period) == Status.BREACH
    assert status(daily(), worlds.pushes(*span(period)), period) == Status.PASS


def test_no_working_day_in_the_period() -> None:
    """Within the holiday nothing is asked."""
    assert status(working(), worlds.counted(0), (date(2019, 10, 1), date(2019, 10, 7))) == Status.NOT_APPLICABLE


def test_days_that_are_named() -> None:
    """Five days that were missed are named, and that there are more."""
    period = (MONDAY, MONDAY + 6 * DAY)
    names = "、".join(day.isoformat() for day in span(period)[:5])
    assert ask(daily(), recorded(worlds.pushes(), period)).fact == f"7 天中有 7 天没有更新：{names}等"
    five = worlds.pushes(MONDAY, MONDAY + DAY)
    assert not ask(daily(), recorded(five, period)).fact.endswith("等")


def test_working_days_of_an_unknown_year_are_refused() -> None:
    """A year without a calendar is not guessed at."""
    with pytest.raises(UnknownYearError, match=r"2031 年.*请："):
        status(working(), worlds.pushes(), (date(2031, 1, 1), date(2031, 3, 31)))


def test_pushes_of_a_week() -> None:
    """Three a week pass and two do not; pushes at the end of the week before and on one day count as they went out."""
    period = (MONDAY, MONDAY + 13 * DAY)
    enough = [MONDAY, MONDAY, MONDAY + 6 * DAY, *(MONDAY + n * DAY for n in (7, 9, 13))]
    assert status(weekly(), worlds.pushes(*enough), period) == Status.PASS
    judged = ask(weekly(), recorded(worlds.pushes(*enough[:-1], MONDAY - DAY), period))
    assert judged == (Status.BREACH, "2 周中有 1 周更新不足 3 次：2019-10-21 起的一周 2 次")


def test_only_whole_weeks_count() -> None:
    """From Tuesday to Sunday a week later there is one whole week; from Tuesday to the Sunday after there is none."""
    assert status(weekly(), worlds.counted(0), (MONDAY + DAY, MONDAY + 6 * DAY)) == Status.NOT_APPLICABLE
    period = (MONDAY + DAY, MONDAY + 13 * DAY)
    assert status(weekly(), worlds.pushes(*[MONDAY + 7 * DAY] * 3), period) == Status.PASS
    assert status(weekly(), worlds.pushes(*[MONDAY + 7 * DAY] * 2), period) == Status.BREACH


def test_six_weeks_that_are_short() -> None:
    """Five weeks are named, and that there are more."""
    fact = ask(weekly(), recorded(worlds.pushes(), (MONDAY, MONDAY + 41 * DAY))).fact
    assert fact.count("起的一周 0 次") == 5
    assert fact.endswith("等")


def test_silence_at_its_limit() -> None:
    """Fourteen days without a push are allowed, fifteen are not; at the end of the period as between two pushes."""
    period = (date(2019, 10, 1), date(2019, 10, 31))
    for days, want in ((14, Status.PASS), (15, Status.BREACH)):
        between = [period[0], *span((period[0] + (days + 1) * DAY, period[1]))]
        assert status(gap(), worlds.pushes(*between), period) == want, "between two pushes"
        at_end = span((period[0], period[1] - days * DAY))
        assert status(gap(), worlds.pushes(*at_end), period) == want, "at the end"
        at_beginning = span((period[0] + days * DAY, period[1]))
        assert status(gap(), worlds.pushes(*at_beginning), period) == want, "at the beginning"


def test_longest_silence_is_named() -> None:
    """The fact names the first and the last day without a push of the longest silence."""
    period = (date(2019, 10, 1), date(2019, 10, 31))
    days = [date(2019, 10, 6), date(2019, 10, 22), date(2019, 10, 31)]
    assert ask(gap(7), recorded(worlds.pushes(*days), period)).fact == (
        "2019-10-07 至 2019-10-21 连续 15 天没有更新，超过 7 天"
    )


def test_silence_from_before_the_period() -> None:
    """A push before the period tells when a silence began, unless the record is said to cover less."""
    period = (date(2019, 10, 1), date(2019, 10, 31))
    days = (date(2019, 8, 1), date(2019, 9, 20), *span((date(2019, 10, 11), period[1])))
    assert status(gap(), worlds.pushes(*days), period) == Status.BREACH
    assert status(gap(), covering(date(2019, 9, 1), period[1], *days), period) == Status.BREACH
    assert status(gap(), covering(*period, *days), period) == Status.PASS
    later = (date(2019, 8, 1), date(2019, 9, 26), *days[2:])
    assert status(gap(), worlds.pushes(*later), period) == Status.PASS, "the last push before the period counts"


@pytest.mark.parametrize("check", [working(), daily(), gap(3)])
def test_day_of_opening_does_not_count(check: Check) -> None:
    """What was opened in the period has to be updated from the day after; opened on its last day, not yet."""
    period = (date(2019, 10, 14), date(2019, 10, 31))
    record = worlds.pushes(*span((date(2019, 10, 23), period[1])))
    assert status(check, record, period, 开设日期="2019-10-22") == Status.PASS
    assert status(check, record, period, 开设日期="2019-10-18") == Status.BREACH
    assert status(check, record, period, 开设日期="2019-10-30") == Status.PASS
    assert status(check, record, period, 开设日期="2019-10-31") == Status.NOT_APPLICABLE
    assert status(check, record, period, 开设日期="2019-11-20") == Status.NOT_APPLICABLE


def test_week_of_opening_does_not_count() -> None:
    """The first whole week begins after the day of opening: opened on a Sunday it is the next, on a Monday not."""
    period = (MONDAY, MONDAY + 13 * DAY)
    second = worlds.pushes(*[MONDAY + 7 * DAY] * 3)
    assert status(weekly(), second, period, 开设日期=(MONDAY + 6 * DAY).isoformat()) == Status.PASS
    assert status(weekly(), second, period, 开设日期=(MONDAY + 7 * DAY).isoformat()) == Status.NOT_APPLICABLE
    assert status(weekly(), second, period, 开设日期=(MONDAY - DAY).isoformat()) == Status.BREACH


def test_counts_that_are_too_few() -> None:
    """As many as are lacking may be hidden in a count, and no more; the fact says how many are lacking even then."""
    period = (MONDAY, MONDAY + 13 * DAY)
    for number, want in ((6, Status.UNKNOWN), (5, Status.BREACH)):
        assert status(weekly(), worlds.counted(number, *period), period) == want
    judged = ask(weekly(), recorded(worlds.counted(5, *period), period))
    assert judged.fact.endswith("；另有 5 条只有总数，全部算上也至少缺 1 次")
    assert (
        ask(weekly(), recorded(worlds.counted(6, *period), period)).fact == "发布记录只有总数（6 条），看不出是哪些天"
    )


def test_counts_elsewhere_help_nothing() -> None:
    """A thousand publications in the first week say nothing of the second."""
    period = (MONDAY, MONDAY + 13 * DAY)
    first_week = worlds.counted(1000, MONDAY, MONDAY + 6 * DAY)
    assert status(weekly(), first_week, period) == Status.BREACH
    assert status(gap(5), first_week, period) == Status.BREACH
    assert status(alive(5), first_week, period) == Status.BREACH


def test_counts_contain_the_days_that_are_known() -> None:
    """A count of three in a week of which two are known hides one more."""
    period = (MONDAY, MONDAY + 6 * DAY)
    days = worlds.pushes(MONDAY, MONDAY + DAY).days
    for number, want in ((2, Status.BREACH), (3, Status.UNKNOWN)):
        assert status(weekly(), Published(days, (Total(*period, number),)), period) == want


def test_partly_covered_says_so() -> None:
    """Where the days that are covered are good, the others are what is missing."""
    first, last = worlds.PERIOD
    until = date(2019, 11, 30)
    for check in (working(), daily(), weekly(1), gap()):
        judged = ask(check, recorded(covering(first, until, *span((first, until)))))
        assert judged == (Status.UNKNOWN, "发布记录没有覆盖整个时段")
        assert status(check, covering(first, until, first)) == Status.BREACH
        assert status(check, covering(first, last, *span((first, last)))) == Status.PASS
        assert status(check, covering(date(2019, 7, 1), date(2019, 8, 1))) == Status.UNKNOWN


# ---- zombies


@pytest.mark.parametrize(("days", "want"), [(14, Status.PASS), (15, Status.BREACH)])
def test_last_update_at_its_limit(days: int, want: Status) -> None:
    """Fourteen days before the end pass, fifteen do not."""
    assert status(alive(), worlds.pushes(worlds.PERIOD[1] - days * DAY)) == want


@pytest.mark.parametrize(
    ("days_before", "want"), [(-77, Status.PASS), (-76, Status.UNKNOWN), (14, Status.UNKNOWN), (15, Status.BREACH)]
)
def test_date_of_the_ledger_at_its_limits(days_before: int, want: Status) -> None:
    """A ledger may be of any day of the period: its date proves silence only where that was so on the first one."""
    day = worlds.PERIOD[0] - days_before * DAY
    judged = ask(alive(), worlds.season(worlds.account(最近更新日期=day.isoformat())))
    assert judged.status == want
    if want == Status.BREACH:
        assert judged.fact == "台账写明最近更新日期是 2019-09-16，距今 106 天，超过 14 天"


def test_later_of_record_and_ledger_counts() -> None:
    """An old record and a new date in the ledger, or the other way round, is alive."""
    old, new = date(2019, 11, 1), date(2019, 12, 30)
    assert status(alive(), worlds.pushes(old), 最近更新日期=new.isoformat()) == Status.PASS
    assert status(alive(), worlds.pushes(new), 最近更新日期=old.isoformat()) == Status.PASS
    assert status(alive(), worlds.pushes(old), 最近更新日期=old.isoformat()) == Status.BREACH


def test_what_came_after_the_period_does_not_count() -> None:
    """A push or a last update in January does not make December alive; the ledger's alone leaves it unknown."""
    after = date(2020, 1, 5)
    assert status(alive(), worlds.pushes(date(2019, 11, 1), after)) == Status.BREACH
    assert ask(alive(), worlds.season(worlds.account(最近更新日期=after.isoformat()))).status == Status.UNKNOWN


def test_update_on_the_last_day_counts() -> None:
    """The last day belongs to the period, in the record as in the ledger."""
    end = worlds.PERIOD[1]
    assert status(alive(1), worlds.pushes(end)) == Status.PASS
    assert ask(alive(1), worlds.season(worlds.account(最近更新日期=end.isoformat()))).status == Status.PASS


def test_date_without_a_year_is_no_date() -> None:
    """“7月16日” tells nothing that can be counted with."""
    assert ask(alive(), worlds.season(worlds.account(最近更新日期="7月16日"))).status == Status.UNKNOWN


def test_just_opened_is_no_zombie() -> None:
    """An account that is no older than the limit need not have been updated; one day older, it must."""
    for days, want in ((14, Status.NOT_APPLICABLE), (15, Status.BREACH)):
        opened = (worlds.PERIOD[1] - days * DAY).isoformat()
        assert status(alive(), worlds.pushes(), 开设日期=opened) == want


def test_silent_without_any_date() -> None:
    """A record without any push says that there was none."""
    assert ask(alive(), recorded(worlds.pushes())) == (Status.BREACH, "没有任何更新")


def test_alive_by_a_count() -> None:
    """A count within the last days proves life, one that begins before may, and one that ended before does not."""
    end = worlds.PERIOD[1]
    first = end - 14 * DAY
    assert status(alive(), worlds.counted(1, first, end)) == Status.PASS
    assert status(alive(), worlds.counted(1, first - DAY, end)) == Status.UNKNOWN
    assert status(alive(), worlds.counted(9, first - 9 * DAY, first - DAY)) == Status.BREACH
    assert status(alive(), worlds.counted(9, first - 9 * DAY, first)) == Status.UNKNOWN


def test_zombie_only_where_the_record_covers_the_last_days() -> None:
    """A record that begins too late or ends too early proves no silence; an old date in the ledger may."""
    end = worlds.PERIOD[1]
    oldest = end - 14 * DAY
    assert status(alive(), covering(oldest, end)) == Status.BREACH
    assert status(alive(), covering(oldest + DAY, end)) == Status.UNKNOWN
    assert status(alive(), covering(oldest, end - DAY)) == Status.UNKNOWN
    assert status(alive(), covering(oldest, end - DAY), 最近更新日期="2019-09-01") == Status.BREACH
    newer = covering(date(2019, 10, 1), end - DAY, date(2019, 11, 20))
    assert status(alive(), newer, 最近更新日期="2019-09-01") == Status.UNKNOWN, "the ledger is out of date itself"


def test_period_shorter_than_the_limit_proves_no_zombie() -> None:
    """Of half a year, a quarter's record covers a half."""
    assert status(alive(180), worlds.pushes()) == Status.UNKNOWN
    assert status(alive(180), worlds.pushes(date(2019, 7, 4))) == Status.PASS
    assert status(alive(180), worlds.pushes(), 最近更新日期="2019-01-04") == Status.BREACH
