"""A rubric that was edited as a workbook: what is wrong is told all at once, where it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from govkit.problems import Problem, ProblemsError
from govkit.reading.rubrics import read_rubric
from govkit.rubric import Rubric, Rubrics, load_rubric, rubric_from
from govkit.rubric.content import content
from govkit.rubric.writing import rubric_file
from govkit.sheets.rubric import write_rubric_book

OWN = rubric_from(content(load_rubric("fengdu-2019")) | {"id": "own"})


def edited(folder: Path, *edits: tuple[str, str, str, object]) -> Path:
    """The workbook of a rubric with cells changed: sheet, name of the line, column, new value."""
    path = folder / "规则.xlsx"
    write_rubric_book(OWN, path)
    book = load_workbook(path)
    for sheet, line, column, value in edits:
        cell_of(book, sheet, line, column).value = value
    book.save(path)
    return path


def cell_of(book: Workbook, sheet: str, line: str, column: str) -> Any:
    """The cell of a line, named by its first cell (of 部分: by the second), under a heading; "" is the first blank line."""
    rows = list(book[sheet].iter_rows())
    head = next(row for row in rows if column in [cell.value for cell in row])
    at = [cell.value for cell in head].index(column)
    key = 1 if sheet == "部分" and line else 0
    return next(row[at] for row in rows[head[0].row :] if (row[key].value or "") == line)


def problems(path: Path, rubrics: Rubrics | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a workbook."""
    with pytest.raises(ProblemsError) as caught:
        read_rubric(path, rubrics or Rubrics())
    return caught.value.problems


# What is typed where → the code of the problem, and the sheet and column at which it is told.
WRONG: dict[str, tuple[tuple[str, str, str, object], str, str, str]] = {
    "id": (("说明", "编号", "内容", "本县规则"), "G02", "说明", "内容"),
    "shipped": (("说明", "编号", "内容", "fengdu-2019-m14"), "G13", "说明", "内容"),
    "version": (("说明", "版本", "内容", 1.0), "G03", "说明", "内容"),
    "no title": (("说明", "标题", "内容", None), "G01", "说明", "内容"),
    "no number": (("参数", "合格线", "数值", "六十"), "G05", "参数", "数值"),
    "no line": (("参数", "加分线", "数值", None), "G01", "参数", "数值"),
    "lines": (("参数", "合格线", "数值", 90), "G27", "参数", "数值"),
    "beyond all": (("参数", "加分线", "数值", 101), "G27", "参数", "数值"),
    "no word": (("参数", "另行计分", "数值", "也许"), "C09", "参数", "数值"),
    "multiplier": (("参数", "另行计分倍数", "数值", "5/4"), "G26", "参数", "数值"),
    "warning": (("参数", "V4.2", "预警线", 11), "G28", "参数", "预警线"),
    "share": (("参数", "V2.1", "数值", 5), "G29", "参数", "数值"),
    "limit gone": (("参数", "V4.2", "参数", "V5.1"), "G25", "参数", "参数"),
    "limit of nothing": (("参数", "V4.2", "参数", "栏目"), "G10", "参数", "参数"),
    "limit twice": (("参数", "V4.2", "参数", "V4.1"), "G09", "参数", "参数"),
    "limit half": (("参数", "V4.2", "文字", None), "G01", "参数", "文字"),
    "group sum": (("部分", "功能设计", "分值", 22), "G22", "部分", "分值"),
    "group of nowhere": (("部分", "功能设计", "部分", "附加分"), "G11", "部分", "部分"),
    "row sum": (("指标", "D1", "分值", 3), "G22", "部分", "分值"),
    "row code": (("指标", "D1", "编号", "X1"), "G04", "指标", "编号"),
    "row twice": (("指标", "D2", "编号", "D1"), "G20", "指标", "编号"),
    "row without items": (("指标", "D2", "编号", "D99"), "G15", "指标", "编号"),
    "limit missing": (("参数", "V4.2", "参数", "V5.1"), "G25", "细则", "编号"),
    "group twice": (("部分", "互动交流", "一级指标", "功能设计"), "G20", "部分", "一级指标"),
    "row of another part": (("指标", "D1", "部分", "加分指标"), "G30", "指标", "编号"),
    "row without points": (("指标", "D1", "分值", None), "G31", "指标", "分值"),
    "account with points": (("指标", "D1", "检查对象", "政务新媒体"), "G32", "指标", "检查对象"),
    "group unknown": (("指标", "D1", "一级指标", "别的"), "G23", "指标", "一级指标"),
    "no decimal": (("指标", "D1", "分值", "1/3"), "G33", "指标", "分值"),
    "no kind": (("细则", "D1.1", "种类", None), "G01", "细则", "种类"),
    "wrong kind": (("细则", "D1.1", "种类", "计算"), "C09", "细则", "种类"),
    "item twice": (("细则", "D1.2", "编号", "D1.1"), "G20", "细则", "编号"),
    "item of no row": (("细则", "D1.2", "编号", "D99.1"), "G12", "细则", "编号"),
    "item without code": (("细则", "", "评分细则", "新的一条"), "C03", "细则", "编号"),
    "numbering": (("细则", "D1.2", "编号", "D1.3"), "G34", "细则", "编号"),
    "no points": (("细则", "D1.2", "分值", None), "G35", "细则", "分值"),
    "levels": (("细则", "D1.2", "各档", "1：一档"), "G36", "细则", "各档"),
    "no level": (("细则", "D12.2", "各档", "一档"), "G07", "细则", "各档"),
    "levels alike": (("细则", "D12.2", "各档", "1：甲\n1：乙"), "G37", "细则", "各档"),
    "sample": (("细则", "D1.1", "抽查数", 3), "G38", "细则", "抽查数"),
    "half a sample": (("细则", "D7.1", "抽查数", 2.5), "G06", "细则", "抽查数"),
    "veto": (("细则", "V1.1", "种类", "计数"), "G39", "细则", "种类"),
    "no measure": (("细则", "V3.1", "监测方式", None), "C03", "细则", "监测方式"),
    "two quantities": (("细则", "V3.1", "监测项", "甲\n乙"), "G08", "细则", "监测项"),
    "no whole": (("细则", "V2.1", "总数", None), "G01", "细则", "总数"),
    "too much": (("细则", "V3.1", "至少天数", 7), "G01", "细则", "至少天数"),
    "threshold": (("细则", "V5.1", "种类", "界限"), "G40", "细则", "监测方式"),
    "braces": (("细则", "V1.1", "评分细则", "出现{limit}"), "G41", "细则", "评分细则"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "code", "sheet", "column"), WRONG.values(), ids=WRONG)
