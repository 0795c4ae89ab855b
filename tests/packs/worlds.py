"""Small seasons for tests: the last quarter of 2019 in a made-up county, with as little in it as a rule looks at."""

from array import array
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from govkit.ledger import Action, FilingRecord, Kind, Subject
from govkit.packs import Judgement, Pack, judge_season
from govkit.season import Category, Level, Published, Season, Total, Unit

PERIOD = (date(2019, 10, 1), date(2019, 12, 31))
OFFICE, BUREAU = "青禾县人民政府办公室", "青禾县教育局"
WECHAT, WEIBO, APP = "微信公众号", "新浪微博", "移动客户端"
HAPPENED = datetime(2019, 11, 5, 8, 0)  # noqa: DTZ001 - local time, as spreadsheets have it


def unit(name: str = BUREAU, level: Level | None = Level.COUNTY, **known: Any) -> Unit:
    """Return a department of the county, of which everything is known."""
    told: dict[str, Any] = {
        "category": Category.DEPARTMENT,
        "secret": False,
        "public": True,
        "short_names": ("青禾教育",),
        "former_names": (),
    }
    return Unit(name, level, **{**told, **known})


def account(
    name: str = "青禾教育", platform: str = WECHAT, number: str = "a", sponsor: str = BUREAU, **details: str
) -> Subject:
    """Return an account that runs, certified as its sponsor."""
    told = {"账号类型": platform, "账号主体": sponsor, "账号状态": "正常"}
    return Subject(number, name, Kind.ACCOUNT, sponsor, None, {**told, **details})


def site(name: str = "青禾县教育局网站", number: str = "9901230003", sponsor: str = BUREAU, **details: str) -> Subject:
    """Return a site that runs."""
    told = {"首页网址": "http://jw.qinghe.example", "状态": "正常"}
    return Subject(number, name, Kind.SITE, sponsor, service=True, details={**told, **details})


def pushes(*days: date) -> Published:
    """Return a record of one push a day."""
    return Published(array("i", sorted(day.toordinal() for day in days)))


def counted(number: int, first: date = PERIOD[0], last: date = PERIOD[1]) -> Published:
    """Return a record that only counts publications."""
    return Published(totals=(Total(first, last, number),))


def every(days: int, first: date = PERIOD[0], last: date = PERIOD[1]) -> list[date]:
    """Return every n-th day from the first on."""
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, days)]


def filing(
    action: Action = Action.OPEN, number: str = "a", day: date = date(2019, 11, 4), **others: Any
) -> FilingRecord:
    """Return a filing in the quarter."""
    return FilingRecord(number, action, day, **others)


def season(
    *subjects: Subject, units: Iterable[Unit] = (unit(),), period: tuple[date, date] = PERIOD, **others: Any
) -> Season:
    """Return a season of these objects; what is not given is unknown."""
    return Season(period, subjects, {one.name: one for one in units}, **others)


def judged(pack: Pack, rule_id: str, thing_id: str, facts: Season) -> Judgement:
    """Return what a rule says of one thing."""
    compliance = judge_season(facts, [pack])
    column = next(column for column in compliance.columns if column.rule.id == rule_id)
    names = [thing.id for thing in compliance.things[column.rule.binds.about]]
    return column[names.index(thing_id)]
