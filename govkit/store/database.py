"""Connections to the database of one batch: an SQLite file, or a schema on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select

from govkit.store.errors import database_errors

POSTGRESQL = "postgresql"
_WAIT_SECONDS = 15  # for another process that is writing
_CONNECT_SECONDS = 5
_NEW_FILE = "PRAGMA journal_mode = WAL"  # stays in the file; others' files are never switched
_SET_UP = ("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")  # a commit is on the disk before it returns
_AT_ONCE = "govkit_at_once"


@dataclass(frozen=True)
class Database:
    """The tables of one batch. `place` names it to a person; `schema` is empty for a file."""

    engine: Engine
    place: str
    schema: str = ""

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state throughout, whatever others write meanwhile."""
        level = {"isolation_level": "REPEATABLE READ"} if self.schema else {}
        return self._transaction(level)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is kept when the block ends, and is as if it had never been where the block fails."""
        return self._transaction({} if self.schema else {_AT_ONCE: True})

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        with database_errors(self.place), self.engine.execution_options(**options).begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def file_database(path: Path, *, new: bool = False) -> Database:
    """The database in a file; it must be there, unless a new one is to be made."""
    mode = "rwc" if new else "rw"
    url = URL.create("sqlite", database=path.as_uri(), query={"mode": mode, "uri": "true"})
    engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS})
    pragmas = (_NEW_FILE, *_SET_UP) if new else _SET_UP
    event.listen(engine, "connect", lambda connection, _: _set_up_file(connection, pragmas))
    event.listen(engine, "begin", _begin_file)
    return Database(engine, path.name)


def server_engine(url: URL) -> Engine:
    """An engine for a PostgreSQL server."""
    arguments = {"connect_timeout": _CONNECT_SECONDS, "options": f"-c lock_timeout={_WAIT_SECONDS}s"}
    return create_engine(url.set(drivername="postgresql+psycopg"), connect_args=arguments, pool_pre_ping=True)


def schema_database(engine: Engine, schema: str) -> Database:
    """The database in a schema of a server."""
    return Database(
        engine.execution_options(schema_translate_map={None: schema}),
        engine.url.host or engine.url.database or "",
        schema,
    )


def now(connection: Connection) -> datetime:
    """The time, aware and in UTC: that of the server where there is one, so that all who write go by one clock."""
    if connection.dialect.name == POSTGRESQL:
        at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return at.astimezone(UTC)
    return datetime.now(UTC)


def _set_up_file(connection: Any, pragmas: tuple[str, ...]) -> None:
    connection.isolation_level = None  # transactions begin where this module says so
    for pragma in pragmas:
        connection.execute(pragma).close()


def _begin_file(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: what it has read stays true until it is done."""
    at_once = connection.get_execution_options().get(_AT_ONCE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")
