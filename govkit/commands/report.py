"""`report`: the reports on a year that units and the county hand in, as Word documents."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.season import day_of, tell
from govkit.commands.show import print_notices
from govkit.commands.source import opened_source, scored
from govkit.messages import say
from govkit.organising import NothingToReportError, write_reports, year_told
from govkit.reading import spot_checks_among
from govkit.reporting import ReportKindError, report_kind, report_kinds
from govkit.store import open_home

_FIRST, _LAST = 2000, 2999

app = typer.Typer()


def _kinds() -> str:
    with suppress(ReportKindError):
        return "、".join(kind.id for kind in report_kinds())
    return ""  # the command itself will say what is wrong


KindName = Annotated[str, typer.Argument(metavar="KIND", help=say("command.report_kind", kinds=_kinds()))]
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILES…]", readable=False, help=say("command.report_files"))
]
Year = Annotated[int, typer.Option("--year", metavar="YEAR", min=_FIRST, max=_LAST, help=say("command.report_year"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.report_out"))]
UnitName = Annotated[str, typer.Option("--unit", metavar="NAME", help=say("command.report_unit"))]
Batches = Annotated[list[str] | None, typer.Option("--batch", metavar="NAME", help=say("command.report_batch"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY", help=say("command.report_as_of"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.report_pdf"))]


@app.command("report", cls=Command, help=say("command.report"))
def report(  # noqa: PLR0913, PLR0917 - each is an option of the command
    kind: KindName,
    year: Year,
    out: Out,
    files: Files = None,
    unit: UnitName = "",
    batches: Batches = None,
    as_of: AsOf = "",
    pdf: Pdf = False,
) -> None:
    """Write a report on a year: of a unit, of the county, or of each unit."""
    try:
        wanted = report_kind(kind)
    except ReportKindError as error:
        raise typer.BadParameter(str(error)) from None
    day = day_of(as_of) if as_of else datetime.now().astimezone().date()
    paths, home = list(files or ()), open_home()
    with bars() as progress, home.register() as register:
        names = [(path, "") for path in spot_checks_among(paths)] + [(None, name) for name in batches or ()]
        notices: list[str] = []
        inspections = []
        for path, batch in names:
            with opened_source(path, batch, progress) as source:
                inspections.append(scored(source, progress))
                notices += source.notices
        read = year_told(home, register, year, day, paths, inspections if paths or names else None)
        try:
            written = write_reports(read.told, wanted, out, unit=unit, pdf=pdf)
        except NothingToReportError as error:
            raise typer.BadParameter(str(error)) from None
    print_notices(dict.fromkeys((*notices, *read.notices)))
    due = wanted.due(year)
    if due:
        tell("command.report_due", matter=due.what, day=due.day, clause=due.clause)
    tell("command.report_done", number=len(written), folder=out.resolve())
