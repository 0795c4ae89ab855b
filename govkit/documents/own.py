"""Word templates of an office checked as a whole: all names that stand for nothing, and a sample of each."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from govkit.documents.booklet import TEMPLATE as BOOKLET
from govkit.documents.booklet import facts as facts_of_booklet
from govkit.documents.bulletin import TEMPLATE as BULLETIN
from govkit.documents.bulletin import Bulletin
from govkit.documents.bulletin import facts as facts_of_bulletin
from govkit.documents.engine import Facts, fill, wrong_names
from govkit.documents.notice import TEMPLATE as NOTICE
from govkit.documents.notice import Notice
from govkit.documents.notice import facts as facts_of_notice
from govkit.documents.report import Report
from govkit.documents.report import facts as facts_of_report
from govkit.documents.task import TEMPLATE as TASK
from govkit.documents.task import facts as facts_of_task
from govkit.issues import Case, Issued
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.rectifying import issues_of_inspection
from govkit.reporting import Listed, ReportKind, YearTold, report_kinds, year_report
from govkit.scoring import Inspection
from govkit.sheets import OutputError, Review, sample_inspection
from govkit.sheets.own.faults import wrong
from govkit.sheets.own.review import as_fault
from govkit.sheets.template import TEMPLATES
from govkit.training import load_exercises
from govkit.workdays import after_working_days

SUFFIX = ".docx"
_DAYS = 15
_DAY = date(2020, 1, 3)


def review_documents(path: Path | None = None) -> list[Review]:
    """Check the Word templates of a folder, or one of them, whatever it is called.

    Args:
        path: the folder or the template; None is the folder in use.

    Raises:
        OutputError: a file that is not there.
    """
    place = TEMPLATES if path is None else path
    season = sample_inspection()
    samples = {name: told(season) for name, told in _templates().items()}
    if place.is_dir():
        return [_review(place / name, facts) for name, facts in samples.items()]
    if not place.is_file():
        raise OutputError(say("sheet.no_template", file=place.name, folder=place.absolute().parent))
    named = next((name for name in samples if Path(name).stem in place.stem), None)
    if named is None:
        raise OutputError(say("template.unknown_document", file=place.name, templates="、".join(samples)))
    return [_review(place, samples[named])]


def _review(file: Path, facts: Facts) -> Review:
    path = str(file.absolute())
    try:
        names = wrong_names(path, facts)
        if names:
            return Review(file, tuple(wrong("template.no_fact", name) for name in names))
        sample = say("template.sample_document", template=file.stem)
        return Review(file, (), ((sample, fill(path, facts, _DAY)),))
    except OutputError as error:
        return Review(file, (as_fault(error),))


def _templates() -> Mapping[str, Callable[[Inspection], Facts]]:
    """The Word templates by their names, each with what a made-up inspection gives it to tell."""
    reports = {kind.template: _report_of(kind) for kind in report_kinds()}
    return {BULLETIN: _bulletin, NOTICE: _notice, **reports, TASK: _task, BOOKLET: _booklet}


def _task(season: Inspection) -> Facts:
    del season  # a task of the training is no object of an inspection
    return facts_of_task(load_exercises()[0])


def _booklet(season: Inspection) -> Facts:
    return facts_of_booklet(season.rubric)


def _bulletin(season: Inspection) -> Facts:
    to = say("template.sample_value", name="主送机关")
    return facts_of_bulletin(Bulletin(season, {}, season, to, _DAY, _DAYS))


def _notice(season: Inspection) -> Facts:
    issues = issues_of_inspection(season)
    return facts_of_notice(Notice(issues[0].sponsor, issues, season.batch.organiser, _DAY, _DAYS))


def _report_of(kind: ReportKind) -> Callable[[Inspection], Facts]:
    def told(season: Inspection) -> Facts:
        subjects = tuple(result.subject for result in season.objects)
        quarter = Quarter.of(season.batch.as_of)
        deadline = after_working_days(_DAY, _DAYS)
        cases = tuple(Case((Issued(issue, _DAY, deadline),)) for issue in issues_of_inspection(season))
        year = YearTold(quarter.year, _DAY, Listed(quarter, subjects), None, None, (season,), cases)
        unit = "" if kind.whole else subjects[-1].sponsor
        return facts_of_report(Report(year_report(kind, year, unit), season.batch.organiser))

    return told
