"""`documents`: everything that an inspection ends in, in one folder."""

from pathlib import Path
from typing import Annotated

import typer

from govkit import sheets
from govkit.commands.bulletin import Accounts, Before, Days, Issued, Pdf, Sites, To, told_of
from govkit.commands.help import Command
from govkit.commands.keeping import actor
from govkit.commands.reading import bars
from govkit.commands.rectify import Contact
from govkit.commands.season import tell
from govkit.commands.show import print_contents, print_notices
from govkit.commands.source import SourceBatch, SourceFile, opened_source
from govkit.messages import say
from govkit.organising import Papers, write_papers
from govkit.store import open_home

_DAYS = 15

app = typer.Typer()

Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.documents_out"))]


@app.command("documents", cls=Command, help=say("command.documents"))
def documents(  # noqa: PLR0913, PLR0917 - each is an option of the command
    issued: Issued,
    out: Out,
    file: SourceFile = None,
    batch: SourceBatch = "",
    days: Days = _DAYS,
    sites: Sites = None,
    accounts: Accounts = None,
    before: Before = "",
    to: To = "",
    contact: Contact = "",
    pdf: Pdf = False,
) -> None:
    """Write everything that an inspection ends in."""
    home = open_home()
    with bars() as progress, opened_source(file, batch, progress) as source, home.register() as register:
        told = told_of(source, progress, issued, days, {"site": sites, "account": accounts}, before, to)
        writing = progress.add_task(say("command.writing"), total=None)
        try:
            units = write_papers(
                register,
                actor(home),
                Papers(told, contact, source.pictures, pdf),
                out,
                lambda _, done, of: progress.update(writing, completed=done, total=of),
            )
        except ValueError as error:  # a year whose working days are not known, or fewer running than checked
            raise typer.BadParameter(str(error)) from None
    print_contents(source.check)
    print_notices(source.notices)
    left = len(sheets.unfinished(told.inspection))
    if left:
        print_notices([say("command.bulletin_unfinished", number=left)])
    tell("command.documents_done", folder=out.resolve(), units=len(units.files), new=units.new)
