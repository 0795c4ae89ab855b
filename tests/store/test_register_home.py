"""Making, opening and restoring the register, beside the batches and apart from them."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, text

from govkit.rubric import load_rubric
from govkit.store import Home, KeptDraw, Register, Store, StoreError, backup, open_home, tables
from govkit.store.migrations import REGISTER_MIGRATIONS, Migration
from tests.store.examples import CHECK
from tests.store.test_home import FAMILIES, shape
from tests.store.test_register import CLOSED, FIRST, KEEP, OPENED, RULE, drawn, lines_of

NewHome = Callable[[], Home]


def fill(register: Register) -> None:
    """Put something of everything into a register."""
    register.file("张三", [OPENED, CLOSED])
    register.withdraw("李四", CLOSED, "录错了")
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "a", "b"), {"a": "张三"}))
    register.keep_lines("张三", FIRST, lines_of(["一", "二"]))
    register.keep_results("组织者", FIRST, {"b"}, {"a"})
    register.judge("张三", FIRST, replace(RULE, screenshot=register.keep_evidence(b"shot", ".png")), 0)
    register.decide("组织者", FIRST, KEEP, 0)


def test_register_is_no_batch(home: Home, store: Store) -> None:
    """The register is made at the first opening, is opened the next time, and is not among the batches."""
    with home.register() as register:
        fill(register)
        entries = list(register.history())
    with home.register() as register:
        assert list(register.history()) == entries
    assert home.batches() == (store.info,)
    assert home._place.batch_keys() == [store.info.key]


def test_batch_of_the_same_name(home: Home) -> None:
    """A batch that is called 登记簿 has nothing in common with the register: no file, no pictures, no copies."""
    named = replace(CHECK, batch=replace(CHECK.batch, name="登记簿"))
    with home.create(named, load_rubric("fengdu-2019"), "组织者") as store, home.register() as register:
        fill(register)
        store.keep_evidence(b"other", ".png")
        assert (len(list(store.shelf.names())), len(list(register.shelf.names()))) == (1, 1)
        assert [info.name for info in home.batches()] == ["登记簿"]
    copies = sorted(path.relative_to(home.folder).parts[1:-1] for path in home.folder.glob("自动备份/**/*.zip"))
    assert copies == [(), ("登记簿",)]


def test_many_open_it_at_once(home: Home) -> None:
    """Where several make the register at the same moment, it is made once, and all open the same."""
    failures: list[BaseException] = []

    def open_and_file(number: int) -> None:
        try:
            with open_again() as register:
                register.file("张三", [replace(OPENED, subject_id=str(number))])
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    def open_again() -> Register:
        return Home(home.folder, home._place).register()

    threads = [Thread(target=open_and_file, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with home.register() as register:
        assert {record.subject_id for record in register.filings()} == {"0", "1", "2", "3"}


@pytest.mark.parametrize("other", ["folder_home", "server_home"])
def test_restored_elsewhere(register: Register, other: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A copy becomes the same register on the same or another database, pictures included, and goes on."""
    fill(register)
    register.back_up(tmp_path / "备份.zip")
    new_home: NewHome = request.getfixturevalue(other)
    home = new_home()
    with home.restore(tmp_path / "备份.zip") as restored:
        assert isinstance(restored, Register)
        assert list(restored.history()) == list(register.history())
        name = next(register.shelf.names())
        assert restored.evidence(name) == b"shot"
        assert restored.file("王五", [CLOSED]) == 1
        seqs = [entry.seq for entry in restored.history()]
        assert seqs == sorted(set(seqs))
    with pytest.raises(StoreError, match=r"已有登记簿.*请："):
        home.restore(tmp_path / "备份.zip")


def test_copies_are_not_mixed_up(store: Store, register: Register, folder_home: NewHome, tmp_path: Path) -> None:
    """A copy becomes what it is of, and nothing else; damaged ones are refused as those of batches."""
    fill(register)
    store.back_up(tmp_path / "批次.zip")
    register.back_up(tmp_path / "登记簿.zip")
    (tmp_path / "坏.zip").write_bytes((tmp_path / "登记簿.zip").read_bytes()[:-30])
    home = folder_home()
    with pytest.raises(StoreError, match=r"坏\.zip.*请："):
        home.restore(tmp_path / "坏.zip")
    assert not list(home.folder.iterdir())
    with home.restore(tmp_path / "登记簿.zip") as restored:
        assert list(restored.history()) == list(register.history())
    assert home.batches() == ()
    with home.restore(tmp_path / "批次.zip") as other:
        assert list(other.history()) == list(store.history())
    with home.register() as kept:
        assert list(kept.history()) == list(register.history())


