"""Problems from scored inspections and from breaches of rules."""

from collections.abc import Iterator

from govkit.findings import Batch, Finding, Outcome
from govkit.issues import Issue
from govkit.messages import say
from govkit.packs import Breach, Compliance
from govkit.quarters import Quarter
from govkit.rubric import Item, PartName, Rubric
from govkit.scoring import Inspection, Judgement, ObjectResult, Verdict
from govkit.season import Season

_BETWEEN_PICTURES = "；"


def issues_of_inspection(inspection: Inspection) -> tuple[Issue, ...]:
    """The problems of all objects that have a verdict, also where they are not scored; bonuses are none.

    They are those of the 问题清单 of 通报: what is unfinished may still change.
    """
    batch, rubric = inspection.batch, inspection.rubric
    done = (result for result in inspection.objects if result.score.verdict != Verdict.INCOMPLETE)
    return tuple(issue for result in done for issue in _issues(batch, rubric, result))


def _issues(batch: Batch, rubric: Rubric, result: ObjectResult) -> Iterator[Issue]:
    subject = result.subject
    for code, judgement in result.judgements.items():
        row, item, finding = rubric.row_of[code], rubric.items[code], judgement.finding
        if judgement.outcome != Outcome.FOUND or row.part == PartName.BONUS:
            continue
        yield Issue(
            source=batch.name,
            subject_id=subject.id,
            name=subject.name,
            kind=str(subject.kind),
            sponsor=subject.sponsor,
            item=code,
            indicator=row.name,
            what=_what(item, judgement),
            clause=say("document.clause", code=code, text=rubric.wording(item)),
            found=finding.checked_at.date() if finding and finding.checked_at else batch.as_of,
            url=finding.url if finding else "",
            screenshots=_pictures(finding),
            severity=say(f"issue.{row.part}"),
            points=result.score.losses.get(code),
            count=judgement.count if item.kind == "count" or item.levels else None,
        )


def _pictures(finding: Finding | None) -> tuple[str, ...]:
    return tuple(filter(None, finding.screenshot.split(_BETWEEN_PICTURES))) if finding else ()


def _what(item: Item, judgement: Judgement) -> str:
    """What is wrong: how many, at which level, in whose words, or by which measured quantity."""
    finding, reading = judgement.finding, judgement.reading
    recorded = finding is not None and finding.outcome != Outcome.UNCHECKED
    told = [say("document.found", count=judgement.count, unit=item.unit) if item.kind == "count" else ""]
    told += [level.text for level in item.levels if level.points == judgement.count]
    told += [finding.note if finding else ""]
    told += [say("sheet.measured", fact=reading.fact) if reading and not recorded else ""]
    return "\n".join(filter(None, told))


def issues_of_compliance(compliance: Compliance) -> tuple[Issue, ...]:
    """The breaches of a season, rule by rule; their source is the quarter in which it ends, with the pack."""
    return tuple(_of_breach(breach, compliance.season) for breach in compliance.breaches())


def _of_breach(breach: Breach, season: Season) -> Issue:
    thing, rule, as_of = breach.thing, breach.rule, season.period[1]
    judged = season.checked.get((thing.id, rule.id))
    finding = judged if judged and judged.outcome == Outcome.FOUND else None
    return Issue(
        source=say("issue.source", quarter=Quarter.of(as_of).name, pack=breach.pack.id),
        subject_id=thing.id,
        name=thing.name,
        kind=str(thing.kind),
        sponsor=thing.unit.name,
        item=rule.id,
        indicator=rule.name,
        what=breach.fact,
        clause=say("issue.rule_clause", notice=breach.pack.name, article=rule.article, text=rule.text),
        found=finding.checked_at.date() if finding and finding.checked_at else as_of,
        url=finding.url if finding else "",
        screenshots=_pictures(finding),
        severity=rule.severity,
    )
