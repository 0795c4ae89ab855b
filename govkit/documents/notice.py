"""整改通知书: what a unit is told to mend, by when, and how it can object, as a Word document that people sign."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from govkit.documents.engine import Facts, Picture, fill
from govkit.documents.writing import shown_day, write_document
from govkit.issues import Issue
from govkit.messages import say
from govkit.workdays import after_working_days

TEMPLATE = "整改通知书.docx"

_MOST_SHOTS = 3  # of a problem
_WIDTH, _HEIGHT = 55, 70  # of a screenshot at most, in millimetres: the column that it stands in


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
        pictures: the screenshots that the problems name, as far as they are there.
    """

    unit: str
    issues: tuple[Issue, ...]
    organiser: str = ""
    issued: date | None = None
    days: int | None = None
    contact: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)


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


def write_notice(told: Notice, path: Path, *, pdf: bool = False) -> None:
    """Write 整改通知书 to `path`, and with `pdf` the same as PDF beside it.

    Raises:
        OutputError: the template cannot be used, or as `write_document`; then nothing has changed.
        ValueError: as `notice`.
    """
    write_document(notice(told), path, pdf=pdf)


def facts(told: Notice) -> Facts:
    """What the names of the template stand for."""
    deadline = after_working_days(told.issued, told.days) if told.issued and told.days is not None else None
    return {
        "组织单位": told.organiser or None,
        "整改单位": told.unit or None,
        "检查名称": "、".join(dict.fromkeys(issue.source for issue in told.issues)),
        "问题数": len(told.issues),
        "印发日期": shown_day(told.issued),
        "整改天数": told.days,
        "整改期限": shown_day(deadline),
        "联系方式": told.contact or None,
        "问题清单": [_line(number, issue, told.pictures) for number, issue in enumerate(told.issues, 1)],
    }


def _line(number: int, issue: Issue, pictures: Mapping[str, bytes]) -> Facts:
    shots = _shots(issue, pictures)
    return {
        "序号": number,
        "编号": issue.id,
        "名称": issue.name,
        "指标": say("notice_document.indicator", name=issue.indicator, item=issue.item, grade=issue.severity),
        "问题": "\n".join(_what(issue, shots)) or None,
        "截图": [{"图": shot} for shot in shots.values()],
        "依据": issue.clause,
    }


def _shots(issue: Issue, pictures: Mapping[str, bytes]) -> dict[str, Picture]:
    """The first of its pictures that are there, by name."""
    there = [name for name in issue.screenshots if name in pictures][:_MOST_SHOTS]
    caption = say("notice_document.shot", id=issue.id)
    return {name: Picture(pictures[name], caption, _WIDTH, _HEIGHT) for name in there}


def _what(issue: Issue, shots: Container[str]) -> Iterator[str]:
    """What is wrong, and what shows it; pictures that do not stand there are named."""
    if issue.what:
        yield issue.what
    if issue.url:
        yield say("sheet.url", url=issue.url)
    others = [name for name in issue.screenshots if name not in shots]
    if others:
        yield say("notice_document.screenshots", names="、".join(others))
