"""Quarters in a row: in order, with gaps, and with what changed."""

from dataclasses import replace
from fractions import Fraction

import pytest

from govkit.ledger import Kind
from govkit.quarters import Quarter
from govkit.tally import Tally, tally, trend
from tests.scoring.cases import OPEN
from tests.tally.inspections import account, inspection, site


def quarter_of(passed: int, failed: int) -> Tally:
    """Return a tally of so many sites, and of one account that is unfinished."""
    results = [site(number, "甲局") for number in range(passed)]
    results += [site(passed + number, "甲局", {"V1.1": 1}) for number in range(failed)]
    return tally(inspection([*results, account(99, "甲局", M1_1=OPEN)]))


def test_order_gaps_and_changes() -> None:
    """Quarters stand in order over the turn of the year; what lies beyond a gap is compared with nothing."""
    first, second, fourth = quarter_of(1, 1), quarter_of(2, 1), quarter_of(3, 0)
    points = trend([(Quarter(2020, 2), fourth), (Quarter(2019, 3), first), (Quarter(2019, 4), second)])
    assert [point.quarter.code for point in points] == ["2019Q3", "2019Q4", "2020Q1", "2020Q2"]
    assert [point.tally for point in points] == [first, second, None, fourth]
    assert [point.changes[Kind.SITE] for point in points] == [None, Fraction(1, 6), None, None]
    assert not any(point.new_rules for point in points)


def test_no_rate_no_change() -> None:
    """Where nothing was checked, there is no change to tell."""
    points = trend([(Quarter(2019, 1), quarter_of(1, 0)), (Quarter(2019, 2), quarter_of(0, 1))])
    assert [point.changes for point in points][1] == {Kind.SITE: -1, Kind.ACCOUNT: None}


def test_new_rules() -> None:
    """A quarter that was scored by other rules than the last one, also beyond a gap, is marked."""
    old = quarter_of(1, 0)
    new = replace(old, rubric=old.rubric.model_copy(update={"sha256": "0" * 64}))
    points = trend([(Quarter(2019, 1), old), (Quarter(2019, 3), new), (Quarter(2019, 4), new)])
    assert [point.new_rules for point in points] == [False, False, True, False]


def test_one_tally_a_quarter() -> None:
    """Two of one quarter are refused; of none there is no trend."""
    assert trend([]) == ()
    with pytest.raises(ValueError, match="2019年第一季度有不止一份汇总。请："):
        trend([(Quarter(2019, 1), quarter_of(1, 0)), (Quarter(2019, 1), quarter_of(1, 0))])
