"""年度考核表: the verdict on each unit with its grounds, what they rest on, and by which rule."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from govkit.assessing import Assessment, CheckResult, FailedGround, HeldGround, Standing, UnitAssessment
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Mark, Page, Tone, Value, book_of
from govkit.sheets.season.words import ID, NAME, NUMBER, SPONSOR
from govkit.sheets.staging import staging

_UNIT = paper.Column("考核对象", 28, left=True)
EVIDENCE = (
    *(_UNIT, paper.Column("检查单位", 16), paper.Column("检查时间", 16), ID, NAME),
    *(paper.Column("类别", 8), SPONSOR, paper.Column("单项否决", 14), paper.Column("原因", 34, left=True)),
    paper.Column("所属情形", 30, left=True),
)
"""The columns of what verdicts rest on."""
_TONES = {Standing.PASS: Tone.GOOD, Standing.FAIL: Tone.BAD, Standing.OPEN: Tone.OPEN}


def write_assessment(assessment: Assessment, path: Path) -> None:
    """Write 年度考核表 to `path`.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    content = book_of([_verdicts(assessment), _evidence(assessment), _notes(assessment)])
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _verdicts(assessment: Assessment) -> Page:
    columns = (
        *(NUMBER, _UNIT, paper.Column("结论", 9), paper.Column("不合格情形", 46, left=True)),
        *(paper.Column("条款", 60, left=True), paper.Column("未知", 40, left=True)),
    )
    rows: Iterator[list[Value]] = (
        [
            *(number, each.unit.name, Mark(say(f"standing.{each.standing}"), _TONES[each.standing])),
            "\n".join(ground_in_words(held) for held in each.grounds),
            "\n".join(held.ground.clause for held in each.grounds),
            unknown_of(each),
        ]
        for number, each in enumerate(assessment.units, 1)
    )
    numbers = Counter(each.standing for each in assessment.units)
    counted = "，".join(
        say("assessment_sheet.counted", name=say(f"standing.{standing}"), number=numbers[standing])
        for standing in Standing
    )
    above = [
        say("assessment_sheet.basis", source=assessment.rule.source),
        say("assessment_sheet.count", units=len(assessment.units), counted=counted),
        *([say("assessment_sheet.gaps")] if assessment.notices else []),
    ]
    below = ["", say("assessment_sheet.sign")]
    title = say("assessment_sheet.title", year=assessment.year)
    return Page(say("assessment_sheet.verdicts"), title, columns, rows, above, below, fixed=2)


def unknown_of(each: UnitAssessment) -> str:
    """What is not known of a unit; what is not known of all stands under 说明."""
    if each.standing == Standing.OPEN and not each.gaps:
        return say("assessment_sheet.see_notes")
    return "\n".join(each.gaps)


def ground_in_words(held: HeldGround) -> str:
    """A ground that holds, with how much of it there is."""
    if not isinstance(held.ground, FailedGround):
        return say("assessment_sheet.frauds", ground=held.ground.name, number=len(held.frauds))
    return say("assessment_sheet.failures", ground=held.ground.name, number=held.objects, times=len(held.failures))


def _evidence(assessment: Assessment) -> Page:
    """依据: all that failed, also where it is too little for a ground, and all records of 弄虚作假."""
    rows = (row for each in assessment.units for row in evidence_of(each))
    numbered: Iterator[list[Value]] = ([number, *row] for number, row in enumerate(rows, 1))
    title = say("assessment_sheet.evidence_title", year=assessment.year)
    above = [say("assessment_sheet.evidence_note")]
    return Page(say("assessment_sheet.evidence"), title, (NUMBER, *EVIDENCE), numbered, above, fixed=2)


def evidence_of(each: UnitAssessment) -> Iterator[list[Value]]:
    """What the verdict on a unit rests on, a row for each failure and each record of 弄虚作假, as in `EVIDENCE`."""
    for failure in each.failures:
        holding = [held.ground.name for held in each.grounds if failure in held.failures]
        row: list[Value] = [each.unit.name, str(failure.level), _when(failure.when), failure.subject_id, failure.name]
        row += [_kind(failure), failure.sponsor or say("assessment_sheet.untold"), _vetoes(failure), failure.reason]
        yield [*row, "\n".join(holding) or say("assessment_sheet.no_ground")]
    for fraud in each.frauds:
        holding = [held.ground.name for held in each.grounds if fraud in held.frauds]
        what = say("assessment_sheet.fraud", what=fraud.what, source=fraud.source or say("assessment_sheet.untold"))
        row = [each.unit.name, "", fraud.when, "", "", "", fraud.unit, "", what]
        yield [*row, "\n".join(holding) or say("assessment_sheet.no_ground")]


def _when(when: Quarter | date) -> str | date:
    return when.name if isinstance(when, Quarter) else when


def _kind(failure: CheckResult) -> str:
    return say(f"thing.{failure.kind}") if failure.kind else say("assessment_sheet.untold")


def _vetoes(failure: CheckResult) -> str:
    return say("assessment_sheet.untold") if failure.vetoes is None else "、".join(failure.vetoes)


def _notes(assessment: Assessment) -> Page:
    """说明: the rule in its own words, with its limits, and what is not known."""
    columns = (NUMBER, paper.Column("事项", 30, left=True), paper.Column("内容", 90, left=True))
    told: list[tuple[str, str]] = [(say("assessment_sheet.rule"), f"{assessment.rule.name} {assessment.rule.version}")]
    for ground in assessment.rule.grounds:
        limit = ""
        if isinstance(ground, FailedGround):
            checks = "、".join(ground.checks)
            limit = say("assessment_sheet.limit", checks=checks, number=ground.at_least)
        told.append((ground.clause, ground.text + limit))
    told.append((say("assessment_sheet.counting"), say("assessment_sheet.how")))
    told += [(say("assessment_sheet.unknown"), notice) for notice in assessment.notices]
    rows: Iterator[list[Value]] = ([number, *each] for number, each in enumerate(told, 1))
    title = say("assessment_sheet.notes_title", year=assessment.year)
    return Page(say("assessment_sheet.notes"), title, columns, rows)
