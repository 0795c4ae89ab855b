"""Training: the rubric explained item by item, worked cases, and what a changed finding does to a score. Pure."""

from govkit.training.cases import Case, Mistake
from govkit.training.explanations import Explained, Explanation, find_items
from govkit.training.load import (
    explained_rubric,
    load_cases,
    load_cases_from,
    load_explanations,
    load_explanations_from,
)
from govkit.training.situation import Situation, TrainingError

__all__ = [
    "Case",
    "Explained",
    "Explanation",
    "Mistake",
    "Situation",
    "TrainingError",
    "explained_rubric",
    "find_items",
    "load_cases",
    "load_cases_from",
    "load_explanations",
    "load_explanations_from",
]
