"""Templates saved by other programs, with what offices put into them, are filled as well as ours."""

import re
import shutil
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from govkit.ledger import Kind
from govkit.sheets import template
from govkit.sheets.kindred import TEMPLATE_OF, names_of
from govkit.sheets.own.sample import sample_inspection
from tests.sheets.builders import by_name, item_rows, opened, scoring_sheet

SEASON = sample_inspection()
CASES = [(kind, number) for kind in Kind for number in range(3)]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates that is used instead of them."""
    folder = tmp_path / "templates"
    shutil.copytree(template.TEMPLATES, folder)
    monkeypatch.setattr(template, "TEMPLATES", folder)
    return folder


def filled(kind: Kind, number: int) -> bytes:
    """One of the sample objects."""
    return scoring_sheet(SEASON, SEASON.of_kind(kind)[number])


def told(workbook: Workbook, kind: Kind) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """What stands in all named cells that are left, and in the lines."""
    names = [name for name in names_of(kind)[0] if name in workbook.defined_names]
    (title, _) = next(iter(workbook.defined_names["依据"].destinations))
    return {name: by_name(workbook, name) for name in names}, item_rows(workbook[title])


@pytest.mark.parametrize("kind", Kind)
def test_saved_by_libreoffice(kind: Kind, office: Path, through_libreoffice: Callable[[Path, str], Path]) -> None:
    """A template that LibreOffice has saved gives the same sheets: every value, every line, the printed set-up."""
    file = office / TEMPLATE_OF[kind]
    expected = [told(opened(filled(kind, number)), kind) for number in range(3)]
    shutil.copyfile(through_libreoffice(file, "xlsx"), file)
    books = [opened(filled(kind, number)) for number in range(3)]
    assert [told(book, kind) for book in books] == expected
    for book in books:
        assert book.worksheets[0].print_title_rows
        assert str(book.worksheets[0].print_area).endswith(f"${book.worksheets[0].max_row}")


def with_office_things(file: Path) -> None:
    """Put into a template what offices put there: help, a logo, a seal, choices, colours, a comment."""
    workbook = load_workbook(file)
    sheet: Any = workbook.worksheets[0]
    workbook.create_sheet("填表说明", 0)["A1"] = "先看这里"
    workbook.create_sheet("单位名单")["B2"] = "某局"
    for row in (0, sheet.max_row - 3):  # a logo, and a seal at the signatures
        image = Image(office_picture())
        image.anchor = TwoCellAnchor("twoCell", AnchorMarker(1, 0, row, 0), AnchorMarker(2, 0, row + 1, 0))
        sheet.add_image(image)
    choices = DataValidation(type="list", formula1='"有,无"')
    choices.add("C4")
    sheet.add_data_validation(choices)
    grey = PatternFill(bgColor="FFD9D9D9", fill_type="solid")
    is_blank: Any = CellIsRule
    sheet.conditional_formatting.add("C3:C5", is_blank(operator="equal", formula=['""'], fill=grey))
    sheet["A3"].comment = Comment("核对台账", "办公室")
    sheet["A5"].hyperlink = "https://example.gov.cn/"
    workbook.active = 1
    workbook.save(file)


def office_picture() -> BytesIO:
    """The picture for drafts serves as any other."""
    return BytesIO((template.TEMPLATES / "草稿.png").read_bytes())


def as_excel_writes(file: Path) -> None:
    """Write the sheets of a workbook as Excel and WPS do, whatever of it a reader has to overlook or to add."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name in [name for name in members if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]:
        xml = members[name].decode()
        xml = xml.replace(
            "<worksheet ",
            '<worksheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"'
            ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
            ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
            ' xr:uid="{00000000-0001-0000-0000-000000000000}" ',
            1,
        )
        xml = re.sub(r'<c r="[A-Z]+[3-8]"[^>]*(?:/>|><v ?/></c>|></c>)', "", xml)  # cells without a value
        xml = re.sub(r"<row ([^>]*)>", r'<row \1 spans="1:10" x14ac:dyDescent="0.15">', xml)
        xml = re.sub(r"<row ([^>]*)></row>", r"<row \1/>", xml)
        xml = re.sub(r'<row r="23"[^>]*/>', "", xml)
        members[name] = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + xml.encode()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(members.items(), key=lambda member: member[0] != "[Content_Types].xml"):
            archive.writestr(name, content)


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_with_office_things(kind: Kind, number: int, office: Path) -> None:
    """Values go to their names; other sheets, pictures, choices, colours and comments stay; a seal moves down."""
    file = office / TEMPLATE_OF[kind]
    expected = told(opened(filled(kind, number)), kind)
    with_office_things(file)
    as_excel_writes(file)
    before, after = load_workbook(file), opened(filled(kind, number))
    assert told(after, kind) == expected
    assert after.sheetnames == ["填表说明", Path(file).stem, "单位名单", "计算"]
    assert (after["填表说明"]["A1"].value, after["单位名单"]["B2"].value) == ("先看这里", "某局")
    own, sheet = before.worksheets[1], after.worksheets[1]
    assert rows_of_pictures(sheet)[0] == 0
    below = sheet.max_row - own.max_row
    assert below > 5
    assert rows_of_pictures(sheet)[1] == rows_of_pictures(own)[1] + below
    assert [str(choice.sqref) for choice in sheet.data_validations.dataValidation] == ["C4"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["C3:C5"]
    assert (sheet["A3"].comment.text, sheet["A5"].hyperlink.target) == ("核对台账", "https://example.gov.cn/")
    assert looks(sheet) == looks(own)


def rows_of_pictures(sheet: Any) -> list[int]:
    """The rows, counted from 0, in which the office's two pictures begin."""
    return [image.anchor._from.row for image in sheet._images if isinstance(image.anchor, TwoCellAnchor)]


def looks(sheet: Any) -> Mapping[str, object]:
    """The looks of cells above the lines, and the sizes of rows and columns."""
    cells = {
        cell.coordinate: (cell.font.name, cell.font.size, cell.border.left.style)
        for row in sheet["A1:F8"]
        for cell in row
    }
    return {**cells, **{letter: column.width for letter, column in sheet.column_dimensions.items()}}


@pytest.mark.parametrize("kind", Kind)
def test_libreoffice_opens_it(
    kind: Kind, office: Path, tmp_path: Path, through_libreoffice: Callable[[Path, str], Path]
) -> None:
    """A draft made from such a template opens, with all that it holds."""
    file = office / TEMPLATE_OF[kind]
    with_office_things(file)
    as_excel_writes(file)
    (tmp_path / "sheet.xlsx").write_bytes(filled(kind, 1))
    ours = told(load_workbook(tmp_path / "sheet.xlsx", data_only=True), kind)
    book = load_workbook(through_libreoffice(tmp_path / "sheet.xlsx", "xlsx"), data_only=True)
    assert told(book, kind) == ours
    assert len(getattr(book.worksheets[1], "_images")) > 2  # noqa: B009 - openpyxl shows them nowhere else
