"""The home of all batches, and of the register: which there are, making and opening one."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError

from govkit.findings import SpotCheck
from govkit.messages import say
from govkit.rubric import Rubric, Rubrics
from govkit.store import tables
from govkit.store.backup import Backup, copy_before_migration, copy_of_the_day, opened_backup
from govkit.store.database import Database
from govkit.store.entries import BatchInfo
from govkit.store.errors import StoreError, file_errors
from govkit.store.evidence import check_evidence, written_whole
from govkit.store.migrations import (
    MIGRATIONS,
    REGISTER_MIGRATIONS,
    Migration,
    locked_version,
    migrate,
    refuse_newer,
    version_of,
)
from govkit.store.new_batch import fill
from govkit.store.places import FolderPlace, Place, ServerPlace, Site, Spot, TakenError
from govkit.store.probe import check_folder
from govkit.store.register import Register
from govkit.store.rubric_files import folder_of, rubrics_in
from govkit.store.store import Store

_INSPECTOR = "检查人.txt"
_LATELY = timedelta(hours=12)
_COPIES, _REGISTER = "自动备份", "登记簿"
_PRACTICE = "练习"


class Home:
    """Where batches and the register are.

    Args:
        folder: the data folder, also where they are on a server: for copies, exports and logs.
        place: where they are.
        migrations: what takes the tables of batches from one version to the next.
        register_migrations: the same of the register.
    """

    def __init__(
        self,
        folder: Path,
        place: Place,
        migrations: Sequence[Migration] = MIGRATIONS,
        register_migrations: Sequence[Migration] = REGISTER_MIGRATIONS,
    ) -> None:
        self.folder = folder
        self._place, self._migrations, self._register_migrations = place, migrations, register_migrations
        self._copies = folder / _COPIES

    def batches(self) -> tuple[BatchInfo, ...]:
        """All batches, the one with the latest 监测时间点 first. What is no batch of ours is left out."""
        found = [info for key in self._place.batch_keys() if (info := self._info(key))]
        return tuple(sorted(found, key=lambda info: (info.as_of, info.created_at), reverse=True))

    def _info(self, key: str) -> BatchInfo | None:
        database = self._place.batch(key).database()
        try:
            with database.reading() as connection:
                row = connection.execute(select(tables.batch)).one()
            return BatchInfo(key, row.name, date.fromisoformat(row.as_of), row.organiser, row.rubric_id, row.created_at)
        except (StoreError, ValueError):
            return None
        finally:
            database.close()

    def named(self, names: Iterable[str]) -> dict[str, BatchInfo]:
        """The batches of these names, those that there are; the others are not opened for it."""
        there = set(self._place.batch_keys())
        keys = {name: key for name in names if (key := self._place.key_of(name)) in there}
        found = {name: self._info(key) for name, key in keys.items()}
        # Names that become one where a system refuses some of their characters are of different batches.
        return {name: info for name, info in found.items() if info and info.name == name}

    def practice(self) -> "Home":
        """The home of what is judged for practice: in a folder of its own, apart from inspections, counted nowhere.

        Raises:
            StoreError: the folder cannot be used.
        """
        folder = self.folder / _PRACTICE
        with file_errors(str(folder)):
            folder.mkdir(exist_ok=True)
        return Home(folder, self._place.practice(folder), self._migrations, self._register_migrations)

    def rubrics(self) -> Rubrics:
        """The rubrics at hand here; see `rubrics_in`."""
        return rubrics_in(self.folder)

    def create(
        self, check: SpotCheck, rubric: Rubric, actor: str, evidence: Mapping[str, bytes] | None = None
    ) -> Store:
        """Make a batch of a spot check: whole, or not at all. Its rubric is pinned: it is kept in the batch itself.

        Args:
            check: what is there from the start; it becomes the first entries of the log, as one step.
            rubric: the rules of the batch.
            actor: who makes it.
            evidence: screenshots by the names that `evidence_name` gives them.

        Raises:
            StoreError: there is a batch of this name, or no room.
            ValueError: it is not the rubric of this spot check.
        """
        if rubric.id != check.batch.rubric_id:
            raise ValueError(rubric.id)
        key = self._place.key_of(check.batch.name)
        with self._building(key, check.batch.name) as site:
            migrate(site.database, site.connection, self._migrations, 0)
            for name, content in (evidence or {}).items():
                check_evidence(name, content)
                site.shelf.keep(name, content)
            fill(site.connection, check, rubric, actor)
        return self.open(key)

    def open(self, key: str) -> Store:
        """Open a batch. Tables that an older govkit made are taken forward first.

        Raises:
            StoreError: there is no such batch, or a newer govkit made it.
        """
        if key not in self._place.batch_keys():
            raise StoreError(say("store.no_batch", name=key))
        spot = self._place.batch(key)
        with self._opened(spot, self._copies, key, self._migrations) as database:
            return Store(key, database, spot.shelf(database))

    def restore(self, path: Path) -> Store | Register:
        """Make what a copy is of, a batch or the register: whole, or not at all.

        Numbers, times and names are those of the copy.

        Raises:
            StoreError: the copy is damaged, a newer govkit made it, or there is a batch of its name, or a register.
        """
        with opened_backup(path) as backup:
            if backup.of_register:
                self._restore_register(backup)
                return self.register()
            refuse_newer(backup.version, self._migrations, backup.name)
            key = self._place.key_of(backup.name)
            with self._building(key, backup.name) as site:
                _restore(backup, site, self._migrations)
        return self.open(key)

    def _restore_register(self, backup: Backup) -> None:
        refuse_newer(backup.version, self._register_migrations, _REGISTER)
        try:
            with self._place.register().building() as site:
                _restore(backup, site, self._register_migrations)
        except TakenError as error:
            raise StoreError(say("register.exists", place=error.place)) from None

    def register(self) -> Register:
        """Open the register; where there is none, it is made. Tables that an older govkit made are taken forward first.

        Raises:
            StoreError: a newer govkit made it.
        """
        spot = self._place.register()
        if not spot.is_taken():
            # Where another process has made it meanwhile, that one is opened.
            with suppress(TakenError), spot.building() as site:
                migrate(site.database, site.connection, self._register_migrations, 0)
        # A folder of their own: there may be a batch of this name.
        with self._opened(spot, self._copies / _REGISTER, _REGISTER, self._register_migrations) as database:
            return Register(database, spot.shelf(database))

    @contextmanager
    def _building(self, key: str, name: str) -> Iterator[Site]:
        """A new batch; it appears when the block ends well."""
        try:
            with self._place.batch(key).building() as site:
                yield site
        except TakenError as error:
            raise StoreError(say("store.exists", name=name, place=error.place)) from None

    @contextmanager
    def _opened(self, spot: Spot, copies: Path, key: str, migrations: Sequence[Migration]) -> Iterator[Database]:
        """A database with tables of today and a copy of the day; it is closed where the block fails."""
        database = spot.database()
        try:
            with database.reading() as connection:
                version = version_of(connection)
            refuse_newer(version, migrations, key)
            if version < len(migrations):
                copy_before_migration(copies, key, database, version)
                with database.writing() as connection:
                    migrate(database, connection, migrations, locked_version(connection))
            copy_of_the_day(copies, key, database)
            yield database
        except BaseException:
            database.close()
            raise

    @property
    def inspector(self) -> str:
        """The name of the person who works here, as it was last set.

        Empty where it never was, and where several people have worked here lately: whoever comes next says who they
        are, rather than going on under another's name.
        """
        named = self._inspectors()
        lately = [name for name, at in named.items() if datetime.now(UTC) - at < _LATELY]
        return next(reversed(named), "") if len(lately) < 2 else ""  # noqa: PLR2004

    def set_inspector(self, name: str) -> None:
        """Keep the name of the person who works here."""
        named = {other: at for other, at in self._inspectors().items() if other != name.strip()}
        named[name.strip()] = datetime.now(UTC)
        lines = "".join(f"{at.isoformat()} {other}\n" for other, at in named.items() if other)
        with file_errors(str(self.folder)), written_whole(self.folder / _INSPECTOR) as file:
            file.write(lines.encode())

    def _inspectors(self) -> dict[str, datetime]:
        """Who has worked here when last, the last one last; what cannot be read counts as nobody."""
        with file_errors(str(self.folder)):
            try:
                lines = (self.folder / _INSPECTOR).read_text(encoding="utf-8").splitlines()
            except FileNotFoundError:
                return {}
        try:
            return {name: datetime.fromisoformat(at) for at, _, name in (line.partition(" ") for line in lines)}
        except ValueError:
            return {}


def open_home(environ: Mapping[str, str] = os.environ) -> Home:
    """The home that the environment names: GOVKIT_HOME moves the folder, GOVKIT_STORE the batches to a server.

    Raises:
        StoreError: the folder cannot be used, or the server cannot be reached.
    """
    folder, server = folder_of(environ), environ.get("GOVKIT_STORE")
    if not server:
        check_folder(folder)
        return Home(folder, FolderPlace(folder))
    with file_errors(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    place = ServerPlace(_url(server))
    place.batch_keys()  # whether the server answers is found out now
    return Home(folder, place)


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(say("store.no_url")) from None
    if not url.drivername.startswith("postgres"):
        raise StoreError(say("store.no_url"))
    return url


def _restore(backup: Backup, site: Site, migrations: Sequence[Migration]) -> None:
    """Put a copy into what is being built, and take it forward."""
    migrate(site.database, site.connection, migrations[: backup.version], 0)
    backup.fill(site.database, site.connection, site.shelf)
    migrate(site.database, site.connection, migrations, backup.version)
