"""The ledger (台账): who can be inspected, what was filed of it (备案), and what changed between two quarters."""

from govkit.ledger.changes import Change, ChangeKind, changes, new_identifiers, told_kinds
from govkit.ledger.filing import Action, FilingRecord
from govkit.ledger.model import FILED, LAST_UPDATE, OPENED, OWNER, PLATFORM, Kind, Subject

__all__ = [
    "FILED",
    "LAST_UPDATE",
    "OPENED",
    "OWNER",
    "PLATFORM",
    "Action",
    "Change",
    "ChangeKind",
    "FilingRecord",
    "Kind",
    "Subject",
    "changes",
    "new_identifiers",
    "told_kinds",
]
