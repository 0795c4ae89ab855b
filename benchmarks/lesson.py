"""A class of 10,000 answers: all that `class compare` works out, against one coefficient as the library computes it."""

import math
from random import Random

from nltk.metrics.agreement import AnnotationTask

from benchmarks.timing import compare
from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric, load_rubric
from govkit.scoring import Judgement, ObjectResult, score_object
from govkit.training import class_agreement

_PEOPLE = 113  # × 89 items is a little more than 10,000 answers


def run() -> None:
    """Random answers, made before the clock starts: everybody answers everything, and most are right.

    Ours works out agreement by item, indicator and person, with the right answers and with each other, and Fleiss'
    kappa of all and of each indicator. The library works out only Fleiss' kappa of all, which it calls multi-pi.
    """
    rubric, subject = load_rubric("fengdu-2019"), Subject("1", "", Kind.SITE, "", service=True)
    codes, chance = list(rubric.items_in_scope(subject)), Random(2019)  # noqa: S311 - no secret
    given = (Outcome.CLEAR, Outcome.CLEAR, Outcome.CLEAR, Outcome.FOUND, Outcome.NOT_APPLICABLE)
    said_by = [{code: chance.choice(given) for code in codes} for _ in range(_PEOPLE)]
    answers = [(f"{number}", _result(rubric, subject, said)) for number, said in enumerate(said_by)]
    reference = _result(rubric, subject, dict.fromkeys(codes, Outcome.CLEAR))
    people = class_agreement(rubric, answers).people
    listed = [(person.who, code, answer) for person in people for code, answer in person.answers.items()]
    found: dict[str, float | None] = {}

    def ours() -> None:
        found["ours"] = class_agreement(rubric, answers, reference).beyond_chance.value

    def library() -> None:
        found["library"] = float(AnnotationTask(listed).pi())

    compare(
        f"class_agreement, {_PEOPLE} people, {len(listed):,} answers",
        ours,
        "Fleiss' kappa of all alone, by NLTK",
        library,
    )
    same = math.isclose(found["ours"] or 0, found["library"] or 0, abs_tol=1e-9)
    print("both find the same Fleiss' kappa" if same else f"the coefficients differ: {found}")


def _result(rubric: Rubric, subject: Subject, said: dict[str, Outcome]) -> ObjectResult:
    judgements = {code: Judgement(outcome) for code, outcome in said.items()}
    return ObjectResult(subject, judgements, score_object(rubric, subject, judgements))
