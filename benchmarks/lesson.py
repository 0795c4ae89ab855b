"""A class of 10,000 answers: all that `class compare` works out, against counting the agreement of every pair."""

from itertools import combinations
from random import Random

from benchmarks.timing import compare
from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric, load_rubric
from govkit.scoring import Judgement, ObjectResult, score_object
from govkit.training import class_agreement

_PEOPLE = 113  # × 89 items is a little more than 10,000 answers


def run() -> None:
    """Random answers, made before the clock starts: everybody answers everything, and most are right."""
    rubric, subject = load_rubric("fengdu-2019"), Subject("1", "", Kind.SITE, "", service=True)
    codes, chance = list(rubric.items_in_scope(subject)), Random(2019)  # noqa: S311 - no secret
    given = (Outcome.CLEAR, Outcome.CLEAR, Outcome.CLEAR, Outcome.FOUND, Outcome.NOT_APPLICABLE)
    said_by = [{code: chance.choice(given) for code in codes} for _ in range(_PEOPLE)]
    answers = [(f"{number}", _result(rubric, subject, said)) for number, said in enumerate(said_by)]
    reference = _result(rubric, subject, dict.fromkeys(codes, Outcome.CLEAR))
    listed = [list(said.values()) for said in said_by]
    compare(
        f"class_agreement, {_PEOPLE} people, {_PEOPLE * len(codes):,} answers",
        lambda: class_agreement(rubric, answers, reference),
        "the agreement of every pair, in a loop",
        lambda: sum(a == b for one, other in combinations(listed, 2) for a, b in zip(one, other, strict=True)),
    )


def _result(rubric: Rubric, subject: Subject, said: dict[str, Outcome]) -> ObjectResult:
    judgements = {code: Judgement(outcome) for code, outcome in said.items()}
    return ObjectResult(subject, judgements, score_object(rubric, subject, judgements))
