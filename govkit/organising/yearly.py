"""The year of an office: what its own checks say for 年度考核."""

from collections.abc import Iterable

from govkit.assessing import CheckLevel, CheckResult, YearFacts
from govkit.quarters import Quarter
from govkit.reading import YearSheets
from govkit.scoring import Inspection, Verdict, reason

_FAILED = {Verdict.FAIL: True, Verdict.PASS: False, Verdict.INCOMPLETE: None}


def own_results(inspection: Inspection) -> tuple[CheckResult, ...]:
    """What a check of the county's own says of each object, in the quarter of its 监测时间点."""
    quarter = Quarter.of(inspection.batch.as_of)
    return tuple(
        CheckResult(
            CheckLevel.COUNTY,
            quarter,
            result.subject.id,
            result.subject.name,
            result.subject.kind,
            result.subject.sponsor,
            _FAILED[result.score.verdict],
            result.score.vetoes,
            reason(result.score, inspection.rubric),
        )
        for result in inspection.objects
    )


def year_facts(year: int, inspections: Iterable[Inspection], sheets: YearSheets) -> YearFacts:
    """The facts of a year; a check that was given twice, as a batch and as a workbook, counts once.

    Args:
        year: the year.
        inspections: the county's own checks.
        sheets: what files tell of units, other checks and 弄虚作假.
    """
    own = dict.fromkeys(result for inspection in inspections for result in own_results(inspection))
    return YearFacts(year, sheets.units, tuple(own), sheets.outside, sheets.frauds)
