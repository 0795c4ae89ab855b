"""The draw of a quarter: how many, who is always in, shares of units and platforms, and that nothing but the seed decides."""

from collections import Counter
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.ledger import Kind, Subject
from govkit.sampling import Draw, Ground, Past, carried, draw_accounts, least_number, lot

PLATFORMS = ("微信公众号", "新浪微博", "抖音短视频")
QUARTER = (2026, 2)


def account(number: int, unit: int = 0, platform: str = PLATFORMS[0]) -> Subject:
    """An account of a unit."""
    details = {"账号类型": platform}
    return Subject(f"{number:016}", f"账号{number}", Kind.ACCOUNT, f"第{unit}号单位", None, details)


def ids(draw: Draw) -> list[str]:
    """Who was drawn."""
    return [each.subject.id for each in draw.drawn]


@st.composite
def ledgers(draw: st.DrawFn) -> list[Subject]:
    """Ledgers of up to sixty accounts of up to twelve units."""
    rows = draw(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(PLATFORMS)), max_size=60))
    return [account(number, *row) for number, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("population", "share", "least"),
    [(20, "1/2", 11), (21, "1/2", 11), (1, "1/2", 1), (0, "1/2", 0), (10, "3/10", 4), (7, "1", 7)],
)
def test_more_than_the_share(population: int, share: str, least: int) -> None:
    """The sample is strictly larger than the share: 11 of 20, and 11 of 21."""
    assert least_number(population, Fraction(share)) == least


@given(ledgers(), st.text(max_size=5))
def test_first_draw_has_the_least_number(ledger: list[Subject], seed: str) -> None:
    """Without a past, as many as must be are drawn, all by lot, in the order of the ledger."""
    drawn = draw_accounts(ledger, {}, QUARTER, seed)
    assert len(drawn.drawn) == drawn.least == least_number(len(ledger), Fraction(1, 2))
    assert drawn.population == len(ledger)
    assert {each.ground for each in drawn.drawn} <= {Ground.DRAWN}
    assert ids(drawn) == [each.id for each in ledger if each.id in ids(drawn)]


@given(ledgers(), st.text(max_size=5))
def test_each_unit_gets_its_share(ledger: list[Subject], seed: str) -> None:
    """Of each unit as many are drawn as its share comes to, rounded down or up."""
    drawn = draw_accounts(ledger, {}, QUARTER, seed)
    taken = Counter(each.subject.sponsor for each in drawn.drawn)
    for unit, count in Counter(each.sponsor for each in ledger).items():
        share = Fraction(count * drawn.least, len(ledger))
        assert floor(share) <= taken[unit] <= ceil(share)


@given(st.lists(st.sampled_from(PLATFORMS), min_size=1, max_size=60), st.text(max_size=5))
def test_platforms_get_theirs_where_units_allow_it(platforms: list[str], seed: str) -> None:
    """Where each unit has one account, platforms are as near to their shares as whole numbers can be."""
    ledger = [account(number, number, platform) for number, platform in enumerate(platforms)]
    drawn = draw_accounts(ledger, {}, QUARTER, seed)
    taken = Counter(each.subject.details["账号类型"] for each in drawn.drawn)
    for platform, count in Counter(platforms).items():
        assert abs(taken[platform] - Fraction(count * drawn.least, len(ledger))) < 1


@given(ledgers(), st.randoms(use_true_random=False), st.text(max_size=5))
def test_order_of_the_ledger_does_not_matter(ledger: list[Subject], chance: object, seed: str) -> None:
    """The same accounts are drawn however the ledger is sorted."""
    shuffled = sorted(ledger, key=lambda each: lot(str(chance), each.id))
    assert set(ids(draw_accounts(shuffled, {}, QUARTER, seed))) == set(ids(draw_accounts(ledger, {}, QUARTER, seed)))


def test_seed_decides() -> None:
    """Another seed draws others; the same seed draws the same, on any machine."""
    ledger = [account(number, number % 7, PLATFORMS[number % 3]) for number in range(40)]
    draws = {seed: ids(draw_accounts(ledger, {}, QUARTER, seed)) for seed in ("甲", "乙")}
    assert draws["甲"] != draws["乙"]
    assert draws["甲"] == ids(draw_accounts(ledger, {}, QUARTER, "甲"))
    # printf '%s\n%s' 甲 0000000000000000 | sha256sum
    assert lot("甲", "0" * 16) == "31a92cc0293ba8de807262c383c3d8a3a0d0096ccadd254212d2ca319ec04e6e"


@given(ledgers(), st.data())
def test_failed_accounts_are_always_in(ledger: list[Subject], data: st.DataObject) -> None:
    """Whoever failed last time is drawn, also where these are more than the least number."""
    failed = {each.id for each in ledger if data.draw(st.booleans())}
    past = {each.id: Past((2026, 1), each.id in failed) for each in ledger}
    drawn = draw_accounts(ledger, past, QUARTER, "一")
    assert {each.subject.id for each in drawn.drawn if each.ground == Ground.FAILED} == failed
    assert len(drawn.drawn) == max(drawn.least, len(failed))


def test_longest_unsampled_come_first() -> None:
    """Never drawn before drawn long ago, and drawn long ago before drawn lately."""
    ledger = [account(number) for number in range(10)]
    quarters = {0: (2026, 1), 1: (2026, 1), 2: (2025, 4), 3: (2025, 4), 4: (2025, 1), 5: (2025, 1), 6: (2024, 3)}
    past = {ledger[number].id: Past(quarter) for number, quarter in quarters.items()}
    drawn = ids(draw_accounts(ledger, past, QUARTER, "一"))
    assert set(drawn) == {each.id for each in ledger[4:]}


@given(ledgers(), st.integers(1, 4), st.data())
def test_a_year_draws_everybody(ledger: list[Subject], begun: int, data: st.DataObject) -> None:
    """Over the quarters of a year every account is drawn, whoever fails, and also where accounts come in meanwhile."""
    past: dict[str, Past] = {}
    seen: set[str] = set()
    here = ledger[: len(ledger) // 2] if begun == 1 else ledger
    for quarter in range(begun, 5):
        drawn = draw_accounts(here, past, (2026, quarter), data.draw(st.text(max_size=2)))
        assert len(drawn.drawn) >= drawn.least
        past |= {each.subject.id: Past((2026, quarter), data.draw(st.booleans())) for each in drawn.drawn}
        seen |= set(ids(drawn))
        here = ledger
    assert seen == {each.id for each in ledger}


def test_last_quarter_takes_who_is_left() -> None:
    """In the fourth quarter those that this year has not drawn are in, and are told apart from those by lot."""
    ledger = [account(number) for number in range(6)]
    past = {each.id: Past((2026, 3)) for each in ledger[:1]} | {each.id: Past((2025, 4)) for each in ledger[1:3]}
    drawn = draw_accounts(ledger, past, (2026, 4), "一")
    assert {each.subject.id: each.ground for each in drawn.drawn} == dict.fromkeys(
        (each.id for each in ledger[1:]), Ground.DUE
    )


def test_past_is_carried_over() -> None:
    """What is known goes to the new identifier; where something is known of both, what was later counts."""
    first, second = Past((2026, 1), failed=True), Past((2026, 2))
    assert carried({"甲": first, "丙": second}, {"甲": "乙"}) == {"乙": first, "丙": second}
    for past in ({"甲": first, "乙": second}, {"甲": second, "乙": first}):
        assert carried(past, {"甲": "乙"}) == {"乙": second}
