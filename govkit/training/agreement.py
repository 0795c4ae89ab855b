"""How far several people who judged the same object agree: with the right answers, and with each other. Pure.

Percent agreement is exact. Coefficients that take chance off come from a library: Cohen's kappa of two people, Fleiss'
kappa of several where everybody answered everything, else Krippendorff's alpha.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from govkit.figures import Rate
from govkit.findings import Outcome
from govkit.rubric import Item, Row, Rubric
from govkit.scoring import Judgement, ObjectResult, ObjectScore, reason
from govkit.training.feedback import Feedback, answer_words, compare

_TWO = 2

Answer = tuple[Outcome, int | None]
"""What somebody said of an item, with the number where something was found."""


class Coefficient(StrEnum):
    """Which coefficient is told."""

    COHEN = "cohen"
    FLEISS = "fleiss"
    ALPHA = "alpha"


class Agreement(NamedTuple):
    """Agreement beyond chance; `value` is None where it cannot be told, as all answers are the same or too few."""

    kind: Coefficient
    value: float | None


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How people answered one item.

    Attributes:
        item: the item.
        answers: how many people gave which answer, the most frequent first.
        missing: how many gave none.
        pairs: of all pairs of people who answered, how many agree.
        right: how many are right, of all; None where nobody knows what is right.
        mistaken: how many have given a wrong answer; 0 where nobody knows what is right.
    """

    item: Item
    answers: Mapping[Answer, int]
    missing: int
    pairs: Rate
    right: Rate | None
    mistaken: int

    @property
    def splits(self) -> bool:
        """Whether those who answered do not all say the same."""
        return len(self.answers) > 1


@dataclass(frozen=True, slots=True)
class RowAgreement:
    """How people answered the items of one indicator (指标) together."""

    row: Row
    pairs: Rate
    right: Rate | None
    beyond_chance: Agreement


@dataclass(frozen=True, slots=True)
class PersonAgreement:
    """How one person answered.

    Attributes:
        who: their name.
        answers: what they said of each item; None of what they did not answer.
        score: what their answers come to.
        feedback: their answers beside the right ones; None where nobody knows what is right.
        with_reference: Cohen's kappa with the right answers; None likewise.
        with_others: of all pairs with another person's answer, how many agree.
    """

    who: str
    answers: Mapping[str, Answer | None]
    score: ObjectScore
    feedback: Feedback | None
    with_reference: Agreement | None
    with_others: Rate


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """How a class, or two inspectors, judged one object.

    Attributes:
        rubric: the rules.
        reference: the right answers, with their result; None where nobody knows what is right.
        items: every item in scope, in the order of the annex.
        rows: every indicator in scope.
        people: in the order in which they were given.
        beyond_chance: of all people and all items.
    """

    rubric: Rubric
    reference: ObjectResult | None
    items: tuple[ItemAgreement, ...]
    rows: tuple[RowAgreement, ...]
    people: tuple[PersonAgreement, ...]
    beyond_chance: Agreement

    @property
    def pairs(self) -> Rate:
        """Of all pairs of answers to the same item, how many agree."""
        return _sum(item.pairs for item in self.items)

    def in_words(self, code: str, answer: Answer) -> str:
        """An answer to an item in words: 发现问题 3 处, 未发现."""
        outcome, count = answer
        judgement = Judgement(outcome, 1 if count is None else count)
        return answer_words(self.rubric.items[code], self.rubric.row_of[code].part, judgement)

    def right_words(self, code: str) -> str:
        """The right answer to an item in words; empty where nobody knows it."""
        if self.reference is None:
            return ""
        judged = self.reference.judgements[code]
        return self.in_words(code, (judged.outcome, judged.count))

    def who_said(self, code: str, answer: Answer) -> tuple[str, ...]:
        """Who gave an answer to an item."""
        return tuple(person.who for person in self.people if person.answers[code] == answer)

    def alone(self, code: str, answer: Answer) -> str:
        """The right result with only this answer changed, in words; empty where it is right, or nobody knows."""
        for person in self.people:
            if person.feedback and person.answers[code] == answer:
                alone = next(each.alone for each in person.feedback.items if each.item.code == code)
                return reason(alone, self.rubric) if alone else ""
        return ""

    @property
    def splitting(self) -> tuple[ItemAgreement, ...]:
        """The items that split the class, or that somebody got wrong: what to go through, the worst first.

        The worst are those that the most people got wrong; then those on which they agree least.
        """
        found = (item for item in self.items if item.splits or item.mistaken)
        return tuple(sorted(found, key=lambda each: (-each.mistaken, each.pairs.share or Fraction(0))))


