"""Facts that pass and facts that break, for rules that several notices share; what passes stands just at the limit."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from govkit.ledger import Action, Subject
from govkit.packs.checks.having import OTHER_PLATFORM
from govkit.season import Category, Incident, Report, Season, Unit
from tests.packs import worlds

Pair = tuple[str, Season, Season]
"""The thing, facts that pass, facts that break."""

END = worlds.PERIOD[1]


def at_most_one(platform: str, unit: Unit | None = None) -> Pair:
    """One account on a platform, beside one on another and one that the ledger calls closed; then two."""
    own = unit or worlds.unit()
    first, second = (worlds.account(platform=platform, number=number) for number in "ab")
    closed = worlds.account(platform=platform, number="c", 账号状态="注销")
    other = worlds.account(platform=OTHER_PLATFORM, number="d")
    return (
        own.name,
        worlds.season(first, closed, other, units=[own]),
        worlds.season(first, second, other, units=[own]),
    )


def exists(unit: Unit) -> Pair:
    """An account that runs; then one that the ledger calls closed."""
    running, closed = (worlds.account(sponsor=unit.name, 账号状态=state) for state in ("正常", "注销"))
    return unit.name, worlds.season(running, units=[unit]), worlds.season(closed, units=[unit])


def not_opened_by(category: Category, thing: Subject | None = None) -> Pair:
    """An account, or a site, of a department; then of a sponsor that may not have one."""
    own = thing or worlds.account()
    return own.id, worlds.season(own), worlds.season(own, units=[worlds.unit(category=category)])


def same_name() -> Pair:
    """One name on two platforms, once in full-width letters; then two names."""
    first = worlds.account("青禾教育A")
    same, other = (worlds.account(name, worlds.WEIBO, "b") for name in ("青禾教育Ａ", "青禾教育发布"))
    return worlds.BUREAU, worlds.season(first, same), worlds.season(first, other)


def owner_is_sponsor() -> Pair:
    """Certified as the sponsor; then as a company."""
    return "a", worlds.season(worlds.account()), worlds.season(worlds.account(账号主体="青禾传媒有限公司"))


def follows_renaming() -> Pair:
    """A unit with a new name, and an account certified under it; then one that is still certified under the old one."""
    renamed = worlds.unit("青禾县教育体育局", former_names=(worlds.BUREAU,))
    new = worlds.account(sponsor=renamed.name)
    old = worlds.account(sponsor=renamed.name, 账号主体=worlds.BUREAU)
    return "a", worlds.season(new, units=[renamed]), worlds.season(old, units=[renamed])


def filed() -> Pair:
    """An account opened in the quarter with a filing; then without."""
    account = worlds.account(开设日期="2019-11-01")
    return "a", worlds.season(account, filings=(worlds.filing(),)), worlds.season(account, filings=())


def sponsor_announced() -> Pair:
    """Another unit sponsors the account, which was filed and announced; then it was only filed."""
    told, untold = (worlds.filing(Action.ALTER, announced=day) for day in (date(2019, 11, 6), None))
    before, now = (worlds.account(sponsor="青禾县体育局"),), worlds.account()
    return (
        "a",
        worlds.season(now, earlier=before, filings=(told,)),
        worlds.season(now, earlier=before, filings=(untold,)),
    )


def renaming_filed() -> Pair:
    """The account has another name, which was filed; then something else was."""
    before, now = (worlds.account("青禾教育发布"),), worlds.account()
    altered, opened = (worlds.filing(action) for action in (Action.ALTER, Action.OPEN))
    return (
        "a",
        worlds.season(now, earlier=before, filings=(altered,)),
        worlds.season(now, earlier=before, filings=(opened,)),
    )


def alive(days: int) -> Pair:
    """The last update is just as many days ago as it may be; then one more."""
    last, older = (worlds.pushes(END - timedelta(days=number)) for number in (days, days + 1))
    account = worlds.account()
    return "a", worlds.season(account, published={"a": last}), worlds.season(account, published={"a": older})


def longest_gap(days: int) -> Pair:
    """Between two pushes there are just as many days as there may be; then one more."""
    records = (worlds.pushes(*worlds.every(days + more)) for more in (1, 2))
    passing, breaking = (worlds.season(worlds.account(), published={"a": record}) for record in records)
    return "a", passing, breaking


def updated(thing: Subject, days: Sequence[date]) -> Pair:
    """Pushes on these days, which are just enough; then the one in the middle is missing."""
    middle = len(days) // 2
    records = (worlds.pushes(*left) for left in (days, [*days[:middle], *days[middle + 1 :]]))
    passing, breaking = (worlds.season(thing, published={thing.id: record}) for record in records)
    return thing.id, passing, breaking


def answered(step: str, hours: int, *, grave: bool) -> Pair:
    """An answer in the last minute; then a minute late."""

    def facts(minutes: int) -> Season:
        done: dict[str, Any] = {step: worlds.HAPPENED + timedelta(hours=hours, minutes=minutes)}
        incident = Incident("1", "燃气泄漏", worlds.BUREAU, worlds.HAPPENED, grave=grave, **done)
        return worlds.season(incidents=(incident,))

    return "1", facts(0), facts(1)


def reported(matter: str, year: int, deadline: date, unit: Unit) -> Pair:
    """A report on the last day; then a day late. The period ends after the deadline."""
    period = (deadline - timedelta(days=60), deadline + timedelta(days=2))

    def facts(day: date) -> Season:
        account = worlds.account(sponsor=unit.name)
        return worlds.season(account, units=[unit], period=period, reports=(Report(unit.name, matter, year, day),))

    return unit.name, facts(deadline), facts(deadline + timedelta(days=1))
