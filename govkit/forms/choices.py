"""The results that one click gives an item: a level of a tiered item is a result of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govkit.findings import Outcome
from govkit.messages import say
from govkit.rubric import Item, PartName, outcome_word
from govkit.scoring import Judgement

_ORDER = (Outcome.CLEAR, Outcome.FOUND, Outcome.NOT_APPLICABLE, Outcome.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: the result it gives, its words, and the text that shows when the mouse rests on it."""

    outcome: Outcome
    level: int | None
    words: str
    tooltip: str


@cache
def choices(item: Item, part: PartName) -> tuple[Choice, ...]:
    """The buttons of an item, in order."""
    found: list[Choice] = []
    for outcome in _ORDER:
        if outcome == Outcome.FOUND and item.levels:
            for level in item.levels:
                words = say(f"form.level_{part}", points=level.points)
                found.append(Choice(outcome, level.points, words, level.text))
        else:
            words = outcome_word(outcome, part)
            found.append(Choice(outcome, None, words, say(f"form.tip_{outcome.name.lower()}")))
    return tuple(found)


def chosen(item: Item, part: PartName, judgements: Mapping[str, Judgement]) -> int | None:
    """Which of the buttons a person has pressed; None where nobody has judged the item."""
    judgement = judgements[item.code]
    finding = judgement.finding
    if finding is None:
        return None
    for index, choice in enumerate(choices(item, part)):
        if choice.outcome == finding.outcome and choice.level in {None, judgement.count}:
            return index
    return None
