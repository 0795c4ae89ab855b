"""What a sheet shows beside its values: whatever makes a person see another score is named."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill

import govkit
from govkit.collecting import Difference
from govkit.collecting.looks import Looks
from govkit.findings import Batch, Filing, SpotCheck, Stage
from govkit.origin import origin_from_text, origin_to_text
from govkit.problems import Problems
from govkit.reading import FilledSheet
from govkit.sheets import draft_mark
from govkit.sheets.template_hash import template_hash
from tests.filling import Typed, blanks, filled, read
from tests.recalculate import converted
from tests.sheets.builders import AS_OF, CASES, RUBRIC, filed, found, inspection, scoring_sheet, site

LONG = "".join(f"第{number}处：解读稿没有与文件关联。" for number in range(120))
SEASONS = {
    **CASES,
    "long": inspection([site()], [found(site(), "D8.1", 3, LONG)]),
    "draft": filed(CASES["site_bonus"], Filing(Stage.SUBMITTED, 2, "王敏", reason="漏看了")),
}
RULES = {RUBRIC.sha256: RUBRIC}
SCORE = "H104"
"""最后得分, on the sheet of the season “site_bonus”."""


def sheet_of(name: str, folder: Path) -> Path:
    """The sheet of a season, as a file."""
    path = folder / f"{name}.xlsx"
    path.write_bytes(content_of(name))
    return path


@cache
def content_of(name: str) -> bytes:
    """The sheet of a season."""
    return scoring_sheet(SEASONS[name], SEASONS[name].objects[0])


def told(path: Path, change: Callable[[FilledSheet], FilledSheet] = lambda sheet: sheet) -> list[Difference]:
    """What is told of a workbook; nothing may keep it from being looked at."""
    problems = Problems()
    looks = Looks()
    differences = looks.differences(path.read_bytes(), list(map(change, read(path))), RULES, problems)
    assert not list(problems)
    return [one for _, one in differences]


def saved(source: Path, change: Callable[[Workbook, Any], object], *, values: bool = True) -> Path:
    """The workbook after somebody changed it; formulas become their results, as with copied values."""
    book = load_workbook(BytesIO(source.read_bytes()), data_only=values)
    change(book, book.worksheets[0])
    target = source.with_name("changed.xlsx")
    book.save(target)
    return target


def rewritten(source: Path, member: str, pattern: str, formula: str) -> Path:
    """The workbook with another formula in one cell, whose result stays."""
    target = source.with_name("rewritten.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == member:
                content, times = re.subn(pattern.encode(), rb"\g<1>" + formula.encode() + rb"\g<2>", content, count=1)
                assert times == 1
            new.writestr(name, content)
    return target


@pytest.mark.parametrize("name", sorted(SEASONS))
def test_untouched(name: str, tmp_path: Path) -> None:
    """Nothing is told of a sheet as it was written, nor of one whose formulas became values."""
    source = sheet_of(name, tmp_path)
    assert told(source) == []
    assert told(saved(source, lambda _, __: None)) == []


def test_saved_by_another_program(tmp_path: Path) -> None:
    """LibreOffice writes formulas, columns and footers in its own way: nothing was altered."""
    for path in converted([sheet_of(name, tmp_path) for name in sorted(SEASONS)], ".xlsx", tmp_path):
        assert told(path) == []


def test_filled_in_by_hand(tmp_path: Path) -> None:
    """What people fill in is theirs, with the looks they give it; what they were not to touch is held."""
    subjects = (site(), site("5002300002", "另一个网站"))
    check = SpotCheck(Batch("季度", AS_OF, RUBRIC.id), subjects, ())
    typed = {each.id: {"D22.1": Typed("发现问题", 9, "友情链接", (draft_mark(),))} for each in subjects}

    def paint(book: Workbook) -> None:
        for sheet in book.worksheets[:2]:
            sheet["F20"].font = Font(color="FFFFFFFF")

    book = filled(blanks(check, tmp_path / "表.xlsx", *(each.id for each in subjects)), typed, more=paint)
    assert told(book) == []
    (path,) = converted([book], ".xlsx", tmp_path)
    assert told(path) == []
    (one,) = told(saved(path, lambda book, _: book.worksheets[1].cell(1, 1, "改")))
    assert (one.kind, one.where, one.shown) == ("labels", "A1", "改")


def covered(book: Workbook, sheet: Any) -> None:
    """An altered copy before the sheet, which is hidden."""
    copy = book.copy_worksheet(sheet)
    copy.insert_cols(1)
    copy.title = "评分表"
    sheet.sheet_state = "hidden"
    book.active = book.index(copy)


def all_hidden(_: Workbook, sheet: Any) -> None:
    """Rows that are hidden unless they say otherwise."""
    sheet.sheet_format.zeroHeight = True
    for row in list(sheet.row_dimensions):
        if row == 104:
            del sheet.row_dimensions[row]


TRUE = Rule("expression", formula=["TRUE"])
CHANGES: dict[str, tuple[Callable[[Workbook, Any], object], list[tuple[str, str]]]] = {
    "format": (lambda _, sheet: setattr(sheet[SCORE], "number_format", '"120.00"'), [("looks", SCORE)]),
    "percent": (lambda _, sheet: setattr(sheet[SCORE], "number_format", "0%"), [("looks", SCORE)]),
    "format of text": (lambda _, sheet: setattr(sheet["C105"], "number_format", ';;;"合格"'), [("looks", "C105")]),
    "other sheet": (covered, [("looks", "工作表“网站评分表”"), ("looks", "工作表“评分表”")]),
    "rows": (lambda _, sheet: sheet.row_dimensions.group(70, 71, hidden=True), [("looks", "70:71")]),
    "low row": (lambda _, sheet: setattr(sheet.row_dimensions[70], "height", 0.5), [("looks", "70:70")]),
    "all rows": (all_hidden, [("looks", "104:104")]),
    "columns": (lambda _, sheet: sheet.column_dimensions.group("I", "J", hidden=True), [("looks", "I:J")]),
    "narrow column": (lambda _, sheet: setattr(sheet.column_dimensions["C"], "width", 0.1), [("looks", "C:C")]),
    "label": (lambda _, sheet: setattr(sheet["F104"], "value", "扣分指标得分"), [("labels", "F104")]),
    "label that is gone": (lambda _, sheet: setattr(sheet["F104"], "value", None), [("labels", "F104")]),
    "title": (lambda _, sheet: setattr(sheet["A1"], "value", "评分表（作废）"), [("labels", "A1")]),
    "another line": (lambda _, sheet: setattr(sheet["A115"], "value", "更正：120"), [("labels", "A115")]),
    "white": (lambda _, sheet: setattr(sheet["C105"], "font", Font(color="FFFFFFFF")), [("looks", "C105")]),
    "nearly white": (lambda _, sheet: setattr(sheet["F104"], "font", Font(color="FFFAFAFA")), [("looks", "F104")]),
    "black on black": (
        lambda _, sheet: setattr(sheet[SCORE], "fill", PatternFill("solid", fgColor="FF000000")),
        [("looks", SCORE)],
    ),
    "struck": (lambda _, sheet: setattr(sheet[SCORE], "font", Font(strike=True)), [("looks", SCORE)]),
    "tiny": (lambda _, sheet: setattr(sheet[SCORE], "font", Font(sz=1)), [("looks", SCORE)]),
    "comment": (lambda _, sheet: setattr(sheet[SCORE], "comment", Comment("更正：120", "某人")), [("looks", SCORE)]),
    "comment beside": (lambda _, sheet: setattr(sheet["M3"], "comment", Comment("120", "某人")), [("looks", "M3")]),
    "condition": (lambda _, sheet: sheet.conditional_formatting.add(SCORE, TRUE), [("looks", SCORE)]),
    "merged": (lambda _, sheet: sheet.merge_cells("L3:M3"), [("looks", "L3:M3")]),
    "picture": (
        lambda _, sheet: sheet.add_image(Image(BytesIO(draft_mark())), SCORE),
        [("looks", "工作表“网站评分表”")],
    ),
    "footer": (lambda _, sheet: setattr(sheet.oddHeader.center, "text", "120"), [("labels", "页眉页脚")]),
    "name of the sheet": (lambda _, sheet: setattr(sheet, "title", "得分120"), [("labels", "工作表的名称")]),
    "value on the hidden sheet": (lambda book, _: book["计算"].cell(9, 2, 5), [("formulas", "计算!B9")]),
    "formula instead of a value": (lambda _, sheet: setattr(sheet["H70"], "value", "=1+1"), [("formulas", "H70")]),
    "formula beside": (lambda _, sheet: setattr(sheet["M3"], "value", "=1+1"), [("labels", "M3")]),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_what_is_seen_otherwise(what: str, tmp_path: Path) -> None:
    """One thing that a person sees otherwise is one difference, with its place."""
    change, places = CHANGES[what]
    found_now = told(saved(sheet_of("site_bonus", tmp_path), change))
    assert [(one.kind, one.where) for one in found_now] == places
    assert all(one.shown != one.expected for one in found_now)


@pytest.mark.parametrize(
    ("member", "cell", "where"),
    [
        ("xl/worksheets/sheet1.xml", SCORE, SCORE),
        ("xl/worksheets/sheet1.xml", "I71", "I71"),
        ("xl/worksheets/sheet1.xml", "J28", "J28"),
        ("xl/worksheets/govkit.xml", "B9", "计算!B9"),
        ("xl/worksheets/govkit.xml", "C60", "计算!C60"),
    ],
)
def test_altered_formulas(member: str, cell: str, where: str, tmp_path: Path) -> None:
    """Another formula shows another score as soon as a program calculates, whatever result is kept beside it."""
    path = rewritten(sheet_of("site_bonus", tmp_path), member, f'(<c r="{cell}"[^>]*><f>)[^<]*(</f>)', "120")
    (one,) = told(path)
    assert (one.kind, one.where, one.shown) == ("formulas", where, "=120")
    assert one.expected.startswith("=")


def test_formulas_with_another_text(tmp_path: Path) -> None:
    """What stands between quotes is compared as it is: letters and blanks count there."""
    pattern = f'(<c r="{SCORE}"[^>]*><f>[^<]*")不再评分(")'
    (one,) = told(rewritten(sheet_of("site_bonus", tmp_path), "xl/worksheets/sheet1.xml", pattern, "不再 评分"))
    assert (one.kind, one.where) == ("formulas", SCORE)


def test_template_that_changed(tmp_path: Path) -> None:
    """Title, labels and looks are the template's: with another one they are not compared, and that is told."""
    path = saved(sheet_of("site_bonus", tmp_path), lambda _, sheet: setattr(sheet["A1"], "value", "改"))

    def made_with(template: str) -> Callable[[FilledSheet], FilledSheet]:
        return lambda sheet: replace(sheet, origin=replace(sheet.origin, template=template))

    assert [one.where for one in told(path, made_with(template_hash("网站评分表.xlsx")))] == ["A1"]
    assert told(path, made_with("0" * 64)) == []
    looks = Looks()
    sheets = [made_with("0" * 64)(sheet) for sheet in read(path)]
    looks.differences(path.read_bytes(), sheets, RULES, Problems())
    assert looks.uncompared == sheets
    # What shows another score under any template is told all the same.
    path = saved(sheet_of("site_bonus", tmp_path), lambda _, sheet: setattr(sheet[SCORE], "number_format", '"120"'))
    assert [one.where for one in told(path, made_with("0" * 64))] == [SCORE]
    path = saved(sheet_of("site_bonus", tmp_path), covered)
    assert len(told(path, made_with("0" * 64))) == 2


