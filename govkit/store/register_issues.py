"""整改 in the register: each problem with its events, one entry an event; the revision of a case is their number."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from govkit.issues import Case, Event, ImpossibleError, Issue, Issued
from govkit.messages import say
from govkit.store import register_log as logs
from govkit.store.database import Database
from govkit.store.errors import OutdatedError, StoreError
from govkit.store.migrations import locked_version
from govkit.store.register_entries import RegisterEntry, Topic
from govkit.store.register_log import Key


class IssueRegister:
    """The part of the register that follows problems until they are gone."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def issue_notice(self, actor: str, issues: Iterable[Issue], day: date, deadline: date) -> int:
        """Keep the problems of which units are told (整改通知书); what they were told of before is left as it is.

        Args:
            actor: who tells them.
            issues: the problems.
            day: of the notice.
            deadline: by which they are to be mended, after that day.

        Returns:
            How many were new.

        Raises:
            StoreError: the deadline is not after the day.
        """
        if deadline <= day:
            raise StoreError(say("register.bad_deadline", day=day, deadline=deadline))
        with self._writing() as connection:
            known = {entry.item for entry in logs.current(connection, Topic.RECTIFICATION)}
            new = {issue.id: issue for issue in issues if issue.id not in known}
            told = [(_key(issue.subject_id, issue.id), Issued(issue, day, deadline), None) for issue in new.values()]
            logs.append_many(connection, actor, told)
        return len(new)

    def rectify(self, actor: str, issue_id: str, event: Event, revision: int) -> RegisterEntry[Event]:
        """Keep what happened to a problem.

        Args:
            actor: who tells.
            issue_id: the number of the problem.
            event: what happened.
            revision: how many events they saw.

        Raises:
            OutdatedError: something has happened since.
            StoreError: there is no such problem, or that cannot happen to it now.
        """
        with self._writing() as connection:
            subject_id = logs.subject_of(connection, Topic.RECTIFICATION, issue_id)
            if subject_id is None:
                raise StoreError(say("register.no_issue", id=issue_id))
            return _rectify(connection, actor, _key(subject_id, issue_id), event, revision)

    def rectify_all(self, actor: str, events: Sequence[tuple[str, Event]], cases: Iterable[Case]) -> None:
        """Keep what happened to many problems, by their numbers, in one step: all of it, or nothing.

        Args:
            actor: who tells.
            events: what happened, in order.
            cases: the problems as they were seen.

        Raises:
            OutdatedError: something has happened to one of them since.
            StoreError: that cannot happen to one of them now.
        """
        seen = {case.issue.id: case for case in cases}
        with self._writing() as connection:
            for issue_id, event in events:
                case = seen[issue_id]
                key = _key(case.issue.subject_id, issue_id)
                _rectify(connection, actor, key, event, len(case.events))
                seen[issue_id] = Case((*case.events, event))

    def rectifications(self, source: str | None = None) -> tuple[Case, ...]:
        """The problems with their events, in the order in which units were told; of one source, where it is given."""
        with self.database.reading() as connection:
            events: dict[str, list[Event]] = {}
            for entry in logs.history(connection, Topic.RECTIFICATION):
                events.setdefault(entry.item, []).append(entry.value)
        cases = (Case(tuple(each)) for each in events.values())
        return tuple(case for case in cases if source is None or case.issue.source == source)

    def last_rectified(self) -> int:
        """The number of the last event of any problem: while it is the same, all problems stand as they were read."""
        with self.database.reading() as connection:
            return logs.last_seq(connection, Topic.RECTIFICATION)

    def told(self, case: Case) -> list[RegisterEntry[Event]]:
        """The events of a problem with who told them, and when; oldest first."""
        with self.database.reading() as connection:
            return logs.entries(connection, _key(case.issue.subject_id, case.issue.id))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes: what it has read stays true until it is done."""
        with self.database.writing() as connection:
            locked_version(connection)
            yield connection


def _rectify(connection: Connection, actor: str, key: Key, event: Event, revision: int) -> RegisterEntry[Event]:
    entries = logs.entries(connection, key)
    if len(entries) != revision:
        raise OutdatedError(key.item, entries[-1])
    try:
        Case(tuple(entry.value for entry in entries)).followed_by(event)
    except ImpossibleError as error:
        raise StoreError(str(error)) from None
    return logs.append(connection, actor, key, event, entries[-1])


def _key(subject_id: str, issue_id: str) -> Key:
    return Key(Topic.RECTIFICATION, None, subject_id, issue_id)
