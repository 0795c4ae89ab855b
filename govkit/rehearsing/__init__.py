"""A change of the rules, told and rehearsed: how two rubrics differ, and what becomes of results recorded for one."""

from govkit.rehearsing.carrying import Fate, Note
from govkit.rehearsing.differences import Change, Difference, differences
from govkit.rehearsing.rehearsal import Compared, Rehearsal, Summary, rehearse
from govkit.rehearsing.told import summary_sentences, why

__all__ = [
    "Change",
    "Compared",
    "Difference",
    "Fate",
    "Note",
    "Rehearsal",
    "Summary",
    "differences",
    "rehearse",
    "summary_sentences",
    "why",
]
