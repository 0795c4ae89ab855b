"""`govkit verify`: what was altered on a filed sheet is named, and nothing else."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from govkit.collecting import Difference, differences
from govkit.commands import run
from govkit.findings import Filing, Stage
from govkit.problems import Problems
from govkit.reading import read_filled
from govkit.scoring import Inspection
from tests.recalculate import converted
from tests.sheets.builders import CASES, RUBRIC, filed, found, inspection, scoring_sheet, site

LONG = "".join(f"第{number}处：解读稿没有与文件关联。" for number in range(120))
SEASONS = {
    **CASES,
    "veto": inspection([site()], [found(site(), "V1.1", note="表述错误"), found(site(), "D4.1")]),
    "long": inspection([site()], [found(site(), "D8.1", 3, LONG)]),
    "draft": filed(CASES["site_bonus"], Filing(Stage.SUBMITTED, 2, "王敏", reason="漏看了")),
}
# What stands beside what: the column of a line by its heading, on the sheet of a site.
COLUMNS = {
    "分值": "C",
    "评分细则": "E",
    "检查结果": "F",
    "数量": "G",
    "问题说明": "H",
    "单条得失分": "I",
    "本项得失分": "J",
}
KINDS = {
    **dict.fromkeys(("分值", "单条得失分", "本项得失分"), "points"),
    **dict.fromkeys(("检查结果", "数量", "问题说明"), "findings"),
    "评分细则": "wording",
}


def sheet_of(name: str, folder: Path) -> Path:
    """The sheet of a season, as a file."""
    path = folder / f"{name}.xlsx"
    path.write_bytes(scoring_sheet(SEASONS[name], SEASONS[name].objects[0]))
    return path


def altered(name: str, folder: Path, cell: str, value: object) -> list[Difference]:
    """What is told of a sheet after somebody wrote into a cell; formulas become their results, as with copied values."""
    book = load_workbook(BytesIO(sheet_of(name, folder).read_bytes()), data_only=True)
    sheet: Any = book.worksheets[0]
    if cell in book.defined_names:
        cell = book.defined_names[cell].attr_text.rpartition("!")[2].replace("$", "")
    elif "." in cell:
        code, column = cell.split("/")
        row = next(each.row for each in sheet["D"] if each.value == code)
        cell = f"{COLUMNS[column]}{row}"
    assert sheet[cell].value != value
    sheet[cell].value = value
    book.save(folder / "altered.xlsx")
    problems = Problems()
    (read,) = read_filled(folder / "altered.xlsx", problems)
    told = differences(read, RUBRIC, problems)
    assert not list(problems)
    return told


@pytest.mark.parametrize("name", sorted(SEASONS))
def test_untouched_sheets_pass(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is told of a sheet as it was written: vetoes, drafts, ×4/3 and notes over several pages among them."""
    assert run(["verify", str(sheet_of(name, tmp_path))]) == 0
    assert "核验 1 张表，全部" in capsys.readouterr().out


def test_sheets_saved_by_other_programs_pass(tmp_path: Path) -> None:
    """LibreOffice calculates anew and saves as it likes: nothing was altered."""
    made = [sheet_of(name, tmp_path) for name in sorted(SEASONS)]
    for suffix in (".xlsx", ".xls"):
        saved = converted(made, suffix, tmp_path / suffix[1:])
        assert run(["verify", *map(str, saved)]) == 0


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("扣分合计", "totals"),
        ("扣分指标得分", "totals"),
        ("加分指标得分", "totals"),
        ("最后得分", "totals"),
        ("结论", "verdict"),
        ("主办单位", "facts"),
        ("网站名称", "facts"),
        ("监测时间点", "facts"),
        ("依据", "facts"),
        ("否决标题", "wording"),
        ("规则说明", "wording"),
    ],
)
def test_an_altered_cell_is_named(name: str, kind: str, tmp_path: Path) -> None:
    """One cell altered is one difference, with what stands there and what must."""
    (told,) = altered("site_bonus", tmp_path, name, "99.99")
    assert (told.kind, told.where, told.shown) == (kind, name, "99.99")
    assert told.expected not in {"", "99.99"}


