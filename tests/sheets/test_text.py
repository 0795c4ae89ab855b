"""Text for cells: nothing dangerous or illegal gets into a workbook, and nothing is cut without a mark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from govkit.sheets import write_scoring_sheet
from govkit.sheets.text import LONGEST, clean, cut_to, escaped, height, pieces, wrapped
from tests.sheets.builders import found, inspection, item_rows, opened, scoring_sheet, site

FORMULAS = ["=1+1", '=HYPERLINK("http://example.com")', "+86 23 7060", "-1", "@SUM(A1)"]


@pytest.mark.parametrize("note", FORMULAS)
def test_text_like_a_formula_stays_text(note: str) -> None:
    """It is stored as text, and stays text when somebody edits the cell in Excel."""
    season = inspection([site(name=note)], [found(site(), "D4.1", note=note)])
    sheet = opened(scoring_sheet(season, season.objects[0])).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == note]
    assert len(cells) == 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_text_like_a_formula_is_not_calculated(
    through_libreoffice: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    """LibreOffice shows it as it was written."""
    season = inspection([site()], [found(site(), "D4.1", note=FORMULAS[0]), found(site(), "D5.1", note=FORMULAS[1])])
    write_scoring_sheet(season, season.objects[0], tmp_path / "sheet.xlsx")
    csv = through_libreoffice(tmp_path / "sheet.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    text = csv.read_text(encoding="utf-8")
    assert ",=1+1," in text
    assert '"=HYPERLINK(""http://example.com"")"' in text


def test_illegal_characters_are_left_out() -> None:
    """Control characters, halves of surrogate pairs and non-characters vanish; line ends become one kind."""
    assert clean("甲\x00\x07乙\r\n丙\r丁\ud800\ufffe\uffff戊") == "甲乙\n丙\n丁戊"
    season = inspection([site()], [found(site(), "D4.1", note="前\x0b\x1f\udfff后")])
    assert item_rows(opened(scoring_sheet(season, season.objects[0])).worksheets[0])["D4.1"]["问题说明"] == "前后"


def test_escape_written_by_a_person_survives() -> None:
    """A literal _x000D_ is escaped, or Excel would show a line end in its place."""
    assert escaped("a_x000D_b _x00_") == "a_x005F_x000D_b _x00_"


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_can_be_stored(text: str) -> None:
    """What is left of any text has a UTF-8 form, and nothing that openpyxl refuses."""
    kept = clean(text)
    kept.encode()
    assert not ILLEGAL_CHARACTERS_RE.search(kept)
    assert clean(kept) == kept


@pytest.mark.parametrize("text", ["长" * 40_000, "_x000D_" * 6_000, "长" * (LONGEST + 1)])
def test_too_long_for_a_cell_is_cut_with_a_mark(text: str) -> None:
    """A cell holds 32,767 characters; where text is left out, the reader is told where it stands."""
    kept = clean(text)
    assert len(escaped(kept)) <= LONGEST
    assert kept.endswith("…（全文见抽查记录）")
    assert clean("长" * LONGEST) == "长" * LONGEST


def test_too_high_for_a_row_is_cut_with_a_mark() -> None:
    """Rows have a greatest height; a text that needs more says that it goes on elsewhere."""
    kept = cut_to("长" * 5_000, 200, 10, 409)
    assert kept.endswith("…（全文见抽查记录）")
    assert height(kept, 200, 10) <= 409
    assert cut_to("短", 200, 10, 409) == "短"


@example("WWa。", 20)
@example("WWWWWWa，WW", 20)
@given(st.text(alphabet="长度，。a bW/\n“（", max_size=200), st.integers(20, 300))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """The lines of a text are the text; its pieces are, but for line ends between them."""
    assert "".join(wrapped(text, width, 10)) == text
    cut = pieces(text, width, 10, 60)
    assert "".join(cut).replace("\n", "") == text.replace("\n", "")
    assert all(len(wrapped(piece, width, 10)) <= 3 for piece in cut)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("一二三四五", 1),
        ("一二三四五六七八九十", 2),
        ("一二三四五六七八九，十", 2),
        ("一\n二\n", 3),
        ("https://example.gov.cn/col/2024/index.html", 4),
    ],
)
def test_lines_are_counted(text: str, lines: int) -> None:
    """Chinese letters are one em wide, others about half; addresses break at their slashes."""
    assert round((height(text, 100, 10) - 4) / 14.5) == lines
