"""The matrix of things × rules, on a sheet for each kind of thing."""

from collections.abc import Iterator, Sequence

from govkit.messages import say
from govkit.packs import Column, Compliance, Status, Thing, ThingKind
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Mark, Page, Tone, Value
from govkit.sheets.season.words import ID, KIND, NAME, SPONSOR, kind_of

_TONES = {
    Status.PASS: Tone.GOOD,
    Status.BREACH: Tone.BAD,
    Status.NOT_APPLICABLE: Tone.IDLE,
    Status.UNKNOWN: Tone.OPEN,
}
_RULE_WIDTH = 10
_FIXED = 2
_UNIT = paper.Column("单位名称", 30, left=True)
_LEVEL, _CATEGORY = paper.Column("层级", 8), paper.Column("单位类别", 10)
_EVENT, _EVENT_NAME = paper.Column("事件编号", 14), paper.Column("事件名称", 30, left=True)


def matrices(compliance: Compliance, above: Sequence[str]) -> Iterator[Page]:
    """A sheet for each kind of thing: a row a thing, a column a rule about such things; without rules, none."""
    marks = {status: Mark(say(f"mark.{status.name}"), tone) for status, tone in _TONES.items()}
    legend = say("rules_sheet.legend", **{status.name: mark.text for status, mark in marks.items()})
    for kind in ThingKind:
        columns = [column for column in compliance.columns if column.rule.binds.about == kind]
        if not columns:
            continue
        own = _columns(kind)
        rules = [paper.Column(f"{column.rule.id}\n{column.rule.name}", _RULE_WIDTH) for column in columns]
        rows = _rows(compliance.things[kind], columns, [marks[status] for status in Status])
        name = say(f"thing.{kind}")
        title = say("rules_sheet.matrix_title", kind=name)
        yield Page(name, title, [*own, *rules], rows, [*above, legend], fixed=_FIXED, wide=True)


def _columns(kind: ThingKind) -> Sequence[paper.Column]:
    match kind:
        case ThingKind.SITE | ThingKind.ACCOUNT:
            return (ID, NAME, *([KIND] if kind == ThingKind.ACCOUNT else []), SPONSOR)
        case ThingKind.UNIT:
            return (_UNIT, _LEVEL, _CATEGORY)
        case ThingKind.INCIDENT:
            return (_EVENT, _EVENT_NAME, SPONSOR)


def _rows(things: Sequence[Thing], columns: Sequence[Column], marks: Sequence[Mark]) -> Iterator[list[Value]]:
    """A row a thing; `marks` stand in the order of `Status`."""
    shown = [([marks[judgement.status] for judgement in column.judgements], column.codes) for column in columns]
    for number, thing in enumerate(things):
        yield [*_own(thing), *(known[codes[number]] for known, codes in shown)]


def _own(thing: Thing) -> list[Value]:
    match thing.kind:
        case ThingKind.ACCOUNT if thing.subject:
            return [thing.id, thing.name, kind_of(thing.subject), thing.unit.name]
        case ThingKind.UNIT:
            return [thing.name, thing.unit.level or "", thing.unit.category or ""]
        case _:
            return [thing.id, thing.name, thing.unit.name]