def class_agreement(
    rubric: Rubric, answers: Sequence[tuple[str, ObjectResult]], reference: ObjectResult | None = None
) -> ClassAgreement:
    """Hold the answers of several people to one object against each other, and against the right ones.

    Args:
        rubric: the rules of all of them.
        answers: who answered, and what that comes to; names are distinct.
        reference: the right answers; None where nobody knows what is right, as of two inspectors at one site.

    Raises:
        ValueError: fewer than two people, a name twice, or they judged different items.
    """
    names = [who for who, _ in answers]
    scopes = {frozenset(result.judgements) for result in (*(each for _, each in answers), *filter(None, [reference]))}
    if len(names) < _TWO or len(set(names)) < len(names) or len(scopes) > 1:
        raise ValueError(names)
    told = {
        who: {code: _answer(rubric.items[code], judgement) for code, judgement in one.judgements.items()}
        for who, one in answers
    }
    feedback = {who: compare(rubric, reference, one) for who, one in answers} if reference else {}
    right = {who: {each.item.code for each in one.items} - _wrong(one) for who, one in feedback.items()}
    codes = list(answers[0][1].judgements)
    items = {code: _item(rubric.items[code], [each[code] for each in told.values()], right, code) for code in codes}
    people = tuple(
        PersonAgreement(
            who,
            told[who],
            one.score,
            feedback.get(who),
            _with_reference(rubric, told[who], reference) if reference else None,
            _with_others(told[who], items),
        )
        for who, one in answers
    )
    rows = tuple(_row(row, items, told) for row in rubric.rows if any(item.code in items for item in row.items))
    beyond = _beyond_chance(told, codes, _sum(item.pairs for item in items.values()))
    return ClassAgreement(rubric, reference, tuple(items.values()), rows, people, beyond)


def _answer(item: Item, judgement: Judgement) -> Answer | None:
    """What counts as an answer; what nobody has judged is none.

    The number belongs to it only where it decides the score. Else it is 1: of what has a threshold any number beyond it
    is the same, and a problem found once is the same answer to items of every kind, as coefficients of many items need.
    """
    if judgement.outcome == Outcome.UNCHECKED:
        return None
    if judgement.outcome != Outcome.FOUND:
        return judgement.outcome, None
    return judgement.outcome, judgement.count if item.kind in ("count", "tier") else 1


def _wrong(feedback: Feedback) -> set[str]:
    return {each.item.code for each in feedback.differences}


def _item(item: Item, told: Sequence[Answer | None], right: Mapping[str, set[str]], code: str) -> ItemAgreement:
    counted = Counter(answer for answer in told if answer is not None)
    number = counted.total()
    agreeing = sum(each * (each - 1) // 2 for each in counted.values())
    rate = Rate(sum(code in codes for codes in right.values()), len(right)) if right else None
    pairs = Rate(agreeing, number * (number - 1) // 2)
    mistaken = sum(
        answer is not None and code not in codes for answer, codes in zip(told, right.values(), strict=False)
    )
    return ItemAgreement(item, dict(counted.most_common()), len(told) - number, pairs, rate, mistaken)


def _row(row: Row, items: Mapping[str, ItemAgreement], told: Mapping[str, Mapping[str, Answer | None]]) -> RowAgreement:
    own = [items[item.code] for item in row.items if item.code in items]
    right = [each.right for each in own if each.right]
    codes = [each.item.code for each in own]
    pairs = _sum(each.pairs for each in own)
    return RowAgreement(row, pairs, _sum(right) if right else None, _beyond_chance(told, codes, pairs))


def _with_others(told: Mapping[str, Answer | None], items: Mapping[str, ItemAgreement]) -> Rate:
    """Of the answers of others to what one person answered, how many are the same."""
    same = others = 0
    for code, answer in told.items():
        if answer is not None:
            same += items[code].answers[answer] - 1
            others += sum(items[code].answers.values()) - 1
    return Rate(same, others)


def _with_reference(rubric: Rubric, told: Mapping[str, Answer | None], reference: ObjectResult) -> Agreement:
    expected = {code: _answer(rubric.items[code], judgement) for code, judgement in reference.judgements.items()}
    codes = [code for code, answer in told.items() if answer is not None and expected[code] is not None]
    task = _task({"answers": told, "reference": expected}, codes)
    return Agreement(Coefficient.COHEN, float(task.kappa_pairwise("answers", "reference")) if task else None)


def _beyond_chance(told: Mapping[str, Mapping[str, Answer | None]], codes: Sequence[str], pairs: Rate) -> Agreement:
    """The coefficient of some items; `pairs` is how many pairs of answers to them agree."""
    task = _task(told, codes)
    if any(answers[code] is None for answers in told.values() for code in codes):
        return Agreement(Coefficient.ALPHA, float(task.alpha()) if task else None)
    if len(told) == _TWO:
        return Agreement(Coefficient.COHEN, float(task.kappa_pairwise(*told)) if task else None)
    if task:
        # The library would compare every pair of people, which takes long; the share that agrees is known exactly.
        task.avg_Ao = lambda: float(pairs.share or 0)
    # What the library calls multi-pi is Fleiss' kappa (Artstein and Poesio 2007, 2.6).
    return Agreement(Coefficient.FLEISS, float(task.pi()) if task else None)


def _task(told: Mapping[str, Mapping[str, Answer | None]], codes: Iterable[str]) -> Any:
    """What the library works with; None where nothing can be told beyond chance."""
    asked = list(codes)
    data = [(who, code, each) for who, answers in told.items() for code in asked if (each := answers[code]) is not None]
    answered = Counter(code for _, code, _ in data)
    usable = [each for each in data if answered[each[1]] > 1]
    if len({each for *_, each in usable}) < _TWO:
        return None
    from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415 - a quarter of a second that few wait for

    return AnnotationTask(usable)


def _sum(rates: Iterable[Rate]) -> Rate:
    found = list(rates)
    return Rate(sum(each.part for each in found), sum(each.whole for each in found))


def totals(agreement: ClassAgreement) -> Mapping[str, Fraction | None]:
    """最后得分 by person, and that of the right answers under an empty name, where they are known."""
    scores = ((person.who, person.score) for person in agreement.people)
    known = [("", agreement.reference.score)] if agreement.reference else []
    return {who: score.total for who, score in chain(known, scores)}
