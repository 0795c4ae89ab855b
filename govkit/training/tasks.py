"""题目: what can be handed out to a class, a worked case or an exercise."""

from datetime import date

from govkit.ledger import Subject
from govkit.training.cases import Case
from govkit.training.exercises import Exercise
from govkit.training.load import load_cases, load_exercises

Task = Case | Exercise
"""What a class judges; both have a title, an object, a story, the right answers, and feedback to other answers."""


def load_tasks() -> tuple[Task, ...]:
    """The exercises, which are described page by page, then the worked cases.

    Raises:
        TrainingError: as `load_cases` and `load_exercises`.
    """
    return (*load_exercises(), *load_cases())


def task_of(subject: Subject, as_of: date) -> Task | None:
    """The task in which this object is judged at this 监测时间点; None where it is in none, as every real one."""
    known = ((task, task.object) for task in load_tasks())
    same = (task for task, one in known if (one.id, one.name, task.as_of) == (subject.id, subject.name, as_of))
    return next(same, None)
