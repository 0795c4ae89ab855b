"""Classes for tests of charts: of one mind, split, and with nothing to draw."""

from govkit.scoring import ObjectResult
from govkit.training import ClassAgreement, class_agreement
from tests.charts.matrices import LONG
from tests.training.test_agreement import RUBRIC, random_class, result


def mixed(people: int, *, known: bool = True) -> ClassAgreement:
    """Return a class that differs in nearly everything; one of its people has a long name."""
    answers = [(LONG if number == 1 else who, one) for number, (who, one) in enumerate(random_class(3, people))]
    answers.append(("全对", reference()))
    return class_agreement(RUBRIC, answers, reference() if known else None)


def reference() -> ObjectResult:
    """Return right answers with a few problems."""
    return result(D1_2=2, D22_1=3, D13_2=5)


def alike() -> ClassAgreement:
    """Return a class that says the same of everything."""
    return class_agreement(RUBRIC, [("甲", reference()), ("乙", reference())], reference())


def vetoed() -> ClassAgreement:
    """Return two inspectors who both found a veto, so that there is no total."""
    return class_agreement(RUBRIC, [("甲", result(V5_1=1)), ("乙", result(V1_1=1))])
