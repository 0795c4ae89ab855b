"""The one door to the database: batches and the register as append-only logs, and what follows from them."""

from govkit.codec import Value
from govkit.store.entries import FILING, BatchInfo, Change, Draft, Entry, Presence, Record
from govkit.store.errors import ConflictError, FrozenError, OutdatedError, StoreError
from govkit.store.evidence import EVIDENCE_NAME, evidence_name
from govkit.store.home import Home, open_home
from govkit.store.register import Register
from govkit.store.register_entries import DrawnLines, KeptDraw, Quarter, RegisterEntry, Results, Topic, Withdrawn
from govkit.store.rubric_files import RUBRICS, folder_of, open_rubrics, rubrics_in
from govkit.store.store import Store

__all__ = [
    "EVIDENCE_NAME",
    "FILING",
    "RUBRICS",
    "BatchInfo",
    "Change",
    "ConflictError",
    "Draft",
    "DrawnLines",
    "Entry",
    "FrozenError",
    "Home",
    "KeptDraw",
    "OutdatedError",
    "Presence",
    "Quarter",
    "Record",
    "Register",
    "RegisterEntry",
    "Results",
    "Store",
    "StoreError",
    "Topic",
    "Value",
    "Withdrawn",
    "evidence_name",
    "folder_of",
    "open_home",
    "open_rubrics",
    "rubrics_in",
]
