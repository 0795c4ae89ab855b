"""What changed between the ledgers of two quarters, and whether it was filed and announced as the notices want it.

Clause: 河北省 2019, 三（一）; 江西某县, 第一条 and 第二条; 丰都县 2019, 三（三）1.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from govkit.folding import fold
from govkit.ledger.filing import Action, FilingRecord
from govkit.ledger.model import OWNER, PLATFORM, STATE, Kind, Subject


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

    Objects are the same where they have the same identifier, and where `new_identifiers` says so.

    An object that is closed in the ledger counts as gone: one that is still listed, but closed now, was closed in
    between, and one that is closed in both is no change. What one of the ledgers does not tell is no change either: its
    sponsor, whether what was closed runs again, or all objects of a kind of which it lists none.

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
        if record.filed <= last:
            filed.setdefault(record.subject_id, []).append(record)
    told = told_kinds(before) & told_kinds(after)
    before, after = ([subject for subject in ledger if subject.kind in told] for ledger in (before, after))
    now_called = new_identifiers(before, after)
    old = {now_called.get(subject.id, subject.id): subject for subject in before}
    new = {subject.id: subject for subject in after}
    found = []
    for name in dict.fromkeys((*new, *old)):
        was_listed, is_listed = old.get(name), new.get(name)
        subject = is_listed or old[name]
        names = {each.id for each in (was_listed, is_listed) if each}
        for kind, was, now in _differences(*_running(was_listed, is_listed)):
            own = (record for each in names for record in filed.get(each, ()))
            # What is opened may have been filed long before it shows.
            since = date.min if kind == ChangeKind.OPENED else first
            fitting = sorted(
                (each for each in own if each.action in _FILED_AS[kind] and each.filed >= since),
                key=lambda each: each.filed,
            )
            found.append(Change(kind, subject, was, now, fitting[-1] if fitting else None))
    return found


def new_identifiers(before: Sequence[Subject], after: Sequence[Subject]) -> dict[str, str]:
    """The objects of two ledgers that are the same under another identifier: the new identifiers by the old.

    These are objects whose identifier is missing on the other side, where they alone have the same address (an account
    without a code goes by its name, which may have changed); then those with a code here and none there, where they
    alone have the same name, platform and sponsor.
    """
    found: dict[str, str] = {}
    for key_of in (_address_of, _names_of):
        found |= _the_same(before, after, found, key_of)
    return found


def told_kinds(ledger: Iterable[Subject]) -> frozenset[Kind]:
    """The kinds of objects that a ledger tells of: one that lists accounts only says nothing of sites."""
    return frozenset(subject.kind for subject in ledger) or frozenset(Kind)


def _the_same(
    before: Sequence[Subject],
    after: Sequence[Subject],
    known: Mapping[str, str],
    key_of: Callable[[Subject], Hashable],
) -> dict[str, str]:
    """Objects under other identifiers that share a key, each the only one with it: the new identifiers by the old."""
    listed_before, listed_after = {subject.id for subject in before}, {subject.id for subject in after}
    gone = _only_ones(before, listed_after | known.keys(), key_of)
    come = _only_ones(after, listed_before | set(known.values()), key_of)
    return {
        gone[key].id: come[key].id
        for key in gone.keys() & come.keys()
        if key_of is _address_of or gone[key].has_code != come[key].has_code
    }


def _only_ones(
    subjects: Iterable[Subject], but: Container[str], key_of: Callable[[Subject], Hashable]
) -> dict[Hashable, Subject]:
    """Objects by their keys, where they are the only ones that have it; without those of some identifiers."""
    found: dict[Hashable, list[Subject]] = {}
    for subject in subjects:
        if subject.id not in but and (key := key_of(subject)):
            found.setdefault(key, []).append(subject)
    return {key: each[0] for key, each in found.items() if len(each) == 1}


def _address_of(subject: Subject) -> Hashable:
    return subject.address and (subject.kind, subject.address)


def _names_of(subject: Subject) -> Hashable:
    return subject.kind, *map(fold, (subject.name, subject.details.get(PLATFORM, ""), subject.sponsor))


def _running(old: Subject | None, new: Subject | None) -> tuple[Subject | None, Subject | None]:
    """What runs of an object as it was and as it is; what was closed does so still where the ledger has no states."""
    if old and new and old.is_closed and STATE[new.kind] not in new.details:
        return None, None
    return (None if old and old.is_closed else old), (None if new and new.is_closed else new)


def _differences(old: Subject | None, new: Subject | None) -> Iterator[tuple[ChangeKind, str, str]]:
    if old is None or new is None:
        if new:
            yield ChangeKind.OPENED, "", ""
        elif old:
            yield ChangeKind.CLOSED, "", ""
        return
    if _differ(old.name, new.name):
        yield ChangeKind.RENAMED, old.name, new.name
    if old.sponsor and new.sponsor and _differ(old.sponsor, new.sponsor):
        yield ChangeKind.SPONSOR, old.sponsor, new.sponsor
    was, now = old.details.get(OWNER, ""), new.details.get(OWNER, "")
    if new.kind == Kind.ACCOUNT and was and now and _differ(was, now):
        yield ChangeKind.OWNER, was, now


def _differ(one: str, other: str) -> bool:
    return one != other and fold(one) != fold(other)
