"""What a change does to a score: the engine's own steps before and after it, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from govkit.figures import two_places
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult, Step, explain, reason
from govkit.training.situation import Situation

_PHASES = ("veto", "not_scored", "deduction", "part2", "scaled", "bonus", "range", "total", "line")
"""Kinds of steps in the order in which the engine takes them."""


class Change(StrEnum):
    """What became of a step."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StepPair:
    """A step before and after the change; None where it was, or is, not taken. Texts are those of `explain`."""

    before: Step | None
    after: Step | None
    before_text: str
    after_text: str

    @property
    def change(self) -> Change:
        """What became of it."""
        if self.before is None:
            return Change.NEW
        if self.after is None:
            return Change.GONE
        return Change.SAME if self.before == self.after else Change.CHANGED


@dataclass(frozen=True, slots=True)
class Replay:
    """A score before and after a change.

    Attributes:
        before, after: the results; charts draw the steps of each.
        items: the items that are judged otherwise, in the order of the annex.
        steps: the steps of both, each once, in the order of the engine.
    """

    rubric: Rubric
    before: ObjectResult
    after: ObjectResult
    items: tuple[str, ...]
    steps: tuple[StepPair, ...]

    @property
    def gained(self) -> Fraction | None:
        """By how much the total has changed; None where one of the two has no total."""
        old, new = self.before.score.total, self.after.score.total
        return None if old is None or new is None else new - old

    @property
    def told(self) -> str:
        """What has changed, as sentences in Chinese: the total, and the verdict with its ground."""
        before, after = (reason(result.score, self.rubric) for result in (self.before, self.after))
        if before == after:
            return say("replay.same", reason=after)
        if not self.gained:
            return say("replay.otherwise", before=before, after=after)
        word = say("replay.more" if self.gained > 0 else "replay.less", points=two_places(abs(self.gained)))
        return say("replay.changed", before=before, after=after, points=word)


def replay(before: Situation, after: Situation) -> Replay:
    """Score a situation before and after a change.

    Args:
        before: as it was.
        after: the same object by the same rules, with other findings or measured quantities.

    Raises:
        ValueError: not the same object, or not the same rules.
    """
    if before.subject != after.subject or before.rubric.sha256 != after.rubric.sha256:
        raise ValueError(before.subject.id, after.subject.id)
    old, new = before.result(), after.result()
    items = tuple(
        code
        for code, judgement in old.judgements.items()
        if (judgement.outcome, judgement.count) != (new.judgements[code].outcome, new.judgements[code].count)
    )
    return Replay(before.rubric, old, new, items, tuple(_pairs(before.rubric, old.score.steps, new.score.steps)))


def _pairs(rubric: Rubric, before: tuple[Step, ...], after: tuple[Step, ...]) -> Iterator[StepPair]:
    """Steps that are about the same thing, together; the cap of a row comes after its items."""
    codes = [code for row in rubric.rows for code in (*(item.code for item in row.items), row.code)]
    places = {code: place for place, code in enumerate(codes)}
    parts = {row.code: row.part for row in rubric.rows}
    old, new = ({_about(step): step for step in steps} for steps in (before, after))

    def place(about: tuple[str, str]) -> tuple[int, int]:
        kind, code = about
        phase = parts[code] if kind == "cap" else kind.split("_")[0] if code else kind
        return _PHASES.index(phase), places.get(code, 0)

    for about in sorted(old.keys() | new.keys(), key=place):
        one, other = old.get(about), new.get(about)
        yield StepPair(one, other, *(explain(step, rubric) if step else "" for step in (one, other)))


def _about(step: Step) -> tuple[str, str]:
    """What a step is about; the last one is always about the line of the outcome list."""
    return ("line", "") if step.rule.startswith("line_") else (step.rule, step.code)
