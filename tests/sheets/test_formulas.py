"""The formulas of scoring sheets against the engine, on sheets filled in by hand.

Other programs calculate what was typed; they must show, cell by cell, what the engine makes of the same findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from govkit.findings import Outcome
from govkit.ledger import Subject
from govkit.rubric import Row, Rubric, load_rubric, outcome_word
from govkit.scoring import Ground, ObjectResult
from govkit.sheets.values import Plain
from tests.sheets.builders import account, site
from tests.sheets.filled import JUDGES, Calculated, agrees, at, by_both, formula_cells, grids, places, typed_into
from tests.sheets.fills import Fill, Season, allowed, at_random, exactly, opened_again, other_rubric

TITLE = "评分表"
SEED = 20_191_218
A_BOOK = 12  # sheets in a workbook, at most


@pytest.fixture(scope="module")
def rubrics(tmp_path_factory: pytest.TempPathFactory) -> list[Rubric]:
    """The rubrics that come with govkit, and another."""
    return [load_rubric("fengdu-2019"), load_rubric("fengdu-2019-m14"), other_rubric(tmp_path_factory.mktemp("rubric"))]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook of blank sheets as they were filled in, by their titles.

    Attributes:
        fills: what was typed.
        results: what the engine makes of it.
        expected: what the cells with formulas should show, by their places.
        content: the file.
    """

    fills: Mapping[str, Fill]
    results: Mapping[str, ObjectResult]
    expected: Mapping[str, Mapping[str, Plain]]
    content: bytes


def filled_in(season: Season, fills: Sequence[Fill], first: int) -> Book:
    """Fill in a blank workbook. Its sheets are numbered from `first` on."""
    titles = {f"表'{number} {fill.subject.name}": fill for number, fill in enumerate(fills, first)}
    blank = season.sheets.blank({title: season.untouched(fill.subject) for title, fill in titles.items()})
    found = places(grids(blank), season.rubric)
    content = typed_into(blank, {title: found[title].typed(fill, outcome_word) for title, fill in titles.items()})
    results = {title: season.result(fill) for title, fill in titles.items()}
    expected = {}
    for title, result in results.items():
        shows = season.shows(result)
        expected[title] = {cell: shows[found[title].named(cell)] for cell in formula_cells(blank, title)}
    return Book(titles, results, expected, content)


@pytest.fixture(scope="module")
def books(rubrics: list[Rubric]) -> Sequence[Book]:
    """More than 300 sheets filled in at random, and some on the lines of the outcome list."""
    chance = Random(SEED)  # noqa: S311 - the same every time
    main, two_weeks, other_lines = rubrics
    made = []
    for season, services, others, accounts in (
        (Season(main, Outcome.UNCHECKED), 52, 56, 36),
        (Season(main, Outcome.CLEAR), 40, 44, 36),
        (Season(two_weeks, Outcome.UNCHECKED), 8, 8, 12),
        (Season(other_lines, Outcome.CLEAR), 10, 8, 2),
    ):
        sites = [site(service=True)] * services + [site(service=False)] * others
        chance.shuffle(sites)
        fills = [at_random(chance, season, subject) for subject in sites]
        lines = (season.rubric.parameters.pass_line, season.rubric.parameters.bonus_line)
        on_line = [exactly(chance, season, site(service=service), line) for line in lines for service in (True, False)]
        fills += [*on_line, *(opened_again(chance, season, fill) for fill in on_line)]
        made += [filled_in(season, fills[start : start + A_BOOK], start) for start in range(0, len(fills), A_BOOK)]
        fills = [at_random(chance, season, account()) for _ in range(accounts)]
        made.append(filled_in(season, fills, 1))
    return made


