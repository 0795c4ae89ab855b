"""`due`: what is due in a year by the notices."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.help import Command
from govkit.commands.show import console, print_notices
from govkit.duties import Calendar, due_in
from govkit.messages import say
from govkit.packs import PackError, load_pack, pack_ids

_HEADINGS = ("day", "work_by", "what", "who", "clause")
_FIRST, _LAST = 2000, 2999

app = typer.Typer()

Year = Annotated[int, typer.Option("--year", metavar="YEAR", min=_FIRST, max=_LAST, help=say("command.due_year"))]
Chosen = Annotated[list[str] | None, typer.Option("--pack", metavar="ID", help=say("command.due_pack"))]


@app.command("due", cls=Command, help=say("command.due"))
def due(year: Year, chosen: Chosen = None) -> None:
    """Print the calendar of a year."""
    try:
        packs = [load_pack(pack_id) for pack_id in dict.fromkeys(chosen or pack_ids())]
    except PackError as error:
        raise typer.BadParameter(str(error)) from None
    calendar = due_in(year, packs)
    print_notices(calendar.notices)
    if calendar.dues:
        console().print(_table(calendar))
    else:
        console().print(say("command.due_nothing", year=year))


def _table(calendar: Calendar) -> Table:
    table = Table(*(say(f"due.{heading}") for heading in _HEADINGS))
    for each in calendar.dues:
        work_by = f"{each.work_by}" if each.work_by else say("status.UNKNOWN")
        table.add_row(f"{each.day}", work_by, *map(escape, (each.what, each.who, each.clause)))
    return table
