"""What a scoring sheet was made of. It stands in the sheet itself, so that it can be read back, merged and proved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from govkit.codec import (
    batch_from_plain,
    batch_to_plain,
    record_from_plain,
    record_to_plain,
    subject_from_plain,
    subject_to_plain,
)
from govkit.findings import Batch, Filing, Finding, Measurement
from govkit.ledger import Subject

HIDDEN, MARK = "计算", "govkit"
"""The title of the hidden sheet that carries origins, and what stands before each of them."""

_FORMAT = 1
_FIRST_YEAR, _LAST_YEAR = 1900, 9998  # the days of spreadsheet programs, in all time zones


@dataclass(frozen=True, slots=True)
class Origin:
    """What a sheet was made of, and where it shows what.

    Attributes:
        batch: the batch; its `rubric_id` names the rules.
        rubric_version: of the rules.
        rubric_sha256: the hash of the content of the rules.
        subject: the object, as the ledger had it.
        findings: the answers that there were.
        measurements: the measured quantities.
        filing: how far the inspection had come; None where that is not kept.
        fillable: whether the sheet was made to be filled in by hand.
        sheet: the title of the sheet.
        cells: the addresses ("C12") of its named cells.
        columns: the letters of the columns of its lines, by the name of their cells.
        template: the SHA-256 of the file of its template; empty where that is not known.
    """

    batch: Batch
    rubric_version: str
    rubric_sha256: str
    subject: Subject
    findings: tuple[Finding, ...]
    measurements: tuple[Measurement, ...]
    filing: Filing | None
    fillable: bool
    sheet: str
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    template: str = ""


def origin_to_text(origin: Origin) -> str:
    """An origin as JSON."""
    plain = {
        "format": _FORMAT,
        "batch": batch_to_plain(origin.batch),
        "rubric": {"version": origin.rubric_version, "sha256": origin.rubric_sha256},
        "subject": subject_to_plain(origin.subject),
        "record": record_to_plain(origin.findings, origin.measurements, origin.filing),
        "fillable": origin.fillable,
        "sheet": origin.sheet,
        "cells": dict(origin.cells),
        "columns": dict(origin.columns),
        "template": origin.template,
    }
    # A workbook would read “_x0041_” as the character of that number.
    return json.dumps(plain, separators=(",", ":")).replace("_x", "\\u005fx")


def origin_from_text(text: str) -> Origin:
    """The origin that `origin_to_text` wrote.

    Raises:
        ValueError: it is none, or one that a newer govkit wrote.
    """
    try:
        origin = _read(text)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(text[:1]) from error
    if not _fits(origin, Origin):
        raise ValueError(text[:1])
    origin.sheet.encode()  # a ValueError as well: no sheet has half a character in its title
    return origin


def _read(text: str) -> Origin:
    """An origin whose fields may still be anything."""
    plain = json.loads(text)
    if plain["format"] != _FORMAT:
        raise ValueError(plain["format"])
    subject = subject_from_plain(plain["subject"])
    findings, measurements, filing = record_from_plain(plain["record"], subject.id)
    return Origin(
        batch_from_plain(plain["batch"]),
        plain["rubric"]["version"],
        plain["rubric"]["sha256"],
        subject,
        findings,
        measurements,
        filing,
        plain["fillable"],
        plain["sheet"],
        plain["cells"],
        plain["columns"],
        plain.get("template", ""),
    )


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is of the type of its field, all the way down: damaged JSON has anything in place of anything."""
    if is_dataclass(kind):
        return type(value) is kind and all(_fits(getattr(value, name), type_) for name, type_ in _fields(kind).items())
    whole, parts = get_origin(kind), get_args(kind)
    if whole is UnionType:
        return any(_fits(value, part) for part in parts)
    if whole is tuple:
        return isinstance(value, tuple) and all(_fits(one, parts[0]) for one in value)
    if whole is Mapping:
        return isinstance(value, dict) and all(_fits(name, parts[0]) and _fits(value[name], parts[1]) for name in value)
    if isinstance(value, date | datetime) and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return False
    return type(value) is kind  # True is no number


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