@pytest.fixture(scope="module")
def calculated(books: Sequence[Book], tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """The workbooks as each judge calculates them."""
    return by_both([book.content for book in books], tmp_path_factory.mktemp("filled"))


def test_fills_reach_everything(books: Sequence[Book], rubrics: list[Rubric]) -> None:
    """Among the sheets is every ground, every item found, every cap exceeded, every line met exactly, and thirds."""
    main = rubrics[0]
    results = [result for book in books for result in book.results.values()]
    scores = [result.score for result in results]
    typed = [(code, *cells) for book in books for fill in book.fills.values() for code, cells in fill.typed.items()]
    assert len(results) > 300
    assert {score.ground for score in scores} == set(Ground)
    assert {code for code, outcome, _ in typed if outcome == Outcome.FOUND} == set(main.items)
    assert {outcome for _, outcome, _ in typed} == {None, *Outcome}
    numbers = {(code, count) for code, outcome, count in typed if outcome == Outcome.FOUND}
    assert numbers >= {(code, item.sample) for code, item in main.items.items() if item.sample}
    assert numbers >= {(code, level.points) for code, item in main.items.items() for level in item.levels}
    assert {count for _, count in numbers} >= {"", "—", 1}
    exceeded = {step.code for score in scores for step in score.steps if step.rule == "cap"}
    can_be = {row.code for row in main.rows if row.points and _most(main, row) > row.points}
    assert exceeded == can_be
    scaled = {result.score.part2 for result in results if result.subject.service is False}
    assert scaled >= {main.parameters.pass_line, main.parameters.bonus_line}
    assert {result.score.part2 for result in results if result.subject.service} >= {60, 80, 70, Fraction("92.5")}
    assert any(part2 and part2.denominator % 3 == 0 for part2 in scaled)
    assert any(len(score.vetoes) > 2 for score in scores)
    assert {score.range[1] for score in scores if score.ground == Ground.OPEN and score.range} >= {60, 80}
    for ground in (Ground.OPEN, Ground.BONUS_OPEN):
        ranges = [score.range for score in scores if score.ground == ground and score.range]
        assert {low == high for low, high in ranges} == ({True, False} if ground == Ground.OPEN else {False})


def _most(rubric: Rubric, row: Row) -> Fraction:
    """What the items of a row come to at their most, were there no cap."""
    return sum((item.most or Fraction(allowed(rubric, item)[-1]) for item in row.items), Fraction(0))


@pytest.mark.parametrize("judge", JUDGES)
def test_filled_sheets_show_what_the_engine_says(books: Sequence[Book], calculated: Calculated, judge: str) -> None:
    """Every formula cell of more than 300 sheets filled in by hand: figures exactly, sentences letter by letter."""
    for book, shows in zip(books, calculated[judge], strict=True):
        for title, expected in book.expected.items():
            pairs = {cell: (at(shows[title], cell), value) for cell, value in expected.items()}
            wrong = {cell: pair for cell, pair in pairs.items() if not agrees(*pair)}
            assert not wrong, book.fills[title]


# What Excel takes; LibreOffice and WPS take more. A longer text or formula makes Excel call the file damaged.
LONGEST_FORMULA, LONGEST_TEXT, DEEPEST = 8192, 255, 64
FUNCTIONS = {"IF", "OR", "AND", "MIN", "MAX", "SUM", "ROUND", "INT", "COUNTIF", "ISNUMBER", "TEXT", "MID"}


@pytest.mark.parametrize("subject", [site(service=True), site(service=False), account()])
def test_formulas_are_such_as_excel_takes(rubrics: list[Rubric], subject: Subject) -> None:
    """Length, texts within, depth, and functions that Excel 2007, WPS and LibreOffice know alike."""
    for rubric in rubrics:
        season = Season(rubric, Outcome.CLEAR)
        book = load_workbook(BytesIO(season.sheets.blank({TITLE: season.untouched(subject)})), read_only=True)
        formulas = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
        assert len(formulas) > 10
        for formula in map(str, formulas):
            assert len(formula) <= LONGEST_FORMULA
            depth = 0
            for token in Tokenizer(formula).items:
                depth += {Token.OPEN: 1, Token.CLOSE: -1}.get(token.subtype, 0)
                assert depth <= DEEPEST
                assert token.type != Token.OPERAND or len(token.value) <= LONGEST_TEXT, formula
                assert token.subtype != Token.OPEN or token.value.rstrip("(") in FUNCTIONS | {""}, formula