def test_wrong__error(edit: tuple[str, str, str, object], code: str, sheet: str, column: str, tmp_path: Path) -> None:
    """Each thing wrong has a code, is told at its sheet, row and column, and says what to do."""
    told = problems(edited(tmp_path, edit))
    found = [each.place for each in told if each.code == code]
    assert (sheet, column) in [(place.sheet, place.column) for place in found], told
    assert all(place.row for place in found)
    assert all(each.fix.startswith("请：") for each in told)


def test_row_that_is_told(tmp_path: Path) -> None:
    """The row is the one that people see; of a code that stands there twice it is the second."""
    path = edited(tmp_path, ("细则", "D2.2", "编号", "D2.1"))
    (told,) = [each for each in problems(path) if each.code == "G20"]
    row = [cell.value for cell in list(load_workbook(path)["细则"].iter_rows())[told.place.row - 1]]  # type: ignore[operator]
    assert row[0] == "D2.1"
    assert "不准确" in str(row[2])


def test_everything_at_once__error(tmp_path: Path) -> None:
    """What is wrong in cells of several sheets is told together; and so is what does not fit together."""
    cells = edited(tmp_path, *(WRONG[name][0] for name in ("id", "no number", "no word", "wrong kind", "no level")))
    assert {each.code for each in problems(cells)} == {"G02", "G05", "C09", "G07"}
    together = edited(tmp_path, *(WRONG[name][0] for name in ("shipped", "lines", "group sum", "sample", "braces")))
    assert {each.code for each in problems(together)} == {"G13", "G27", "G22", "G38", "G41"}


@pytest.mark.parametrize("change", [lambda book: book.remove(book["参数"]), lambda book: book["细则"].delete_cols(4)])
def test_missing_sheets_and_columns__error(change: Callable[[Workbook], None], tmp_path: Path) -> None:
    """A sheet or a column that somebody deleted is told; it is not read as if all of it were blank."""
    path = edited(tmp_path)
    book = load_workbook(path)
    change(book)
    book.save(path)
    assert {each.code for each in problems(path)} <= {"S01", "S02", "S04"}


def test_what_people_type(tmp_path: Path) -> None:
    """Codes in small letters, numbers as text, and blanks around names are what they mean."""
    path = edited(
        tmp_path,
        ("细则", "D1.2", "编号", "ｄ1.2"),
        ("指标", "D1", "分值", " 2分 "),
        ("指标", "D1", "部分", "扣分指标 "),
        ("参数", "合格线", "数值", "60.0"),
    )
    assert read_rubric(path, Rubrics()) == OWN


def with_id(rubric: Rubric, **head: str) -> Rubrics:
    """An office whose own rubrics include this one."""
    own = rubric_from(content(rubric) | head)
    return Rubrics({own.id: rubric_file(own).text.encode()})


def test_versions_of_an_own_rubric(tmp_path: Path) -> None:
    """What an office has under the id may be read again unchanged, and be followed by a higher version only."""
    assert read_rubric(edited(tmp_path), with_id(OWN)) == OWN
    changed = ("参数", "合格线", "数值", 65)
    assert [each.code for each in problems(edited(tmp_path, changed), with_id(OWN))] == ["G14"]
    assert [each.code for each in problems(edited(tmp_path, changed), with_id(OWN, version="1.0.10"))] == ["G14"]
    higher = edited(tmp_path, changed, ("说明", "版本", "内容", "1.0.10"))
    assert read_rubric(higher, with_id(OWN, version="1.0.9")).parameters.pass_line == 65
    broken = Rubrics({"own": b"[["})
    assert read_rubric(edited(tmp_path, changed), broken).parameters.pass_line == 65
