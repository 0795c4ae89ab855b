"""Several processes at one batch, and processes that die: what was acknowledged is never lost."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from govkit.findings import Finding
from govkit.rubric import load_rubric
from govkit.store import Home, Store
from tests.store.examples import CHECK, SITE

ROOT = Path(__file__).parents[2]
ANSWERS = 200


def writer(environment: dict[str, str], key: str, actor: str) -> subprocess.Popen[str]:
    """Start a process that writes answers one after the other and says each number once it is written."""
    command = [sys.executable, "-m", "tests.store.writer", key, actor, str(ANSWERS)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env={**os.environ, **environment}
    )


def acknowledged(output: IO[str]) -> list[int]:
    """The numbers that a process has said."""
    return [int(line) for line in output if line.endswith("\n")]


def written(store: Store, actor: str) -> list[int | None]:
    """The numbers that the log has of an actor."""
    values = (entry.value for entry in store.history(SITE) if entry.actor == actor)
    return [value.count for value in values if isinstance(value, Finding)]


def test_two_processes_lose_nothing(home: Home, store: Store, environment: dict[str, str]) -> None:
    """Two processes write 200 answers each to the same item of the same object: all 400 are in the log, in a row."""
    processes = [writer(environment, store.info.key, actor) for actor in ("张三", "李四")]
    for process in processes:
        assert process.stdout
        assert acknowledged(process.stdout) == list(range(ANSWERS))
        assert process.wait(60) == 0
        process.stdout.close()
    with home.open(store.info.key) as again:
        assert written(again, "张三") == written(again, "李四") == list(range(ANSWERS))
        revisions = [entry.revision for entry in again.history(SITE, "D1.1")]
        assert revisions == list(range(1, 2 * ANSWERS + 1))


def test_killed_while_writing(home: Home, environment: dict[str, str]) -> None:
    """A process killed at any moment loses nothing that it has said was written, and leaves a sound batch."""
    store = home.create(CHECK, load_rubric("fengdu-2019"), "组织者")
    for delay in (0.0, 0.05, 0.11, 0.2):
        actor = f"第{delay}秒"
        process = writer(environment, store.info.key, actor)
        assert process.stdout
        first = int(process.stdout.readline())
        time.sleep(delay)
        process.kill()
        said = [first, *acknowledged(process.stdout)]
        process.wait(60)
        process.stdout.close()
        there = written(store, actor)
        assert there[: len(said)] == said
        assert len(there) <= len(said) + 1  # one may have been written without having been said
        store.close()
        store = home.open(store.info.key)
    assert [entry.revision for entry in store.history(SITE, "D1.1")][-1] == store.record(SITE).revision("D1.1")
    store.close()
