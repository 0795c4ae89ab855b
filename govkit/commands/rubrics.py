"""The commands `rubric …`: the rules of inspections, those of govkit and an office's own."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.help import Command, Group
from govkit.commands.reading import bars
from govkit.commands.rehearsed import print_differences, print_rehearsal
from govkit.commands.season import tell
from govkit.commands.show import console, print_notices
from govkit.commands.source import opened_source
from govkit.messages import say
from govkit.organising import keep_aside
from govkit.reading.rubrics import read_rubric
from govkit.rehearsing import differences, rehearse
from govkit.rubric import Rubric, RubricError, Rubrics
from govkit.rubric.reference import reference, schema
from govkit.rubric.writing import rubric_file
from govkit.sheets.rubric import write_comparison, write_rubric_book, write_rubric_file
from govkit.store import RUBRICS, folder_of, open_rubrics

app = typer.Typer(cls=Group, help=say("command.rubric"), rich_markup_mode=None)

_FIRST = "fengdu-2019"

RubricId = Annotated[str, typer.Argument(metavar="ID", help=say("command.rubric_id"))]
OutBook = Annotated[Path, typer.Option("--out", metavar="FILE", readable=False, help=say("command.rubric_out_book"))]
OutFile = Annotated[
    Path | None, typer.Option("--out", metavar="RULES.toml", readable=False, help=say("command.rubric_out_file"))
]
A = Annotated[str, typer.Argument(metavar="A", help=say("command.rubric_a"))]
B = Annotated[str, typer.Argument(metavar="B", help=say("command.rubric_b"))]
On = Annotated[Path | None, typer.Option("--on", metavar="FILE", readable=False, help=say("command.rubric_on"))]
OnBatch = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.rubric_on_batch"))]
OutDiff = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.xlsx", readable=False, help=say("command.rubric_out_diff"))
]
Book = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=say("command.rubric_book"))]


@app.command("list", cls=Command, help=say("command.rubric_list"))
def list_rubrics() -> None:
    """Say which rubrics there are, and what is wrong with an office's own files."""
    rubrics = open_rubrics()
    table = Table(*(say(f"rubric_list.{heading}") for heading in ("id", "version", "title", "whose", "sha256")))
    for rubric in rubrics.usable():
        whose = say("rubric_list.shipped" if rubric.id in rubrics.shipped else "rubric_list.own")
        table.add_row(*map(escape, (rubric.id, rubric.version, rubric.title, whose, rubric.sha256[:12])))
    console().print(table)
    print_notices(str(fault) for fault in rubrics.faults())


@app.command("show", cls=Command, help=say("command.rubric_show"))
def show(rubric_id: RubricId = _FIRST) -> None:
    """Print the reference table of a rubric, in Markdown."""
    sys.stdout.write(reference(named_rubric(rubric_id, open_rubrics())))


@app.command("schema", cls=Command, help=say("command.rubric_schema"))
def show_schema() -> None:
    """Print the JSON schema of rubric files, for editors."""
    sys.stdout.write(schema())


@app.command("export", cls=Command, help=say("command.rubric_export"))
def export(out: OutBook, rubric_id: RubricId = _FIRST) -> None:
    """Write a rubric as a workbook, to be edited."""
    rubric = named_rubric(rubric_id, open_rubrics())
    write_rubric_book(rubric, out)
    tell("command.rubric_exported", id=rubric.id, version=rubric.version, file=out.resolve())


@app.command("import", cls=Command, help=say("command.rubric_import"))
def import_book(file: Book, out: OutFile = None) -> None:
    """Make a rubric file of a workbook that was edited."""
    own = folder_of() / RUBRICS
    rubric = read_rubric(file, open_rubrics())
    name = f"{rubric.id}.toml"
    if out and out.name != name:
        raise typer.BadParameter(say("command.rubric_file_name", name=name))
    path, made = (out or own / name).absolute(), rubric_file(rubric)
    keep_aside(path)
    write_rubric_file(made.text, path)
    values = {"id": rubric.id, "folder": own, "file": path}
    tell("command.rubric_imported", version=rubric.version, sha256=rubric.sha256, **values)
    tell("command.rubric_is_variant" if made.base else "command.rubric_is_whole", base=made.base)
    tell("command.rubric_usable" if path.parent == own else "command.rubric_to_place", **values)


@app.command("diff", cls=Command, help=say("command.rubric_diff"))
def diff(a: A, b: B, on: On = None, batch: OnBatch = "", out: OutDiff = None) -> None:
    """Say how two rubrics differ, and which results of a batch would change."""
    rubrics = open_rubrics()
    old, new = _given(a, rubrics), _given(b, rubrics)
    rehearsal = None
    if on or batch:
        with bars() as progress, opened_source(on, batch, progress, rubrics.also(old)) as source:
            if source.rubric.id != old.id:
                raise typer.BadParameter(say("command.rubric_other", id=source.rubric.id, a=old.id))
            if source.rubric.sha256 != old.sha256:
                old = source.rubric
                print_notices([say("command.rubric_pinned", id=old.id, version=old.version)])
            print_notices(source.notices)
            rehearsal = rehearse(old, new, source.check)
    told = differences(old, new)
    print_differences(old, new, told)
    if rehearsal:
        print_rehearsal(rehearsal)
    if out:
        write_comparison(old, new, told, rehearsal, out)
        tell("command.rubric_compared", file=out.resolve())


def _given(text: str, rubrics: Rubrics) -> Rubric:
    """The rubric that a person named: by its id, or by a file of it or a workbook."""
    path = Path(text)
    if path.suffix not in {".toml", ".xlsx"}:
        return named_rubric(text, rubrics)
    if not path.is_file():
        raise typer.BadParameter(say("command.rubric_no_file", file=path))
    if path.suffix == ".xlsx":
        return read_rubric(path, None)
    return rubrics.load_file(path.stem, path.read_bytes())


def named_rubric(rubric_id: str, rubrics: Rubrics) -> Rubric:
    """The rubric of an id that a person named.

    Raises:
        RubricError: there is none, or its file cannot be used.
    """
    try:
        return rubrics.load(rubric_id)
    except KeyError:
        raise RubricError(rubric_id, [say("command.no_rubric", ids="、".join(rubrics.ids))]) from None
