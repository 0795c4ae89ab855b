"""Writing to disk: outputs appear whole or not at all.

Everything is first made in a temporary folder inside the folder of the outputs, so that moving it into place is a
rename on the same disk, even where that folder is a USB stick or a share. What stood there is moved aside first and
comes back if anything fails. A file that is open in Excel on Windows cannot be moved, and so stops the whole step.
"""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from govkit.file_names import safe_stem, sheet_names
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.errors import OutputError
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheet import scoring_sheet
from govkit.sheets.summary import summary

RESULTS, SUMMARY, SHEETS, EARLIER = "results.json", "汇总表.xlsx", "评分表", "以前的结果"

_REASONS = {
    "no_permission": {errno.EACCES, errno.EPERM},
    "in_the_way": {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY},
    "read_only": {errno.EROFS},
    "too_long": {errno.ENAMETOOLONG},
}

Progress = Callable[[int, int], None]
"""Is told how many sheets are done, and of how many."""


def write_scoring_sheet(inspection: Inspection, result: ObjectResult, path: Path) -> None:
    """Write 评分表 (a site) or 检查表 (an account) of one object to `path`.

    Raises:
        OutputError: the template cannot be used, or the file cannot be written; then nothing has changed.
    """
    _write_one(path, scoring_sheet(inspection, result))


def write_summary(inspection: Inspection, path: Path) -> None:
    """Write 汇总表 to `path`.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    _write_one(path, summary(inspection))


def write_results(inspection: Inspection, path: Path) -> None:
    """Write `results.json` to `path`.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    _write_one(path, results_json(inspection))


def write_all(inspection: Inspection, out_dir: Path, progress: Progress | None = None) -> Path | None:
    """Write results.json, 汇总表.xlsx and 评分表/ with a workbook for each object into a folder.

    They take the place of those of an earlier run, also of the sheets of objects that are not in the batch any more.
    Which those are follows from the results.json beside them: it lists the objects of the run that wrote them. What
    stood there is kept in 以前的结果/, the last state of each batch, as somebody may have written on it by hand. Every
    other file stays as it is.

    Args:
        inspection: what to write.
        out_dir: the folder; it is made where it does not exist.
        progress: is called after each sheet.

    Returns:
        Where what stood there is kept; None where nothing did.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    earlier = _earlier_run(out_dir)
    names = sheet_names((result.subject.id, result.subject.name) for result in inspection.objects)
    with _staging(out_dir) as stage:
        stage.store(Path(RESULTS), results_json(inspection))
        stage.store(Path(SUMMARY), summary(inspection))
        for done, (name, result) in enumerate(zip(names, inspection.objects, strict=True), 1):
            stage.store(Path(SHEETS) / name, scoring_sheet(inspection, result))
            if progress:
                progress(done, len(names))
        return stage.put_in_place(earlier.sheets, Path(EARLIER) / earlier.name)


def _write_one(path: Path, content: bytes) -> None:
    with _staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


class _EarlierRun(NamedTuple):
    """What the results.json of an earlier run tells: a name for its batch, and the sheets it wrote."""

    name: str
    sheets: list[Path]


def _earlier_run(folder: Path) -> _EarlierRun:
    """The run whose results.json stands in the folder; unknown, and without sheets, where none can be read."""
    try:
        document = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        batch, subjects = document["batch"], document["subjects"]
        names = sheet_names((str(subject["id"]), str(subject["name"])) for subject in subjects)
        kept = say("output.earlier", name=batch["name"], as_of=batch["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return _EarlierRun(say("output.earlier_unknown"), [])
    return _EarlierRun(safe_stem(kept), [Path(SHEETS) / name for name in names])


class _Stage:
    """A new state being made, and the old state, kept until the new one is in place."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._folder = folder
        self._new, self._old, self._older = temporary / "new", temporary / "old", temporary / "older"
        self._moves: list[tuple[Path, Path]] = []
        self._made: list[Path] = []
        self._files: list[Path] = []
        self.is_safe = True  # whether the temporary folder holds nothing that is still needed

    def store(self, file: Path, content: bytes) -> None:
        """Keep the content of a file (its path inside the folder) ready."""
        (self._new / file).parent.mkdir(parents=True, exist_ok=True)
        (self._new / file).write_bytes(content)
        self._files.append(file)

    def put_in_place(self, stale: Iterable[Path] = (), keep_in: Path | None = None) -> Path | None:
        """Exchange the old files for the new ones and take the stale ones away; or leave everything as it was.

        Args:
            stale: files to take away besides those that are replaced.
            keep_in: a folder that then holds the old files, in place of what it held; None throws them away.

        Returns:
            That folder; None where there were no old files to keep.
        """
        try:
            for file in dict.fromkeys([*self._files, *stale]):
                self._set_aside(file)
            for file in self._files:
                self._move(self._new / file, self._folder / file)
            if keep_in and self._old.exists():
                if (self._folder / keep_in).exists():
                    self._move(self._folder / keep_in, self._older)
                self._move(self._old, self._folder / keep_in)
                return self._folder / keep_in
        except BaseException:
            self._undo()
            raise
        return None

    def _set_aside(self, file: Path) -> None:
        if (self._folder / file).is_dir():  # a folder of that name is not ours
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if (self._folder / file).exists():
            self._move(self._folder / file, self._old / file)

    def _move(self, source: Path, target: Path) -> None:
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
            self._made.append(target.parent)
        source.replace(target)
        self._moves.append((source, target))

    def _undo(self) -> None:
        try:
            for source, target in reversed(self._moves):
                target.replace(source)
            for made in reversed(self._made):
                made.rmdir()
        except OSError as error:
            self.is_safe = False
            raise OutputError(say("output.not_restored", folder=self._old)) from error


@contextmanager
def _staging(folder: Path) -> Iterator[_Stage]:
    """A stage inside the folder, which is made where needed; nothing of this is left behind."""
    folder = folder.absolute()
    stage, temporary = None, None
    made: list[Path] = []
    try:
        made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        # Made by hand: what Python's own temporary folders allow on Windows is the owner only, also after a move.
        temporary = folder / f".govkit-{uuid4().hex}"
        temporary.mkdir()
        stage = _Stage(folder, temporary)
        yield stage
    except OSError as error:
        raise OutputError(_sentence(error, folder)) from error
    finally:
        if temporary and stage and stage.is_safe:
            shutil.rmtree(temporary, ignore_errors=True)
        for parent in made:
            with suppress(OSError):  # not empty: it is in use
                parent.rmdir()


def _sentence(error: OSError, folder: Path) -> str:
    name = Path(os.fsdecode(error.filename)).name if error.filename else folder.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say("output.disk_full")
    key = "output.locked" if isinstance(error, PermissionError) and name != folder.name else "output.unwritable"
    return say(key, name=name, error=_reason(error))


def _reason(error: OSError) -> str:
    """Why the system refused, in Chinese: its own words are in the language of the system."""
    for reason, codes in _REASONS.items():
        if error.errno in codes:
            return say(f"output.{reason}")
    return say("output.other", number=error.errno)
