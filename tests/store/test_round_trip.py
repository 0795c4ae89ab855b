"""Whatever a value holds, it comes back the same: one by one, and as a whole spot check."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkit.codec import from_json, to_json
from govkit.findings import Filing, Finding, Measurement, Outcome, SpotCheck, Stage
from govkit.ledger import Kind, Subject
from govkit.rubric import load_rubric
from govkit.store import Home, Value
from tests.store.examples import CHECK

RUBRIC = load_rubric("fengdu-2019")
TEXT = st.text()
ZONES = st.one_of(st.none(), st.just(UTC), st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))))
MOMENTS = st.one_of(st.none(), st.datetimes(timezones=ZONES))
NUMBERS = st.one_of(st.fractions(), st.dates())


def findings(subject_id: str, item: str) -> st.SearchStrategy[Finding]:
    """Any answer to an item."""
    return st.builds(
        Finding, st.just(subject_id), st.just(item), st.sampled_from(Outcome), st.none() | st.integers(),
        TEXT, TEXT, TEXT, TEXT, MOMENTS, st.dictionaries(TEXT, TEXT, max_size=3),
    )  # fmt: skip


def measured(subject_id: str, quantity: str) -> st.SearchStrategy[tuple[Measurement, ...]]:
    """Any values of a quantity."""
    one = st.builds(Measurement, st.just(subject_id), st.just(quantity), NUMBERS, MOMENTS)
    return st.lists(one, min_size=1, max_size=3).map(tuple)


FILINGS = st.builds(Filing, st.sampled_from(Stage), st.integers(1), TEXT, MOMENTS, TEXT, MOMENTS, TEXT)
VALUES: st.SearchStrategy[Value] = st.one_of(st.none(), findings("对象", "D1.1"), measured("对象", "D1.1"), FILINGS)


@given(VALUES)
def test_values(value: Value) -> None:
    """Every field comes back the same; the text is ASCII, which every database takes."""
    text = to_json(value)
    assert text.isascii()
    assert from_json(text, "对象", "D1.1") == value


def test_dates_and_numbers_stay_apart() -> None:
    """A negative number is no date, and neither is a year a number."""
    for value in (Fraction(-3), Fraction(-1, 3), date(2019, 1, 1), Fraction(2019)):
        both = (Measurement("对象", "量", value),)
        assert from_json(to_json(both), "对象", "量") == both


# What the database keeps in columns of its own cannot hold what PostgreSQL refuses: the character zero, and halves.
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@st.composite
def spot_checks(draw: st.DrawFn) -> SpotCheck:
    """A spot check in the order in which the store gives it: objects, then items as in the rubric."""
    ids = draw(st.lists(st.text(string.ascii_letters + string.digits, min_size=1), unique=True, max_size=3))
    subjects = tuple(
        draw(
            st.builds(
                Subject, st.just(i), NAMES, st.sampled_from(Kind), NAMES, st.sampled_from([True, False, None]),
                st.dictionaries(TEXT, TEXT, max_size=3),
            )
        )
        for i in ids
    )  # fmt: skip
    items = [code for code in RUBRIC.items if draw(st.integers(0, 20)) == 0]
    quantities = [name for name in RUBRIC.quantities if draw(st.integers(0, 3)) == 0]
    batch = replace(CHECK.batch, organiser=draw(NAMES), source=draw(NAMES), as_of=draw(st.dates()))
    return SpotCheck(
        batch,
        subjects,
        tuple(draw(findings(i, code)) for i in ids for code in items),
        tuple(m for i in ids for name in quantities for m in draw(measured(i, name))),
    )


def comes_back(new_home: Callable[[], Home], check: SpotCheck) -> None:
    """Assert that a batch made of a spot check gives the same spot check, also once opened again."""
    home = new_home()
    with home.create(check, RUBRIC, "甲") as store:
        assert store.spot_check() == check
    with home.open(store.info.key) as store:
        assert store.spot_check() == check
        assert store.rubric == RUBRIC


FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@FEW
@given(check=spot_checks())
def test_whole_spot_checks_in_files(folder_home: Callable[[], Home], check: SpotCheck) -> None:
    """In at one end, out at the other."""
    comes_back(folder_home, check)


@FEW
@given(check=spot_checks())
def test_whole_spot_checks_on_a_server(server_home: Callable[[], Home], check: SpotCheck) -> None:
    """The same on PostgreSQL."""
    comes_back(server_home, check)
