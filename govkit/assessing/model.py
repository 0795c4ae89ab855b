"""The facts of a year, and what they come to for each unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from govkit.assessing.rule import AssessmentRule, CheckLevel, FailedGround, FraudGround
from govkit.ledger import Kind
from govkit.quarters import Quarter
from govkit.season import Unit


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check said of one site or account.

    Attributes:
        level: who checked.
        when: the quarter of the check, or its day.
        subject_id: 检查对象标识码; the same object has the same one in all checks.
        name: of the object.
        kind: site or account; None where nobody has told.
        sponsor: 主办单位; empty where nobody has told.
        failed: whether it was 不合格; None where the check of it is not finished.
        vetoes: the veto items it failed by, as codes or in words; None where nobody has told why it failed.
        reason: why, in words.
    """

    level: CheckLevel
    when: Quarter | date
    subject_id: str
    name: str
    kind: Kind | None
    sponsor: str
    failed: bool | None
    vetoes: tuple[str, ...] | None = ()
    reason: str = ""


def day_of(when: Quarter | date) -> date:
    """The day of a check; the last one of its quarter where only that is known."""
    return when.last if isinstance(when, Quarter) else when


@dataclass(frozen=True, slots=True)
class Fraud:
    """弄虚作假 of a unit: when, what happened, and where it is known from."""

    unit: str
    when: date
    what: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything an assessment looks at. None is what nobody has told; an empty tuple says that there is none.

    Attributes:
        year: the year; what is of other years does not count.
        units: 单位名录, by name.
        own: results of the checks that the assessing office made itself.
        outside: results of other checks (外部抽查结果).
        frauds: 弄虚作假记录.
    """

    year: int
    units: Mapping[str, Unit] | None = None
    own: tuple[CheckResult, ...] = ()
    outside: tuple[CheckResult, ...] | None = None
    frauds: tuple[Fraud, ...] | None = None


class Standing(StrEnum):
    """结论 of a unit."""

    PASS = "pass"  # noqa: S105 - 合格, no password
    FAIL = "fail"  # 不合格: some ground holds
    OPEN = "open"  # 待定: no ground is known to hold, but one may, by what is not known


@dataclass(frozen=True, slots=True)
class HeldGround:
    """A ground that holds for a unit, with the failures or the records of 弄虚作假 that it rests on.

    `objects` is how many distinct sites and accounts failed: one that failed twice is one, with both failures.
    """

    ground: FailedGround | FraudGround
    failures: tuple[CheckResult, ...] = ()
    frauds: tuple[Fraud, ...] = ()
    objects: int = 0


@dataclass(frozen=True, slots=True)
class UnitAssessment:
    """What a year comes to for one unit.

    Attributes:
        unit: the unit; of one that is in no directory only the name is known.
        standing: 结论.
        grounds: every ground that holds.
        failures: all that failed of it and its subordinate units, also what is too little for a ground.
        frauds: what is known of 弄虚作假, of it and its subordinate units.
        gaps: sentences in Chinese on what is not known and could change the verdict.
    """

    unit: Unit
    standing: Standing
    grounds: tuple[HeldGround, ...] = ()
    failures: tuple[CheckResult, ...] = ()
    frauds: tuple[Fraud, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """年度考核 of a year.

    Attributes:
        year: the year.
        rule: by which rule.
        units: the units that are assessed: those of the directory in its order, then those that it lacks.
        notices: sentences in Chinese on what is not known, or counts for nobody, and should be looked at.
    """

    year: int
    rule: AssessmentRule
    units: tuple[UnitAssessment, ...]
    notices: tuple[str, ...] = ()
