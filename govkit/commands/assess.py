"""`assess`: 年度考核 of a year, from the checks of its quarters and what else is known of it."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from govkit.assessing import Standing
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.season import tell
from govkit.commands.show import print_notices
from govkit.commands.source import opened_source, scored
from govkit.messages import say
from govkit.organising import assessed
from govkit.reading import spot_checks_among
from govkit.sheets.season import write_assessment

_FIRST, _LAST = 2000, 2999

app = typer.Typer()

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE…]", readable=False, help=say("command.assess_files"))
]
Year = Annotated[int, typer.Option("--year", metavar="YEAR", min=_FIRST, max=_LAST, help=say("command.assess_year"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.assess_out"))]
Batches = Annotated[list[str] | None, typer.Option("--batch", metavar="NAME", help=say("command.assess_batch"))]


@app.command("assess", cls=Command, help=say("command.assess"))
def assess_year(year: Year, out: Out, files: Files = None, batches: Batches = None) -> None:
    """Assess the units of a year, and write 年度考核表."""
    paths = list(files or ())
    with bars() as progress:
        names = [(path, "") for path in spot_checks_among(paths)] + [(None, name) for name in batches or ()]
        notices: list[str] = []
        inspections = []
        for path, batch in names:
            with opened_source(path, batch, progress) as source:
                inspections.append(scored(source, progress))
                notices += source.notices
        assessment, told, _ = assessed(year, inspections, paths)
        path = out / say("assessment_sheet.file")
        write_assessment(assessment, path)
    print_notices((*notices, *told, *assessment.notices))
    numbers = Counter(each.standing for each in assessment.units)
    counted = "，".join(
        say("assessment_sheet.counted", name=say(f"standing.{standing}"), number=numbers[standing])
        for standing in Standing
    )
    tell("command.assess_done", units=len(assessment.units), counted=counted, file=path.resolve())
