"""Filed sheets recomputed: whatever single cell is altered is named, with what stands there and what must."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govkit.collecting import Difference, differences
from govkit.findings import Batch, Filing, Finding, Measurement, Outcome, SpotCheck, Stage
from govkit.problems import Problems
from govkit.reading import FilledSheet, filled, shown_text
from govkit.reading.sheet import CellValue, ErrorValue, Sheet, column_index
from govkit.scoring import Inspection, score_spot_check
from govkit.sheets.scoring_sheets import ScoringSheets
from tests.filling import PREFIXES, Typed, blanks, read
from tests.filling import filled as filled_in
from tests.recalculate import converted
from tests.sheets.builders import AS_OF, RUBRIC, account, filed, found, inspection, judged, measured, site

LONG = "".join(f"第{number}处：解读稿没有与文件关联。\n" for number in range(80))
FULL = site("0500230001", "县门户")
REDUCED = site("bm64130001", "档案网", service=False)
SEASONS = {
    "bonus": inspection(
        [FULL],
        [
            found(FULL, "D1.2", 2, "=机构电话有误", "https://a.example/1"),
            found(FULL, "D22.1", 9, "友情链接打不开"),
            judged(FULL, "D21.1", Outcome.NOT_APPLICABLE, "统一管理"),
            found(FULL, "B1.1", 2),
            found(FULL, "B6.1"),
        ],
        [measured(FULL, "首页最近更新日期", AS_OF)],
    ),
    "long": filed(
        inspection([FULL], [found(FULL, "D8.1", 3, LONG), found(FULL, "D8.2", 1)]), Filing(Stage.REVIEWED, 1)
    ),
    "reduced": inspection([REDUCED], [found(REDUCED, "D22.1", 9), found(REDUCED, "D1.1"), found(REDUCED, "B1.1", 2)]),
    "veto": filed(inspection([FULL], [found(FULL, "V1.1"), found(FULL, "D1.1")]), Filing(Stage.SUBMITTED, 2, "王敏")),
    "open": filed(inspection([FULL], [found(FULL, "D1.1")], unlisted=Outcome.UNCHECKED), Filing()),
    "account": inspection(
        [account()], [found(account(), "M1.1", note="表述有误")], [measured(account(), "最近更新日期", AS_OF)]
    ),
    "control": inspection([FULL], [found(FULL, "D1.1", None, "一\r\n二\x07三_x000D_"), found(FULL, "D1.2", 1, "-")]),
}
OF_RESULT = {"扣分合计", "扣分指标得分", "加分指标得分", "最后得分", "换算", "得分范围"}
KINDS = {
    **dict.fromkeys(OF_RESULT, "totals"),
    "结论": "verdict",
    **dict.fromkeys(("否决标题", "扣分标题", "加分标题", "规则说明"), "wording"),
    **dict.fromkeys(("分值", "单条得失分", "本项得失分"), "points"),
    **dict.fromkeys(("检查结果", "数量", "问题说明"), "findings"),
    **dict.fromkeys(("一级指标", "二级指标", "评分细则"), "wording"),
}


def book_of(season: Inspection, path: Path) -> Path:
    """The scoring sheet of the first object, as a file."""
    path.write_bytes(ScoringSheets(season.batch, season.rubric).sheet(season.objects[0]))
    return path


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FilledSheet]:
    """The sheets of all seasons, read back."""
    folder = tmp_path_factory.mktemp("sheets")
    return {name: read(book_of(season, folder / f"{name}.xlsx"))[0] for name, season in SEASONS.items()}


def told(sheet: FilledSheet) -> list[Difference]:
    """What is told of a sheet; there must be nothing that keeps it from being recomputed."""
    problems = Problems()
    found_now = differences(sheet, RUBRIC, problems)
    assert [problem.code for problem in problems] == []
    return found_now


def with_cell(sheet: FilledSheet, row: int, column: int, value: CellValue) -> FilledSheet:
    """The sheet with another value in a cell, and in those that are merged with it."""
    before = sheet.sheet
    rows = [list(cells) for cells in before.rows]
    area = [(row, column)]
    for merge in before.merges:
        if merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column:
            spanned = range(merge.first_row, merge.last_row + 1), range(merge.first_column, merge.last_column + 1)
            area = [(r, c) for r in spanned[0] for c in spanned[1]]
    for r, c in area:
        rows[r][c] = value
    return filled._filled(sheet.origin, Sheet(before.workbook, before.name, rows, before.merges), ())


def others(value: CellValue) -> Iterator[CellValue]:
    """Other things that could stand in a cell: what is like it, and what is not allowed there."""
    text = shown_text(value)
    yield f"{text}改"
    if isinstance(value, float):
        yield value - 0.01
    elif text:
        yield ""
    if text in ("未发现", "发现问题", "未检查", "符合", "不符合"):
        yield "发现问题" if text == "未发现" else "未发现"


@pytest.mark.parametrize("name", SEASONS)
def test_untouched(sheets: dict[str, FilledSheet], name: str) -> None:
    """Nothing is told of a sheet as it was written."""
    assert told(sheets[name]) == []


@pytest.mark.parametrize("name", SEASONS)
def test_named_cells(sheets: dict[str, FilledSheet], name: str) -> None:
    """Every named cell that is altered is named, alone, with what stands there and what must."""
    sheet = sheets[name]
    for cell in sheet.origin.cells:
        row, column = filled._position(sheet.origin.cells[cell])
        value = sheet.sheet.cell(row, column)
        for other in others(value):
            (one,) = told(with_cell(sheet, row, column, other))
            assert (one.kind, one.where, one.column) == (KINDS.get(cell, "facts"), cell, "")
            assert one.shown == shown_text(other)
            assert "".join(one.expected.split()) == "".join(shown_text(value).split()) or isinstance(value, float)


def altered_lines(sheet: FilledSheet, codes: set[str]) -> Iterator[tuple[str, str, CellValue, CellValue, FilledSheet]]:
    """Sheets with one cell of a line altered: the item, the column, what stood there and what does."""
    for code, line in sheet.lines.items():
        if code in codes:
            for full, letters in sheet.origin.columns.items():
                prefix, _, column = full.partition("_")
                if prefix == PREFIXES[code[0]] and column != "编号":
                    value = line.cells[column]
                    for other in others(value):
                        yield code, column, value, other, with_cell(sheet, line.first_row, column_index(letters), other)


LINES = {
    "bonus": {"V1.1", "D1.2", "D22.1", "B1.1", "B2.1"},
    "reduced": {"D22.1", "D18.1"},
    "veto": {"V1.1", "D1.1"},
    "open": {"D1.1", "D1.2"},
    "account": {"M1.1", "M1.2"},
}


@pytest.mark.parametrize("name", LINES)
def test_lines(sheets: dict[str, FilledSheet], name: str) -> None:
    """Every cell of a line that is altered is named first, with what stands there and what must."""
    for code, column, value, other, sheet in altered_lines(sheets[name], LINES[name]):
        differences_now = told(sheet)
        where = [one for one in differences_now if one.column == column]
        assert where, (code, column, value, other)
        assert where[0].kind == KINDS[column]
        assert where[0].shown == shown_text(other).strip()
        assert "".join(where[0].expected.split()) == "".join(shown_text(value).split())
        if column in {"评分细则", "检查结果", "数量", "问题说明", "单条得失分"}:
            assert [one.where for one in where] == [code]
        if KINDS[column] != "findings":
            assert len(differences_now) == 1, "an altered figure or text is told once"


def test_findings_that_the_rules_do_not_allow(sheets: dict[str, FilledSheet]) -> None:
    """A number or word that cannot be is told as a difference, and does not keep the rest from being recomputed."""
    sheet = sheets["bonus"]
    row = sheet.lines["D8.1"].first_row
    for column, value in (("F", "有问题吧"), ("F", "不适用"), ("G", 99.0), ("G", "很多")):
        (one,) = told(with_cell(sheet, row, column_index(column), value))
        assert (one.kind, one.where, one.shown) == ("findings", "D8.1", shown_text(value))


def test_further_rows_of_a_long_note(sheets: dict[str, FilledSheet]) -> None:
    """What goes on over several rows and pages is held in each of them."""
    sheet = sheets["long"]
    line = sheet.lines["D8.1"]
    assert len(line.rows) > 2
    for number in range(1, len(line.rows)):
        for column, letters in (("问题说明", "H"), ("评分细则", "E"), ("检查结果", "F"), ("数量", "G"), ("分值", "C")):
            if (number, column) != (1, "分值"):
                changed = with_cell(sheet, line.first_row + number, column_index(letters), "改过")
                assert column in {one.column for one in told(changed)}, (number, column)


def test_what_was_never_calculated(tmp_path: Path) -> None:
    """Formulas without results, as libraries write them, are one problem with advice rather than a hundred differences."""
    book = filled_in(book_of(SEASONS["bonus"], tmp_path / "表.xlsx"), {}, who="张三", when=None)
    (sheet,) = read(book)
    assert isinstance(sheet.cell("最后得分"), ErrorValue)
    problems = Problems()
    assert differences(sheet, RUBRIC, problems) == []
    assert [(problem.code, problem.place.sheet) for problem in problems] == [("C06", "网站评分表")]
    assert "请：核对归档的 .xlsx 原件" in next(iter(problems)).fix


def test_sheets_filled_in_by_hand(tmp_path: Path) -> None:
    """A blank sheet that was filled in and calculated elsewhere is recomputed from what was filled in."""
    check = SpotCheck(Batch("季度", AS_OF, RUBRIC.id), (FULL,), ())
    typed = {code: Typed("未发现" if code[0] != "B" else "不符合") for code in RUBRIC.items_in_scope(FULL)}
    typed |= {"D22.1": Typed("发现问题", 9, "友情链接"), "B1.1": Typed("符合", 2)}
    book = filled_in(blanks(check, tmp_path / "表.xlsx", FULL.id), {FULL.id: typed})
    for path in (*converted([book], ".xlsx", tmp_path), *converted([book], ".xls", tmp_path)):
        (sheet,) = read(path)
        assert told(sheet) == []
        row, column = filled._position(sheet.origin.cells["最后得分"])
        (one,) = told(with_cell(sheet, row, column, 110.0))
        assert (one.where, one.shown) == ("最后得分", "110")


def test_another_release(sheets: dict[str, FilledSheet]) -> None:
    """The release that wrote the sheet may be another; nothing else of that line may be."""
    sheet = sheets["bonus"]
    row, column = filled._position(sheet.origin.cells["规则说明"])
    text = shown_text(sheet.cell("规则说明"))
    start = text.index("govkit ")
    end = text.index(" ", start + 7)
    assert told(with_cell(sheet, row, column, f"{text[:start]}govkit 9.9.9{text[end:]}")) == []
    assert len(told(with_cell(sheet, row, column, text.replace(RUBRIC.sha256[:8], "00000000")))) == 1


def test_what_is_no_figure(sheets: dict[str, FilledSheet]) -> None:
    """A text that a program could take for the number is shown as it stands, so it is told."""
    sheet = sheets["bonus"]
    row, column = filled._position(sheet.origin.cells["最后得分"])
    score = shown_text(sheet.cell("最后得分"))
    for other in (f"0_{score}", f"{score}_0", "１０３", "NaN", f"+{score}"):
        (one,) = told(with_cell(sheet, row, column, other))
        assert one.shown == other


def test_objects_of_all_kinds(tmp_path: Path) -> None:
    """What a sheet was made with is enough to recompute it: measured quantities, and findings with all they hold."""
    subject = replace(FULL, name="名称  带空格\n换行", details={**FULL.details, "首页网址": "=1+1"})
    quantity = Measurement(subject.id, "首页最近更新日期", date(2024, 1, 1))
    finding = Finding(subject.id, "D1.1", Outcome.FOUND, None, "注", inspector="张三", extra={"组": "甲"})
    batch = Batch("2024 年", AS_OF, RUBRIC.id, "", "抽查.xlsx", Outcome.CLEAR)
    season = score_spot_check(RUBRIC, SpotCheck(batch, (subject,), (finding,), (quantity,)))
    assert told(read(book_of(season, tmp_path / "表.xlsx"))[0]) == []
