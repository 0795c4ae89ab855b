"""What the register (登记簿) keeps, as plain data, and how it stands in the log."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from govkit.codec import (
    decision_from_plain,
    decision_to_plain,
    draw_from_plain,
    draw_to_plain,
    event_from_plain,
    event_to_plain,
    filing_record_from_plain,
    filing_record_to_plain,
    from_json,
    to_json,
)
from govkit.findings import Finding
from govkit.issues import Appealed, Corrected, Decided, Event, Issued, Rechecked, Reported
from govkit.ledger import FilingRecord
from govkit.sampling import Draw
from govkit.season import Decision

Quarter = tuple[int, int]
"""Year, and number from 1 to 4."""

_QUARTERS = range(1, 5)


class Topic(StrEnum):
    """What an entry is about."""

    FILING = "备案"
    DRAW = "抽查"
    LINES = "站内抽样"
    RESULTS = "抽查结果"
    RULE = "规则核查"
    DECISION = "处置"
    RECTIFICATION = "整改"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A filing that was recorded wrongly, and why it does not count."""

    record: FilingRecord
    reason: str


@dataclass(frozen=True, slots=True)
class KeptDraw:
    """The draw of a quarter.

    Attributes:
        draw: the draw.
        assignment: who inspects what: names, by identifier.
        reason: why it was drawn once more; empty for the first.
        renamed: accounts that were drawn or inspected before under another identifier: the new ones, by the old.
    """

    draw: Draw
    assignment: Mapping[str, str]
    reason: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrawnLines:
    """A sample within a site, as evidence of how it was drawn.

    Attributes:
        subject_id: the site.
        item: the item of the rubric that asks for it.
        number: how many were to be drawn.
        lines: the list, as it was pasted.
        drawn: the lines of the sample, in the order in which they were drawn.
        seed: of the draw.
        reason: why it was drawn once more; empty for the first.
    """

    subject_id: str
    item: str
    number: int
    lines: tuple[str, ...]
    drawn: tuple[str, ...]
    seed: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """Who failed and who passed in a quarter, by identifier; what is in neither has no result yet.

    `passed` is None in entries of versions that told only who failed: all others that were drawn passed.
    """

    failed: frozenset[str]
    passed: frozenset[str] | None


RegisterValue = FilingRecord | Withdrawn | KeptDraw | DrawnLines | Results | Finding | Decision | Event
"""What an entry can say."""

V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True)
class RegisterEntry(Generic[V_co]):
    """A line of the register's log.

    `quarter` is None for filings and 整改; `subject_id` is empty where a whole quarter is meant. `item` is the item of
    a sample, the rule of a judgement, the number of a problem, and for filings tells one of an object from another.
    `revision` counts from 1 within topic, quarter, object and item. `at` is UTC.
    """

    seq: int
    at: datetime
    actor: str
    topic: Topic
    quarter: Quarter | None
    subject_id: str
    item: str
    revision: int
    value: V_co


def quarter_to_text(quarter: Quarter | None) -> str:
    """A quarter as it stands in the log.

    Raises:
        ValueError: there is no such quarter.
    """
    if quarter is None:
        return ""
    year, number = quarter
    if number not in _QUARTERS:
        raise ValueError(quarter)
    return f"{year:04}-{number}"


def quarter_from_text(text: str) -> Quarter | None:
    """The quarter that `quarter_to_text` wrote."""
    year, _, number = text.partition("-")
    return (int(year), int(number)) if text else None


def filing_item(record: FilingRecord) -> str:
    """What tells one filing of an object from another: the SHA-256 of all that it says."""
    return hashlib.sha256(json.dumps(filing_record_to_plain(record)).encode()).hexdigest()


def value_to_json(value: RegisterValue) -> str:
    """A value as ASCII text for the column `value`; topic, object and item are not said again."""
    return to_json(value) if isinstance(value, Finding) else json.dumps(_plain(value), separators=(",", ":"))


def _plain(value: FilingRecord | Withdrawn | KeptDraw | DrawnLines | Results | Decision | Event) -> Any:
    match value:
        case FilingRecord():
            return filing_record_to_plain(value)
        case Withdrawn():
            return {"withdrawn": filing_record_to_plain(value.record), "reason": value.reason}
        case KeptDraw():
            return {
                "draw": draw_to_plain(value.draw),
                "assignment": dict(value.assignment),
                "reason": value.reason,
                "renamed": dict(value.renamed),
            }
        case DrawnLines():
            return {
                "number": value.number,
                "lines": value.lines,
                "drawn": value.drawn,
                "seed": value.seed,
                "reason": value.reason,
            }
        case Results():
            failed = sorted(value.failed)
            return failed if value.passed is None else {"failed": failed, "passed": sorted(value.passed)}
        case Decision():
            return decision_to_plain(value)
        case Issued() | Reported() | Rechecked() | Appealed() | Decided() | Corrected():
            return event_to_plain(value)


def value_from_json(text: str, topic: Topic, subject_id: str, item: str) -> Any:
    """The value that `value_to_json` wrote under this topic, for this object and item."""
    if topic == Topic.RULE:
        return from_json(text, subject_id, item)
    plain = json.loads(text)
    match topic:
        case Topic.FILING if "withdrawn" in plain:
            return Withdrawn(filing_record_from_plain(plain["withdrawn"], subject_id), plain["reason"])
        case Topic.FILING:
            return filing_record_from_plain(plain, subject_id)
        case Topic.DRAW:
            return KeptDraw(
                draw_from_plain(plain["draw"]), plain["assignment"], plain["reason"], plain.get("renamed", {})
            )
        case Topic.LINES:
            changed = {"lines": tuple(plain["lines"]), "drawn": tuple(plain["drawn"])}
            return DrawnLines(subject_id, item, **{**plain, **changed})
        case Topic.RESULTS:
            early = isinstance(plain, list)
            return Results(
                frozenset(plain if early else plain["failed"]), None if early else frozenset(plain["passed"])
            )
        case Topic.DECISION:
            return decision_from_plain(plain, subject_id)
        case Topic.RECTIFICATION:
            return event_from_plain(plain)
