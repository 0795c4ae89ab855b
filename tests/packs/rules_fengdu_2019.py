"""The rules of 丰都县 2019, each with facts that pass and facts that break it."""

from datetime import date, timedelta

from govkit.ledger import FilingRecord, Subject
from govkit.season import Category, Level
from tests.packs import pairs, worlds

_TOWNSHIP = worlds.unit("青禾县柳溪镇人民政府", Level.TOWNSHIP, category=Category.GOVERNMENT)
_REPORT, _YEAR, _DEADLINE = "政府网站和政务新媒体监管工作年度报告", 2019, date(2020, 1, 5)
_MONDAYS = worlds.every(7, date(2019, 10, 7))
_THREE_A_WEEK = [monday + timedelta(days=day) for monday in _MONDAYS for day in (0, 0, 6)]  # twice on a day is twice


def _filed(thing: Subject, good: FilingRecord, bad: FilingRecord) -> pairs.Pair:
    return thing.id, worlds.season(thing, filings=(good,)), worlds.season(thing, filings=(bad,))


def _site_opened() -> pairs.Pair:
    older, site = worlds.site("青禾县人民政府网站", "9901230001"), worlds.site()
    filed, unfiled = (
        worlds.season(older, site, earlier=(older,), filings=filings)
        for filings in ((worlds.filing(number=site.id),), ())
    )
    return site.id, filed, unfiled


CASES: dict[str, pairs.Pair] = {
    "FD02": pairs.not_opened_by(Category.INTERNAL, worlds.site()),
    "FD03": pairs.not_opened_by(Category.PERSON),
    "FD12": pairs.at_most_one(worlds.APP),
    "FD13": pairs.at_most_one(worlds.WECHAT),
    "FD20": pairs.answered("published", 5, grave=True),
    "FD21": pairs.answered("responded", 48, grave=False),
    "FD32": _site_opened(),
    "FD34": pairs.renaming_filed(),
    "FD35": _filed(
        worlds.account(),
        worlds.filing(approved_by="局长王明", filed_with=worlds.OFFICE),
        worlds.filing(filed_with=worlds.OFFICE),
    ),
    "FD36": _filed(
        worlds.account(platform=worlds.APP),
        worlds.filing(approved_by="局长王明", filed_with=f"{worlds.OFFICE}、禾州市人民政府办公厅"),
        worlds.filing(approved_by="局长王明", filed_with=worlds.OFFICE),
    ),
    "FD38": pairs.follows_renaming(),
    "FD39": pairs.sponsor_announced(),
    "FD40": pairs.alive(7),
    "FD46": pairs.filed(),
    "FD60": pairs.updated(worlds.site(), worlds.every(1)),
    "FD61": pairs.updated(worlds.account(), _THREE_A_WEEK),
    "FD71": pairs.reported(_REPORT, _YEAR, _DEADLINE, worlds.unit()),
    "FD72": pairs.reported(_REPORT, _YEAR, _DEADLINE, _TOWNSHIP),
}
