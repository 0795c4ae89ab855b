"""How answers differ from the right ones: item by item, and what each difference does to the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from govkit.findings import OPEN_OUTCOMES, Outcome
from govkit.messages import say
from govkit.rubric import Item, PartName, Rubric, outcome_word
from govkit.scoring import Ground, Judgement, ObjectResult, ObjectScore, reason, score_object


class Remark(StrEnum):
    """What there is to say of one answer."""

    RIGHT = "right"
    MISSED = "missed"  # 漏判: a problem, or an earned bonus, that was not found
    EXTRA = "extra"  # 多判: found where there is none
    WRONG_COUNT = "wrong_count"  # found, but another number
    WRONG_LEVEL = "wrong_level"  # found, but another level
    LEFT_OPEN = "left_open"  # nobody has judged it
    UNDECIDED = "undecided"  # 无法判断, although it can be told
    GUESSED = "guessed"  # judged, although it cannot be told
    WRONGLY_UNFIT = "wrongly_unfit"  # 不适用, although it applies
    SHOULD_BE_UNFIT = "should_be_unfit"  # looked at, although it does not apply
    NOT_NEEDED = "not_needed"  # not judged, and the right result does not score it either


RIGHT_ENOUGH = frozenset({Remark.RIGHT, Remark.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class ItemFeedback:
    """One item: the right answer, the one that was given, and what that does.

    Attributes:
        item: the item.
        remark: what there is to say.
        expected: the right judgement.
        answered: the one that was given.
        passages: what the right answer rests on, as sentences in Chinese.
        alone: the right score with only this answer changed to the given one; None where the answer is right.
    """

    item: Item
    remark: Remark
    expected: Judgement
    answered: Judgement
    passages: tuple[str, ...] = ()
    alone: ObjectScore | None = None


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What is told of an item, in Chinese: to be shown as a row of a table."""

    remark: str
    expected: str
    answered: str
    clause: str
    wording: str
    passages: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """All answers of one object held against the right ones.

    Attributes:
        rubric: the rules.
        items: every item in scope, in the order of the annex.
        reference: the right score.
        answers: the score of the answers.
    """

    rubric: Rubric
    items: tuple[ItemFeedback, ...]
    reference: ObjectScore
    answers: ObjectScore

    @property
    def differences(self) -> tuple[ItemFeedback, ...]:
        """The items with something to say."""
        return tuple(each for each in self.items if each.remark not in RIGHT_ENOUGH)

    @property
    def told(self) -> str:
        """How many answers are right, and what the differences come to, as sentences in Chinese."""
        values = {
            "right": len(self.items) - len(self.differences),
            "all": len(self.items),
            "expected": reason(self.reference, self.rubric),
            "answered": reason(self.answers, self.rubric),
        }
        return say("feedback.all_right" if not self.differences else "feedback.told", **values)

    def words(self, feedback: ItemFeedback) -> ItemWords:
        """What is told of one of the items, in Chinese."""
        code, rubric = feedback.item.code, self.rubric
        row = rubric.row_of[code]
        effect = ""
        if feedback.alone:
            before, after = reason(self.reference, rubric), reason(feedback.alone, rubric)
            key = "feedback.no_effect" if before == after else "feedback.effect"
            effect = say(key, before=before, after=after)
        return ItemWords(
            say(f"feedback.{feedback.remark}"),
            answer_words(feedback.item, row.part, feedback.expected),
            answer_words(feedback.item, row.part, feedback.answered),
            say("feedback.clause", clause=row.clause, code=code, name=row.title),
            rubric.wording(feedback.item),
            feedback.passages,
            effect,
        )


def compare(
    rubric: Rubric,
    reference: ObjectResult,
    answers: ObjectResult,
    passages: Mapping[str, Sequence[str]] | None = None,
) -> Feedback:
    """Hold answers against the right ones.

    What a right result does not score (parts two and three after a veto, the bonus up to the bonus line) need not be
    judged; what was judged of it all the same is compared like the rest.

    Args:
        rubric: the rules of both.
        reference: the right answers, with their result.
        answers: those that were given, of the same object, with their result.
        passages: what the right answers rest on, by item.

    Raises:
        ValueError: the objects are judged on different items.
    """
    if reference.judgements.keys() != answers.judgements.keys():
        raise ValueError(reference.subject.id, answers.subject.id)
    unscored = _unscored(reference.score)
    items = []
    for code, expected in reference.judgements.items():
        item, answered = rubric.items[code], answers.judgements[code]
        remark = _remark(item, expected, answered, needed=rubric.row_of[code].part not in unscored)
        alone = None
        if remark not in RIGHT_ENOUGH:
            alone = score_object(rubric, reference.subject, {**reference.judgements, code: answered})
        items.append(ItemFeedback(item, remark, expected, answered, tuple((passages or {}).get(code, ())), alone))
    return Feedback(rubric, tuple(items), reference.score, answers.score)


def answer_words(item: Item, part: PartName, judgement: Judgement) -> str:
    """A judgement in words: 发现问题 3 处, 未发现, 符合（得2分）."""
    word = outcome_word(judgement.outcome, part)
    if judgement.outcome != Outcome.FOUND:
        return word
    if item.kind == "count":
        return say("feedback.number", word=word, count=judgement.count, unit=item.unit)
    if item.kind == "tier":
        level = next(level for level in item.levels if level.points == judgement.count)
        return say("feedback.level", word=word, level=level.text, points=level.points)
    return word


def _unscored(score: ObjectScore) -> frozenset[PartName]:
    """The parts that a result does not score."""
    if score.ground == Ground.VETO:
        return frozenset({PartName.DEDUCTION, PartName.BONUS})
    if score.ground in (Ground.BELOW, Ground.PLAIN):
        return frozenset({PartName.BONUS})
    return frozenset()


_OF_ANSWER = {
    Outcome.UNCHECKED: Remark.LEFT_OPEN,
    Outcome.CANNOT_TELL: Remark.UNDECIDED,
    Outcome.NOT_APPLICABLE: Remark.WRONGLY_UNFIT,
    Outcome.FOUND: Remark.EXTRA,
}
"""What a wrong answer is by itself, where the item could be told and was no problem."""


def _remark(item: Item, expected: Judgement, answered: Judgement, *, needed: bool) -> Remark:
    if answered.outcome == expected.outcome:
        if answered.outcome != Outcome.FOUND or answered.count == expected.count or item.kind in ("flag", "threshold"):
            return Remark.RIGHT
        return Remark.WRONG_LEVEL if item.kind == "tier" else Remark.WRONG_COUNT
    if answered.outcome == Outcome.UNCHECKED and not needed:
        return Remark.NOT_NEEDED
    if expected.outcome in OPEN_OUTCOMES and answered.outcome not in OPEN_OUTCOMES:
        return Remark.GUESSED
    if answered.outcome == Outcome.CLEAR:
        return Remark.MISSED if expected.outcome == Outcome.FOUND else Remark.SHOULD_BE_UNFIT
    return _OF_ANSWER[answered.outcome]
