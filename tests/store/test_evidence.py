"""Screenshots by the hash of their content, and who is where."""

import errno
import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlalchemy import text

from govkit.rubric import load_rubric
from govkit.store import Home, Store, StoreError
from govkit.store.database import now
from tests.store.examples import CHECK, OTHER, SITE

SHOT = b"\x89PNG shot"
NAME = hashlib.sha256(SHOT).hexdigest() + ".png"


def test_evidence_is_kept_by_its_hash(home: Home, store: Store) -> None:
    """A screenshot is found under its hash, also after reopening; twice the same is one."""
    assert store.evidence(NAME) is None
    assert store.keep_evidence(SHOT, ".PNG") == NAME
    assert store.keep_evidence(SHOT, ".png") == NAME
    assert list(store.shelf.names()) == [NAME]
    with home.open(store.info.key) as again:
        assert again.evidence(NAME) == SHOT


def test_names_are_no_paths(store: Store) -> None:
    """What is not a hash with a suffix is refused, whether it is asked for or kept."""
    for name in ("../x.png", "x.png", NAME + "/../x", NAME[:-4], NAME.upper(), f"/{NAME}", NAME + "\n"):
        with pytest.raises(StoreError, match="请："):
            store.evidence(name)
    for suffix in ("", "png", "./x", ".tar.gz", ".p/g"):
        with pytest.raises(StoreError, match="请："):
            store.keep_evidence(SHOT, suffix)


def test_damaged_evidence(home: Home, store: Store) -> None:
    """A screenshot whose content is not what it was is not shown; kept once more, it is whole again."""
    store.keep_evidence(SHOT, ".png")
    if store.database.schema:
        with store.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE \"{store.database.schema}\".evidence SET content = 'x'"))  # noqa: S608
    else:
        (home.folder / f"{store.info.key}_截图" / NAME).write_bytes(SHOT[:3])
    with pytest.raises(StoreError, match=r"已损坏.*请："):
        store.evidence(NAME)
    store.keep_evidence(SHOT, ".png")
    assert store.evidence(NAME) == SHOT


def test_evidence_is_whole_or_not_there(folder_home: Callable[[], Home], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails, there is no half of a screenshot, and the sentence says what to do."""

    def fail(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    with folder_home().create(CHECK, load_rubric("fengdu-2019"), "组织者") as store:
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(StoreError, match=r"空间不足.*请："):
            store.keep_evidence(SHOT, ".png")
        assert store.evidence(NAME) is None
        assert list(store.shelf.names()) == []


def test_presence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was seen lately is seen where they were last, one place a session, until they leave or two minutes pass."""
    store.touch("张三", "一", SITE)
    store.touch("李四", "二", SITE)
    store.touch("张三", "一", OTHER)
    assert [(p.actor, p.session, p.subject_id) for p in store.present()] == [
        ("李四", "二", SITE),
        ("张三", "一", OTHER),
    ]
    store.leave("二")
    assert [p.session for p in store.present()] == ["一"]
    monkeypatch.setattr("govkit.store.store.now", lambda connection: now(connection) + timedelta(minutes=3))
    assert store.present() == ()
