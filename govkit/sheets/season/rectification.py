"""整改台账: the problems of a unit, which it fills in and sends back; `reading` reads it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from govkit.issues import Appeal, Case, Rechecked
from govkit.messages import say
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Page, Value, book_of
from govkit.sheets.season.words import NUMBER
from govkit.sheets.staging import staging

_COLUMNS = (
    NUMBER,
    paper.Column("问题编号", 20),
    paper.Column("检查对象", 14, left=True),
    paper.Column("指标/规则", 14, left=True),
    paper.Column("问题说明", 22, left=True),
    paper.Column("问题网址", 14, left=True),
    paper.Column("依据", 24, left=True),
    paper.Column("整改期限", 11),
    paper.Column("状态", 9),
    paper.Column("整改情况", 18, left=True),
    paper.Column("整改日期", 11),
    paper.Column("申诉类型", 9, choices=tuple(Appeal)),
    paper.Column("申诉理由", 14, left=True),
    paper.Column("复查结果", 12, left=True),
    paper.Column("复查日期", 11),
)


def rectification_sheet(unit: str, cases: Iterable[Case]) -> bytes:
    """The workbook 整改台账 of a unit, with how each of its problems stands now.

    What the unit has told before stands there; what came to an end is not asked again.
    """
    told = unit or say("rectification_sheet.no_unit")
    title, above = say("rectification_sheet.title"), [say("rectification_sheet.unit", name=told)]
    above += [say("rectification_sheet.how")]
    below = ["", say("rectification_sheet.sign")]
    name = say("rectification_sheet.name")
    return book_of([Page(name, title, _COLUMNS, _rows(cases), above, below, fixed=3)])


def write_rectification(unit: str, cases: Iterable[Case], path: Path) -> None:
    """Write 整改台账 of a unit to `path`.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    content = rectification_sheet(unit, cases)
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _rows(cases: Iterable[Case]) -> Iterator[list[Value]]:
    for number, case in enumerate(cases, 1):
        issue, report, appeal, recheck = case.issue, case.report, case.appeal, case.recheck
        yield [
            *(number, issue.id, issue.name, f"{issue.indicator}（{issue.item}）", issue.what, issue.url, issue.clause),
            *(case.deadline, str(case.state)),
            *((report.done, report.day) if report else ("", None)),
            *((str(appeal.asks), appeal.reason) if appeal else ("", "")),
            *((_looked(recheck), recheck.day) if recheck else ("", None)),
        ]


def _looked(recheck: Rechecked) -> str:
    """What came of a recheck, with its note."""
    word = say("rectification_sheet.passed" if recheck.passed else "rectification_sheet.not_passed")
    return say("rectification_sheet.recheck", word=word, note=recheck.note) if recheck.note else word
