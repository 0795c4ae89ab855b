"""A whole spot check scored: each object with its judgements and its result, in ledger order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govkit.findings import Batch, Filing, Finding, Measurement, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric
from govkit.scoring.judgements import Judgement, group_readings, judge
from govkit.scoring.one import score_object
from govkit.scoring.result import ObjectScore


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """One object, what was judged of it (every item in scope, by code), and what it came to.

    `filing` tells how far its inspection has come; None where that is not kept, as for a workbook that is only scored.
    """

    subject: Subject
    judgements: dict[str, Judgement]
    score: ObjectScore
    filing: Filing | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The results of a batch: what sheets, summaries and charts are made from."""

    batch: Batch
    rubric: Rubric
    objects: tuple[ObjectResult, ...]

    def of_kind(self, kind: Kind) -> tuple[ObjectResult, ...]:
        """The results of sites, or of accounts, in ledger order."""
        return tuple(result for result in self.objects if result.subject.kind == kind)


def score_spot_check(rubric: Rubric, check: SpotCheck) -> Inspection:
    """Score every object of a spot check; see `iter_results` for one at a time."""
    return Inspection(check.batch, rubric, tuple(iter_results(rubric, check)))


def iter_results(rubric: Rubric, check: SpotCheck) -> Iterator[ObjectResult]:
    """The results of the objects, one by one, in ledger order.

    Raises:
        ValueError: a finding that `reading` would have refused (a count that its item does not allow).
    """
    findings = _findings_by_subject(check.findings)
    measurements = _measurements_by_subject(check.measurements)
    for subject in check.subjects:
        judgements = judge(
            rubric,
            subject,
            findings.get(subject.id, {}),
            group_readings(measurements.get(subject.id, ())),
            check.batch.as_of,
            check.batch.unlisted,
        )
        yield ObjectResult(subject, judgements, score_object(rubric, subject, judgements))


def _findings_by_subject(findings: Iterable[Finding]) -> dict[str, dict[str, Finding]]:
    grouped: dict[str, dict[str, Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.subject_id, {})[finding.item] = finding
    return grouped


def _measurements_by_subject(measurements: Iterable[Measurement]) -> dict[str, list[Measurement]]:
    grouped: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        grouped.setdefault(measurement.subject_id, []).append(measurement)
    return grouped
