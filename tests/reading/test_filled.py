"""Sheets filled in by hand and read back: what was typed comes back, and nothing else, whatever program saved it."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from govkit.findings import Batch, Filing, Finding, Measurement, Outcome, SpotCheck, Stage
from govkit.ledger import Kind
from govkit.problems import Problem, Problems, ProblemsError
from govkit.reading import read_filled
from govkit.scoring import ObjectScore, score_spot_check
from govkit.sheets import template
from govkit.sheets.scoring_sheets import ScoringSheets
from tests.filling import Lines, Typed, address, answers, at_random, blanks, filled, meant, opened, read, taken
from tests.office_typist import FILTERS, follow, orders_to_fill
from tests.reading.test_images import png
from tests.recalculate import converted
from tests.sheets.builders import AS_OF, RUBRIC, account, found, judged, measured, site

FULL, REDUCED, OTHER = site("0500230001", "县门户"), site("bm64130001", "档案网", service=False), site("5002300003")
WECHAT, WEIBO = account("5002300000000101", "县发布"), account("教委微博", "教委发布")
SUBJECTS = (FULL, REDUCED, OTHER, WECHAT, WEIBO)
KNOWN = (
    found(FULL, "D1.2", 2, "原来的说明", "https://a.example/1"),
    judged(FULL, "D2.1", Outcome.NOT_APPLICABLE, "没有这类栏目"),
    found(FULL, "B1.1", 2, "已有的说明"),
    found(OTHER, "V1.1", None, "长" * 1300 + "\n第二段\r\n第三段\x07\n" + "尾" * 900),
    judged(OTHER, "D1.1", Outcome.CLEAR),
    judged(WECHAT, "M1.1", Outcome.CLEAR),
)
MEASURED = (measured(FULL, "首页最近更新日期", AS_OF), measured(WECHAT, "最近更新日期", AS_OF))
ONE, TWO = png(1), png(2)
"""Two pictures."""


def check_of(
    *, known: tuple[Finding, ...] = (), quantities: tuple[Measurement, ...] = (), unlisted: Outcome = Outcome.UNCHECKED
) -> SpotCheck:
    """A spot check of five objects."""
    return SpotCheck(Batch("季度", AS_OF, RUBRIC.id, unlisted=unlisted), SUBJECTS, known, quantities)


EMPTY = check_of()


def expected(typed: Mapping[str, Lines], who: str = "张三") -> dict[tuple[str, str], Finding]:
    """What must come back."""
    return {(key, code): meant(key, code, line, who) for key, lines in typed.items() for code, line in lines.items()}


def randomly(chance: Random, path: Path, known: tuple[Finding, ...]) -> dict[str, dict[str, Typed]]:
    """Something typed into all sheets of a workbook, wherever nothing is known."""
    typed = {}
    for sheet in read(path):
        subject = sheet.origin.subject
        taken_already = {finding.item for finding in known if finding.subject_id == subject.id}
        codes = [code for code in RUBRIC.items_in_scope(subject) if code not in taken_already]
        typed[subject.id] = at_random(chance, RUBRIC, codes, [ONE, TWO])
    return typed


KINDS = ((FULL.id, REDUCED.id, OTHER.id), (WECHAT.id, WEIBO.id))
CHECKS = tuple(
    check_of(known=known, quantities=MEASURED if known else (), unlisted=unlisted)
    for known in ((), KNOWN)
    for unlisted in (Outcome.UNCHECKED, Outcome.CLEAR)
)


def test_round_trip(tmp_path: Path) -> None:
    """Everything typed comes back as typed, nothing comes of what was not touched, and the score is the same."""
    cases = [(check, ids) for check in CHECKS for ids in KINDS]
    books = [blanks(check, tmp_path / f"{number}.xlsx", *ids) for number, (check, ids) in enumerate(cases)]
    untouched = [answers(book) for book in books]
    assert untouched == [{}] * len(books)
    chance = Random(20_191_218)  # noqa: S311 - no secret
    wanted = []
    for (check, _), book in zip(cases, books, strict=True):
        typed = randomly(chance, book, check.findings)
        filled(book, typed)
        wanted.append(expected(typed))
    for saved in (books, converted(books, ".xlsx", tmp_path), converted(books, ".xls", tmp_path)):
        for (check, _), path, want in zip(cases, saved, wanted, strict=True):
            came = answers(path)
            assert came == want
            assert scores(check, came) == scores(check, want)
            names = {name for one in taken(path) for name in one.pictures}
            assert names == {name for finding in want.values() for name in finding.screenshot.split("；") if name}


def test_parts_in_columns_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template may have the columns of one part where another part has others: each line is read by its own part."""
    shutil.copytree(template.TEMPLATES, tmp_path / "模板")
    monkeypatch.setattr(template, "TEMPLATES", tmp_path / "模板")
    file = tmp_path / "模板" / "网站评分表.xlsx"
    book = opened(file)
    for part, one, other in (("加分", "检查结果", "数量"), ("扣分", "分值", "编号")):
        names = book.defined_names[f"{part}_{one}"], book.defined_names[f"{part}_{other}"]
        names[0].attr_text, names[1].attr_text = names[1].attr_text, names[0].attr_text
    book.save(file)
    typed = {"V1.1": Typed("未发现"), "D1.2": Typed("发现问题", 2, "两处"), "B1.1": Typed("符合", 2, "有")}
    path = filled(blanks(EMPTY, tmp_path / "表.xlsx", FULL.id), {FULL.id: typed})
    assert answers(path) == expected({FULL.id: typed})


