"""The facts of a year by the units for which they count."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from govkit.assessing.model import CheckResult, Fraud, YearFacts, day_of
from govkit.assessing.rule import AssessmentRule, CheckLevel, FailedGround
from govkit.assessing.units import Directory
from govkit.folding import fold
from govkit.season import Category, Unit

_LEVELS = tuple(CheckLevel)


class Year:
    """A year as grounds see it."""

    def __init__(self, facts: YearFacts, rule: AssessmentRule) -> None:
        self.facts, self.rule = facts, rule
        self.directory = Directory((facts.units or {}).values())

    @cached_property
    def results(self) -> tuple[CheckResult, ...]:
        """All results of the year: by who checked, then by time."""
        told = (*self.facts.own, *(self.facts.outside or ()))
        of_year = [result for result in told if day_of(result.when).year == self.facts.year]
        return tuple(sorted(of_year, key=lambda one: (_LEVELS.index(one.level), day_of(one.when))))

    @cached_property
    def frauds(self) -> tuple[Fraud, ...]:
        """All records of the year, by time."""
        of_year = [fraud for fraud in self.facts.frauds or () if fraud.when.year == self.facts.year]
        return tuple(sorted(of_year, key=lambda one: one.when))

    @property
    def of_other_years(self) -> int:
        """How many results and records do not count, as they are of other years."""
        told = len(self.facts.own) + len(self.facts.outside or ()) + len(self.facts.frauds or ())
        return told - len(self.results) - len(self.frauds)

    @cached_property
    def _sponsors(self) -> dict[str, str]:
        return {fold(result.subject_id): result.sponsor for result in self.results if result.sponsor}

    def sponsor(self, result: CheckResult) -> str:
        """The sponsor of an object; where its result does not tell it, by another one; empty where none does."""
        return result.sponsor or self._sponsors.get(fold(result.subject_id), "")

    def unit(self, name: str) -> Unit:
        """The unit of a name; of one that the directory lacks only the name is known."""
        return self.directory.called(name) or self.strays[fold(name)]

    @cached_property
    def strays(self) -> dict[str, Unit]:
        """The units that the directory lacks, by folded name."""
        names = (*map(self.sponsor, self.results), *(fraud.unit for fraud in self.frauds))
        found: dict[str, Unit] = {}
        for name in names:
            if name and not self.directory.called(name):
                found.setdefault(fold(name), Unit(name))
        return found

    @cached_property
    def assessed(self) -> tuple[Unit, ...]:
        """The units that are assessed, or may be, as nobody has told what they are."""
        listed = (unit for unit in self.directory.units.values() if unit.category != Category.PERSON)
        return (*(unit for unit in listed if self.rule.binds(unit) is not False), *self.strays.values())

    def for_whom(self, name: str, *, upwards: bool = True) -> Iterator[Unit]:
        """The units for which something counts that belongs to the unit of a name; none where nobody has told it."""
        if name:
            unit = self.unit(name)
            yield from self.directory.upwards(unit) if upwards else (unit,)

    @cached_property
    def _results(self) -> dict[tuple[str, bool], list[CheckResult]]:
        found: dict[tuple[str, bool], list[CheckResult]] = {}
        for result in self.results:
            for upwards in (True, False):
                for unit in self.for_whom(self.sponsor(result), upwards=upwards):
                    found.setdefault((unit.name, upwards), []).append(result)
        return found

    @cached_property
    def _frauds(self) -> dict[tuple[str, bool], list[Fraud]]:
        found: dict[tuple[str, bool], list[Fraud]] = {}
        for fraud in self.frauds:
            for upwards in (True, False):
                for unit in self.for_whom(fraud.unit, upwards=upwards):
                    found.setdefault((unit.name, upwards), []).append(fraud)
        return found

    def results_of(self, unit: Unit, *, subordinates: bool = True) -> tuple[CheckResult, ...]:
        """The results of the objects of a unit, with those of its subordinate units or without."""
        return tuple(self._results.get((unit.name, subordinates), ()))

    def frauds_of(self, unit: Unit, *, subordinates: bool = True) -> tuple[Fraud, ...]:
        """The records of a unit, with those of its subordinate units or without."""
        return tuple(self._frauds.get((unit.name, subordinates), ()))


def failures(ground: FailedGround, results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """The failures that count for a ground."""
    for result in results:
        if result.failed and result.level in ground.checks and _is_meant(ground, result.vetoes or ()):
            yield result


def doubtful(ground: FailedGround, results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """The results that may count for a ground: of checks that are not finished, and failures for no known reason."""
    for result in results:
        untold = result.failed and result.vetoes is None and ground.because is not None
        if result.level in ground.checks and (result.failed is None or untold):
            yield result


def _is_meant(ground: FailedGround, vetoes: Iterable[str]) -> bool:
    return ground.because is None or any(map(ground.because.names, vetoes))


def objects(results: Iterable[CheckResult]) -> dict[str, CheckResult]:
    """The distinct objects of some results, each with its first one."""
    found: dict[str, CheckResult] = {}
    for result in results:
        found.setdefault(fold(result.subject_id), result)
    return found
