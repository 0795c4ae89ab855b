"""整改总台账: all problems as they stand, and the sheets in which an office notes rechecks and appeals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from govkit.issues import Case, State
from govkit.messages import say
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Mark, Page, Tone, Value, book_of
from govkit.sheets.season.words import NUMBER
from govkit.sheets.staging import staging

_OBJECT = (
    paper.Column("问题编号", 20),
    paper.Column("检查对象", 16, left=True),
    paper.Column("主办单位", 16, left=True),
    paper.Column("指标/规则", 16, left=True),
    paper.Column("问题说明", 26, left=True),
)
_ALL = (
    NUMBER,
    *_OBJECT,
    paper.Column("整改期限", 11),
    paper.Column("状态", 11),
    paper.Column("整改情况", 20, left=True),
    paper.Column("整改日期", 11),
    paper.Column("申诉类型", 9),
    paper.Column("申诉理由", 16, left=True),
    paper.Column("复查日期", 11),
    paper.Column("复查说明", 16, left=True),
)
_LOOKED = (
    NUMBER,
    *_OBJECT,
    paper.Column("整改情况", 20, left=True),
    paper.Column("复查结果", 9, choices=("通过", "未通过")),
    paper.Column("复查日期", 11),
    paper.Column("复查说明", 20, left=True),
    paper.Column("新的期限", 11),
)
_DECIDED = (
    NUMBER,
    *_OBJECT,
    paper.Column("申诉类型", 9),
    paper.Column("申诉理由", 18, left=True),
    paper.Column("处理结果", 9, choices=("采纳", "不采纳")),
    paper.Column("处理日期", 11),
    paper.Column("处理理由", 18, left=True),
    paper.Column("核减后数量", 11),
    paper.Column("新的期限", 11),
)
_TO_LOOK_AT = {State.OPEN, State.REPORTED, State.NOT_PASSED}
_TONES = {
    State.REPORTED: Tone.OPEN,
    State.APPEALED: Tone.OPEN,
    State.NOT_PASSED: Tone.BAD,
    State.PASSED: Tone.GOOD,
    State.WITHDRAWN: Tone.IDLE,
}


def follow_up_book(cases: Sequence[Case], as_of: date) -> bytes:
    """The workbook: 整改总台账, and 复查记录 and 申诉处理 with what waits for them, to be filled in and read again.

    Args:
        cases: the problems, in the order in which they are listed.
        as_of: the day on which what is overdue is overdue.
    """
    sign = ["", say("follow_up_sheet.sign")]
    numbers = Counter(case.state for case in cases)
    counted = "，".join(say("follow_up_sheet.counted", state=state, number=numbers[state]) for state in State)
    late = sum(case.overdue(as_of) for case in cases)
    above = [say("follow_up_sheet.as_of", day=as_of, number=len(cases), counted=counted, overdue=late)]
    looked = [case for case in cases if case.state in _TO_LOOK_AT]
    appealed = [case for case in cases if case.state == State.APPEALED]
    pages = [
        Page(*_named("all"), _ALL, _all_rows(cases, as_of), above, sign, fixed=3),
        Page(*_named("recheck"), _LOOKED, _recheck_rows(looked), [say("follow_up_sheet.recheck_how")], sign, fixed=3),
        Page(*_named("decide"), _DECIDED, _appeal_rows(appealed), [say("follow_up_sheet.decide_how")], sign, fixed=3),
    ]
    return book_of(pages)


def write_follow_up(cases: Sequence[Case], as_of: date, path: Path) -> None:
    """Write 整改总台账 to `path`.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    content = follow_up_book(cases, as_of)
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _named(sheet: str) -> tuple[str, str]:
    """Name and title of a sheet."""
    return say(f"follow_up_sheet.{sheet}"), say(f"follow_up_sheet.{sheet}_title")


def _object(number: int, case: Case) -> list[Value]:
    issue = case.issue
    told = say("follow_up_sheet.indicator", name=issue.indicator, item=issue.item)
    return [number, issue.id, issue.name, issue.sponsor, told, issue.what]


def _all_rows(cases: Sequence[Case], as_of: date) -> Iterator[list[Value]]:
    for number, case in enumerate(cases, 1):
        report, appeal, recheck = case.report, case.appeal, case.recheck
        yield [
            *_object(number, case),
            *(case.deadline, _state(case, as_of)),
            *((report.done, report.day) if report else ("", None)),
            *((str(appeal.asks), appeal.reason) if appeal else ("", "")),
            *((recheck.day, recheck.note) if recheck else (None, "")),
        ]


def _state(case: Case, as_of: date) -> Value:
    if case.overdue(as_of):
        return Mark(say("follow_up_sheet.overdue", state=case.state), Tone.BAD)
    tone = _TONES.get(case.state)
    return Mark(str(case.state), tone) if tone else str(case.state)


def _recheck_rows(cases: Sequence[Case]) -> Iterator[list[Value]]:
    for number, case in enumerate(cases, 1):
        yield [*_object(number, case), case.report.done if case.report else "", "", None, "", None]


def _appeal_rows(cases: Sequence[Case]) -> Iterator[list[Value]]:
    for number, case in enumerate(cases, 1):
        appeal = case.appeal
        told = (str(appeal.asks), appeal.reason) if appeal else ("", "")
        yield [*_object(number, case), *told, "", None, "", None, None]
