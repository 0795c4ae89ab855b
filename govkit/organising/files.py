"""The files of a quarter (季度资料): kept in the home as they were handed in, and read from there."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath

from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets, read_season
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole

_NOT_OURS = (".", "~$", ".~")
"""How names of files start that are hidden, or that programs put beside a workbook while they have it open."""
_Print = tuple[tuple[str, int, int], ...]


class QuarterFiles:
    """The workbooks of one quarter, in a folder of their own. What is replaced or put away is kept beside them.

    Args:
        home: the data folder.
        quarter: which quarter.
    """

    def __init__(self, home: Path, quarter: Quarter) -> None:
        self.quarter = quarter
        self.folder = home / say("organising.folder") / quarter.code
        self._read: tuple[_Print, SeasonSheets] | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, by name."""
        if not self.folder.is_dir():
            return ()
        return tuple(
            sorted(path for path in self.folder.iterdir() if path.is_file() and not path.name.startswith(_NOT_OURS))
        )

    def read(self) -> SeasonSheets | None:
        """What they say together; None where there are none. They are read again only where one has changed.

        Raises:
            ProblemsError: something is wrong with them.
        """
        paths = self.paths
        if not paths:
            return None
        stats = [(path, path.stat()) for path in paths]
        now = tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
        if self._read is None or self._read[0] != now:
            self._read = (now, read_season(paths, self.quarter.period))
        return self._read[1]

    def take_in(self, *files: tuple[str, bytes]) -> SeasonSheets:
        """Keep files, if they can be read together with those that are there; what has the same name is replaced.

        Args:
            files: names and contents; one may need what another one holds, in whatever order they are given.

        Raises:
            ProblemsError: something is wrong with them; then nothing has changed.
            StoreError: one cannot be written.
        """
        contents = {safe_stem(PurePath(name).stem) + PurePath(name).suffix.lower(): content for name, content in files}
        with tempfile.TemporaryDirectory() as folder:
            for name, content in contents.items():
                (Path(folder) / name).write_bytes(content)
            others = [path for path in self.paths if path.name not in contents]
            new = [Path(folder) / name for name in contents]
            sheets = read_season(_in_order([*others, *new]), self.quarter.period)
        with file_errors(str(self.folder)):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, content in contents.items():
                self._keep_aside(name)
                with written_whole(self.folder / name) as file:
                    file.write(content)
        return sheets

    def put_away(self, name: str) -> None:
        """Use a file no longer; it is kept."""
        with file_errors(str(self.folder)):
            self._keep_aside(name)
            (self.folder / name).unlink(missing_ok=True)

    def _keep_aside(self, name: str) -> None:
        path, earlier = self.folder / name, self.folder / say("organising.earlier")
        if not path.exists():
            return
        earlier.mkdir(exist_ok=True)
        number = 1
        while (kept := earlier / f"{path.stem}_{number}{path.suffix}").exists():
            number += 1
        shutil.copy2(path, kept)


def _in_order(paths: Sequence[Path]) -> list[Path]:
    """By name, as `read` has them."""
    return sorted(paths, key=lambda path: path.name)
