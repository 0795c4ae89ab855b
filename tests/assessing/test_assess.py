"""年度考核: every ground alone and at its limit, with subordinate units; what is not known passes nobody."""

from dataclasses import replace
from datetime import date

import pytest

from govkit.assessing import CheckLevel, Standing, YearFacts, assess
from govkit.quarters import Quarter
from govkit.season import Category, Level
from tests.assessing.years import (
    BUREAU,
    CITY,
    CLASS,
    COUNTY,
    OWN,
    RULE,
    SCHOOL,
    STATE,
    TOWN,
    UNITS,
    assessed,
    facts,
    fraud,
    grounds,
    of,
    passes,
    result,
    unit,
)


def test_nothing_wrong() -> None:
    """Where everything is known and nothing is wrong, departments and townships are 合格, and nothing is told."""
    year = assessed(facts())
    assert [(each.unit.name, each.standing) for each in year.units] == [(BUREAU, Standing.PASS), (TOWN, Standing.PASS)]
    assert year.notices == ()
    assert (year.year, year.rule) == (2019, RULE)


@pytest.mark.parametrize("level", [STATE, CITY])
def test_one_failure_in_a_check_from_above(level: CheckLevel) -> None:
    """One site or account that failed in a check from above is enough, whatever it failed by."""
    failure = result(level)
    found = of(BUREAU, facts(failure))
    assert found.standing == Standing.FAIL
    ((held),) = found.grounds
    assert (held.ground.id, held.failures, held.objects) == ("upper_failed", (failure,), 1)
    assert of(TOWN, facts(failure)).standing == Standing.PASS


def test_passed_in_a_check_from_above() -> None:
    """What passed there is no ground."""
    assert of(BUREAU, facts(result(STATE, failed=False, vetoes=()))).standing == Standing.PASS


@pytest.mark.parametrize("veto", ["V1.1", "M1.1", "ｍ1.1", "严重表述错误", "首页出现严重表述错误"])
def test_grave_errors_from_above(veto: str) -> None:
    """严重表述错误 in a check from above is a ground of its own, beside that something failed at all."""
    assert grounds(BUREAU, facts(result(CITY, vetoes=("M2.1", veto)))) == ["upper_grave", "upper_failed"]


@pytest.mark.parametrize("veto", ["V1.2", "V1.10", "未发现严重表述错误", "不属于严重表述错误", "表述错误"])
def test_other_reasons_from_above(veto: str) -> None:
    """What is none, or is denied, is not."""
    assert grounds(BUREAU, facts(result(CITY, vetoes=(veto,)))) == ["upper_failed"]


def test_grave_errors_found_by_the_county() -> None:
    """In a check of the county's own, one 严重表述错误 is one failure, and no ground."""
    assert of(BUREAU, facts(result(OWN, vetoes=("M1.1",)))).standing == Standing.PASS


def test_one_and_two_failures_in_own_checks() -> None:
    """One failure in the county's checks is not enough, and is shown; two are."""
    one, other = result(number="a"), result(number="b", when=Quarter(2019, 4))
    alone = of(BUREAU, facts(one))
    assert (alone.standing, alone.grounds, alone.failures) == (Standing.PASS, (), (one,))
    both = of(BUREAU, facts(other, one))
    assert both.standing == Standing.FAIL
    ((held),) = both.grounds
    assert (held.ground.id, held.failures, held.objects) == ("own_failed", (one, other), 2)


def test_failed_twice_is_one_object() -> None:
    """An object that failed in two quarters is one; both failures are shown, also where its code is typed otherwise."""
    twice = result(number="ab"), result(number="ＡＢ", when=Quarter(2019, 3))
    found = of(BUREAU, facts(*twice))
    assert (found.standing, found.failures) == (Standing.PASS, twice)
    more = of(BUREAU, facts(*twice, result(number="c", when=Quarter(2019, 3))))
    ((held),) = more.grounds
    assert (held.objects, len(held.failures)) == (2, 3)


def test_levels_are_not_added_up() -> None:
    """A failure in a check from above is none in the county's own; each ground counts its own checks."""
    year = facts(result(OWN, "a"), result(STATE, "b"))
    assert grounds(BUREAU, year) == ["upper_failed"]
    assert grounds(BUREAU, facts(result(OWN, "a"), result(OWN, "b"), result(STATE, "a"))) == [
        "upper_failed",
        "own_failed",
    ]


def test_own_checks_that_a_sheet_tells() -> None:
    """A result of the county's own check counts as such wherever it is told."""
    year = facts(result(OWN, "a"))
    assert grounds(BUREAU, replace(year, outside=(result(OWN, "b", when=date(2019, 5, 6)),))) == ["own_failed"]


def test_fraud() -> None:
    """A record of 弄虚作假 alone makes a unit 不合格."""
    found = of(BUREAU, facts(frauds=(fraud("县教育局"),)))
    assert found.standing == Standing.FAIL
    ((held),) = found.grounds
    assert (held.ground.id, held.frauds, held.objects) == ("fraud", (fraud("县教育局"),), 0)
    assert found.frauds == held.frauds


