"""A whole batch at once: equal to one object after the other, and just as strict."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.ledger import Kind
from govkit.scoring import BLANK, GROUNDS, BatchScore, Judgement, ObjectScore, score_batch, score_object
from tests.scoring.cases import ACCOUNT, REDUCED, RUBRIC, SITE, judgements, marks

SITE_ITEMS = [item.code for row in RUBRIC.rows_for(Kind.SITE) for item in row.items]


def arrays(judged: list[dict[str, Judgement]], items: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes and counts of some objects; items out of scope hold what must not matter."""
    nothing = Judgement(2, 99)  # type: ignore[arg-type]  # found 99 times, but out of scope
    outcomes = np.array([[j.get(code, nothing).outcome for code in items] for j in judged], dtype=np.int8)
    return outcomes, np.array([[j.get(code, nothing).count for code in items] for j in judged], dtype=np.int32)


def points(units: np.int64) -> Fraction | None:
    """A figure of a batch as the one-object function gives it."""
    return None if units == BLANK else Fraction(int(units), RUBRIC.units_a_point)


def check_equal(one: ObjectScore, batch: BatchScore, n: int) -> None:
    """Every figure of object n of a batch equals that of the object scored alone."""
    assert GROUNDS[batch.ground[n]] == one.ground
    assert tuple(code for code, found in zip(batch.items, batch.vetoes[n], strict=True) if found) == one.vetoes
    assert tuple(code for code, found in zip(batch.items, batch.open[n], strict=True) if found) == one.open
    for rows, figures in ((batch.deductions, one.deductions), (batch.bonuses, one.bonuses)):
        assert {code: points(units) for code, units in zip(batch.rows, rows[n], strict=True) if units} == figures
    assert (points(batch.part2[n]), points(batch.bonus[n]), points(batch.total[n])) == (one.part2, one.bonus, one.total)
    assert (points(batch.low[n]), points(batch.high[n])) == (one.range or (None, None))


@given(st.lists(st.sampled_from([SITE, REDUCED]).flatmap(lambda s: st.tuples(st.just(s), judgements(s))), max_size=8))
def test_batch_of_sites_equals_one_by_one(objects: list[tuple[object, dict[str, Judgement]]]) -> None:
    """On random batches, ranges of incomplete objects and units without services included."""
    outcomes, counts = arrays([judged for _, judged in objects], SITE_ITEMS)
    service = np.array([subject is SITE for subject, _ in objects], dtype=bool)
    if not objects:
        outcomes, counts = np.empty((0, len(SITE_ITEMS)), np.int8), np.empty((0, len(SITE_ITEMS)), np.int32)
    batch = score_batch(RUBRIC, Kind.SITE, outcomes, counts, service)
    for n, (subject, judged) in enumerate(objects):
        check_equal(score_object(RUBRIC, SITE if subject is SITE else REDUCED, judged), batch, n)


@given(st.lists(judgements(ACCOUNT), min_size=1, max_size=8))
def test_batch_of_accounts_equals_one_by_one(objects: list[dict[str, Judgement]]) -> None:
    """Accounts have no points in either way."""
    outcomes, counts = arrays(objects, list(RUBRIC.items_in_scope(ACCOUNT)))
    batch = score_batch(RUBRIC, Kind.ACCOUNT, outcomes, counts)
    for n, judged in enumerate(objects):
        check_equal(score_object(RUBRIC, ACCOUNT, judged), batch, n)


@pytest.mark.parametrize(("code", "count"), [("D7.1", 4), ("D1.1", 2), ("D12.2", 3), ("D1.2", 0), ("V4.2", 9)])
def test_faulty_count_is_refused(code: str, count: int) -> None:
    """As in one object: refused, and the item is named."""
    outcomes, counts = arrays([marks(SITE), marks(SITE, {code: count})], SITE_ITEMS)
    with pytest.raises(ValueError, match=code):
        score_batch(RUBRIC, Kind.SITE, outcomes, counts)


@pytest.mark.parametrize("shape", [(2, 88), (89,)])
def test_wrong_shape_is_refused(shape: tuple[int, ...]) -> None:
    """Arrays must have a column for each item of the kind."""
    with pytest.raises(ValueError, match="89"):
        score_batch(RUBRIC, Kind.SITE, np.zeros(shape, np.int8), np.zeros(shape, np.int32))


def test_unknown_outcome_and_wrong_service_are_refused() -> None:
    """Numbers that mean no outcome, and services of another number of objects, are errors."""
    outcomes, counts = arrays([marks(SITE)], SITE_ITEMS)
    with pytest.raises(ValueError, match="9"):
        score_batch(RUBRIC, Kind.SITE, outcomes * 0 + 9, counts)
    with pytest.raises(ValueError, match="2"):
        score_batch(RUBRIC, Kind.SITE, outcomes, counts, np.array([True, False]))
