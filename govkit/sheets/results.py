"""`results.json`: the results of a batch for other programs. Its shape is fixed."""

import json
from typing import Any

from govkit.figures import shortest, two_places
from govkit.ledger import Kind
from govkit.scoring import Inspection, ObjectResult, reason


def results_document(inspection: Inspection) -> dict[str, Any]:
    """The document: figures are strings of two decimals, deductions are in shortest form, null is “not scored”.

    Subjects stand in ledger order. The service of accounts is null: it plays no part.
    """
    batch, rubric = inspection.batch, inspection.rubric
    return {
        "batch": {
            "name": batch.name,
            "as_of": batch.as_of.isoformat(),
            "organiser": batch.organiser,
            "source": batch.source,
        },
        "rubric": {"id": rubric.id, "version": rubric.version, "sha256": rubric.sha256},
        "subjects": [_subject(inspection, result) for result in inspection.objects],
    }


def results_json(inspection: Inspection) -> bytes:
    """The document as it stands in the file: UTF-8 without BOM, Chinese as it is."""
    text = json.dumps(results_document(inspection), ensure_ascii=False, indent=1) + "\n"
    # Half of a surrogate pair, which a broken spreadsheet can hold, has no UTF-8 form.
    return text.encode("utf-8", errors="replace")


def _subject(inspection: Inspection, result: ObjectResult) -> dict[str, Any]:
    subject, score = result.subject, result.score
    return {
        "id": subject.id,
        "name": subject.name,
        "kind": str(subject.kind),
        "sponsor": subject.sponsor,
        "service": None if subject.kind == Kind.ACCOUNT else subject.service,
        "verdict": str(score.verdict),
        "reason": reason(score, inspection.rubric),
        "vetoes": list(score.vetoes),
        "deductions": {code: shortest(points) for code, points in score.deductions.items() if points},
        "part2": None if score.part2 is None else two_places(score.part2),
        "bonus": None if score.bonus is None else two_places(score.bonus),
        "total": None if score.total is None else two_places(score.total),
        "range": None if score.range is None else [two_places(figure) for figure in score.range],
        "open": list(score.open),
    }
