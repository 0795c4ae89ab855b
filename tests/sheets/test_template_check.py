"""Templates of an office's own: everything that is wrong with one is told at once, and what it comes to is shown."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from govkit.ledger import Kind
from govkit.scoring import Ground
from govkit.sheets import OutputError, review_templates, write_samples
from govkit.sheets.own import review
from govkit.sheets.own.names import templates
from govkit.sheets.own.sample import sample_inspection
from govkit.sheets.template import TEMPLATES

SITE, ACCOUNT, SUMMARY = "网站评分表.xlsx", "政务新媒体检查表.xlsx", "汇总表.xlsx"
PLACE = "'网站评分表'!"

Change = Callable[[Workbook], object]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of the templates."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "模板", ignore=shutil.ignore_patterns("voila")))


def edit(file: Path, change: Change) -> Path:
    """Change a template as an office would, and save it."""
    workbook = load_workbook(file)
    change(workbook)
    workbook.save(file)
    return file


def faults(file: Path) -> list[tuple[str, str]]:
    """What is wrong with a template: codes and names; hints begin with “?”."""
    (review,) = review_templates(file)
    return [("?" * fault.is_hint + fault.code, fault.name) for fault in review.faults]


def point(name: str, to: str) -> Change:
    """Let a name stand for something else."""

    def change(workbook: Workbook) -> None:
        workbook.defined_names[name].attr_text = to

    return change


def rename(name: str, to: str) -> Change:
    """Give a name another name."""

    def change(workbook: Workbook) -> None:
        workbook.defined_names[to] = DefinedName(to, attr_text=workbook.defined_names.pop(name).attr_text)

    return change


def local(name: str, to: str) -> Change:
    """Add a name of the sheet's own."""

    def change(workbook: Workbook) -> None:
        workbook.worksheets[0].defined_names[name] = DefinedName(name, attr_text=to)

    return change


def sheet(act: Callable[[Any], object]) -> Change:
    """Do something to the first sheet."""
    return lambda workbook: act(workbook.worksheets[0])


def put(cell: str, value: str) -> Change:
    """Write into a cell of the template."""
    return sheet(lambda first: first.__setitem__(cell, value))


def footer(text: str) -> Change:
    """Write into the middle of the footer."""
    return sheet(lambda first: setattr(first.oddFooter.center, "text", text))


def own_things(first: Any, row: int) -> None:
    """A comment, a link, choices and colours of an office's own."""
    first[f"A{row}"].comment = Comment("核对", "办公室")
    first[f"A{row}"].hyperlink = "https://example.gov.cn/"
    choices = DataValidation(type="list", formula1='"有,无"')
    choices.add(f"C{row}")
    first.add_data_validation(choices)
    is_blank: Any = CellIsRule
    first.conditional_formatting.add(f"C{row}:C{row}", is_blank(operator="equal", formula=['""']))


def test_ours_are_in_order() -> None:
    """Nothing is wrong with the templates in use, and there is nothing to look at."""
    reviews = review_templates()
    assert [review.file.name for review in reviews] == [SITE, ACCOUNT, SUMMARY, "草稿.png"]
    assert [review.faults for review in reviews] == [()] * 4


def test_names_are_those_that_are_written_to() -> None:
    """Each template has exactly the names that are asked for: no list can go its own way."""
    for file, forms in templates().items():
        assert {name for form in forms for name in form.all} == set(load_workbook(TEMPLATES / file).defined_names)


