"""What changed between the ledgers of two quarters, and whether it was filed and announced as the notices want it.

Clause: 河北省 2019, 三（一）; 江西某县, 第一条 and 第二条; 丰都县 2019, 三（三）1.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from govkit.ledger.filing import Action, FilingRecord
from govkit.ledger.model import ADDRESS, OWNER, Kind, Subject


class ChangeKind(StrEnum):
    """What happened to an object."""

    OPENED = "opened"
    CLOSED = "closed"
    RENAMED = "renamed"
    SPONSOR = "sponsor"  # another unit sponsors it, or the unit has another name
    OWNER = "owner"  # the certified subject of an account (账号主体) is another


_FILED_AS = {
    ChangeKind.OPENED: {Action.OPEN},
    ChangeKind.CLOSED: {Action.CLOSE, Action.CANCEL},
    ChangeKind.RENAMED: {Action.ALTER},
    ChangeKind.SPONSOR: {Action.ALTER},
    ChangeKind.OWNER: {Action.ALTER},
}


class Change(NamedTuple):
    """A change.

    Attributes:
        kind: what happened.
        subject: the object as it is now; as it was, where it has gone.
        before: the old name or unit; empty for what was opened or closed.
        after: the new one.
        record: the filing of it; None where there is none.
    """

    kind: ChangeKind
    subject: Subject
    before: str
    after: str
    record: FilingRecord | None


def changes(
    before: Sequence[Subject],
    after: Sequence[Subject],
    records: Iterable[FilingRecord],
    period: tuple[date, date],
) -> list[Change]:
    """Compare the ledgers of two quarters.

    Objects are the same where they have the same identifier; those whose identifier is missing on the other side, where
    they alone have the same address (an account without a code goes by its name, which may have changed).

    An object that is closed in the ledger counts as gone: one that is still listed, but closed now, was closed in
    between, and one that is closed in both is no change.

    Args:
        before: the earlier ledger.
        after: the later ledger.
        records: all filings known.
        period: first and last day between the two ledgers; a filing of a change lies in it.

    Returns:
        The changes, in the order of the later ledger; then what is missing there, in the order of the earlier one.
    """
    first, last = period
    filed: dict[str, list[FilingRecord]] = {}
    for record in records:
        if first <= record.filed <= last:
            filed.setdefault(record.subject_id, []).append(record)
    now_called = _same_address(before, after)
    old = {now_called.get(subject.id, subject.id): subject for subject in before}
    new = {subject.id: subject for subject in after}
    found = []
    for name in dict.fromkeys((*new, *old)):
        was_listed, is_listed = old.get(name), new.get(name)
        subject = is_listed or old[name]
        names = {each.id for each in (was_listed, is_listed) if each}
        pair = (None if each is None or each.is_closed else each for each in (was_listed, is_listed))
        for kind, was, now in _differences(*pair):
            own = (record for each in names for record in filed.get(each, ()))
            fitting = sorted((each for each in own if each.action in _FILED_AS[kind]), key=lambda each: each.filed)
            found.append(Change(kind, subject, was, now, fitting[-1] if fitting else None))
    return found


def _same_address(before: Sequence[Subject], after: Sequence[Subject]) -> dict[str, str]:
    """Objects of which only the address stayed: the new identifiers by the old ones."""
    listed_before, listed_after = {subject.id for subject in before}, {subject.id for subject in after}
    gone = _by_address(subject for subject in before if subject.id not in listed_after)
    come = _by_address(subject for subject in after if subject.id not in listed_before)
    return {gone[address].id: come[address].id for address in gone.keys() & come.keys()}


def _by_address(subjects: Iterable[Subject]) -> dict[str, Subject]:
    """Objects by kind and address, where they are the only ones that have it."""
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        if address := subject.details.get(ADDRESS[subject.kind], ""):
            found.setdefault(f"{subject.kind} {address}", []).append(subject)
    return {address: each[0] for address, each in found.items() if len(each) == 1}


def _differences(old: Subject | None, new: Subject | None) -> Iterator[tuple[ChangeKind, str, str]]:
    if old is None or new is None:
        if new:
            yield ChangeKind.OPENED, "", ""
        elif old:
            yield ChangeKind.CLOSED, "", ""
        return
    if old.name != new.name:
        yield ChangeKind.RENAMED, old.name, new.name
    if old.sponsor != new.sponsor:
        yield ChangeKind.SPONSOR, old.sponsor, new.sponsor
    was, now = old.details.get(OWNER, ""), new.details.get(OWNER, "")
    if new.kind == Kind.ACCOUNT and was and now and was != now:
        yield ChangeKind.OWNER, was, now
