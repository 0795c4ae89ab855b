"""Filled-in sheets together: what several people answered becomes one record; contradictions are listed."""

from govkit.collecting.answers import Taken, check_ids, check_known, contributions, unmarked
from govkit.collecting.belonging import changed_facts, check_batch, check_objects, check_order
from govkit.collecting.merge import Conflict, Contribution, Key, Merged, merge, merge_bases
from govkit.collecting.proof import Difference, differences

__all__ = [
    "Conflict",
    "Contribution",
    "Difference",
    "Key",
    "Merged",
    "Taken",
    "changed_facts",
    "check_batch",
    "check_ids",
    "check_known",
    "check_objects",
    "check_order",
    "contributions",
    "differences",
    "merge",
    "merge_bases",
    "unmarked",
]