def scores(check: SpotCheck, more: Mapping[tuple[str, str], Finding]) -> list[ObjectScore]:
    """What the objects come to with further findings."""
    both = replace(check, findings=(*check.findings, *more.values()))
    return [result.score for result in score_spot_check(RUBRIC, both).objects]


def test_filled_by_libreoffice(tmp_path: Path) -> None:
    """Sheets that LibreOffice filled in itself, key by key, lose nothing as .xlsx or .xls; .ods is refused by name."""
    book = blanks(EMPTY, tmp_path / "表.xlsx", FULL.id, REDUCED.id)
    typed = randomly(Random(7), book, ())  # noqa: S311 - no secret
    orders = orders_to_fill(book, typed, "李四", "2019-12-18", tmp_path)
    orders += [("save", (tmp_path / f"填{suffix}").as_uri(), name) for suffix, name in FILTERS.items()]
    follow([*orders, ("close",)], tmp_path)
    for suffix in (".xlsx", ".xls"):
        assert answers(tmp_path / f"填{suffix}") == expected(typed, "李四")
    assert [problem.code for problem in faults(tmp_path / "填.ods")] == ["F09"]


def scored(path: Path, check: SpotCheck, key: str, filing: Filing | None = None) -> Path:
    """The scoring sheet of an object."""
    (result,) = [result for result in score_spot_check(RUBRIC, check).objects if result.subject.id == key]
    path.write_bytes(ScoringSheets(check.batch, RUBRIC).sheet(replace(result, filing=filing)))
    return path


def test_scored_sheets_say_nothing_new(tmp_path: Path) -> None:
    """A scoring sheet without a change is no answer: neither its words for what is not scored nor the mark 草稿 are."""
    check = check_of(known=KNOWN, quantities=MEASURED)
    filings = [None, *(Filing(stage, 1, "张三") for stage in Stage)]
    books = [
        scored(tmp_path / f"{key}{number}.xlsx", check, key, filing)
        for number, filing in enumerate(filings)
        for key in (FULL.id, REDUCED.id, OTHER.id, WECHAT.id)
    ]
    saved = [filled(book, {}, target=book.with_stem(f"存{book.stem}")) for book in books]
    for path in (*books, *saved, *converted(books, ".xlsx", tmp_path), *converted(books, ".xls", tmp_path)):
        (one,) = taken(path)
        assert (one.answers, one.pictures, one.sheet.stray) == ((), {}, ())


