"""What can be handed out: every exercise and case, told apart by its object and 监测时间点."""

from dataclasses import replace
from datetime import timedelta

from govkit.training import load_cases, load_exercises, load_tasks, task_of


def test_tasks_are_told_apart() -> None:
    """Each task is found by its object, and no other; another day, or another object of the id, is none of them."""
    tasks = load_tasks()
    assert [task.id for task in tasks] == [each.id for each in load_exercises()] + [each.id for each in load_cases()]
    assert len({task.id for task in tasks}) == len({task.title for task in tasks}) == len(tasks)
    for task in tasks:
        subject = task.object.subject()
        assert task_of(subject, task.as_of) is task
        assert task_of(subject, task.as_of + timedelta(1)) is None
        assert task_of(replace(subject, name="另一个网站"), task.as_of) is None


def test_statement_and_feedback() -> None:
    """Each task says what holds of all that it does not mention, and finds its own right answers right."""
    for task in load_tasks():
        assert task.statement.startswith("没有提到的")
        assert task.feedback(task.situation().result()).differences == ()
