"""Commands around the store: a workbook in, a workbook out, copies, and the log."""

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit import sheets
from govkit.commands.help import Command
from govkit.commands.reading import bars, read
from govkit.commands.show import console, print_contents, print_notices
from govkit.commands.words import in_words
from govkit.messages import say
from govkit.organising import given_out, taken_in
from govkit.store import Entry, Home, Store, StoreError, Value, open_home

_NAMES_SHOWN = 5
_ROWS_AT_ONCE = 500
_SHARES = {"time": 2, "actor": 1, "object": 2, "item": 2, "change": 6}

app = typer.Typer()

File = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=say("command.file"))]
Copy = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=say("command.copy"))]
OutBook = Annotated[Path, typer.Option("--out", metavar="FILE", readable=False, help=say("command.out_book"))]
OutCopy = Annotated[Path, typer.Option("--out", metavar="FILE", readable=False, help=say("command.out_copy"))]
BatchName = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.batch"))]
OfRegister = Annotated[bool, typer.Option("--register", help=say("command.backup_register"))]
ObjectId = Annotated[str, typer.Option("--object", metavar="ID", help=say("command.object"))]


@app.command(cls=Command, help=say("command.load"))
def load(file: File) -> None:
    """Make a batch of a workbook, with the screenshots beside it."""
    home = open_home()
    rubrics = home.rubrics()
    with bars() as progress:
        check = read(file, progress, rubrics)
    check, pictures, missing = taken_in(check, file if file.is_dir() else file.parent)
    home.create(check, rubrics.load(check.batch.rubric_id), actor(home), pictures).close()
    print_contents(check)
    print_notices(check.notices)
    if missing:
        names = "、".join(missing[:_NAMES_SHOWN])
        print_notices([say("command.pictures_missing", number=len(missing), names=names)])
    _tell("command.loaded", name=check.batch.name, pictures=len(pictures), home=home.folder)


@app.command(cls=Command, help=say("command.export"))
def export(out: OutBook, batch: BatchName = "") -> None:
    """Write a batch as a workbook, with its screenshots beside it."""
    with opened(open_home(), batch) as store:
        left = store.settle()
        check = store.spot_check()
        pictures = given_out(check, store.shelf.names(), store.evidence)
        sheets.write_spot_check(check, out, pictures, store.rubric)
    if left:
        print_notices([say("command.drafts_left", number=len(left), actors="、".join({draft.actor for draft in left}))])
    _tell("command.exported", name=check.batch.name, findings=len(check.findings), pictures=len(pictures), file=out)


@app.command(cls=Command, help=say("command.backup"))
def backup(out: OutCopy, batch: BatchName = "", of_register: OfRegister = False) -> None:
    """Write a copy of a batch, or of the register, with everything in it."""
    if of_register and batch:
        raise typer.BadParameter(say("command.backup_either"))
    if of_register:
        with open_home().register() as register:
            register.back_up(out)
        _tell("command.backed_up_register", file=out)
        return
    with opened(open_home(), batch) as store:
        store.back_up(out)
        _tell("command.backed_up", name=store.info.name, file=out)


@app.command(cls=Command, help=say("command.restore"))
def restore(file: Copy) -> None:
    """Make a batch, or the register, from a copy of it."""
    home = open_home()
    with home.restore(file) as restored:
        if isinstance(restored, Store):
            _tell("command.restored", name=restored.info.name, home=home.folder)
        else:
            _tell("command.restored_register", home=home.folder)


@app.command(cls=Command, help=say("command.log"))
def log(batch: BatchName = "", object_id: ObjectId = "") -> None:
    """Print the log of a batch: who changed what when."""
    with opened(open_home(), batch) as store:
        names = {subject.id: subject.name for subject in store.subjects}
        if object_id and object_id not in names:
            raise StoreError(say("command.no_object", id=object_id))
        undone = {entry.undoes for entry in store.history(object_id or None) if entry.undoes}
        before: dict[tuple[str, str], Value] = {}
        table = _table()
        for entry in store.history(object_id or None):
            key = (entry.subject_id, entry.item)
            cells = (*_who(entry, names), _what(store, entry, before.get(key), undone))
            table.add_row(*map(escape, cells))
            before[key] = entry.value
            if table.row_count == _ROWS_AT_ONCE:
                console().print(table)
                table = _table()
    console().print(table)


def _table() -> Table:
    """A piece of the log. A long one is printed piece by piece, so the columns are as wide in each."""
    table = Table(expand=True)
    for heading, share in _SHARES.items():
        table.add_column(say(f"log.{heading}"), overflow="fold", ratio=share)
    return table


def _who(entry: Entry, names: dict[str, str]) -> tuple[str, ...]:
    return f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}", entry.actor, names[entry.subject_id], entry.item


def _what(store: Store, entry: Entry, before: Value, undone: set[str]) -> str:
    words = say("log.old_new", old=in_words(before, store.rubric), new=in_words(entry.value, store.rubric))
    marks = [say("log.undone")] * (entry.step in undone) + [say("log.undo")] * bool(entry.undoes)
    return words + "".join(marks)


def actor(home: Home) -> str:
    """Who works here: the name that was set, else that of the system."""
    return home.inspector or getpass.getuser()


def opened(home: Home, name: str) -> Store:
    """The batch of a name; the only one where no name is given.

    Raises:
        StoreError: there is none, or the name is needed; the sentence lists those there are.
    """
    batches = home.batches()
    if not batches:
        raise StoreError(say("command.no_batches"))
    names = "、".join(info.name for info in batches)
    found = [info for info in batches if info.name == name] if name else batches
    if not found:
        raise StoreError(say("command.no_batch", name=name, names=names))
    if len(found) > 1:
        raise StoreError(say("command.which_batch", names=names))
    return home.open(found[0].key)


def _tell(key: str, **values: object) -> None:
    console().print(say(key, **values), markup=False, soft_wrap=True)