def test_changes_on_a_scored_sheet(tmp_path: Path) -> None:
    """Only what was changed on a scoring sheet comes back; a note in several rows keeps its lines as they were."""
    check = check_of(known=KNOWN, quantities=MEASURED)
    book = scored(tmp_path / "表.xlsx", check, OTHER.id, Filing(Stage.SUBMITTED, 1, "张三"))
    (sheet,) = read(book)
    first, last = sheet.lines["V1.1"].first_row, sheet.lines["V1.1"].first_row + len(sheet.lines["V1.1"].rows) - 1
    assert last > first + 1

    def change(workbook: Workbook) -> None:
        page: Any = workbook[sheet.sheet.name]
        cell = page.cell(last + 1, page[address(sheet, "V1.1", "问题说明")].column)
        cell.value = f"{cell.value}改"
        page[address(sheet, "D1.1", "检查结果")].value = "发现问题"

    filled(book, {}, more=change)
    (note, result) = answers(book).values()
    assert note.note == "长" * 1300 + "\n第二段\n第三段\n" + "尾" * 900 + "改"
    assert (result.item, result.outcome, result.note) == ("D1.1", Outcome.FOUND, "")


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_pictures_beside_nothing(tmp_path: Path, suffix: str) -> None:
    """Pictures beside no item, and those on a sheet that somebody added, are told as such; none gets lost."""
    book = blanks(EMPTY, tmp_path / "表.xlsx", FULL.id, OTHER.id)

    def show(workbook: Workbook) -> None:
        pages: list[Any] = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        pages[0].add_image(Image(io.BytesIO(ONE)), "A1")
        workbook.create_sheet("截图").add_image(Image(io.BytesIO(TWO)), "B2")

    filled(
        book,
        {OTHER.id: {"D1.1": Typed("未发现", pictures=(ONE, TWO)), "D1.2": Typed("未发现", pictures=(ONE,))}},
        more=show,
    )
    (path,) = converted([book], suffix, tmp_path)
    first, second = read(path)
    assert [image.content for image in first.stray] == [ONE, TWO]
    assert second.stray == ()
    assert [[i.content for i in second.lines[code].images] for code in ("D1.1", "D1.2")] == [[ONE, TWO], [ONE]]


