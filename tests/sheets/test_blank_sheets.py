"""Blank sheets: what can be edited, what may be typed where, and what they say before anything is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.cell_range import MultiCellRange

from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import Item, PartName, load_rubric, outcome_word
from govkit.scoring import reason
from tests.sheets.builders import account, site
from tests.sheets.damage import damage
from tests.sheets.filled import Places, formula_cells, grids, places
from tests.sheets.fills import Fill, Season

RUBRIC = load_rubric("fengdu-2019")
SUBJECTS: Mapping[str, Sequence[Subject]] = {
    "sites": (site(service=True), site(service=False), site(service=True)),
    "accounts": (account(), account()),
}
INPUT = ("检查结果", "数量", "问题说明")
WHO_AND_WHEN = ("检查人员", "检查时间")
LONGEST = 255  # characters, of what is shown beside a cell; Excel takes a workbook with more for damaged


@dataclass(frozen=True, slots=True)
class Blank:
    """One sheet of a blank workbook: opened, with where it has what."""

    season: Season
    subject: Subject
    content: bytes
    sheet: Any
    values: Any
    places: Places

    def cells(self, *columns: str) -> dict[str, Item]:
        """The cells under some headings of the items that are in scope."""
        items = RUBRIC.items_in_scope(self.subject)
        return {self.places.column(code, column): item for code, item in items.items() for column in columns}

    def rule(self, cell: str) -> Any:
        """What may be typed into a cell."""
        (rule,) = (each for each in self.sheet.data_validations.dataValidation if cell in each.sqref)
        return rule


@pytest.fixture(scope="module", params=[Outcome.UNCHECKED, Outcome.CLEAR])
def blanks(request: pytest.FixtureRequest) -> Sequence[Blank]:
    """The sheets of a workbook of sites, and of one of accounts."""
    season = Season(RUBRIC, request.param)
    found = []
    for subjects in SUBJECTS.values():
        titles = {f"第{title}": subject for title, subject in zip("一二三", subjects, strict=False)}
        content = season.sheets.blank({title: season.untouched(subject) for title, subject in titles.items()})
        book, shown, where = (
            load_workbook(BytesIO(content)),
            load_workbook(BytesIO(content), data_only=True),
            places(grids(content), RUBRIC),
        )
        found += [
            Blank(season, subject, content, book[title], shown[title], where[title])
            for title, subject in titles.items()
        ]
    return found


def test_only_cells_to_fill_in_can_be_edited(blanks: Sequence[Blank]) -> None:
    """Everything else is locked, official wording and figures included; there is no password to forget."""
    for blank in blanks:
        assert blank.sheet.protection.sheet
        assert (blank.sheet.protection.password, blank.sheet.protection.hashValue) == (None, None)
        boxes = {str(merge).partition(":")[0]: merge for merge in blank.sheet.merged_cells.ranges}
        named = [blank.places.origin.cells[name] for name in WHO_AND_WHEN]
        free = {cell for row in blank.sheet for cell in row if not cell.protection.locked}
        expected = {*blank.cells(*INPUT), *named}
        assert {cell.coordinate for cell in free} - set().union(
            *(_inside(boxes.get(cell)) for cell in expected)
        ) == expected
        assert not {cell.coordinate for cell in free} & set(formula_cells(blank.content, blank.sheet.title))
        for code, row in blank.places.rows.items():
            wording = blank.sheet.cell(row, coordinate_to_tuple(blank.places.column(code, "评分细则"))[1])
            assert wording.protection.locked
            assert RUBRIC.wording(RUBRIC.items[code]) in wording.value


def _inside(box: Any) -> set[str]:
    """The cells of a merged one but its first."""
    cells = [cell for row in box.rows for cell in row] if box else []
    return {f"{_letter(column)}{row}" for row, column in cells[1:]}


def _letter(column: int) -> str:
    return chr(64 + column)


def test_results_are_chosen_from_a_list(blanks: Sequence[Blank]) -> None:
    """The words of each part, 符合 and 不符合 for a bonus; anything else is refused with what to do."""
    for blank in blanks:
        for cell, item in blank.cells("检查结果").items():
            rule, part = blank.rule(cell), RUBRIC.row_of[item.code].part
            words = {outcome_word(outcome, part) for outcome in Outcome}
            assert (rule.type, set(rule.formula1.strip('"').split(","))) == ("list", words)
            assert rule.showErrorMessage
            assert rule.error == say("fill.result_error", words=rule.formula1.strip('"').replace(",", "、"))
            assert ("符合" in words) == (part == PartName.BONUS)
            is_clear = blank.places.origin.batch.unlisted == Outcome.CLEAR
            blank_counts = say("fill.unlisted", word=outcome_word(Outcome.CLEAR, part)) if is_clear else ""
            assert ("空着" in rule.prompt) == is_clear
            assert rule.prompt.startswith((blank_counts + RUBRIC.guidance(item))[:LONGEST])


def test_numbers_have_the_limits_of_their_item(blanks: Sequence[Blank]) -> None:
    """Whole numbers from 1, up to the sample; 1 where a sentence holds or not; the points of a level from a list."""
    for blank in blanks:
        for cell, item in blank.cells("数量").items():
            rule = blank.rule(cell)
            assert rule.showErrorMessage
            assert rule.error
            if item.kind == "tier":
                points = [str(level.points) for level in item.levels]
                assert (rule.type, rule.formula1.strip('"').split(",")) == ("list", points)
                assert all(level.text in rule.prompt for level in item.levels)
                continue
            assert (rule.type, rule.formula1) == ("whole", "1")
            is_once = item.kind == "flag" and RUBRIC.row_of[item.code].part != PartName.VETO
            most = str(item.sample) if item.sample else "1" if is_once else None
            assert (rule.operator or "between", rule.formula2) == (
                ("between", most) if most else ("greaterThanOrEqual", None)
            )


def test_notes_names_and_days_have_their_rules(blanks: Sequence[Blank]) -> None:
    """Notes and names are free, with a hint; the day is a day."""
    for blank in blanks:
        for cell in (*blank.cells("问题说明"), blank.places.origin.cells["检查人员"]):
            rule = blank.rule(cell)
            assert rule.prompt
            assert rule.type in {None, "none"}
            assert not rule.showErrorMessage
        day = blank.places.origin.cells["检查时间"]
        assert (blank.rule(day).type, blank.rule(day).operator) == ("date", "greaterThanOrEqual")
        assert blank.sheet[day].number_format == "yyyy-mm-dd"


def test_what_is_shown_beside_cells_is_short_enough(blanks: Sequence[Blank]) -> None:
    """Prompts, errors and lists are no longer than Excel takes; all are shown, and blank is allowed."""
    for blank in blanks:
        for rule in blank.sheet.data_validations.dataValidation:
            assert 0 < len(rule.prompt) <= LONGEST
            assert len(rule.error or "") <= LONGEST
            assert rule.type != "list" or len(rule.formula1) <= LONGEST
            assert rule.showInputMessage
            assert rule.allowBlank


def test_cells_that_must_be_filled_in_stand_out_while_blank(blanks: Sequence[Blank]) -> None:
    """检查结果, 检查人员 and 检查时间; each is looked at itself, whichever cell a program starts from."""
    for blank in blanks:
        coloured: set[str] = set()
        for each in blank.sheet.conditional_formatting:
            (rule,) = each.rules
            cells = [_cell(area) for area in each.sqref.ranges]
            first = str(each.sqref).split()[0]
            box = MultiCellRange(str(each.sqref)).ranges
            corner = (min(area.min_row for area in box), min(area.min_col for area in box))
            assert rule.formula == [f"LEN({first})=0"]
            assert coordinate_to_tuple(first) == corner
            assert rule.dxf.fill.bgColor.rgb == "FFFFF2CC"
            coloured |= set(cells)
        named = {blank.places.origin.cells[name] for name in WHO_AND_WHEN}
        assert coloured == {*blank.cells("检查结果"), *named}


def _cell(area: Any) -> str:
    assert area.size == {"columns": 1, "rows": 1}
    return str(area)


def test_it_says_what_is_open_from_the_start(blanks: Sequence[Blank]) -> None:
    """Before anything is typed: 未完成 with the range that is possible; where a blank counts as 未发现, 合格."""
    for blank in blanks:
        score = blank.season.result(Fill(blank.subject, {})).score
        verdict = blank.values[blank.places.origin.cells["结论"]].value
        assert verdict == reason(score, RUBRIC)
        if blank.season.batch.unlisted == Outcome.CLEAR:
            assert verdict.startswith("合格")
        elif blank.subject.kind == Kind.SITE:
            assert verdict.startswith("未完成")
            most = 130 if blank.subject.service else 124
            assert blank.values[blank.places.origin.cells["得分范围"]].value == f"0.00 至 {most}.00"
            assert f"0.00 至 {most}.00" in verdict
            assert blank.values[blank.places.origin.cells["最后得分"]].value == "未完成"
        else:
            assert verdict.startswith(f"未完成：还有 {len(blank.cells('数量'))} 条")


def test_blank_workbooks_are_as_the_standard_wants_them(blanks: Sequence[Blank]) -> None:
    """Nothing that makes Excel offer a repair, on any of their sheets."""
    for content in {blank.content for blank in blanks}:
        assert not damage(content)
