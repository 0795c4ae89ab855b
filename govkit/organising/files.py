"""The files of a quarter (季度资料) and of a year (年度资料): kept in the home as handed in, and read from there."""

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Generic, NamedTuple, TypeVar

from govkit.file_names import safe_stem
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import ProblemsError
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets, YearSheets, read_ledger_files, read_season, read_year
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole

_NOT_OURS = (".", "~$", ".~")
"""How names of files start that are hidden, or that programs put beside a workbook while they have it open."""
_Print = tuple[tuple[str, int, int], ...]


S = TypeVar("S")


class Taken(NamedTuple, Generic[S]):
    """What became of files that were taken in.

    Attributes:
        sheets: what all files of the folder say together.
        names: what they are called now.
        beside: those of them that got another name, as there are other units' files of theirs.
        replaced: those that took the place of another one.
        refused: what is wrong with files that were left out, as sentences.
    """

    sheets: S
    names: tuple[str, ...]
    beside: tuple[str, ...]
    replaced: tuple[str, ...]
    refused: tuple[str, ...] = ()


class KeptFiles(ABC, Generic[S]):
    """Workbooks in a folder of their own. What is replaced or put away is kept beside them.

    Args:
        folder: where; it is made for the first file.

    Attributes:
        accepted: how names of files end that can be taken in.
        beside, instead: what is told of files that got another name, and of those that took the place of others.
    """

    accepted = ".xlsx,.xls,.zip,.csv"
    beside, instead = "plan.taken_beside", "plan.taken_instead"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: tuple[_Print, S] | None = None

    @abstractmethod
    def _read_all(self, paths: Sequence[Path]) -> S:
        """What files say together.

        Raises:
            ProblemsError: something is wrong with them.
        """

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, by name."""
        if not self.folder.is_dir():
            return ()
        return tuple(
            sorted(path for path in self.folder.iterdir() if path.is_file() and not path.name.startswith(_NOT_OURS))
        )

    def read(self) -> S | None:
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
            self._read = (now, self._read_all(paths))
        return self._read[1]

    def take_in(self, *files: tuple[str, bytes]) -> Taken[S]:
        """Keep files, if they can be read together with those that are there.

        What has the same name is replaced, unless both are to be kept (see `_name_for`).

        Args:
            files: names and contents; one may need what another one holds, in whatever order they are given.

        Raises:
            ProblemsError: something is wrong with them; then nothing has changed.
            StoreError: one cannot be written.
        """
        contents: dict[str, bytes] = {}
        beside = []
        with tempfile.TemporaryDirectory() as folder:
            for given, content in files:
                own = safe_stem(PurePath(given).stem) + PurePath(given).suffix.lower()
                name = self._name_for(own, content, Path(folder))
                beside += [name] if name != own else []
                (Path(folder) / name).write_bytes(content)
                contents[name] = content
            replaced = [name for name in contents if self._differs(name, contents[name])]
            others = [path for path in self.paths if path.name not in contents]
            new = [Path(folder) / name for name in contents]
            sheets = self._read_all(_in_order([*others, *new]))
        with file_errors(str(self.folder)):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, content in contents.items():
                self._keep_aside(name)
                with written_whole(self.folder / name) as file:
                    file.write(content)
        return Taken(sheets, tuple(contents), tuple(beside), tuple(replaced))

    def put_away(self, name: str) -> None:
        """Use a file no longer; it is kept."""
        with file_errors(str(self.folder)):
            self._keep_aside(name)
            (self.folder / name).unlink(missing_ok=True)

    def _name_for(self, name: str, content: bytes, others: Path) -> str:  # noqa: ARG002 - others look at what is there
        """The name to keep a file under: its own.

        Args:
            name: its own.
            content: the file.
            others: the folder of those that came with it.
        """
        return name

    def _differs(self, name: str, content: bytes) -> bool:
        path = self.folder / name
        return path.exists() and path.read_bytes() != content

    def _keep_aside(self, name: str) -> None:
        keep_aside(self.folder / name)


def keep_aside(path: Path) -> None:
    """Keep a copy of a file, if there is one, in a folder beside it, under a number of its own."""
    earlier = path.parent / say("organising.earlier")
    if not path.exists():
        return
    earlier.mkdir(exist_ok=True)
    number = 1
    while (kept := earlier / f"{path.stem}_{number}{path.suffix}").exists():
        number += 1
    shutil.copy2(path, kept)


class QuarterFiles(KeptFiles[SeasonSheets]):
    """The workbooks of one quarter. Of the same name, ledgers without a common object are both kept.

    Args:
        home: the data folder.
        quarter: which quarter.
    """

    def __init__(self, home: Path, quarter: Quarter) -> None:
        super().__init__(home / say("organising.folder") / quarter.code)
        self.quarter = quarter

    def _read_all(self, paths: Sequence[Path]) -> SeasonSheets:
        return read_season(paths, self.quarter.period)

    def _name_for(self, name: str, content: bytes, others: Path) -> str:
        """The name to keep a file under: its own; with a number, where other units' files have it."""
        found, number = name, 1
        while any(_lists_others(folder / found, content) for folder in (others, self.folder)):
            number += 1
            found = f"{PurePath(name).stem}_{number}{PurePath(name).suffix}"
        return found


class YearFiles(KeptFiles[YearSheets]):
    """The workbooks of one year: what 年度考核 looks at beside the office's own checks.

    Args:
        home: the data folder.
        year: which year.
        subjects: gives the objects that are known.
    """

    def __init__(self, home: Path, year: int, subjects: Callable[[], Iterable[Subject]]) -> None:
        super().__init__(home / say("organising.year_folder") / str(year))
        self._subjects = subjects

    def _read_all(self, paths: Sequence[Path]) -> YearSheets:
        return read_year(paths, self._subjects())


def quarters_with_files(home: Path) -> list[Quarter]:
    """The quarters that have files, the latest first; other programs may have put folders of theirs beside them."""
    folder = home / say("organising.folder")
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(ValueError):
            quarter = Quarter.read(path.name)
            found += [quarter] if path.is_dir() and QuarterFiles(home, quarter).paths else []
    return sorted(set(found), reverse=True)


def _lists_others(path: Path, content: bytes) -> bool:
    """Whether a file is there, and is a ledger without an object of the one with this content."""
    if not path.exists() or path.read_bytes() == content:
        return False
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / path.name
        new.write_bytes(content)
        here, there = _objects(new), _objects(path)
    return bool(here and there) and here.isdisjoint(there)


def _objects(path: Path) -> frozenset[str]:
    """The identifiers of the objects that a file lists; none where it is no ledger, or not one that can be used."""
    try:
        return frozenset(subject.id for subject in read_ledger_files([path]).subjects)
    except ProblemsError:
        return frozenset()


def _in_order(paths: Sequence[Path]) -> list[Path]:
    """By name, as `read` has them."""
    return sorted(paths, key=lambda path: path.name)
