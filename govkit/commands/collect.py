"""The command `collect`: filled-in sheets back into a batch, or into one spot-check workbook."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from govkit import sheets
from govkit.collecting import unmarked
from govkit.commands.collected import CONFLICTS, print_collected, write_conflicts
from govkit.commands.gathering import Workbook, into_store, into_workbook, open_workbook
from govkit.commands.help import Command
from govkit.commands.keeping import opened
from govkit.commands.reading import bars
from govkit.messages import say
from govkit.problems import Problems, ProblemsError
from govkit.reading import FilledSheet, read_filled
from govkit.sheets.output import EARLIER
from govkit.store import open_home

_SUFFIXES = {".xlsx", ".xls", ".xlsm", ".et", ".ods"}
_SUFFIX = ".xlsx"
_NAME_SHOWN = 40  # characters of a name that is too long
_BY_THE_SYSTEM = {"thumbs.db", "desktop.ini"}

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.collect_files"))]
Into = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.collect_into"))]
OutBook = Annotated[Path | None, typer.Option("--out", metavar="FILE", readable=False, help=say("command.collect_out"))]


@app.command(cls=Command, help=say("command.collect"))
def collect(files: Files, batch: Into = "", out: OutBook = None) -> int:
    """Merge filled-in sheets; the exit status is 1 where something is left to be decided, or was not written."""
    if out and batch:
        raise typer.BadParameter(say("command.collect_either"))
    book = _target(out) if out else None
    for folder in files:
        if folder.is_dir() and not any(map(_is_sheet, _inside(folder))):
            raise typer.BadParameter(say("command.collect_empty", name=folder.resolve().name))
    paths = [path for path in found_files(files) if not book or path.resolve() != book.path.resolve()]
    problems = Problems()
    if book:
        with bars() as progress:
            outcome = into_workbook(read_back(paths, problems, progress, say("command.collecting")), book, problems)
    else:
        with opened(open_home(), batch) as store, bars() as progress:
            store.settle()
            outcome = into_store(read_back(paths, problems, progress, say("command.collecting")), store, problems)
    passed_over = [path.name for folder in files for path in _inside(folder) if not _is_sheet(path)]
    print_collected(outcome, len(paths), passed_over)
    write_conflicts(outcome, book.path.parent if book else files[0].resolve().parent)
    return 1 if outcome.merged.conflicts or outcome.frozen else 0


def _target(out: Path) -> Workbook:
    """The workbook to be written to, if it can be.

    Raises:
        BadParameter: it is no .xlsx, a folder, a filled-in sheet, or has a name that no system takes.
        ProblemsError: there is one, but something is wrong with it.
    """
    path = out if out.suffix else out.with_name(f"{out.name}{_SUFFIX}")
    try:
        is_folder = out.is_dir() or path.is_dir()
        path.exists()
    except OSError:
        raise typer.BadParameter(say("command.collect_out_name", name=out.name[:_NAME_SHOWN])) from None
    if is_folder:
        raise typer.BadParameter(say("command.collect_out_folder", name=out.name))
    if path.suffix.lower() != _SUFFIX:
        raise typer.BadParameter(say("command.collect_out_suffix", name=path.name, suffix=path.suffix))
    try:
        return open_workbook(path)
    except ProblemsError:
        if read_filled(path, Problems()):
            raise typer.BadParameter(say("command.collect_out_sheet", name=path.name)) from None
        raise


def found_files(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in folders, each once; what govkit itself put there for people to read is none."""
    found: dict[Path, Path] = {}
    for file in files:
        inside = (path for path in _inside(file) if _is_sheet(path)) if file.is_dir() else [file]
        for path in inside:
            found.setdefault(path.resolve(), path)
    yield from found.values()


def _inside(folder: Path) -> Iterator[Path]:
    """All files in a folder that are a person's: no locks, nothing that systems or govkit leave there."""
    for path in sorted(folder.rglob("*")):
        is_left = path.name.startswith(("~$", ".")) or path.name.lower() in _BY_THE_SYSTEM or path.name == CONFLICTS
        if path.is_file() and not is_left and EARLIER not in path.relative_to(folder).parts:
            yield path


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES


def read_back(paths: Sequence[Path], problems: Problems, progress: Progress, doing: str) -> list[FilledSheet]:
    """All sheets in some files, without the picture that marks drafts."""
    if not paths:
        raise typer.BadParameter(say("command.collect_none"))
    mark = sheets.draft_mark()
    names = shortest_names(paths)
    tracked = progress.track(paths, task_id=progress.add_task(doing, total=len(paths)))
    return [unmarked(sheet, mark) for path in tracked for sheet in read_filled(path, problems, names[path])]


def shortest_names(paths: Sequence[Path]) -> dict[Path, str]:
    """The name of each file, with as many of its folders as tell it from the others of that name."""
    named: dict[str, list[Path]] = {}
    for path in paths:
        named.setdefault(path.name, []).append(path)
    return {path: _told_apart(path, alike) for alike in named.values() for path in alike}


def _told_apart(path: Path, alike: Sequence[Path]) -> str:
    own, others = path.resolve().parts, [other.resolve().parts for other in alike if other != path]
    lengths = (n for n in range(1, len(own) + 1) if not any(other[-n:] == own[-n:] for other in others))
    return "/".join(own[-next(lengths, 1) :])
