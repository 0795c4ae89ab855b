"""培训结果: how the people of a class, or two inspectors, judged one object, for the trainer."""

from collections.abc import Iterator

from govkit.figures import Rate, two_places
from govkit.messages import say
from govkit.scoring import Judgement, ObjectScore, reason
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Page, Value, book_of
from govkit.sheets.season.words import NUMBER
from govkit.training import Agreement, Answer, ClassAgreement, ItemAgreement, answer_words

_MANY = 8  # people, whose answers have no room side by side on a page
_PEOPLE = (
    NUMBER,
    paper.Column("姓名", 18),
    paper.Column("结论和原因", 44, left=True),
    paper.Column("最后得分", 10),
    paper.Column("与标准答案一致", 22),
    paper.Column("与标准答案的Kappa", 14),
    paper.Column("与其他人一致", 24),
)
_ITEMS = (
    NUMBER,
    paper.Column("编号", 8),
    paper.Column("指标", 18, left=True),
    paper.Column("评分细则", 44, left=True),
    paper.Column("标准答案", 16),
    paper.Column("各种答案的人数", 34, left=True),
    paper.Column("未答", 7),
    paper.Column("两两一致", 22),
    paper.Column("答对", 18),
)
_ROWS = (
    NUMBER,
    paper.Column("编号", 8),
    paper.Column("指标", 24, left=True),
    paper.Column("两两一致", 24),
    paper.Column("答对", 22),
    paper.Column("系数", 26),
)


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
    split = [item for item in agreement.items if item.splits]
    columns = (*_ITEMS[:5], *(paper.Column(person.who, 14) for person in agreement.people))
    wide = len(agreement.people) > _MANY
    pages = [
        Page(*_named("people"), _PEOPLE, _people(agreement), above, fixed=2),
        Page(*_named("items"), _ITEMS, _items(agreement), above[:1], fixed=2),
        Page(*_named("rows"), _ROWS, _rows(agreement), above[:1], fixed=2),
        Page(*_named("split"), columns, _split(agreement, split), above[:1], fixed=2, wide=wide),
    ]
    return book_of(pages)


def shown_coefficient(agreement: Agreement) -> str:
    """A coefficient with its name, or that it cannot be told."""
    name = say(f"lesson_sheet.{agreement.kind}")
    value = say("lesson_sheet.untold") if agreement.value is None else f"{agreement.value:.2f}"
    return say("lesson_sheet.coefficient", name=name, value=value)


def _named(sheet: str) -> tuple[str, str]:
    return say(f"lesson_sheet.{sheet}"), say(f"lesson_sheet.{sheet}_title")


def _people(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, person in enumerate(agreement.people, 1):
        told, kappa = person.feedback, person.with_reference
        right = Rate(len(told.items) - len(told.differences), len(told.items)).shown if told else ""
        value = "" if kappa is None or kappa.value is None else f"{kappa.value:.2f}"
        words = reason(person.score, agreement.rubric)
        yield [number, person.who, words, _total(person.score), right, value, person.with_others.shown]


def _total(score: ObjectScore) -> str:
    return "" if score.total is None else two_places(score.total)


def _items(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, item in enumerate(agreement.items, 1):
        counted = "；".join(
            say("lesson_sheet.answer", answer=_words(agreement, item, answer), number=people)
            for answer, people in item.answers.items()
        )
        right = item.right.shown if item.right else ""
        yield [number, *_item(agreement, item), counted, item.missing, item.pairs.shown, right]


def _item(agreement: ClassAgreement, item: ItemAgreement) -> list[Value]:
    code = item.item.code
    judged = agreement.reference.judgements[code] if agreement.reference else None
    answer = _words(agreement, item, (judged.outcome, judged.count)) if judged else ""
    return [code, agreement.rubric.row_of[code].name, agreement.rubric.wording(item.item), answer]


def _words(agreement: ClassAgreement, item: ItemAgreement, answer: Answer) -> str:
    outcome, count = answer
    part = agreement.rubric.row_of[item.item.code].part
    return answer_words(item.item, part, Judgement(outcome, 1 if count is None else count))


def _rows(agreement: ClassAgreement) -> Iterator[list[Value]]:
    for number, each in enumerate(agreement.rows, 1):
        right = each.right.shown if each.right else ""
        yield [number, each.row.code, each.row.name, each.pairs.shown, right, shown_coefficient(each.beyond_chance)]


def _split(agreement: ClassAgreement, items: list[ItemAgreement]) -> Iterator[list[Value]]:
    for number, item in enumerate(items, 1):
        said = (_said(agreement, item, person.answers[item.item.code]) for person in agreement.people)
        yield [number, *_item(agreement, item), *said]


def _said(agreement: ClassAgreement, item: ItemAgreement, answer: Answer | None) -> str:
    return say("lesson_sheet.none") if answer is None else _words(agreement, item, answer)
