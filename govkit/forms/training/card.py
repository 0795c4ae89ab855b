"""What is told of one item of the rubric, as a card, and of the result of an object."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from markupsafe import Markup

from govkit.figures import shortest, two_places
from govkit.forms.markup import fill, join, lines
from govkit.forms.pane import heading, table
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.scoring import ObjectResult, reason
from govkit.training import Explained, Task, answer_words


def item_card(rubric: Rubric, each: Explained) -> Markup:
    """An item: wording, what it takes or earns, sample, scope, limits, how one looks at it, and two examples."""
    bonus = "bonus" if each.part == PartName.BONUS else "problem"
    facts = ((say(f"train.fact_{name}"), text) for name, text in _facts(rubric, each) if text)
    said = each.explanation
    pieces = [
        heading(f"{each.item.code}　{each.row.title}"),
        fill("<p>{lead}<b>{text}</b>{more}</p>", lead=each.row.lead, text=each.wording, more=_more(each.row)),
        fill(
            '<table class="gk-table gk-facts">{rows}</table>',
            rows=join(fill('<tr><th class="gk-day">{name}</th><td>{text}</td></tr>', name=n, text=t) for n, t in facts),
        ),
        fill("<p><b>{title}</b>：{text}</p>", title=say("train.how"), text=lines(said.how)),
        _example("good", say(f"booklet.right_{bonus}"), said.right),
        _example("refused", say(f"booklet.wrong_{bonus}"), said.wrong),
    ]
    return join(pieces)


def _example(kind: str, title: str, text: str) -> Markup:
    pattern = '<div class="gk-note gk-{kind}"><b>{title}</b>：{text}</div>'
    return fill(pattern, kind=kind, title=title, text=lines(text))


def _more(row: Row) -> Markup:
    more = " ".join(filter(None, [row.tail, *row.notes]))
    return fill('<span class="gk-dim"> {text}</span>', text=more) if more else Markup()


def _facts(rubric: Rubric, each: Explained) -> Iterator[tuple[str, object]]:
    item, row = each.item, each.row
    limit = rubric.parameters.limits.get(item.code)
    yield "place", row.clause
    yield "points", _points(each.part, row, item)
    yield "sample", say("form.sample", sample=item.sample, unit=item.unit) if item.sample else ""
    yield "scope", say(f"train.scope_{row.subject}") + (say("train.services_only") if row.services_only else "")
    yield "limit", limit.text if limit else ""
    yield "warning", each.warning
    yield "measure", "、".join(item.measure.quantities_read) if item.measure else ""
    yield "guidance", rubric.guidance(item)


def title_of(rubric: Rubric, name: PartName) -> str:
    """The title of a part as the annex prints it."""
    return next(part.title for part in rubric.parts if part.part == name)


def _points(part: PartName, row: Row, item: Item) -> Markup | str:
    """What one hit or level takes or earns, with the cap of the indicator."""
    if row.points is None:
        return say("train.points_veto")
    cap = say("train.cap", code=row.code, cap=shortest(row.points))
    if item.kind == "tier":
        levels = (say("form.level", points=level.points, text=level.text) for level in item.levels)
        return join(chain(levels, [cap]), "<br>")
    each = say(f"train.points_{part}_{item.kind}", points=shortest(item.points or Fraction(0)), unit=item.unit)
    return f"{each}{cap}"


def story_of(task: Task) -> Markup:
    """What is told of a task: its object, the story, and what holds of all that is not mentioned."""
    pattern = '{title}<div class="gk-dim">{facts}</div><p>{story}</p>'
    facts = say(
        "train.case_facts", object=subject_words(task.object.subject()), as_of=task.as_of, rubric=task.rubric.title
    )
    story = lines(f"{task.story.strip()}\n{task.statement}")
    return fill(pattern, title=heading(task.title), facts=facts, story=story)


def subject_words(subject: Subject) -> str:
    """What is inspected: name, kind, and for sites whether its sponsor has 对外服务职能."""
    service = say(f"lesson.service_{subject.service}") if subject.kind == Kind.SITE else ""
    pieces = (subject.name, say(f"train.scope_{subject.kind}"), service)
    return "，".join(filter(None, pieces))


def findings_table(rubric: Rubric, result: ObjectResult, codes: Iterable[str]) -> Markup:
    """What was found of some items, in the order in which they are given."""
    rows = []
    for code in codes:
        judgement, item, row = result.judgements[code], rubric.items[code], rubric.row_of[code]
        note = judgement.finding.note if judgement.finding else ""
        fact = judgement.reading.fact if judgement.reading else ""
        told = join(filter(None, [note, fact]), "<br>")
        rows.append((code, rubric.wording(item), answer_words(item, row.part, judgement), told))
    return table([say(f"train.column_{name}") for name in ("item", "wording", "answer", "note")], rows)


def verdict_words(rubric: Rubric, result: ObjectResult) -> Markup:
    """The verdict of an object with its ground, and the total where there is one."""
    score = result.score
    total = "" if score.total is None else say("train.total", points=two_places(score.total))
    pattern = '<div><span class="gk-verdict gk-{verdict}">{word}</span> <b>{total}</b> {reason}</div>'
    words = {"word": say(f"verdict.{score.verdict}"), "total": total, "reason": reason(score, rubric)}
    return fill(pattern, verdict=score.verdict, **words)