def test_every_ground_is_given() -> None:
    """A unit gets every ground that holds, in the order of the notice."""
    failures = result(STATE, vetoes=("V1.1",)), result(OWN, "b"), result(OWN, "c")
    assert grounds(BUREAU, facts(*failures, frauds=(fraud(),))) == [ground.id for ground in RULE.grounds]


@pytest.mark.parametrize("below", [SCHOOL, CLASS])
def test_subordinate_units(below: str) -> None:
    """What belongs to a unit below, or to one below that, counts for the unit; not for its neighbours."""
    year = facts(result(number="a", sponsor=below), result(number="b"))
    assert grounds(BUREAU, year) == ["own_failed"]
    assert of(TOWN, year).standing == Standing.PASS
    assert grounds(BUREAU, facts(result(STATE, sponsor=below))) == ["upper_failed"]
    assert grounds(BUREAU, facts(frauds=(fraud(below),))) == ["fraud"]


def test_failures_below_are_of_the_unit_too() -> None:
    """A department under another one answers for its own failure, and the one above as well."""
    inner = unit("县招生办", Level.COUNTY, Category.DEPARTMENT, BUREAU)
    year = facts(result(STATE, sponsor="县招生办"), units=(*UNITS, inner))
    assert grounds("县招生办", year) == grounds(BUREAU, year) == ["upper_failed"]


def test_a_ground_of_the_unit_alone() -> None:
    """A rule may leave subordinate units out of a ground."""
    alone = [ground.model_copy(update={"subordinates": False}) for ground in RULE.grounds]
    rule = RULE.model_copy(update={"grounds": tuple(alone)})
    year = facts(result(STATE, sponsor=SCHOOL), frauds=(fraud(SCHOOL),))
    assert all(each.standing == Standing.PASS for each in assess(year, rule).units)


def test_names_of_units() -> None:
    """A unit is known by its short and former names, typed as people type them."""
    named = replace(UNITS[1], short_names=("县 教育局",), former_names=("青禾县教委",))
    units = (UNITS[0], named, *UNITS[2:])
    year = facts(result(number="a", sponsor="青禾县教委"), result(number="b", sponsor="县教育局 "), units=units)
    assert grounds(BUREAU, year) == ["own_failed"]


def test_names_that_two_units_have() -> None:
    """A short name that two units have is neither's: what stands under it is told as that of an unknown unit."""
    both = tuple(
        unit(name, Level.COUNTY, Category.DEPARTMENT, short_names=("水务",)) for name in ("县水务局", "县水务站")
    )
    year = facts(result(STATE, sponsor="水务"), units=(*UNITS, *both))
    assert [of(each.name, year).standing for each in both] == [Standing.PASS] * 2
    assert of("水务", year).standing == Standing.FAIL
    assert "水务" in assessed(year).notices[0]


def test_sponsor_by_another_result() -> None:
    """A check that does not tell the sponsor of an object belongs to whom another check says."""
    year = facts(result(OWN, "a", failed=False), result(STATE, "a", sponsor=""))
    assert grounds(BUREAU, year) == ["upper_failed"]
    assert not assessed(year).notices


def test_other_years() -> None:
    """What is of another year does not count, and is told."""
    year = facts(
        result(number="a", when=Quarter(2018, 4)),
        result(number="b"),
        result(STATE, when=date(2020, 1, 1)),
        frauds=(fraud(when=date(2018, 12, 31)),),
    )
    assert of(BUREAU, year).standing == Standing.PASS
    (notice,) = assessed(year).notices
    assert "3 条" in notice


def test_a_quarter_without_results() -> None:
    """A quarter of which no result is known passes nobody; who fails without it fails."""
    year = replace(facts(), own=tuple(each for each in passes() if each.when != Quarter(2019, 3)))
    (notice,) = assessed(year).notices
    assert "2019年第三季度" in notice
    assert "第二季度" not in notice
    assert {each.standing for each in assessed(year).units} == {Standing.OPEN}
    assert of(BUREAU, replace(year, frauds=(fraud(),))).standing == Standing.FAIL


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (replace(facts(), outside=None), "外部抽查结果"),
        (replace(facts(), frauds=None), "弄虚作假记录"),
        (replace(facts(), units=None), "单位名录"),
    ],
)
def test_what_nobody_has_told(year: YearFacts, words: str) -> None:
    """Without checks from above, records or directory nobody passes, and what is missing is told."""
    (notice,) = assessed(year).notices
    assert words in notice
    assert {each.standing for each in assessed(year).units} == {Standing.OPEN}


