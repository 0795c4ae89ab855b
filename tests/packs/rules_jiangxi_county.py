"""Cases of jiangxi-county; what has a limit passes exactly at it."""

from collections.abc import Mapping
from datetime import date, timedelta

from govkit.ledger import Action, Subject
from govkit.season import Season
from tests.packs.worlds import OFFICE, PERIOD, account, every, filing, pushes, season, unit

_FORMER = "青禾县教育体育局"
_CYBER = "中共青禾县委网络安全和信息化委员会办公室"
_RENAMED = unit(former_names=(_FORMER,))
_FORTNIGHT = PERIOD[1] - timedelta(days=14)
_TOLD = date(2019, 11, 6)
_CLOSED = account(账号状态="注销")


def _published(*days: date) -> Season:
    """Return a season of one account, with pushes on these days."""
    return season(account(), published={"a": pushes(*days)})


def _changed(action: Action | None, announced: date | None = None, now: Subject | None = None) -> Season:
    """Return a season of one account, certified as another unit a quarter ago, unless it is another now; as filed."""
    record = filing(action, announced=announced) if action else None
    before = account() if now else account(账号主体=_FORMER)
    return season(now or account(), earlier=(before,), filings=(record,) if record else ())


def _filed(office: str) -> Season:
    """Return a season of one account, filed with this office."""
    return season(account(), filings=(filing(filed_with=office),))


CASES: Mapping[str, tuple[str, Season, Season]] = {
    "JX02": ("a", _published(_FORTNIGHT), _published(_FORTNIGHT - timedelta(days=1))),
    "JX09": ("a", _changed(Action.CANCEL, _TOLD, _CLOSED), _changed(Action.CANCEL, None, _CLOSED)),
    "JX11": ("a", season(account(开设日期="2019-11-01"), filings=(filing(),)), season(account(备案="否"))),
    "JX12": ("a", _changed(Action.ALTER), _changed(None)),
    "JX13": ("a", _filed(f"{OFFICE}、{_CYBER}"), _filed(OFFICE)),
    "JX14": ("a", _changed(Action.ALTER, _TOLD), _changed(Action.ALTER)),
    "JX16": ("a", season(account(), units=[_RENAMED]), season(account(账号主体=_FORMER), units=[_RENAMED])),
    "JX17": ("a", season(account()), season(account(账号主体=_FORMER))),
    "JX24": ("a", _published(*every(15)), _published(*every(16))),
}
