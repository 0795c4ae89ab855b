"""What there is to say of somebody's answers: to themselves, and to the trainer."""

from collections.abc import Iterable

from markupsafe import Markup

from govkit.forms.markup import fill, join, lines
from govkit.forms.pane import table
from govkit.forms.training.card import verdict_words
from govkit.messages import say
from govkit.training import Feedback, ItemFeedback, Remark, Task, explained_rubric

_COLUMNS = ("item", "remark", "answered", "expected", "clause", "passages", "effect")


def feedback_words(task: Task, told: Feedback) -> Markup:
    """Of each wrong answer what is wrong, with the clause and what proves it; and the result, once all is judged.

    What nobody has judged yet is only counted: its right answer would give the exercise away.
    """
    left = [each for each in told.differences if each.remark == Remark.LEFT_OPEN]
    if not left:
        return told_whole(task, told)
    wrong = [each for each in told.differences if each not in left]
    judged = len(told.items) - len(left)
    words = say("train.left_open", left=len(left), judged=judged, wrong=len(wrong))
    return fill("<p>{text}</p>", text=words) + _remarks(task, told, wrong, effect=False)


def told_whole(task: Task, told: Feedback) -> Markup:
    """The right result, and of each answer that is not right what is wrong, with what it does to the result."""
    words = fill("<p>{text}</p>", text=told.told)
    expected = task.situation().result()
    result = fill("<div>{title}：</div>{verdict}", title=say("train.key"), verdict=verdict_words(task.rubric, expected))
    return words + result + _remarks(task, told, told.differences, effect=True)


def _remarks(task: Task, told: Feedback, items: Iterable[ItemFeedback], *, effect: bool) -> Markup:
    """A row for each; where no words of the task prove what is right, how one looks at such an item."""
    how = {each.item.code: each.explanation.how for each in explained_rubric(task.rubric)}
    rows = []
    for each in items:
        said = told.words(each)
        clause = join([said.clause, said.wording], "<br>")
        passages = join(said.passages, "<br>") or lines(how[each.item.code])
        last = said.effect if effect else ""
        rows.append((each.item.code, said.remark, said.answered, said.expected, clause, passages, last))
    headings = [say(f"train.column_{name}") for name in _COLUMNS]
    return table(headings, rows) if rows else Markup()
