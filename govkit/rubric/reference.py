"""What is generated from rubric files: the reference table in Markdown, and the JSON schema that editors use.

Both are committed (`docs/`, `govkit/rubric/data/`), and a test holds them equal to what is generated here.
"""

import json
from collections.abc import Iterator

from pydantic import TypeAdapter

from govkit.figures import shortest
from govkit.messages import say
from govkit.rubric.entries import Item, PartName, Row
from govkit.rubric.load import Variant
from govkit.rubric.model import Rubric


def reference(rubric: Rubric) -> str:
    """The reference table of a rubric, in Chinese: every item with its points, limits, scope and clause."""
    return "\n".join(_lines(rubric)) + "\n"


def _lines(rubric: Rubric) -> Iterator[str]:
    number = {kind: sum(1 for row in rubric.rows for _ in row.items if row.part == kind) for kind in PartName}
    yield say("reference.title", title=rubric.title)
    yield ""
    yield say("reference.head", id=rubric.id, version=rubric.version, sha256=rubric.sha256, source=rubric.source)
    yield ""
    yield say("reference.numbers", rows=len(rubric.rows), items=len(rubric.items), **number)
    parameters = rubric.parameters
    rule = parameters.without_services
    yield ""
    yield say("reference.lines", pass_line=shortest(parameters.pass_line), bonus_line=shortest(parameters.bonus_line))
    values = {"full_marks": shortest(rule.full_marks), "multiplier": rule.multiplier}
    yield say("reference.services" if rule.applies else "reference.no_services", **values)
    for part in rubric.parts:
        yield ""
        points = f"（{shortest(part.points)}分）" if part.points is not None else ""
        yield f"## {part.title}{points}"
        for row in (row for row in rubric.rows if row.part == part.part):
            yield ""
            yield from _row_lines(rubric, row)


def _row_lines(rubric: Rubric, row: Row) -> Iterator[str]:
    points = f"（{shortest(row.points)}分）" if row.points is not None else ""
    group = f"{row.group} · " if row.group else ""
    yield f"### {row.code} {group}{row.name}{points}"
    yield ""
    scope = say("reference.services_only") if row.services_only else ""
    yield say("reference.clause", clause=row.clause, scope=scope)
    for text in (row.lead, row.tail, *row.notes):
        if text:
            yield ""
            yield f"> {text}"
    yield ""
    yield say("reference.columns")
    yield "|---|---|---|---|---|"
    for item in row.items:
        cells = (item.code, rubric.wording(item), _judged(item), _limits(rubric, item), rubric.guidance(item))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _judged(item: Item) -> str:
    """The kind of an item, with what one hit takes or earns."""
    points = shortest(item.points) if item.points is not None else ""
    levels = "；".join(f"{level.text}：{level.points}" for level in item.levels)
    scored = "scored" if points else "plain"
    return say(f"reference.{item.kind}_{scored}", points=points, unit=item.unit, levels=levels)


def _limits(rubric: Rubric, item: Item) -> str:
    """Sample, limit, warning line and measured quantities of an item."""
    texts = []
    if item.sample:
        texts.append(say("reference.sample", sample=item.sample))
    limit = rubric.parameters.limits.get(item.code)
    if limit:
        texts.append(say("reference.limit", limit=limit.text, warning=limit.warning_text))
    if item.measure:
        texts.append(say("reference.measure", names="、".join(item.measure.quantities_read)))
    return "；".join(texts)


def schema() -> str:
    """The JSON schema of a rubric file: a whole rubric, or a variant that extends one."""
    made = TypeAdapter(Rubric | Variant).json_schema()
    for definition in (made, *made["$defs"].values()):
        if "sha256" in definition.get("properties", {}):
            del definition["properties"]["sha256"]
            definition["required"].remove("sha256")
    made["title"] = "govkit rubric"
    return json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
