"""A rubric as a workbook: what is exported comes back, whatever it holds and whoever saved it in between."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from govkit.reading.rubrics import read_rubric
from govkit.rubric import Rubric, Rubrics, load_rubric, rubric_from, rubric_ids
from govkit.rubric.content import content
from govkit.sheets import OutputError
from govkit.sheets.rubric import write_rubric_book
from tests.rubric.variants import rubrics


def own(rubric_id: str) -> Rubric:
    """A rubric of govkit under an id of an office."""
    return rubric_from(content(load_rubric(rubric_id)) | {"id": "county-2025"})


@given(rubrics())
@settings(max_examples=25)
def test_any_rubric_comes_back(rubric: Rubric) -> None:
    """Whatever a rubric holds, its workbook is read as the same rubric with the same hash."""
    with TemporaryDirectory() as folder:
        write_rubric_book(rubric, path := Path(folder) / "规则.xlsx")
        read = read_rubric(path, Rubrics())
    assert read == rubric
    assert read.sha256 == rubric.sha256


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_saved_by_libreoffice(rubric_id: str, tmp_path: Path, through_libreoffice: Callable[[Path, str], Path]) -> None:
    """A workbook that another program has saved is read as the same rubric."""
    rubric = own(rubric_id)
    write_rubric_book(rubric, tmp_path / "规则.xlsx")
    saved = shutil.copy(through_libreoffice(tmp_path / "规则.xlsx", "xlsx"), tmp_path / "另存.xlsx")
    assert read_rubric(Path(saved), Rubrics()) == rubric


def test_what_can_be_changed(tmp_path: Path) -> None:
    """Codes are locked, what an office edits is not; kinds are chosen from a list; there are rows to add to."""
    write_rubric_book(own("fengdu-2019"), tmp_path / "规则.xlsx")
    book = load_workbook(tmp_path / "规则.xlsx")
    assert book.sheetnames == ["说明", "参数", "部分", "指标", "细则"]
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    sheet = book["细则"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "编号")
    rows = list(sheet.iter_rows(min_row=head + 1))
    filled = [row for row in rows if row[0].value]
    assert len(filled) == 97
    assert all(row[0].protection.locked for row in filled)
    assert not any(cell.protection.locked for row in filled for cell in row[1:])
    spare = rows[97:]
    assert len(spare) == 20
    assert not any(cell.protection.locked for row in spare for cell in row)
    lists = {str(each.sqref).split(":")[0][0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["B"] == '"有无,计数,分档,界限"'
    assert sheet.print_title_rows


def test_texts_that_no_cell_holds__error(tmp_path: Path) -> None:
    """A text that would come back otherwise is named and nothing is written."""
    data = content(load_rubric("fengdu-2019")) | {"id": "own", "title": " 标题"}
    data["rows"][0]["items"][2]["text"] = "一\x01二"
    with pytest.raises(OutputError, match=r"title、V1\.3"):
        write_rubric_book(rubric_from(data), tmp_path / "规则.xlsx")
    assert not list(tmp_path.iterdir())
