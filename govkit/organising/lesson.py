"""A class: the same task handed out to everybody, and what came back held against each other.

What is handed out is a sheet or a form for each person; sheets also come from inspectors who checked a real site
independently of each other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govkit.collecting import check_known, contributions, unmarked
from govkit.documents import task_document
from govkit.file_names import safe_stem
from govkit.findings import Filing, Place
from govkit.messages import say
from govkit.organising.practice import Answered, clean_name, distinct, handed_out, judged
from govkit.problems import Problems
from govkit.reading import FilledSheet, read_filled, shown_text
from govkit.reading.filled import WHO
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult, score_spot_check
from govkit.sheets import OutputError, draft_mark
from govkit.sheets.lesson import lesson_book
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.staging import staging
from govkit.training import ClassAgreement, Feedback, Situation, Task, class_agreement, task_of

_TWO = 2
_COPY = re.compile(r"([\s_]*[（(]\d+[)）]|\s*-\s*副本|_\d+)+$")  # what programs add to a second file of one name
_NO_NAME = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written for a class.

    Attributes:
        files: all of it, the task first.
        there: those of them that were there before, and may be filled in: they are as they were.
    """

    files: tuple[Path, ...]
    there: frozenset[Path]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of a class.

    Attributes:
        task: what was judged; None where it is none of ours, as a real site.
        title: of the task; the name of the object, where there is none.
        answers: who answered, and what that comes to.
        agreement: how people agree.
    """

    task: Task | None
    title: str
    answers: Mapping[str, ObjectResult]
    agreement: ClassAgreement

    def feedback(self, who: str) -> Feedback | None:
        """A person's answers beside the right ones, with what these rest on; None where nobody knows what is right."""
        return self.task.feedback(self.answers[who]) if self.task else None


def hand_out(task: Task, people: Sequence[str], out: Path) -> HandedOut:
    """Write what a class needs: the task as a Word document, and a sheet to fill in for each person.

    What is there already stays as it is: somebody may have written in it.

    Args:
        task: what is to be judged.
        people: their names; one sheet without a name, where there are none.
        out: the folder.

    Raises:
        OutputError: it cannot be written, two people would have one file, or a file that is there is none of this task;
            then nothing has changed.
    """
    check = handed_out(task)
    (result,), writer = score_spot_check(task.rubric, check).objects, ScoringSheets(check.batch, task.rubric)
    paper = _paper(task)
    sheets = _sheets(task, distinct(people) or [""])
    there = frozenset(out / file for file in (paper, *sheets) if (out / file).exists())
    for path in there - {out / paper}:
        found = sheets_in([path], Problems())
        if not found or not all(belongs(sheet, task) for sheet in found):
            raise OutputError(say("lesson.other_there", file=path.name))
    with staging(out) as stage:
        if out / paper not in there:
            stage.store(paper, task_document(task))
        for file, who in sheets.items():
            if out / file not in there:
                signed = replace(result, filing=Filing(inspector=who))
                stage.store(file, writer.blank({say("lesson.sheet"): signed}))
        stage.put_in_place()
    return HandedOut(tuple(out / file for file in (paper, *sheets)), there)


def write_task(task: Task, out: Path) -> Path:
    """Write the task alone, as a Word document, for those who judge in the form; one that is there stays as it is.

    Raises:
        OutputError: it cannot be written; then nothing has changed.
    """
    path = out / _paper(task)
    if not path.exists():
        with staging(out) as stage:
            stage.store(_paper(task), task_document(task))
            stage.put_in_place()
    return path


def sheets_in(paths: Sequence[Path], problems: Problems) -> list[FilledSheet]:
    """All sheets in some files that came back, without the picture that marks drafts."""
    mark = draft_mark()
    return [unmarked(sheet, mark) for path in paths for sheet in read_filled(path, problems)]


