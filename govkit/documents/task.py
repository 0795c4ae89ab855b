"""培训题目: what a class is asked to judge, as a Word document."""

from dataclasses import dataclass

from govkit.documents.engine import Facts, fill
from govkit.documents.writing import shown_day
from govkit.ledger import Kind
from govkit.messages import say
from govkit.training import Case

TEMPLATE = "培训题目.docx"


@dataclass(frozen=True, slots=True)
class Task:
    """What a class is asked to judge; nothing of the answer is told."""

    case: Case


def task(told: Task) -> bytes:
    """The Word document.

    Raises:
        OutputError: the template cannot be used.
    """
    return fill(TEMPLATE, facts(told), told.case.as_of)


def facts(told: Task) -> Facts:
    """What the names of the template stand for."""
    case = told.case
    subject = case.object.subject()
    service = say(f"lesson.service_{subject.service}") if subject.kind == Kind.SITE else ""
    return {
        "标题": case.title,
        "难度": case.level,
        "对象名称": subject.name,
        "类别": say(f"sheet.kind_{subject.kind}"),
        "对外服务职能": service,
        "监测时间点": shown_day(case.as_of),
        "检查规则名称": case.rubric.title,
        "情况": [{"文字": line} for line in case.story.splitlines() if line.strip()],
    }
