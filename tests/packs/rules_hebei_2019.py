"""Cases of hebei-2019; what has a limit passes exactly at it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from govkit.ledger import Action
from govkit.season import Category, Incident, Level, Report, Season, Unit
from govkit.workdays import working_days
from tests.packs import worlds
from tests.packs.worlds import (
    APP,
    BUREAU,
    HAPPENED,
    OFFICE,
    PERIOD,
    WECHAT,
    WEIBO,
    account,
    filing,
    pushes,
    season,
    unit,
)

_COUNTY = unit(OFFICE, category=Category.GOVERNMENT)
_PROVINCE = unit("冀北省人民政府办公厅", Level.PROVINCE, category=Category.GOVERNMENT)
_PROVINCIAL = unit(level=Level.PROVINCE)
_CITY = unit("云州市人民政府办公室", Level.CITY, category=Category.GOVERNMENT)
_DIVISION, _PERSON = unit("青禾县教育局办公室", category=Category.INTERNAL), unit("王某", category=Category.PERSON)
_RENAMED = unit(former_names=("青禾县教育体育局",))
_LAST = PERIOD[1]
_FORTNIGHT = _LAST - timedelta(days=14)
_REVIEW, _NEW_YEAR = "年审报告", (date(2020, 1, 1), date(2020, 1, 10))


def _published(*days: date, by: Unit | None = None) -> Season:
    """Return a season of one account, with pushes on these days."""
    by = by or unit()
    return season(account(sponsor=by.name), units=[by], published={"a": pushes(*days)})


def _filed(action: Action = Action.OPEN, by: Unit | None = None, **others: Any) -> Season:
    """Return a season of one account, and one filing of it."""
    by = by or unit()
    return season(account(sponsor=by.name), units=[by, _COUNTY, _CITY], filings=(filing(action, **others),))


def _changed(announced: date | None, *, filed: bool = True) -> Season:
    """Return a season of one account whose certified subject was another a quarter ago."""
    record = filing(Action.ALTER, announced=announced)
    return season(account(), earlier=(account(账号主体="青禾县教育体育局"),), filings=(record,) if filed else ())


def _reviewed(day: date, *, accepted: bool) -> Season:
    """Return a season of one account whose annual review was handed in, seen in January."""
    return season(account(), period=_NEW_YEAR, reports=(Report("a", _REVIEW, 2019, day, accepted),))


def _incident(step: str, taken: timedelta, *, grave: bool) -> Season:
    """Return a season of one incident that was answered so long after it was known."""
    answered: dict[str, Any] = {step: HAPPENED + taken}
    return season(incidents=(Incident("1", "燃气泄漏", BUREAU, HAPPENED, grave, **answered),))


_PROVINCE_ALL = [
    account(platform=name, number=number, sponsor=_PROVINCE.name)
    for name, number in ((WECHAT, "a"), (WEIBO, "b"), (APP, "c"))
]
_COUNTY_ALL = [account(sponsor=OFFICE), account(platform=WEIBO, number="b", sponsor=OFFICE)]
_WORKED = list(working_days(*PERIOD))
_THRICE = [day for day in worlds.every(1) if day.weekday() in (0, 2, 5)]
_SECOND = timedelta(seconds=1)

CASES: Mapping[str, tuple[str, Season, Season]] = {
    "HB01": (OFFICE, season(*_COUNTY_ALL[:1], units=[_COUNTY]), season(account(), units=[_COUNTY])),
    "HB22": (
        _PROVINCE.name,
        season(*_PROVINCE_ALL, units=[_PROVINCE]),
        season(*_PROVINCE_ALL[:2], units=[_PROVINCE]),
    ),
    "HB23": (OFFICE, season(*_COUNTY_ALL, units=[_COUNTY]), season(*_COUNTY_ALL[:1], units=[_COUNTY])),
    "HB25": ("a", season(account("青禾教育微讯")), season(account("求知路上"))),
    "HB27": ("a", season(account()), season(account(账号主体="青禾传媒公司"))),
    "HB28": (
        BUREAU,
        season(account(), account(platform=WEIBO, number="b")),
        season(account(), account("青禾教育发布", WEIBO, "b")),
    ),
    "HB30": ("a", _published(_FORTNIGHT), _published(_FORTNIGHT - timedelta(days=1))),
    "HB32": (
        "a",
        season(account()),
        season(account(账号主体=_DIVISION.name), units=[unit(), _DIVISION]),
    ),
    "HB33": ("a", season(account()), season(account(sponsor=_PERSON.name), units=[_PERSON])),
    "HB34": ("a", _filed(), season(account(备案="否"))),
    "HB35": ("a", _changed(None), _changed(None, filed=False)),
    "HB36": ("a", _filed(filed_with=OFFICE), _filed(filed_with=_CITY.name)),
    "HB37": (
        "a",
        _filed(Action.CLOSE, by=_COUNTY, filed_with=_CITY.name),
        _filed(Action.CLOSE, by=_COUNTY, filed_with=OFFICE),
    ),
    "HB38": (
        "a",
        season(account(), units=[_RENAMED]),
        season(account(账号主体="青禾县教育体育局"), units=[_RENAMED]),
    ),
    "HB39": ("a", _changed(date(2019, 11, 6)), _changed(None)),
    "HB51": ("a", _published(*worlds.every(15)), _published(*worlds.every(16))),
    "HB52": ("a", _published(*_WORKED, by=_COUNTY), _published(*_WORKED[1:], by=_COUNTY)),
    "HB53": ("a", _published(*_THRICE, by=_PROVINCIAL), _published(*_THRICE[:-2], by=_PROVINCIAL)),
    "HB73": (
        "a",
        _reviewed(date(2019, 12, 31), accepted=True),
        _reviewed(date(2020, 1, 1), accepted=True),
    ),
    "HB74": (
        "a",
        _reviewed(date(2020, 1, 2), accepted=True),
        _reviewed(date(2019, 12, 1), accepted=False),
    ),
    "HB77": (
        "1",
        _incident("published", timedelta(hours=5), grave=True),
        _incident("published", timedelta(hours=5) + _SECOND, grave=True),
    ),
    "HB78": (
        "1",
        _incident("conference", timedelta(hours=24), grave=True),
        _incident("conference", timedelta(hours=24) + _SECOND, grave=True),
    ),
    "HB79": (
        "1",
        _incident("responded", timedelta(hours=48), grave=False),
        _incident("responded", timedelta(hours=48) + _SECOND, grave=False),
    ),
}
