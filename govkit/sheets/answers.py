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
    return {
        item.code: answer_of(row, item, result, absent[row.part], fillable=fillable)
        for row in rubric.rows
        if row.subject == result.subject.kind
        for item in row.items
    }


def answer_of(row: Row, item: Item, result: ObjectResult, absent: str, *, fillable: bool) -> Answer:
    """What is shown of one item; `absent` is the `absent_word` of its part."""
    judgement = result.judgements.get(item.code)
    if judgement is None:
        word = say("sheet.out_of_scope") if fillable or not absent else absent
        return Answer(word, say("sheet.none"), say("sheet.no_services"))
    counted = judgement.outcome == Outcome.FOUND and is_recorded(judgement)
    none = "" if fillable else say("sheet.none")
    word = _word(row, judgement, absent, fillable=fillable)
    return Answer(word, judgement.count if counted else none, _note(item, judgement))


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
