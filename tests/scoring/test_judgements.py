"""From rows and measured quantities to judgements: a person is never overruled, and nothing is left out."""

from datetime import date
from fractions import Fraction

import pytest

from govkit.findings import Finding, Measurement, Outcome
from govkit.scoring import group_readings, judge
from tests.scoring.cases import CANNOT, CLEAR, FOUND, OPEN, REDUCED, RUBRIC, SITE

AS_OF = date(2019, 12, 20)


def judged(recorded: Outcome | None, blank_columns: int | None, unlisted: Outcome = CLEAR) -> Outcome:
    """What V4.3 comes to, by what is recorded of it and what is measured."""
    findings = {} if recorded is None else {"V4.3": Finding(SITE.id, "V4.3", recorded)}
    measured = [] if blank_columns is None else [Measurement(SITE.id, "空白栏目数", Fraction(blank_columns))]
    return judge(RUBRIC, SITE, findings, group_readings(measured), AS_OF, unlisted)["V4.3"].outcome


@pytest.mark.parametrize(
    ("recorded", "measured", "unlisted", "outcome"),
    [
        (FOUND, None, CLEAR, FOUND),
        (None, 5, CLEAR, FOUND),
        (None, 4, OPEN, CLEAR),
        (OPEN, 5, CLEAR, FOUND),
        (OPEN, None, CLEAR, OPEN),
        (CANNOT, 5, CLEAR, CANNOT),
        (FOUND, 5, CLEAR, FOUND),
        (None, None, CLEAR, CLEAR),
        (None, None, OPEN, OPEN),
    ],
)
def test_who_decides(recorded: Outcome | None, measured: int | None, unlisted: Outcome, outcome: Outcome) -> None:
    """First a person; then a measured quantity, also for a row that says 未检查; then the default."""
    assert judged(recorded, measured, unlisted) == outcome


def test_every_item_in_scope_and_no_other() -> None:
    """Each item that is judged for an object has a judgement, in the order of the annex."""
    for subject in (SITE, REDUCED):
        judgements = judge(RUBRIC, subject, {}, {}, AS_OF, OPEN)
        assert list(judgements) == list(RUBRIC.items_in_scope(subject))


def test_blank_count_is_one() -> None:
    """数量 left blank is 1; a number stays what it is."""
    findings = {code: Finding(SITE.id, code, FOUND, count) for code, count in (("D1.2", None), ("D9.1", 2))}
    judgements = judge(RUBRIC, SITE, findings, {}, AS_OF, CLEAR)
    assert (judgements["D1.2"].count, judgements["D9.1"].count) == (1, 2)
