"""The commands `ledger …`: ledgers checked, merged and compared, and what was filed of their objects."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.help import Command, Group
from govkit.commands.keeping import actor
from govkit.commands.season import First, Last, Ledgers, day_of, filings_in, filings_of, period_of, tell
from govkit.commands.show import console, print_notices
from govkit.ledger import PLATFORM, Action, Change, ChangeKind, FilingRecord, Kind, Subject, changes, told_kinds
from govkit.messages import say
from govkit.reading import read_ledger_files
from govkit.sheets.season import write_changes, write_filings, write_ledger
from govkit.store import StoreError, open_home

_ROWS_SHOWN = 50

app = typer.Typer(cls=Group, help=say("command.ledger"), rich_markup_mode=None)

Book = Annotated[Path, typer.Option("--out", metavar="FILE", readable=False, help=say("command.ledger_out"))]
ChangesBook = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", readable=False, help=say("command.ledger_diff_out"))
]
FilingsBook = Annotated[
    Path, typer.Option("--out", metavar="FILE", readable=False, help=say("command.ledger_filings_out"))
]
NamesFrom = Annotated[
    list[Path] | None, typer.Option("--ledger", metavar="FILE", readable=False, help=say("command.ledger_names"))
]
Before = Annotated[Path, typer.Argument(metavar="BEFORE", readable=False, help=say("command.ledger_before"))]
After = Annotated[Path, typer.Argument(metavar="AFTER", readable=False, help=say("command.ledger_after"))]
Filed = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=say("command.ledger_filed"))]

FiledOf = Annotated[str, typer.Option("--object", metavar="ID", help=say("command.ledger_filed_of"))]
FiledAs = Annotated[str, typer.Option("--action", metavar="ACTION", help=say("command.ledger_filed_as"))]
FiledOn = Annotated[str, typer.Option("--filed", metavar="DAY", help=say("command.ledger_filed_on"))]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("command.ledger_why"))]


@app.command(cls=Command, help=say("command.ledger_check"))
def check(files: Ledgers) -> None:
    """Read ledgers and count what is in them; write nothing."""
    found = read_ledger_files(files)
    _print_counts(found.subjects)
    print_notices([*found.remarks, *found.notices])
    tell("command.ledger_checked", number=len(found.subjects))


@app.command(cls=Command, help=say("command.ledger_merge"))
def merge(files: Ledgers, out: Book) -> None:
    """Write the ledgers of several files as one."""
    path = _workbook(out)
    found = read_ledger_files(files)
    write_ledger(found.subjects, path)
    print_notices([*found.remarks, *found.notices])
    kinds = Counter(subject.kind for subject in found.subjects)
    tell("command.ledger_merged", sites=kinds[Kind.SITE], accounts=kinds[Kind.ACCOUNT], file=path)


@app.command(cls=Command, help=say("command.ledger_diff"))
def diff(before: Before, after: After, first: First, last: Last, out: ChangesBook = None) -> None:
    """Say what changed between two ledgers, and whether it was filed and announced."""
    path = _workbook(out) if out else None
    period = period_of(first, last)
    old, new = read_ledger_files([before]), read_ledger_files([after])
    given = filings_in([before, after], period[1])
    with open_home().register() as register:
        kept = register.filings()
    told = bool(kept) or given is not None
    found = changes(old.subjects, new.subjects, dict.fromkeys((*(given or ()), *kept)), period)
    if path:
        write_changes(found, period, path, told=told)
    print_notices(dict.fromkeys((*old.notices, *new.notices, *_not_compared(old.subjects, new.subjects))))
    _print_changes(found, told=told)
    if path:
        tell("command.ledger_diff_written", number=len(found), file=path)


@app.command("file", cls=Command, help=say("command.ledger_file"))
def take_in(file: Filed) -> None:
    """Take filings into the register."""
    records = filings_of(file)
    home = open_home()
    with home.register() as register:
        new = register.file(actor(home), records)
    tell("command.ledger_filed_done", new=new, known=len(records) - new)


@app.command(cls=Command, help=say("command.ledger_withdraw"))
def withdraw(object_id: FiledOf, action: FiledAs, filed: FiledOn, reason: Why) -> None:
    """Take back what was recorded of an object as filed on a day; it stays in the history."""
    what, day = _action(action), day_of(filed)
    home = open_home()
    with home.register() as register:
        known = [
            each for each in register.filings() if (each.subject_id, each.action, each.filed) == (object_id, what, day)
        ]
        if not known:
            raise StoreError(say("register.not_filed", subject=object_id, day=day, action=what))
        for record in known:
            register.withdraw(actor(home), record, reason)
    tell("command.ledger_withdrawn", subject=object_id, day=day, action=what, number=len(known))


@app.command(cls=Command, help=say("command.ledger_filings"))
def filings(out: FilingsBook, ledgers: NamesFrom = None) -> None:
    """Write what was filed, as the register has it."""
    path = _workbook(out)
    found = read_ledger_files(ledgers) if ledgers else None
    with open_home().register() as register:
        records = register.filings()
    subjects = {subject.id: subject for subject in found.subjects} if found else {}
    write_filings(records, subjects, path)
    print_notices(found.notices if found else ())
    tell("command.ledger_filings_done", number=len(records), file=path)


def _action(text: str) -> Action:
    try:
        return Action(text.strip())
    except ValueError:
        raise typer.BadParameter(say("command.no_action", text=text, names="、".join(Action))) from None


def _workbook(out: Path) -> Path:
    """The workbook that an option names.

    Raises:
        BadParameter: it is none.
    """
    path = out if out.suffix else out.with_name(f"{out.name}.xlsx")
    if path.suffix.lower() != ".xlsx" or path.is_dir():
        raise typer.BadParameter(say("command.no_workbook", name=out.name))
    return path


def _print_counts(subjects: Sequence[Subject]) -> None:
    """How many there are, of each kind, platform and unit; those that are closed beside them."""
    groups: Sequence[tuple[str, Callable[[Subject], str], Iterable[Subject]]] = (
        ("kind", lambda each: say(f"sheet.kind_{each.kind}"), subjects),
        ("platform", lambda each: each.details.get(PLATFORM, ""), [s for s in subjects if s.kind == Kind.ACCOUNT]),
        ("unit", lambda each: each.sponsor, subjects),
    )
    for name, group_of, members in groups:
        running: Counter[str] = Counter()
        closed: Counter[str] = Counter()
        for subject in members:
            (closed if subject.is_closed else running)[group_of(subject)] += 1
        table = Table(say(f"ledger_count.{name}"), say("ledger_count.running"), say("ledger_count.closed"))
        for group in sorted(running | closed, key=lambda group: (-running[group], group)):
            shown = group or say("ledger_count.none")
            table.add_row(escape(shown), str(running[group]), str(closed[group]))
        if table.row_count:
            console().print(table)


def _not_compared(old: Sequence[Subject], new: Sequence[Subject]) -> Iterator[str]:
    """Kinds of objects that one of two ledgers does not tell of."""
    for kind in sorted(told_kinds(old) ^ told_kinds(new)):
        yield say("command.ledger_not_compared", kind=say(f"sheet.kind_{kind}"))


def _print_changes(found: Sequence[Change], *, told: bool) -> None:
    kinds = Counter(change.kind for change in found)
    counts = "，".join(
        say("command.ledger_count", what=say(f"change_kind.{kind}"), number=kinds[kind]) for kind in ChangeKind
    )
    tell("command.ledger_changes", number=len(found), counts=counts)
    if not told:
        print_notices([say("change_sheet.untold")])
    table = Table()
    for heading in ("what", "object", "sponsor", "before", "after", "filed", "announced"):
        table.add_column(say(f"ledger_change.{heading}"), overflow="fold")
    missing = say("change_sheet.no") if told else say("status.UNKNOWN")
    for change in found[:_ROWS_SHOWN]:
        record = change.record
        filed = record.filed.isoformat() if record else missing
        announced = _announced(record) if record else missing
        what = (say(f"change_kind.{change.kind}"), change.subject.name, change.subject.sponsor)
        table.add_row(*map(escape, (*what, change.before, change.after, filed, announced)))
    if table.row_count:
        console().print(table)
    if len(found) > _ROWS_SHOWN:
        tell("command.ledger_more", number=len(found) - _ROWS_SHOWN)


def _announced(record: FilingRecord) -> str:
    if record.announced:
        return record.announced.isoformat()
    return say("status.UNKNOWN" if "announced" in record.untold else "change_sheet.no")
