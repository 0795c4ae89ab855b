"""Each figure of a tally against a naive count over random inspections, and over the sample county by hand."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from govkit.figures import Rate
from govkit.ledger import PLATFORM, Kind
from govkit.reading import read_spot_check
from govkit.rubric import PartName
from govkit.scoring import Ground, Inspection, ObjectResult, Verdict, score_spot_check
from govkit.season import Level, Unit
from govkit.tally import Count, Tally, tally
from tests.scoring.cases import OPEN, RUBRIC
from tests.tally.inspections import account, inspection, inspections, site

SAMPLE = Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx"
UNITS = {
    "县政府办": Unit("县政府办", Level.COUNTY),
    "县教育局": Unit("县教育局", Level.CITY, short_names=("教育局", "教育")),
}
NOBODY = "（台账没有写主办单位）"
NAMES = {
    "县政府办": "县政府办",
    "县 政府办": "县政府办",
    "教育局": "县教育局",
    "教育": "县教育局",
    "公安局": "公安局",
    "": NOBODY,
}
"""What each sponsor of the random inspections is called in the directory."""
LEVELS = {"县政府办": "县级", "县教育局": "市级", "公安局": "层级未知", NOBODY: "层级未知"}


def naive(results: Sequence[ObjectResult]) -> Count:
    """Count verdicts one by one."""
    passed = failed = unfinished = 0
    for result in results:
        passed += result.score.verdict == Verdict.PASS
        failed += result.score.verdict == Verdict.FAIL
        unfinished += result.score.verdict == Verdict.INCOMPLETE
    return Count(passed, failed, unfinished)


def of_unit(results: Sequence[ObjectResult], name: str) -> list[ObjectResult]:
    """Return those whose unit has this name in the directory."""
    return [result for result in results if NAMES[result.subject.sponsor] == name]


def of_level(results: Sequence[ObjectResult], name: str) -> list[ObjectResult]:
    """Return those whose unit belongs to this level."""
    return [result for result in results if LEVELS[NAMES[result.subject.sponsor]] == name]


def of_platform(results: Sequence[ObjectResult], name: str) -> list[ObjectResult]:
    """Return those on this platform."""
    return [result for result in results if (result.subject.details.get(PLATFORM) or "平台未知") == name]


def finished(results: Sequence[ObjectResult]) -> list[ObjectResult]:
    """Return those with a verdict."""
    return [result for result in results if result.score.verdict in (Verdict.PASS, Verdict.FAIL)]


def lost(results: Sequence[ObjectResult], row: str) -> list[Fraction]:
    """Return what each finished one of them lost by a row, where it lost anything."""
    return [points for result in finished(results) if (points := result.score.deductions.get(row, Fraction(0)))]


@given(inspections())
def test_counts(random: Inspection) -> None:
    """Sites and accounts apart; by unit, in whatever spelling, level, platform and line of the outcome list."""
    made = tally(random, units=UNITS)
    for kind in Kind:
        results, found = random.of_kind(kind), made.of(kind)
        assert found.kind == kind
        assert found.count == naive(results)
        assert found.count.checked == len(finished(results))
        assert found.count.pass_rate == Rate(naive(results).passed, len(finished(results)))
        assert found.by_unit == {name: naive(of_unit(results, name)) for name in found.by_unit}
        assert set(found.by_unit) == {NAMES[result.subject.sponsor] for result in results}
        assert found.by_level == {name: naive(of_level(results, name)) for name in found.by_level}
        assert set(found.by_level) == {LEVELS[NAMES[result.subject.sponsor]] for result in results}
        assert list(found.by_level) == [name for name in ("市级", "县级", "层级未知") if name in found.by_level]
        grounds = [result.score.ground for result in results]
        assert found.by_ground == {ground: grounds.count(ground) for ground in Ground}


@given(inspections())
def test_platforms(random: Inspection) -> None:
    """Accounts stand under their platform, most first, and those without one under a name that says so; sites do not."""
    made = tally(random)
    accounts = random.of_kind(Kind.ACCOUNT)
    found = made.accounts.by_platform
    assert found == {name: naive(of_platform(accounts, name)) for name in found}
    sizes = [len(of_platform(accounts, name)) for name in found]
    assert (sum(sizes), sizes) == (len(accounts), sorted(sizes, reverse=True))
    assert not made.sites.by_platform


@given(inspections())
def test_vetoes(random: Inspection) -> None:
    """Under each veto item stand the objects at which it was found, however many others were; the most first."""
    made = tally(random)
    for kind in Kind:
        found = made.of(kind).by_veto
        for code in RUBRIC.items:
            times = sum(code in result.score.vetoes for result in random.of_kind(kind))
            assert found.get(code, 0) == times
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert 0 not in found.values()


@given(inspections())
def test_losses(random: Inspection) -> None:
    """Points of finished sites only, after caps, from the dearest indicator on; shares add up to the whole."""
    losses, sites = tally(random).sites.losses, random.of_kind(Kind.SITE)
    found = {loss.row.code: (loss.points, loss.sites) for loss in losses}
    for row in RUBRIC.rows:
        points = lost(sites, row.code)
        assert found.get(row.code, (0, 0)) == (sum(points), len(points))
    assert [loss.points for loss in losses] == sorted((loss.points for loss in losses), reverse=True)
    total = sum(loss.points for loss in losses)
    reached = [sum(each.points for each in losses[: number + 1]) for number in range(len(losses))]
    assert [loss.cumulative * total for loss in losses] == reached
    assert all(loss.points for loss in losses)
    assert not tally(random).accounts.losses


@given(inspections())
def test_units(random: Inspection) -> None:
    """Of each unit with a finished object: for how many each row counts, what they lost by it, how many it failed."""
    made = tally(random, units=UNITS)
    for kind in Kind:
        results, found = random.of_kind(kind), made.of(kind).units
        assert {each.unit for each in found} == {NAMES[result.subject.sponsor] for result in finished(results)}
        for each in found:
            own = finished(of_unit(results, each.unit))
            for row in RUBRIC.rows:
                counting = own if row.part == PartName.VETO else [one for one in own if one.score.total is not None]
                judged = [one for one in counting if row.items[0].code in RUBRIC.items_in_scope(one.subject)]
                assert each.judged.get(row.code, 0) == (0 if row.part == PartName.BONUS else len(judged))
                assert each.points.get(row.code, 0) == sum(lost(own, row.code))
                codes = {item.code for item in row.items}
                assert each.vetoes.get(row.code, 0) == sum(bool(codes & {*result.score.vetoes}) for result in own)


@given(inspections())
def test_totals(random: Inspection) -> None:
    """Totals of finished sites: in three classes with 60 and 80 in the middle one, and from the best to the worst."""
    found = tally(random).sites
    sites = finished(random.of_kind(Kind.SITE))
    totals = [result.score.total for result in sites if result.score.total is not None]
    ranked = [each.total for each in found.ranked]
    assert ranked == sorted(totals, reverse=True)
    assert {(each.subject.id, each.total) for each in found.ranked} == {
        (result.subject.id, result.score.total) for result in sites if result.score.total is not None
    }
    classes = found.classes
    assert classes.below == len([total for total in totals if total < 60])
    assert classes.between == len([total for total in totals if 60 <= total <= 80])
    assert classes.above == len([total for total in totals if total > 80])
    assert classes.unscored == len(sites) - len(totals)
    assert [each.total for each in found.best] == [total for total in ranked if total == max(totals)]
    assert [each.total for each in found.worst] == [total for total in ranked if total == min(totals)]


# ------------------------------------------------------------------------------------------------------------- running


def test_share_of_what_runs() -> None:
    """Only what has a verdict counts as checked; where nobody has told how many run, there is no share."""
    results = [site(1, "甲局"), site(2, "乙局"), site(3, "丙局", V1_1=OPEN), account(4, "甲局")]
    made = tally(inspection(results), {Kind.SITE: 27})
    assert made.sites.share_checked == Rate(2, 27)
    assert (made.accounts.running, made.accounts.share_checked) == (None, None)


def test_more_checked_than_run() -> None:
    """Such a number is refused and not made to fit; as many as run is a whole."""
    results = inspection([account(1, "甲局"), account(2, "乙局"), account(3, "丙局", M1_1=OPEN)])
    assert tally(results, {Kind.ACCOUNT: 2}).accounts.share_checked == Rate(2, 2)
    with pytest.raises(ValueError, match="政务新媒体检查了 2 个，运行总数却只有 1 个。请："):
        tally(results, {Kind.ACCOUNT: 1})


# --------------------------------------------------------------------------------------------------- the sample county


@pytest.fixture(scope="module")
def county() -> Tally:
    """Return the tally of the sample county, of which 32 sites and 54 accounts shall run."""
    check = read_spot_check(SAMPLE)
    return tally(score_spot_check(RUBRIC, check), {Kind.SITE: 32, Kind.ACCOUNT: 54})


def test_county_counts(county: Tally) -> None:
    """27 sites: 4 with a bonus, 4 without, 2 below 60, 12 vetoed, 5 unfinished. 37 accounts: 22, 12, and 3 unfinished."""
    assert county.sites.count == Count(8, 14, 5)
    assert county.sites.count.pass_rate.shown == "36.36%（8/22）"
    assert county.sites.share_checked == Rate(22, 32)
    assert county.sites.by_ground == {
        Ground.VETO: 12,
        Ground.OPEN: 4,
        Ground.BELOW: 2,
        Ground.PLAIN: 4,
        Ground.BONUS_OPEN: 1,
        Ground.BONUS: 4,
        Ground.CLEAN: 0,
    }
    assert county.accounts.count == Count(22, 12, 3)
    assert county.accounts.count.pass_rate.shown == "64.71%（22/34）"
    assert county.accounts.share_checked == Rate(34, 54)


def test_county_groups(county: Tally) -> None:
    """The police has one site that passed, and four accounts of which two failed; there is no directory here."""
    assert county.sites.by_unit["青禾县公安局"] == Count(1, 0, 0)
    assert county.accounts.by_unit["青禾县公安局"] == Count(2, 2, 0)
    assert county.sites.by_unit["青禾县文化和旅游发展委员会"] == Count(0, 1, 1)
    assert county.accounts.by_level == {"层级未知": Count(22, 12, 3)}
    assert list(county.accounts.by_platform.items())[:2] == [
        ("微信公众号", Count(13, 6, 0)),
        ("新浪微博", Count(1, 3, 1)),
    ]


def test_county_vetoes(county: Tally) -> None:
    """V4.1 failed two sites, each other veto item of sites one; M2.1 failed five accounts."""
    assert list(county.sites.by_veto.items())[:2] == [("V4.1", 2), ("V1.1", 1)]
    assert (len(county.sites.by_veto), sum(county.sites.by_veto.values())) == (16, 17)
    assert list(county.accounts.by_veto.items())[:2] == [("M2.1", 5), ("M3.1", 2)]
    assert sum(county.accounts.by_veto.values()) == 13


def test_county_units(county: Tally) -> None:
    """Two items of V1 failed one site; the police lost 40 points, the whole of D17 and D18 among them."""
    units = {each.unit: each for each in county.sites.units}
    vetoed = units["青禾县东岭乡人民政府"]
    assert vetoed.vetoes == {"V1": 1, "V5": 1}
    assert [vetoed.judged.get(row, 0) for row in ("V1", "V6", "D1", "D10")] == [1, 1, 0, 0]
    reduced = units["青禾县财政局"]
    assert [reduced.judged.get(row, 0) for row in ("V1", "V6", "D1", "D10")] == [1, 0, 1, 0]
    police = units["青禾县公安局"]
    assert [police.points["D17"], police.points["D18"]] == [3, 6]
    assert sum(police.points.values()) == 40
    assert police.vetoes == {}
    assert "青禾县市场监督管理局" not in units


def test_county_losses(county: Tally) -> None:
    """D13 cost 6 + 7.5 + 8 points, D16 three times 7, D5 and D6 four times 5; all together 221.1."""
    first = [(loss.row.code, loss.points, loss.sites) for loss in county.sites.losses[:5]]
    half = Fraction(43, 2)
    assert first == [("D13", half, 3), ("D16", 21, 3), ("D5", 20, 4), ("D6", 20, 4), ("D18", 17, 4)]
    assert len(county.sites.losses) == 29
    assert sum(loss.points for loss in county.sites.losses) == Fraction(2211, 10)
    assert county.sites.losses[1].cumulative == Fraction(425, 2211)
    assert county.sites.losses[-1].row.code == "D27"
    assert county.sites.losses[-1].cumulative == 1


def test_county_totals(county: Tally) -> None:
    """59.90 and 59.87 lie below 60; 60 and 80, each twice, in the middle; 86.10, 90.67, 87 and 130 above."""
    classes = county.sites.classes
    assert (classes.below, classes.between, classes.above, classes.unscored) == (2, 4, 4, 12)
    totals = [each.total for each in county.sites.ranked]
    expected = ["130", "272/3", "87", "86.1", "80", "80", "60", "60", "59.9", "898/15"]
    assert totals == [Fraction(total) for total in expected]
    assert [each.subject.name for each in county.sites.best] == ["青禾县人民政府网"]
    assert [each.subject.name for each in county.sites.worst] == ["青禾县机关事务管理中心"]
