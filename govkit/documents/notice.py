"""整改通知书: what a unit is told to mend, by when, and how it can object, as a Word document that people sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.documents.engine import Facts, fill
from govkit.issues import Issue
from govkit.messages import say
from govkit.sheets import OutputError
from govkit.sheets.staging import staging
from govkit.workdays import after_working_days

TEMPLATE = "整改通知书.docx"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a unit is told. What is left out becomes a gap in the document.

    Attributes:
        unit: who is told.
        issues: its problems.
        organiser: who tells it.
        issued: the day of issue.
        days: how many working days the unit has, from the day after.
        contact: whom it can ask.
    """

    unit: str
    issues: tuple[Issue, ...]
    organiser: str = ""
    issued: date | None = None
    days: int | None = None
    contact: str = ""


def notice(told: Notice, template: str = TEMPLATE) -> bytes:
    """The Word document 整改通知书 of a unit.

    Args:
        told: what it tells.
        template: the file that is filled, in the folder of templates; or its full path.

    Raises:
        OutputError: the template cannot be used.
        UnknownYearError: which days are worked until the deadline is not known.
        ValueError: there are no problems, or a term of no day.
    """
    if not told.issues:
        raise ValueError(told.unit)
    return fill(template, facts(told), told.issued or max(issue.found for issue in told.issues))


def write_notice(told: Notice, path: Path) -> None:
    """Write 整改通知书 to `path`.

    Raises:
        OutputError: there is such a file, in which somebody may have written; the template cannot be used, or the
            file cannot be written. Then nothing has changed.
        ValueError: as `notice`.
    """
    content = notice(told)
    if path.exists():
        raise OutputError(say("document.there", file=path))
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def facts(told: Notice) -> Facts:
    """What the names of the template stand for."""
    deadline = after_working_days(told.issued, told.days) if told.issued and told.days is not None else None
    return {
        "组织单位": told.organiser or None,
        "整改单位": told.unit or None,
        "检查名称": "、".join(dict.fromkeys(issue.source for issue in told.issues)),
        "问题数": len(told.issues),
        "印发日期": _day(told.issued),
        "整改天数": told.days,
        "整改期限": _day(deadline),
        "联系方式": told.contact or None,
        "问题清单": [
            {
                "序号": number,
                "编号": issue.id,
                "名称": issue.name,
                "指标": say("notice_document.indicator", name=issue.indicator, item=issue.item, grade=issue.severity),
                "问题": "\n".join(_what(issue)) or None,
                "依据": issue.clause,
            }
            for number, issue in enumerate(told.issues, 1)
        ],
    }


def _what(issue: Issue) -> Iterator[str]:
    """What is wrong, and what shows it."""
    if issue.what:
        yield issue.what
    if issue.url:
        yield say("sheet.url", url=issue.url)
    if issue.screenshots:
        yield say("notice_document.screenshots", names="、".join(issue.screenshots))


def _day(day: date | None) -> str | None:
    return None if day is None else say("sheet.date", date=day)
