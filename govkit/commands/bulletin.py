"""`bulletin`: 通报 of a batch, as a Word document."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from govkit import sheets
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.season import day_of, tell
from govkit.commands.show import print_contents, print_notices
from govkit.commands.source import Source, SourceBatch, SourceFile, file_or_batch, opened_source, scored
from govkit.documents import Bulletin, write_bulletin
from govkit.file_names import safe_stem
from govkit.ledger import Kind
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.scoring import Inspection
from govkit.tally import TrendPoint, tally, trend

_DAYS = 15

app = typer.Typer()

Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.bulletin_out"))]
Issued = Annotated[str, typer.Option("--issued", metavar="DAY", help=say("command.bulletin_issued"))]
Days = Annotated[int, typer.Option("--days", metavar="N", min=1, help=say("command.bulletin_days"))]
Sites = Annotated[int | None, typer.Option("--running-sites", metavar="N", min=0, help=say("command.running_sites"))]
Accounts = Annotated[
    int | None, typer.Option("--running-accounts", metavar="N", min=0, help=say("command.running_accounts"))
]
Before = Annotated[str, typer.Option("--before", metavar="FILE|NAME", help=say("command.bulletin_before"))]
To = Annotated[str, typer.Option("--to", metavar="TEXT", help=say("command.bulletin_to"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.bulletin_pdf"))]


@app.command("bulletin", cls=Command, help=say("command.bulletin"))
def bulletin(  # noqa: PLR0913, PLR0917 - each is an option of the command
    out: Out,
    file: SourceFile = None,
    batch: SourceBatch = "",
    issued: Issued = "",
    days: Days = _DAYS,
    sites: Sites = None,
    accounts: Accounts = None,
    before: Before = "",
    to: To = "",
    pdf: Pdf = False,
) -> None:
    """Write 通报 of a batch."""
    with bars() as progress, opened_source(file, batch, progress) as source:
        told = told_of(source, progress, issued, days, {"site": sites, "account": accounts}, before, to)
    path = out / f"{safe_stem(say('document.bulletin', name=told.inspection.batch.name))}.docx"
    try:
        write_bulletin(told, path, pdf=pdf)
    except ValueError as error:  # a year whose working days are not known, or fewer running than checked
        raise typer.BadParameter(str(error)) from None
    print_contents(source.check)
    print_notices(source.notices)
    left = len(sheets.unfinished(told.inspection))
    if left:
        print_notices([say("command.bulletin_unfinished", number=left)])
    tell("command.bulletin_done", file=path.resolve())


def told_of(
    source: Source,
    progress: Progress,
    issued: str,
    days: int,
    running: Mapping[str, int | None],
    before: str,
    to: str,
) -> Bulletin:
    """What a bulletin tells, by the options of the command; `running` is by kind."""
    day = day_of(issued) if issued else None
    inspection, earlier = scored(source, progress), None
    if before:
        with opened_source(*file_or_batch(before), progress) as one_before:
            earlier = scored(one_before, progress)
    told = {Kind(kind): number for kind, number in running.items() if number is not None}
    return Bulletin(inspection, told, earlier, to, day, days, quarters_of(earlier, inspection))


def quarters_of(earlier: Inspection | None, inspection: Inspection) -> tuple[TrendPoint, ...]:
    """An inspection and the one before it in a row; of two of one quarter the later one counts."""
    checked = [each for each in (earlier, inspection) if each]
    last = {Quarter.of(each.batch.as_of): each for each in checked}
    return trend([(quarter, tally(each)) for quarter, each in last.items()])
