"""What was found at the objects of a spot check: findings, measured quantities, and the batch they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from fractions import Fraction

from govkit.ledger import Subject


class Outcome(IntEnum):
    """检查结果 of one item. The value 0 is what an item has before anyone has looked at it.

    For bonus items CLEAR is written 不符合 and FOUND is written 符合; the other words are the same.
    """

    UNCHECKED = 0  # 未检查
    CLEAR = 1  # 未发现 / 不符合
    FOUND = 2  # 发现问题 / 符合
    NOT_APPLICABLE = 3  # 不适用
    CANNOT_TELL = 4  # 无法判断


OPEN_OUTCOMES = frozenset({Outcome.UNCHECKED, Outcome.CANNOT_TELL})
"""Outcomes that leave an item open: nothing may be concluded from them."""


def contradicts(recorded: Outcome, measured: Outcome) -> bool:
    """Whether a person's judgement and a measured quantity cannot both be true."""
    denied = {Outcome.CLEAR, Outcome.NOT_APPLICABLE}
    return (recorded == Outcome.FOUND and measured == Outcome.CLEAR) or (
        recorded in denied and measured == Outcome.FOUND
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stood in a workbook, as the spreadsheet program shows it.

    `row` counts from 1; `column` is the header, or empty where a whole row is meant.
    """

    workbook: str
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One judged item of one object: a row of 抽查记录, or a cell of a wide table.

    `count` is the number found for count items and the points of the level for tiers; None where the cell was blank.
    `extra` holds the columns that govkit does not know, by header.
    """

    subject_id: str
    item: str
    outcome: Outcome
    count: int | None = None
    note: str = ""
    url: str = ""
    screenshot: str = ""
    inspector: str = ""
    checked_at: datetime | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured quantity (监测项) of one object: a whole number or fraction, or the date of a last update."""

    subject_id: str
    quantity: str
    value: Fraction | date
    at: datetime | None = None
    place: Place | None = field(default=None, compare=False)


class Stage(StrEnum):
    """How far the inspection of one object has come, from draft to filed."""

    CHECKING = "checking"  # 检查中: a draft
    SUBMITTED = "submitted"  # 已提交: complete, waiting for another person
    REVIEWED = "reviewed"  # 已复核: frozen


@dataclass(frozen=True, slots=True)
class Filing:
    """Where an object stands on its way to being filed (备案), and who answers for it.

    `version` counts from 1; a correction (更正) of what was reviewed starts the next one. `reason` is why it was sent
    back or corrected. Times are UTC.
    """

    stage: Stage = Stage.CHECKING
    version: int = 1
    inspector: str = ""
    submitted_at: datetime | None = None
    reviewer: str = ""
    reviewed_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """批次: one inspection, with the rubric it follows and what an item without a row means."""

    name: str
    as_of: date
    rubric_id: str
    organiser: str = ""
    source: str = ""
    unlisted: Outcome = Outcome.UNCHECKED


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """A whole spot-check workbook: the batch, its objects in ledger order, and what was found and measured.

    `notices` are sentences in Chinese on what is no mistake but should be looked at before the results are used.
    """

    batch: Batch
    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]
    measurements: tuple[Measurement, ...] = ()
    notices: tuple[str, ...] = ()
