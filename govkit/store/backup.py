"""Copies of a batch or of the register: a .zip that is the same for every database, so that they can move.

It holds the rows of each table as JSON lines, the screenshots, and a manifest with the version of the tables and the
SHA-256 of every member. Rows go through one by one; no copy is ever held in memory.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select, text

from govkit.messages import say
from govkit.store import tables
from govkit.store.database import Database, now
from govkit.store.errors import StoreError, file_errors
from govkit.store.evidence import EVIDENCE_NAME, Shelf, written_whole
from govkit.store.migrations import version_of

_MANIFEST, _ROWS, _SHOTS = "manifest.json", "tables/{}.jsonl", "evidence/"
_FORMAT, _REGISTER_FORMAT = "govkit-backup-1", "govkit-register-1"
_NOT_COPIED = {tables.schema_version.name, tables.presence.name, tables.evidence.name}
_ROWS_AT_ONCE = 2_000
_BLOCK = 1 << 20
_COPIES_KEPT = 14
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write_backup(database: Database, shelf: Shelf | None, path: Path) -> None:
    """Write a copy of a batch or of the register, whole or not at all; what it is, its tables tell.

    Args:
        database: its tables, of any version.
        shelf: its screenshots; None leaves them out.
        path: the .zip; it is replaced.

    Raises:
        StoreError: it cannot be written, or what is copied cannot be read.
    """
    with (
        file_errors(str(path)),
        written_whole(path) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        database.reading() as connection,
    ):
        members: dict[str, str] = {}
        copied = _tables(database, connection)
        is_batch = any(table.name == tables.batch.name for table in copied)
        for table in copied:
            member = _ROWS.format(table.name)
            members[member] = _write_member(archive, member, _lines(connection, table))
        for name in shelf.names() if shelf else ():
            member = _SHOTS + name
            members[member] = _write_member(archive, member, [(shelf.get(name) if shelf else None) or b""])
        manifest = {
            "format": _FORMAT if is_batch else _REGISTER_FORMAT,
            "schema": version_of(connection),
            "name": connection.execute(select(tables.batch.c.name)).scalar_one() if is_batch else "",
            "made_at": now(connection).isoformat(),
            "members": members,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _tables(database: Database, connection: Connection) -> list[Table]:
    """The tables as they are, of whatever version, those first that others point to."""
    metadata = MetaData()
    metadata.reflect(connection, schema=database.schema or None)
    return [table for table in metadata.sorted_tables if table.name not in _NOT_COPIED]


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(query).mappings():
        yield json.dumps(dict(row)).encode() + b"\n"


def _write_member(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            digest.update(piece)
            member.write(piece)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was found to be whole. `version` is that of its tables; `name` is the batch's."""

    of_register: bool
    name: str
    version: int
    members: Mapping[str, str]
    archive: zipfile.ZipFile

    def fill(self, database: Database, connection: Connection, shelf: Shelf) -> None:
        """Put rows and screenshots into tables that are empty, and of the same version."""
        for table in _tables(database, connection):
            if _ROWS.format(table.name) in self.members:
                for rows in self._rows(table):
                    connection.execute(insert(table), rows)
        if database.schema:
            _continue_numbers(connection, database.schema)
        for member in self.members:
            if member.startswith(_SHOTS):
                shelf.keep(member.removeprefix(_SHOTS), self.archive.read(member))

    def _rows(self, table: Table) -> Iterator[list[dict[str, Any]]]:
        rows: list[dict[str, Any]] = []
        with self.archive.open(_ROWS.format(table.name)) as lines:
            for line in lines:
                rows.append(json.loads(line))
                if len(rows) == _ROWS_AT_ONCE:
                    yield rows
                    rows = []
        if rows:
            yield rows


def _continue_numbers(connection: Connection, schema: str) -> None:
    """PostgreSQL numbers new entries after those that brought their own number."""
    of_log = f'"{schema}".log'
    last = text(f"SELECT setval(pg_get_serial_sequence(:name, 'seq'), (SELECT max(seq) FROM {of_log}))")  # noqa: S608
    connection.execute(last, {"name": of_log})


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """A copy, once every member has been held against its hash.

    Raises:
        StoreError: it is no copy of govkit's, or it is damaged.
    """
    damaged = StoreError(say("store.backup_damaged", file=path.name))
    with file_errors(str(path)), path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
            manifest = json.loads(archive.read(_MANIFEST))
            members: dict[str, str] = manifest["members"]
            known = manifest["format"] in {_FORMAT, _REGISTER_FORMAT}
            whole = known and {*archive.namelist()} == {*members, _MANIFEST}
            if not whole or not all(_is_sound(archive, name, sha256) for name, sha256 in members.items()):
                raise damaged
            of_register = manifest["format"] == _REGISTER_FORMAT
            backup = Backup(of_register, str(manifest["name"]), int(manifest["schema"]), members, archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, TypeError, ValueError) as error:
            raise damaged from error
        with archive:
            yield backup


def _is_sound(archive: zipfile.ZipFile, name: str, sha256: str) -> bool:
    if name.startswith(_SHOTS):
        shot = name.removeprefix(_SHOTS)
        if not EVIDENCE_NAME.fullmatch(shot) or not shot.startswith(sha256):
            return False
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == sha256


def copy_before_migration(copies: Path, key: str, database: Database, version: int) -> None:
    """Keep what is there as it was before its tables are taken forward.

    Args:
        copies: the folder for copies; it is made.
        key: what the copy is called by.
        database: what is copied.
        version: that of its tables.
    """
    _make(copies)
    write_backup(database, None, copies / say("store.copy_before", batch=key, version=version))


def copy_of_the_day(copies: Path, key: str, database: Database) -> None:
    """Keep a copy, the first time on each day; of the earlier ones the last are kept.

    Screenshots are left out: their files never change. The arguments are those of `copy_before_migration`.
    """
    _make(copies)
    path = copies / f"{key}_{_today()}.zip"
    if path.exists():
        return
    write_backup(database, None, path)
    with file_errors(str(copies)):
        days = [file for file in copies.iterdir() if _DAY.fullmatch(file.stem.removeprefix(f"{key}_"))]
        for file in sorted(days)[:-_COPIES_KEPT]:
            file.unlink()


def _make(copies: Path) -> None:
    with file_errors(str(copies)):
        copies.mkdir(parents=True, exist_ok=True)


def _today() -> date:
    return datetime.now().astimezone().date()
