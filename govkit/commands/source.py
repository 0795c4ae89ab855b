"""What commands are about: a workbook, or a batch of the store in its place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from govkit.commands.keeping import opened
from govkit.commands.reading import read
from govkit.findings import Filing, SpotCheck
from govkit.messages import say
from govkit.organising import Pictures, recorded, taken_in
from govkit.rubric import Rubric, Rubrics
from govkit.scoring import Inspection, ObjectResult, iter_results
from govkit.store import StoreError, open_home, open_rubrics

_NAMES_SHOWN = 5

SourceFile = Annotated[Path | None, typer.Argument(metavar="[FILE]", readable=False, help=say("command.file_or_batch"))]
SourceBatch = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.file_batch"))]


@dataclass(frozen=True, slots=True)
class Source:
    """A spot check with what belongs to it.

    Attributes:
        check: the spot check.
        rubric: its rules; those of a batch are the ones it was made with.
        filings: how far each object has come, by 标识码; nothing for a workbook.
        pictures: the screenshots that the findings name.
        notices: what should be looked at, as sentences.
    """

    check: SpotCheck
    rubric: Rubric
    filings: Mapping[str, Filing]
    pictures: Pictures
    notices: tuple[str, ...]


@contextmanager
def opened_source(
    file: Path | None, batch: str, progress: Progress, rubrics: Rubrics | None = None
) -> Iterator[Source]:
    """The workbook of a name; where none is given, the batch of a name, or the only one.

    A workbook follows one of the rubrics given, or of those at hand.

    Raises:
        ProblemsError: something is wrong with the workbook.
        StoreError: both are named, or there is no such batch.
    """
    if file and batch:
        raise StoreError(say("command.file_and_batch"))
    if file:
        rubrics = rubrics or open_rubrics()
        check = read(file, progress, rubrics)
        check, pictures, missing = taken_in(check, file if file.is_dir() else file.parent)
        names = "、".join(missing[:_NAMES_SHOWN])
        lost = [say("command.pictures_missing", number=len(missing), names=names)] if missing else []
        yield Source(check, rubrics.load(check.batch.rubric_id), {}, pictures, (*check.notices, *lost))
        return
    with opened(open_home(), batch) as store:
        found = recorded(store)
        actors = "、".join(dict.fromkeys(draft.actor for draft in found.left))
        notices = (say("command.drafts_left", number=len(found.left), actors=actors),) if found.left else ()
        yield Source(found.check, store.rubric, found.filings, found.pictures, notices)


def file_or_batch(text: str) -> tuple[Path | None, str]:
    """What a person named: a workbook, if there is such a file, else a batch."""
    path = Path(text)
    return (path, "") if path.exists() or path.suffix else (None, text)


def scored(source: Source, progress: Progress) -> Inspection:
    """The results, with how far each object has come."""
    task = progress.add_task(say("command.scoring"), total=len(source.check.subjects))
    results = progress.track(iter_results(source.rubric, source.check), task_id=task)
    return Inspection(source.check.batch, source.rubric, tuple(_filed(result, source) for result in results))


def _filed(result: ObjectResult, source: Source) -> ObjectResult:
    return replace(result, filing=source.filings.get(result.subject.id))
