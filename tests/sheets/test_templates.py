"""Templates: what an office may restyle, and what must be in them."""

import shutil
from collections.abc import Callable, Iterable
from copy import copy
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govkit.findings import Filing
from govkit.sheets import OutputError, template
from govkit.sheets.places import find_places
from govkit.sheets.summary import summary
from govkit.sheets.values import Line
from tests.sheets.builders import CASES, filed, inspection, opened, scoring_sheet, site, visible

TEMPLATES = {
    "网站评分表.xlsx": "site_without_services",
    "政务新媒体检查表.xlsx": "account_veto",
    "汇总表.xlsx": "site_bonus",
}
KEPT = Path(__file__).parents[2] / "templates"
FONTS = {"宋体", "黑体", "仿宋", "楷体"}  # what Windows and WPS have


def filled(file_name: str) -> Workbook:
    """What comes of a template."""
    season = CASES[TEMPLATES[file_name]]
    return opened(summary(season) if file_name == "汇总表.xlsx" else scoring_sheet(season, season.objects[0]))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates that is used instead of them, so that it can be restyled."""
    folder = tmp_path / "templates"
    shutil.copytree(template.TEMPLATES, folder)
    monkeypatch.setattr(template, "TEMPLATES", folder)
    return folder


def edit(file: Path, change: Callable[[Workbook], object]) -> None:
    """Change a template as an office would, and save it."""
    workbook = load_workbook(file)
    change(workbook)
    workbook.save(file)


@pytest.mark.parametrize("file_name", TEMPLATES)
def test_templates_are_set_up_for_print(file_name: str) -> None:
    """A4, one page wide, headings on every page, page numbers, rules and 监测时间点 in the footer."""
    for sheet in load_workbook(template.TEMPLATES / file_name).worksheets:
        setup = sheet.page_setup
        assert (str(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("9", 1, 0)
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        footer = str(sheet.oddFooter)
        assert "第 &P 页 共 &N 页" in footer
        for word in ("检查规则", "规则版本", "规则校验码", "工具版本", "监测时间点"):
            assert f"【{word}】" in footer


@pytest.mark.parametrize("file_name", TEMPLATES)
def test_templates_print_in_black_and_white_with_common_fonts(file_name: str) -> None:
    """Fonts that Windows and WPS have; no colours but grey; thin borders around, and wrapped text in, every line."""
    workbook = load_workbook(template.TEMPLATES / file_name)
    for sheet in workbook.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.has_style):
            assert cell.font.name in FONTS
            assert cell.fill.fgColor.rgb in {"00000000", "FFE7E6E6"}
    for name, defined in workbook.defined_names.items():
        if name.endswith("行") and not name.startswith(("换算", "得分范围", "办理情况")):
            title, coordinate = next(iter(defined.destinations))
            for cell in workbook[title][coordinate][0]:
                assert cell.border.left.style == cell.border.top.style == "thin"
                assert cell.alignment.wrap_text


@pytest.mark.parametrize("file_name", TEMPLATES)
def test_each_name_is_needed_and_missed(file_name: str, office: Path) -> None:
    """A template without one of its names is refused, with a sentence that names both and says what to do."""
    for name in list(load_workbook(office / file_name).defined_names):
        shutil.copy(KEPT / file_name, office / file_name)
        workbook = load_workbook(office / file_name)
        del workbook.defined_names[name]
        workbook.save(office / file_name)
        with pytest.raises(OutputError, match=rf"{file_name}.*{name}.*请："):
            filled(file_name)


def test_copy_of_a_sheet_in_a_template_is_not_filled() -> None:
    """An office that keeps a copy of the sheet in the template, with names of its own, gets the official one filled."""
    workbook = load_workbook(KEPT / "汇总表.xlsx")
    spare = workbook.copy_worksheet(workbook.worksheets[0])
    for name, defined in workbook.defined_names.items():
        reference = defined.attr_text.replace(workbook.worksheets[0].title, spare.title, 1)
        spare.defined_names[name] = DefinedName(name, attr_text=reference)
    assert find_places(workbook)["网站_合格"].title == workbook.worksheets[0].title


def test_all_missing_names_are_told_at_once(office: Path) -> None:
    """Somebody who deleted a whole block can put all of it right in one go; a name whose cell is gone is missing."""

    def change(workbook: Workbook) -> None:
        del workbook.defined_names["结论"]
        workbook.defined_names["扣分合计"].attr_text = "'网站评分表'!#REF!"

    edit(office / "网站评分表.xlsx", change)
    with pytest.raises(OutputError, match=r"缺少名称：结论、扣分合计。"):
        filled("网站评分表.xlsx")


def test_names_on_two_sheets_are_refused(office: Path) -> None:
    """All names of a form lie on one sheet."""

    def change(workbook: Workbook) -> None:
        workbook.create_sheet("另一张")
        workbook.defined_names["结论"].attr_text = "'另一张'!$A$1"

    edit(office / "网站评分表.xlsx", change)
    with pytest.raises(OutputError, match="另一张"):
        filled("网站评分表.xlsx")


def test_missing_template(office: Path) -> None:
    """A template that is not there is named, with the folder where it should be."""
    (office / "汇总表.xlsx").unlink()
    with pytest.raises(OutputError, match=r"汇总表\.xlsx.*templates.*请："):
        filled("汇总表.xlsx")


def test_mark_of_drafts_is_the_offices_own(office: Path) -> None:
    """An office may exchange the picture over drafts; a missing or damaged one is named."""
    draft = filed(CASES["account_veto"], Filing())

    def sheet() -> bytes:
        return scoring_sheet(draft, draft.objects[0])

    assert "xl/media/govkit.png" in ZipFile(BytesIO(sheet())).namelist()
    (office / "草稿.png").write_bytes(b"no picture")
    with pytest.raises(OutputError, match=r"草稿\.png.*请："):
        sheet()
    (office / "草稿.png").unlink()
    with pytest.raises(OutputError, match=r"草稿\.png.*templates.*请："):
        sheet()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"<html>"])
def test_damaged_template(office: Path, content: bytes) -> None:
    """A template that is no workbook gets a sentence, not a traceback."""
    (office / "汇总表.xlsx").write_bytes(content)
    with pytest.raises(OutputError, match=r"汇总表\.xlsx.*请："):
        filled("汇总表.xlsx")


def test_too_long_footer(office: Path) -> None:
    """Excel takes a workbook with more than 255 characters of footer for damaged."""

    def change(workbook: Workbook) -> None:
        footer: Any = workbook.worksheets[0].oddFooter
        footer.center.text = "长" * 200

    edit(office / "网站评分表.xlsx", change)
    with pytest.raises(OutputError, match="255"):
        filled("网站评分表.xlsx")


def test_ampersands_in_footers_are_doubled() -> None:
    """A single one would be read as a code."""
    book = load_workbook(KEPT / "汇总表.xlsx")
    form = template.Form(book, "汇总表.xlsx", ["网站_依据"], {})
    form.finish({"检查规则": "a&b"}, paged=False)
    assert "检查规则 a&&b" in str(form.sheet.oddFooter)


def shift(workbook: Workbook, rows: int, columns: int) -> None:
    """Insert rows above and columns before everything, as a spreadsheet program does: names, merges, print set-up."""
    for sheet in workbook.worksheets:
        _shift_sheet(sheet, rows, columns)
    for defined in workbook.defined_names.values():
        title, coordinate = next(iter(defined.destinations))
        place = CellRange(coordinate.replace("$", ""), title=title)
        place.shift(columns, rows)
        defined.attr_text = f"'{title}'!{place.coord}"


def _shift_sheet(sheet: Worksheet, rows: int, columns: int) -> None:
    merges = [CellRange(merge.coord) for merge in sheet.merged_cells.ranges]
    heights = {row: dimension.height for row, dimension in sheet.row_dimensions.items()}
    widths = {column: sheet.column_dimensions[get_column_letter(column)].width for column in _used(sheet)}
    area = CellRange(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    for merge in merges:
        sheet.unmerge_cells(merge.coord)
    sheet.move_range(sheet.dimensions, rows, columns)
    for merge in [*merges, area]:
        merge.shift(columns, rows)
    for merge in merges:
        sheet.merge_cells(merge.coord)
    for row in range(1, rows + 1):
        sheet.row_dimensions[row].height = 0.5  # too low to move the ends of pages
    for row, height in heights.items():
        sheet.row_dimensions[row + rows].height = height
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column + columns)].width = width
    sheet.print_area = area.coord
    title = int(str(sheet.print_title_rows).replace("$", "").partition(":")[0])
    sheet.print_title_rows = f"{title + rows}:{title + rows}"


def _used(sheet: Worksheet) -> Iterable[int]:
    return range(1, sheet.max_column + 1)


def content(workbook: Workbook, rows: int = 0, columns: int = 0) -> tuple[dict[tuple[str, int, int], object], set[str]]:
    """All values, and all merges, moved by some rows and columns."""
    values: dict[tuple[str, int, int], object] = {}
    merges = set()
    for sheet in visible(workbook):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    values[sheet.title, cell.row + rows, (cell.column or 0) + columns] = cell.value
        for merge in sheet.merged_cells.ranges:
            place = copy(merge)
            place.shift(columns, rows)
            merges.add(f"{sheet.title}!{place.coord}")
    return values, merges


@pytest.mark.parametrize("file_name", TEMPLATES)
def test_restyled_template_is_filled_the_same(file_name: str, office: Path) -> None:
    """With a row inserted above and everything two columns to the right, every value goes where its name went."""
    expected = content(filled(file_name), 1, 2)
    edit(office / file_name, lambda workbook: shift(workbook, 1, 2))
    moved = filled(file_name)
    assert content(moved) == expected
    assert "C2" in str(moved.worksheets[0].print_area).replace("$", "")


def test_text_an_office_adds_is_kept(office: Path) -> None:
    """An office's own line between the parts, and its own name under the table, move along with the rows."""

    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        last = sheet.max_row
        sheet.cell(last + 1, 1, "联系电话：70606013")
        sheet.row_dimensions[last + 1].height = 33
        sheet.print_area = f"A1:I{last + 1}"

    edit(office / "网站评分表.xlsx", change)
    sheet = filled("网站评分表.xlsx").worksheets[0]
    assert sheet.cell(sheet.max_row, 1).value == "联系电话：70606013"
    assert sheet.row_dimensions[sheet.max_row].height == 33
    assert str(sheet.print_area).endswith(f"$I${sheet.max_row}")


