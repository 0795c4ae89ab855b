"""A kernel that dies in the middle of typing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from govkit.store import Home, Store

ROOT = Path(__file__).parents[2]
SITE, CODE = "9901230001", "V1.1"


def test_killed_while_typing(home: Home, store: Store) -> None:
    """Killed at any moment, a kernel loses no key of which it had said that it was kept; others go on as before."""
    for delay in (0.0, 0.03, 0.1):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.forms.typist", SITE, CODE],
            stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env={**os.environ, "GOVKIT_HOME": str(home.folder), "GOVKIT_STORE": ""},
        )  # fmt: skip
        assert process.stdout
        kept = [int(process.stdout.readline())]
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        kept += [int(line) for line in process.stdout if line.endswith("\n")]
        process.wait(60)
        process.stdout.close()
        assert not store.settle(SITE)
        note = store.record(SITE).findings[CODE].note
        assert kept[-1] <= len(note) <= kept[-1] + 1  # one may have been kept without having been said
    assert [entry.item for entry in store.history(SITE)] == [CODE] * 3