@pytest.mark.parametrize("code", ["D1.1", "D19.1", "B1.1"])
@pytest.mark.parametrize("column", ["分值", "评分细则", "单条得失分"])
def test_an_altered_line_is_named(code: str, column: str, tmp_path: Path) -> None:
    """So it is with points and official wording of an item; a figure beside a whole row is told for each of its items."""
    told = altered("site_bonus", tmp_path, f"{code}/{column}", 77)
    assert {(one.kind, one.column) for one in told} == {(KINDS[column], column)}
    assert code in {one.where for one in told}


def test_an_altered_finding_is_named_with_all_that_follows(tmp_path: Path) -> None:
    """A number found that was made smaller no longer fits its points, its row, the totals and the verdict."""
    told = altered("site_bonus", tmp_path, "D22.1/数量", 2)
    assert {one.kind for one in told} == {"findings", "points", "totals", "verdict"}
    first = next(one for one in told if one.kind == "findings")
    assert (first.where, first.column, first.shown, first.expected) == ("D22.1", "数量", "2", "9")


def test_an_altered_note_is_named(tmp_path: Path) -> None:
    """A note is part of what was found."""
    told = altered("site_bonus", tmp_path, "D1.2/问题说明", "没有问题")
    assert [(one.kind, one.where, one.column) for one in told] == [("findings", "D1.2", "问题说明")]


def test_status_and_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command shows what was altered, and its status is 1."""
    altered("site_bonus", tmp_path, "最后得分", 120)
    assert run(["verify", str(tmp_path / "altered.xlsx")]) == 1
    shown = capsys.readouterr().out
    assert "最后得分" in shown
    assert "120" in shown
    assert "103.00" in shown


def test_what_is_no_sheet_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other workbooks, and files that are not there, get a code, and the status is 2."""
    shutil.copy(Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx", tmp_path / "other.xlsx")
    assert run(["verify", str(tmp_path / "other.xlsx"), str(tmp_path / "none.xlsx")]) == 2
    shown = capsys.readouterr().err
    assert "S07" in shown
    assert "F01" in shown


def test_rules_that_are_not_at_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet made by rules that nobody has here cannot be proved: that is said, with id and version."""
    other = RUBRIC.model_copy(update={"sha256": "0" * 64})
    season = Inspection(SEASONS["veto"].batch, other, SEASONS["veto"].objects)
    (tmp_path / "sheet.xlsx").write_bytes(scoring_sheet(season, season.objects[0]))
    assert run(["verify", str(tmp_path / "sheet.xlsx")]) == 2
    assert "B05" in capsys.readouterr().err
    # With the rules beside it, as in a pack, it can.
    (tmp_path / "检查规则.json").write_text(other.model_dump_json(exclude_unset=True), encoding="utf-8")
    assert run(["verify", str(tmp_path / "sheet.xlsx")]) == 0


def test_packs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack is compared with its list, and its sheets are recomputed; one byte elsewhere is enough."""
    sample = Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx"
    assert run(["file", str(sample), "--out", str(tmp_path), "--drafts"]) == 0
    (pack,) = tmp_path.iterdir()
    assert run(["verify", str(pack)]) == 0
    assert "核验 64 张表" in capsys.readouterr().out
    results = pack / "results.json"
    results.write_bytes(results.read_bytes().replace(b"90.67", b"99.67", 1))
    assert run(["verify", str(pack)]) == 1
    assert "results.json" in capsys.readouterr().out


def test_a_damaged_sheet_of_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet that was altered so that it cannot be read is named as not what the list says, beside the problem."""
    sample = Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx"
    assert run(["file", str(sample), "--out", str(tmp_path), "--drafts"]) == 0
    (pack,) = tmp_path.iterdir()
    sheet = min((pack / "评分表").iterdir())
    content = bytearray(sheet.read_bytes())
    content[len(content) // 2] ^= 1
    sheet.write_bytes(content)
    capsys.readouterr()
    assert run(["verify", str(pack)]) == 2
    shown = capsys.readouterr()
    assert "F04" in shown.err
    assert "内容与清单不符" in shown.out


def test_what_was_never_calculated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet whose formulas have no results is a problem with advice, exit 2."""
    book = load_workbook(sheet_of("site_bonus", tmp_path))
    book.save(tmp_path / "saved.xlsx")
    assert run(["verify", str(tmp_path / "saved.xlsx")]) == 2
    assert "用 Excel 或 WPS 打开并保存一次" in capsys.readouterr().err
