"""What a sheet shows of each item: 检查结果, 数量 and 问题说明.

What is not scored is said in words, never as 0: “不再评分” after a veto, “不评分” for a bonus that does not count,
“不检查” for what is out of scope. A sheet to be filled in shows what is known, and leaves the rest blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from govkit.findings import Outcome
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric, outcome_word
from govkit.scoring import Ground, Judgement, ObjectResult
from govkit.sheets.values import Plain


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the three cells beside an item."""

    result: str
    count: Plain
    note: str


def absent_word(result: ObjectResult, part: PartName) -> str:
    """What stands instead of results where a whole part is not scored; empty where it is."""
    ground = result.score.ground
    if part == PartName.VETO:
        return ""
    if ground == Ground.VETO:
        return say("sheet.no_more")
    if part == PartName.BONUS and ground in {Ground.BELOW, Ground.PLAIN}:
        return say("sheet.not_scored")
    return ""


def answers(rubric: Rubric, result: ObjectResult, *, fillable: bool) -> dict[str, Answer]:
    """What is shown of each item, by code, also of those that are out of scope.

    What somebody recorded stays to be read, and to be mended, also where it is not scored any more.
    """
    absent = {part: absent_word(result, part) for part in PartName}
    none = "" if fillable else say("sheet.none")
    words = {(part, outcome): outcome_word(outcome, part) for part in PartName for outcome in Outcome}
    shown: dict[str, Answer] = {}
    for row in rubric.rows:
        if row.subject != result.subject.kind:
            continue
        for item in row.items:
            judgement = result.judgements.get(item.code)
            if judgement is None:
                word = "" if fillable else absent[row.part]
                out, note = say("sheet.out_of_scope"), say("sheet.no_services")
                shown[item.code] = Answer(word or out, say("sheet.none"), note)
                continue
            if judgement.finding is None and judgement.reading is None:  # so it is with most items
                word = "" if fillable else absent[row.part] or words[row.part, judgement.outcome]
                shown[item.code] = Answer(word, none, "")
                continue
            counted = judgement.outcome == Outcome.FOUND and is_recorded(judgement)
            word = _word(row, judgement, absent[row.part], fillable=fillable)
            shown[item.code] = Answer(word, judgement.count if counted else none, _note(item, judgement))
    return shown


def is_recorded(judgement: Judgement) -> bool:
    """Whether a person judged the item; otherwise a measured quantity or the default of the batch did."""
    return judgement.finding is not None and judgement.finding.outcome != Outcome.UNCHECKED


def _word(row: Row, judgement: Judgement, absent: str, *, fillable: bool) -> str:
    if fillable and judgement.finding is None and not judgement.reading:
        return ""  # and not where somebody wrote 未检查: what is left blank may count as 未发现
    if absent and judgement.finding is None and not fillable:
        return absent
    return outcome_word(judgement.outcome, row.part)


def _note(item: Item, judgement: Judgement) -> str:
    return "\n".join(filter(None, _note_lines(item, judgement)))


def _note_lines(item: Item, judgement: Judgement) -> Iterator[str]:
    if judgement.outcome == Outcome.FOUND:
        yield from (level.text for level in item.levels if level.points == judgement.count)
    if judgement.finding:
        yield judgement.finding.note
        yield say("sheet.url", url=judgement.finding.url) if judgement.finding.url else ""
    if judgement.reading and not is_recorded(judgement):
        measured = say("sheet.measured", fact=judgement.reading.fact)
        yield say("sheet.near", note=measured) if judgement.reading.near else measured
