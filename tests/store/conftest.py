"""Homes of batches to test on: a folder with SQLite files, and a real PostgreSQL server."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from govkit.rubric import load_rubric
from govkit.store import Home, Store, open_home
from tests.store.examples import CHECK

NewHome = Callable[[], Home]


def server_programs() -> Path:
    """The folder of PostgreSQL's programs, where Debian's package has put them."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    pytest.skip("PostgreSQL is not installed")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server, started for these tests; without its last part, the database."""
    programs = server_programs()
    # Not in pytest's folder: PostgreSQL refuses to run as root, and another user must reach its files.
    folder = Path(tempfile.mkdtemp(prefix="govkit-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    control = [*as_user, str(programs / "pg_ctl"), "--pgdata", str(folder / "data"), "--silent"]
    initdb = ["--auth=trust", "--username=govkit", "--encoding=UTF8", "--no-locale", "--no-sync"]
    subprocess.run(
        [*as_user, str(programs / "initdb"), "--pgdata", str(folder / "data"), *initdb],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    # No port: it only listens at a socket in its own folder. The machine is not switched off in these tests.
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=100"
    subprocess.run(
        [*control, "--log", str(folder / "log"), "--options", options, "--wait", "start"],
        check=True, cwd=folder,
    )  # fmt: skip
    try:
        yield f"postgresql://govkit@/{{}}?host={folder}"
    finally:
        subprocess.run([*control, "--mode", "immediate", "stop"], check=True, cwd=folder)
        shutil.rmtree(folder)


@pytest.fixture
def new_database(server: str) -> Iterator[Callable[[], str]]:
    """A function that makes a database on the server and gives its URL."""
    engine = create_engine(server.format("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")  # fmt: skip
    names: list[str] = []

    def make() -> str:
        names.append(f"t{uuid4().hex}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {names[-1]}"))
        return server.format(names[-1])

    yield make
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


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
