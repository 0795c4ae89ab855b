"""Holding a quarter against all packs of rules: 80,000 accounts and 14,474 sites, and a quarter of both beside them."""

from array import array
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np

from benchmarks.timing import compare, peak_memory
from govkit.ledger import Action, FilingRecord, Kind, Subject
from govkit.packs import judge_season, load_pack, pack_ids
from govkit.season import Category, Incident, Level, Published, Report, Season, Total, Unit

ACCOUNTS, SITES = 80_000, 14_474
_PERIOD = date(2019, 10, 1), date(2019, 12, 31)
_PUSHES = 40
_ACCOUNTS_A_UNIT = 4
_PLATFORMS = "微信公众号", "新浪微博", "抖音短视频", "移动客户端"
_COUNTED, _CLOSED, _OPENED, _RENAMED = 0.05, 0.03, 0.02, 0.02  # of all accounts


def run(accounts: int = ACCOUNTS, sites: int = SITES) -> None:
    """The same made-up quarter twice; it is made before the clock starts."""
    packs = [load_pack(pack_id) for pack_id in pack_ids()]
    number = sum(len(pack.rules) for pack in packs)
    whole, part = season(accounts, sites), season(accounts // 4, sites // 4)
    print(f"{number} rules; linear growth is a ratio of 4")
    compare(
        f"{accounts // 4:,} accounts and {sites // 4:,} sites",
        partial(judge_season, part, packs),
        f"{accounts:,} accounts and {sites:,} sites",
        partial(judge_season, whole, packs),
    )
    for count, facts in ((accounts // 4, part), (accounts, whole)):
        peak = peak_memory(partial(judge_season, facts, packs))
        print(f"{f'peak memory beyond the input, {count:,} accounts':<58} {peak:9.1f} MiB")


def season(accounts: int, sites: int) -> Season:
    """A quarter in which most is as it should be; the same for the same numbers."""
    chance = np.random.default_rng(2019)
    units = {unit.name: unit for unit in _units(max(accounts // _ACCOUNTS_A_UNIT, 1))}
    names = list(units)
    ledger = [_account(number, names, chance) for number in range(accounts)]
    ledger += [_site(number, names) for number in range(sites)]
    closed = chance.random(len(ledger)) < _CLOSED
    earlier = [subject for subject, gone in zip(ledger, chance.random(len(ledger)) < _OPENED, strict=True) if not gone]
    now = [subject for subject, gone in zip(ledger, closed, strict=True) if not gone]
    filed = [
        FilingRecord(subject.id, Action.CLOSE, date(2019, 11, 4), "主要负责人", names[0], date(2019, 11, 5))
        for subject in ledger[::50]
    ]
    return Season(
        _PERIOD,
        tuple(now),
        units,
        {subject.id: _published(chance) for subject in now},
        tuple(_incidents(names)),
        tuple(filed),
        tuple(Report(subject.id, "年审报告", 2018, date(2018, 12, 20), accepted=True) for subject in now[::2]),
        tuple(earlier),
    )


def _units(number: int) -> Iterator[Unit]:
    levels, categories = list(Level), [Category.GOVERNMENT, Category.DEPARTMENT, Category.INSTITUTION]
    for n in range(number):
        name, former = f"第{n}号单位", (f"原第{n}号单位",) if n % 50 == 0 else ()
        level, category = levels[n % len(levels)], categories[n % len(categories)]
        yield Unit(name, level, category, "", n % 90 == 0, n % 80 > 0, (f"{n}号",), former)


def _account(number: int, names: list[str], chance: np.random.Generator) -> Subject:
    sponsor = names[number // _ACCOUNTS_A_UNIT % len(names)]
    owner = "某传媒公司" if chance.random() < _RENAMED else sponsor
    details = {"账号类型": _PLATFORMS[number % len(_PLATFORMS)], "账号主体": owner, "账号状态": "正常", "备案": "是"}
    return Subject(f"a{number}", f"{sponsor}发布", Kind.ACCOUNT, sponsor, None, details)


def _site(number: int, names: list[str]) -> Subject:
    sponsor = names[number % len(names)]
    return Subject(str(9_901_000_000 + number), f"{sponsor}网站", Kind.SITE, sponsor, service=True)


def _published(chance: np.random.Generator) -> Published:
    first, last = (day.toordinal() for day in _PERIOD)
    if chance.random() < _COUNTED:
        return Published(totals=(Total(*_PERIOD, _PUSHES),))
    return Published(array("i", np.sort(chance.integers(first, last + 1, _PUSHES)).tolist()))


def _incidents(names: list[str]) -> Iterator[Incident]:
    for n in range(0, len(names), 40):
        happened = datetime(2019, 10, 8, 8) + timedelta(hours=n % 1000)  # noqa: DTZ001 - local time, as in spreadsheets
        answered = happened + timedelta(hours=n % 60)
        yield Incident(str(n), "突发事件", names[n], happened, n % 3 == 0, answered, answered, answered)
