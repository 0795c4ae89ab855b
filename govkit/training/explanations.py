"""Explanations: for each item what is looked at and how, with an example that is right and one that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from govkit.folding import fold
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.training.situation import TrainingError
from govkit.training.told import Data


class Explanation(Data):
    """An item in plain words. Gaps {limit} and {value} stand for the limit of the rubric.

    Attributes:
        how: what is looked at, and how.
        right: 合规的例子; for bonus items one that earns the points.
        wrong: 有问题的例子; for bonus items one that earns nothing.
    """

    how: str
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An item with everything that is said of it, as one looks it up.

    Attributes:
        part: which part it belongs to.
        row: its indicator.
        item: the item, with its points, levels, sample and measured quantities.
        wording: the official wording of the item.
        warning: the line at which one is told that the limit is close; empty where there is none.
        explanation: in plain words.
    """

    part: PartName
    row: Row
    item: Item
    wording: str
    warning: str
    explanation: Explanation


def explain_items(
    rubric: Rubric, explanations: Mapping[str, Explanation], written_for: Mapping[str, Row]
) -> tuple[Explained, ...]:
    """Every item of a rubric with its explanation, in the order of the annex.

    What an office has added, or has changed in its words or points, is not explained by what was written before: it
    says so.

    Args:
        rubric: whose items.
        explanations: by code.
        written_for: the indicators whose items they explain, by the code of the item.

    Raises:
        TrainingError: one of these items has no explanation, or there is one of an unknown item; all are named.
    """
    complaints = [say("training.no_explanation", item=code) for code in written_for if code not in explanations]
    complaints += [say("training.no_item", item=code) for code in explanations if code not in written_for]
    if complaints:
        raise TrainingError(complaints)
    return tuple(
        _explained(rubric, row, item, explanations[item.code] if _is_same(row, item, written_for) else None)
        for row in rubric.rows
        for item in row.items
    )


def _is_same(row: Row, item: Item, written_for: Mapping[str, Row]) -> bool:
    known = written_for.get(item.code)
    return known is not None and known.points == row.points and item in known.items


def _explained(rubric: Rubric, row: Row, item: Item, said: Explanation | None) -> Explained:
    limit = rubric.parameters.limits.get(item.code)
    missing = say("training.to_add")
    own = Explanation(how=say("training.own_item"), right=missing, wrong=missing)
    texts = {name: rubric.with_limit(item, text) for name, text in (said or own).model_dump().items()}
    return Explained(
        row.part, row, item, rubric.wording(item), limit.warning_text if limit else "", Explanation(**texts)
    )


def find_items(
    items: tuple[Explained, ...], words: str = "", part: PartName | None = None, group: str = ""
) -> tuple[Explained, ...]:
    """Those of a part, of a group (一级指标), and in which all the words occur.

    Args:
        items: where to look.
        words: searched for in the code, the names of group and row, the wording and the explanation; blanks separate.
        part: only this part; None for all.
        group: only this group; empty for all.
    """
    wanted = [fold(word) for word in words.split()]
    return tuple(
        each
        for each in items
        if part in (None, each.part) and group in ("", each.row.group) and all(word in _text(each) for word in wanted)
    )


def _text(each: Explained) -> str:
    said = each.explanation
    pieces = (each.item.code, each.row.group, each.row.title, each.row.name, each.wording)
    return fold(" ".join((*pieces, said.how, said.right, said.wrong)))
