"""The home of batches: making, listing and opening them, and every way in which that cannot be."""

import errno
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import psutil
import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.types import Boolean, Integer, LargeBinary, Text

from govkit.ledger import Action, FilingRecord
from govkit.rubric import load_rubric
from govkit.store import Change, Home, StoreError, evidence_name, open_home, tables
from govkit.store.database import Database
from govkit.store.log import lock
from govkit.store.migrations import MIGRATIONS, Migration
from govkit.store.probe import is_on_network, is_share
from tests.store.examples import CHECK, SITE, found, write

RUBRIC = load_rubric("fengdu-2019")
FAMILIES = (Boolean, Integer, LargeBinary, Text)
NewHome = Callable[[], Home]


def test_batches_are_listed(home: Home) -> None:
    """All batches are listed, the one with the latest 监测时间点 first; what is none is left out."""
    for name, day in (("甲", 1), ("丙：100%#1?", 3), ("乙", 2)):
        home.create(replace(CHECK, batch=replace(CHECK.batch, name=name, as_of=date(2020, 1, day))), RUBRIC, "组织者").close()  # fmt: skip
    (home.folder / "别的.sqlite").write_bytes(b"no database")
    (home.folder / "空的.sqlite").touch()
    assert [info.name for info in home.batches()] == ["丙：100%#1?", "乙", "甲"]
    info = home.batches()[0]
    assert (info.as_of, info.organiser, info.rubric_id) == (date(2020, 1, 3), "县政府办公室", "fengdu-2019")
    with home.open(info.key) as store:
        assert store.info == info


def test_one_batch_of_a_name(home: Home) -> None:
    """A second batch of the same name is refused with advice; the first stays as it is."""
    home.create(CHECK, RUBRIC, "组织者").close()
    with pytest.raises(StoreError, match=r"已有批次“第四季度/抽查”.*请："):
        home.create(CHECK, RUBRIC, "组织者")
    with home.open(home.batches()[0].key) as store:
        assert store.subjects == CHECK.subjects


def test_whole_or_not_at_all(home: Home) -> None:
    """Where making a batch fails halfway, nothing of it is there, and it can be made again."""
    twice = replace(CHECK, findings=CHECK.findings * 2)
    with pytest.raises(Exception, match=r"(?i)unique|append-only"):
        home.create(twice, RUBRIC, "组织者")
    with pytest.raises(StoreError, match="已损坏"):
        home.create(CHECK, RUBRIC, "组织者", {evidence_name(b"a", ".png"): b"b"})
    with pytest.raises(ValueError, match="m14"):
        home.create(CHECK, load_rubric("fengdu-2019-m14"), "组织者")
    assert home.batches() == ()
    assert not [path for path in home.folder.iterdir() if path.suffix in {".sqlite", ".tmp"}]
    shot = evidence_name(b"a", ".png")
    with home.create(CHECK, RUBRIC, "组织者", {shot: b"a"}) as store:
        assert store.evidence(shot) == b"a"


