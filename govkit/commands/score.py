"""`check` and `score`: a workbook is read, and scored."""

from pathlib import Path
from typing import Annotated

import typer

from govkit import sheets
from govkit.commands.help import Command
from govkit.commands.reading import bars, read
from govkit.commands.show import console, print_contents, print_notices, print_outcome
from govkit.messages import say
from govkit.scoring import Inspection, iter_results
from govkit.store import open_rubrics

app = typer.Typer()

# Whether a path can be read is found out by reading, which says more than the library would.
File = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=say("command.file"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.out"))]


@app.command(cls=Command, help=say("command.check"))
def check(file: File) -> None:
    """Read a workbook and say what is wrong with it; write nothing."""
    with bars() as progress:
        spot_check = read(file, progress, open_rubrics())
    print_contents(spot_check)
    print_notices(spot_check.notices)
    console().print(say("command.no_problem"))


@app.command(cls=Command, help=say("command.score"))
def score(file: File, out: Out) -> None:
    """Score a workbook and write results, summary and scoring sheets."""
    with bars() as progress:
        rubrics = open_rubrics()
        spot_check = read(file, progress, rubrics)
        rubric = rubrics.load(spot_check.batch.rubric_id)
        scoring = progress.add_task(say("command.scoring"), total=len(spot_check.subjects))
        results = tuple(progress.track(iter_results(rubric, spot_check), task_id=scoring))
        inspection = Inspection(spot_check.batch, rubric, results)
        writing = progress.add_task(say("command.writing"), total=len(results))
        kept = sheets.write_all(inspection, out, lambda done, _: progress.update(writing, completed=done))
    print_contents(spot_check)
    print_notices(spot_check.notices)
    print_outcome(inspection, out, kept)
