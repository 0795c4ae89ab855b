"""Random years: what `assess` says is what a second, plain implementation says."""

import random
from collections import Counter
from datetime import date

from govkit.assessing import CheckLevel, Fraud, Standing, YearFacts, assess
from govkit.quarters import Quarter
from govkit.season import Category, Level, Unit
from tests.assessing.naive import naive
from tests.assessing.years import OWN, RULE, result

YEARS = 300
KINDS = [
    (Level.COUNTY, Category.DEPARTMENT),
    (Level.COUNTY, Category.BRANCH),
    (Level.COUNTY, Category.INSTITUTION),
    (Level.TOWNSHIP, Category.GOVERNMENT),
    (Level.COUNTY, Category.GOVERNMENT),
]
VETOES = [(), ("M2.1",), ("V1.1",), ("M2.1", "M1.1"), ("V1.2",)]


def random_year(dice: random.Random) -> YearFacts:
    """Return a year of which everything is known, with a few units, trees of them, and few failures."""
    units: dict[str, Unit] = {}
    for number in range(dice.randint(1, 7)):
        level, category = dice.choice(KINDS)
        parent = dice.choice(["", *units])
        units[f"单位{number}"] = Unit(f"单位{number}", level, category, parent)
    results = []
    for checks in CheckLevel:
        for _ in range(dice.choice([0, 1, 6] if checks == OWN else [0, 0, 1])):
            year = dice.choice([2018, 2019, 2019, 2019])
            when = Quarter(year, dice.randint(1, 4)) if checks == OWN else date(year, dice.randint(1, 12), 1)
            code, failed = str(dice.randint(1, 6)), dice.random() < 0.7
            sponsor = list(units)[int(code) % len(units)]  # the same object has the same sponsor
            vetoes = dice.choice(VETOES) if failed else ()
            results.append(result(checks, code, sponsor, when=when, failed=failed, vetoes=vetoes))
    first = next(iter(units))
    quarters = (result(number="z", sponsor=first, when=Quarter(2019, n), failed=False, vetoes=()) for n in range(1, 5))
    own = (*quarters, *(each for each in results if each.level == OWN))
    frauds = tuple(
        Fraud(dice.choice(list(units)), date(dice.choice([2019, 2020]), 3, 1), "数据造假")
        for _ in range(dice.choice([0, 0, 0, 1]))
    )
    return YearFacts(2019, units, own, tuple(each for each in results if each.level != OWN), frauds)


def test_random_years() -> None:
    """Verdicts, grounds and failed objects are the same, in years of all kinds."""
    dice = random.Random(20191218)  # noqa: S311 - no secret
    seen: Counter[str] = Counter()
    for _ in range(YEARS):
        facts = random_year(dice)
        found = {
            each.unit.name: (
                each.standing,
                [held.ground.id for held in each.grounds],
                {failure.subject_id for failure in each.failures},
            )
            for each in assess(facts, RULE).units
        }
        assert found == naive(facts)
        for standing, grounds, _ in found.values():
            seen.update([standing, *grounds])
    assert all(seen[name] > YEARS / 15 for name in (Standing.PASS, *(ground.id for ground in RULE.grounds))), seen
