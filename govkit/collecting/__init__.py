"""Filled-in sheets together: what several people answered becomes one record; contradictions are listed."""

from govkit.collecting.answers import Taken, check_known, contributions
from govkit.collecting.merge import Conflict, Contribution, Key, Merged, merge

__all__ = ["Conflict", "Contribution", "Key", "Merged", "Taken", "check_known", "contributions", "merge"]
