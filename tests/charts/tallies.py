"""Tallies for tests of charts: of few and of many objects, with long names, and with nothing in them."""

from collections.abc import Sequence
from functools import cache

from govkit.quarters import Quarter
from govkit.scoring import ObjectResult
from govkit.tally import Tally, TrendPoint, tally, trend
from tests.charts.matrices import LONG
from tests.scoring.cases import OPEN, RUBRIC
from tests.tally.inspections import account, inspection, site

DEDUCTIONS = [row for row in RUBRIC.rows if row.code.startswith("D")]
"""The rows that take points, in the order of the annex."""
_VETOES = ("V1.1", "V2.1", "V4.2")


def everything(letter: str) -> dict[str, int]:
    """Return all items of a part, each as often as it can be found, and most beyond the cap of their row."""
    found = {code: item for code, item in RUBRIC.items.items() if code.startswith(letter)}
    most = {"count": 9, "tier": 2}
    return {code: item.sample or most.get(item.kind, 1) for code, item in found.items()}


def counted(*results: ObjectResult) -> Tally:
    """Return the tally of these results."""
    return tally(inspection(results))


def mixed_results(number: int) -> Sequence[ObjectResult]:
    """Return so many sites and as many accounts, of all kinds, each of a unit of its own; one of them has a long name."""
    results = []
    for each in range(number):
        sponsor = LONG if each == 1 else f"青禾县第{each}号单位"
        still_open = {"D1_1": OPEN} if each % 11 == 10 else {}
        found = {row.items[-1].code: 1 for place, row in enumerate(DEDUCTIONS) if (each * place) % 7 < each % 5}
        veto = {_VETOES[each % 3]: 1} if each % 6 == 5 else {}
        results.append(site(each, sponsor, found | veto, **still_open))
        results.append(account(number + each, sponsor, {"M2.1": 1} if each % 4 == 3 else {}))
    return results


@cache
def mixed(number: int) -> Tally:
    """Return the tally of so many sites and as many accounts."""
    return counted(*mixed_results(number))


def quarters(number: int) -> Sequence[TrendPoint]:
    """Return so many quarters, of which one is missing where there are more than two."""
    given = [(Quarter(2018 + each // 4, each % 4 + 1), mixed(3 + 4 * (each % 3))) for each in range(number)]
    return trend([each for place, each in enumerate(given) if place != number - 2 or number < 3])
