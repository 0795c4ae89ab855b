"""A year of an office, from its files: four inspections, answers, rechecks, appeals, corrections, 年度考核, reports.

What an office does by commands and pages is done here in the order of the days, in a data folder of its own.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from govkit.assessing import Assessment
from govkit.documents import Bulletin
from govkit.findings import Filing, Stage
from govkit.issues import Case
from govkit.messages import say
from govkit.organising.following import collect_answers, correct, record_follow_up
from govkit.organising.papers import Papers, write_papers
from govkit.organising.recorded import scored
from govkit.organising.reports import write_reports, year_told
from govkit.organising.yearly import assessed
from govkit.quarters import Quarter
from govkit.reading import read_spot_check
from govkit.reporting import report_kinds
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, Verdict
from govkit.sheets import write_all
from govkit.sheets.season import write_assessment, write_follow_up
from govkit.store import Home, Register, Store, open_home
from govkit.tally import tally, trend

Progress = Callable[[str], None]
"""Is told what is done next, in words."""


class SampleYear(NamedTuple):
    """What the year came to.

    Attributes:
        inspections: the four quarters, as they stand after all corrections.
        before: those that were corrected, as they stood before, by quarter.
        cases: the problems.
        as_of: the day on which the problems are looked at.
        assessment: 年度考核.
    """

    inspections: tuple[Inspection, ...]
    before: Mapping[Quarter, Inspection]
    cases: tuple[Case, ...]
    as_of: date
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of the year, in the folder of the sample data, and the days on which things were done."""

    folder: Path
    plan: Mapping[str, Any]

    @property
    def quarters(self) -> Iterator[tuple[Quarter, Path, date, int]]:
        """Each quarter with its workbook, the day of its notice, and the term in working days."""
        for notice in self.plan["notices"]:
            quarter = Quarter.read(notice["quarter"])
            name = f"{say('sample_year.county')}{quarter.name}.xlsx"
            places = (self.folder / say("sample_year.folder") / name, self.folder / name)
            yield quarter, next(place for place in places if place.exists()), notice["day"], notice["days"]

    @property
    def sheets(self) -> Iterator[tuple[date, str, Path]]:
        """What came in or was noted, by day: 整改台账 of units (sheets), and notes of the office (notes)."""
        folder = self.folder / say("sample_year.folder")
        told = [(each["received"], "sheets", folder / "整改台账" / each["file"]) for each in self.plan["sheets"]]
        files = dict.fromkeys(each["file"] for key in ("rechecks", "decisions") for each in self.plan[key])
        told += [(_day_in(name), "notes", folder / name) for name in files]
        return iter(sorted(told))


def run_sample_year(folder: Path, out: Path, progress: Progress) -> SampleYear:
    """Go through the year, and write all its documents into a folder.

    Args:
        folder: that of the sample data.
        out: a new folder; its data folder is in it.
        progress: is told what is done next.

    Raises:
        OutputError, StoreError: something cannot be written.
    """
    plan = tomllib.loads((folder / "year" / "follow_up.toml").read_text(encoding="utf-8"))
    home = open_home({"GOVKIT_HOME": str(out / say("sample_year.home"))})
    with home.register() as register:
        year = _Year(home, register, _Files(folder, plan), out, progress)
        for quarter, file, day, days in year.files.quarters:
            year.inspect(quarter, file, day, days)
        before = year.follow_up()
        return year.close(before)


