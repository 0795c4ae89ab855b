"""Values as JSON and back, without loss. What the table's own columns say (object, item) is not said again.

Text is written in ASCII escapes: whatever somebody pastes into a note can be kept by every database.
"""

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from govkit.findings import Filing, Finding, Measurement, Outcome, Stage
from govkit.store.entries import Value


def to_json(value: Value) -> str:
    """A value as text for the column `value`."""
    return json.dumps(_plain(value), separators=(",", ":"))


def from_json(text: str, subject_id: str, item: str) -> Value:
    """The value that `to_json` wrote for this object and item."""
    plain = json.loads(text)
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
    return datetime.fromisoformat(text) if text else None


def _number(text: str) -> Fraction | date:
    """A fraction is written 12 or 1/3, a date 2019-12-10; the sign of a number stands in front."""
    return date.fromisoformat(text) if "-" in text[1:] else Fraction(text)
