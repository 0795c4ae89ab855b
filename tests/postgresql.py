"""A real PostgreSQL server for tests, and databases on it: a plugin, as tests of several rooms use it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text


def server_programs() -> Path:
    """The folder of PostgreSQL's programs, where Debian's package has put them."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    pytest.skip("PostgreSQL is not installed")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
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
def new_database(postgresql: str) -> Iterator[Callable[[], str]]:
    """A function that makes a database on the server and gives its URL."""
    engine = create_engine(postgresql.format("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")  # fmt: skip
    names: list[str] = []

    def make() -> str:
        names.append(f"t{uuid4().hex}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {names[-1]}"))
        return postgresql.format(names[-1])

    yield make
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
