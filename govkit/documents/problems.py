"""Problems as documents tell them: by indicator with the names of the objects, and one by one with their clauses."""

from collections.abc import Iterator, Sequence

from govkit.documents.engine import Facts
from govkit.figures import shortest
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.scoring import Inspection, Judgement, ObjectResult, Verdict, reason
from govkit.sheets import shown_answers
from govkit.tally import KindTally

_NAMED = 10  # objects in a sentence; the annexes have all
_INDICATORS = 10  # that cost most points; the annex has all


def vetoes(inspection: Inspection, kind: Kind) -> Sequence[Facts]:
    """Each indicator by which objects failed, in the order of the annex, with their number and names."""
    failed = {
        row: [each for each in _checked(inspection, kind) if any(i.code in each.score.vetoes for i in row.items)]
        for row in inspection.rubric.rows_for(kind)
        if row.part == PartName.VETO
    }
    found = ((row, results) for row, results in failed.items() if results)
    return [{"序号": number, **_told(row, results)} for number, (row, results) in enumerate(found, 1)]


def losses(inspection: Inspection, counted: KindTally) -> Sequence[Facts]:
    """The indicators that cost most points, with how many, and the number and names of the sites."""
    lines = []
    for number, loss in enumerate(counted.losses[:_INDICATORS], 1):
        results = [each for each in _checked(inspection, counted.kind) if loss.row.code in each.score.deductions]
        lines.append({"序号": number, **_told(loss.row, results), "扣分": shortest(loss.points)})
    return lines


def failures(inspection: Inspection, kind: Kind) -> Sequence[Facts]:
    """不合格名单: the objects that failed, with the reason, in ledger order."""
    failed = (each for each in inspection.of_kind(kind) if each.score.verdict == Verdict.FAIL)
    return [
        {"序号": number, **_object(result), "原因": reason(result.score, inspection.rubric)}
        for number, result in enumerate(failed, 1)
    ]


def problems(inspection: Inspection, kind: Kind) -> Sequence[Facts]:
    """问题清单: every problem found at what was checked, also where it is not scored, unit by unit."""
    results = _checked(inspection, kind)
    units = list(dict.fromkeys(result.subject.sponsor for result in results))
    place = {unit: number for number, unit in enumerate(units)}
    results.sort(key=lambda result: place[result.subject.sponsor])
    found = (line for result in results for line in _problems(inspection.rubric, result))
    return [{"序号": number, **line} for number, line in enumerate(found, 1)]


def _checked(inspection: Inspection, kind: Kind) -> list[ObjectResult]:
    return [each for each in inspection.of_kind(kind) if each.score.verdict != Verdict.INCOMPLETE]


def _told(row: Row, results: Sequence[ObjectResult]) -> Facts:
    names = "、".join(result.subject.name for result in results[:_NAMED])
    shown = say("document.and_more", names=names) if len(results) > _NAMED else names
    return {"指标": row.name, "数量": len(results), "名单": shown}


def _object(result: ObjectResult) -> Facts:
    subject = result.subject
    return {"标识码": subject.id, "名称": subject.name, "主办单位": subject.sponsor or None}


def _problems(rubric: Rubric, result: ObjectResult) -> Iterator[Facts]:
    answers = shown_answers(rubric, result, fillable=False)
    for code, judgement in result.judgements.items():
        row, item = rubric.row_of[code], rubric.items[code]
        if judgement.outcome == Outcome.FOUND and row.part != PartName.BONUS:
            told = "\n".join(filter(None, (_counted(item, judgement), answers[code].note)))
            yield {
                **_object(result),
                "指标": say("document.veto", name=row.name) if row.part == PartName.VETO else row.name,
                "问题": told or None,
                "条款": say("document.clause", code=code, text=rubric.wording(item)),
            }


def _counted(item: Item, judgement: Judgement) -> str:
    return say("document.found", count=judgement.count, unit=item.unit) if item.kind == "count" else ""
