"""The year of an office: what its own checks say for 年度考核, and what it comes to with what files tell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govkit.assessing import Assessment, CheckLevel, CheckResult, YearFacts, assess, load_assessment_rule
from govkit.ledger import Subject
from govkit.messages import say
from govkit.organising.files import QuarterFiles, YearFiles, quarters_with_files
from govkit.organising.recorded import scored
from govkit.organising.settings import batches_left_out, leave_batches_out
from govkit.quarters import Quarter
from govkit.reading import YearSheets, read_spot_check, read_year, spot_checks_among
from govkit.rubric import Rubrics
from govkit.scoring import Inspection, Verdict, iter_results, reason
from govkit.season import Unit
from govkit.store import BatchInfo, Home

_RULE = "fengdu-2019"
_FAILED = {Verdict.FAIL: True, Verdict.PASS: False, Verdict.INCOMPLETE: None}


def own_results(inspection: Inspection) -> tuple[CheckResult, ...]:
    """What a check of the county's own says of each object, in the quarter of its 监测时间点."""
    quarter = Quarter.of(inspection.batch.as_of)
    return tuple(
        CheckResult(
            CheckLevel.COUNTY,
            quarter,
            result.subject.id,
            result.subject.name,
            result.subject.kind,
            result.subject.sponsor,
            _FAILED[result.score.verdict],
            result.score.vetoes,
            reason(result.score, inspection.rubric),
        )
        for result in inspection.objects
    )


def year_facts(year: int, inspections: Iterable[Inspection], sheets: YearSheets) -> YearFacts:
    """The facts of a year; a check that was given twice, as a batch and as a workbook, counts once.

    Args:
        year: the year.
        inspections: the county's own checks.
        sheets: what files tell of units, other checks and 弄虚作假.
    """
    own = dict.fromkeys(result for inspection in inspections for result in own_results(inspection))
    return YearFacts(year, sheets.units, tuple(own), sheets.outside, sheets.frauds)


class Assessed(NamedTuple):
    """年度考核 of a year.

    Attributes:
        assessment: what the year comes to.
        notices: sentences in Chinese on what should be looked at in the files that it rests on.
        sheets: what these files say, with the 单位名录 that was used.
    """

    assessment: Assessment
    notices: tuple[str, ...]
    sheets: YearSheets


def assessed(
    year: int,
    inspections: Sequence[Inspection],
    paths: Sequence[Path],
    spare: Callable[[], tuple[Mapping[str, Unit], str] | None] = lambda: None,
) -> Assessed:
    """Assess a year.

    Args:
        year: the year.
        inspections: the county's own checks.
        paths: files that may hold 单位名录, 外部抽查结果 and 弄虚作假记录.
        spare: gives another 单位名录, for where these files have none, with a sentence that tells where it is from.

    Raises:
        ProblemsError: something is wrong with the files.
    """
    sheets = read_year(paths, [result.subject for each in inspections for result in each.objects])
    notices = sheets.notices
    if sheets.units is None and (found := spare()):
        units, told = found
        sheets, notices = replace(sheets, units=units), (*notices, told)
    return Assessed(assess(year_facts(year, inspections, sheets), load_assessment_rule(_RULE)), notices, sheets)


class OfficeYear:
    """A year of an organiser: the batches that lie in it, the files of it, and what both come to.

    Args:
        home: where both are.
        year: which year.
    """

    def __init__(self, home: Home, year: int) -> None:
        self._home, self.year = home, year
        self.files = YearFiles(home.folder, year, self._subjects)
        self._quarters: dict[Quarter, QuarterFiles] = {}

    def batches(self) -> tuple[BatchInfo, ...]:
        """The batches of its four quarters, the earliest first."""
        return tuple(batch for batch in reversed(self._home.batches()) if batch.as_of.year == self.year)

    def left_out(self) -> frozenset[str]:
        """The names of the batches that somebody has chosen not to count."""
        return batches_left_out(self._home.folder, self.year)

    def leave_out(self, names: Iterable[str]) -> None:
        """Have these batches not count, and all others count."""
        leave_batches_out(self._home.folder, self.year, names)

    def assess(self, progress: Callable[[int, int], None]) -> Assessed:
        """Assess it by its batches that count, its files, and the spot checks among them.

        Where they have no 单位名录, that of its last quarter counts which has one.

        Args:
            progress: is told how many checks of how many are scored.

        Raises:
            ProblemsError: something is wrong with the files.
            StoreError: a batch cannot be read.
        """
        return assessed(self.year, self.inspections(progress), self.files.paths, self._units)

    def inspections(self, progress: Callable[[int, int], None] = lambda _, __: None) -> list[Inspection]:
        """Its checks, scored: the batches that count, then the spot checks among its files.

        Args:
            progress: is told how many checks of how many are scored.

        Raises:
            ProblemsError: something is wrong with the files.
            StoreError: a batch cannot be read.
        """
        left_out = self.left_out()
        batches = [batch for batch in self.batches() if batch.name not in left_out]
        books = spot_checks_among(self.files.paths)
        scorings = [
            *(partial(self._scored, batch) for batch in batches),
            *(partial(_inspected, path, self._home.rubrics()) for path in books),
        ]
        inspections = []
        for score in scorings:
            inspections.append(score())
            progress(len(inspections), len(scorings))
        return inspections

    def _scored(self, batch: BatchInfo) -> Inspection:
        with self._home.open(batch.key) as store:
            return scored(store).inspection

    def _subjects(self) -> Iterable[Subject]:
        for batch in self.batches():
            with self._home.open(batch.key) as store:
                yield from store.subjects

    def _units(self) -> tuple[Mapping[str, Unit], str] | None:
        for quarter in quarters_with_files(self._home.folder):
            if quarter.year == self.year:
                files = self._quarters.setdefault(quarter, QuarterFiles(self._home.folder, quarter))
                sheets = files.read()
                if sheets and sheets.units is not None:
                    return sheets.units, say("organising.spare_units", quarter=quarter.name)
        return None


def office_years(home: Home) -> list[int]:
    """The years that have batches or files, the latest first."""
    years = {batch.as_of.year for batch in home.batches()}
    years |= {quarter.year for quarter in quarters_with_files(home.folder)}
    folder = home.folder / say("organising.year_folder")
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(ValueError):
            years |= {int(path.name)} if path.is_dir() else set()
    return sorted(years, reverse=True)


def _inspected(path: Path, rubrics: Rubrics) -> Inspection:
    """The results of a spot check in a workbook."""
    check = read_spot_check(path, rubrics=rubrics)
    rubric = rubrics.load(check.batch.rubric_id)
    return Inspection(check.batch, rubric, tuple(iter_results(rubric, check)))
