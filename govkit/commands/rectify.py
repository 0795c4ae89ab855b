"""`rectify`: units are told what to mend, what they answer is collected and rechecked, what is left is listed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.collect import found_files
from govkit.commands.help import Command, Group
from govkit.commands.keeping import actor
from govkit.commands.reading import bars
from govkit.commands.rule_packs import Before, Chosen, Files, held_against_rules
from govkit.commands.season import First, Last, day_of, tell
from govkit.commands.show import console, print_notices
from govkit.commands.source import SourceBatch, SourceFile, opened_source, scored
from govkit.issues import Appealed, Case, Decided, Issue, Rechecked, Reported, overdue, to_correct
from govkit.messages import say
from govkit.organising import (
    Telling,
    collect_answers,
    correct,
    correct_elsewhere,
    record_follow_up,
    tell_units,
)
from govkit.reading import Rectifications
from govkit.rectifying import issues_of_compliance, issues_of_inspection
from govkit.sheets.season import write_follow_up
from govkit.store import Register, StoreError, open_home
from govkit.workdays import UnknownYearError

FAILED = 1
_DAYS = 15
_HEADINGS = ("id", "object", "sponsor", "indicator", "state", "deadline")

app = typer.Typer(cls=Group, help=say("command.rectify"), rich_markup_mode=None)

Day = Annotated[str, typer.Option("--day", metavar="DAY", help=say("command.rectify_day"))]
Days = Annotated[int, typer.Option("--days", metavar="N", min=1, help=say("command.rectify_days"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.rectify_out"))]
Contact = Annotated[str, typer.Option("--contact", metavar="TEXT", help=say("command.rectify_contact"))]
Organiser = Annotated[str, typer.Option("--organiser", metavar="NAME", help=say("command.rectify_organiser"))]
Sheets = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.rectify_files"))]
Notes = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.rectify_notes"))]
Numbers = Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help=say("command.rectify_numbers"))]
Elsewhere = Annotated[str, typer.Option("--elsewhere", metavar="TEXT", help=say("command.rectify_elsewhere"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.rectify_pdf"))]
Overdue = Annotated[bool, typer.Option("--overdue", help=say("command.rectify_overdue"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY", help=say("command.rectify_as_of"))]
OutBook = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.xlsx", readable=False, help=say("command.rectify_out_book"))
]


@app.command(cls=Command, help=say("command.rectify_issue"))
def issue(
    day: Day,
    out: Out,
    file: SourceFile = None,
    batch: SourceBatch = "",
    days: Days = _DAYS,
    contact: Contact = "",
    pdf: Pdf = False,
) -> None:
    """Keep the problems of an inspection, and write 整改通知书 and 整改台账 of each unit that is told of some."""
    issued = day_of(day)
    with bars() as progress, opened_source(file, batch, progress) as source:
        inspection = scored(source, progress)
        telling = Telling(issued, days, inspection.batch.organiser, contact, pdf)
        _tell_units(issues_of_inspection(inspection), telling, out, source.pictures)
    print_notices(source.notices)


@app.command(cls=Command, help=say("command.rectify_breaches"))
def breaches(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Files,
    first: First,
    last: Last,
    day: Day,
    out: Out,
    chosen: Chosen = None,
    before: Before = None,
    days: Days = _DAYS,
    organiser: Organiser = "",
    contact: Contact = "",
    pdf: Pdf = False,
) -> None:
    """The same of the breaches of rules in a quarter."""
    telling = Telling(day_of(day), days, organiser, contact, pdf)
    with bars() as progress:
        compliance, notices = held_against_rules(files, first, last, chosen, before, progress)
        _tell_units(issues_of_compliance(compliance), telling, out, {})
    print_notices(notices)


def _tell_units(issues: Iterable[Issue], telling: Telling, out: Path, pictures: Mapping[str, bytes]) -> None:
    home = open_home()
    try:
        with home.register() as register:
            told = tell_units(register, actor(home), issues, telling, out, pictures)
    except UnknownYearError as error:
        raise typer.BadParameter(str(error)) from None
    counted = {"new": told.new, "known": told.known, "units": len(told.files)}
    tell("command.rectify_issued", **counted, deadline=telling.deadline, folder=out.resolve())


@app.command(cls=Command, help=say("command.rectify_collect"))
def collect(files: Sheets) -> None:
    """Take what units filled in into the register: all of it, or nothing where something is wrong."""
    paths = list(found_files(files))
    home = open_home()
    with home.register() as register:
        found = collect_answers(register, actor(home), paths, _today())
    _print_found("command.rectify_collected", len(paths), found, reported=Reported, appealed=Appealed)


@app.command(cls=Command, help=say("command.rectify_record"))
def record(files: Notes) -> None:
    """Take what the office noted of rechecks and appeals into the register: all of it, or nothing."""
    paths = list(found_files(files))
    home = open_home()
    with home.register() as register:
        found = record_follow_up(register, actor(home), paths, _today())
        left = len(to_correct(register.rectifications()))
    _print_found("command.rectify_recorded", len(paths), found, rechecked=Rechecked, decided=Decided)
    if left:
        tell("command.rectify_left", number=left)


def _print_found(key: str, files: int, found: Rectifications, **kinds: type) -> None:
    print_notices(found.notices)
    counted = {name: sum(isinstance(event, kind) for _, event in found.events) for name, kind in kinds.items()}
    tell(key, files=files, **counted)


@app.command("correct", cls=Command, help=say("command.rectify_correct"))
def correct_findings(numbers: Numbers = None, elsewhere: Elsewhere = "") -> int:
    """Correct what accepted appeals ask for, in new versions of the objects; or note that it was done elsewhere."""
    if elsewhere.strip() and not numbers:
        raise typer.BadParameter(say("command.rectify_which"))
    home, now = open_home(), datetime.now().astimezone().replace(tzinfo=None)
    refused = []
    with home.register() as register:
        for case in _chosen(register, numbers):
            try:
                if elsewhere.strip():
                    after = correct_elsewhere(register, actor(home), case, now.date(), elsewhere)
                else:
                    after = correct(home, register, actor(home), case, now)
            except StoreError as error:
                refused.append(str(error))
                continue
            of = after.issue
            key = "elsewhere_done" if elsewhere.strip() else "corrected"
            tell(f"command.rectify_{key}", source=of.source, subject=of.name, item=of.item)
    print_notices(refused)
    return FAILED if refused else 0


def _chosen(register: Register, numbers: list[str] | None) -> list[Case]:
    """The problems of these numbers; all that are to be corrected, where none is given."""
    cases = {case.issue.id: case for case in register.rectifications()}
    if not numbers:
        return [case for case in cases.values() if case.uncorrected]
    wanted = [number.strip().upper() for number in numbers]
    strangers = [number for number in wanted if number not in cases]
    if strangers:
        raise StoreError(say("register.no_issue", id=strangers[0]))
    return [cases[number] for number in wanted]


@app.command("list", cls=Command, help=say("command.rectify_list"))
def list_cases(late: Overdue = False, as_of: AsOf = "", out: OutBook = None) -> None:
    """Print how each problem stands, or those that are overdue, and what is to be corrected; or write all that."""
    day = day_of(as_of) if as_of else _today()
    with open_home().register() as register:
        cases = register.rectifications()
    left = overdue(cases, day)
    shown = left if late else cases
    if out:
        write_follow_up(shown, day, out)
        tell("command.rectify_written", file=out.resolve())
    elif shown:
        console().print(_table(shown))
    for correction in to_correct(cases):
        of = correction.issue
        tell("command.rectify_to_correct", source=of.source, subject=of.name, item=of.item, asks=correction.asks)
    tell("command.rectify_listed", number=len(cases), overdue=len(left), day=day)


def _today() -> date:
    return datetime.now().astimezone().date()


def _table(cases: list[Case] | tuple[Case, ...]) -> Table:
    table = Table()
    for heading in _HEADINGS:
        table.add_column(say(f"rectify_list.{heading}"), overflow="fold")
    for case in cases:
        of = case.issue
        cells = (of.id, of.name, of.sponsor, f"{of.indicator} {of.item}", str(case.state), str(case.deadline))
        table.add_row(*map(escape, cells))
    return table
