"""Writing to disk: outputs appear whole or not at all.

Everything is first made in a temporary folder inside the folder of the outputs, so that moving it into place is a
rename on the same disk, even where that folder is a USB stick or a share. What stood there is moved aside first and
comes back if anything fails. A file that is open in Excel on Windows cannot be moved, and so stops the whole step.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from govkit.messages import say
from govkit.sheets.errors import OutputError

_REASONS = {
    "no_permission": {errno.EACCES, errno.EPERM},
    "in_the_way": {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY},
    "read_only": {errno.EROFS},
    "too_long": {errno.ENAMETOOLONG},
}


class Stage:
    """A new state being made, and the old state, kept until the new one is in place."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._folder = folder
        self._new, self._old, self._older = temporary / "new", temporary / "old", temporary / "older"
        self._moves: list[tuple[Path, Path]] = []
        self._made: list[Path] = []
        self._files: list[Path] = []
        self.is_safe = True  # whether the temporary folder holds nothing that is still needed

    def store(self, file: Path, content: bytes) -> Path:
        """Keep the content of a file (its path inside the folder) ready; returns where it is kept until then."""
        kept = self._new / file
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(content)
        self._files.append(file)
        return kept

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
def staging(folder: Path) -> Iterator[Stage]:
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
        stage = Stage(folder, temporary)
        yield stage
    except OSError as error:
        raise OutputError(_sentence(error, _refusing(error, folder, temporary, is_begun=stage is not None))) from error
    finally:
        if temporary and stage and stage.is_safe:
            shutil.rmtree(temporary, ignore_errors=True)
        for parent in made:
            with suppress(OSError):  # not empty: it is in use
                parent.rmdir()


def _refusing(error: OSError, folder: Path, temporary: Path | None, *, is_begun: bool) -> Path | None:
    """The folder that takes no files, where it is that: nothing could be begun there, or nothing new put into it."""
    if not is_begun:
        return folder
    target = Path(os.fsdecode(error.filename2)) if error.filename2 else None
    if not isinstance(error, PermissionError) or target is None or temporary in target.parents or target.exists():
        return None
    return target.parent


def _sentence(error: OSError, refusing: Path | None) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say("output.disk_full")
    if refusing:
        return say("output.folder", folder=refusing, error=_reason(error))
    name = Path(os.fsdecode(error.filename or "")).name
    key = "output.locked" if isinstance(error, PermissionError) else "output.unwritable"
    return say(key, name=name, error=_reason(error))


def _reason(error: OSError) -> str:
    """Why the system refused, in Chinese: its own words are in the language of the system."""
    for reason, codes in _REASONS.items():
        if error.errno in codes:
            return say(f"output.{reason}")
    return say("output.other", number=error.errno)
