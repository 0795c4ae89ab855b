"""The first rows of a batch, from the spot check that it is made of."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, insert

from govkit.codec import Value
from govkit.findings import Measurement, SpotCheck
from govkit.rubric import Rubric
from govkit.store import tables
from govkit.store.database import now
from govkit.store.entries import Entry
from govkit.store.log import append_first, new_step


def fill(connection: Connection, check: SpotCheck, rubric: Rubric, actor: str) -> None:
    """Write the rows of a new batch."""
    at, batch, step = now(connection), check.batch, new_step()
    heading = {
        "name": batch.name,
        "as_of": batch.as_of.isoformat(),
        "organiser": batch.organiser,
        "source": batch.source,
        "unlisted": batch.unlisted.name,
        "rubric_id": rubric.id,
        # Defaults are left out: what the rubric's file leaves out is empty, and empty text is refused there.
        "rubric": rubric.model_dump_json(exclude_unset=True),
        "created_at": at,
        "loaded_step": step,
    }
    connection.execute(insert(tables.batch).values(**heading))
    subjects = [
        {
            "position": position,
            "id": subject.id,
            "name": subject.name,
            "kind": subject.kind.value,
            "sponsor": subject.sponsor,
            "service": subject.service,
            "details": json.dumps(dict(subject.details)),
        }
        for position, subject in enumerate(check.subjects)
    ]
    if subjects:
        connection.execute(insert(tables.subject), subjects)
    append_first(connection, (Entry(0, at, actor, of, item, 1, value, step) for (of, item), value in _values(check)))


def _values(check: SpotCheck) -> Iterator[tuple[tuple[str, str], Value]]:
    """What a spot check says, by object and item."""
    for finding in check.findings:
        yield (finding.subject_id, finding.item), finding
    measured: dict[tuple[str, str], list[Measurement]] = {}
    for measurement in check.measurements:
        measured.setdefault((measurement.subject_id, measurement.quantity), []).append(measurement)
    for key, values in measured.items():
        yield key, tuple(values)
