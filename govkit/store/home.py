"""The home of all batches: which there are, making and opening one."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import platformdirs
from sqlalchemy import URL, insert, make_url, select
from sqlalchemy.exc import ArgumentError

from govkit.codec import Value
from govkit.findings import Measurement, SpotCheck
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.store import tables
from govkit.store.backup import copy_before_migration, copy_of_the_day, opened_backup
from govkit.store.database import Database, now
from govkit.store.entries import BatchInfo, Entry
from govkit.store.errors import StoreError, file_errors
from govkit.store.evidence import check_evidence, written_whole
from govkit.store.log import append_first, new_step
from govkit.store.migrations import MIGRATIONS, Migration, locked_version, migrate, refuse_newer, version_of
from govkit.store.places import FolderPlace, Place, ServerPlace, Site
from govkit.store.probe import check_folder
from govkit.store.store import Store

_INSPECTOR = "检查人.txt"
_LATELY = timedelta(hours=12)


class Home:
    """Where batches are.

    Args:
        folder: the data folder, also where the batches are on a server: for copies, exports and logs.
        place: where the batches are.
        migrations: what takes their tables from one version to the next.
    """

    def __init__(self, folder: Path, place: Place, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.folder = folder
        self._place, self._migrations = place, tuple(migrations)

    def batches(self) -> tuple[BatchInfo, ...]:
        """All batches, the one with the latest 监测时间点 first. What is no batch of ours is left out."""
        found = [info for key in self._place.batch_keys() if (info := self._info(key))]
        return tuple(sorted(found, key=lambda info: (info.as_of, info.created_at), reverse=True))

    def _info(self, key: str) -> BatchInfo | None:
        database = self._place.database(key)
        try:
            with database.reading() as connection:
                row = connection.execute(select(tables.batch)).one()
            return BatchInfo(key, row.name, date.fromisoformat(row.as_of), row.organiser, row.rubric_id, row.created_at)
        except (StoreError, ValueError):
            return None
        finally:
            database.close()

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
        with self._place.building(check.batch.name) as site:
            migrate(site.database, site.connection, self._migrations, 0)
            for name, content in (evidence or {}).items():
                check_evidence(name, content)
                site.shelf.keep(name, content)
            _fill(site, check, rubric, actor)
        return self.open(site.key)

    def open(self, key: str) -> Store:
        """Open a batch. Tables that an older govkit made are taken forward first.

        Raises:
            StoreError: there is no such batch, or a newer govkit made it.
        """
        if key not in self._place.batch_keys():
            raise StoreError(say("store.no_batch", name=key))
        database = self._place.database(key)
        try:
            self._take_forward(key, database)
            copy_of_the_day(self.folder, key, database)
            return Store(key, database, self._place.shelf(key, database))
        except BaseException:
            database.close()
            raise

    def restore(self, path: Path) -> Store:
        """Make a batch from a copy: whole, or not at all. Numbers, times and names are those of the copy.

        Raises:
            StoreError: the copy is damaged, a newer govkit made it, or there is a batch of its name.
        """
        with opened_backup(path) as backup:
            refuse_newer(backup.version, self._migrations, backup.name)
            with self._place.building(backup.name) as site:
                migrate(site.database, site.connection, self._migrations[: backup.version], 0)
                backup.fill(site.database, site.connection, site.shelf)
                migrate(site.database, site.connection, self._migrations, backup.version)
        return self.open(site.key)

    def _take_forward(self, key: str, database: Database) -> None:
        with database.reading() as connection:
            version = version_of(connection)
        refuse_newer(version, self._migrations, key)
        if version < len(self._migrations):
            copy_before_migration(self.folder, key, database, version)
            with database.writing() as connection:
                migrate(database, connection, self._migrations, locked_version(connection))

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
    given, server = environ.get("GOVKIT_HOME"), environ.get("GOVKIT_STORE")
    folder = Path(given).expanduser().absolute() if given else platformdirs.user_data_path("govkit", appauthor=False)
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


def _fill(site: Site, check: SpotCheck, rubric: Rubric, actor: str) -> None:
    """Write the rows of a new batch."""
    connection, step = site.connection, new_step()
    at, batch = now(connection), check.batch
    heading = {
        "name": batch.name,
        "as_of": batch.as_of.isoformat(),
        "organiser": batch.organiser,
        "source": batch.source,
        "unlisted": batch.unlisted.name,
        "rubric_id": rubric.id,
        # Defaults are left out: what the rubric's file leaves out is empty, and empty text is refused there.
        "rubric": rubric.model_dump_json(exclude_unset=True),
        "created_at": at,
        "loaded_step": step,
    }
    connection.execute(insert(tables.batch).values(**heading))
    subjects = [
        {
            "position": position,
            "id": subject.id,
            "name": subject.name,
            "kind": subject.kind.value,
            "sponsor": subject.sponsor,
            "service": subject.service,
            "details": json.dumps(dict(subject.details)),
        }
        for position, subject in enumerate(check.subjects)
    ]
    if subjects:
        connection.execute(insert(tables.subject), subjects)
    append_first(connection, (Entry(0, at, actor, of, item, 1, value, step) for (of, item), value in _values(check)))


def _values(check: SpotCheck) -> Iterator[tuple[tuple[str, str], Value]]:
    """What a spot check says, by object and item."""
    for finding in check.findings:
        yield (finding.subject_id, finding.item), finding
    measured: dict[tuple[str, str], list[Measurement]] = {}
    for measurement in check.measurements:
        measured.setdefault((measurement.subject_id, measurement.quantity), []).append(measurement)
    for key, values in measured.items():
        yield key, tuple(values)
