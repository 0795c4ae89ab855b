"""`demo`: the sample data, scored; or a whole year of them, to the last document."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from govkit.assessing import Standing
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.score import score
from govkit.commands.season import tell
from govkit.issues import overdue
from govkit.messages import say
from govkit.organising.sample_year import run_sample_year
from govkit.sheets.new_folder import new_folder
from govkit.store.errors import file_errors

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
SAMPLE = SAMPLES / "青禾县2019年第四季度.xlsx"
_OUT, _YEAR_OUT = Path("output"), Path("output") / "全年"

app = typer.Typer()

Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", readable=False, help=say("command.demo_out"))]
WholeYear = Annotated[bool, typer.Option("--year", help=say("command.demo_year"))]


@app.command(cls=Command, help=say("command.demo"))
def demo(out: Out = None, year: WholeYear = False) -> None:
    """Score the sample data, or go through the sample year."""
    if year:
        _demo_year(out or _YEAR_OUT)
    else:
        score(SAMPLE, out or _OUT)


def _demo_year(out: Path) -> None:
    """Go through the year in a folder beside, which comes into place when all is done."""
    with file_errors(str(out)), new_folder(out) as work, bars() as progress:
        task = progress.add_task("", total=None)
        done = run_sample_year(SAMPLES, work, lambda words: progress.update(task, description=words))
    numbers = Counter(each.standing for each in done.assessment.units)
    counted = "，".join(
        say("assessment_sheet.counted", name=say(f"standing.{standing}"), number=numbers[standing])
        for standing in Standing
    )
    late = len(overdue(done.cases, done.as_of))
    tell(
        "command.demo_year_done",
        folder=out.resolve(),
        cases=len(done.cases),
        as_of=done.as_of,
        overdue=late,
        counted=counted,
    )
