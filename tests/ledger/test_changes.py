"""What changed between two ledgers: each kind of change, what is none, and which filing belongs to it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.ledger import Action, Change, ChangeKind, FilingRecord, Kind, Subject, changes, new_identifiers

PERIOD = (date(2026, 4, 1), date(2026, 6, 30))
ACCOUNT = Subject(
    "9901230001001001",
    "青禾发布",
    Kind.ACCOUNT,
    "青禾县人民政府办公室",
    None,
    {"账号主体": "青禾县人民政府办公室", "主页地址": "https://weibo.example/qinghe", "账号状态": "正常"},
)
SITE = Subject(
    "9901230001", "青禾县人民政府", Kind.SITE, "青禾县人民政府办公室", True, {"首页网址": "http://qinghe.example"}
)
CLOSED = replace(ACCOUNT, details={**ACCOUNT.details, "账号状态": "注销"})


def compared(before: list[Subject], after: list[Subject], *records: FilingRecord) -> list[Change]:
    """Compare two ledgers."""
    return changes(before, after, records, PERIOD)


def renamed(name: str, **others: object) -> Subject:
    """The account under another name."""
    return replace(ACCOUNT, name=name, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "kind", "values"),
    [
        ([], [ACCOUNT], ChangeKind.OPENED, ("", "")),
        ([ACCOUNT], [], ChangeKind.CLOSED, ("", "")),
        ([ACCOUNT], [CLOSED], ChangeKind.CLOSED, ("", "")),
        ([CLOSED], [ACCOUNT], ChangeKind.OPENED, ("", "")),
        ([ACCOUNT], [renamed("青禾政务")], ChangeKind.RENAMED, ("青禾发布", "青禾政务")),
        (
            [SITE],
            [replace(SITE, sponsor="青禾县大数据局")],
            ChangeKind.SPONSOR,
            ("青禾县人民政府办公室", "青禾县大数据局"),
        ),
        (
            [ACCOUNT],
            [replace(ACCOUNT, details={**ACCOUNT.details, "账号主体": "某公司"})],
            ChangeKind.OWNER,
            ("青禾县人民政府办公室", "某公司"),
        ),
    ],
)
def test_changes_are_told(
    before: list[Subject], after: list[Subject], kind: ChangeKind, values: tuple[str, str]
) -> None:
    """Each kind of change is told once, with the object as it is now, and with what was and what is."""
    (change,) = compared(before, after)
    assert (change.kind, (change.before, change.after), change.record) == (kind, values, None)
    assert change.subject == (after or before)[0]


@pytest.mark.parametrize("before", [[], [CLOSED]])
def test_closed_objects_are_no_change(before: list[Subject]) -> None:
    """What was closed before and is closed now did not change; nor did what came in closed."""
    assert compared(before, [CLOSED]) == []


def test_same_address_under_another_name() -> None:
    """An account without a code goes by its name: a new name at the same address is a new name, no new account."""
    old, new = replace(ACCOUNT, id="青禾发布"), renamed("青禾政务", id="青禾政务")
    record = FilingRecord("青禾发布", Action.ALTER, date(2026, 5, 6))
    (change,) = compared([old], [new], record)
    assert change == Change(ChangeKind.RENAMED, new, "青禾发布", "青禾政务", record)


def test_address_that_several_share_proves_nothing() -> None:
    """Where several new accounts name the address, none of them is taken for the old one."""
    old = replace(ACCOUNT, id="青禾发布")
    new = [renamed(name, id=name) for name in ("甲", "乙")]
    assert [change.kind for change in compared([old], new)] == [ChangeKind.OPENED, ChangeKind.OPENED, ChangeKind.CLOSED]


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        (FilingRecord(ACCOUNT.id, Action.ALTER, PERIOD[0]), True),
        (FilingRecord(ACCOUNT.id, Action.ALTER, PERIOD[1]), True),
        (FilingRecord(ACCOUNT.id, Action.ALTER, date(2026, 3, 31)), False),
        (FilingRecord(ACCOUNT.id, Action.ALTER, date(2026, 7, 1)), False),
        (FilingRecord(ACCOUNT.id, Action.OPEN, PERIOD[0]), False),
        (FilingRecord(SITE.id, Action.ALTER, PERIOD[0]), False),
    ],
)
def test_filings_belong_to_their_change(record: FilingRecord, *, fits: bool) -> None:
    """A filing belongs to a change of its object and its sort, within the period."""
    (change,) = compared([ACCOUNT], [renamed("青禾政务")], record)
    assert change.record == (record if fits else None)


def test_latest_filing_counts() -> None:
    """Of several filings of one change the latest one is named, however they are listed."""
    days = [date(2026, 6, 1), date(2026, 4, 2), date(2026, 5, 1)]
    records = [
        FilingRecord(ACCOUNT.id, action, day)
        for action, day in zip((Action.CLOSE, Action.CANCEL, Action.CLOSE), days, strict=True)
    ]
    (change,) = compared([ACCOUNT], [CLOSED], *records)
    assert change.record == records[0]


@given(st.lists(st.sampled_from([ACCOUNT, SITE, CLOSED]), unique_by=lambda subject: subject.id))
def test_nothing_changes_between_equal_ledgers(ledger: list[Subject]) -> None:
    """A ledger compared with itself, in any order, has no changes."""
    assert compared(ledger, ledger[::-1]) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(ACCOUNT, sponsor=""), ACCOUNT),
        (ACCOUNT, replace(ACCOUNT, sponsor="")),
        (CLOSED, replace(ACCOUNT, details={"账号主体": ACCOUNT.sponsor})),
        (replace(ACCOUNT, details={}), ACCOUNT),
    ],
)
def test_what_a_ledger_lacks_is_no_change(before: Subject, after: Subject) -> None:
    """A layout without sponsors or states, and one that has them: nothing has another sponsor or runs again by that."""
    assert compared([before], [after]) == []


def test_spelling_is_no_change() -> None:
    """Full-width characters and blanks make no other name, and no other unit."""
    old = renamed("QH发布(一)", sponsor="青禾县教育局(本级)")
    assert compared([old], [renamed("ＱＨ发布（一）", sponsor="青禾县 教育局（本级）")]) == []


def test_kind_that_only_one_ledger_lists() -> None:
    """A ledger of accounts only does not mean that all sites were closed, or that they are new later."""
    assert compared([SITE, ACCOUNT], [ACCOUNT]) == compared([ACCOUNT], [SITE, ACCOUNT]) == []


def test_account_that_got_its_code() -> None:
    """A layout without codes, and one with them: the same name, platform and sponsor is the same account."""
    bare = replace(ACCOUNT, id=ACCOUNT.name, details={})
    assert compared([bare], [ACCOUNT]) == compared([ACCOUNT], [bare]) == []


def test_new_identifiers() -> None:
    """Whatever is the same under another identifier is told, and only that: by address, or by name once it got a code."""
    moved = replace(ACCOUNT, id="青禾发布")
    bare, coded = replace(SITE, id=SITE.name, details={}), replace(SITE, details={})
    found = new_identifiers([moved, bare], [renamed("青禾政务", id="青禾政务"), coded])
    assert found == {"青禾发布": "青禾政务", SITE.name: SITE.id}
    assert new_identifiers([ACCOUNT, SITE], [ACCOUNT, SITE]) == {}


def test_account_with_another_code() -> None:
    """An account that was closed, and one of the same name that was opened under another code, are two."""
    old, new = (replace(ACCOUNT, id=f"990123000100100{number}", details={}) for number in (2, 3))
    assert [change.kind for change in compared([old], [new])] == [ChangeKind.OPENED, ChangeKind.CLOSED]


def test_spelling_of_addresses() -> None:
    """The address stays the same with https in the place of http, and with a slash at its end."""
    old = replace(ACCOUNT, id="青禾发布", details={"主页地址": "http://weibo.example/Qinghe/"})
    new = renamed("青禾政务", id="青禾政务", details={"主页地址": "https://weibo.example/qinghe"})
    assert [change.kind for change in compared([old], [new])] == [ChangeKind.RENAMED]
