"""What the store keeps, as plain data: entries of the log, drafts, the state of an object that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from govkit.codec import Value
from govkit.findings import Filing, Finding, Measurement
from govkit.ledger import Subject

FILING = "状态"
"""The topic under which the way of an object from draft to filed is logged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log.

    `item` is an item's code, the name of a measured quantity, or FILING. `revision` counts from 1 within object and
    item; the old value is that of the entry before. Entries of one action share `step`. `undoes` is the step that this
    one takes back. `at` is UTC.
    """

    seq: int
    at: datetime
    actor: str
    subject_id: str
    item: str
    revision: int
    value: Value
    step: str
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to write. `revision` is the one they saw; 0 where there was no entry yet."""

    item: str
    value: Value
    revision: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is still typing. `at` is UTC."""

    actor: str
    subject_id: str
    change: Change
    at: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was lately seen at which object; a session is at one place at a time. `at` is UTC."""

    actor: str
    session: str
    subject_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """What a list of batches shows. `key` opens the batch; `created_at` is UTC."""

    key: str
    name: str
    as_of: date
    organiser: str
    rubric_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """The state of one object, derived from the log: the last entry of each item."""

    subject: Subject
    entries: Mapping[str, Entry]

    @property
    def findings(self) -> dict[str, Finding]:
        """The answers, by item."""
        values = {item: entry.value for item, entry in self.entries.items()}
        return {item: value for item, value in values.items() if isinstance(value, Finding)}

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """All measured values."""
        return tuple(m for e in self.entries.values() if isinstance(e.value, tuple) for m in e.value)

    @property
    def filing(self) -> Filing:
        """How far the inspection of the object has come."""
        return filing_of(self.entries)

    def revision(self, item: str) -> int:
        """The revision of an item, for the next change; 0 where it has no entry."""
        return self.entries[item].revision if item in self.entries else 0


def filing_of(entries: Mapping[str, Entry]) -> Filing:
    """The filing among the last entries of an object; checking has just begun where there is none."""
    value = entries[FILING].value if FILING in entries else None
    return value if isinstance(value, Filing) else Filing()