def test_two_make_the_same_batch(folder_home: NewHome, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two processes make a batch of the same name at once, the second one done is refused; links or not."""
    home = folder_home()
    real = Path.hardlink_to

    def without_links(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "Operation not permitted")

    for number, link in enumerate((real, without_links)):
        monkeypatch.setattr(Path, "hardlink_to", link)
        check = replace(CHECK, batch=replace(CHECK.batch, name=f"第{number}批"))
        with pytest.raises(StoreError, match="已有批次"), home._building(check.batch.name, check.batch.name):
            home.create(check, RUBRIC, "另一个人").close()
    assert len(home.batches()) == 2
    assert not list(home.folder.glob(".*"))


def test_others_files_stay_as_they_are(folder_home: NewHome) -> None:
    """Listing batches changes no file that is none of ours."""
    home = folder_home()
    other = home.folder / "别的.sqlite"
    other.touch()
    assert home.batches() == ()
    assert other.read_bytes() == b""


def test_no_such_batch(home: Home) -> None:
    """Opening what is not there: a sentence."""
    with pytest.raises(StoreError, match=r"没有批次“没有”.*请："):
        home.open("没有")


def test_practice_is_apart(home: Home, environment: dict[str, str]) -> None:
    """What is judged for practice is no batch of the office, nor is its register; another computer finds it again."""
    practice = home.practice()
    practice.create(CHECK, RUBRIC, "学员").close()
    assert home.batches() == ()
    assert home.named([CHECK.batch.name]) == {}
    found = open_home(environment).practice().named(["没有的", CHECK.batch.name])
    assert tuple(found.values()) == practice.batches()
    alike = replace(CHECK.batch, name="张/三")
    practice.create(replace(CHECK, batch=alike), RUBRIC, "学员").close()
    assert practice.named(["张_三"]) == {}
    home.create(CHECK, RUBRIC, "组织者").close()
    assert (len(home.batches()), len(practice.batches())) == (1, 2)
    with home.register() as office, practice.register() as own:
        office.file("组织者", [FilingRecord("教委微博", Action.CLOSE, date(2026, 3, 1))])
        assert own.filings() == ()


def test_inspector_is_kept(home: Home) -> None:
    """The name of the person who works here is there the next time; after two people, whoever comes says who they are."""
    assert home.inspector == ""
    home.set_inspector(" 张三 ")
    assert Home(home.folder, home._place).inspector == "张三"
    home.set_inspector("李 四")
    assert home.inspector == ""


def test_inspector_of_yesterday(home: Home) -> None:
    """Who worked here yesterday does not count; a file that cannot be read is nobody."""
    (home.folder / "检查人.txt").write_text("2020-01-01T00:00:00+00:00 张三\n", encoding="utf-8")
    home.set_inspector("李四")
    assert home.inspector == "李四"
    (home.folder / "检查人.txt").write_text("张三\n", encoding="utf-8")
    assert home.inspector == ""


def add_column(connection: Connection) -> None:
    """A migration of a later govkit."""
    connection.execute(text("ALTER TABLE subject ADD COLUMN later TEXT NOT NULL DEFAULT 'new'"))


LATER: tuple[Migration, ...] = (*MIGRATIONS, add_column)


def test_older_tables_are_taken_forward(home: Home, tmp_path: Path) -> None:
    """A newer govkit takes a batch forward after keeping a copy; the copy can be restored by either."""
    with home.create(CHECK, RUBRIC, "组织者") as store:
        write(store, "张三", found())
        entries = list(store.history())
        key = store.info.key
    later = Home(home.folder, home._place, LATER)
    for _ in range(2):
        with later.open(key) as store:
            assert list(store.history()) == entries
            name = f'"{key}".subject' if store.database.schema else "subject"
            with store.database.reading() as connection:
                assert connection.execute(text(f"SELECT DISTINCT later FROM {name}")).scalar() == "new"  # noqa: S608
    copy = home.folder / "自动备份" / f"{key}_升级前_第1版.zip"
    for migrations in (MIGRATIONS, LATER):
        folder = tmp_path / str(len(migrations))
        restoring = Home(folder, open_home({"GOVKIT_HOME": str(folder)})._place, migrations)
        with restoring.restore(copy) as restored:
            assert list(restored.history()) == entries


def test_migration_that_fails(home: Home) -> None:
    """Where a migration fails, the batch stays as it was."""

    def fail(connection: Connection) -> NoReturn:
        add_column(connection)
        raise RuntimeError("halfway")

    home.create(CHECK, RUBRIC, "组织者").close()
    key = home.batches()[0].key
    with pytest.raises(RuntimeError):
        Home(home.folder, home._place, (*MIGRATIONS, fail)).open(key)
    with home.open(key) as store, store.database.reading() as connection:
        columns = inspect(connection).get_columns("subject", schema=store.database.schema or None)
    assert "later" not in {column["name"] for column in columns}


def test_newer_tables_are_refused(home: Home, tmp_path: Path) -> None:
    """A batch, or a copy, of a newer govkit is refused with a sentence, and still listed."""
    later = Home(home.folder, home._place, LATER)
    with later.create(CHECK, RUBRIC, "组织者") as store:
        key = store.info.key
        store.back_up(tmp_path / "新.zip")
    with pytest.raises(StoreError, match=r"较新版本.*请："):
        home.open(key)
    assert [info.key for info in home.batches()] == [key]
    folder = tmp_path / "旧"
    with pytest.raises(StoreError, match=r"较新版本.*请："):
        open_home({"GOVKIT_HOME": str(folder)}).restore(tmp_path / "新.zip")


def shape(database: Database) -> dict[str, dict[str, tuple[object, bool]]]:
    """The tables as the database has them: columns with their types, and whether they may be empty."""
    with database.reading() as connection:
        seen = inspect(connection)
        return {
            table: {
                column["name"]: (next(f for f in FAMILIES if isinstance(column["type"], f)), bool(column["nullable"]))
                for column in seen.get_columns(table, schema=database.schema or None)
            }
            for table in seen.get_table_names(schema=database.schema or None)
        }


def test_tables_are_what_queries_expect(home: Home) -> None:
    """The migrations make exactly the tables that the code names."""
    expected = {
        name: {
            column.name: (
                next(f for f in FAMILIES if isinstance(getattr(column.type, "impl", column.type), f)),
                bool(column.nullable),
            )
            for column in table.columns
        }
        for name, table in tables.batch.metadata.tables.items()
    }
    with home.create(CHECK, RUBRIC, "组织者") as store:
        if not store.database.schema:
            del expected["evidence"]
        assert shape(store.database) == expected


def test_commits_are_on_the_disk(folder_home: NewHome) -> None:
    """A file is in WAL mode, and each connection waits for the disk and minds the links between tables."""
    with folder_home().create(CHECK, RUBRIC, "组织者") as store, store.database.reading() as connection:
        pragmas = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in
                   ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


def mounted(monkeypatch: pytest.MonkeyPatch, *mounts: tuple[str, str, str]) -> None:
    """Pretend that these are mounted: where, file system, options."""
    parts = [SimpleNamespace(mountpoint=point, fstype=kind, opts=options) for point, kind, options in mounts]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: parts)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "SMBFS"])
def test_network_drives_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    """A folder on a drive of another machine is refused, and the sentence names both ways out."""
    mounted(monkeypatch, ("/", "ext4", "rw"), (str(tmp_path), kind, "rw"), ("/proc", "proc", "rw"))
    with pytest.raises(StoreError, match=r"网络盘.*请：.*GOVKIT_HOME.*GOVKIT_STORE"):
        open_home({"GOVKIT_HOME": str(tmp_path / "家")})


@pytest.mark.parametrize("kind", ["overlay", "tmpfs", "btrfs", "NTFS", "virtiofs"])
def test_local_drives_are_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    """A folder on this machine is accepted, also in a container, and also beside a network drive."""
    folder, near = tmp_path / "家里", tmp_path / "家"  # one begins like the other, but is not inside it
    mounted(monkeypatch, ("/", kind, "rw"), (str(near), "nfs", "rw"), (str(folder / "内"), "nfs", "rw"))
    assert open_home({"GOVKIT_HOME": str(folder)}).batches() == ()


def test_what_is_mounted_last_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of two drives mounted on one point, the later one hides the other; a link leads to where the folder is."""
    mounted(monkeypatch, (str(tmp_path), "autofs", "rw"), (str(tmp_path), "nfs4", "rw"))
    assert is_on_network(tmp_path)
    mounted(monkeypatch, ("/", "ext4", "rw"), (str(tmp_path / "远"), "cifs", "rw"))
    (tmp_path / "远").mkdir()
    (tmp_path / "近").symlink_to(tmp_path / "远")
    with pytest.raises(StoreError, match="网络盘"):
        open_home({"GOVKIT_HOME": str(tmp_path / "近")})


def test_network_drives_of_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Windows calls them remote, or names the share."""
    mounted(monkeypatch, (str(tmp_path), "NTFS", "rw,remote"))
    assert is_on_network(tmp_path)
    assert is_share(r"\\server\share\folder")
    assert is_share(r"\\?\UNC\server\share")
    assert not is_share(r"\\?\C:\Users")
    assert not is_share(r"C:\Users")


def test_no_drives_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system does not tell what is mounted, the real write decides."""
    mounted(monkeypatch)
    assert open_home({"GOVKIT_HOME": str(tmp_path)}).batches() == ()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder below a file: a sentence."""
    (tmp_path / "文件").touch()
    with pytest.raises(StoreError, match="请："):
        open_home({"GOVKIT_HOME": str(tmp_path / "文件" / "家")})


def test_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    """The real write that asks the folder is gone afterwards."""
    open_home({"GOVKIT_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_folder_without_wal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder in which SQLite cannot have its write-ahead log is refused."""
    monkeypatch.setattr("govkit.store.database._NEW_FILE", "PRAGMA user_version")  # as where the system refuses it
    with pytest.raises(StoreError, match=r"不能保存批次.*请："):
        open_home({"GOVKIT_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where a folder's mode says who may write")
def test_read_only_folder(tmp_path: Path) -> None:
    """A folder without the right to write: a sentence."""
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    folder = Path("/proc/self") if os.geteuid() == 0 else tmp_path  # root may write nearly everywhere
    with pytest.raises(StoreError, match=r"不能写入.*请：.*GOVKIT_HOME"):
        open_home({"GOVKIT_HOME": str(folder)})


def test_full_disk(monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    """A full disk: a sentence."""

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"磁盘空间不足.*请："):
        home.set_inspector("张三")


@pytest.mark.parametrize("url", ["not a url", "mysql://a@b/c", "sqlite:///x"])
def test_wrong_url(tmp_path: Path, url: str) -> None:
    """What is no address of a PostgreSQL server: a sentence that shows how one looks."""
    with pytest.raises(StoreError, match=r"GOVKIT_STORE.*请："):
        open_home({"GOVKIT_HOME": str(tmp_path), "GOVKIT_STORE": url})


def test_server_that_is_down(tmp_path: Path) -> None:
    """No server there: a sentence, without the password."""
    url = "postgresql://user:secret@127.0.0.1:1/db"
    with pytest.raises(StoreError, match=r"连不上.*请：") as raised:
        open_home({"GOVKIT_HOME": str(tmp_path), "GOVKIT_STORE": url})
    assert "secret" not in str(raised.value)


def test_server_without_the_database(tmp_path: Path, postgresql: str) -> None:
    """The server is there, but not the database: a sentence."""
    with pytest.raises(StoreError, match="请："):
        open_home({"GOVKIT_HOME": str(tmp_path), "GOVKIT_STORE": postgresql.format("none")})


def test_damaged_file(folder_home: NewHome) -> None:
    """A batch file that is damaged is refused with a sentence."""
    home = folder_home()
    home.create(CHECK, RUBRIC, "组织者").close()
    key = home.batches()[0].key
    (home.folder / f"{key}.sqlite").write_bytes(b"damaged" * 1000)
    with pytest.raises(StoreError, match=r"已损坏.*请："):
        home.open(key)


def test_held_by_others_for_too_long(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process holds the object for too long: a sentence, and nothing was written."""
    monkeypatch.setattr("govkit.store.database._WAIT_SECONDS", 1)
    with home.create(CHECK, RUBRIC, "组织者") as store, home.open(store.info.key) as other:
        with other.database.writing() as connection:
            lock(connection, SITE)
            with pytest.raises(StoreError, match=r"占用.*请："):
                store.write("张三", SITE, [Change("D1.1", found(), 0)])
        assert "D1.1" not in store.record(SITE).entries