def test_cells_merged_in_a_repeated_row_are_merged_in_each(office: Path) -> None:
    """Where an office merges two columns of the repeated row, each line has them merged, also over several lines."""

    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        place = CellRange(next(iter(workbook.defined_names["否决_二级指标"].destinations))[1].replace("$", ""))
        workbook.defined_names["否决_一级指标"].attr_text = f"'{sheet.title}'!$A${place.min_row}"
        # 二级指标 and the column after it, which held the dash of 分值
        sheet.merge_cells(start_row=place.min_row, end_row=place.min_row, start_column=2, end_column=3)

    edit(office / "网站评分表.xlsx", change)
    merges = {str(merge) for merge in filled("网站评分表.xlsx").worksheets[0].merged_cells.ranges}
    assert {"B11:C16", "B17:C17"} <= merges


def test_row_heights_follow_the_template(office: Path) -> None:
    """Wider columns need fewer lines, a larger font more."""
    season = inspection([site()])

    def height() -> float:
        sheet = opened(scoring_sheet(season, season.objects[0])).worksheets[0]
        return sum(dimension.height or 0 for dimension in sheet.row_dimensions.values())

    plain = height()
    edit(office / "网站评分表.xlsx", lambda w: setattr(w.worksheets[0].column_dimensions["D"], "width", 80))
    wide = height()
    assert wide < plain


def test_picture_under_the_table_moves_along() -> None:
    """A seal or logo under repeated rows is not run over by them; one above stays."""
    book = load_workbook(KEPT / "汇总表.xlsx")
    form = template.Form(book, "汇总表.xlsx", [], {"网站_行": ["网站_名称"]})
    above, below = (OneCellAnchor(_from=AnchorMarker(row=row)) for row in (0, 9))
    pictures: Any = form.sheet
    pictures._images = [SimpleNamespace(anchor=above), SimpleNamespace(anchor=below)]
    form.spread("网站_行", [Line({"网站_名称": name}) for name in "甲乙丙丁"])
    assert (above._from.row, below._from.row) == (0, 12)
