"""`blank`: sheets to be filled in by hand."""

from pathlib import Path
from typing import Annotated

import typer

from govkit import sheets
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.show import console, print_contents, print_notices
from govkit.commands.source import Source, SourceBatch, SourceFile, opened_source, scored
from govkit.findings import Stage
from govkit.messages import say
from govkit.store import StoreError

_NAMES_SHOWN = 5

app = typer.Typer()

Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.blank_out"))]
Together = Annotated[bool, typer.Option("--together", help=say("command.blank_together"))]
Chosen = Annotated[list[str] | None, typer.Option("--object", metavar="ID", help=say("command.blank_object"))]


@app.command(cls=Command, help=say("command.blank"))
def blank(
    out: Out, file: SourceFile = None, batch: SourceBatch = "", together: Together = False, object_ids: Chosen = None
) -> None:
    """Write sheets to be filled in by hand."""
    with bars() as progress, opened_source(file, batch, progress) as source:
        chosen, frozen = _chosen(source, object_ids or [])
        inspection = scored(source, progress)
        writing = progress.add_task(say("command.blank_writing"), total=len(chosen))
        books = sheets.write_blanks(
            inspection,
            out,
            chosen,
            together=together,
            progress=lambda done, _: progress.update(writing, completed=done),
        )
    print_contents(source.check)
    print_notices(source.notices)
    if frozen:
        names = "、".join(frozen[:_NAMES_SHOWN])
        print_notices([say("command.blank_frozen", number=len(frozen), names=names)])
    words = say("command.blank_done", objects=len(chosen), books=len(books), folder=books[0].parent.resolve())
    console().print(words, markup=False, soft_wrap=True)


def _chosen(source: Source, object_ids: list[str]) -> tuple[set[str], list[str]]:
    """The objects that get a sheet, and the names of those that do not, as their answers are frozen.

    Raises:
        StoreError: an object is not in the ledger, or none is left.
    """
    subjects = {subject.id: subject for subject in source.check.subjects}
    for object_id in object_ids:
        if object_id not in subjects:
            raise StoreError(say("command.no_object", id=object_id))
    wanted = set(object_ids) or set(subjects)
    frozen = {key for key, filing in source.filings.items() if key in wanted and filing.stage != Stage.CHECKING}
    if wanted == frozen:
        raise StoreError(say("command.blank_none"))
    return wanted - frozen, [subject.name for subject in subjects.values() if subject.id in frozen]
