"""What is not known of a year, as sentences: of all units, of one, and what counts for nobody."""

from collections.abc import Iterable, Iterator

from govkit.assessing.model import CheckResult
from govkit.assessing.rule import FailedGround, FraudGround
from govkit.assessing.year import Year, doubtful, failures, objects
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.season import Unit

_QUARTERS = range(1, 5)


def year_gaps(year: Year) -> Iterator[str]:
    """What is not known and could change the verdict on any unit."""
    rule, facts = year.rule, year.facts
    for level in rule.quarterly:
        checked = {_quarter(result) for result in year.results if result.level == level}
        missing = [
            quarter for quarter in (Quarter(facts.year, number) for number in _QUARTERS) if quarter not in checked
        ]
        if missing:
            yield say("assessing.no_quarter", level=level, quarters="、".join(quarter.name for quarter in missing))
    others = {level: None for ground in rule.grounds if isinstance(ground, FailedGround) for level in ground.checks}
    others = {level: None for level in others if level not in rule.quarterly}
    if others and facts.outside is None:
        yield say("assessing.no_outside", levels="、".join(others))
    if facts.frauds is None and any(isinstance(ground, FraudGround) for ground in rule.grounds):
        yield say("assessing.no_frauds")
    if facts.units is None:
        yield say("assessing.no_units")
    doubtful_ones = (result for result in year.results if result.failed is not False and not year.sponsor(result))
    if nobodys := objects(doubtful_ones):
        yield say("assessing.no_sponsor", number=len(nobodys), names=_names(nobodys.values()))


def unit_gaps(unit: Unit, year: Year, held: Iterable[str]) -> Iterator[str]:
    """What is not known and could change the verdict on one unit, or add a ground to those that hold.

    Args:
        unit: the unit.
        year: the facts.
        held: the ids of the grounds that are known to hold.
    """
    if year.facts.units is not None and unit in year.strays.values():
        yield say("assessing.unlisted")
    elif year.facts.units is not None and year.rule.binds(unit) is None:
        yield say("assessing.no_kind")
    if unit.name in year.directory.circular:
        yield say("assessing.in_circle", parent=unit.parent)
    known = set(held)
    for ground in year.rule.grounds:
        if isinstance(ground, FailedGround) and ground.id not in known:
            yield from _doubts(ground, year.results_of(unit, subordinates=ground.subordinates))


def _doubts(ground: FailedGround, results: tuple[CheckResult, ...]) -> Iterator[str]:
    """What may make a ground hold, where there is enough of it."""
    doubts = list(doubtful(ground, results))
    if len(objects((*failures(ground, results), *doubts))) < ground.at_least:
        return
    for key, these in (
        ("assessing.unfinished", objects(one for one in doubts if one.failed is None)),
        ("assessing.no_reason", objects(one for one in doubts if one.failed)),
    ):
        if these:
            yield say(key, ground=ground.name, number=len(these), names=_names(these.values()))


def year_notices(year: Year) -> Iterator[str]:
    """What counts for no unit, or perhaps not for the one that it should."""
    directory, strays = year.directory, year.strays
    if directory.circular:
        yield say("assessing.circle", names="、".join(sorted(directory.circular)))
    if directory.without_parent:
        pairs = (say("assessing.parent", name=unit.name, parent=unit.parent) for unit in directory.without_parent)
        yield say("assessing.no_parent", number=len(directory.without_parent), names="、".join(pairs))
    if strays and year.facts.units is not None:
        yield say("assessing.strays", number=len(strays), names="、".join(unit.name for unit in strays.values()))
    if year.of_other_years:
        yield say("assessing.other_years", number=year.of_other_years, year=year.facts.year)
    yield from _of_nobody(year)
    for ground in year.rule.grounds:
        if isinstance(ground, FraudGround) and ground.hints:
            failed = (result for result in year.results if result.failed)
            meant = objects(result for result in failed if any(map(ground.hints.names, result.vetoes or ())))
            if meant:
                yield say("assessing.hints", ground=ground.name, number=len(meant), names=_names(meant.values()))


def _of_nobody(year: Year) -> Iterator[str]:
    """What belongs to units that are not assessed, and are under none that is."""
    assessed = {unit.name for unit in year.assessed}
    failed = objects(
        result
        for result in year.results
        if result.failed is not False and _counts_for_nobody(year, year.sponsor(result), assessed)
    )
    if failed:
        yield say("assessing.for_nobody", number=len(failed), names=_names(failed.values()))
    if frauds := [fraud.unit for fraud in year.frauds if _counts_for_nobody(year, fraud.unit, assessed)]:
        yield say("assessing.fraud_for_nobody", number=len(frauds), names="、".join(dict.fromkeys(frauds)))


def _counts_for_nobody(year: Year, name: str, assessed: set[str]) -> bool:
    return bool(name) and not any(unit.name in assessed for unit in year.for_whom(name))


def _quarter(result: CheckResult) -> Quarter:
    return result.when if isinstance(result.when, Quarter) else Quarter.of(result.when)


def _names(results: Iterable[CheckResult]) -> str:
    return "、".join(result.name or result.subject_id for result in results)
