"""How two rubrics differ as a workbook, and what a batch comes to by the one and by the other."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from govkit.figures import shortest, two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rehearsing import Compared, Difference, Note, Rehearsal, why
from govkit.rubric import Rubric
from govkit.scoring import ObjectScore
from govkit.sheets.season.paper import Column, Mark, Page, Tone, Value, book_of
from govkit.sheets.season.words import NUMBER, kind_of
from govkit.sheets.staging import staging

_DIFFERENCES = (
    NUMBER,
    Column("变化", 8),
    Column("哪里", 30, left=True),
    Column("哪一项", 16),
    Column("原规则", 45, left=True),
    Column("新规则", 45, left=True),
)
_OBJECTS = (
    NUMBER,
    Column("检查对象", 26, left=True),
    Column("类别", 10),
    Column("变化", 8),
    Column("原结论", 9),
    Column("新结论", 9),
    Column("原扣分指标得分", 10),
    Column("新扣分指标得分", 10),
    Column("原加分", 8),
    Column("新加分", 8),
    Column("原最后得分", 10),
    Column("新最后得分", 10),
    Column("有变化的指标", 24, left=True),
    Column("原因", 60, left=True),
)
_SUMMARY = (Column("类别", 12), Column("项目", 30, left=True), Column("原规则", 46), Column("新规则", 46))
_NOTES = (NUMBER, Column("检查对象", 30, left=True), Column("细则", 10), Column("说明", 100, left=True))


def write_comparison(a: Rubric, b: Rubric, told: Sequence[Difference], rehearsal: Rehearsal | None, path: Path) -> None:
    """Write how `b` differs from `a` to `path`; with a rehearsal also what a batch comes to by either.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    about = {"a": a.id, "a_version": a.version, "b": b.id, "b_version": b.version}
    made = book_of(_pages([say("rehearsal.about", **about)], told, rehearsal))
    with staging(path.parent) as stage:
        stage.store(Path(path.name), made)
        stage.put_in_place()


def _pages(about: Sequence[str], told: Sequence[Difference], rehearsal: Rehearsal | None) -> Iterator[Page]:
    yield _page("differences", _DIFFERENCES, _differences(told), about)
    if rehearsal:
        batch = rehearsal.check.batch
        about = [*about, say("rehearsal.about_batch", name=batch.name, as_of=batch.as_of)]
        yield _page("summary", _SUMMARY, _summary(rehearsal), about)
        yield _page("objects", _OBJECTS, _objects(rehearsal.objects), about, fixed=2)
        yield _page("notes", _NOTES, _notes(rehearsal.notes), about)


def _page(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], about: Sequence[str], fixed: int = 0
) -> Page:
    return Page(say(f"rehearsal.sheet_{name}"), say("rehearsal.title"), columns, rows, about, fixed=fixed)


def _differences(told: Sequence[Difference]) -> Iterator[list[Value]]:
    if not told:
        yield ["", "", say("rehearsal.no_difference"), "", "", ""]
    for number, each in enumerate(told, 1):
        yield [number, say(f"rehearsal.change_{each.change}"), each.what, each.field, each.before, each.after]


def _objects(objects: Iterable[Compared]) -> Iterator[list[Value]]:
    for number, each in enumerate(objects, 1):
        before, after = each.before.score, each.after.score
        rows = ((code, *map(shortest, points)) for code, points in each.rows.items())
        shown = (say("rehearsal.row", code=code, before=old, after=new) for code, old, new in rows)
        mark = Mark(say("rehearsal.is_changed"), Tone.OPEN) if each.is_changed else None
        yield [
            *(number, each.subject.name, kind_of(each.subject), mark, _verdict(before), _verdict(after)),
            *(_points(before.part2), _points(after.part2), _points(before.bonus), _points(after.bonus)),
            *(_points(before.total), _points(after.total), "；".join(shown), why(each)),
        ]


def _notes(notes: Iterable[Note]) -> Iterator[list[Value]]:
    for number, note in enumerate(notes, 1):
        yield [number, note.subject.name, note.item, note.text]


def _verdict(score: ObjectScore) -> Mark:
    tone = {"pass": Tone.GOOD, "fail": Tone.BAD, "incomplete": Tone.OPEN}[score.verdict]
    return Mark(say(f"verdict.{score.verdict}"), tone)


def _points(points: Fraction | None) -> str | None:
    return None if points is None else two_places(points)


def _summary(rehearsal: Rehearsal) -> Iterator[list[Value]]:
    for kind in Kind:
        summary, word = rehearsal.summary(kind), say(f"chart.{kind}")
        if not summary.moves:
            continue
        counts = [
            say(
                "rehearsal.count",
                all=count.checked + count.unfinished,
                passed=count.passed,
                failed=count.failed,
                unfinished=count.unfinished,
            )
            for count in (summary.before, summary.after)
        ]
        yield [word, say("rehearsal.line_count"), *counts]
        yield [word, say("rehearsal.line_rate"), summary.before.pass_rate.shown, summary.after.pass_rate.shown]
        for (before, after), number in summary.moves.items():
            names = {"before": say(f"verdict.{before}"), "after": say(f"verdict.{after}")}
            yield [word, say("rehearsal.line_move", **names), None, number]
        if kind == Kind.SITE:
            yield [word, say("rehearsal.line_higher"), None, summary.higher]
            yield [word, say("rehearsal.line_lower"), None, summary.lower]
            yield [word, say("rehearsal.line_same"), None, summary.same]
            yield [word, say("rehearsal.line_shift"), None, two_places(summary.shift)]
