"""What came of a class, as tables: by person, by item, by indicator."""

from collections.abc import Iterator

from markupsafe import Markup

from govkit.figures import Rate, two_places
from govkit.forms.markup import fill, join
from govkit.forms.pane import heading, notices, table
from govkit.messages import say
from govkit.organising.lesson import Lesson
from govkit.scoring import reason
from govkit.sheets.lesson import shown_coefficient
from govkit.training import Agreement, ClassAgreement, ItemAgreement

_OF_RIGHT = {"expected", "alone", "right", "kappa"}


def summary(lesson: Lesson) -> Markup:
    """How far all of them agree, and the right result."""
    agreement = lesson.agreement
    beyond = shown_coefficient(agreement.beyond_chance)
    told = [say("train.agree", number=len(agreement.people), pairs=agreement.pairs.shown, beyond=beyond)]
    if agreement.reference:
        told.insert(0, say("lesson_sheet.right", result=reason(agreement.reference.score, agreement.rubric)))
    paragraphs = join(fill("<p>{text}</p>", text=text) for text in told)
    return heading(lesson.title) + paragraphs


def people_table(agreement: ClassAgreement) -> Markup:
    """What each person's answers come to, and how many are right."""
    rows = []
    for person in agreement.people:
        told, total = person.feedback, person.score.total
        right = [Rate(len(told.items) - len(told.differences), len(told.items)).shown] if told else []
        kappa = [_value(person.with_reference)] if person.with_reference else []
        words = reason(person.score, agreement.rubric)
        shown = "" if total is None else two_places(total)
        rows.append((person.who, words, shown, *right, *kappa, person.with_others.shown))
    return table(_headings(agreement, "who", "result", "total", "right", "kappa", "others"), rows)


def items_table(agreement: ClassAgreement) -> Markup:
    """The items that split the class, the worst first: who said what."""
    rows = [tuple(_item(agreement, item)) for item in agreement.splitting]
    headings = _headings(agreement, "item", "wording", "expected", "said", "alone", "pairs", "right")
    return table(headings, rows) if rows else notices([say("chart.no_splitting")])


def rows_table(agreement: ClassAgreement) -> Markup:
    """How far people agree on each indicator."""
    rows = [
        (each.row.code, each.row.name, each.pairs.shown, *([each.right.shown] if each.right else []), coefficient)
        for each in agreement.rows
        for coefficient in [shown_coefficient(each.beyond_chance)]
    ]
    return table(_headings(agreement, "code", "row", "pairs", "right", "beyond"), rows)


def _headings(agreement: ClassAgreement, *names: str) -> list[str]:
    """The headings of columns, without those about right answers where nobody knows them."""
    return [say(f"train.column_{name}") for name in names if agreement.reference or name not in _OF_RIGHT]


def _item(agreement: ClassAgreement, each: ItemAgreement) -> Iterator[object]:
    code = each.item.code
    yield code
    yield agreement.rubric.wording(each.item)
    if agreement.reference:
        yield agreement.right_words(code)
    said = [
        say("train.said", answer=agreement.in_words(code, answer), names="、".join(agreement.who_said(code, answer)))
        for answer in each.answers
    ]
    yield join([*said, *([say("train.missing", number=each.missing)] if each.missing else [])], "<br>")
    if agreement.reference:
        alone = [
            say("train.alone", answer=agreement.in_words(code, answer), result=result)
            for answer in each.answers
            if (result := agreement.alone(code, answer))
        ]
        yield join(alone, "<br>")
    yield each.pairs.shown
    if each.right:
        yield each.right.shown


def _value(agreement: Agreement) -> str:
    return say("figures.none") if agreement.value is None else f"{agreement.value:.2f}"
