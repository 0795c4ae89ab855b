"""整改: problems that units are told to mend, and what became of each, event by event. Pure."""

from govkit.issues.case import Case, ImpossibleError, State
from govkit.issues.lists import Correction, by_sponsor, overdue, to_correct
from govkit.issues.model import (
    Appeal,
    Appealed,
    Corrected,
    Decided,
    Event,
    Issue,
    Issued,
    Rechecked,
    Reported,
)

__all__ = [
    "Appeal",
    "Appealed",
    "Case",
    "Corrected",
    "Correction",
    "Decided",
    "Event",
    "ImpossibleError",
    "Issue",
    "Issued",
    "Rechecked",
    "Reported",
    "State",
    "by_sponsor",
    "overdue",
    "to_correct",
]
