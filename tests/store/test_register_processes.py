"""Several processes at one register, and processes that die: what was acknowledged is never lost."""

import os
import subprocess
import sys
import time

from govkit.store import Home, Register, Topic
from tests.store.register_writer import QUARTER, RULE, WHO
from tests.store.test_processes import ROOT, acknowledged

JUDGEMENTS = 100


def writer(environment: dict[str, str], actor: str) -> subprocess.Popen[str]:
    """Start a process that judges again and again and says each number once it is written."""
    command = [sys.executable, "-m", "tests.store.register_writer", actor, str(JUDGEMENTS)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env={**os.environ, **environment}
    )


def written(register: Register, actor: str) -> list[int]:
    """The numbers that the register has of an actor."""
    return [entry.value.count for entry in register.history(Topic.RULE) if entry.actor == actor]


def test_two_processes_lose_nothing(home: Home, environment: dict[str, str]) -> None:
    """Two processes make the register and judge the same rule 100 times each: all 200 are there, in a row."""
    processes = [writer(environment, actor) for actor in ("张三", "李四")]
    for process in processes:
        assert process.stdout
        assert acknowledged(process.stdout) == list(range(JUDGEMENTS))
        assert process.wait(60) == 0
        process.stdout.close()
    with home.register() as register:
        assert written(register, "张三") == written(register, "李四") == list(range(JUDGEMENTS))
        assert [e.revision for e in register.history()] == list(range(1, 2 * JUDGEMENTS + 1))


def test_killed_while_writing(home: Home, environment: dict[str, str]) -> None:
    """A process killed at any moment loses nothing that it has said was written, and leaves a sound register."""
    for delay in (0.0, 0.05, 0.11, 0.2):
        actor = f"第{delay}秒"
        process = writer(environment, actor)
        assert process.stdout
        first = int(process.stdout.readline())
        time.sleep(delay)
        process.kill()
        said = [first, *acknowledged(process.stdout)]
        process.wait(60)
        process.stdout.close()
        with home.register() as register:
            there = written(register, actor)
            assert there[: len(said)] == said
            assert len(there) <= len(said) + 1  # one may have been written without having been said
            revisions = [entry.revision for entry in register.history(Topic.RULE)]
            assert revisions == list(range(1, register.judged(QUARTER)[WHO, RULE].revision + 1))
