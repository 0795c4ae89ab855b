"""The calendar of a year: every deadline of the packs and of the office, with the last working day before it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from govkit.duties import Due, due_in
from govkit.packs import Pack, load_pack, pack_ids
from govkit.packs.checks.deadlines import Reported
from govkit.workdays import is_working_day

FENGDU, HEBEI, LINYI = (load_pack(name) for name in ("fengdu-2019", "hebei-2019", "linyi-2019"))


def dues(year: int, *packs: Pack) -> list[Due]:
    """Return what is due in a year by some packs."""
    return list(due_in(year, packs).dues)


def pack_of(check: Mapping[str, Any], **binds: Any) -> Pack:
    """Return a pack with one rule."""
    told: dict[str, Any] = {"id": "TS01", "name": "规则", "article": "第一条", "sentences": [1], "text": "应当"}
    rule = {**told, "remedy": "改", "severity": "一般", "check": check, "binds": {"about": "account", **binds}}
    articles = [{"clause": "第一条", "title": "全部", "sentences": 1}]
    words = {"id": "test", "version": "1.0.0", "name": "某县", "title": "某县办法", "source": "某县"}
    return Pack.model_validate({**words, "articles": articles, "rules": [rule]})


def report(**due: int) -> dict[str, Any]:
    """Return a check that asks for a report."""
    return {"kind": "reported", "matter": "年报", "want": "in_time", "due": due}


def test_reports_of_fengdu() -> None:
    """The report on a year is due on 5 January of the next; where that is a Sunday, the Friday before is the last."""
    units, townships = (each for each in dues(2020, FENGDU) if each.day.month == 1)
    told = (date(2020, 1, 5), date(2020, 1, 3), "报送2019年政府网站和政务新媒体监管工作年度报告")
    assert (units.day, units.work_by, units.what) == (townships.day, townships.work_by, townships.what) == told
    assert units.who == "单位（县级；部门、派出机构、事业单位）"
    assert units.clause == townships.clause == "丰都县 2019，四（一）"
    assert not [each for each in dues(2019, FENGDU) if each.day.month == 1]


def test_every_quarter() -> None:
    """The office checks all sites, more than half of the accounts, and makes the results known, in every quarter."""
    quarterly = [each for each in dues(2021, FENGDU) if each.clause.endswith("三（三）5")]
    assert [each.day for each in quarterly] == [
        day for day in (date(2021, 3, 31), date(2021, 6, 30), date(2021, 9, 30), date(2021, 12, 31)) for _ in range(3)
    ]
    assert {each.who for each in quarterly} == {"县政府办公室"}
    assert quarterly[0].what.startswith("2021年第一季度：")
    assert ["50%" in each.what for each in quarterly[:3]] == [False, True, False]


def test_nothing_before_the_notice() -> None:
    """No quarter is due that was over before the notice was there; what is due once is so in its year only."""
    days = [each.day for each in dues(2019, FENGDU)]
    assert days == [date(2019, 12, 31)] * 4
    assert dues(2018, FENGDU) == []
    assert not [each for each in dues(2020, FENGDU) if "集约化平台" in each.what]


def test_reports_of_every_year_and_of_one() -> None:
    """Hebei's is due every year, once though two rules ask for it; Linyi's was due once, from two kinds of units."""
    assert [each.what for each in dues(2024, HEBEI)] == ["报送2024年年审报告"]
    assert [(each.day, each.who) for each in dues(2019, LINYI)] == [
        (date(2019, 3, 18), "单位（县级；政府）"),
        (date(2019, 3, 18), "单位（市级；部门）"),
    ]
    assert dues(2020, LINYI) == []


def test_days_by_which_something_is_done() -> None:
    """What Hebei asks for by the end of 2019 is due then: accounts that must be there, and their filing."""
    found = [each for each in dues(2019, HEBEI) if not each.what.startswith("报送")]
    assert len(found) == 4
    assert {each.day for each in found} == {date(2019, 12, 31)}
    assert any("备案" in each.what for each in found)


def test_every_report_is_in_the_calendar() -> None:
    """No rule about a report is missing in the year in which its first one is due."""
    for pack in map(load_pack, pack_ids()):
        for rule in pack.rules:
            if isinstance(rule.check, Reported):
                day = rule.check.due.deadline(rule.check.due.first_year)
                assert (day, rule.article) in {
                    (each.day, each.clause.split("，")[1]) for each in dues(day.year, pack)
                }, rule.id


def test_day_after_day() -> None:
    """What several notices ask for stands in the order of days; the last working day is one, with none after it."""
    found = dues(2020, *map(load_pack, pack_ids()))
    assert [each.day for each in found] == sorted(each.day for each in found)
    for each in found:
        assert each.work_by
        assert is_working_day(each.work_by)
        between = (each.day - each.work_by).days
        assert not any(is_working_day(each.day - timedelta(days=n)) for n in range(between))


@pytest.mark.parametrize(
    ("month", "day", "work_by"),
    [
        (10, 8, date(2019, 10, 8)),
        (10, 7, date(2019, 9, 30)),  # the holidays of the first week
        (9, 29, date(2019, 9, 29)),  # a Sunday that is worked in exchange
        (9, 14, date(2019, 9, 12)),
    ],
)
def test_working_days(month: int, day: int, work_by: date) -> None:
    """Holidays are no working days, and days worked in exchange (调休) are."""
    (due,) = dues(2019, pack_of(report(first_year=2019, month=month, day=day)))
    assert due.work_by == work_by


def test_unknown_years() -> None:
    """Of a year whose working days nobody knows the days are told, and that the working days are not known."""
    calendar = due_in(2050, [FENGDU])
    assert len(calendar.dues) == 14
    assert {each.work_by for each in calendar.dues} == {None}
    (notice,) = calendar.notices
    assert "2050" in notice
    assert due_in(2020, [FENGDU]).notices == ()


def test_whom_rules_bind() -> None:
    """Who is meant stands there with level, kind of unit and platform."""
    due = report(first_year=2019, month=3, day=1)
    assert dues(2019, pack_of(due))[0].who == "账号"
    (meant,) = dues(2019, pack_of(due, levels=["县级", "乡级"], platforms=["移动客户端"]))
    assert meant.who == "账号（县级、乡级；移动客户端）"
