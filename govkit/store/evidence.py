"""Screenshots, kept by the hash of their content: in a folder beside a file, or in a table on a server."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from govkit.file_names import picture_name
from govkit.messages import say
from govkit.store.errors import StoreError, file_errors
from govkit.store.tables import evidence

EVIDENCE_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
"""What every kept screenshot is called: the SHA-256 of its content, and a suffix."""

Transaction = Callable[[], AbstractContextManager[Connection]]


def evidence_name(content: bytes, suffix: str) -> str:
    """What a screenshot is called.

    Raises:
        StoreError: the suffix is none (`.png`).
    """
    name = picture_name(content, suffix)
    if not EVIDENCE_NAME.fullmatch(name):
        raise StoreError(say("store.suffix", suffix=suffix))
    return name


def check_evidence(name: str, content: bytes) -> None:
    """Make sure that a screenshot is what its name says.

    Raises:
        StoreError: it is not.
    """
    if hashlib.sha256(content).hexdigest() != name.partition(".")[0]:
        raise StoreError(say("store.evidence_damaged", name=name))


class Shelf(Protocol):
    """Where the screenshots of a batch, or of the register, are."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep a screenshot; the same twice is one."""

    def get(self, name: str) -> bytes | None:
        """The content, as it is; None where there is no such screenshot."""

    def names(self) -> Iterator[str]:
        """What is there."""


def keep_evidence(shelf: Shelf, content: bytes, suffix: str) -> str:
    """Keep a screenshot.

    Args:
        shelf: where.
        content: the file.
        suffix: of its name, with the dot.

    Returns:
        What it is called from now on.
    """
    name = evidence_name(content, suffix)
    shelf.keep(name, content)
    return name


def kept_evidence(shelf: Shelf, name: str) -> bytes | None:
    """A screenshot; None where there is none of this name.

    Raises:
        StoreError: this is no name of a screenshot, or its content is not what it was.
    """
    if not EVIDENCE_NAME.fullmatch(name):
        raise StoreError(say("store.evidence_name", name=name))
    content = shelf.get(name)
    if content is not None:
        check_evidence(name, content)
    return content


class FolderShelf:
    """Files in a folder, which is made for the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content: bytes) -> None:
        """Write the file whole, or not at all."""
        if self.get(name) == content:  # a damaged file is replaced
            return
        with file_errors(str(self._folder)):
            self._folder.mkdir(parents=True, exist_ok=True)
            with written_whole(self._folder / name) as file:
                file.write(content)

    def get(self, name: str) -> bytes | None:
        """Read the file."""
        with file_errors(str(self._folder)):
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def names(self) -> Iterator[str]:
        """The files that are screenshots, by name."""
        if self._folder.is_dir():
            yield from (file.name for file in sorted(self._folder.iterdir()) if EVIDENCE_NAME.fullmatch(file.name))


class TableShelf:
    """Rows of a table.

    Args:
        reading: opens a transaction for reading.
        writing: opens one for writing.
    """

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def keep(self, name: str, content: bytes) -> None:
        """Write the row; one that is damaged is replaced."""
        own = evidence.c.name == name
        with self._writing() as connection:
            if connection.execute(select(evidence.c.content).where(own)).scalar() != content:
                connection.execute(delete(evidence).where(own))
                connection.execute(insert(evidence).values(name=name, content=content))

    def get(self, name: str) -> bytes | None:
        """Read the row."""
        with self._reading() as connection:
            content: bytes | None = connection.execute(
                select(evidence.c.content).where(evidence.c.name == name)
            ).scalar()
        return content

    def names(self) -> Iterator[str]:
        """The rows, by name."""
        with self._reading() as connection:
            yield from connection.execute(select(evidence.c.name).order_by(evidence.c.name)).scalars()


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name, on the disk, once the block ends well; else nothing has changed."""
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    with suppress(OSError):  # Windows has no folders that can be opened; there a rename is on the disk by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
