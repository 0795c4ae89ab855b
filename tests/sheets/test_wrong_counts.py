"""Numbers found (数量) that an item does not allow: sheets name them, and score nothing by them."""

from collections.abc import Mapping

import pytest

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, Rubric, load_rubric, outcome_word, rubric_ids
from govkit.sheets.formulas import allowed_counts
from tests.sheets.builders import account, site
from tests.sheets.filled import JUDGES, Calculated, Grid, at, by_both, grids, places, typed_into
from tests.sheets.fills import NOTHING, Fill, Season, Typed, other_rubric

TITLE = "评分表"
RUBRIC = load_rubric("fengdu-2019")


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_numbers_are_allowed_that_the_rubric_allows(rubric_id: str) -> None:
    """For every item, the numbers that formulas take are those that the rubric does not refuse."""
    rubric = load_rubric(rubric_id)
    for code, item in rubric.items.items():
        counts = allowed_counts(rubric, item)
        for count in (*range(-1, 1001), 10**6):
            assert (count in counts) == (rubric.count_fault(item, count) is None), (code, count)


def wrong_numbers(rubric: Rubric, item: Item) -> list[Typed]:
    """What nobody may type as 数量: beyond what the item allows, and what is no number of things at all."""
    refused = [count for count in range(1, 100) if rubric.count_fault(item, count)]
    nothing = NOTHING if 1 in refused else ()
    return [0, -1, 1.5, "两处", "1", *nothing, *({refused[0], refused[-1]} if refused else ())]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Fill], Calculated]:
    """Sheets on which every item is found, with numbers that it does not allow."""
    folder = tmp_path_factory.mktemp("faulty")
    seasons = [Season(RUBRIC, Outcome.CLEAR), Season(other_rubric(folder), Outcome.CLEAR)]
    fills, books = [], []
    for season, subject in (
        *((seasons[0], each) for each in (site(), site(service=False), account())),
        (seasons[1], site()),
    ):
        items = season.rubric.items_in_scope(subject)
        wrong = {code: wrong_numbers(season.rubric, item) for code, item in items.items()}
        for number in range(max(map(len, wrong.values()))):
            typed = {code: (Outcome.FOUND, counts[number % len(counts)]) for code, counts in wrong.items()}
            fills.append(Fill(subject, dict[str, tuple[Outcome | None, Typed]](typed)))
            books.append(typed_sheet(season, fills[-1]))
    return fills, by_both(books, folder)


def typed_sheet(season: Season, fill: Fill) -> bytes:
    """A workbook with one sheet, filled in."""
    blank = season.sheets.blank({TITLE: season.untouched(fill.subject)})
    return typed_into(blank, {TITLE: places(grids(blank), RUBRIC)[TITLE].typed(fill, outcome_word)})


def named(book: Mapping[str, Grid]) -> dict[str, object]:
    """What a workbook with one sheet shows: in its named cells, and in the points cells of its items."""
    found = places(book, RUBRIC)[TITLE]
    cells = dict(found.origin.cells)
    for code in found.rows:
        if RUBRIC.row_of[code].points is not None:
            cells |= {f"{code}/{name}": found.column(code, name) for name in ("单条得失分", "本项得失分")}
    return {name: at(book[TITLE], cell) for name, cell in cells.items()}


@pytest.mark.parametrize("judge", JUDGES)
def test_numbers_that_an_item_does_not_allow_are_named(faulty: tuple[list[Fill], Calculated], judge: str) -> None:
    """0, negative, broken, text, beyond the sample, no level, twice where once: never scored, never a veto."""
    fills, shows = faulty
    for fill, book in zip(fills, shows[judge], strict=True):
        shown_by_name = named(book)
        assert shown_by_name["结论"] == say("sheet.wrong_counts", number=len(fill.typed))
        scored = [code for code in fill.typed if f"{code}/单条得失分" in shown_by_name]
        assert {shown_by_name[f"{code}/单条得失分"] for code in scored} <= {say("sheet.wrong_count")}, fill
        if fill.subject.kind == Kind.SITE:
            assert len(scored) > 50
            assert shown_by_name["扣分合计"] == shown_by_name["加分指标得分"] == say("sheet.pending")
            assert shown_by_name["最后得分"] == say("sheet.incomplete")


# What is found, of all that is decided → what the sheet says.
FAULTS: Mapping[str, tuple[Mapping[str, Typed], Mapping[str, object]]] = {
    "one item of a row": (
        {"D19.1": 0, "D19.2": 1, "D4.1": 1},
        {"D19.1/单条得失分": "数量有误", "D19.2/单条得失分": 2, "D19.1/本项得失分": "待定", "D4.1/本项得失分": 5,
         "扣分合计": "待定", "扣分指标得分": "待定", "最后得分": "未完成", "得分范围": "88.00 至 93.00"},
    ),
    "a bonus": (
        {"B2.1": 4, "B6.1": 1},
        {"B2.1/单条得失分": "数量有误", "B6.1/单条得失分": "待定", "扣分指标得分": 100, "加分指标得分": "待定",
         "最后得分": "未完成"},
    ),
    "a veto": ({"V4.3": 3}, {"扣分合计": "待定", "最后得分": "未完成", "D4.1/单条得失分": 0}),
    "beside a veto": ({"V1.1": 1, "D4.1": 0, "B6.1": 2}, {"D4.1/单条得失分": "不再评分", "B6.1/单条得失分": "数量有误",
         "扣分合计": "不再评分", "最后得分": "不再评分", "得分范围": "—"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def single_faults(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """The sheets of `FAULTS`."""
    season = Season(RUBRIC, Outcome.CLEAR)
    books = [
        typed_sheet(season, Fill(site(), {code: (Outcome.FOUND, count) for code, count in found.items()}))
        for found, _ in FAULTS.values()
    ]
    return by_both(books, tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("case", FAULTS)
def test_wrong_number_leaves_its_row_open(single_faults: Calculated, case: str, judge: str) -> None:
    """What is wrong counts as undecided: its row, the totals and the range wait for it, and the verdict says so."""
    (found, expected), book = FAULTS[case], single_faults[judge][list(FAULTS).index(case)]
    wrong = sum(RUBRIC.count_fault(RUBRIC.items[code], int(count)) is not None for code, count in found.items())
    shown_by_name = named(book)
    assert {name: shown_by_name[name] for name in expected} == expected
    assert shown_by_name["结论"] == say("sheet.wrong_counts", number=wrong)