def test_unfinished_checks() -> None:
    """An object whose check is not finished leaves a unit open only where it could make the difference."""
    unfinished = result(number="b", failed=None)
    alone = of(BUREAU, facts(unfinished))
    assert (alone.standing, alone.gaps, alone.failures) == (Standing.PASS, (), ())
    doubtful = of(BUREAU, facts(result(number="a"), unfinished))
    assert doubtful.standing == Standing.OPEN
    (gap,) = doubtful.gaps
    assert "1 个检查对象没有查完（账号b）" in gap
    again = of(BUREAU, facts(result(number="b"), replace(unfinished, when=Quarter(2019, 3))))
    assert again.standing == Standing.PASS  # the same object is not another one


def test_unfinished_checks_of_a_unit_that_fails() -> None:
    """Where a ground holds already, what is not finished can make no difference to it."""
    found = of(BUREAU, facts(result(number="a"), result(number="b"), result(number="c", failed=None)))
    assert (found.standing, found.gaps) == (Standing.FAIL, ())


def test_reason_that_nobody_has_told() -> None:
    """A failure from above without its reason may be a 严重表述错误: the unit fails, and that is told."""
    found = of(BUREAU, facts(result(STATE, vetoes=None)))
    assert [held.ground.id for held in found.grounds] == ["upper_failed"]
    (gap,) = found.gaps
    assert "没有写原因（账号a）" in gap


def test_units_that_the_directory_lacks() -> None:
    """A sponsor that is in no directory is assessed by itself, is never 合格, and is told."""
    year = facts(result(number="a", sponsor="县水务局", failed=False, vetoes=()))
    found = of("县水务局", year)
    assert found.standing == Standing.OPEN
    assert len(found.gaps) == 1
    (notice,) = assessed(year).notices
    assert "县水务局" in notice
    assert grounds("县水务局", facts(frauds=(fraud("县水务局"),))) == ["fraud"]


def test_units_of_no_known_kind() -> None:
    """A unit of which nobody has told what it is may be one that is assessed: it is never 合格."""
    unknown = unit("县水务局", Level.COUNTY, None), unit("县信访局", None, Category.DEPARTMENT)
    year = facts(units=(*UNITS, *unknown, unit("省水利厅", Level.PROVINCE, None)))
    assert [each.standing for each in assessed(year).units] == [Standing.PASS] * 2 + [Standing.OPEN] * 2
    assert [len(each.gaps) for each in assessed(year).units] == [0, 0, 1, 1]


def test_units_that_are_not_assessed() -> None:
    """Governments of the county, institutions and persons get no verdict; what failed for nobody is told."""
    units = (*UNITS, unit("某人", Level.COUNTY, Category.PERSON), unit("县电视台", Level.COUNTY, Category.INSTITUTION))
    year = facts(result(STATE, "a", sponsor=COUNTY), result(number="b", sponsor="县电视台"), units=units)
    assert {each.unit.name for each in assessed(year).units} == {BUREAU, TOWN}
    assert {each.standing for each in assessed(year).units} == {Standing.PASS}
    (notice,) = assessed(year).notices
    assert "2 个" in notice
    assert "账号a、账号b" in notice
    (notice,) = assessed(facts(frauds=(fraud("县电视台"),), units=units)).notices
    assert "县电视台" in notice


def test_failures_without_sponsor() -> None:
    """A failure that nobody has told the sponsor of may be anybody's: nobody passes, and it is told."""
    year = facts(result(STATE, sponsor=""))
    assert {each.standing for each in assessed(year).units} == {Standing.OPEN}
    (notice,) = assessed(year).notices
    assert "账号a" in notice


def test_circles_of_units() -> None:
    """Units that stand above themselves are told, and counted each for itself; what is below them still counts."""
    first = unit("县甲局", Level.COUNTY, Category.DEPARTMENT, "县乙局")
    second = unit("县乙局", Level.COUNTY, Category.DEPARTMENT, "县甲局")
    below = unit("县丙站", Level.COUNTY, Category.INSTITUTION, "县甲局")
    itself = unit("县丁局", Level.COUNTY, Category.DEPARTMENT, "县丁局")
    year = facts(result(STATE, sponsor="县丙站"), units=(*UNITS, first, second, below, itself))
    assert of("县甲局", year).standing == Standing.FAIL
    assert [of(name, year).standing for name in ("县乙局", "县丁局", BUREAU)] == [Standing.OPEN] * 2 + [Standing.PASS]
    (notice,) = assessed(year).notices
    assert all(name in notice for name in ("县甲局", "县乙局", "县丁局"))
    assert "县丙站" not in notice


def test_unknown_parents() -> None:
    """A unit under one that is in no directory counts for itself, and that is told."""
    year = facts(units=(*UNITS, unit("县丙站", Level.COUNTY, Category.INSTITUTION, "县教育委员会")))
    (notice,) = assessed(year).notices
    assert "县丙站（上级单位“县教育委员会”）" in notice


def test_hints_of_fraud() -> None:
    """What failed by a veto of 弄虚作假 is told, and left to people."""
    year = facts(result(vetoes=("M3.2",)))
    assert of(BUREAU, year).standing == Standing.PASS
    (notice,) = assessed(year).notices
    assert "账号a" in notice
    assert not assessed(facts(result(vetoes=("M3.1",)))).notices
