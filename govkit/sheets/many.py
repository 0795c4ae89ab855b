"""Scoring sheets of many objects, one after another: made here, or by workers, and never all of them in memory.

Workers are whatever a `concurrent.futures.Executor` stands for: threads, processes, or the computers of a Dask cluster.
They get results and give back files; they need no disk in common with the one who asks.
"""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from uuid import uuid4

from govkit.findings import Batch
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult
from govkit.sheets.errors import OutputError
from govkit.sheets.scoring_sheets import ScoringSheets

LOT = 50
"""How many sheets a worker makes at a time."""

UNDER_WAY = 16
"""How many lots are asked for and not yet fetched: more workers than that wait for the one who scores and writes."""

Made = tuple[ObjectResult, bytes]
"""A result with its workbook."""


def make_sheets(
    batch: Batch, rubric: Rubric, results: Iterable[ObjectResult], executor: Executor | None = None
) -> Iterator[Made]:
    """The workbooks of some objects of a batch, in their order.

    Args:
        batch: the batch.
        rubric: its rules.
        results: the objects; they are taken as they are needed, with an executor up to `UNDER_WAY` lots ahead.
        executor: who makes the sheets; None makes them here.

    Raises:
        OutputError: the template cannot be used, or workers have ended before their work was done.
    """
    if executor is None:
        sheets = ScoringSheets(batch, rubric)
        for result in results:
            yield result, sheets.sheet(result)
        return
    run = _Run(uuid4().hex, batch, rubric)
    under_way: deque[tuple[Sequence[ObjectResult], Future[list[bytes]]]] = deque()
    for lot in _lots(results):
        if len(under_way) == UNDER_WAY:
            yield from _fetched(*under_way.popleft())
        under_way.append((lot, _asked(executor, run, lot)))
    while under_way:
        yield from _fetched(*under_way.popleft())


@dataclass(frozen=True, slots=True)
class _Run:
    """What all lots of a run have in common. Every run has a name of its own, as templates can change between runs."""

    name: str
    batch: Batch = field(compare=False)
    rubric: Rubric = field(compare=False)


def _lots(results: Iterable[ObjectResult]) -> Iterator[tuple[ObjectResult, ...]]:
    left = iter(results)
    while lot := tuple(islice(left, LOT)):
        yield lot


def _asked(executor: Executor, run: _Run, lot: Sequence[ObjectResult]) -> Future[list[bytes]]:
    """Sent as bytes: Dask looks into whatever else it is given, about as long as the sheets take."""
    try:
        return executor.submit(_make, pickle.dumps((run, lot)))
    except BrokenExecutor as error:
        raise OutputError(say("output.workers_gone")) from error


def _fetched(lot: Sequence[ObjectResult], future: Future[list[bytes]]) -> Iterator[Made]:
    try:
        return zip(lot, future.result(), strict=True)
    except (BrokenExecutor, CancelledError) as error:
        raise OutputError(say("output.workers_gone")) from error


def _make(work: bytes) -> list[bytes]:
    """The workbooks of a lot: what a worker does."""
    run, lot = pickle.loads(work)  # noqa: S301 - it comes from `_asked`
    idle = _idle(run)
    try:
        sheets = idle.pop()
    except IndexError:
        sheets = ScoringSheets(run.batch, run.rubric)
    made = [sheets.sheet(result) for result in lot]
    idle.append(sheets)
    return made


@lru_cache(maxsize=1)
def _idle(run: _Run) -> list[ScoringSheets]:  # noqa: ARG001 - the argument is what it is kept by
    """What is prepared in this process for a run and in use by none of its threads."""
    return []
