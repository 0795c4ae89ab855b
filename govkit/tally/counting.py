"""Counting: a scored inspection → its tally."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from govkit.ledger import PLATFORM, Kind
from govkit.messages import say
from govkit.packs.things import View
from govkit.rubric import PartName, Rubric
from govkit.scoring import Ground, Inspection, ObjectResult, Verdict
from govkit.season import Level, Season, Unit
from govkit.tally.model import Classes, Count, KindTally, Loss, Ranked, Tally, UnitLosses


def tally(
    inspection: Inspection, running: Mapping[Kind, int] | None = None, units: Mapping[str, Unit] | None = None
) -> Tally:
    """Count what an inspection comes to.

    Args:
        inspection: the batch, scored.
        running: how many sites and accounts run in all; those of a kind that is missing are unknown.
        units: 单位名录, by name; it tells levels, and which spellings and short names are the same unit.

    Raises:
        ValueError: more objects of a kind were checked than run; the message is in Chinese.
    """
    subjects = tuple(result.subject for result in inspection.objects)
    view = View(Season((inspection.batch.as_of, inspection.batch.as_of), subjects, units))
    sites, accounts = (_Counting(inspection, kind, view).result((running or {}).get(kind)) for kind in Kind)
    return Tally(inspection.batch, inspection.rubric, sites, accounts)


class _Counting:
    def __init__(self, inspection: Inspection, kind: Kind, view: View) -> None:
        self.rubric: Rubric = inspection.rubric
        self.kind = kind
        self.view = view
        self.results = inspection.of_kind(kind)
        self.finished = [each for each in self.results if each.score.verdict != Verdict.INCOMPLETE]

    def result(self, running: int | None) -> KindTally:
        count = _count(self.results)
        if running is not None and count.checked > running:
            words = {"kind": say(f"chart.{self.kind}"), "checked": count.checked, "running": running}
            raise ValueError(say("tally.too_few_running", **words))
        grounds = Counter(result.score.ground for result in self.results)
        ranked = self._ranked()
        return KindTally(
            kind=self.kind,
            running=running,
            count=count,
            by_unit=_counts(self.results, self._unit),
            by_level=self._by_level(),
            by_platform=self._by_platform() if self.kind == Kind.ACCOUNT else {},
            by_ground={ground: grounds[ground] for ground in Ground},
            by_veto=self._by_veto(),
            losses=self._losses(),
            units=tuple(_unit_losses(self.rubric, *each) for each in _groups(self.finished, self._unit).items()),
            classes=self._classes(ranked, grounds[Ground.VETO]),
            ranked=ranked,
        )

    def _unit(self, result: ObjectResult) -> str:
        unit = self.view.unit_called(result.subject.sponsor)
        return unit.name if unit else say("chart.no_unit")

    def _level(self, result: ObjectResult) -> str:
        unit = self.view.unit_called(result.subject.sponsor)
        return unit.level if unit and unit.level else say("tally.no_level")

    def _by_level(self) -> Mapping[str, Count]:
        counts = _counts(self.results, self._level)
        return {level: counts[level] for level in (*Level, say("tally.no_level")) if level in counts}

    def _by_platform(self) -> Mapping[str, Count]:
        counts = _counts(self.results, lambda each: each.subject.details.get(PLATFORM) or say("chart.no_platform"))
        return dict(sorted(counts.items(), key=lambda each: -(each[1].checked + each[1].unfinished)))

    def _by_veto(self) -> Mapping[str, int]:
        found = Counter(code for result in self.finished for code in result.score.vetoes)
        return {code: found[code] for code in sorted(self.rubric.items, key=lambda code: -found[code]) if found[code]}

    def _losses(self) -> tuple[Loss, ...]:
        lost: dict[str, list[Fraction]] = {}
        for result in self.finished:
            for code, points in result.score.deductions.items():
                lost.setdefault(code, []).append(points)
        rows = sorted((row for row in self.rubric.rows if row.code in lost), key=lambda row: -sum(lost[row.code]))
        sums = list(accumulate(sum(lost[row.code], Fraction(0)) for row in rows))
        return tuple(
            Loss(row, sum(lost[row.code], Fraction(0)), len(lost[row.code]), reached / sums[-1])
            for row, reached in zip(rows, sums, strict=True)
        )

    def _ranked(self) -> tuple[Ranked, ...]:
        scored = (Ranked(each.subject, each.score.total) for each in self.finished if each.score.total is not None)
        return tuple(sorted(scored, key=lambda each: -each.total))

    def _classes(self, ranked: Iterable[Ranked], vetoed: int) -> Classes:
        totals = [each.total for each in ranked]
        lines = self.rubric.parameters
        below = sum(total < lines.pass_line for total in totals)
        above = sum(total > lines.bonus_line for total in totals)
        return Classes(below, len(totals) - below - above, above, vetoed if self.kind == Kind.SITE else 0)


def _groups(results: Iterable[ObjectResult], name: Callable[[ObjectResult], str]) -> Mapping[str, list[ObjectResult]]:
    found: dict[str, list[ObjectResult]] = {}
    for result in results:
        found.setdefault(name(result), []).append(result)
    return found


def _counts(results: Iterable[ObjectResult], name: Callable[[ObjectResult], str]) -> Mapping[str, Count]:
    return {group: _count(members) for group, members in _groups(results, name).items()}


def _count(results: Iterable[ObjectResult]) -> Count:
    verdicts = Counter(result.score.verdict for result in results)
    return Count(verdicts[Verdict.PASS], verdicts[Verdict.FAIL], verdicts[Verdict.INCOMPLETE])


def _unit_losses(rubric: Rubric, unit: str, results: Sequence[ObjectResult]) -> UnitLosses:
    points: dict[str, Fraction] = {}
    judged, vetoes = Counter[str](), Counter[str]()
    for result in results:
        subject = result.subject
        rows = rubric.rows_for(subject.kind, service=subject.service)
        scored = result.score.total is not None
        judged.update(
            row.code for row in rows if row.part == PartName.VETO or (row.part == PartName.DEDUCTION and scored)
        )
        for code, lost in result.score.deductions.items():
            points[code] = points.get(code, Fraction(0)) + lost
        vetoes.update({rubric.row_of[code].code for code in result.score.vetoes})
    return UnitLosses(unit, dict(judged), points, dict(vetoes))
