"""From sheets that came back to answers: what their lines say otherwise than when they were made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from govkit.collecting.merge import Contribution, is_open
from govkit.file_names import picture_name
from govkit.findings import Finding, SpotCheck
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledLine, FilledSheet, read_answers
from govkit.rubric import Rubric
from govkit.scoring import score_spot_check
from govkit.sheets import shown_answers


@dataclass(frozen=True, slots=True)
class Taken:
    """What one sheet contributes.

    Attributes:
        sheet: the sheet.
        answers: what it says that is new, one for each item.
        pictures: the screenshots on it, by the names under which they are kept.
    """

    sheet: FilledSheet
    answers: tuple[Contribution, ...]
    pictures: Mapping[str, bytes]


def check_known(sheets: Iterable[FilledSheet], rubrics: Mapping[str, Rubric], problems: Problems) -> None:
    """Every sheet follows rules that are at hand, and has its lines; what is wrong becomes a problem.

    Args:
        sheets: that came back.
        rubrics: the rules that are at hand, by their hash.
        problems: takes what is wrong.
    """
    for sheet in sheets:
        origin = sheet.origin
        rubric = rubrics.get(origin.rubric_sha256)
        if rubric is None:
            version, short = origin.rubric_version, origin.rubric_sha256[:12]
            problems.add("B05", sheet.place(), id=origin.batch.rubric_id, version=version, sha256=short)
            continue
        wanted = {i.code for row in rubric.rows if row.subject == origin.subject.kind for i in row.items}
        wrong = sorted(wanted ^ sheet.lines.keys())
        if wrong:
            problems.add("S10", sheet.place(), number=len(wrong), codes="、".join(wrong[:_CODES_SHOWN]))


_CODES_SHOWN = 8


def contributions(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> Taken:
    """What a sheet says otherwise than when it was made.

    Args:
        sheet: as it came back.
        rubric: its rules.
        problems: takes what cannot be read.
    """
    origin = sheet.origin
    base = {finding.item: finding for finding in origin.findings}
    made = SpotCheck(origin.batch, (origin.subject,), origin.findings, origin.measurements)
    (result,) = score_spot_check(rubric, made).objects
    shown = shown_answers(rubric, result, fillable=origin.fillable)
    changed = {}
    for code, line in sheet.lines.items():
        before = shown[code]
        was = (before.result, str(before.count), _squeezed(before.note))
        if code in result.judgements and ((line.result, line.count, _squeezed(line.note)) != was or line.images):
            changed[code] = _typed(line, before.note, base.get(code))
    found = read_answers(sheet, changed, rubric, problems)
    answers = tuple(
        Contribution(_complete(finding, base.get(code)), base.get(code), sheet.place(code))
        for code, finding in found.items()
        if not is_open(finding) or code in base
    )
    pictures = {picture_name(i.content, i.suffix): i.content for line in sheet.lines.values() for i in line.images}
    return Taken(sheet, answers, pictures)


def _squeezed(text: str) -> str:
    """A text without white space: programs break lines in their own ways."""
    return "".join(text.split())


def _typed(line: FilledLine, before: str, base: Finding | None) -> str:
    """The note as a person means it: without the lines that the sheet showed of its own accord."""
    own = set(before.split("\n")) - set(base.note.split("\n") if base else ())
    own = {shown for shown in own if not shown.startswith(say("sheet.url", url=""))}
    return "\n".join(text for text in line.note.split("\n") if text.strip() not in own)


def _complete(finding: Finding, base: Finding | None) -> Finding:
    """An answer with what the sheet has no place for."""
    if base is None:
        return finding
    names = dict.fromkeys(filter(None, [*base.screenshot.split("；"), *finding.screenshot.split("；")]))
    return replace(finding, screenshot="；".join(names), extra=base.extra)
