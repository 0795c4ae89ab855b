"""The one door to the database: answers as an append-only log, and what follows from it."""

from govkit.codec import Value
from govkit.store.entries import FILING, BatchInfo, Change, Draft, Entry, Presence, Record
from govkit.store.errors import ConflictError, FrozenError, StoreError
from govkit.store.evidence import EVIDENCE_NAME, evidence_name
from govkit.store.home import Home, open_home
from govkit.store.store import Store

__all__ = [
    "EVIDENCE_NAME",
    "FILING",
    "BatchInfo",
    "Change",
    "ConflictError",
    "Draft",
    "Entry",
    "FrozenError",
    "Home",
    "Presence",
    "Record",
    "Store",
    "StoreError",
    "Value",
    "evidence_name",
    "open_home",
]
