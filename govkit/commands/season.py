"""What the commands of a season share: days and quarters as people type them, and sheets of filings."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from govkit.commands.show import console
from govkit.findings import Place
from govkit.ledger import FilingRecord
from govkit.messages import say
from govkit.problems import Problems
from govkit.quarters import Quarter
from govkit.reading import Ledger
from govkit.reading.filings import read_filings
from govkit.reading.kinds import season_kinds
from govkit.reading.layout import FILINGS
from govkit.reading.ledger_files import read_books
from govkit.reading.named import Named
from govkit.reading.table import find_table

First = Annotated[str, typer.Option("--from", metavar="DAY", help=say("command.from"))]
Last = Annotated[str, typer.Option("--to", metavar="DAY", help=say("command.to"))]
Ledgers = Annotated[list[Path], typer.Argument(metavar="LEDGER…", readable=False, help=say("command.ledgers"))]
QuarterName = Annotated[str, typer.Option("--quarter", metavar="QUARTER", help=say("command.quarter"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("command.reason"))]


def day_of(text: str) -> date:
    """A day as people type it.

    Raises:
        BadParameter: it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(say("command.no_day", text=text)) from None


def period_of(first: str, last: str) -> tuple[date, date]:
    """First and last day of a stretch.

    Raises:
        BadParameter: one is no day, or the first comes after the last.
    """
    period = day_of(first), day_of(last)
    if period[0] > period[1]:
        raise typer.BadParameter(say("command.no_period", first=period[0], last=period[1]))
    return period


def quarter_of(text: str) -> Quarter:
    """A quarter as people type it.

    Raises:
        BadParameter: it is none.
    """
    try:
        return Quarter.read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def filings_in(paths: Sequence[Path], last: date | None = None) -> tuple[FilingRecord, ...] | None:
    """What the sheets 备案记录 of some workbooks say; None where there is no such sheet.

    Args:
        paths: the workbooks.
        last: days without a year are the last such days not after it; without it, they are problems.

    Raises:
        ProblemsError: something is wrong with them.
    """
    problems = Problems()
    sheets = [sheet for kind, sheet in season_kinds(read_books(paths, problems)) if kind == FILINGS]
    tables = [table for sheet in sheets if (table := find_table(sheet, FILINGS, problems))]
    records = read_filings(tables, Named(Ledger(), {}, problems), last, problems)
    problems.raise_if_any()
    return records if sheets else None


def filings_of(path: Path) -> tuple[FilingRecord, ...]:
    """What the sheet 备案记录 of a workbook says.

    Raises:
        ProblemsError: there is none, or something is wrong with it.
    """
    records = filings_in([path])
    if records is None:
        problems = Problems()
        problems.add("S01", Place(path.name), sheet=FILINGS, near="")
        problems.raise_if_any()
    return records or ()


def tell(key: str, **values: object) -> None:
    """Print a sentence as it is."""
    console().print(say(key, **values), markup=False, soft_wrap=True)