class _Year:
    """The year while it goes by."""

    def __init__(self, home: Home, register: Register, files: _Files, out: Path, progress: Progress) -> None:
        self._home, self._register, self.files, self._out, self._tell = home, register, files, out, progress
        self._people = {who: say(f"sample_year.{who}") for who in ("organiser", "reviewer", "unit")}
        self._keys: dict[Quarter, str] = {}

    def inspect(self, quarter: Quarter, file: Path, day: date, days: int) -> None:
        """Take a quarter's workbook in, have it reviewed, and write what it ends in."""
        self._tell(say("sample_year.inspect", quarter=quarter.name))
        check = read_spot_check(file)
        with self._home.create(check, load_rubric(check.batch.rubric_id), self._people["organiser"]) as store:
            self._keys[quarter] = store.info.key
            self._review(store, check.batch.as_of)
        done = {each: self._inspection(each) for each in self._keys}
        points = trend([(each, tally(inspection)) for each, inspection in done.items()])
        told = Bulletin(done[quarter], {}, done.get(quarter.before), say("sample_year.to"), day, days, points)
        pictures = self._read(quarter)[1]
        write_papers(
            self._register, self._people["organiser"], Papers(told, pictures=pictures), self._out / quarter.name
        )

    def follow_up(self) -> dict[Quarter, Inspection]:
        """Take in what units answered and what was noted, day by day, and correct what appeals ask for.

        Returns:
            The inspections that were corrected, as they stood before.
        """
        self._tell(say("sample_year.follow_up"))
        before: dict[Quarter, Inspection] = {}
        for day, kind, file in self.files.sheets:
            if kind == "sheets":
                collect_answers(self._register, self._people["unit"], [file], day)
            else:
                record_follow_up(self._register, self._people["organiser"], [file], day)
            for case in self._register.rectifications():
                if case.uncorrected:
                    quarter = self._quarter_of(case)
                    before.setdefault(quarter, self._inspection(quarter))
                    correct(self._home, self._register, self._people["organiser"], case, datetime.combine(day, time(9)))
        for quarter in before:
            with self._home.open(self._keys[quarter]) as store:
                self._review(store, max(day for day, _, _ in self.files.sheets))
            folder = self._out / say("sample_year.corrected", quarter=quarter.name)
            write_all(self._inspection(quarter), folder)
        return before

    def close(self, before: Mapping[Quarter, Inspection]) -> SampleYear:
        """Write how all problems stand, and assess the units."""
        self._tell(say("sample_year.assess"))
        as_of: date = self.files.plan["states"]["as_of"]
        cases = self._register.rectifications()
        write_follow_up(cases, as_of, self._out / "整改总台账.xlsx")
        inspections = tuple(map(self._inspection, self._keys))
        last = max(self._keys)
        directory = self.files.folder / "季度" / f"{last.code}.xlsx"
        material = self.files.folder / say("sample_year.folder") / "考核资料.xlsx"
        assessment = assessed(last.year, inspections, [directory, material]).assessment
        write_assessment(assessment, self._out / "年度考核表.xlsx")
        self._report(last.year, as_of, inspections, material)
        return SampleYear(inspections, before, cases, as_of, assessment)

    def _report(self, year: int, as_of: date, inspections: Sequence[Inspection], material: Path) -> None:
        """Write the reports of the county, and those of each unit of which there is none of the county."""
        self._tell(say("sample_year.report"))
        ledgers = [self.files.folder / "季度" / f"{quarter.code}.xlsx" for quarter in self._keys]
        told = year_told(self._home, self._register, year, as_of, [*ledgers, material], inspections).told
        for kind in report_kinds():
            write_reports(told, kind, self._out / say("sample_year.reports"))

    def _quarter_of(self, case: Case) -> Quarter:
        names = {info.key: info.name for info in self._home.batches()}
        return next(quarter for quarter, key in self._keys.items() if names[key] == case.issue.source)

    def _read(self, quarter: Quarter) -> tuple[Inspection, Mapping[str, bytes]]:
        with self._home.open(self._keys[quarter]) as store:
            found = scored(store)
            return found.inspection, {name: found.recorded.pictures[name] for name in found.recorded.pictures}

    def _inspection(self, quarter: Quarter) -> Inspection:
        return self._read(quarter)[0]

    def _review(self, store: Store, day: date) -> None:
        """Have everything reviewed that is finished and not reviewed yet, by another person than who submitted it."""
        moment = partial(datetime.combine, day, tzinfo=UTC)
        unfinished = {
            each.subject.id for each in scored(store).inspection.objects if each.score.verdict == Verdict.INCOMPLETE
        }
        for record in list(store.records()):
            filing = record.filing
            if filing.stage == Stage.REVIEWED or record.subject.id in unfinished:
                continue
            inspector = next((finding.inspector for finding in record.findings.values()), self._people["organiser"])
            submitted = Filing(Stage.SUBMITTED, filing.version, inspector, moment(time(8)), reason=filing.reason)
            store.file(inspector, record, submitted)
            reviewed = replace(
                submitted, stage=Stage.REVIEWED, reviewer=self._people["reviewer"], reviewed_at=moment(time(9))
            )
            store.file(self._people["reviewer"], store.record(record.subject.id), reviewed)


def _day_in(name: str) -> date:
    """The day at the end of the name of a file."""
    return date.fromisoformat(Path(name).stem.rpartition("_")[2])
