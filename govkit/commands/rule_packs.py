"""The commands `rules …`: the notices as packs of rules, and a season held against them."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from govkit.commands.help import Command, Group
from govkit.commands.reading import bars
from govkit.commands.season import First, Last, period_of, tell
from govkit.commands.show import console, print_notices
from govkit.messages import say
from govkit.organising import facts_of
from govkit.packs import Compliance, Pack, PackError, judge_season, load_pack, pack_ids
from govkit.packs.coverage import coverage
from govkit.reading import read_ledger_files, read_season
from govkit.sheets.season import write_compliance
from govkit.sheets.staging import staging
from govkit.store import open_home
from govkit.workdays import UnknownYearError

_FILE, _CHARTS = "规则核查结果.xlsx", "图"
_GRAVEST = "严重"

app = typer.Typer(cls=Group, help=say("command.rules"), rich_markup_mode=None)

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", readable=False, help=say("command.rules_files"))]
PackName = Annotated[str, typer.Argument(metavar="PACK", help=say("command.rules_pack"))]
Chosen = Annotated[list[str] | None, typer.Option("--pack", metavar="ID", help=say("command.rules_chosen"))]
Before = Annotated[
    list[Path] | None, typer.Option("--before", metavar="LEDGER", readable=False, help=say("command.rules_before"))
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.rules_out"))]


@app.command("list", cls=Command, help=say("command.rules_list"))
def list_packs() -> None:
    """Say which packs there are."""
    table = Table(*(say(f"pack_list.{heading}") for heading in ("id", "name", "rules", "automatic", "source")))
    for pack in map(_pack, pack_ids()):
        automatic = sum(rule.check.automatic for rule in pack.rules)
        table.add_row(pack.id, escape(pack.name), str(len(pack.rules)), str(automatic), escape(pack.source))
    console().print(table)


@app.command(cls=Command, help=say("command.rules_show"))
def show(pack: PackName) -> None:
    """Print what a pack asks, in Markdown."""
    sys.stdout.write(coverage([_pack(pack)]))


@app.command("coverage", cls=Command, help=say("command.rules_coverage"))
def show_coverage() -> None:
    """Print what became of every article of every notice, in Markdown."""
    sys.stdout.write(coverage([_pack(pack_id) for pack_id in pack_ids()]))


@app.command(cls=Command, help=say("command.rules_check"))
def check(files: Files, first: First, last: Last, out: Out, chosen: Chosen = None, before: Before = None) -> None:
    """Hold a season against rules, and write what they say of everything."""
    with bars() as progress:
        compliance, notices = held_against_rules(files, first, last, chosen, before, progress)
        progress.add_task(say("command.rules_writing"), total=None)
        with staging(out) as stage:
            write_compliance(compliance, stage.store(Path(_FILE), b""))
            for name, picture in _charts(compliance).items():
                stage.store(Path(_CHARTS) / f"{name}.png", picture)
            stage.put_in_place()
    print_notices(notices)
    severities = Counter[str](breach.rule.severity for breach in compliance.breaches())
    tell("command.rules_done", number=severities.total(), gravest=severities[_GRAVEST], file=(out / _FILE).resolve())


def held_against_rules(
    files: list[Path],
    first: str,
    last: str,
    chosen: list[str] | None,
    before: list[Path] | None,
    progress: Progress,
) -> tuple[Compliance, tuple[str, ...]]:
    """A season held against rules, and what should be looked at; the arguments are those of the command `check`.

    Raises:
        BadParameter: there is no such pack, no such period, or working days are not known.
        ProblemsError: something is wrong with the files.
    """
    packs = [_pack(pack_id) for pack_id in dict.fromkeys(chosen or pack_ids())]
    period = period_of(first, last)
    reading = progress.add_task(say("command.rules_reading"), total=None)
    sheets = read_season(files, period)
    earlier = read_ledger_files(before) if before else None
    progress.update(reading, completed=1, total=1)
    judging = progress.add_task(say("command.rules_judging"), total=None)
    with open_home().register() as register:
        season = facts_of(sheets, earlier.subjects if earlier else None, register)
    try:
        compliance = judge_season(
            season, packs, lambda done, all_: progress.update(judging, completed=done, total=all_)
        )
    except UnknownYearError as error:
        raise typer.BadParameter(str(error)) from None
    return compliance, (*sheets.notices, *(earlier.notices if earlier else ()), *compliance.notices)


def _charts(compliance: Compliance) -> dict[str, bytes]:
    """The charts, by the names of their files."""
    from govkit import charts  # noqa: PLC0415 - half a second that no other command has to wait for

    figures = {
        say("chart.by_rule"): charts.breaches_by_rule(compliance),
        say("chart.by_unit"): charts.units_by_breaches(compliance),
    }
    for kind, things in compliance.things.items():
        if things:
            figures[say("chart.matrix", kind=say(f"chart.{kind}"))] = charts.matrix_map(compliance, kind)
    return {name: charts.png(figure) for name, figure in figures.items()}


def _pack(pack_id: str) -> Pack:
    try:
        return load_pack(pack_id)
    except PackError as error:
        raise typer.BadParameter(str(error)) from None
