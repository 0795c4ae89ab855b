"""培训讲义: the rubric explained item by item, and the worked cases, as a Word document to print for a class."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from govkit.documents.engine import Facts, fill
from govkit.documents.writing import shown_day, write_document
from govkit.figures import shortest
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import PartName, Row, Rubric
from govkit.scoring import reason
from govkit.training import Case, Explained, explained_rubric, load_cases

TEMPLATE = "培训讲义.docx"


def booklet(rubric: Rubric, day: date) -> bytes:
    """The Word document.

    Args:
        rubric: what is explained; the cases are those that are judged by it.
        day: of which the file says that it was made.

    Raises:
        OutputError: the template cannot be used.
        TrainingError: an item has no explanation.
    """
    return fill(TEMPLATE, facts(rubric), day)


def write_booklet(rubric: Rubric, day: date, path: Path, *, pdf: bool = False) -> None:
    """Write 培训讲义 to `path`, and with `pdf` the same as PDF beside it.

    Raises:
        OutputError: the template cannot be used, or as `write_document`; then nothing has changed.
        TrainingError: as `booklet`.
    """
    write_document(booklet(rubric, day), path, pdf=pdf)


def facts(rubric: Rubric) -> Facts:
    """What the names of the template stand for."""
    explained = explained_rubric(rubric)
    cases = [case for case in load_cases() if case.rubric.sha256 == rubric.sha256]
    parts = dict.fromkeys(each.part for each in explained)
    return {
        "标题": say("booklet.title", title=rubric.title),
        "检查依据": rubric.source,
        "检查规则": f"{rubric.id} {rubric.version}",
        "指标数": len(rubric.rows),
        "细则数": len(explained),
        "案例数": len(cases),
        "部分": [_part(part, [each for each in explained if each.part == part]) for part in parts],
        "案例": [_case(number, case) for number, case in enumerate(cases, 1)],
    }


def _part(part: PartName, items: Sequence[Explained]) -> Facts:
    rows = {each.row.code: each.row for each in items}
    lines = [_row(row, [each for each in items if each.row.code == code]) for code, row in rows.items()]
    return {"名称": say(f"booklet.{part}"), "指标": lines}


def _row(row: Row, items: Sequence[Explained]) -> Facts:
    subject = "" if row.part in (PartName.DEDUCTION, PartName.BONUS) else say(f"sheet.kind_{row.subject}")
    points = "" if row.points is None else say("booklet.points", points=shortest(row.points))
    name = say("booklet.row", code=row.code, subject=subject, name=row.name, points=points)
    return {"名称": name, "细则": [_item(each) for each in items]}


def _item(each: Explained) -> Facts:
    bonus = "bonus" if each.part == PartName.BONUS else "problem"
    return {
        "编号": each.item.code,
        "细则": each.wording,
        "怎么看": each.explanation.how,
        "合规": say(f"booklet.right_{bonus}"),
        "合规例子": each.explanation.right,
        "不合规": say(f"booklet.wrong_{bonus}"),
        "不合规例子": each.explanation.wrong,
    }


def _case(number: int, case: Case) -> Facts:
    subject, result = case.object.subject(), case.situation().result()
    service = say("booklet.service", service=say(f"lesson.service_{subject.service}"))
    return {
        "序号": number,
        "标题": case.title,
        "难度": case.level,
        "对象": subject.name + (service if subject.kind == Kind.SITE else ""),
        "监测时间点": shown_day(case.as_of),
        "情况": [{"文字": line} for line in case.story.splitlines() if line.strip()],
        "结果": reason(result.score, case.rubric),
        "计算": case.arithmetic,
        "易错": case.trap,
    }
