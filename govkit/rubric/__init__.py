"""The rubric (检查指标): indicators, wording, points, caps, limits, samples and scopes, as validated data."""

from govkit.rubric.entries import Item, Level, PartName, Row
from govkit.rubric.fitting import Fault, MisfitError
from govkit.rubric.load import RubricError, Rubrics, load_rubric, load_rubric_from, rubric_from, rubric_ids
from govkit.rubric.measures import Reading, Readings
from govkit.rubric.model import CountFault, Rubric
from govkit.rubric.words import outcome_word

__all__ = [
    "CountFault",
    "Fault",
    "Item",
    "Level",
    "MisfitError",
    "PartName",
    "Reading",
    "Readings",
    "Row",
    "Rubric",
    "RubricError",
    "Rubrics",
    "load_rubric",
    "load_rubric_from",
    "outcome_word",
    "rubric_from",
    "rubric_ids",
]
