"""The store of one batch: answers in, the current state out. Forms hold nothing; they ask here."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, delete, insert, select

from govkit.codec import from_json, to_json
from govkit.findings import Batch, Filing, Finding, Outcome, SpotCheck, Stage
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric
from govkit.store import log as logs
from govkit.store import tables
from govkit.store.backup import write_backup
from govkit.store.database import Database, now
from govkit.store.entries import FILING, BatchInfo, Change, Draft, Entry, Presence, Record
from govkit.store.errors import ConflictError, FrozenError
from govkit.store.evidence import Shelf, keep_evidence, kept_evidence

_PRESENT = timedelta(seconds=30)  # forms tell every few seconds that somebody is there


class Store:
    """One batch. What a method has written is on the disk when it returns.

    Every method raises StoreError where the database cannot be reached, is full, or is held by others for too long.
    """

    def __init__(self, key: str, database: Database, shelf: Shelf) -> None:
        self.database, self.shelf = database, shelf
        with database.reading() as connection:
            row = connection.execute(select(tables.batch)).one()
            subjects = connection.execute(select(tables.subject).order_by(tables.subject.c.position)).all()
        as_of = date.fromisoformat(row.as_of)
        self.info = BatchInfo(key, row.name, as_of, row.organiser, row.rubric_id, row.created_at)
        self.batch = Batch(row.name, as_of, row.rubric_id, row.organiser, row.source, Outcome[row.unlisted])
        self.rubric = Rubric.model_validate_json(row.rubric)
        self.subjects = tuple(
            Subject(s.id, s.name, Kind(s.kind), s.sponsor, s.service, json.loads(s.details)) for s in subjects
        )
        self._by_id = {subject.id: subject for subject in self.subjects}
        self._loaded_step: str = row.loaded_step

    def __enter__(self) -> Self:
        """The store; it is closed when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    def record(self, subject_id: str, version: int | None = None) -> Record:
        """The state of an object; as it was when a version was reviewed, where one is given.

        Raises:
            KeyError: there is no such object, or no such reviewed version.
        """
        subject = self._by_id[subject_id]
        last = None if version is None else self._reviewed(subject_id, version).seq
        with self.database.reading() as connection:
            return Record(subject, logs.current(connection, subject_id, last))

    def _reviewed(self, subject_id: str, version: int) -> Entry:
        for entry in self.versions(subject_id):
            if isinstance(entry.value, Filing) and entry.value.version == version:
                return entry
        raise KeyError(version)

    def records(self) -> Iterator[Record]:
        """The state of every object, in the order of the ledger."""
        with self.database.reading() as connection:
            entries = logs.current_of_all(connection)
            entry = next(entries, None)
            for subject in self.subjects:
                own: dict[str, Entry] = {}
                while entry is not None and entry.subject_id == subject.id:
                    own[entry.item] = entry
                    entry = next(entries, None)
                yield Record(subject, own)

    def versions(self, subject_id: str) -> tuple[Entry, ...]:
        """The entries with which an object was reviewed, oldest first."""
        filings = self.history(subject_id, FILING)
        return tuple(e for e in filings if isinstance(e.value, Filing) and e.value.stage == Stage.REVIEWED)

    def write(self, actor: str, subject_id: str, changes: Sequence[Change], *, undoes: str = "") -> tuple[Entry, ...]:
        """Write changes as one step, all or none. What the actor was typing at these items is then done.

        Raises:
            ConflictError: somebody else has changed an item since.
            FrozenError: an answer or a quantity, while the object is submitted or reviewed.
            KeyError: there is no such object.
            ValueError: no form can mean this: an unknown item, or a value of another one.
        """
        logs.check_sense(self.rubric, subject_id, changes)
        with self.database.writing() as connection:
            logs.lock(connection, subject_id)
            logs.check_fresh(logs.current(connection, subject_id), changes)
            return logs.append(connection, actor, subject_id, changes, undoes=undoes)

    def file(self, actor: str, record: Record, filing: Filing) -> Entry:
        """Move an object on its way from draft to filed; the decision rests on what was seen of it.

        Args:
            actor: who moves it.
            record: the object as it was seen.
            filing: where it stands from now on.

        Raises:
            ConflictError: somebody has written anything at the object since.
        """
        subject_id, change = record.subject.id, Change(FILING, filing, record.revision(FILING))
        with self.database.writing() as connection:
            logs.lock(connection, subject_id)
            entries = logs.current(connection, subject_id)
            newer = [entry for entry in entries.values() if record.entries.get(entry.item) != entry]
            if newer:
                raise ConflictError([change], newer)
            return logs.append(connection, actor, subject_id, [change])[0]

    def draft(self, actor: str, subject_id: str, change: Change) -> datetime:
        """Keep what somebody is typing, in place of what they had typed before.

        Returns:
            When it was kept.

        Raises:
            ConflictError, FrozenError, KeyError, ValueError: as `write`.
        """
        logs.check_sense(self.rubric, subject_id, [change])
        with self.database.writing() as connection:
            logs.lock(connection, subject_id)
            logs.check_fresh(logs.current(connection, subject_id), [change])
            at = now(connection)
            connection.execute(delete(tables.draft).where(*_own_draft(actor, subject_id, change.item)))
            row = {"revision": change.revision, "value": to_json(change.value), "at": at}
            key = {"actor": actor, "subject_id": subject_id, "item": change.item}
            connection.execute(insert(tables.draft).values(**key, **row))
        return at

    def settle(self, subject_id: str | None = None) -> tuple[Draft, ...]:
        """Turn what was typed into entries of the log, each with its own actor and time; at one object, or at all.

        Returns:
            The drafts that do not fit any more, because the item was changed or the object submitted since. They stay.
        """
        query = select(tables.draft).order_by(tables.draft.c.at)
        if subject_id is not None:
            query = query.where(tables.draft.c.subject_id == subject_id)
        with self.database.reading() as connection:
            waiting = connection.execute(query).all()
        left = (self._settle(row.actor, row.subject_id, row.item) for row in waiting)
        return tuple(draft for draft in left if draft)

    def _settle(self, actor: str, subject_id: str, item: str) -> Draft | None:
        """Settle one draft, as it is by now."""
        with self.database.writing() as connection:
            logs.lock(connection, subject_id)
            row = connection.execute(select(tables.draft).where(*_own_draft(actor, subject_id, item))).first()
            if row is None:
                return None
            change = Change(item, from_json(row.value, subject_id, item), row.revision)
            try:
                logs.check_fresh(logs.current(connection, subject_id), [change])
            except (ConflictError, FrozenError):
                return Draft(actor, subject_id, change, row.at)
            logs.append(connection, actor, subject_id, [change], at=row.at)
        return None

    def drop_draft(self, actor: str, subject_id: str, item: str) -> None:
        """Throw away what somebody was typing."""
        with self.database.writing() as connection:
            connection.execute(delete(tables.draft).where(*_own_draft(actor, subject_id, item)))

    def undoable(self, actor: str, subject_id: str) -> tuple[Entry, ...]:
        """The entries of the actor's latest step at an object that `undo` would take back; () where there is none.

        A step that filed the object is none, and neither is the loading of the workbook.
        """
        return logs.undoable(tuple(self.history(subject_id)), actor, self._loaded_step)

    def undo(self, actor: str, subject_id: str) -> tuple[Entry, ...]:
        """Take back the actor's latest step at an object, as a step of its own; () where there is none.

        Raises:
            ConflictError: somebody has changed an item since.
            FrozenError: the object is submitted or reviewed.
            KeyError: there is no such object.
        """
        with self.database.writing() as connection:
            logs.lock(connection, subject_id)
            entries = tuple(logs.history(connection, subject_id))
            step = logs.undoable(entries, actor, self._loaded_step)
            if not step:
                return ()
            changes = logs.taken_back(entries, step)
            logs.check_fresh(logs.current(connection, subject_id), changes)
            return logs.append(connection, actor, subject_id, changes, undoes=step[0].step)

    def history(self, subject_id: str | None = None, item: str | None = None) -> Iterator[Entry]:
        """The log, oldest first; of one object or one item, where they are given."""
        with self.database.reading() as connection:
            yield from logs.history(connection, subject_id, item)

    def last_at(self, actor: str) -> str | None:
        """The object at which somebody wrote last; None where they never did, but for taking in the workbook."""
        own = select(tables.log.c.subject_id).where(tables.log.c.actor == actor, tables.log.c.step != self._loaded_step)
        with self.database.reading() as connection:
            return connection.execute(own.order_by(tables.log.c.seq.desc()).limit(1)).scalar()

    def notes(self, item: str, limit: int = 20) -> list[str]:
        """Notes that this batch has for an item, those of the most objects first."""
        findings = (entry.value for entry in self.history(item=item) if isinstance(entry.value, Finding))
        used = dict.fromkeys((f.subject_id, f.note) for f in findings if f.note)
        return [note for note, _ in Counter(note for _, note in used).most_common(limit)]

    def keep_evidence(self, content: bytes, suffix: str) -> str:
        """Keep a screenshot.

        Args:
            content: the file.
            suffix: of its name, with the dot.

        Returns:
            What it is called from now on.
        """
        return keep_evidence(self.shelf, content, suffix)

    def evidence(self, name: str) -> bytes | None:
        """A screenshot; None where there is none of this name.

        Raises:
            StoreError: this is no name of a screenshot, or its content is not what it was.
        """
        return kept_evidence(self.shelf, name)

    def back_up(self, path: Path) -> None:
        """Write a copy of the batch with everything in it, whole or not at all; see `govkit.store.backup`."""
        write_backup(self.database, self.shelf, path)

    def touch(self, actor: str, session: str, subject_id: str) -> None:
        """Note that somebody is at an object."""
        presence = tables.presence
        with self.database.writing() as connection:
            at = now(connection)
            connection.execute(
                delete(presence).where((presence.c.session == session) | (presence.c.at < at - _PRESENT))
            )
            row = {"session": session, "actor": actor, "subject_id": subject_id, "at": at}
            connection.execute(insert(presence).values(**row))

    def leave(self, session: str) -> None:
        """Note that a session is nowhere any more."""
        with self.database.writing() as connection:
            connection.execute(delete(tables.presence).where(tables.presence.c.session == session))

    def present(self) -> tuple[Presence, ...]:
        """Who was seen in the last two minutes, and where; who was seen last stands last."""
        presence = tables.presence
        with self.database.reading() as connection:
            query = select(presence).where(presence.c.at >= now(connection) - _PRESENT).order_by(presence.c.at)
            return tuple(Presence(row.actor, row.session, row.subject_id, row.at) for row in connection.execute(query))

    def spot_check(self) -> SpotCheck:
        """The whole batch as it is, with what was typed last: objects as in the ledger, findings as in the rubric."""
        self.settle()
        order = {name: place for place, name in enumerate((*self.rubric.items, *self.rubric.quantities))}
        findings, measurements = [], []
        for record in self.records():
            findings += sorted(record.findings.values(), key=lambda f: order[f.item])
            measurements += sorted(record.measurements, key=lambda m: order[m.quantity])
        return SpotCheck(self.batch, self.subjects, tuple(findings), tuple(measurements))


def _own_draft(actor: str, subject_id: str, item: str) -> tuple[ColumnElement[bool], ...]:
    draft = tables.draft.c
    return (draft.actor == actor, draft.subject_id == subject_id, draft.item == item)
