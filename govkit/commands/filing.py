"""`file`: a batch packed for filing."""

from pathlib import Path
from typing import Annotated

import typer

from govkit import sheets
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.show import console, print_contents, print_notices
from govkit.commands.source import SourceBatch, SourceFile, opened_source, scored
from govkit.messages import say

app = typer.Typer()

Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.file_out"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.file_pdf"))]
Drafts = Annotated[bool, typer.Option("--drafts", help=say("command.file_drafts"))]


@app.command("file", cls=Command, help=say("command.file_pack"))
def pack(out: Out, file: SourceFile = None, batch: SourceBatch = "", pdf: Pdf = False, drafts: Drafts = False) -> None:
    """Pack a batch for filing."""
    with bars() as progress, opened_source(file, batch, progress) as source:
        inspection = scored(source, progress)
        writing = progress.add_task(say("command.writing"), total=len(inspection.objects))
        printing = progress.add_task(say("command.file_printing"), total=None, visible=pdf)
        packed = sheets.write_pack(
            inspection,
            source.check,
            source.pictures,
            out,
            drafts=drafts,
            progress=lambda done, _: progress.update(writing, completed=done),
            printing=(lambda done, all_: progress.update(printing, completed=done, total=all_)) if pdf else None,
        )
    print_contents(source.check)
    print_notices(source.notices)
    left = len(sheets.unfinished(inspection))
    if left:
        print_notices([say("command.file_unfinished", number=left)])
    words = say(f"command.file_{'done' if packed.is_new else 'same'}", folder=packed.folder.resolve(), seal=packed.seal)
    console().print(words, markup=False, soft_wrap=True)
