"""A class: the same case handed out to everybody as a sheet, and what came back held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govkit.collecting import check_known, contributions
from govkit.documents import Task, task
from govkit.file_names import safe_stem
from govkit.findings import Batch, Outcome, SpotCheck
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledSheet, shown_text
from govkit.reading.filled import WHO
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult, score_spot_check
from govkit.sheets import OutputError
from govkit.sheets.lesson import lesson_book
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.staging import staging
from govkit.training import Case, ClassAgreement, Situation, class_agreement, load_cases

_TWO = 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of a class.

    Attributes:
        title: of the case; the name of the object, where it is none of the cases.
        agreement: how people agree.
    """

    title: str
    agreement: ClassAgreement


def hand_out(case: Case, people: Sequence[str], out: Path) -> tuple[Path, ...]:
    """Write what a class needs: the task as a Word document, and a sheet to fill in for each person.

    Args:
        case: what is to be judged.
        people: their names; one sheet without a name, where there are none.
        out: the folder.

    Raises:
        OutputError: there is a file of such a name, in which somebody may have written; or it cannot be written. Then
            nothing has changed.
    """
    batch, situation = _batch(case), case.situation()
    spot_check = SpotCheck(batch, (situation.subject,), ())
    inspection = score_spot_check(situation.rubric, spot_check)
    blank = ScoringSheets(batch, situation.rubric).blank({say("lesson.sheet"): inspection.objects[0]})
    files = {Path(f"{safe_stem(say('lesson.task', title=case.title))}.docx"): task(Task(case))}
    for who in people or [""]:
        files[Path(f"{safe_stem(say('lesson.answers', title=case.title, who=who))}.xlsx")] = blank
    there = [file for file in files if (out / file).exists()]
    if there:
        raise OutputError(say("document.there", file=out / there[0]))
    with staging(out) as stage:
        for file, content in files.items():
            stage.store(file, content)
        stage.put_in_place()
    return tuple(out / file for file in files)


def compared(
    sheets: Sequence[FilledSheet], rubrics: Mapping[str, Rubric], case: Case | None, problems: Problems
) -> Lesson:
    """Hold sheets of one object against each other: of a class, or of inspectors who checked a site independently.

    Args:
        sheets: as they came back; each is of another person, by its 检查人员, else by the name of its file.
        rubrics: the rules that are at hand, by their hash.
        case: what they were handed out; None finds it by itself, and where it is none, nobody knows what is right.
        problems: takes what is wrong.

    Raises:
        ProblemsError: something is wrong with the sheets; fewer than two people, two sheets of one person, or sheets of
            different objects or rules.
    """
    check_known(sheets, rubrics, problems)
    problems.raise_if_any()
    first = sheets[0].origin
    rubric = rubrics[first.rubric_sha256]
    known = case or next((each for each in load_cases() if _batch(each).name == first.batch.name), None)
    if known and known.rubric.sha256 != rubric.sha256:
        problems.add("T03", sheets[0].place(), case=known.id)
    answers: dict[str, ObjectResult] = {}
    for sheet in sheets:
        who = _who(sheet, known)
        if sheet.origin.subject != first.subject or sheet.origin.rubric_sha256 != first.rubric_sha256:
            problems.add("T01", sheet.place(), subject=sheet.origin.subject.name, other=first.subject.name)
        elif who in answers:
            problems.add("T02", sheet.place(), who=who)
        else:
            answers[who] = _result(sheet, rubric, problems)
    if known and known.situation().subject.kind != first.subject.kind:
        problems.add("T03", sheets[0].place(), case=known.id)
    if len(answers) < _TWO and not len(problems):
        problems.add("T04", sheets[0].place())
    problems.raise_if_any()
    reference = known.situation().result() if known else None
    agreement = class_agreement(rubric, tuple(answers.items()), reference)
    return Lesson(known.title if known else first.subject.name, agreement)


def write_lesson(lesson: Lesson, out: Path) -> None:
    """Write 培训结果.xlsx, and the charts beside it, in place of those that stand there.

    Raises:
        OutputError: they cannot be written; then nothing has changed.
    """
    from govkit.charts import png, splitting_items, totals_of_class  # noqa: PLC0415 - half a second

    with staging(out) as stage:
        stage.store(Path(say("lesson.results")), lesson_book(lesson.title, lesson.agreement))
        for name, figure in (("splitting", splitting_items), ("class_totals", totals_of_class)):
            stage.store(Path(f"{say(f'chart.{name}')}.png"), png(figure(lesson.agreement)))
        stage.put_in_place()


def _batch(case: Case) -> Batch:
    name = say("lesson.batch", title=case.title)
    return Batch(name, case.as_of, case.rubric_id, say("lesson.organiser"), unlisted=Outcome.UNCHECKED)


def _who(sheet: FilledSheet, case: Case | None) -> str:
    """Whose sheet it is: by its 检查人员, else by the name under which it was handed out, else by its file."""
    stem = Path(sheet.place().workbook).stem
    handed_out = say("lesson.answers", title=safe_stem(case.title), who="") if case else stem
    return shown_text(sheet.cell(WHO)).strip() or stem.removeprefix(handed_out) or stem


def _result(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> ObjectResult:
    """What a sheet comes to: the answers that it had when it was made, and those of the person."""
    origin = sheet.origin
    findings = {finding.item: finding for finding in origin.findings}
    findings |= {each.finding.item: each.finding for each in contributions(sheet, rubric, problems).answers}
    batch = origin.batch
    return Situation(rubric, origin.subject, batch.as_of, findings, origin.measurements, batch.unlisted).result()
