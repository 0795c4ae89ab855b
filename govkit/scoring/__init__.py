"""Scoring: findings + rubric → result. Pure: no files, no spreadsheets, no widgets, no clock."""

from govkit.scoring.batch import BLANK, GROUNDS, BatchScore, score_batch
from govkit.scoring.inspection import Inspection, ObjectResult, iter_results, score_spot_check
from govkit.scoring.judgements import Judgement, group_readings, judge
from govkit.scoring.one import score_object
from govkit.scoring.result import Ground, ObjectScore, Step, Verdict, explain, reason

__all__ = [
    "BLANK",
    "GROUNDS",
    "BatchScore",
    "Ground",
    "Inspection",
    "Judgement",
    "ObjectResult",
    "ObjectScore",
    "Step",
    "Verdict",
    "explain",
    "group_readings",
    "iter_results",
    "judge",
    "reason",
    "score_batch",
    "score_object",
    "score_spot_check",
]
