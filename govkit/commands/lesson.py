"""`class`: a case handed out to a class, and what came back held against the right answers and each other."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.collect import found_files, read_back
from govkit.commands.help import Command, Group
from govkit.commands.reading import bars
from govkit.commands.rules import rules_at_hand
from govkit.commands.season import tell
from govkit.commands.show import console
from govkit.documents import write_booklet
from govkit.figures import two_places
from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.organising.lesson import Lesson, compared, hand_out, write_lesson
from govkit.problems import Problems
from govkit.sheets.lesson import shown_coefficient
from govkit.store import StoreError, open_rubrics
from govkit.training import Case, TrainingError, load_cases

_RUBRIC = "fengdu-2019"

app = typer.Typer(cls=Group, help=say("command.class"), rich_markup_mode=None)

CaseId = Annotated[str, typer.Argument(metavar="CASE", help=say("command.class_case"))]
People = Annotated[list[str] | None, typer.Option("--trainee", metavar="NAME", help=say("command.class_trainee"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.class_out"))]
Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.class_files"))]
RubricId = Annotated[str, typer.Option("--rubric", metavar="ID", help=say("command.rubric_id"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.class_pdf"))]
OfCase = Annotated[str, typer.Option("--case", metavar="CASE", help=say("command.class_of_case"))]


@app.command("list", cls=Command, help=say("command.class_list"))
def list_cases() -> None:
    """Print the cases that can be handed out."""
    table = Table(*(say(f"class_list.{heading}") for heading in ("id", "level", "title", "teaches")))
    for case in load_cases():
        table.add_row(*map(escape, (case.id, case.level, case.title, " ".join(case.teaches))))
    console().print(table)


@app.command("hand-out", cls=Command, help=say("command.class_hand_out"))
def hand(case_id: CaseId, out: Out, people: People = None) -> None:
    """Write the task and a sheet to fill in for each person."""
    files = hand_out(_case(case_id), list(dict.fromkeys(people or ())), out)
    tell("command.class_handed_out", number=len(files) - 1, folder=out.resolve())


@app.command("compare", cls=Command, help=say("command.class_compare"))
def compare(files: Files, out: Out, case_id: OfCase = "") -> None:
    """Hold filled-in sheets of one object against each other, and write what that comes to."""
    paths, problems = list(found_files(files)), Problems()
    with bars() as progress:
        sheets = read_back(paths, problems, progress, say("command.class_reading"))
    problems.raise_if_any()
    if not sheets:
        raise typer.BadParameter(say("command.class_none"))
    rubrics = rules_at_hand([], dict.fromkeys(paths[:1], sheets)).rubrics
    lesson = compared(sheets, rubrics, _case(case_id) if case_id else None, problems)
    write_lesson(lesson, out)
    _print(lesson)
    tell("command.class_compared", folder=out.resolve())


@app.command("booklet", cls=Command, help=say("command.class_booklet"))
def booklet(out: Out, rubric_id: RubricId = _RUBRIC, pdf: Pdf = False) -> None:
    """Write the rubric explained item by item, and the cases, to print for a class."""
    rubrics = open_rubrics()
    try:
        rubric = rubrics.load(rubric_id)
    except KeyError:
        raise typer.BadParameter(say("command.no_rubric", ids="、".join(rubrics.ids))) from None
    path = out / f"{safe_stem(say('booklet.file', id=rubric.id))}.docx"
    try:
        write_booklet(rubric, datetime.now().astimezone().date(), path, pdf=pdf)
    except TrainingError as error:
        raise StoreError(str(error)) from None
    tell("command.class_booklet_done", file=path.resolve())


def _print(lesson: Lesson) -> None:
    agreement = lesson.agreement
    table = Table(*(say(f"class_list.{heading}") for heading in ("who", "total", "right", "others")))
    for person in agreement.people:
        told = person.feedback
        right = f"{len(told.items) - len(told.differences)}/{len(told.items)}" if told else "—"
        total = "—" if person.score.total is None else two_places(person.score.total)
        table.add_row(*map(escape, (person.who, total, right, person.with_others.shown)))
    console().print(table)
    beyond = shown_coefficient(agreement.beyond_chance)
    tell("command.class_all", title=lesson.title, pairs=agreement.pairs.shown, beyond=beyond)


def _case(case_id: str) -> Case:
    cases = {case.id: case for case in load_cases()}
    if case_id not in cases:
        raise typer.BadParameter(say("command.class_no_case", id=case_id))
    return cases[case_id]
