"""The commands `rubric …`: the rules of inspections, those of govkit and an office's own."""

import sys
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.help import Command, Group
from govkit.commands.show import console, print_notices
from govkit.messages import say
from govkit.rubric import Rubric, RubricError, Rubrics
from govkit.rubric.reference import reference, schema
from govkit.store import open_rubrics

app = typer.Typer(cls=Group, help=say("command.rubric"), rich_markup_mode=None)

RubricId = Annotated[str, typer.Argument(metavar="ID", help=say("command.rubric_id"))]


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
def show(rubric_id: RubricId = "fengdu-2019") -> None:
    """Print the reference table of a rubric, in Markdown."""
    sys.stdout.write(reference(named_rubric(rubric_id, open_rubrics())))


@app.command("schema", cls=Command, help=say("command.rubric_schema"))
def show_schema() -> None:
    """Print the JSON schema of rubric files, for editors."""
    sys.stdout.write(schema())


def named_rubric(rubric_id: str, rubrics: Rubrics) -> Rubric:
    """The rubric of an id that a person named.

    Raises:
        RubricError: there is none, or its file cannot be used.
    """
    try:
        return rubrics.load(rubric_id)
    except KeyError:
        raise RubricError(rubric_id, [say("command.no_rubric", ids="、".join(rubrics.ids))]) from None
