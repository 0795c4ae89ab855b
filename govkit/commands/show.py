"""What commands print: tables of problems, notices, what came out and where it is."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govkit.findings import SpotCheck
from govkit.ledger import Kind
from govkit.messages import say
from govkit.problems import Problem, place_of
from govkit.scoring import Inspection, Verdict

_PIPE_WIDTH = 200
_TABLE_WIDTH = 140


def console(*, stderr: bool = False) -> Console:
    """A console; where the output goes into a file or a pipe, it is wide enough for the tables."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=_PIPE_WIDTH)


def print_problems(problems: Iterable[Problem]) -> None:
    """One table of everything wrong: code, workbook, sheet, row, column, what is wrong, what to do.

    A narrow terminal would break the table's cells into shreds: there, each problem is a paragraph.
    """
    rows = list(problems)
    screen = console(stderr=True)
    if screen.width < _TABLE_WIDTH:
        screen.print(say("command.problems", number=len(rows)))
        for problem in rows:
            screen.print(f"\n{problem.code} {place_of(problem.place)}", markup=False)
            screen.print(f"    {problem.text}{problem.fix}", markup=False)
    else:
        screen.print(_problem_table(rows))
    screen.print(say("command.problems_end", number=len(rows)))


def _problem_table(rows: list[Problem]) -> Table:
    table = Table(title=say("command.problems", number=len(rows)), show_lines=True, title_justify="left")
    for heading in ("code", "workbook", "sheet", "row", "column", "text", "fix"):
        short = heading in {"code", "row"}
        table.add_column(say(f"heading.{heading}"), overflow="fold", no_wrap=short)
    for problem in rows:
        place = problem.place
        row = "" if place.row is None else str(place.row)
        cells = (problem.code, place.workbook, place.sheet, row, place.column, problem.text, problem.fix)
        table.add_row(*(escape(cell) for cell in cells))
    return table


def print_notices(notices: Iterable[str]) -> None:
    """What is no mistake, but should be looked at."""
    for notice in notices:
        console(stderr=True).print(say("command.notice", notice=escape(notice)))


def print_contents(check: SpotCheck) -> None:
    """What a workbook holds."""
    kinds = Counter(subject.kind for subject in check.subjects)
    console().print(
        say(
            "command.checked",
            name=escape(check.batch.name),
            as_of=check.batch.as_of,
            rubric=check.batch.rubric_id,
            sites=kinds[Kind.SITE],
            accounts=kinds[Kind.ACCOUNT],
            findings=len(check.findings),
            measurements=len(check.measurements),
        )
    )


def print_outcome(inspection: Inspection, out: Path, kept: Path | None) -> None:
    """How many passed and failed, what was written where, and where the earlier results are kept."""
    for kind in Kind:
        verdicts = Counter(result.score.verdict for result in inspection.of_kind(kind))
        if verdicts:
            numbers = {verdict.value: verdicts[verdict] for verdict in Verdict}
            console().print(say(f"command.outcome_{kind}", all=verdicts.total(), **numbers))
    folder, number = escape(str(out.resolve())), len(inspection.objects)
    console().print(say("command.written", folder=folder, number=number), soft_wrap=True)
    if kept:
        console().print(say("command.kept", folder=escape(str(kept))), soft_wrap=True)
