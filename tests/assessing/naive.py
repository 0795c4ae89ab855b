"""年度考核 once more, the plain way: unit by unit, ground by ground, as the notice reads."""

from collections.abc import Mapping

from govkit.assessing import CheckResult, Standing, YearFacts
from govkit.quarters import Quarter
from govkit.season import Category, Level, Unit
from tests.assessing.years import OWN


def naive(facts: YearFacts) -> dict[str, tuple[Standing, list[str], set[str]]]:
    """Verdict, grounds and failed objects of each unit that is assessed, for years in which all is known."""
    units = facts.units or {}
    found = {}
    for unit in units.values():
        street = unit.level == Level.TOWNSHIP and unit.category in (Category.GOVERNMENT, Category.BRANCH)
        office = unit.level == Level.COUNTY and unit.category in (Category.DEPARTMENT, Category.BRANCH)
        if not street and not office:
            continue
        ours = {name for name in units if belongs(units[name], unit, units)}
        results = [r for r in (*facts.own, *(facts.outside or ())) if year_of(r) == facts.year and r.sponsor in ours]
        above = {r.subject_id for r in results if r.failed and r.level != OWN}
        grave = {
            r.subject_id for r in results if r.failed and r.level != OWN and {"V1.1", "M1.1"} & set(r.vetoes or ())
        }
        own = {r.subject_id for r in results if r.failed and r.level == OWN}
        lied = [f for f in facts.frauds or () if f.unit in ours and f.when.year == facts.year]
        grounds = ["upper_grave"] * (len(grave) >= 1) + ["upper_failed"] * (len(above) >= 1)
        grounds += ["own_failed"] * (len(own) >= 2) + ["fraud"] * (len(lied) >= 1)
        found[unit.name] = (Standing.FAIL if grounds else Standing.PASS, grounds, above | own)
    return found


def belongs(one: Unit, other: Unit, units: Mapping[str, Unit]) -> bool:
    """Whether a unit is another one, or below it."""
    if one.name == other.name:
        return True
    return one.parent in units and belongs(units[one.parent], other, units)


def year_of(result: CheckResult) -> int:
    """The year of a check."""
    return result.when.year if not isinstance(result.when, Quarter) else result.when[0]
