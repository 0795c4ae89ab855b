"""培训结果: how the people of a class, or two inspectors, judged one object, for the trainer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.figures import Rate, two_places
from govkit.messages import say
from govkit.scoring import ObjectScore, reason
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Mark, Page, Tone, Value, book_of
from govkit.sheets.season.words import NUMBER
from govkit.training import Agreement, ClassAgreement, ItemAgreement, Remark

_MANY = 12  # people, whose names nobody needs where all others are named
_LONGEST = 500  # characters of names in a cell, which may not be higher than a page
_PEOPLE = (
    NUMBER,
    paper.Column("姓名", 18),
    paper.Column("结论和原因", 44, left=True),
    paper.Column("最后得分", 10),
    paper.Column("答对", 20),
    paper.Column("与标准答案的κ", 20),
    paper.Column("与其他人一致", 24),
)
_ITEMS = (
    NUMBER,
    paper.Column("编号", 8),
    paper.Column("指标", 16, left=True),
    paper.Column("评分细则", 40, left=True),
    paper.Column("标准答案", 15),
    paper.Column("各种答案的人数", 32, left=True),
    paper.Column("未答", 6),
    paper.Column("两两一致", 21),
    paper.Column("答对", 18),
)
_ERRORS = (
    NUMBER,
    paper.Column("姓名", 14),
    paper.Column("编号", 8),
    paper.Column("问题", 12),
    paper.Column("标准答案", 16),
    paper.Column("答案", 16),
    paper.Column("条款", 50, left=True),
    paper.Column("影响", 44, left=True),
)
_ROWS = (
    NUMBER,
    paper.Column("编号", 8),
    paper.Column("指标", 28, left=True),
    paper.Column("两两一致", 24),
    paper.Column("答对", 22),
    paper.Column("系数", 46),
)
_SPLIT = (
    NUMBER,
    paper.Column("编号", 8),
    paper.Column("指标", 16, left=True),
    paper.Column("评分细则", 34, left=True),
    paper.Column("答案", 16),
    paper.Column("对错", 6),
    paper.Column("人数", 6),
    paper.Column("姓名", 40, left=True),
    paper.Column("只错这一条时的结果", 34, left=True),
)
_OF_RIGHT = frozenset({"答对", "与标准答案的κ", "标准答案", "对错", "只错这一条时的结果"})
"""Columns that tell nothing where nobody knows what is right."""


def lesson_book(title: str, agreement: ClassAgreement) -> bytes:
    """The workbook: people, items, indicators, and who said what of the items that split the class.

    Args:
        title: of the case or object.
        agreement: how people agree.
    """
    above = [
        say("lesson_sheet.object", title=title, number=len(agreement.people)),
        say("lesson_sheet.all", pairs=agreement.pairs.shown, beyond=shown_coefficient(agreement.beyond_chance)),
        say("lesson_sheet.how"),
    ]
    if agreement.reference:
        above.insert(1, say("lesson_sheet.right", result=reason(agreement.reference.score, agreement.rubric)))
    tables: list[tuple[str, Sequence[paper.Column], Iterable[Sequence[Value]]]] = [
        ("people", _PEOPLE, _people(agreement)),
        ("items", _ITEMS, _items(agreement)),
        ("rows", _ROWS, _rows(agreement)),
        ("split", _SPLIT, _split(agreement)),
        *([("errors", _ERRORS, _errors(agreement))] if agreement.reference else []),
    ]
    return book_of(_page(agreement, *table, above if table[0] == "people" else above[:-2]) for table in tables)


def shown_coefficient(agreement: Agreement) -> str:
    """A coefficient with its name, or that it cannot be told."""
    name = say(f"lesson_sheet.{agreement.kind}")
    value = say("lesson_sheet.untold") if agreement.value is None else f"{agreement.value:.2f}"
    return say("lesson_sheet.coefficient", name=name, value=value)


def _page(
    agreement: ClassAgreement,
    sheet: str,
    columns: Sequence[paper.Column],
    rows: Iterable[Sequence[Value]],
    above: Sequence[str],
) -> Page:
    """A sheet with those of its columns that tell something."""
    kept = [n for n, column in enumerate(columns) if agreement.reference or column.heading not in _OF_RIGHT]
    return Page(
        say(f"lesson_sheet.{sheet}"),
        say(f"lesson_sheet.{sheet}_title"),
        [columns[n] for n in kept],
        ([row[n] for n in kept] for row in rows),
        above,
        fixed=2,
    )


def _people(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, person in enumerate(agreement.people, 1):
        told, kappa = person.feedback, person.with_reference
        right = Rate(len(told.items) - len(told.differences), len(told.items)).shown if told else ""
        value = say("figures.none") if kappa is None or kappa.value is None else f"{kappa.value:.2f}"
        words = reason(person.score, agreement.rubric)
        yield [number, person.who, words, _total(person.score), right, value, person.with_others.shown]


def _total(score: ObjectScore) -> str:
    return "" if score.total is None else two_places(score.total)


def _items(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, item in enumerate(agreement.items, 1):
        counted = "；".join(
            say("lesson_sheet.answer", answer=agreement.in_words(item.item.code, answer), number=people)
            for answer, people in item.answers.items()
        )
        right = item.right.shown if item.right else ""
        yield [number, *_item(agreement, item), counted, item.missing, item.pairs.shown, right]


def _item(agreement: ClassAgreement, item: ItemAgreement) -> list[Value]:
    code = item.item.code
    row = agreement.rubric.row_of[code]
    return [code, row.name, agreement.rubric.wording(item.item), agreement.right_words(code)]


def _rows(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, each in enumerate(agreement.rows, 1):
        right = each.right.shown if each.right else ""
        yield [number, each.row.code, each.row.name, each.pairs.shown, right, shown_coefficient(each.beyond_chance)]


def _errors(agreement: ClassAgreement) -> Iterator[list[Value]]:
    """What each person got wrong, of what they judged: to be given to them."""
    number = 0
    for person in agreement.people:
        told = person.feedback
        for each in told.differences if told else ():
            if told and each.remark != Remark.LEFT_OPEN:
                words, number = told.words(each), number + 1
                said = [words.remark, words.expected, words.answered]
                yield [number, person.who, each.item.code, *said, f"{words.clause}\n{words.wording}", words.effect]


class _Said(NamedTuple):
    """An answer in words, who gave it, and what it alone would make of the right result."""

    answer: str
    people: tuple[str, ...]
    alone: str = ""


def _split(agreement: ClassAgreement) -> Iterator[list[Value]]:
    """A row for each answer to the items that split the class, the worst item first."""
    for number, item in enumerate(agreement.splitting, 1):
        code, name, wording, right = _item(agreement, item)
        said = _said_of(agreement, item)
        largest = max(said, key=lambda each: len(each.people))
        for each in said:
            told = _right_or_wrong(each.answer, right)
            everybody = each is largest and len(each.people) > _MANY
            pieces = [say("lesson_sheet.all_others")] if everybody else _pieces(each.people)
            for place, names in enumerate(pieces):
                start = [number, code, name, "" if place or each is not said[0] else wording]
                if place:
                    more = say("lesson_sheet.more")
                    yield [*start, more, told, more, names, ""]
                else:
                    yield [*start, each.answer, told, len(each.people), names, each.alone]


def _said_of(agreement: ClassAgreement, item: ItemAgreement) -> list[_Said]:
    """The answers to an item: the right one first, even if nobody gave it; those who gave none last."""
    code, right = item.item.code, agreement.right_words(item.item.code)
    said = [
        _Said(agreement.in_words(code, answer), agreement.who_said(code, answer), agreement.alone(code, answer))
        for answer in item.answers
    ]
    if right and right not in (each.answer for each in said):
        said.append(_Said(right, ()))
    said.sort(key=lambda each: each.answer != right)
    silent = tuple(person.who for person in agreement.people if person.answers[code] is None)
    return [*said, *([_Said(say("lesson_sheet.none"), silent)] if silent else [])]


def _right_or_wrong(answer: str, right: Value) -> Value:
    """Whether an answer is right; nothing of one that was not given."""
    if answer == say("lesson_sheet.none"):
        return ""
    return Mark(say("chart.right"), Tone.GOOD) if answer == right else Mark(say("chart.wrong"), Tone.BAD)


def _pieces(people: Sequence[str]) -> list[str]:
    """Names in pieces that fit into a cell; one piece without a name, where there are none."""
    pieces = [""]
    for who in people:
        name = " ".join(who.split())
        longer = f"{pieces[-1]}、{name}" if pieces[-1] else name
        if pieces[-1] and len(longer) > _LONGEST:
            pieces.append(name)
        else:
            pieces[-1] = longer
    return pieces
