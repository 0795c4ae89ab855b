"""Where batches and the register are: files in a folder, or schemas on a PostgreSQL server."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from sqlalchemy import URL, Connection, func, inspect, select
from sqlalchemy.schema import CreateSchema

from govkit.file_names import safe_stem
from govkit.store.database import Database, file_database, schema_database, server_engine
from govkit.store.errors import database_errors, file_errors
from govkit.store.evidence import FolderShelf, Shelf, TableShelf

_SUFFIX = ".sqlite"
_SHOTS = "截图"
_REGISTER, _REGISTER_SHOTS = "登记簿.db", "登记簿的截图"  # no batch has a file or folder of these names
_NAME_BYTES = 40  # of 63 that PostgreSQL leaves a name


class Schemas(NamedTuple):
    """What schemas of a server are called.

    Attributes:
        prefix: how those of batches begin.
        register: that of the register, which does not begin so.
    """

    prefix: str
    register: str


_OFFICE = Schemas("govkit_", "govregister")
_PRACTICE = Schemas("govpractice_", "govpracticeregister")  # what is judged for practice is no batch of the office


class TakenError(Exception):
    """There is something already where something new was to be made; `place` names where."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Site:
    """What is being built: nothing of it is there before it is done."""

    database: Database
    connection: Connection
    shelf: Shelf


class Spot(Protocol):
    """Where one batch, or the register, is or can be made."""

    def is_taken(self) -> bool:
        """Whether there is something."""

    def database(self) -> Database:
        """The database that is there."""

    def shelf(self, database: Database) -> Shelf:
        """The screenshots that belong to it."""

    def building(self) -> AbstractContextManager[Site]:
        """Something new; it appears when the block ends well.

        Raises:
            TakenError: there is something, or another process has made it meanwhile.
        """


class Place(Protocol):
    """Where batches and the register are."""

    def batch_keys(self) -> list[str]:
        """The keys of what may be batches."""

    def key_of(self, name: str) -> str:
        """The key that a batch of this name has."""

    def batch(self, key: str) -> Spot:
        """Where a batch is."""

    def register(self) -> Spot:
        """Where the register is."""

    def practice(self, folder: Path) -> "Place":
        """Where batches of the training are, apart from all others.

        Args:
            folder: the data folder of the training.
        """


class FileSpot:
    """A file, with a folder of screenshots beside it."""

    def __init__(self, path: Path, shots: str) -> None:
        self._path, self._shots = path, path.with_name(shots)

    def is_taken(self) -> bool:
        """Whether the file is there."""
        with file_errors(str(self._path.parent)):
            return self._path.exists()

    def database(self) -> Database:
        """The file."""
        return file_database(self._path)

    def shelf(self, database: Database) -> Shelf:
        """The folder beside the file."""
        del database
        return FolderShelf(self._shots)

    @contextmanager
    def building(self) -> Iterator[Site]:
        """Build under another name, then give the file its own."""
        if self.is_taken():
            raise TakenError(str(self._path))
        temporary = self._path.with_name(f".{uuid4().hex}.tmp")
        database = file_database(temporary, new=True)
        try:
            try:
                with database.writing() as connection:
                    yield Site(database, connection, self.shelf(database))
            finally:
                database.close()
            with file_errors(str(self._path.parent)):
                try:
                    _give_name(temporary, self._path)
                except FileExistsError:
                    raise TakenError(str(self._path)) from None
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


class FolderPlace:
    """A file for each batch, and one for the register."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def batch_keys(self) -> list[str]:
        """The files, by name."""
        with file_errors(str(self._folder)):
            return sorted(file.stem for file in self._folder.iterdir() if file.suffix == _SUFFIX)

    def key_of(self, name: str) -> str:
        """The name, made safe."""
        return safe_stem(name)

    def batch(self, key: str) -> Spot:
        """The file of a batch."""
        return FileSpot(self._folder / f"{key}{_SUFFIX}", f"{key}_{_SHOTS}")

    def register(self) -> Spot:
        """The file of the register."""
        return FileSpot(self._folder / _REGISTER, _REGISTER_SHOTS)

    def practice(self, folder: Path) -> "FolderPlace":
        """The folder itself."""
        return FolderPlace(folder)


class SchemaSpot:
    """A schema of a server; screenshots are rows of a table."""

    def __init__(self, url: URL, schema: str) -> None:
        self._url, self._schema = url, schema

    def is_taken(self) -> bool:
        """Whether the schema is there."""
        return self._schema in _schemas(self._url)

    def database(self) -> Database:
        """The schema."""
        return schema_database(server_engine(self._url), self._schema)

    def shelf(self, database: Database) -> Shelf:
        """The table."""
        return TableShelf(database.reading, database.writing)

    @contextmanager
    def building(self) -> Iterator[Site]:
        """Build in one transaction."""
        database = self.database()
        try:
            with database.writing() as connection:
                # Who makes it at the same moment waits here until it is there.
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(self._schema))))
                if inspect(connection).has_schema(self._schema):
                    raise TakenError(_shown(self._url))
                connection.execute(CreateSchema(self._schema))
                # What is being built is only seen from inside its own transaction.
                inside = TableShelf(lambda: nullcontext(connection), lambda: nullcontext(connection))
                yield Site(database, connection, inside)
        finally:
            database.close()


class ServerPlace:
    """A schema for each batch, and one for the register.

    Args:
        url: of the database.
        schemas: what they are called.
    """

    def __init__(self, url: URL, schemas: Schemas = _OFFICE) -> None:
        self._url, self._named = url, schemas

    def batch_keys(self) -> list[str]:
        """The schemas of batches."""
        return [name for name in _schemas(self._url) if name.startswith(self._named.prefix)]

    def key_of(self, name: str) -> str:
        """The beginning of the name, and a part of its hash: what PostgreSQL takes for a name is short."""
        stem = safe_stem(name)
        start = re.sub(r"\W", "_", stem).encode()[:_NAME_BYTES].decode(errors="ignore")
        return f"{self._named.prefix}{start}_{hashlib.sha256(stem.encode()).hexdigest()[:8]}"

    def batch(self, key: str) -> Spot:
        """The schema of a batch."""
        return SchemaSpot(self._url, key)

    def register(self) -> Spot:
        """The schema of the register."""
        return SchemaSpot(self._url, self._named.register)

    def practice(self, folder: Path) -> "ServerPlace":
        """Schemas of other names, so that several computers have them in common, too."""
        del folder
        return ServerPlace(self._url, _PRACTICE)


def _schemas(url: URL) -> list[str]:
    """The schemas on a server."""
    engine = server_engine(url)
    try:
        with database_errors(_shown(url)):
            return inspect(engine).get_schema_names()
    finally:
        engine.dispose()


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)
