"""The command `verify`: whether filed sheets still show what their own findings come to."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit import sheets
from govkit.collecting import Difference, check_known, differences
from govkit.commands.collect import found_files, read_back
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.show import console
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledSheet
from govkit.rubric import Rubric, load_rubric, rubric_ids
from govkit.sheets.output import SHEETS
from govkit.sheets.pack import LIST, RUBRIC
from govkit.store import Home, StoreError, open_home

_LONGEST = 60  # characters of what stands in a cell, in the table of differences

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.verify_files"))]


@app.command(cls=Command, help=say("command.verify"))
def verify(files: Files) -> int:
    """Recompute filed sheets; the exit status is 1 where something was altered."""
    problems = Problems()
    packs = [file for file in files if (file / LIST).is_file()]
    states = {pack: sheets.check_pack(pack) for pack in packs}
    faults = [fault for pack, state in states.items() for fault in _faults(pack, state)]
    paths = list(found_files(pack / SHEETS if pack in states else pack for pack in files))
    found: list[tuple[FilledSheet, Difference]] = []
    with bars() as progress:
        read = read_back(paths, problems, progress, say("command.verifying"))
        rubrics = {rubric.sha256: rubric for rubric in _rubrics(packs, paths, read)}
        check_known(read, rubrics, problems)
        if not problems:
            for sheet in read:
                found += [(sheet, one) for one in differences(sheet, rubrics[sheet.origin.rubric_sha256], problems)]
    if problems and faults:
        console().print(_table(faults, ()))  # what cannot be read may be what was altered
    problems.raise_if_any()
    if found or faults:
        console().print(_table(faults, found))
        _tell("command.altered", sheets=len(read), number=len(found) + len(faults))
        return 1
    seals = "".join(say("command.sealed", folder=pack.name, seal=state.seal) for pack, state in states.items())
    _tell("command.verified", sheets=len(read), seals=seals)
    return 0


def _rubrics(packs: Iterable[Path], paths: Iterable[Path], read: Iterable[FilledSheet]) -> Iterator[Rubric]:
    """The rules at hand: those that came with the sheets, those of govkit, and those pinned in batches."""
    wanted = {sheet.origin.rubric_sha256 for sheet in read}
    folders = dict.fromkeys([*packs, *(folder for path in paths for folder in path.resolve().parents[:2])])
    for folder in folders:
        if (rubric := _packed(folder)) is not None:
            wanted.discard(rubric.sha256)
            yield rubric
    for rubric in map(load_rubric, rubric_ids()):
        wanted.discard(rubric.sha256)
        yield rubric
    if wanted:
        yield from _pinned(open_home())


def _packed(folder: Path) -> Rubric | None:
    """The rules in a pack; None where there are none that can be read."""
    try:
        return Rubric.model_validate_json((folder / RUBRIC).read_bytes())
    except (OSError, ValueError):
        return None


def _pinned(home: Home) -> Iterator[Rubric]:
    for info in home.batches():
        try:
            with home.open(info.key) as store:
                yield store.rubric
        except StoreError:
            continue  # a batch that cannot be opened has no rules to offer


def _faults(pack: Path, state: sheets.PackState) -> Iterator[tuple[str, ...]]:
    for kind, names in (("missing", state.missing), ("changed", state.changed), ("extra", state.extra)):
        for name in names:
            yield (f"{pack.name}/{name}", "", say(f"verify.{kind}"), "", "", "")


def _table(faults: Iterable[tuple[str, ...]], found: Iterable[tuple[FilledSheet, Difference]]) -> Table:
    table = Table(show_lines=True)
    for heading in ("sheet", "object", "kind", "where", "shown", "expected"):
        table.add_column(say(f"verify.{heading}"), overflow="fold")
    for fault in faults:
        table.add_row(*map(escape, fault))
    for sheet, one in found:
        where = say("verify.place", where=one.where, column=one.column).strip()
        texts = (_shortened(one.shown), _shortened(one.expected))
        cells = (sheet.sheet.workbook, sheet.origin.subject.name, say(f"verify.{one.kind}"), where, *texts)
        table.add_row(*map(escape, cells))
    return table


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _tell(key: str, **values: object) -> None:
    console().print(say(key, **values), markup=False, soft_wrap=True)
