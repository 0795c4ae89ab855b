"""Copies: everything in them, whole or refused, and the same on every database."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from govkit.findings import Filing, Stage
from govkit.rubric import load_rubric
from govkit.store import FILING, Change, Home, Store, StoreError, backup
from tests.store.examples import CHECK, SITE, change, found, write

NewHome = Callable[[], Home]


@pytest.fixture
def copied(store: Store, tmp_path: Path) -> Path:
    """A copy of a batch in which people have worked."""
    write(store, "张三", found(note="一"))
    write(store, "李四", found("D2.1"))
    store.undo("李四", SITE)
    store.draft("张三", SITE, change(store, found("D3.1", note="打到一半")))
    store.write("张三", SITE, [Change(FILING, Filing(Stage.CHECKING, reason="退回"), 0)])
    store.keep_evidence(b"shot", ".png")
    path = tmp_path / "备份.zip"
    store.back_up(path)
    return path


def same(one: Store, other: Store) -> bool:
    """Whether two batches hold the same, to the last number and time."""
    logs_are_same = list(one.history()) == list(other.history())
    heads_are_same = (one.batch, one.subjects, one.rubric) == (other.batch, other.subjects, other.rubric)
    return logs_are_same and heads_are_same and one.info.created_at == other.info.created_at


@pytest.mark.parametrize("other", ["folder_home", "server_home"])
def test_restored_elsewhere(store: Store, copied: Path, other: str, request: pytest.FixtureRequest) -> None:
    """A copy becomes the same batch on the same or another database, drafts and screenshots included, and goes on."""
    new_home: NewHome = request.getfixturevalue(other)
    with new_home().restore(copied) as restored:
        assert isinstance(restored, Store)
        assert same(store, restored)
        name = next(store.shelf.names())
        assert restored.evidence(name) == b"shot"
        assert restored.spot_check() == store.spot_check()
        assert restored.record(SITE).findings["D3.1"].note == "打到一半"
        write(restored, "张三", found(note="接着写"))
        seqs = [entry.seq for entry in restored.history()]
        assert seqs == sorted(set(seqs))


def test_copy_of_a_copy(store: Store, copied: Path, server_home: NewHome, folder_home: NewHome, tmp_path: Path) -> None:
    """A batch can move to a server and back without losing anything."""
    with server_home().restore(copied) as moved:
        moved.back_up(tmp_path / "再备份.zip")
    with folder_home().restore(tmp_path / "再备份.zip") as back:
        assert isinstance(back, Store)
        assert same(store, back)


def test_batch_of_this_name_is_not_replaced(home: Home, store: Store, copied: Path) -> None:
    """Where there is a batch of this name, it stays, and the sentence says what to do."""
    write(store, "张三", found(note="之后写的"))
    with pytest.raises(StoreError, match=r"已有批次“第四季度/抽查”.*请："):
        home.restore(copied)
    assert store.record(SITE).findings["D1.1"].note == "之后写的"
    assert len(home.batches()) == 1


def damages(path: Path) -> Iterator[bytes]:
    """The contents of damaged copies."""
    content = path.read_bytes()
    yield b""
    yield b"no zip at all"
    yield content[: len(content) // 2]
    for place in range(40, len(content), len(content) // 25):
        yield content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_damaged_copies_are_refused(copied: Path, folder_home: NewHome, tmp_path: Path) -> None:
    """Whatever byte is wrong: refused with a sentence, and no batch is made; or it was of no importance."""
    whole = list(folder_home().restore(copied).history())
    damaged = tmp_path / "坏.zip"
    refused = 0
    for content in damages(copied):
        damaged.write_bytes(content)
        home = folder_home()
        with suppress(StoreError), home.restore(damaged) as store:
            assert list(store.history()) == whole
        refused += home.batches() == ()
    assert refused > 20


def test_members_that_do_not_belong(copied: Path, folder_home: NewHome, tmp_path: Path) -> None:
    """A line that was edited, a member that was added, or a screenshot under another name: refused."""

    def edited(change_of: Callable[[dict[str, bytes]], None]) -> Path:
        with zipfile.ZipFile(copied) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        change_of(members)
        path = tmp_path / "改.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    def rename_shot(members: dict[str, bytes]) -> None:
        old = next(name for name in members if name.startswith("evidence/"))
        new = "evidence/../../x.png"
        members[new] = members.pop(old)
        members["manifest.json"] = members["manifest.json"].replace(old.encode(), new.encode())

    edits: list[Callable[[dict[str, bytes]], None]] = [
        lambda members: members.update({"tables/log.jsonl": members["tables/log.jsonl"].replace(b'"seq": 1', b'"seq": 9')}),
        lambda members: members.update({"evidence/more.png": b"more"}),
        lambda members: members.update({"manifest.json": b"[]"}),
        lambda members: members.update({"manifest.json": b'{"members": 1, "format": "govkit-backup-1"}'}),
        rename_shot,
    ]  # fmt: skip
    for edit in edits:
        with pytest.raises(StoreError, match=r"改\.zip.*请："):
            folder_home().restore(edited(edit))


def test_copy_that_cannot_be_written(store: Store, tmp_path: Path) -> None:
    """Where the copy cannot be written: a sentence, and nothing is left behind."""
    with pytest.raises(StoreError, match="请："):
        store.back_up(tmp_path / "没有这个文件夹" / "备份.zip")
    (tmp_path / "备份.zip").mkdir()
    with pytest.raises(StoreError, match="请："):
        store.back_up(tmp_path / "备份.zip")
    assert not list(tmp_path.glob(".*"))


def test_restoring_what_is_not_there(folder_home: NewHome, tmp_path: Path) -> None:
    """A file that is not there: a sentence."""
    with pytest.raises(StoreError, match="请："):
        folder_home().restore(tmp_path / "没有.zip")


def test_a_copy_a_day(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first opening of a day keeps a copy that can be restored; the last 14 stay, others' files are left alone."""
    day = date(2026, 1, 1)
    monkeypatch.setattr(backup, "_today", lambda: day)
    with home.create(CHECK, load_rubric("fengdu-2019"), "组织者") as store:
        key = store.info.key
        store.keep_evidence(b"shot", ".png")
        write(store, "张三", found())
    copies = home.folder / "自动备份"
    first = copies / f"{key}_2026-01-01.zip"
    before = first.read_bytes()
    home.open(key).close()
    assert first.read_bytes() == before
    (copies / f"{key}_别的_2020-01-01.zip").touch()
    (copies / f"{key}_升级前.zip").touch()
    for _ in range(15):
        day += timedelta(days=1)
        home.open(key).close()
    kept = sorted(path.name for path in copies.iterdir() if path.name[len(key) :].startswith("_2026"))
    assert kept == [f"{key}_2026-01-{number:02}.zip" for number in range(3, 17)]
    assert (copies / f"{key}_别的_2020-01-01.zip").exists()
    with zipfile.ZipFile(copies / kept[-1]) as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]
        rows = archive.read("tables/log.jsonl").splitlines()
        assert json.loads(rows[-1])["actor"] == "张三"