WRONG = {
    "missing": (lambda book: book.defined_names.pop("主办单位"), [("missing", "主办单位")]),
    "misspelt": (rename("扣分指标得分", "扣分指标的分"), [("missing_near", "扣分指标得分")]),
    "deleted": (point("结论", f"{PLACE}#REF!"), [("deleted", "结论")]),
    "deleted with its sheet": (point("结论", "#REF!"), [("deleted", "结论")]),
    "whole column": (point("结论", f"{PLACE}$C:$C"), [("no_cell", "结论")]),
    "whole row": (point("否决行", f"{PLACE}$11:$11"), [("no_cell", "否决行")]),
    "other file": (point("结论", "[1]表!$A$1"), [("no_cell", "结论")]),
    "formula": (point("结论", f"SUM({PLACE}$A$1)"), [("no_cell", "结论")]),
    "several places": (point("结论", f"{PLACE}$C$21,{PLACE}$F$24"), [("several", "结论")]),
    "doubled": (local("结论", f"{PLACE}$C$22"), [("doubled", "结论")]),
    "twice the same": (local("结论", f"{PLACE}$C$21"), [("?twice", "结论")]),
    "other sheet": (
        lambda book: (book.create_sheet("另"), point("结论", "另!$A$1")(book)),
        [("scattered", "结论")],
    ),
    "copy of the sheet": (lambda book: book.copy_worksheet(book.worksheets[0]), []),
    "same cell": (point("网站名称", f"{PLACE}$H$3"), [("overlap", "网站标识码")]),
    "same merged cells": (point("主办单位", f"{PLACE}$D$3"), [("not_first", "主办单位"), ("overlap", "主办单位")]),
    "merged cells of a row": (
        sheet(lambda first: first.merge_cells("A11:B11")),
        [("not_first", "否决_二级指标"), ("overlap", "否决_二级指标")],
    ),
    "not the first of merged cells": (point("结论", f"{PLACE}$D$21"), [("not_first", "结论")]),
    "cells that are not merged": (
        lambda book: (book.worksheets[0].unmerge_cells("C21:J21"), point("结论", f"{PLACE}$C$21:$J$21")(book)),
        [("?unmerged", "结论")],
    ),
    "merged cells by their range": (point("结论", f"{PLACE}$C$21:$J$21"), []),
    "outside its row": (point("扣分_数量", f"{PLACE}$G$11"), [("outside_row", "扣分_数量"), ("overlap", "扣分_数量")]),
    "beside its row": (point("加分_数量", f"{PLACE}$L$15"), [("outside_row", "加分_数量"), ("?outside_area", "加分_数量")]),
    "row of two rows": (point("加分行", f"{PLACE}$A$15:$J$16"), [("tall_row", "加分行")]),
    "two rows in one": (
        point("得分范围行", f"{PLACE}$A$18:$J$18"),
        [("outside_row", "得分范围"), ("same_row", "得分范围行")],
    ),
    "cell in a repeated row": (point("结论", f"{PLACE}$K$13"), [("cell_in_row", "结论"), ("?outside_area", "结论")]),
    "row in merged cells": (
        sheet(lambda first: (first.unmerge_cells("A12:J12"), first.merge_cells("A12:A13"))),
        [("row_in_merge", "扣分行"), ("cell_in_row", "扣分标题"), ("not_first", "扣分_一级指标"), ("overlap", "扣分_一级指标")],
    ),
    "label beside the rows": (sheet(lambda first: first.merge_cells("L10:L16")), []),
    "name of the hidden sheet": (lambda book: book.create_sheet("计算"), [("taken", "")]),
    "long footer": (footer("长" * 200), [("footer_long", "")]),
    "footer too long once filled": (footer("【规则校验码】" * 17), [("footer_long", "")]),
    "word in the footer": (footer("【检查规则】【检查规格】"), [("?footer_word", "")]),
    "outside the printed area": (
        sheet(lambda first: setattr(first, "print_area", "A1:J25")),
        [("?outside_area", "规则说明")],
    ),
    "hidden row": (sheet(lambda first: setattr(first.row_dimensions[21], "hidden", True)), [("?hidden", "结论")]),
    "hidden columns": (
        sheet(lambda first: first.column_dimensions.group("D", "D", hidden=True)),
        [("?hidden", "否决_编号"), ("?hidden", "扣分_编号"), ("?hidden", "加分_编号")],
    ),
    "hidden sheet": (
        lambda book: (book.create_sheet("说明"), sheet(lambda first: setattr(first, "sheet_state", "hidden"))(book)),
        [("?sheet_hidden", "")],
    ),
    "no heading": (sheet(lambda first: setattr(first, "_print_rows", None)), [("?no_heading", "")]),
    "two pages wide": (sheet(lambda first: setattr(first.page_setup, "fitToWidth", 2)), [("?not_fit", "")]),
    "not fit to pages": (
        sheet(lambda first: setattr(first.sheet_properties.pageSetUpPr, "fitToPage", False)),
        [("?not_fit", "")],
    ),
    "all on one page": (sheet(lambda first: setattr(first.page_setup, "fitToHeight", None)), [("?one_page", "")]),
    "formula of a cell below": (put("L1", "=C17&最后得分"), [("?formula", "")]),
    "formula below": (put("L25", "=SUM($H$17:H19)"), [("?formula", "")]),
    "formula of a cell above": (put("L25", "=C3&C4"), []),
    "formula of a name": (put("L25", "=最后得分*2"), []),
    "what stays where it was": (sheet(lambda first: own_things(first, 17)), [("?stays", "")] * 4),
    "what is above": (sheet(lambda first: own_things(first, 3)), []),
    "formula elsewhere": (
        lambda book: book.create_sheet("另").__setitem__("A1", "=网站评分表!H19"),
        [("?formula", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong(case: str, office: Path) -> None:
    """Each thing that can be wrong with a template is told, under the name that it is about, and nothing else is."""
    change, expected = WRONG[case]
    assert faults(edit(office / SITE, change)) == expected


def test_everything_at_once(office: Path) -> None:
    """Who has broken much can put all of it right in one go; each sentence says what to do, and where."""

    def change(workbook: Workbook) -> None:
        for act in (point("账号_结论", "#REF!"), rename("网站_合格", "网站_合各"), point("网站_名称", "网站!$D$9")):
            act(workbook)

    (review,) = review_templates(edit(office / SUMMARY, change))
    assert [(fault.name, fault.place) for fault in review.faults] == [
        ("网站_合格", "网站!C6"),
        ("账号_结论", "#REF!"),
        ("网站_主办单位", "网站!D9"),
    ]
    assert "网站_合各" in review.faults[0].text
    assert all("请：" in fault.fix and "{" not in fault.text + fault.fix for fault in review.faults)
    assert not review.is_usable
    assert review.samples == ()


def test_a_folder_with_something_missing(office: Path) -> None:
    """What is no template does not keep the others from being checked."""
    (office / ACCOUNT).write_bytes(b"<html>")
    (office / SUMMARY).unlink()
    (office / "草稿.png").write_bytes((office / "草稿.png").read_bytes()[:100])
    reviews = review_templates(office)
    assert [review.is_usable for review in reviews] == [True, False, False, False]
    assert all("请：" in fault.fix for review in reviews for fault in review.faults)


def test_a_picture_of_another_kind(office: Path) -> None:
    """The picture for drafts is a PNG, whatever its name says."""
    (office / "草稿.png").write_bytes(
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )
    assert not review_templates(office)[-1].is_usable


@pytest.mark.parametrize("file", [SITE, ACCOUNT, SUMMARY])
def test_a_template_of_another_name(file: str, office: Path) -> None:
    """A template is known by its names, where its file is called otherwise."""
    (review,) = review_templates((office / file).rename(office / "我们的表.xlsx"))
    assert review.samples[0][0].startswith(Path(file).stem)


def test_no_template_at_all(tmp_path: Path) -> None:
    """A workbook without any of the names, and a file that is not there, get a sentence."""
    Workbook().save(tmp_path / "账.xlsx")
    with pytest.raises(OutputError, match=r"账\.xlsx.*请："):
        review_templates(tmp_path / "账.xlsx")
    with pytest.raises(OutputError, match=r"没有\.xlsx.*请："):
        review_templates(tmp_path / "没有.xlsx")


def test_samples_show_every_part() -> None:
    """Made-up objects: a bonus with a recalculation and a review, a veto as a draft, one with a range; long notes."""
    season = sample_inspection()
    assert [result.score.ground for result in season.of_kind(Kind.SITE)] == [Ground.BONUS, Ground.VETO, Ground.OPEN]
    samples = {name: content for review in review_templates() for name, content in review.samples}
    assert len(samples) == 3 + 3 + 1
    shown = {name: words(content) for name, content in samples.items()}
    site, veto, incomplete = (shown[f"网站评分表-样张{number}.xlsx"] for number in (1, 2, 3))
    assert "4/3" in site
    assert "已复核" in site
    assert "99.33" in site
    assert "单项否决" in veto
    assert "（续）" in veto
    assert " 至 " in incomplete
    assert "某县第3个账号" in shown["汇总表-样张1.xlsx"]
    for name, text in shown.items():
        assert "示例：" in text or "汇总表" in name


def words(content: bytes) -> str:
    """All texts of a workbook."""
    book = load_workbook(BytesIO(content), data_only=True)
    return "\n".join(str(cell.value) for page in book for row in page for cell in row if cell.value is not None)


def test_samples_come_from_the_file_that_is_checked(office: Path) -> None:
    """What an office wrote into its template is in its samples."""
    (review,) = review_templates(edit(office / SITE, put("A1", "丰都县网站检查表")))
    assert all("丰都县网站检查表" in words(content) for _, content in review.samples)


def test_samples_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice there are workbooks only."""
    monkeypatch.setattr(review, "find_office", lambda: None)
    reviews = review_templates(TEMPLATES / SUMMARY)
    files, pdfs = write_samples(reviews, tmp_path / "样张")
    assert files == [tmp_path / "样张" / "汇总表-样张1.xlsx"]
    assert files[0].read_bytes() == reviews[0].samples[0][1]
    assert pdfs == []


def test_samples_are_printed(soffice: str, tmp_path: Path) -> None:
    """With LibreOffice there is a PDF of each."""
    assert soffice
    files, pdfs = write_samples(review_templates(TEMPLATES / SUMMARY), tmp_path)
    assert [pdf.name for pdf in pdfs] == ["汇总表-样张1.pdf"]
    assert sorted(tmp_path.iterdir()) == sorted([*files, *pdfs])


def test_sheet_of_another_name(office: Path) -> None:
    """Names that all lie on a sheet which is not there any more are told once, with the name that it had."""

    def retitle(workbook: Workbook) -> None:
        workbook.worksheets[0].title = "评分"

    (review,) = review_templates(edit(office / SITE, retitle))
    (fault,) = review.faults
    assert (fault.code, fault.place) == ("no_sheet", "网站评分表")
    assert f"{len(load_workbook(office / SITE).defined_names)} 个名称" in fault.text


def test_picture_alone(office: Path) -> None:
    """The picture for drafts can be checked alone; what is no picture is told as such, not as a workbook."""
    (review,) = review_templates(office / "草稿.png")
    assert review.is_usable
    (office / "草稿.png").write_bytes(b"BM")
    (review,) = review_templates(office / "草稿.png")
    (fault,) = review.faults
    assert "PNG" in fault.fix
    assert "xlsx" not in fault.fix
