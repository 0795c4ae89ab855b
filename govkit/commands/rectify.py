"""`rectify`: units are told what to mend, what they answer is collected, and what is left is listed."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from govkit.commands.collect import found_files
from govkit.commands.help import Command, Group
from govkit.commands.keeping import actor
from govkit.commands.reading import bars
from govkit.commands.season import day_of, tell
from govkit.commands.show import console, print_notices
from govkit.commands.source import SourceBatch, SourceFile, opened_source, scored
from govkit.documents import Notice, notice
from govkit.file_names import sheet_names
from govkit.issues import Appealed, Case, Reported, by_sponsor, overdue, to_correct
from govkit.messages import say
from govkit.reading import read_rectifications
from govkit.rectifying import issues_of_inspection
from govkit.sheets import OutputError
from govkit.sheets.season import rectification_sheet
from govkit.sheets.staging import staging
from govkit.store import open_home
from govkit.workdays import UnknownYearError, after_working_days

_DAYS = 15
_HEADINGS = ("id", "object", "sponsor", "indicator", "state", "deadline")

app = typer.Typer(cls=Group, help=say("command.rectify"), rich_markup_mode=None)

Day = Annotated[str, typer.Option("--day", metavar="DAY", help=say("command.rectify_day"))]
Days = Annotated[int, typer.Option("--days", metavar="N", min=1, help=say("command.rectify_days"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.rectify_out"))]
Contact = Annotated[str, typer.Option("--contact", metavar="TEXT", help=say("command.rectify_contact"))]
Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.rectify_files"))]
Overdue = Annotated[bool, typer.Option("--overdue", help=say("command.rectify_overdue"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY", help=say("command.rectify_as_of"))]


@app.command(cls=Command, help=say("command.rectify_issue"))
def issue(
    day: Day, out: Out, file: SourceFile = None, batch: SourceBatch = "", days: Days = _DAYS, contact: Contact = ""
) -> None:
    """Keep the problems of an inspection, and write 整改通知书 and 整改台账 of each unit that is told of some."""
    issued = day_of(day)
    try:
        deadline = after_working_days(issued, days)
    except UnknownYearError as error:
        raise typer.BadParameter(str(error)) from None
    kinds = say("rectification_sheet.name"), say("notice_document.name")
    there = [path for kind in kinds for path in out.glob(f"{kind}_*")]
    if there:  # a unit may have written in it
        raise OutputError(say("document.there", file=there[0]))
    with bars() as progress, opened_source(file, batch, progress) as source:
        inspection = scored(source, progress)
    home, checked = open_home(), inspection.batch
    with home.register() as register:
        new = register.issue_notice(actor(home), issues_of_inspection(inspection), issued, deadline)
        units = by_sponsor(register.rectifications(checked.name))
    told = {unit: cases for unit, cases in units.items() if any(_is_of(case, issued, deadline) for case in cases)}
    sheets, documents = (sheet_names((kind, unit) for unit in told) for kind in kinds)
    with staging(out) as stage:
        for (unit, cases), sheet, document in zip(told.items(), sheets, documents, strict=True):
            now = tuple(case.issue for case in cases if _is_of(case, issued, deadline))
            content = notice(Notice(unit, now, checked.organiser, issued, days, contact))
            stage.store(Path(document).with_suffix(".docx"), content)
            stage.store(Path(sheet), rectification_sheet(unit, cases))
        stage.put_in_place()
    print_notices(source.notices)
    known = sum(map(len, units.values())) - new
    tell("command.rectify_issued", new=new, known=known, units=len(told), deadline=deadline, folder=out.resolve())


def _is_of(case: Case, day: date, deadline: date) -> bool:
    """Whether a unit was told of a problem by this notice."""
    return (case.issued.day, case.issued.deadline) == (day, deadline)


@app.command(cls=Command, help=say("command.rectify_collect"))
def collect(files: Files) -> None:
    """Take what units filled in into the register: all of it, or nothing where something is wrong."""
    paths = list(found_files(files))
    home = open_home()
    with home.register() as register:
        cases = register.rectifications()
        found = read_rectifications(paths, cases, datetime.now().astimezone().date())
        register.rectify_all(actor(home), found.events, cases)
    print_notices(found.notices)
    reported, appealed = (sum(isinstance(event, kind) for _, event in found.events) for kind in (Reported, Appealed))
    tell("command.rectify_collected", files=len(paths), reported=reported, appealed=appealed)


@app.command("list", cls=Command, help=say("command.rectify_list"))
def list_cases(late: Overdue = False, as_of: AsOf = "") -> None:
    """Print how each problem stands, or those that are overdue, and what is to be corrected."""
    day = day_of(as_of) if as_of else datetime.now().astimezone().date()
    with open_home().register() as register:
        cases = register.rectifications()
    left = overdue(cases, day)
    shown = left if late else cases
    if shown:
        console().print(_table(shown))
    for correction in to_correct(cases):
        of = correction.issue
        tell("command.rectify_correct", source=of.source, subject=of.name, item=of.item, asks=correction.asks)
    tell("command.rectify_listed", number=len(cases), overdue=len(left), day=day)


def _table(cases: list[Case] | tuple[Case, ...]) -> Table:
    table = Table()
    for heading in _HEADINGS:
        table.add_column(say(f"rectify_list.{heading}"), overflow="fold")
    for case in cases:
        of = case.issue
        table.add_row(of.id, of.name, of.sponsor, f"{of.indicator} {of.item}", str(case.state), str(case.deadline))
    return table
