"""Official-looking tables: what stands where, how they print, and texts that no program may take for formulas."""

from datetime import date
from typing import Any

import pytest

from govkit.sheets.season import paper
from govkit.sheets.season.paper import Column, Mark, Page, Tone, book_of
from tests.sheets.season.cells import sheets_of

COLUMNS = (Column("序号", 6), Column("名称", 20, left=True), Column("日期", 12), Column("结果", 8))


def the_sheet(**others: Any) -> Any:
    """Return the only sheet of a page with one row."""
    given = {"rows": [[1, "=1+1", date(2019, 12, 1), Mark("×", Tone.BAD)]], **others}
    (sheet,) = sheets_of(book_of([Page("表", "标题", COLUMNS, **given)])).values()
    return sheet


def test_title_lines_table_and_signatures_stand_in_order() -> None:
    """The title comes first, then the lines above, the headings, the rows, and the signatures."""
    sheet = the_sheet(above=["甲", "乙"], below=["签字"])
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == ["标题", "甲", "乙", "序号", 1, "签字"]
    assert [cell.value for cell in sheet[4]] == ["序号", "名称", "日期", "结果"]


def test_text_stays_text() -> None:
    """What looks like a formula is text, also after somebody has edited the cell; numbers and dates are what they are."""
    sheet = the_sheet()
    cell = sheet["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert sheet["A3"].data_type == "n"
    assert sheet["C3"].is_date


def test_marks_have_their_colours() -> None:
    """A mark stands out by its colour, in every cell that has it."""
    marks = [Mark("√", Tone.GOOD), Mark("×", Tone.BAD)]
    sheet = the_sheet(rows=[[n, "", None, marks[n % 2]] for n in range(4)])
    assert [sheet.cell(row, 4).fill.fgColor.rgb[2:] for row in range(3, 7)] == [Tone.GOOD, Tone.BAD] * 2


def test_paper_is_set_up() -> None:
    """It prints on A4, as wide as the paper, with the headings on every page, and the headings stay in sight."""
    sheet = the_sheet(above=["甲"], landscape=False, fixed=2)
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.column_dimensions["B"].width == 20


def test_wide_table_goes_on_to_the_right() -> None:
    """A wide table is not shrunk to one page: its first columns stand on each, and the title fits on the first."""
    sheet = the_sheet(wide=True, fixed=2)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_cols == "$A:$B"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:B1"]


def test_rows_are_high_enough() -> None:
    """A row is as high as its longest text needs; short ones have the same height."""
    sheet = the_sheet(rows=[[1, "短", None, ""], [2, "长" * 60, None, ""]])
    assert sheet.row_dimensions[4].height > 3 * sheet.row_dimensions[3].height


def test_table_too_long_for_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no sheet can hold goes on on further ones, and nothing is lost."""
    monkeypatch.setattr(paper, "_MOST_ROWS", 2)
    pages = [Page("表", "标题", COLUMNS, ([n, "", None, ""] for n in range(5)))]
    sheets = sheets_of(book_of(pages))
    assert list(sheets) == ["表", "表2", "表3"]
    assert [sheet.cell(row, 1).value for sheet in sheets.values() for row in range(3, sheet.max_row + 1)] == [*range(5)]
