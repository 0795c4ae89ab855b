"""A small batch, and answers to it."""

from datetime import date, datetime
from fractions import Fraction

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.store import Change, Store

SITE, OTHER, ACCOUNT = "0500230001", "bm64130001", "教委微博"
CHECK = SpotCheck(
    Batch("第四季度/抽查", date(2019, 12, 20), "fengdu-2019", "县政府办公室", "抽查.xlsx", Outcome.CLEAR),
    (
        Subject(SITE, "县门户", Kind.SITE, "县政府办", service=True, details={"首页网址": "http://a.example"}),
        Subject(OTHER, "档案网", Kind.SITE, "县档案局", service=False, details={"备注": "=1+1"}),
        Subject(ACCOUNT, "教委发布", Kind.ACCOUNT, "县教委", details={"账号类型": "新浪微博"}),
    ),
    (
        Finding(
            SITE, "D1.2", Outcome.FOUND, 1, "邮编有误", "http://a.example/1", "图.png", "张三",
            datetime(2019, 12, 19, 9, 30), {"组别": "甲"},  # noqa: DTZ001
        ),
        Finding(OTHER, "D2.1", Outcome.CLEAR),
    ),
    (
        Measurement(SITE, "首页最近更新日期", date(2019, 12, 10)),
        Measurement(SITE, "访问次数", Fraction(7), datetime(2019, 12, 18)),  # noqa: DTZ001
        Measurement(SITE, "访问次数", Fraction(9), datetime(2019, 12, 19)),  # noqa: DTZ001
    ),
)  # fmt: skip


def found(item: str = "D1.1", number: int | None = None, note: str = "", subject_id: str = SITE) -> Finding:
    """A problem found."""
    return Finding(subject_id, item, Outcome.FOUND, number, note)


def change(store: Store, value: Finding) -> Change:
    """A change that rests on what stands there."""
    return Change(value.item, value, store.record(value.subject_id).revision(value.item))


def write(store: Store, actor: str, *values: Finding) -> None:
    """Write answers at one object, as one step."""
    store.write(actor, values[0].subject_id, [change(store, value) for value in values])
