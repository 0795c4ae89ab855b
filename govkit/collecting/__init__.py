"""Filled-in sheets together: what several people answered becomes one record; contradictions are listed."""

from govkit.collecting.answers import Taken, check_known, contributions
from govkit.collecting.merge import Conflict, Contribution, Key, Merged, merge
from govkit.collecting.proof import Difference, differences

__all__ = [
    "Conflict",
    "Contribution",
    "Difference",
    "Key",
    "Merged",
    "Taken",
    "check_known",
    "contributions",
    "differences",
    "merge",
]