def compared(
    sheets: Sequence[FilledSheet],
    forms: Mapping[str, Answered],
    rubrics: Mapping[str, Rubric],
    task: Task | None,
    problems: Problems,
) -> Lesson:
    """Hold answers to one object against each other: of a class, or of inspectors who checked a site independently.

    Args:
        sheets: as they came back; each is of another person, by its 检查人员, else by the name of its file. Those in
            which nothing is answered are left out.
        forms: what was answered in the form to the task, by the name of the person; who has answered nothing yet is
            left out.
        rubrics: the rules that are at hand, by their hash.
        task: what they were handed out; None finds it by itself, and where it is none, nobody knows what is right.
        problems: takes what is wrong.

    Raises:
        ProblemsError: something is wrong with the sheets; fewer than two people, two answers of one person, or sheets
            of different objects or rules.
    """
    check_known(sheets, rubrics, problems)
    problems.raise_if_any()
    known = task or (task_of(sheets[0].origin.subject, sheets[0].origin.batch.as_of) if sheets else None)
    answers: dict[str, ObjectResult] = {who: form.result for who, form in forms.items() if form.judged}
    rubric = known.rubric if known else rubrics[sheets[0].origin.rubric_sha256]
    for sheet in sheets:
        who = who_filled(sheet, known)
        if known and not belongs(sheet, known):
            problems.add("T03", sheet.place(), task=known.title)
        elif not _alike(sheet, sheets[0]):
            one, other = sheet.origin.subject, sheets[0].origin.subject
            problems.add("T01", sheet.place(), subject=one.name, id=one.id, other=other.name, other_id=other.id)
        elif who in answers:
            problems.add("T02", sheet.place(), who=who)
        elif judged(result := result_of(sheet, rubric, problems)):
            answers[who] = result
    if len(answers) < _TWO and not len(problems):
        problems.add("T04", sheets[0].place() if sheets else Place(known.title if known else ""))
    problems.raise_if_any()
    reference = known.situation().result() if known else None
    agreement = class_agreement(rubric, tuple(answers.items()), reference)
    return Lesson(known, known.title if known else sheets[0].origin.subject.name, answers, agreement)


def write_lesson(lesson: Lesson, out: Path) -> tuple[Path, ...]:
    """Write 培训结果.xlsx, and the charts beside it, in place of those that stand there, which are kept once more.

    Raises:
        OutputError: they cannot be written; then nothing has changed.
    """
    from govkit.charts import png, splitting_items, totals_of_class  # noqa: PLC0415 - half a second

    files = {Path(say("lesson.results")): lesson_book(lesson.title, lesson.agreement)}
    for name, figure in (("splitting", splitting_items), ("class_totals", totals_of_class)):
        files[Path(f"{say(f'chart.{name}')}.png")] = png(figure(lesson.agreement))
    with staging(out) as stage:
        for file, content in files.items():
            stage.store(file, content)
        stage.put_in_place(keep_in=Path(say("organising.earlier")))
    return tuple(out / file for file in files)


def belongs(sheet: FilledSheet, task: Task) -> bool:
    """Whether a sheet is one of this task, by the rules by which its right answers are known."""
    origin = sheet.origin
    same = origin.subject.id == task.object.id and origin.batch.as_of == task.as_of
    return same and origin.rubric_sha256 == task.rubric.sha256


def who_filled(sheet: FilledSheet, task: Task | None) -> str:
    """Whose sheet it is: by its 检查人员, else by the name under which it was handed out, else by its file."""
    stem = Path(sheet.place().workbook).stem
    handed = safe_stem(say("lesson.answers", title=task.title, who="")) if task else stem
    named = _COPY.sub("", stem.removeprefix(handed))
    return clean_name(shown_text(sheet.cell(WHO))) or (stem if _NO_NAME.fullmatch(named) else clean_name(named))


def _sheets(task: Task, people: Sequence[str]) -> Mapping[Path, str]:
    """The file of each person, with their name.

    Raises:
        OutputError: two people would have one.
    """
    files, named = {}, dict[str, str]()
    for who in people:
        file = f"{safe_stem(say('lesson.answers', title=task.title, who=who))}.xlsx"
        other = named.setdefault(file.casefold(), who)
        if other != who:
            raise OutputError(say("lesson.one_file", one=other, other=who))
        files[Path(file)] = who
    return files


def _alike(one: FilledSheet, other: FilledSheet) -> bool:
    """Whether two sheets are of one object by the same rules; what their ledgers tell beside it may differ."""
    keys = [(o.subject.id, o.subject.kind, o.subject.service, o.rubric_sha256) for o in (one.origin, other.origin)]
    return keys[0] == keys[1]


def _paper(task: Task) -> Path:
    return Path(f"{safe_stem(say('lesson.task', title=task.title))}.docx")


def result_of(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> ObjectResult:
    """What a sheet comes to: the answers that it had when it was made, and those of the person.

    Args:
        sheet: the sheet.
        rubric: its rules.
        problems: takes what is wrong with the answers.
    """
    origin = sheet.origin
    findings = {finding.item: finding for finding in origin.findings}
    findings |= {each.finding.item: each.finding for each in contributions(sheet, rubric, problems).answers}
    batch = origin.batch
    return Situation(rubric, origin.subject, batch.as_of, findings, origin.measurements, batch.unlisted).result()
