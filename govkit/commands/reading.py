"""Reading a workbook, with a bar for those that take longer than two seconds."""

from pathlib import Path

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from govkit import reading
from govkit.commands.show import console
from govkit.findings import SpotCheck
from govkit.messages import say
from govkit.problems import Problems, ProblemsError
from govkit.rubric import Rubrics


def bars() -> Progress:
    """Bars for what may take longer than two seconds, on the stream that is not piped on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console(stderr=True), transient=True)


def read(file: Path, progress: Progress, rubrics: Rubrics) -> SpotCheck:
    """Read a spot check that follows one of some rubrics.

    Raises:
        ProblemsError: something is wrong with it.
        BadParameter: it is a sheet to be filled in, or a filed one.
    """
    task = progress.add_task(say("command.reading", file=escape(file.name)), total=None)
    try:
        spot_check = reading.read_spot_check(
            file, lambda done, all_: progress.update(task, completed=done, total=all_), rubrics
        )
    except ProblemsError:
        if reading.read_filled(file, Problems()):
            raise typer.BadParameter(say("command.is_filled", name=file.name, file=file)) from None
        raise
    number = len(spot_check.findings)
    progress.update(task, completed=number, total=number)
    return spot_check
