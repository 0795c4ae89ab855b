"""From what was recorded and measured to one judgement for every item of an object that is in scope.

A person's judgement is never overwritten by a measured quantity; where the two contradict each other, reading refuses
the workbook. A measured quantity fills in what nobody has judged, before the default for unlisted items does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from govkit.findings import Finding, Measurement, Outcome
from govkit.ledger import Subject
from govkit.rubric import Reading, Readings, Rubric


@dataclass(frozen=True, slots=True)
class Judgement:
    """What counts for one item: the outcome, and how many were found (for tiers: the points of the level).

    `finding` and `reading` tell where it comes from: a row, a measured quantity, or neither (the default).
    """

    outcome: Outcome
    count: int = 1
    finding: Finding | None = None
    reading: Reading | None = None


def group_readings(measurements: Iterable[Measurement]) -> dict[str, list[Measurement]]:
    """The measurements of one object, by quantity."""
    readings: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        readings.setdefault(measurement.quantity, []).append(measurement)
    return readings


def judge(
    rubric: Rubric,
    subject: Subject,
    findings: Mapping[str, Finding],
    readings: Readings,
    as_of: date,
    unlisted: Outcome,
) -> dict[str, Judgement]:
    """A judgement for each item in scope, in the order of the annex.

    Args:
        rubric: what is judged.
        subject: the object.
        findings: its findings, by item.
        readings: its measured quantities.
        as_of: 监测时间点.
        unlisted: what an item has that is neither recorded nor measured (UNCHECKED or CLEAR).
    """
    judgements = {}
    for code, item in rubric.items_in_scope(subject).items():
        finding = findings.get(code)
        reading = rubric.read(item, readings, as_of)
        if finding is not None and finding.outcome != Outcome.UNCHECKED:
            count = 1 if finding.count is None else finding.count
            judgements[code] = Judgement(finding.outcome, count, finding, reading)
        elif reading is not None:
            judgements[code] = Judgement(reading.outcome, 1, finding, reading)
        elif finding is not None:
            judgements[code] = Judgement(Outcome.UNCHECKED, 1, finding)
        else:
            judgements[code] = Judgement(unlisted)
    return judgements
