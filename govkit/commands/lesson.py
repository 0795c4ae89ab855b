"""`class`: a task handed out to a class, and what came back held against the right answers and each other."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit.commands.collect import found_files, read_back
from govkit.commands.help import Command, Group
from govkit.commands.keeping import actor
from govkit.commands.reading import bars
from govkit.commands.rules import rules_at_hand
from govkit.commands.season import tell
from govkit.commands.show import console
from govkit.documents import write_booklet
from govkit.figures import two_places
from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.organising.lesson import Lesson, compared, hand_out, write_lesson, write_task
from govkit.organising.practice import Practice, distinct
from govkit.problems import Problems
from govkit.reading import FilledSheet
from govkit.sheets.lesson import shown_coefficient
from govkit.store import StoreError, open_home, open_rubrics
from govkit.training import Case, Task, TrainingError, load_tasks

_RUBRIC = "fengdu-2019"

app = typer.Typer(cls=Group, help=say("command.class"), rich_markup_mode=None)

TaskId = Annotated[str, typer.Argument(metavar="TASK", help=say("command.class_task"))]
People = Annotated[list[str] | None, typer.Option("--trainee", metavar="NAME", help=say("command.class_trainee"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.class_out"))]
Form = Annotated[bool, typer.Option("--form", help=say("command.class_form"))]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILES…", readable=False, help=say("command.class_files"))]
RubricId = Annotated[str, typer.Option("--rubric", metavar="ID", help=say("command.rubric_id"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=say("command.class_pdf"))]
OfTask = Annotated[str, typer.Option("--task", metavar="TASK", help=say("command.class_of_task"))]
Forms = Annotated[bool, typer.Option("--forms", help=say("command.class_with_forms"))]


@app.command("list", cls=Command, help=say("command.class_list"))
def list_tasks() -> None:
    """Print the tasks that can be handed out."""
    table = Table(*(say(f"class_list.{heading}") for heading in ("id", "level", "title", "teaches")))
    for task in load_tasks():
        teaches = task.teaches if isinstance(task, Case) else (say("class_list.described"),)
        table.add_row(*map(escape, (task.id, task.level, task.title, " ".join(teaches))))
    console().print(table)


@app.command("hand-out", cls=Command, help=say("command.class_hand_out"))
def hand(task_id: TaskId, out: Out, people: People = None, form: Form = False) -> None:
    """Write the task, and a sheet to fill in for each person; or a form of each person's own."""
    task, names = _task(task_id), distinct(people or ())
    if not form:
        files = hand_out(task, names, out)
        kept = len(files.there & set(files.files[1:]))
        tell("command.class_handed_out", number=len(files.files) - 1 - kept, folder=out.resolve())
        if kept:
            tell("command.class_there", number=kept)
        return
    if not names:
        raise typer.BadParameter(say("command.class_no_trainee"))
    home = open_home()
    paper = write_task(task, out)
    new = Practice(home).assign(task, names, actor(home))
    tell("command.class_forms", number=len(new), there=len(names) - len(new), file=paper.resolve())


@app.command("compare", cls=Command, help=say("command.class_compare"))
def compare(out: Out, files: Files = None, task_id: OfTask = "", forms: Forms = False) -> None:
    """Hold answers to one object against each other, and write what that comes to."""
    task, paths, problems = _task(task_id) if task_id else None, list(found_files(files or ())), Problems()
    if forms and task is None:
        raise typer.BadParameter(say("command.class_forms_of"))
    sheets = [] if forms and not paths else _read(paths, problems)
    practice = Practice(open_home()) if forms else None
    answered = (
        {who: practice.answered(info) for who, info in practice.people(task).items()} if practice and task else {}
    )
    rubrics = rules_at_hand([], dict.fromkeys(paths[:1], sheets)).rubrics
    lesson = compared(sheets, answered, rubrics, task, problems)
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


def _read(paths: list[Path], problems: Problems) -> list[FilledSheet]:
    with bars() as progress:
        sheets = read_back(paths, problems, progress, say("command.class_reading"))
    problems.raise_if_any()
    if not sheets:
        raise typer.BadParameter(say("command.class_none"))
    return sheets


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


def _task(task_id: str) -> Task:
    tasks = {task.id: task for task in load_tasks()}
    if task_id not in tasks:
        raise typer.BadParameter(say("command.class_no_task", id=task_id))
    return tasks[task_id]
