"""Homes of batches to test on: a folder with SQLite files, and a real PostgreSQL server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from govkit.rubric import load_rubric
from govkit.store import Home, Register, Store, open_home
from tests.store.examples import CHECK

NewHome = Callable[[], Home]


@pytest.fixture
def folder_home(tmp_path: Path) -> NewHome:
    """A function that makes a home of SQLite files."""
    return lambda: open_home({"GOVKIT_HOME": str(tmp_path / uuid4().hex)})


@pytest.fixture
def server_home(tmp_path: Path, new_database: Callable[[], str]) -> NewHome:
    """A function that makes a home on the server."""
    return lambda: open_home({"GOVKIT_HOME": str(tmp_path / uuid4().hex), "GOVKIT_STORE": new_database()})


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What names the home in the environment of a process."""
    named = {"GOVKIT_HOME": str(tmp_path / "家")}
    if request.param == "postgresql":
        named["GOVKIT_STORE"] = request.getfixturevalue("new_database")()
    return named


@pytest.fixture
def home(environment: dict[str, str]) -> Home:
    """A home on either database."""
    return open_home(environment)


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """A batch of three objects, a little of it answered."""
    with home.create(CHECK, load_rubric(CHECK.batch.rubric_id), "组织者") as made:
        yield made


@pytest.fixture
def register(home: Home) -> Iterator[Register]:
    """A register that was just made."""
    with home.register() as made:
        yield made
