"""Writing to disk: outputs appear whole or not at all.

Everything is first made in a temporary folder inside the folder of the outputs, so that moving it into place is a
rename on the same disk, even where that folder is a USB stick or a share. What stood there is moved aside first and
comes back if anything fails. A file that is open in Excel on Windows cannot be moved, and so stops the whole step.
"""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.errors import OutputError
from govkit.sheets.file_names import sheet_names
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheet import scoring_sheet
from govkit.sheets.summary import summary

RESULTS, SUMMARY, SHEETS = "results.json", "汇总表.xlsx", "评分表"

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


def write_all(inspection: Inspection, out_dir: Path, progress: Progress | None = None) -> None:
    """Write results.json, 汇总表.xlsx and 评分表/ with a workbook for each object into a folder.

    They replace those of an earlier run, also the sheets of objects that are not in the batch any more. Which those
    are follows from the results.json beside them: it lists the objects of the run that wrote them. Every other file
    stays as it is.

    Args:
        inspection: what to write.
        out_dir: the folder; it is made where it does not exist.
        progress: is called after each sheet.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    earlier = [Path(SHEETS) / name for name in _names_of_earlier_run(out_dir)]
    names = sheet_names((result.subject.id, result.subject.name) for result in inspection.objects)
    with _staging(out_dir) as stage:
        stage.store(Path(RESULTS), results_json(inspection))
        stage.store(Path(SUMMARY), summary(inspection))
        for done, (name, result) in enumerate(zip(names, inspection.objects, strict=True), 1):
            stage.store(Path(SHEETS) / name, scoring_sheet(inspection, result))
            if progress:
                progress(done, len(names))
        stage.put_in_place(stale=earlier)


def _write_one(path: Path, content: bytes) -> None:
    with _staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _names_of_earlier_run(folder: Path) -> list[str]:
    """The sheets that the run wrote whose results.json stands in the folder; none where there is no such file."""
    try:
        subjects = json.loads((folder / RESULTS).read_text(encoding="utf-8"))["subjects"]
        return sheet_names((str(subject["id"]), str(subject["name"])) for subject in subjects)
    except (OSError, ValueError, KeyError, TypeError):
        return []


class _Stage:
    """A new state being made, and the old state, kept until the new one is in place."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._folder = folder
        self._new, self._old = temporary / "new", temporary / "old"
        self._moves: list[tuple[Path, Path]] = []
        self._made: list[Path] = []
        self._files: list[Path] = []
        self.is_safe = True  # whether the temporary folder holds nothing that is still needed

    def store(self, file: Path, content: bytes) -> None:
        """Keep the content of a file (its path inside the folder) ready."""
        (self._new / file).parent.mkdir(parents=True, exist_ok=True)
        (self._new / file).write_bytes(content)
        self._files.append(file)

    def put_in_place(self, stale: Iterable[Path] = ()) -> None:
        """Exchange the old files for the new ones and take the stale ones away; or leave everything as it was."""
        try:
            for file in dict.fromkeys([*self._files, *stale]):
                self._set_aside(file)
            for file in self._files:
                self._move(self._new / file, self._folder / file)
        except BaseException:
            self._undo()
            raise

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
    made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    stage, temporary = None, None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".govkit-", dir=folder))
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
    return say(key, name=name, error=error.strerror or error)
