"""The command `verify`: whether filed sheets still show what their own findings come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress, TaskID
from rich.table import Table

from govkit import sheets
from govkit.collecting import Difference, check_known, differences, unmarked
from govkit.collecting.looks import Looks
from govkit.collecting.packs import pack_differences
from govkit.commands.collect import found_files
from govkit.commands.help import Command
from govkit.commands.reading import bars
from govkit.commands.rules import AtHand, rules_at_hand
from govkit.commands.show import console, print_notices
from govkit.findings import Place
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledSheet, read_filled
from govkit.sheets.output import RESULTS, SHEETS, SUMMARY
from govkit.sheets.pack import LIST, read_list

_LONGEST = 60  # characters of what stands in a cell, in the table of differences
_NAMED = 5  # sheets in a sentence
_ZIP = b"PK"

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.verify_files"))]
_Read = Mapping[Path, Sequence[FilledSheet]]
_Row = tuple[str, str, Difference]


@app.command(cls=Command, help=say("command.verify"))
def verify(files: Files) -> int:
    """Recompute filed sheets; the exit status is 1 where something was altered."""
    problems = Problems()
    packs = list(dict.fromkeys(pack for file in files for pack in _packs(file)))
    states = {pack: sheets.check_pack(pack) for pack in packs}
    faults = [fault for pack, state in states.items() for fault in _faults(pack, state)]
    paths = list(dict.fromkeys(path for file in files for path in _sheets(file, packs, problems)))
    looks = Looks()
    found: list[_Row] = []
    with bars() as progress:
        task = progress.add_task(say("command.verifying"), total=2 * len(paths))
        read = {path: _read(path, problems, progress, task) for path in paths}
        rules = rules_at_hand(packs, read)
        faults += rules.faults
        every = [sheet for own in read.values() for sheet in own]
        check_known(every, rules.rubrics, problems)
        if not problems:
            for path, own in read.items():
                found += _altered(path, own, rules, looks, problems)
                progress.advance(task)
            for pack in packs:
                found += _in_pack(pack, read, rules)
    if problems and faults:
        console().print(_table(faults, ()))  # what cannot be read may be what was altered
    problems.raise_if_any()
    if found or faults:
        console().print(_table(faults, found))
        _tell("command.altered", sheets=len(every), number=len(found) + len(faults))
        return 1
    notices = [*_unproven(rules), *_uncompared(looks)]
    print_notices(notices)
    seals = "".join(say("command.sealed", folder=pack.name, seal=state.seal) for pack, state in states.items())
    _tell("command.verified_partly" if notices else "command.verified", sheets=len(every), seals=seals)
    return 0


def _packs(file: Path) -> Iterator[Path]:
    """The pack that a folder is, or those in it."""
    if file.is_dir():
        yield from sorted(path.parent for path in file.rglob(LIST))


def _sheets(file: Path, packs: Sequence[Path], problems: Problems) -> list[Path]:
    """The scoring sheets in what was named; those of a pack stand in a folder of their own."""
    if not file.is_dir():
        return [file]
    own = {
        pack: list(found_files([pack / SHEETS] if (pack / SHEETS).is_dir() else []))
        for pack in packs
        if pack.is_relative_to(file)
    }
    loose = [path for path in found_files([file]) if not any(path.is_relative_to(pack) for pack in own)]
    for folder, inside in own.items() if own or loose else [(file, loose)]:
        if not inside:
            name = folder.resolve().name
            problems.add("F15", Place(name), folder=name)
    return [*(path for inside in own.values() for path in inside), *loose]


def _read(path: Path, problems: Problems, progress: Progress, task: TaskID) -> list[FilledSheet]:
    """The sheets of a file, which must be an .xlsx: other formats do not keep what formulas come to."""
    mark = sheets.draft_mark()
    found = [unmarked(sheet, mark) for sheet in read_filled(path, problems)]
    if found and not path.read_bytes().startswith(_ZIP):
        problems.add("F12", Place(path.name))
    progress.advance(task)
    return found


def _altered(path: Path, own: Sequence[FilledSheet], rules: AtHand, looks: Looks, problems: Problems) -> Iterator[_Row]:
    """What a file shows otherwise than it must."""
    for sheet in own:
        for one in differences(sheet, rules.rubrics[sheet.origin.rubric_sha256], problems):
            yield path.name, sheet.origin.subject.name, one
    if own and not problems:
        for sheet, one in looks.differences(path.read_bytes(), own, rules.rubrics, problems):
            yield path.name, sheet.origin.subject.name, one


def _in_pack(pack: Path, read: _Read, rules: AtHand) -> Iterator[_Row]:
    """What the files of a pack say otherwise than its sheets."""
    own = [sheet for path, found in read.items() if path.is_relative_to(pack) for sheet in found]
    results, summed = ((pack / name).read_bytes() if (pack / name).is_file() else b"" for name in (RESULTS, SUMMARY))
    for one in pack_differences(results, summed, read_list(pack), own, rules.rubrics):
        yield pack.name, "", one


def _unproven(rules: AtHand) -> Iterator[str]:
    for rubric in rules.unproven:
        yield say("command.rules_unproven", id=rubric.id, version=rubric.version, sha256=rubric.sha256)


def _uncompared(looks: Looks) -> Iterator[str]:
    names = [sheet.sheet.workbook for sheet in looks.uncompared]
    if names:
        yield say("command.looks_uncompared", number=len(names), names="、".join(names[:_NAMED]))


def _faults(pack: Path, state: sheets.PackState) -> Iterator[tuple[str, ...]]:
    for kind, names in (("missing", state.missing), ("changed", state.changed), ("extra", state.extra)):
        for name in names:
            yield (f"{pack.name}/{name}", "", say(f"verify.{kind}"), "", "", "")


def _table(faults: Iterable[tuple[str, ...]], found: Iterable[_Row]) -> Table:
    table = Table(show_lines=True)
    for heading in ("sheet", "object", "kind", "where", "shown", "expected"):
        table.add_column(say(f"verify.{heading}"), overflow="fold")
    for fault in faults:
        table.add_row(*map(escape, fault))
    for file, name, one in found:
        where = say("verify.place", where=one.where, column=one.column).strip()
        texts = (_shortened(one.shown), _shortened(one.expected))
        table.add_row(*map(escape, (file, name, say(f"verify.{one.kind}"), where, *texts)))
    return table


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _tell(key: str, **values: object) -> None:
    console().print(say(key, **values), markup=False, soft_wrap=True)
