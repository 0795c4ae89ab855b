"""What can go wrong at the database, each as a sentence in Chinese that says what to do."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from govkit.findings import Filing
from govkit.messages import say
from govkit.store.entries import Change, Entry
from govkit.store.register_entries import RegisterEntry

# How the codes of the databases begin: those of SQLite are names, those of PostgreSQL have five characters.
_REASONS = {
    "busy": ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014"),
    "full": ("SQLITE_FULL", "53100"),
    "unwritable": ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
    "damaged": ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"),
    "refused": ("28", "42501"),
    "no_database": ("3D",),
    "no_server": ("08", "57P"),
}


class StoreError(Exception):
    """The store cannot do what was asked. The text is a sentence in Chinese that says what to do."""


class ConflictError(StoreError):
    """Somebody else has changed what was to be changed; nothing was written.

    `yours` are the changes that do not fit, `theirs` the entries that now stand there.
    """

    def __init__(self, yours: Iterable[Change], theirs: Iterable[Entry]) -> None:
        self.yours, self.theirs = tuple(yours), tuple(theirs)
        who = "、".join(dict.fromkeys(entry.actor for entry in self.theirs))
        items = "、".join(change.item for change in self.yours)
        super().__init__(say("store.conflict", items=items, who=who))


class OutdatedError(ConflictError):
    """The same in the register: `standing` is the entry that stands there now.

    `yours` and `theirs` are empty, as they are of batches.
    """

    def __init__(self, what: str, standing: RegisterEntry[Any] | None) -> None:
        StoreError.__init__(self, say("store.conflict", items=what, who=standing.actor if standing else ""))
        self.yours, self.theirs, self.standing = (), (), standing


class FrozenError(StoreError):
    """An object that was submitted or reviewed takes no answers. `filing` tells how far it has come."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        super().__init__(say("store.frozen", stage=say(f"stage.{filing.stage}")))


@contextmanager
def database_errors(place: str) -> Iterator[None]:
    """Turn the errors of the database at a place into sentences.

    Raises:
        StoreError: the database refused, or could not be reached.
    """
    try:
        yield
    except IntegrityError:
        raise  # the database holds what the code promises: never the outside's fault
    except DBAPIError as error:
        raise StoreError(_sentence(error, place)) from error


@contextmanager
def file_errors(place: str) -> Iterator[None]:
    """Turn the errors of the file system at a place into sentences.

    Raises:
        StoreError: a file cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        key = "full" if full else "unwritable"
        raise StoreError(say(f"store.error_{key}", place=place)) from error


def _sentence(error: DBAPIError, place: str) -> str:
    name = getattr(error.orig, "sqlite_errorname", None)
    state = getattr(error.orig, "sqlstate", None)
    # A connection that never came about has no code.
    code = name or state or "08"
    for reason, beginnings in _REASONS.items():
        if code.startswith(beginnings):
            return say(f"store.error_{reason}", place=place)
    return say("store.error_other", place=place, code=code)
