"""The sheets of a class that came back: kept as they were handed in, for each task in a folder of its own."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from govkit.collecting import check_known
from govkit.file_names import safe_stem
from govkit.findings import Place
from govkit.messages import say
from govkit.organising.files import KeptFiles, Taken
from govkit.organising.lesson import belongs, result_of, sheets_in, who_filled
from govkit.problems import Problems, ProblemsError
from govkit.reading import FilledSheet, workbooks_in
from govkit.rubric import Rubric
from govkit.training import Task

FilledSheets = tuple[FilledSheet, ...]
Rules = Callable[[Sequence[FilledSheet]], Mapping[str, Rubric]]
"""Gives the rules at hand that some sheets follow, by their hash."""


class LessonFiles(KeptFiles[FilledSheets]):
    """The sheets that came back. Of the same name, those of different people are both kept.

    Args:
        home: the data folder.
        task: what was handed out; None for sheets of inspectors who checked a site independently of each other.
        rules: gives the rules at hand.
    """

    accepted = ".xlsx,.xls,.zip"
    beside, instead = "train.taken_beside", "train.taken_instead"

    def __init__(self, home: Path, task: Task | None, rules: Rules) -> None:
        name = task.title if task else say("lesson.no_task")
        super().__init__(home / say("lesson.folder") / safe_stem(name))
        self._task, self._rules = task, rules

    def take_in(self, *files: tuple[str, bytes]) -> Taken[FilledSheets]:
        """Keep files; see `KeptFiles.take_in`. What somebody handed in before under another name is put away.

        Of several files, also of those in a zip, the ones that can be used are kept, even where others cannot.

        Raises:
            ProblemsError: none can be used.
        """
        faults: list[ProblemsError] = []
        usable = [file for given in files for file in _unpacked(*given, faults) if not self._note_fault(*file, faults)]
        if faults and not usable:
            raise faults[0]
        before = {path: self._people(path) for path in self.paths}
        taken = super().take_in(*usable)
        new = frozenset(who for name in taken.names for who in self._people(self.folder / name))
        gone = [path.name for path, who in before.items() if who and who <= new and path.name not in taken.names]
        for name in gone:
            self.put_away(name)
        refused = tuple(map(str, faults))
        return taken._replace(sheets=self.read() or (), replaced=(*taken.replaced, *gone), refused=refused)

    def _note_fault(self, name: str, content: bytes, faults: list[ProblemsError]) -> bool:
        """Whether something is wrong with a file by itself; that is noted."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (safe_stem(PurePath(name).stem) + PurePath(name).suffix.lower())
            path.write_bytes(content)
            try:
                self._read_all([path])
            except ProblemsError as error:
                faults.append(error)
                return True
        return False

    def _read_all(self, paths: Sequence[Path]) -> FilledSheets:
        problems = Problems()
        sheets = sheets_in(paths, problems)
        problems.raise_if_any()
        rules = self._rules(sheets)
        check_known(sheets, rules, problems)
        problems.raise_if_any()
        for sheet in sheets:
            if self._task and not belongs(sheet, self._task):
                problems.add("T03", sheet.place(), task=self._task.title)
            else:
                result_of(sheet, rules[sheet.origin.rubric_sha256], problems)
        problems.raise_if_any()
        return tuple(sheets)

    def _name_for(self, name: str, content: bytes, others: Path) -> str:
        """The name to keep a file under: its own; with a number, where somebody else's file has it."""
        found, number = name, 1
        while any(self._is_of_another(folder / found, content) for folder in (others, self.folder)):
            number += 1
            found = f"{PurePath(name).stem}_{number}{PurePath(name).suffix}"
        return found

    def _is_of_another(self, path: Path, content: bytes) -> bool:
        """Whether a file is there, and is not an earlier one of the person whose file this is."""
        if not path.exists() or path.read_bytes() == content:
            return False
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / path.name
            new.write_bytes(content)
            here, there = self._people(new), self._people(path)
        return here != there or not here

    def _people(self, path: Path) -> frozenset[str]:
        """Whose sheets a file holds; nobody, where nobody has said so, or it cannot be read."""
        try:
            sheets = sheets_in([path], Problems())
        except ProblemsError:
            return frozenset()
        return frozenset(who for sheet in sheets if (who := who_filled(sheet, self._task)) != path.stem)


def _unpacked(name: str, content: bytes, faults: list[ProblemsError]) -> Iterator[tuple[str, bytes]]:
    """The file itself, or the workbooks in it, where it is a zip; what is wrong with one is noted."""
    if PurePath(name).suffix.lower() != ".zip":
        yield name, content
        return
    problems = Problems()
    found = workbooks_in(name, content, problems)
    if not found and not len(problems):
        problems.add("S07", Place(name))
    try:
        problems.raise_if_any()
    except ProblemsError as error:
        faults.append(error)
    yield from found
