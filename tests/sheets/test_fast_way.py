"""The fast way of writing scoring sheets, which puts XML together, against openpyxl and other programs."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from govkit.findings import Stage
from govkit.ledger import Kind
from govkit.origin import HIDDEN
from govkit.rubric import load_rubric
from govkit.scoring import Ground, Inspection, ObjectResult
from govkit.sheets import template
from govkit.sheets.kindred import TEMPLATE_OF
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.template import open_template, template_bytes
from tests.sheets.builders import scoring_sheet
from tests.sheets.damage import MAIN, damage, members, parsed
from tests.sheets.filled import JUDGES, Calculated, agrees, at, by_both, formula_cells, grids, origins, sheet_members
from tests.sheets.hostile import inspections
from tests.sheets.likeness import differences, likeness
from tests.sheets.reference import reference_sheet

SEED, EACH = 4, 12
RUBRIC = load_rubric("fengdu-2019")
# What a sheet changes of its template.
CHANGED = {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet, and what it shows."""

    season: Inspection
    result: ObjectResult
    content: bytes


@pytest.fixture(scope="module")
def made() -> Sequence[Made]:
    """Sheets of two batches, of each batch one after another."""
    found = []
    for season in inspections(SEED, RUBRIC, EACH):
        sheets = ScoringSheets(season.batch, RUBRIC)
        found += [Made(season, result, sheets.sheet(result)) for result in season.objects]
    return found


