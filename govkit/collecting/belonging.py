"""Whether sheets belong together: one batch, one set of rules, the same objects, lines in their order."""

from collections.abc import Iterable, Mapping

from govkit.findings import Batch
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledSheet, shown_text
from govkit.rubric import PartName, Rubric, outcome_word
from govkit.sheets.text import clean

_CODES_SHOWN = 8
_IN_THE_LEDGER = (
    *("首页网址", "主管单位", "账号类型", "账号主体", "主页地址"),
    *("账号状态", "备案", "开设日期", "最近更新日期"),
)


def check_batch(sheets: Iterable[FilledSheet], batch: Batch, rubric: Rubric, problems: Problems) -> None:
    """Every sheet is of a batch and follows its rules: an answer of last quarter must not become one of this.

    Args:
        sheets: that came back.
        batch: what they are merged into.
        rubric: its rules.
        problems: takes what is wrong.
    """
    for sheet in sheets:
        own = sheet.origin.batch
        if (own.name, own.as_of) != (batch.name, batch.as_of):
            values = {"expected": batch.name, "expected_as_of": batch.as_of}
            problems.add("B06", sheet.place(), name=own.name, as_of=own.as_of, **values)
            continue
        if sheet.origin.rubric_sha256 != rubric.sha256:
            made_by = {"id": own.rubric_id, "version": sheet.origin.rubric_version}
            problems.add("B07", sheet.place(), **made_by, expected=rubric.id, expected_version=rubric.version)
        if own.unlisted != batch.unlisted:
            words = [outcome_word(one.unlisted, PartName.VETO) for one in (own, batch)]
            problems.add("B08", sheet.place(), value=words[0], expected=words[1])


def check_objects(sheets: Iterable[FilledSheet], known: Mapping[str, Subject], problems: Problems) -> None:
    """Every sheet was made for its object as it is: kind and public services decide which items there are.

    Args:
        sheets: that came back.
        known: the objects as they are, by 标识码; one that is not known is as the first sheet has it.
        problems: takes what is wrong.
    """
    subjects = dict(known)
    for sheet in sheets:
        own = sheet.origin.subject
        expected = subjects.setdefault(own.id, own)
        for fact, values in _facts(own, expected).items():
            words = {"value": values[0], "expected": values[1]}
            if values[0] != values[1]:
                problems.add("B09", sheet.place(), name=own.name, fact=say(f"belonging.{fact}"), **words)


def _facts(*subjects: Subject) -> dict[str, list[str]]:
    """In words."""
    services = {True: "sheet.service_yes", False: "sheet.service_no", None: "belonging.service_unknown"}
    return {
        "kind": [say(f"sheet.kind_{subject.kind}") for subject in subjects],
        "service": [say(services[subject.service]) for subject in subjects],
    }


def check_order(sheets: Iterable[FilledSheet], rubric: Rubric, problems: Problems) -> None:
    """The codes of items stand in their order: an answer beside a code that was moved belongs to nobody knows which.

    Args:
        sheets: with all their lines.
        rubric: their rules.
        problems: takes what is wrong.
    """
    for sheet in sheets:
        for part in PartName:
            own = [
                item.code for row in rubric.rows if row.part == part for item in row.items if item.code in sheet.lines
            ]
            stand = sorted(own, key=lambda code: sheet.lines[code].first_row)
            wrong = [code for code, expected in zip(stand, own, strict=True) if code != expected]
            if wrong:
                problems.add("S14", sheet.place(wrong[0], "编号"), codes="、".join(wrong[:_CODES_SHOWN]))


def changed_facts(sheet: FilledSheet) -> list[str]:
    """The names of the cells on batch and object that show something else than when the sheet was made."""
    subject, batch = sheet.origin.subject, sheet.origin.batch
    made = {
        **dict.fromkeys(_IN_THE_LEDGER, ""),
        **subject.details,
        "网站名称": subject.name,
        "账号名称": subject.name,
        "主办单位": subject.sponsor,
        "批次名称": batch.name,
        "组织单位": batch.organiser,
        "监测时间点": say("sheet.date", date=batch.as_of),
    }
    if subject.service is not None:
        made["对外服务职能"] = say(f"sheet.service_{'yes' if subject.service else 'no'}")
    shown = {name: shown_text(sheet.cell(name)) for name in made if name in sheet.origin.cells}
    return [name for name, text in shown.items() if "".join(text.split()) != "".join(clean(made[name]).split())]
