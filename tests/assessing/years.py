"""Small years for tests: a county with some units, of which everything is known, and nothing is wrong."""

from datetime import date
from typing import Any

from govkit.assessing import (
    Assessment,
    CheckLevel,
    CheckResult,
    Fraud,
    UnitAssessment,
    YearFacts,
    assess,
    load_assessment_rule,
)
from govkit.ledger import Kind
from govkit.quarters import Quarter
from govkit.season import Category, Level, Unit

RULE = load_assessment_rule("fengdu-2019")
BUREAU, SCHOOL, CLASS, TOWN, COUNTY = (
    "青禾县教育局",
    "青禾县第一中学",
    "青禾县第一中学一年级",
    "柳镇人民政府",
    "青禾县人民政府",
)
STATE, CITY, OWN = CheckLevel.STATE, CheckLevel.CITY, CheckLevel.COUNTY


def unit(name: str, level: Level | None, category: Category | None, parent: str = "", **others: Any) -> Unit:
    """Return a unit of the directory."""
    return Unit(name, level, category, parent, **others)


UNITS = (
    unit(COUNTY, Level.COUNTY, Category.GOVERNMENT),
    unit(BUREAU, Level.COUNTY, Category.DEPARTMENT, COUNTY, short_names=("县教育局",)),
    unit(SCHOOL, Level.COUNTY, Category.INSTITUTION, BUREAU),
    unit(CLASS, Level.COUNTY, Category.INTERNAL, SCHOOL),
    unit(TOWN, Level.TOWNSHIP, Category.GOVERNMENT, COUNTY),
)


def result(level: CheckLevel = OWN, number: str = "a", sponsor: str = BUREAU, **others: Any) -> CheckResult:
    """Return a failure of an account of the bureau: in the second quarter where the county checked, else on a day."""
    when = Quarter(2019, 2) if level == OWN else date(2019, 5, 6)
    told: dict[str, Any] = {"when": when, "name": f"账号{number}", "kind": Kind.ACCOUNT, "failed": True, **others}
    return CheckResult(level=level, subject_id=number, sponsor=sponsor, vetoes=told.pop("vetoes", ("M2.1",)), **told)


def passes() -> tuple[CheckResult, ...]:
    """Return a result in each quarter that counts for nobody's disadvantage."""
    return tuple(
        result(number="z", sponsor=TOWN, when=Quarter(2019, number), failed=False, vetoes=()) for number in range(1, 5)
    )


def fraud(name: str = BUREAU, when: date = date(2019, 7, 1)) -> Fraud:
    """Return a record of 弄虚作假."""
    return Fraud(name, when, "伪造发稿日期", "群众举报")


def facts(*results: CheckResult, frauds: tuple[Fraud, ...] = (), units: tuple[Unit, ...] = UNITS) -> YearFacts:
    """Return a year in which everything is told."""
    own = tuple(each for each in results if each.level == OWN)
    outside = tuple(each for each in results if each.level != OWN)
    return YearFacts(2019, {each.name: each for each in units}, (*passes(), *own), outside, frauds)


def assessed(year: YearFacts) -> Assessment:
    """Return the assessment of a year."""
    return assess(year, RULE)


def of(name: str, year: YearFacts) -> UnitAssessment:
    """Return the assessment of one unit."""
    (found,) = (each for each in assessed(year).units if each.unit.name == name)
    return found


def grounds(name: str, year: YearFacts) -> list[str]:
    """Return the ids of the grounds that hold for a unit."""
    return [held.ground.id for held in of(name, year).grounds]
