"""The log inside one transaction: lock an object, read its state, compare, append."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, select

from govkit.codec import Value, from_json, to_json
from govkit.findings import Filing, Finding, Stage
from govkit.rubric import Rubric
from govkit.store.database import now
from govkit.store.entries import FILING, Change, Entry, filing_of
from govkit.store.errors import ConflictError, FrozenError
from govkit.store.tables import draft, log, subject

_ROWS_AT_ONCE = 2_000


def new_step() -> str:
    """An id for one action."""
    return uuid4().hex


def lock(connection: Connection, subject_id: str) -> None:
    """Let nobody else write at an object until the transaction ends.

    Raises:
        KeyError: there is no such object.
    """
    query = select(subject.c.id).where(subject.c.id == subject_id).with_for_update()
    if connection.execute(query).first() is None:
        raise KeyError(subject_id)


def entry_of(row: Row[tuple[object, ...]]) -> Entry:
    """A row of the log as an entry."""
    value = from_json(row.value, row.subject_id, row.item)
    return Entry(row.seq, row.at, row.actor, row.subject_id, row.item, row.revision, value, row.step, row.undoes)


def current(connection: Connection, subject_id: str, last_seq: int | None = None) -> dict[str, Entry]:
    """The last entry of each item of an object, oldest first; of those up to `last_seq`, where it is given."""
    conditions = [log.c.subject_id == subject_id]
    if last_seq is not None:
        conditions.append(log.c.seq <= last_seq)
    entries = map(entry_of, connection.execute(_latest(*conditions).order_by(log.c.seq)))
    return {entry.item: entry for entry in entries}


def current_of_all(connection: Connection) -> Iterator[Entry]:
    """The last entry of each item of every object, in the order of the ledger."""
    query = _latest().join(subject, subject.c.id == log.c.subject_id).order_by(subject.c.position, log.c.seq)
    yield from map(entry_of, connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)))


def _latest(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    last = (
        select(log.c.subject_id, log.c.item, func.max(log.c.revision).label("revision"))
        .where(*conditions)
        .group_by(log.c.subject_id, log.c.item)
        .subquery()
    )
    same = and_(log.c.subject_id == last.c.subject_id, log.c.item == last.c.item, log.c.revision == last.c.revision)
    return select(log).join(last, same)


def history(connection: Connection, subject_id: str | None = None, item: str | None = None) -> Iterator[Entry]:
    """Entries of the log, oldest first; of one object or one item, where they are given."""
    query = select(log).order_by(log.c.seq).execution_options(yield_per=_ROWS_AT_ONCE)
    if subject_id is not None:
        query = query.where(log.c.subject_id == subject_id)
    if item is not None:
        query = query.where(log.c.item == item)
    yield from map(entry_of, connection.execute(query))


def check_sense(rubric: Rubric, subject_id: str, changes: Sequence[Change]) -> None:
    """Refuse what no form can mean.

    Raises:
        ValueError: an unknown item, a value of another item or object, or two changes of one item.
    """
    for change in changes:
        if not _makes_sense(rubric, subject_id, change.item, change.value):
            raise ValueError(change)
    if len({change.item for change in changes}) < len(changes):
        raise ValueError(changes)


def _makes_sense(rubric: Rubric, subject_id: str, item: str, value: Value) -> bool:
    if item == FILING:
        return isinstance(value, Filing)
    if item in rubric.items:
        return value is None or (isinstance(value, Finding) and (value.subject_id, value.item) == (subject_id, item))
    return item in rubric.quantities and (
        value is None
        or (isinstance(value, tuple) and all((m.subject_id, m.quantity) == (subject_id, item) for m in value))
    )


def check_fresh(entries: Mapping[str, Entry], changes: Sequence[Change]) -> None:
    """Refuse what does not fit the state of an object.

    Raises:
        FrozenError: an answer or a quantity, while the object is submitted or reviewed.
        ConflictError: a change that rests on another revision than the last.
    """
    filing = filing_of(entries)
    if filing.stage != Stage.CHECKING and any(change.item != FILING for change in changes):
        raise FrozenError(filing)
    stale = [c for c in changes if c.revision != (entries[c.item].revision if c.item in entries else 0)]
    if stale:
        raise ConflictError(stale, [entries[change.item] for change in stale if change.item in entries])


def append(
    connection: Connection,
    actor: str,
    subject_id: str,
    changes: Sequence[Change],
    *,
    at: datetime | None = None,
    undoes: str = "",
) -> tuple[Entry, ...]:
    """Write changes that were checked, as one step; what the actor was typing at these items is then done."""
    at, step = at or now(connection), new_step()
    entries = [Entry(0, at, actor, subject_id, c.item, c.revision + 1, c.value, step, undoes) for c in changes]
    adding = insert(log).returning(log.c.seq)
    written = [replace(e, seq=connection.execute(adding.values(row_of(e))).scalar_one()) for e in entries]
    items = [change.item for change in changes]
    connection.execute(
        delete(draft).where(draft.c.actor == actor, draft.c.subject_id == subject_id, draft.c.item.in_(items))
    )
    return tuple(written)


def append_first(connection: Connection, entries: Iterable[Entry]) -> None:
    """Write the first entries of a new batch."""
    rows: list[dict[str, object]] = []
    for entry in entries:
        rows.append(row_of(entry))
        if len(rows) == _ROWS_AT_ONCE:
            connection.execute(insert(log), rows)
            rows = []
    if rows:
        connection.execute(insert(log), rows)


def row_of(entry: Entry) -> dict[str, object]:
    """The columns of an entry, without the number that the database gives it."""
    return {
        "at": entry.at,
        "actor": entry.actor,
        "subject_id": entry.subject_id,
        "item": entry.item,
        "revision": entry.revision,
        "value": to_json(entry.value),
        "step": entry.step,
        "undoes": entry.undoes,
    }


def undoable(entries: Sequence[Entry], actor: str, loaded_step: str) -> tuple[Entry, ...]:
    """The entries of the actor's latest step that can be taken back.

    Args:
        entries: the whole log of one object.
        actor: who wants to take back.
        loaded_step: the step that took in the workbook: it was no answer at this object.
    """
    undone = {entry.undoes for entry in entries}
    filed = {entry.step for entry in entries if entry.item == FILING}
    kept = undone | filed | {loaded_step}
    own = [e for e in entries if e.actor == actor and not e.undoes and e.step not in kept]
    return tuple(entry for entry in own if entry.step == own[-1].step)


def taken_back(entries: Sequence[Entry], step: Sequence[Entry]) -> list[Change]:
    """The changes that take a step back.

    Raises:
        ConflictError: somebody has changed an item since. What was changed and taken back again does not count.
    """
    by_item: dict[str, list[Entry]] = {}
    for entry in entries:
        by_item.setdefault(entry.item, []).append(entry)
    changes, changed_since = [], []
    for entry in step:
        lines = by_item[entry.item]
        before = lines[entry.revision - 2].value if entry.revision > 1 else None
        changes.append(Change(entry.item, before, lines[-1].revision))
        if _standing(lines) != entry:
            changed_since.append(changes[-1])
    if changed_since:
        raise ConflictError(changed_since, [by_item[change.item][-1] for change in changed_since])
    return changes


def _standing(lines: Sequence[Entry]) -> Entry | None:
    """The entry of an item whose value stands, past everything that was taken back; None where nothing stands."""
    revision_of = {line.step: line.revision for line in lines}
    revision = len(lines)
    while revision and lines[revision - 1].undoes in revision_of:
        revision = revision_of[lines[revision - 1].undoes] - 1
    return lines[revision - 1] if revision else None
