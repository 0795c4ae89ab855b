"""Where batches are: files in a folder, or schemas on a PostgreSQL server."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import URL, Connection, inspect
from sqlalchemy.schema import CreateSchema

from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.store.database import Database, file_database, schema_database, server_engine
from govkit.store.errors import StoreError, database_errors, file_errors
from govkit.store.evidence import FolderShelf, Shelf, TableShelf

_SUFFIX = ".sqlite"
_SHOTS = "截图"
_PREFIX = "govkit_"
_NAME_BYTES = 40  # of 63 that PostgreSQL leaves a name


@dataclass(frozen=True, slots=True)
class Site:
    """A batch being built: nothing of it is there before it is done."""

    key: str
    database: Database
    connection: Connection
    shelf: Shelf


class Place(Protocol):
    """Where batches are."""

    def batch_keys(self) -> list[str]:
        """The keys of what may be batches."""

    def key_of(self, name: str) -> str:
        """The key that a batch of this name has."""

    def database(self, key: str) -> Database:
        """The database of a batch."""

    def shelf(self, key: str, database: Database) -> Shelf:
        """The screenshots of a batch."""

    def building(self, name: str) -> AbstractContextManager[Site]:
        """A new batch; it appears when the block ends well.

        Raises:
            StoreError: there is one of this name.
        """


class FolderPlace:
    """A file for each batch, with a folder of screenshots beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def batch_keys(self) -> list[str]:
        """The files, by name."""
        with file_errors(str(self._folder)):
            return sorted(file.stem for file in self._folder.iterdir() if file.suffix == _SUFFIX)

    def key_of(self, name: str) -> str:
        """The name, made safe."""
        return safe_stem(name)

    def database(self, key: str) -> Database:
        """The file."""
        return file_database(self._folder / f"{key}{_SUFFIX}")

    def shelf(self, key: str, database: Database) -> Shelf:
        """The folder beside the file."""
        del database
        return FolderShelf(self._folder / f"{key}_{_SHOTS}")

    @contextmanager
    def building(self, name: str) -> Iterator[Site]:
        """Build under another name, then give the file its own."""
        key = self.key_of(name)
        path, temporary = self._folder / f"{key}{_SUFFIX}", self._folder / f".{uuid4().hex}.tmp"
        exists = StoreError(say("store.exists", name=name, place=path))
        if path.exists():
            raise exists
        database = file_database(temporary, new=True)
        try:
            try:
                with database.writing() as connection:
                    yield Site(key, database, connection, self.shelf(key, database))
            finally:
                database.close()
            with file_errors(str(self._folder)):
                try:
                    _give_name(temporary, path)
                except FileExistsError:
                    raise exists from None
        finally:
            temporary.unlink(missing_ok=True)


def _give_name(temporary: Path, path: Path) -> None:
    """Give a finished file its name.

    Raises:
        FileExistsError: another process has made one of this name meanwhile; it is not replaced.
    """
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on a USB stick
        if path.exists():
            raise FileExistsError from None
        temporary.rename(path)


class ServerPlace:
    """A schema for each batch; screenshots are rows of a table."""

    def __init__(self, url: URL) -> None:
        self._url = url

    def batch_keys(self) -> list[str]:
        """The schemas of ours."""
        engine = server_engine(self._url)
        try:
            with database_errors(self._name()):
                return [name for name in inspect(engine).get_schema_names() if name.startswith(_PREFIX)]
        finally:
            engine.dispose()

    def key_of(self, name: str) -> str:
        """The beginning of the name, and a part of its hash: what PostgreSQL takes for a name is short."""
        stem = safe_stem(name)
        start = re.sub(r"\W", "_", stem).encode()[:_NAME_BYTES].decode(errors="ignore")
        return f"{_PREFIX}{start}_{hashlib.sha256(stem.encode()).hexdigest()[:8]}"

    def database(self, key: str) -> Database:
        """The schema."""
        return schema_database(server_engine(self._url), key)

    def shelf(self, key: str, database: Database) -> Shelf:
        """The table."""
        del key
        return TableShelf(database.reading, database.writing)

    @contextmanager
    def building(self, name: str) -> Iterator[Site]:
        """Build in one transaction."""
        key = self.key_of(name)
        if key in self.batch_keys():
            raise StoreError(say("store.exists", name=name, place=self._name()))
        database = self.database(key)
        try:
            with database.writing() as connection:
                connection.execute(CreateSchema(key))
                # What is being built is only seen from inside its own transaction.
                inside = TableShelf(lambda: nullcontext(connection), lambda: nullcontext(connection))
                yield Site(key, database, connection, inside)
        finally:
            database.close()

    def _name(self) -> str:
        return self._url.render_as_string(hide_password=True)
