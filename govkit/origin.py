"""What a scoring sheet was made of. It stands in the sheet itself, so that it can be read back, merged and proved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

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

_FORMAT = 1


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
    }
    # A workbook would read “_x0041_” as the character of that number.
    return json.dumps(plain, separators=(",", ":")).replace("_x", "\\u005fx")


def origin_from_text(text: str) -> Origin:
    """The origin that `origin_to_text` wrote.

    Raises:
        ValueError: it is none, or one that a newer govkit wrote.
    """
    try:
        plain = json.loads(text)
        if plain["format"] != _FORMAT:
            raise ValueError(plain["format"])
        subject = subject_from_plain(plain["subject"])
        findings, measurements, filing = record_from_plain(plain["record"], subject.id)
        return Origin(
            batch_from_plain(plain["batch"]),
            str(plain["rubric"]["version"]),
            str(plain["rubric"]["sha256"]),
            subject,
            findings,
            measurements,
            filing,
            bool(plain["fillable"]),
            str(plain["sheet"]),
            dict(plain["cells"]),
            dict(plain["columns"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(text[:1]) from error