def with_wps_pictures(book: Path, cells: Mapping[str, str], names: Mapping[str, bytes]) -> Path:
    """A workbook with pictures in cells of its first sheet, as WPS writes them.

    Args:
        book: the workbook; changed in place.
        cells: the names of pictures by cell; a cell can name one that is not there.
        names: the pictures by name.
    """
    space = "xmlns:etc='http://www.wps.cn/officeDocument/2017/etCustomData' xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    shown = "".join(
        f"<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id='{n}' name='{name}'/></xdr:nvPicPr>"
        f"<xdr:blipFill><a:blip r:embed='rId{n}'/></xdr:blipFill></xdr:pic></etc:cellImage>"
        for n, name in enumerate(names, 1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    related = "".join(
        f"<Relationship Id='rId{n}' Type='{kind}' Target='media/wps{n}.png'/>" for n in range(1, len(names) + 1)
    )
    parts: dict[str, str | bytes] = {
        "xl/cellimages.xml": f"<etc:cellImages {space}>{shown}</etc:cellImages>",
        "xl/_rels/cellimages.xml.rels": f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{related}</Relationships>",
        **{f"xl/media/wps{n}.png": picture for n, picture in enumerate(names.values(), 1)},
    }
    with zipfile.ZipFile(book) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    for cell, name in cells.items():
        formula = f'<f>_xlfn.DISPIMG("{name}",1)</f><v>=DISPIMG("{name}",1)</v>'
        blank = rf'<c r="{cell}"( s="[0-9]+")?[^>]*?(/>|></c>)'
        sheet, number = re.subn(blank, rf'<c r="{cell}"\1 t="str">{formula}</c>', sheet)
        assert number == 1
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in {**members, "xl/worksheets/sheet1.xml": sheet.encode(), **parts}.items():
            archive.writestr(name, content)
    return book


def test_pictures_in_cells(tmp_path: Path) -> None:
    """A picture that WPS put into 问题说明 or 数量 is evidence, and its formula neither note nor number."""
    book = blanks(EMPTY, tmp_path / "表.xlsx", FULL.id)
    filled(book, {FULL.id: {"D1.1": Typed("发现问题"), "D1.2": Typed("发现问题", note="见图")}})
    (sheet,) = read(book)
    cells = {address(sheet, "D1.1", "问题说明"): "ID_A", address(sheet, "D1.2", "数量"): "ID_B"}
    with_wps_pictures(book, cells, {"ID_A": ONE, "ID_B": TWO})
    wanted = {"D1.1": Typed("发现问题", pictures=(ONE,)), "D1.2": Typed("发现问题", note="见图", pictures=(TWO,))}
    assert answers(book) == expected({FULL.id: wanted})


def faults(path: Path) -> list[Problem]:
    """Everything wrong with a workbook."""
    try:
        taken(path)
    except ProblemsError as error:
        return list(error.problems)
    return []


def test_pictures_in_the_wrong_cell(tmp_path: Path) -> None:
    """A picture in place of 检查结果 is no result, and one that the file has lost no picture: both are told."""
    book = blanks(EMPTY, tmp_path / "表.xlsx", FULL.id)
    (sheet,) = read(book)
    cells = {address(sheet, "D1.1", "检查结果"): "ID_A", address(sheet, "D1.2", "问题说明"): "ID_B"}
    with_wps_pictures(book, cells, {"ID_A": ONE})
    told = {(problem.code, problem.place.row, problem.place.column) for problem in faults(book)}
    rows = [sheet.lines[code].first_row + 1 for code in ("D1.1", "D1.2")]
    assert told == {("C07", rows[0], "检查结果"), ("C07", rows[1], "检查结果"), ("C01", rows[1], "问题说明")}
    (lost,) = converted([book], ".xlsx", tmp_path)
    assert {problem.code for problem in faults(lost)} >= {"C01"}


WRONG: dict[str, tuple[dict[str, Typed], set[tuple[str, str, str]]]] = {
    "word": ({"D1.1": Typed("有问题吧")}, {("R04", "D1.1", "检查结果")}),
    "word of the bonus": ({"D1.1": Typed("符合")}, {("R19", "D1.1", "检查结果")}),
    "beyond the sample": ({"D8.1": Typed("发现问题", 99)}, {("R09", "D8.1", "数量")}),
    "no level": ({"B1.1": Typed("符合", 5)}, {("R10", "B1.1", "数量")}),
    "no number": ({"D1.2": Typed("发现问题", "很多")}, {("C05", "D1.2", "数量")}),
    "number without a problem": ({"D1.2": Typed("未发现", 3)}, {("R14", "D1.2", "数量")}),
    "no reason": ({"D1.2": Typed("不适用")}, {("R15", "D1.2", "问题说明")}),
    "note without a result": ({"D1.2": Typed(note="电话有误")}, {("C07", "D1.2", "检查结果")}),
    "picture without a result": ({"D1.2": Typed(pictures=(ONE,))}, {("C07", "D1.2", "检查结果")}),
    "several": (
        {"D1.1": Typed("有问题吧"), "D1.2": Typed("不适用"), "V1.1": Typed(note="?")},
        {("R04", "D1.1", "检查结果"), ("R15", "D1.2", "问题说明"), ("C07", "V1.1", "检查结果")},
    ),
}


@pytest.mark.parametrize("word", ["没问题", "没有问题", "无", "正常"])
def test_denials_get_no_contrary_advice(tmp_path: Path, word: str) -> None:
    """A word that says that there is no problem is not taken for a misspelt 发现问题."""
    book = filled(blanks(EMPTY, tmp_path / "表.xlsx", FULL.id), {FULL.id: {"D1.1": Typed(word)}})
    (problem,) = faults(book)
    assert problem.code == "R04"
    assert "是否为" not in problem.text


def test_advice_that_spoils_no_sheet(tmp_path: Path) -> None:
    """Where only the result is missing, the item is named, and nobody is told to delete a row."""
    book = filled(blanks(EMPTY, tmp_path / "表.xlsx", FULL.id), {FULL.id: {"D1.2": Typed(note="电话有误")}})
    (problem,) = faults(book)
    assert "D1.2" in problem.text
    assert "删去" not in problem.fix


@pytest.mark.parametrize("name", WRONG)
def test_wrong_lines(tmp_path: Path, name: str) -> None:
    """What cannot be used is told with file, sheet, row and column; everything wrong at once."""
    typed, wanted = WRONG[name]
    book = filled(blanks(EMPTY, tmp_path / "表.xlsx", REDUCED.id, FULL.id), {FULL.id: typed})
    sheet = read(book)[1]
    places = {(code, sheet.lines[item].first_row + 1, column) for code, item, column in wanted}
    told = faults(book)
    assert {(problem.code, problem.place.row, problem.place.column) for problem in told} == places
    assert {(problem.place.workbook, problem.place.sheet) for problem in told} == {("表.xlsx", "2 县门户")}


def test_wrong_day(tmp_path: Path) -> None:
    """A 检查时间 that is no day is told once, at its own cell, however many lines were filled in."""
    typed = {FULL.id: {code: Typed("未发现") for code in ("D1.1", "D1.2", "V1.1")}}
    book = filled(blanks(EMPTY, tmp_path / "表.xlsx", FULL.id), typed, when="月底")
    (problem,) = faults(book)
    assert (problem.code, problem.place.row, problem.place.column) == ("C04", 8, "检查时间")


def test_cleared_answers(tmp_path: Path) -> None:
    """An answer that was there and is blank now is asked for; 未检查 chosen on purpose withdraws it."""
    check = check_of(known=KNOWN, quantities=MEASURED)
    book = blanks(check, tmp_path / "表.xlsx", FULL.id)
    (sheet,) = read(book)

    def clear(workbook: Workbook) -> None:
        page: Any = workbook[sheet.sheet.name]
        for code in ("D1.2", "D2.1"):
            for column in ("检查结果", "数量", "问题说明"):
                page[address(sheet, code, column)].value = None
        page[address(sheet, "D2.1", "检查结果")].value = "未检查"

    filled(book, {}, more=clear)
    (problem,) = faults(book)
    row = sheet.lines["D1.2"].first_row + 1
    assert (problem.code, problem.place.row, problem.place.column) == ("R20", row, "检查结果")
    assert "发现问题" in problem.text
    filled(book, {FULL.id: {"D1.2": Typed("发现问题", 2, "原来的说明\n网址：https://a.example/1")}})
    ((_, item),) = answers(book)
    assert item == "D2.1"
    assert answers(book)[FULL.id, "D2.1"].outcome == Outcome.UNCHECKED


def test_cleared_number(tmp_path: Path) -> None:
    """A number that was there and is blank now is asked for, not taken as 1; with another result it is not missed."""
    known = (found(FULL, "D22.1", 9, "九处"), found(FULL, "D1.2", 1, "一处"))
    book = blanks(check_of(known=known), tmp_path / "表.xlsx", FULL.id)
    (sheet,) = read(book)

    def clear(workbook: Workbook) -> None:
        for code in ("D22.1", "D1.2"):
            workbook[sheet.sheet.name][address(sheet, code, "数量")].value = None

    filled(book, {}, more=clear)
    (problem,) = faults(book)
    row = sheet.lines["D22.1"].first_row + 1
    assert (problem.code, problem.place.row, problem.place.column) == ("R21", row, "数量")
    assert "9" in problem.text
    filled(book, {FULL.id: {"D22.1": Typed("未发现")}})
    assert answers(book)[FULL.id, "D22.1"].outcome == Outcome.CLEAR


@pytest.mark.parametrize("known", [(), (found(FULL, "D1.1", None, "没有概况"),)])
def test_formulas_never_calculated(tmp_path: Path, known: tuple[Finding, ...]) -> None:
    """A formula without a saved value is no blank, in 检查结果 as in 数量: it is told."""
    book = blanks(check_of(known=known), tmp_path / "表.xlsx", FULL.id)
    (sheet,) = read(book)

    def compute(workbook: Workbook) -> None:
        page = workbook[sheet.sheet.name]
        page[address(sheet, "D1.1", "检查结果")].value = "=F29"
        page[address(sheet, "D1.2", "检查结果")].value = "发现问题"
        page[address(sheet, "D1.2", "数量")].value = "=1+2"

    filled(book, {}, more=compute)
    rows = [sheet.lines[code].first_row + 1 for code in ("D1.1", "D1.2")]
    told = [(problem.code, problem.place.row, problem.place.column) for problem in faults(book)]
    assert told == [("C02", rows[0], "检查结果"), ("C02", rows[1], "数量")]


def test_answers_in_further_rows(tmp_path: Path) -> None:
    """What is chosen in the further rows of a long note would count nowhere: it is told."""
    book = blanks(check_of(known=KNOWN), tmp_path / "表.xlsx", OTHER.id)
    (sheet,) = read(book)
    column = sheet.origin.columns["否决_检查结果"]
    row = next(cell.row for cell in first_page(opened(book))[column] if cell.value == "（续）")

    def choose(workbook: Workbook) -> None:
        workbook[sheet.sheet.name][f"{column}{row}"].value = "未发现"

    filled(book, {}, more=choose)
    (problem,) = faults(book)
    assert (problem.code, problem.place.row, problem.place.column) == ("C08", row, "检查结果")


def test_what_stands_elsewhere(tmp_path: Path) -> None:
    """Cells beside and below the table, comments and further sheets are known; an untouched sheet has none."""
    book = blanks(check_of(known=KNOWN), tmp_path / "表.xlsx", OTHER.id)
    for sheet in read(book) + read(converted([book], ".xls", tmp_path)[0]):
        assert (sheet.beside, sheet.comments, sheet.others) == ((), (), ())

    def write_more(workbook: Workbook) -> None:
        page = first_page(workbook)
        page["K30"], page["AB2"] = "旁边", 3
        page[f"B{page.max_row + 1}"] = "下面"
        page["F30"].comment = Comment("不确定", "张三")
        workbook.create_sheet("我的备注")["A1"] = "还有"
        workbook.create_sheet("空表")

    last = first_page(opened(book)).max_row
    filled(book, {}, more=write_more)
    for path in (book, *converted([book], ".xlsx", tmp_path), *converted([book], ".xls", tmp_path)):
        (sheet,) = read(path)
        assert sheet.beside == ("AB2", "K30", f"B{last + 1}")
        assert (sheet.comments, sheet.others) == (("F30",), ("我的备注",))


def test_what_was_measured_is_nobodys_answer(tmp_path: Path) -> None:
    """A line that shows a measured quantity is no answer until somebody changes it; then its note is the person's."""
    check = check_of(quantities=MEASURED)
    book = blanks(check, tmp_path / "表.xlsx", FULL.id)
    (sheet,) = read(book)
    (code,) = [code for code, line in sheet.lines.items() if line.note]
    assert answers(book) == {}

    def add(workbook: Workbook) -> None:
        cell = workbook[sheet.sheet.name][address(sheet, code, "问题说明")]
        cell.value = f"{cell.value}\n已核对"

    filled(book, {}, more=add)
    assert {key: finding.note for key, finding in answers(book).items()} == {(FULL.id, code): "已核对"}


def renamed(workbook: Workbook) -> None:
    """All sheets under other names."""
    for sheet in workbook.worksheets:
        sheet.title = sheet.title if sheet.sheet_state == "hidden" else f"改 {sheet.title}"


def test_renamed_sheets(tmp_path: Path) -> None:
    """The only sheet may be called otherwise; of several, one that is not there under its name is told."""
    one = filled(blanks(EMPTY, tmp_path / "一.xlsx", FULL.id), {FULL.id: {"D1.1": Typed("未发现")}}, more=renamed)
    assert answers(one) == expected({FULL.id: {"D1.1": Typed("未发现")}})
    two = filled(blanks(EMPTY, tmp_path / "二.xlsx", FULL.id, OTHER.id), {}, more=renamed)
    assert [problem.code for problem in faults(two)] == ["S09", "S09"]


def first_page(workbook: Workbook) -> Any:
    """The first sheet that people see."""
    return next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")


def exchanged(workbook: Workbook) -> None:
    """Two sheets under each other's name."""
    one, two = (sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
    names = one.title, two.title
    one.title = "某"
    two.title, one.title = names


def damaged(workbook: Workbook) -> None:
    """The hidden sheet cut off."""
    cell = workbook["计算"]["B1"]
    cell.value = str(cell.value)[:-20]


def unplaced(workbook: Workbook) -> None:
    """The hidden sheet without the place of a cell."""
    cell = workbook["计算"]["B1"]
    cell.value = str(cell.value).replace('"\\u68c0\\u67e5\\u4eba\\u5458":"H7"', '"\\u68c0\\u67e5\\u4eba\\u5458":"7"')


def row_of(page: Any, code: str) -> int:
    """The row of an item."""
    return int(next(cell.row for cell in page["D"] if cell.value == code))


def doubled(workbook: Workbook) -> None:
    """The line of an item once more, right below the other."""
    page = first_page(workbook)
    row = row_of(page, "V2.1")
    page.insert_rows(row + 1)
    for cell in page[row]:
        page.cell(row + 1, cell.column).value = cell.value
    page.cell(row + 1, 6).value = "发现问题"


SPOILT: dict[str, tuple[Callable[[Workbook], object], list[str]]] = {
    "no hidden sheet": (lambda workbook: workbook.remove(workbook["计算"]), ["S07"]),
    "damaged hidden sheet": (damaged, ["S08"]),
    "damaged places": (unplaced, ["S08"]),
    "row deleted": (lambda workbook: first_page(workbook).delete_rows(row_of(first_page(workbook), "D2.1")), ["S10"]),
    "row doubled": (doubled, ["S10"]),
    "row above": (lambda workbook: first_page(workbook).insert_rows(2), ["S11"]),
    "column at the left": (lambda workbook: first_page(workbook).insert_cols(1), ["S11"]),
    "column before the note": (lambda workbook: first_page(workbook).insert_cols(8), ["S11"]),
    "copied": (lambda workbook: workbook.copy_worksheet(first_page(workbook)), ["S12"]),
    "exchanged": (exchanged, ["S13", "S13"]),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_workbooks(tmp_path: Path, name: str) -> None:
    """A workbook in which rows, columns or sheets are not what they were is told as such, and not read wrongly."""
    spoil, codes = SPOILT[name]
    book = blanks(EMPTY, tmp_path / "表.xlsx", FULL.id, OTHER.id)
    filled(book, {}, more=spoil)
    problems = faults(book)
    assert [problem.code for problem in problems] == codes
    assert all(problem.fix.startswith("请：") for problem in problems)


def test_several_kinds_of_files(tmp_path: Path) -> None:
    """What is no spreadsheet, encrypted, damaged or missing is told as for every other workbook."""
    (tmp_path / "文.xlsx").write_bytes(b"\0\1\2")
    (tmp_path / "坏.xlsx").write_bytes(blanks(EMPTY, tmp_path / "表.xlsx", FULL.id).read_bytes()[:-300])
    (tmp_path / "密.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    problems = Problems()
    for name in ("文.xlsx", "坏.xlsx", "密.xlsx", "无.xlsx"):
        assert read_filled(tmp_path / name, problems) == []
    assert [(problem.place.workbook, problem.code) for problem in problems] == [
        ("文.xlsx", "F02"),
        ("坏.xlsx", "F04"),
        ("密.xlsx", "F03"),
        ("无.xlsx", "F01"),
    ]


def test_line_ends_of_other_programs(tmp_path: Path) -> None:
    """Carriage returns that some programs leave in a cell are line ends."""
    book = filled(
        blanks(EMPTY, tmp_path / "表.xlsx", FULL.id), {FULL.id: {"D1.1": Typed("发现问题", None, "一\r\n二")}}
    )
    assert opened(book)
    (finding,) = answers(book).values()
    assert finding.note == "一\n二"
    assert finding.checked_at is not None
    assert finding.checked_at.date() == date(2019, 12, 18)
    assert FULL.kind == Kind.SITE