def add_column(connection: Connection) -> None:
    """A migration of a later govkit."""
    connection.execute(text("ALTER TABLE log ADD COLUMN later TEXT NOT NULL DEFAULT 'new'"))


LATER: tuple[Migration, ...] = (*REGISTER_MIGRATIONS, add_column)


def test_older_register_is_taken_forward(home: Home, register: Register, folder_home: NewHome) -> None:
    """A newer govkit takes the register forward after keeping a copy, which can be restored."""
    fill(register)
    entries = list(register.history())
    for _ in range(2):
        with Home(home.folder, home._place, register_migrations=LATER).register() as later:
            assert list(later.history()) == entries
            name = f'"{later.database.schema}".log' if later.database.schema else "log"
            with later.database.reading() as connection:
                assert connection.execute(text(f"SELECT DISTINCT later FROM {name}")).scalar() == "new"  # noqa: S608
    copy = home.folder / "自动备份" / "登记簿" / "登记簿_升级前_第1版.zip"
    with folder_home().restore(copy) as restored:
        assert list(restored.history()) == entries


def test_newer_register_is_refused(home: Home, tmp_path: Path) -> None:
    """A register, or a copy, of a newer govkit is refused with a sentence."""
    with Home(home.folder, home._place, register_migrations=LATER).register() as register:
        register.back_up(tmp_path / "新.zip")
    with pytest.raises(StoreError, match=r"“登记簿”是较新版本.*请："):
        home.register()
    with pytest.raises(StoreError, match=r"“登记簿”是较新版本.*请："):
        open_home({"GOVKIT_HOME": str(tmp_path / "旧")}).restore(tmp_path / "新.zip")


def test_a_copy_a_day(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first opening of a day keeps a copy without pictures; the last 14 stay."""
    day = date(2026, 1, 1)
    monkeypatch.setattr(backup, "_today", lambda: day)
    with home.register() as register:
        fill(register)
    for _ in range(15):
        day += timedelta(days=1)
        home.register().close()
    copies = sorted((home.folder / "自动备份" / "登记簿").iterdir())
    assert [path.name for path in copies] == [f"登记簿_2026-01-{number:02}.zip" for number in range(3, 17)]
    with zipfile.ZipFile(copies[0]) as archive:
        assert sorted(archive.namelist()) == ["manifest.json", "tables/log.jsonl"]


def test_tables_are_what_queries_expect(register: Register) -> None:
    """The migrations make exactly the tables that the code names."""
    named = [tables.register_log, tables.schema_version, *([tables.evidence] if register.database.schema else [])]
    expected = {
        table.name: {
            column.name: (
                next(f for f in FAMILIES if isinstance(getattr(column.type, "impl", column.type), f)),
                bool(column.nullable),
            )
            for column in table.columns
        }
        for table in named
    }
    assert shape(register.database) == expected


def test_commits_are_on_the_disk(folder_home: NewHome) -> None:
    """The file of a register is in WAL mode, and each connection waits for the disk."""
    with folder_home().register() as register, register.database.reading() as connection:
        pragmas = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]


def test_damaged_register(folder_home: NewHome) -> None:
    """A file that is damaged is refused with a sentence, and left as it is."""
    home = folder_home()
    (home.folder / "登记簿.db").write_bytes(b"damaged" * 1000)
    with pytest.raises(StoreError, match=r"登记簿\.db.*已损坏.*请："):
        home.register()
    assert (home.folder / "登记簿.db").read_bytes() == b"damaged" * 1000


def test_held_by_others_for_too_long(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process holds the register for too long: a sentence, and nothing was written."""
    monkeypatch.setattr("govkit.store.database._WAIT_SECONDS", 1)
    with home.register() as register, home.register() as other:
        with other._writing(), pytest.raises(StoreError, match=r"占用.*请："):
            register.file("张三", [OPENED])
        assert register.filings() == ()
