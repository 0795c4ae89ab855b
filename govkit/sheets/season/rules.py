"""规则核查结果: what rules say of a season, as one workbook."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import get_args

from govkit.messages import say
from govkit.packs import Breach, Column, Compliance, Pack, Status, Thing, ThingKind, advise, unknowns
from govkit.packs.model import Severity
from govkit.sheets.season import paper
from govkit.sheets.season.matrix import matrices
from govkit.sheets.season.paper import Page, Value, book_of
from govkit.sheets.season.words import ID, KIND, NAME, NUMBER, SPONSOR, kind_of, period_of
from govkit.sheets.staging import staging

_SEVERITIES: Sequence[str] = get_args(Severity)
_PACK, _RULE, _SEVERITY = paper.Column("规则包", 16), paper.Column("规则编号", 9), paper.Column("严重程度", 9)
_BASIS = paper.Column("依据", 30, left=True)
_NUMBERS = (Status.PASS, Status.BREACH, Status.NOT_APPLICABLE, Status.UNKNOWN)
_SEVERE = 0


def write_compliance(compliance: Compliance, path: Path) -> None:
    """Write 规则核查结果 to `path`.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    content = book_of(_pages(compliance))
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _pages(compliance: Compliance) -> Iterator[Page]:
    above = [period_of(compliance.season.period)]
    yield _overview(compliance, above)
    breaches = list(compliance.breaches())
    yield _breaches(breaches, above)
    yield _units(compliance, breaches, above)
    yield from matrices(compliance, above)
    yield _unknowns(compliance, above)
    yield _advice(compliance, above)


def _overview(compliance: Compliance, above: Sequence[str]) -> Page:
    packs = {column.pack.id: column.pack for column in compliance.columns}
    basis = [say("rules_sheet.pack", name=pack.name, version=pack.version) for pack in packs.values()]
    columns = (
        *(NUMBER, _PACK, _RULE, paper.Column("规则", 30, left=True), paper.Column("条款", 18, left=True)),
        *(paper.Column("检查对象", 10), paper.Column("判断方式", 10), _SEVERITY),
        *(paper.Column(say(f"status.{status.name}"), 9) for status in _NUMBERS),
    )
    rows: list[list[Value]] = []
    for number, column in enumerate(compliance.columns, 1):
        rule, counts = column.rule, column.counts
        way = say(f"rules_sheet.{'automatic' if rule.check.automatic else 'by_hand'}")
        about = say(f"thing.{rule.binds.about}")
        row: list[Value] = [number, column.pack.name, rule.id, rule.name, rule.article, about, way, rule.severity]
        rows.append([*row, *(counts[status] for status in _NUMBERS)])
    lines = [*above, *basis, *compliance.notices]
    return Page(say("rules_sheet.overview"), say("rules_sheet.title"), columns, rows, lines, fixed=4)


def _breaches(breaches: Sequence[Breach], above: Sequence[str]) -> Page:
    """问题清单: it feeds rectification, so that what one unit has to mend stands together, the gravest first."""
    columns = (
        *(NUMBER, _PACK, _RULE, _BASIS, _SEVERITY, ID, NAME, SPONSOR),
        *(paper.Column("问题说明", 44, left=True), paper.Column("整改要求", 36, left=True)),
    )
    order = {severity: number for number, severity in enumerate(_SEVERITIES)}
    ordered = sorted(breaches, key=lambda one: (one.thing.unit.name, order[one.rule.severity], one.thing.id))
    rows: Iterator[list[Value]] = (
        [
            *(number, one.pack.name, one.rule.id, _basis(one.pack, one.rule.article), one.rule.severity),
            *(one.thing.id, one.thing.name, one.thing.unit.name, one.fact, one.rule.remedy),
        ]
        for number, one in enumerate(ordered, 1)
    )
    return Page(say("rules_sheet.breaches"), say("rules_sheet.breaches_title"), columns, rows, above, fixed=3)


def _basis(pack: Pack, article: str) -> str:
    return say("rules_sheet.basis", title=pack.title, article=article)


def _units(compliance: Compliance, breaches: Sequence[Breach], above: Sequence[str]) -> Page:
    found: dict[str, Counter[str]] = {thing.id: Counter() for thing in compliance.things[ThingKind.UNIT]}
    for one in breaches:
        found.setdefault(one.thing.unit.name, Counter())[one.rule.severity] += 1
    unknown: Counter[str] = Counter()
    for column in compliance.columns:
        for thing in _of_status(column, compliance.things[column.rule.binds.about], Status.UNKNOWN):
            unknown[thing.unit.name] += 1
    columns = (
        *(NUMBER, SPONSOR, *(paper.Column(severity, 10) for severity in _SEVERITIES)),
        *(paper.Column("问题合计", 10), paper.Column("未知", 10)),
    )
    listed = sorted(([counts[severity] for severity in _SEVERITIES], unit) for unit, counts in found.items())
    listed.sort(key=itemgetter(0), reverse=True)
    rows: list[list[Value]] = [
        [number, unit or say("rules_sheet.no_unit"), *counts, sum(counts), unknown[unit]]
        for number, (counts, unit) in enumerate(listed, 1)
    ]
    return Page(say("rules_sheet.units"), say("rules_sheet.units_title"), columns, rows, above, landscape=False)


def _of_status(column: Column, things: Sequence[Thing], status: Status) -> Iterator[Thing]:
    meant = {code for code, judgement in enumerate(column.judgements) if judgement.status == status}
    return (thing for thing, code in zip(things, column.codes, strict=True) if code in meant)


def _unknowns(compliance: Compliance, above: Sequence[str]) -> Page:
    """未知的原因: the same reason counts once, whichever unit it names."""
    columns = (
        *(NUMBER, _PACK, _RULE, paper.Column("规则", 28, left=True), paper.Column("未知的原因", 44, left=True)),
        *(paper.Column("数量", 9), paper.Column("怎样补上", 44, left=True)),
    )
    rows: list[list[Value]] = [
        [number, one.pack.name, one.rule.id, one.rule.name, one.reason, one.number, one.remedy]
        for number, one in enumerate(unknowns(compliance), 1)
    ]
    return Page(say("rules_sheet.unknowns"), say("rules_sheet.unknowns_title"), columns, rows, above)


def _advice(compliance: Compliance, above: Sequence[str]) -> Page:
    columns = (
        *(NUMBER, ID, NAME, KIND, SPONSOR, paper.Column("建议", 8), paper.Column("理由", 40, left=True)),
        *(paper.Column("问题类型", 22, left=True), paper.Column("台账没有写的", 20, left=True)),
        *(paper.Column("决定", 8), paper.Column("决定的理由", 20, left=True), paper.Column("决定人", 10)),
        paper.Column("日期", 12),
    )
    rows: list[list[Value]] = []
    for number, advice in enumerate(advise(compliance), 1):
        thing = advice.thing
        kind = kind_of(thing.subject) if thing.subject else ""
        row: list[Value] = [number, thing.id, thing.name, kind, thing.unit.name, str(advice.outcome)]
        told = ("；".join(advice.reasons), "、".join(advice.problems), "、".join(advice.untold))
        rows.append([*row, *told, "", "", "", ""])
    lines = [*above, say("rules_sheet.advice_note")]
    return Page(say("rules_sheet.advice"), say("rules_sheet.advice_title"), columns, rows, lines, fixed=3)