def test_another_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another release wrote passes; where its formulas are others, that is one line with advice."""
    with monkeypatch.context() as earlier:
        earlier.setattr(govkit, "__version__", "0.0.1")
        path = tmp_path / "earlier.xlsx"
        path.write_bytes(scoring_sheet(SEASONS["site_bonus"], SEASONS["site_bonus"].objects[0]))
    assert told(path) == []
    (one,) = told(rewritten(path, "xl/worksheets/sheet1.xml", f'(<c r="{SCORE}"[^>]*><f>)[^<]*(</f>)', "120"))
    assert "0.0.1" in one.expected


def test_what_cannot_be_looked_at(tmp_path: Path) -> None:
    """A workbook that one program reads and another does not is a problem."""
    sheets, problems = read(sheet_of("site_bonus", tmp_path)), Problems()
    content = content_of("site_bonus")
    assert Looks().differences(content[: len(content) // 2], sheets, RULES, problems) == []
    assert [problem.code for problem in problems] == ["F04"]


def test_origin_with_and_without_template(tmp_path: Path) -> None:
    """The hash of the template comes back; sheets that were made before it was kept can be read."""
    (sheet,) = read(sheet_of("site_bonus", tmp_path))
    origin = replace(sheet.origin, template="ab" * 32)
    text = origin_to_text(origin)
    assert origin_from_text(text) == origin
    before = text.replace(f',"template":"{"ab" * 32}"', "")
    assert before != text
    assert origin_from_text(before) == replace(origin, template="")
