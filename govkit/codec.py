"""Findings, measurements and what belongs to them as JSON and back, without loss.

What is known beside the JSON (object, item) is not said again. Text is written in ASCII escapes: whatever somebody
pastes into a note can be kept by every database, and in every cell.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from govkit.findings import Batch, Filing, Finding, Measurement, Outcome, Stage
from govkit.issues import Appeal, Appealed, Corrected, Decided, Event, Issue, Issued, Rechecked, Reported
from govkit.ledger import Action, FilingRecord, Kind, Subject
from govkit.sampling import HALF, Draw, Drawn, Ground
from govkit.season import Decision, Disposal

_FRACTION = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*)?")
_DAYS = {"day", "deadline"}
_EVENT_NAMES = {
    Issued: "issued",
    Reported: "reported",
    Rechecked: "rechecked",
    Appealed: "appealed",
    Decided: "decided",
    Corrected: "corrected",
}

Value = Finding | tuple[Measurement, ...] | Filing | None
"""An answer, all values of one measured quantity, a filing; None is nothing."""


def to_json(value: Value) -> str:
    """A value as text for the column `value`."""
    return json.dumps(_plain(value), separators=(",", ":"))


def from_json(text: str, subject_id: str, item: str) -> Value:
    """The value that `to_json` wrote for this object and item."""
    return _value(json.loads(text), subject_id, item)


def subject_to_plain(subject: Subject) -> dict[str, Any]:
    """An object of the ledger."""
    return {
        "id": subject.id,
        "name": subject.name,
        "kind": str(subject.kind),
        "sponsor": subject.sponsor,
        "service": subject.service,
        "details": dict(subject.details),
    }


def subject_from_plain(plain: dict[str, Any]) -> Subject:
    """The object that `subject_to_plain` described."""
    return Subject(**{**plain, "kind": Kind(plain["kind"])})


def batch_to_plain(batch: Batch) -> dict[str, Any]:
    """A batch."""
    return {
        "name": batch.name,
        "as_of": batch.as_of.isoformat(),
        "rubric_id": batch.rubric_id,
        "organiser": batch.organiser,
        "source": batch.source,
        "unlisted": batch.unlisted.name,
    }


def batch_from_plain(plain: dict[str, Any]) -> Batch:
    """The batch that `batch_to_plain` described."""
    changed = {"as_of": date.fromisoformat(plain["as_of"]), "unlisted": Outcome[plain["unlisted"]]}
    return Batch(**{**plain, **changed})


def record_to_plain(
    findings: Iterable[Finding], measurements: Iterable[Measurement], filing: Filing | None
) -> dict[str, Any]:
    """What is known of one object: its answers and quantities by item, and its filing."""
    quantities: dict[str, tuple[Measurement, ...]] = {}
    for m in measurements:
        quantities[m.quantity] = (*quantities.get(m.quantity, ()), m)
    return {
        "findings": {finding.item: _plain(finding) for finding in findings},
        "measurements": {quantity: _plain(values) for quantity, values in quantities.items()},
        "filing": _plain(filing),
    }


def record_from_plain(
    plain: dict[str, Any], subject_id: str
) -> tuple[tuple[Finding, ...], tuple[Measurement, ...], Filing | None]:
    """What `record_to_plain` described."""
    findings = (_value(value, subject_id, item) for item, value in plain["findings"].items())
    quantities = (_value(values, subject_id, quantity) for quantity, values in plain["measurements"].items())
    filing = _value(plain["filing"], subject_id, "")
    return (
        tuple(finding for finding in findings if isinstance(finding, Finding)),
        tuple(m for values in quantities if isinstance(values, tuple) for m in values),
        filing if isinstance(filing, Filing) else None,
    )


def filing_record_to_plain(record: FilingRecord) -> dict[str, Any]:
    """A filing of an object. Only one that leaves something untold says so: all others are what they always were."""
    plain = {
        "action": record.action.value,
        "filed": record.filed.isoformat(),
        "approved_by": record.approved_by,
        "filed_with": record.filed_with,
        "announced": record.announced.isoformat() if record.announced else None,
    }
    return {**plain, "untold": sorted(record.untold)} if record.untold else plain


def filing_record_from_plain(plain: dict[str, Any], subject_id: str) -> FilingRecord:
    """The filing that `filing_record_to_plain` described."""
    announced = plain["announced"]
    changed = {
        "action": Action(plain["action"]),
        "filed": date.fromisoformat(plain["filed"]),
        "announced": None if announced is None else date.fromisoformat(announced),
        "untold": frozenset(plain.get("untold", ())),
    }
    return FilingRecord(subject_id, **{**plain, **changed})


def draw_to_plain(draw: Draw) -> dict[str, Any]:
    """A draw of accounts, with the accounts as they stood in the ledger then."""
    return {
        "seed": draw.seed,
        "quarter": list(draw.quarter),
        "population": draw.population,
        "least": draw.least,
        "share": str(draw.share),
        "drawn": [
            {"subject": subject_to_plain(subject), "ground": ground.value, "lot": lot}
            for subject, ground, lot in draw.drawn
        ],
    }


def draw_from_plain(plain: dict[str, Any]) -> Draw:
    """The draw that `draw_to_plain` described; where earlier versions told no share, it was more than half."""
    year, number = plain["quarter"]
    drawn = tuple(Drawn(subject_from_plain(d["subject"]), Ground(d["ground"]), d["lot"]) for d in plain["drawn"])
    share = Fraction(plain["share"]) if "share" in plain else HALF
    return Draw(**{**plain, "quarter": (year, number), "drawn": drawn, "share": share})


def decision_to_plain(decision: Decision) -> dict[str, Any]:
    """What was decided on an account."""
    return {"outcome": decision.outcome.value, "kinds": list(decision.kinds), "reason": decision.reason}


def decision_from_plain(plain: dict[str, Any], subject_id: str) -> Decision:
    """The decision that `decision_to_plain` described."""
    return Decision(subject_id, Disposal(plain["outcome"]), tuple(plain["kinds"]), plain["reason"])


def event_to_plain(event: Event) -> dict[str, Any]:
    """What happened to a problem; the notice tells the problem itself."""
    plain = {field.name: getattr(event, field.name) for field in fields(event)}
    if isinstance(event, Issued):
        plain["issue"] = _issue_to_plain(event.issue)
    for name in _DAYS & plain.keys():
        plain[name] = plain[name].isoformat() if plain[name] else None
    return {"event": _EVENT_NAMES[type(event)], **plain}


def event_from_plain(plain: dict[str, Any]) -> Event:
    """The event that `event_to_plain` described."""
    told = {name: value for name, value in plain.items() if name != "event"}
    for name in _DAYS & told.keys():
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    match plain["event"]:
        case "issued":
            return Issued(**{**told, "issue": _issue_from_plain(told["issue"])})
        case "reported":
            return Reported(**told)
        case "rechecked":
            return Rechecked(**{**told, "evidence": tuple(told["evidence"])})
        case "appealed":
            return Appealed(**{**told, "asks": Appeal(told["asks"])})
        case "corrected":
            return Corrected(**told)
    return Decided(**told)


def _issue_to_plain(issue: Issue) -> dict[str, Any]:
    told = {field.name: getattr(issue, field.name) for field in fields(issue)}
    points = None if issue.points is None else str(issue.points)
    return {**told, "found": issue.found.isoformat(), "points": points}


def _issue_from_plain(plain: dict[str, Any]) -> Issue:
    points = None if plain["points"] is None else Fraction(plain["points"])
    changed = {"found": date.fromisoformat(plain["found"]), "screenshots": tuple(plain["screenshots"])}
    return Issue(**{**plain, **changed, "points": points})


def _value(plain: Any, subject_id: str, item: str) -> Value:
    if plain is None:
        return None
    if isinstance(plain, list):
        return tuple(Measurement(subject_id, item, _number(p["value"]), _moment(p["at"])) for p in plain)
    if "stage" in plain:
        return Filing(
            **{
                **plain,
                "stage": Stage(plain["stage"]),
                "submitted_at": _moment(plain["submitted_at"]),
                "reviewed_at": _moment(plain["reviewed_at"]),
            }
        )
    changed = {"outcome": Outcome[plain["outcome"]], "checked_at": _moment(plain["checked_at"])}
    return Finding(subject_id, item, **{**plain, **changed})


def _plain(value: Value) -> Any:
    if value is None:
        return None
    if isinstance(value, tuple):
        return [{"value": str(m.value), "at": _text(m.at)} for m in value]
    if isinstance(value, Filing):
        return {
            "stage": value.stage.value,
            "version": value.version,
            "inspector": value.inspector,
            "submitted_at": _text(value.submitted_at),
            "reviewer": value.reviewer,
            "reviewed_at": _text(value.reviewed_at),
            "reason": value.reason,
        }
    return {
        "outcome": value.outcome.name,
        "count": value.count,
        "note": value.note,
        "url": value.url,
        "screenshot": value.screenshot,
        "inspector": value.inspector,
        "checked_at": _text(value.checked_at),
        "extra": dict(value.extra),
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _number(text: str) -> Fraction | date:
    """A fraction is written 12 or 1/3, a date 2019-12-10; the sign of a number stands in front."""
    if "-" in text[1:]:
        return date.fromisoformat(text)
    if not _FRACTION.fullmatch(text):  # Python would also work out 1e999999999
        raise ValueError(text)
    return Fraction(text)
