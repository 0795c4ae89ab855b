"""The log of the register inside one transaction: what stands there, what was, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select

from govkit.store.database import now
from govkit.store.register_entries import (
    Quarter,
    RegisterEntry,
    RegisterValue,
    Topic,
    quarter_from_text,
    quarter_to_text,
    value_from_json,
    value_to_json,
)
from govkit.store.tables import register_log as log

_ROWS_AT_ONCE = 2_000
V = TypeVar("V", bound=RegisterValue)


class Key(NamedTuple):
    """What an entry is about; entries of the same key follow each other."""

    topic: Topic
    quarter: Quarter | None = None
    subject_id: str = ""
    item: str = ""


def standing(connection: Connection, key: Key) -> RegisterEntry[Any] | None:
    """The last entry of a key."""
    row = connection.execute(select(log).where(_is(key)).order_by(log.c.revision.desc()).limit(1)).first()
    return _entry_of(row) if row else None


def entries(connection: Connection, key: Key) -> list[RegisterEntry[Any]]:
    """All entries of a key, oldest first."""
    query = select(log).where(_is(key)).order_by(log.c.revision)
    return [_entry_of(row) for row in connection.execute(query)]


def subject_of(connection: Connection, topic: Topic, item: str) -> str | None:
    """What the entries of a topic about an item are about; None where there are none."""
    query = select(log.c.subject_id).where(log.c.topic == topic.value, log.c.item == item).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found


def current(connection: Connection, topic: Topic, quarter: Quarter | None = None) -> list[RegisterEntry[Any]]:
    """The last entry of every key of a topic, oldest first; those of a quarter, where one is given."""
    last = select(func.max(log.c.seq)).where(log.c.topic == topic.value)
    if quarter is not None:
        last = last.where(log.c.quarter == quarter_to_text(quarter))
    last = last.group_by(log.c.quarter, log.c.subject_id, log.c.item)
    return [_entry_of(row) for row in connection.execute(select(log).where(log.c.seq.in_(last)).order_by(log.c.seq))]


def last_seq(connection: Connection, topic: Topic) -> int:
    """The number of the last entry of a topic; 0 where there is none."""
    return connection.execute(select(func.max(log.c.seq)).where(log.c.topic == topic.value)).scalar() or 0


def history(
    connection: Connection, topic: Topic | None = None, subject_id: str | None = None
) -> Iterator[RegisterEntry[Any]]:
    """Entries of the log, oldest first; of one topic or object, where they are given."""
    query = select(log).order_by(log.c.seq).execution_options(yield_per=_ROWS_AT_ONCE)
    if topic is not None:
        query = query.where(log.c.topic == topic.value)
    if subject_id is not None:
        query = query.where(log.c.subject_id == subject_id)
    yield from map(_entry_of, connection.execute(query))


def append(connection: Connection, actor: str, key: Key, value: V, last: RegisterEntry[Any] | None) -> RegisterEntry[V]:
    """Write an entry after the last one of its key."""
    entry = RegisterEntry(0, now(connection), actor, *key, last.revision + 1 if last else 1, value)
    seq = connection.execute(insert(log).returning(log.c.seq).values(**_row_of(entry))).scalar_one()
    return replace(entry, seq=seq)


def append_many(
    connection: Connection,
    actor: str,
    values: Sequence[tuple[Key, RegisterValue, RegisterEntry[Any] | None]],
) -> None:
    """Write many at once, each after the last one of its key."""
    at = now(connection)
    rows = [
        _row_of(RegisterEntry(0, at, actor, *key, last.revision + 1 if last else 1, value))
        for key, value, last in values
    ]
    if rows:
        connection.execute(insert(log), rows)


def _is(key: Key) -> ColumnElement[bool]:
    return and_(
        log.c.topic == key.topic.value,
        log.c.quarter == quarter_to_text(key.quarter),
        log.c.subject_id == key.subject_id,
        log.c.item == key.item,
    )


def _entry_of(row: Row[tuple[object, ...]]) -> RegisterEntry[Any]:
    """A row of the log as an entry."""
    topic = Topic(row.topic)
    value = value_from_json(row.value, topic, row.subject_id, row.item)
    key = Key(topic, quarter_from_text(row.quarter), row.subject_id, row.item)
    return RegisterEntry(row.seq, row.at, row.actor, *key, row.revision, value)


def _row_of(entry: RegisterEntry[RegisterValue]) -> dict[str, object]:
    """The columns of an entry, without the number that the database gives it."""
    return {
        "at": entry.at,
        "actor": entry.actor,
        "topic": entry.topic.value,
        "quarter": quarter_to_text(entry.quarter),
        "subject_id": entry.subject_id,
        "item": entry.item,
        "revision": entry.revision,
        "value": value_to_json(entry.value),
    }
