"""The commands `sample …`: the draw of a quarter, samples within a site, and draws that are checked."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from govkit.commands.help import Command, Group
from govkit.commands.inspectors import read_inspectors
from govkit.commands.keeping import actor
from govkit.commands.reading import bars
from govkit.commands.rubrics import named_rubric
from govkit.commands.season import Ledgers, QuarterName, Reason, day_of, quarter_of, tell
from govkit.commands.show import console, print_notices
from govkit.commands.source import SourceBatch, SourceFile, opened_source, scored
from govkit.findings import Batch, SpotCheck
from govkit.ledger import Kind
from govkit.messages import say
from govkit.organising import (
    account_results,
    drawn_check,
    gaps_of,
    new_seed,
    renamed_accounts,
    running,
    shared_out,
    unknown_units,
)
from govkit.quarters import Quarter
from govkit.reading import read_ledger_files
from govkit.reading.text import NoTextError, decode
from govkit.rubric import Rubric
from govkit.sampling import HALF, Draw, NobodyElseError, carried, draw_accounts, draw_lines, read_share
from govkit.season import Directory
from govkit.sheets.season import Minutes, Sample, read_minutes, write_sample
from govkit.store import DrawnLines, KeptDraw, open_home, open_rubrics

_NAMES_SHOWN = 5
_RUBRIC = "fengdu-2019"


class _Drawing(Group):
    """`sample LEDGER…` draws, without another word."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in where a file stands in its place."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["draw", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(cls=_Drawing, help=say("command.sample"), rich_markup_mode=None)

Seed = Annotated[str, typer.Option("--seed", metavar="TEXT", help=say("command.sample_seed"))]
Earlier = Annotated[
    list[Path] | None, typer.Option("--before", metavar="LEDGER", readable=False, help=say("command.sample_before"))
]
Share = Annotated[str, typer.Option("--share", metavar="SHARE", help=say("command.sample_share"))]
People = Annotated[
    Path | None, typer.Option("--inspectors", metavar="FILE", readable=False, help=say("command.sample_inspectors"))
]
Organiser = Annotated[str, typer.Option("--organiser", metavar="NAME", help=say("command.sample_organiser"))]
RubricName = Annotated[str, typer.Option("--rubric", metavar="ID", help=say("command.rubric_id"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY", help=say("command.sample_as_of"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=say("command.out"))]
List = Annotated[Path, typer.Argument(metavar="LIST", readable=False, help=say("command.sample_list"))]
Site = Annotated[str, typer.Option("--object", metavar="ID", help=say("command.sample_object"))]
ItemCode = Annotated[str, typer.Option("--item", metavar="CODE", help=say("command.sample_item"))]
Written = Annotated[Path, typer.Argument(metavar="MINUTES", readable=False, help=say("command.sample_minutes"))]
OfQuarter = Annotated[str, typer.Option("--quarter", metavar="QUARTER", help=say("command.sample_of_quarter"))]


@app.command(cls=Command, help=say("command.sample_draw"))
def draw(  # noqa: PLR0913, PLR0917 - each is an option that people can give
    ledgers: Ledgers,
    quarter: QuarterName,
    out: Out,
    before: Earlier = None,
    seed: Seed = "",
    share: Share = "",
    inspectors: People = None,
    organiser: Organiser = "",
    rubric: RubricName = _RUBRIC,
    as_of: AsOf = "",
    reason: Reason = "",
) -> None:
    """Draw the accounts of a quarter, share them and all sites out, and write the sheets."""
    rules = named_rubric(rubric, open_rubrics())
    of, told = quarter_of(quarter), _share(share) if share.strip() else None
    name = say("organising.batch", organiser=organiser, quarter=of.name)
    batch = Batch(name, day_of(as_of) if as_of else of.last, rules.id, organiser)
    people = read_inspectors(inspectors) if inspectors else []
    found = read_ledger_files(ledgers)
    earlier = read_ledger_files(before).subjects if before else None
    directory = Directory(None)  # a ledger has none
    print_notices([*found.notices, *unknown_units(people, found.subjects, directory)])  # they name what has gaps
    accounts = running(found.subjects, Kind.ACCOUNT)
    home = open_home()
    with home.register() as register:
        standing = register.draw(of)
        # The same once more, where nothing is said: people who lost the sheets get the same ones.
        known = standing.value.draw.seed if standing and not reason else new_seed()
        part = told or (standing.value.draw.share if standing else HALF)
        renamed = standing.value.renamed if standing else {}
        past = register.past(before=of)
        if earlier is not None:
            renamed = renamed_accounts(earlier, found.subjects, past)
        past = carried(past, renamed)
        drawn = draw_accounts(accounts, past, of, seed.strip() or known, part)
        check = drawn_check(found.subjects, drawn, batch)
        if gaps := gaps_of(check):
            raise typer.BadParameter(gaps)
        try:
            shares = shared_out(check.subjects, people, drawn.seed, directory) if people else {}
        except NobodyElseError as error:
            raise typer.BadParameter(str(error)) from None
        who = actor(home)
        now = datetime.now().astimezone().replace(tzinfo=None)
        sample = Sample(drawn, accounts, past, check, people, shares, who, now, reason)
        kept = KeptDraw(drawn, shares, reason, renamed)
        written = write_sample(sample, out, lambda: register.keep_draw(who, kept), rules)
    if renamed:
        print_notices([say("organising.renamed", number=len(renamed))])
    _print_draw(drawn, check)
    tell("command.sample_written", folder=out.resolve(), names="、".join(written), file=out / "抽查工作簿.xlsx")


@app.command(cls=Command, help=say("command.sample_lines"))
def lines(
    file: List,
    object_id: Site,
    item: ItemCode,
    quarter: QuarterName,
    seed: Seed = "",
    rubric: RubricName = _RUBRIC,
    reason: Reason = "",
) -> None:
    """Draw the sample of a site that an item asks for, from a list of titles or addresses."""
    of, number = quarter_of(quarter), _number(named_rubric(rubric, open_rubrics()), item)
    pasted = _lines(file)
    home = open_home()
    with home.register() as register:
        standing = register.lines(of).get((object_id, item))
        known = standing.value.seed if standing and not reason else new_seed()
        chosen = seed.strip() or known
        taken = draw_lines(pasted, number, object_id, item, seed=chosen)
        kept = DrawnLines(object_id, item, number, tuple(pasted), tuple(taken), chosen, reason)
        register.keep_lines(actor(home), of, kept)
    tell("command.sample_lines_done", number=len(taken), of=len(pasted), item=item, seed=chosen)
    for place, line in enumerate(taken, 1):
        console().print(f"{place}. {line}", markup=False, soft_wrap=True)


@app.command(cls=Command, help=say("command.sample_results"))
def results(file: SourceFile = None, batch: SourceBatch = "", quarter: OfQuarter = "") -> None:
    """Take into the register which accounts failed in a spot check, and which passed."""
    with bars() as progress, opened_source(file, batch, progress) as source:
        accounts = scored(source, progress).of_kind(Kind.ACCOUNT)
        as_of = source.check.batch.as_of
        notices = source.notices
    of, found = quarter_of(quarter) if quarter else Quarter.of(as_of), account_results(accounts)
    finished = len(found.failed) + len(found.passed)
    if accounts and not finished:
        raise typer.BadParameter(say("command.sample_nothing_finished", number=len(accounts)))
    home = open_home()
    with home.register() as register:
        register.keep_results(actor(home), of, found.failed, found.passed)
    print_notices(notices)
    if incomplete := len(accounts) - finished:
        print_notices([say("command.sample_incomplete", number=incomplete)])
    values = {"number": len(accounts), "finished": finished, "failed": len(found.failed)}
    tell("command.sample_results_done", quarter=of.name, **values)


@app.command(cls=Command, help=say("command.sample_verify"))
def verify(minutes: Written, ledgers: Ledgers) -> int:
    """Draw once more what minutes tell of, and say whether it is the same; the exit status is 1 where it is not."""
    try:
        told = read_minutes(minutes)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    found = read_ledger_files(ledgers)
    accounts = running(found.subjects, Kind.ACCOUNT)
    past = {name: last for name, last in told.past.items() if last}
    again = draw_accounts(accounts, past, told.quarter, told.seed, told.share)
    listed = {account.id for account in accounts}
    drawn = {one.subject.id: one.lot for one in again.drawn}
    differences = {
        "not_listed": told.past.keys() - listed,
        "not_told": listed - told.past.keys(),
        "not_drawn": told.drawn.keys() - drawn.keys(),
        "left_out": drawn.keys() - told.drawn.keys(),
        "other_lot": {name for name in drawn.keys() & told.drawn.keys() if drawn[name] != told.drawn[name]},
    }
    wrong = {key: names for key, names in differences.items() if names}
    print_notices([*found.notices, *_of_register(told)])
    for key, names in wrong.items():
        shown = "、".join(sorted(names)[:_NAMES_SHOWN])
        tell(f"drawn_again.{key}", number=len(names), names=shown)
    if wrong:
        tell("command.sample_differs", quarter=told.quarter.name)
        return 1
    tell("command.sample_same", quarter=told.quarter.name, population=len(accounts), number=len(drawn), seed=told.seed)
    return 0


def _of_register(told: Minutes) -> list[str]:
    """Where the register knows of this draw and of earlier ones, the minutes must say the same of them."""
    with open_home().register() as register:
        past, standing = register.past(before=told.quarter), register.draw(told.quarter)
    past = carried(past, standing.value.renamed) if standing else past
    others = [name for name, last in told.past.items() if past and past.get(name) != last]
    names = "、".join(others[:_NAMES_SHOWN])
    notices = [say("drawn_again.past", number=len(others), names=names)] if others else []
    if standing and standing.value.draw.seed == told.seed and standing.value.draw.share != told.share:
        notices.append(say("drawn_again.share", share=told.share, kept=standing.value.draw.share))
    return notices


def _share(text: str) -> Fraction:
    try:
        return read_share(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _number(rubric: Rubric, code: str) -> int:
    """How many the text of an item says are drawn."""
    item = rubric.items.get(code)
    if item is None or item.sample is None:
        codes = "、".join(item.code for item in rubric.items.values() if item.sample is not None)
        raise typer.BadParameter(say("command.sample_no_item", code=code, codes=codes))
    return item.sample


def _lines(file: Path) -> list[str]:
    try:
        found = [stripped for line in decode(file.read_bytes()).splitlines() if (stripped := line.strip())]
    except (OSError, NoTextError):
        raise typer.BadParameter(say("command.sample_no_list", name=file.name)) from None
    if not found:
        raise typer.BadParameter(say("command.sample_empty_list", name=file.name))
    return found


def _print_draw(drawn: Draw, check: SpotCheck) -> None:
    sites = sum(subject.kind == Kind.SITE for subject in check.subjects)
    console().print(
        say(
            "command.sample_drawn",
            quarter=Quarter(*drawn.quarter).name,
            sites=sites,
            population=drawn.population,
            least=drawn.least,
            number=len(drawn.drawn),
            seed=escape(drawn.seed),
        ),
        soft_wrap=True,
    )
