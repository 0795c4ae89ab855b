"""Units judged by the results of a year.

Clause: 丰都县 2019, 附件 年度考核说明.
"""

from govkit.assessing.gaps import unit_gaps, year_gaps, year_notices
from govkit.assessing.model import Assessment, HeldGround, Standing, UnitAssessment, YearFacts
from govkit.assessing.rule import AssessmentRule, FailedGround, FraudGround
from govkit.assessing.year import Year, failures, objects
from govkit.season import Unit


def assess(facts: YearFacts, rule: AssessmentRule) -> Assessment:
    """Assess the units of a year: each with every ground that holds, and what it rests on.

    A failure counts for the sponsor of the object and for all units above it. A unit for which no ground is known to
    hold is 合格 only where nothing is unknown that could make one hold.

    Args:
        facts: of the year; what is of other years in it does not count, and is told.
        rule: by which to assess.
    """
    year = Year(facts, rule)
    gaps = tuple(year_gaps(year))
    units = tuple(_assessed(unit, year, gaps) for unit in year.assessed)
    return Assessment(facts.year, rule, units, (*gaps, *year_notices(year)))


def _assessed(unit: Unit, year: Year, of_all: tuple[str, ...]) -> UnitAssessment:
    grounds = tuple(filter(None, (_held(ground, unit, year) for ground in year.rule.grounds)))
    gaps = tuple(unit_gaps(unit, year, [held.ground.id for held in grounds]))
    standing = Standing.FAIL if grounds else Standing.OPEN if gaps or of_all else Standing.PASS
    failed = tuple(result for result in year.results_of(unit) if result.failed)
    return UnitAssessment(unit, standing, grounds, failed, year.frauds_of(unit), gaps)


def _held(ground: FailedGround | FraudGround, unit: Unit, year: Year) -> HeldGround | None:
    """A ground with what it rests on; None where it is not known to hold."""
    if isinstance(ground, FraudGround):
        frauds = year.frauds_of(unit, subordinates=ground.subordinates)
        return HeldGround(ground, frauds=frauds) if frauds else None
    counted = tuple(failures(ground, year.results_of(unit, subordinates=ground.subordinates)))
    number = len(objects(counted))
    return HeldGround(ground, counted, objects=number) if number >= ground.at_least else None
