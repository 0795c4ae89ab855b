"""Training: the rubric explained item by item, worked cases, exercises, and feedback. Pure."""

from govkit.training.agreement import (
    Agreement,
    Answer,
    ClassAgreement,
    Coefficient,
    ItemAgreement,
    PersonAgreement,
    RowAgreement,
    class_agreement,
    totals,
)
from govkit.training.cases import Case, Mistake
from govkit.training.exercises import Exercise
from govkit.training.explanations import Explained, Explanation, find_items
from govkit.training.feedback import RIGHT_ENOUGH, Feedback, ItemFeedback, ItemWords, Remark, answer_words, compare
from govkit.training.load import (
    explained_rubric,
    load_cases,
    load_cases_from,
    load_exercises,
    load_exercises_from,
    load_explanations,
    load_explanations_from,
)
from govkit.training.pages import Page, shown
from govkit.training.replay import Change, Replay, StepPair, replay
from govkit.training.situation import Situation, TrainingError
from govkit.training.tasks import Task, load_tasks, task_of
from govkit.training.told import unlisted_outcome

__all__ = [
    "RIGHT_ENOUGH",
    "Agreement",
    "Answer",
    "Case",
    "Change",
    "ClassAgreement",
    "Coefficient",
    "Exercise",
    "Explained",
    "Explanation",
    "Feedback",
    "ItemAgreement",
    "ItemFeedback",
    "ItemWords",
    "Mistake",
    "Page",
    "PersonAgreement",
    "Remark",
    "Replay",
    "RowAgreement",
    "Situation",
    "StepPair",
    "Task",
    "TrainingError",
    "answer_words",
    "class_agreement",
    "compare",
    "explained_rubric",
    "find_items",
    "load_cases",
    "load_cases_from",
    "load_exercises",
    "load_exercises_from",
    "load_explanations",
    "load_explanations_from",
    "load_tasks",
    "replay",
    "shown",
    "task_of",
    "totals",
    "unlisted_outcome",
]