@pytest.fixture(scope="module")
def calculated(made: Sequence[Made], tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """The sheets as each judge calculates them; LibreOffice opens them, and calamine reads what it saves."""
    return by_both([each.content for each in made], tmp_path_factory.mktemp("fast"))


def test_sheets_reach_what_matters(made: Sequence[Made]) -> None:
    """All grounds are among them, drafts and what is final, texts that go on in further rows, measured quantities."""
    judgements = [judgement for each in made for judgement in each.result.judgements.values()]
    assert {each.result.score.ground for each in made} == set(Ground)
    assert {each.result.filing and each.result.filing.stage for each in made} == {None, *Stage}
    assert any(judgement.reading for judgement in judgements)
    notes = [judgement.finding.note for judgement in judgements if judgement.finding]
    assert any(len(note) > 2000 for note in notes)
    assert any("_x0041_" in note for note in notes)


@pytest.mark.parametrize("number", range(2 * EACH))
def test_sheet_is_as_openpyxl_writes_it(made: Sequence[Made], number: int) -> None:
    """Every cell with its style, merges, heights, pages, footers, names and pictures, whatever was found."""
    each = made[number]
    slow = reference_sheet(each.season, each.result)
    assert not differences(likeness(each.content), likeness(slow))


def test_rows_grow_for_what_stands_beside_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a column is so narrow that titles need more room than their rows have, both ways give it to the last."""
    season = inspections(SEED, RUBRIC, 1)[0]
    name = TEMPLATE_OF[Kind.SITE]
    shutil.copytree(template.TEMPLATES, tmp_path, dirs_exist_ok=True)
    book = open_template(name)
    book.worksheets[0].column_dimensions["B"].width = 2.5
    book.save(tmp_path / name)
    before = likeness(scoring_sheet(season, season.objects[0]))
    monkeypatch.setattr(template, "TEMPLATES", tmp_path)
    fast, slow = scoring_sheet(season, season.objects[0]), reference_sheet(season, season.objects[0])
    assert not differences(likeness(fast), likeness(slow))
    assert any(key[1] == "row" for key in differences(likeness(fast), before))


@pytest.mark.parametrize("judge", JUDGES)
def test_stored_results_are_those_of_the_formulas(made: Sequence[Made], calculated: Calculated, judge: str) -> None:
    """What a viewer shows that does not calculate is what one shows that does, also on the hidden sheet."""
    for each, recalculated in zip(made, calculated[judge], strict=True):
        stored = grids(each.content)
        for title, grid in stored.items():
            cells = formula_cells(each.content, title)
            assert cells
            wrong = {cell for cell in cells if not agrees(at(recalculated[title], cell), at(grid, cell))}
            assert not wrong, title


@pytest.fixture(scope="module")
def begun() -> Sequence[bytes]:
    """Workbooks to go on filling in, with a sheet for each object of a kind, and what is known on it."""
    books = []
    for season in inspections(SEED, RUBRIC, EACH):
        sheets = ScoringSheets(season.batch, RUBRIC)
        for kind in Kind:
            titles = {f"{number}": result for number, result in enumerate(season.of_kind(kind))}
            books.append(sheets.blank(titles))
    return books


def test_begun_sheets_show_what_their_formulas_come_to(begun: Sequence[bytes], tmp_path: Path) -> None:
    """What is known already stands in the cells to fill in, so that the formulas come to what the engine says."""
    for judge, books in by_both(begun, tmp_path).items():
        for content, recalculated in zip(begun, books, strict=True):
            for title, grid in grids(content).items():
                cells = formula_cells(content, title)
                pairs = {cell: (at(recalculated[title], cell), at(grid, cell)) for cell in cells}
                assert not {cell: pair for cell, pair in pairs.items() if not agrees(*pair)}, (judge, title)


def test_titles_can_come_again_for_other_objects() -> None:
    """Workbooks made one after another do not show each other's cells, also where titles are the same."""
    season = inspections(SEED, RUBRIC, EACH)[0]
    sheets, sites = ScoringSheets(season.batch, RUBRIC), season.of_kind(Kind.SITE)
    for results in ((sites[0], sites[2]), (sites[1], sites[2])):  # sites[1] has fewer items
        titles = {f"{number}": result for number, result in enumerate(results)}
        fresh = ScoringSheets(season.batch, RUBRIC).blank(titles)
        assert not differences(likeness(sheets.blank(titles)), likeness(fresh))


def test_formulas_have_errors_nowhere(calculated: Calculated) -> None:
    """No cell shows an error such as #NAME?."""
    for judge in JUDGES:
        for book in calculated[judge]:
            shown = {value for grid in book.values() for row in grid for value in row if isinstance(value, str)}
            assert not {value for value in shown if re.fullmatch(r"#[A-Z/0-9]+[!?]?|Err:\d+", value)}


def test_what_a_sheet_was_made_of_can_be_read_from_it(made: Sequence[Made], calculated: Calculated) -> None:
    """Findings, texts included, come back from the hidden sheet, also once LibreOffice has saved the file."""
    for each, resaved in zip(made, calculated["LibreOffice"], strict=True):
        for book in (grids(each.content), resaved):
            (origin,) = origins(book)
            assert origin.subject == each.result.subject
            recorded = (judgement.finding for judgement in each.result.judgements.values() if judgement.finding)
            assert origin.findings == tuple(recorded)


def test_members_that_do_not_change_stay_as_they_are(made: Sequence[Made]) -> None:
    """Everything else in the template is there byte for byte; new are the hidden sheet, and the marks of drafts."""
    for each in made:
        old = members(template_bytes(TEMPLATE_OF[each.result.subject.kind]))
        new = members(each.content)
        (first, _) = sheet_members(each.content).values()
        assert {name for name, data in old.items() if new.get(name) != data} <= {*CHANGED, first}
        is_draft = each.result.filing is not None and each.result.filing.stage != Stage.REVIEWED
        added = {name for name in new if name not in old}
        assert ("xl/media/govkit.png" in added) == is_draft
        assert added == {"xl/worksheets/govkit.xml", *(name for name in added if is_draft and _is_of_marks(name))}


def _is_of_marks(name: str) -> bool:
    return name.startswith(("xl/drawings/", "xl/media/", "xl/worksheets/_rels/"))


def test_styles_only_gain(made: Sequence[Made]) -> None:
    """Formats of the template keep their numbers; what cells need besides comes after them, and is counted."""
    for each in made:
        before = parsed(members(template_bytes(TEMPLATE_OF[each.result.subject.kind]))["xl/styles.xml"])
        new = parsed(members(each.content)["xl/styles.xml"])
        gaining = {f"{MAIN}{name}" for name in ("numFmts", "cellXfs", "dxfs")}
        kept = [child for child in new if child.tag not in gaining or before.find(child.tag) is not None]
        for old, own in zip(before, kept, strict=True):
            assert old.tag == own.tag
            assert [ET.tostring(child) for child in own][: len(old)] == [ET.tostring(child) for child in old]
            gains = own.tag in gaining
            assert gains or ET.tostring(own) == ET.tostring(old)
            assert not gains or own.get("count") == str(len(own))


def test_same_input_gives_the_same_bytes(made: Sequence[Made]) -> None:
    """A sheet that is made again is the same file."""
    for each in made[:: EACH // 2]:
        first, second = (ScoringSheets(each.season.batch, RUBRIC).sheet(each.result) for _ in range(2))
        assert first == second


def test_files_are_as_the_standard_wants_them(made: Sequence[Made]) -> None:
    """Nothing that makes Excel offer a repair: XML, order, counts, styles that are not there, overlapping cells."""
    for each in made:
        assert not list(damage(each.content))


def test_hidden_sheet_is_hidden(made: Sequence[Made]) -> None:
    """People see one sheet; 计算 can be shown by who wants to follow the figures."""
    for each in made:
        book = parsed(members(each.content)["xl/workbook.xml"])
        states = {sheet.get("name"): sheet.get("state", "visible") for sheet in book.iter(f"{MAIN}sheet")}
        assert states.pop(HIDDEN) == "hidden"
        assert list(states.values()) == ["visible"]
