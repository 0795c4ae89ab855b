"""`govkit verify`: what was altered on a filed sheet is named, and nothing else."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from govkit.collecting import Difference, differences
from govkit.commands import run
from govkit.findings import Filing, SpotCheck, Stage
from govkit.problems import Problems
from govkit.reading import read_filled
from govkit.rubric import Rubric
from govkit.rubric.content import content_hash
from govkit.scoring import score_spot_check
from govkit.sheets import write_pack
from govkit.store import open_home
from tests.recalculate import converted
from tests.sheets.builders import CASES, RUBRIC, filed, found, inspection, scoring_sheet, site
from tests.sheets.damage import members

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
    assert run(["verify", *map(str, converted(made, ".xlsx", tmp_path))]) == 0


def test_other_formats_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An .xls does not keep what formulas come to, whatever the file is called: one problem, and no differences."""
    (old,) = converted([sheet_of("site_bonus", tmp_path)], ".xls", tmp_path)
    shutil.copy(old, tmp_path / "named.xlsx")
    for path in (old, tmp_path / "named.xlsx"):
        assert run(["verify", str(path)]) == 2
        shown = capsys.readouterr()
        assert "F12" in shown.err
        assert "不一致" not in shown.out


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


def other_rules(**changes: Any) -> Rubric:
    """Rules that are nowhere but here, with the hash of their content."""
    other = RUBRIC.model_copy(update={"title": "另一个指标", **changes})
    return other.model_copy(update={"sha256": content_hash(other)})


def put_rules(folder: Path, rubric: Rubric) -> None:
    """The rules as a pack has them."""
    (folder / "检查规则.json").write_text(rubric.model_dump_json(exclude_unset=True), encoding="utf-8")


def sheet_by(rubric: Rubric, path: Path) -> Path:
    """A sheet that follows these rules."""
    check = SpotCheck(SEASONS["veto"].batch, (site(),), (found(site(), "D4.1"),))
    season = score_spot_check(rubric, check)
    path.write_bytes(scoring_sheet(season, season.objects[0]))
    return path


def test_rules_that_are_not_at_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet made by rules that nobody has here cannot be proved: that is said, with id and version."""
    other = other_rules()
    sheet = sheet_by(other, tmp_path / "sheet.xlsx")
    assert run(["verify", str(sheet)]) == 2
    assert "B05" in capsys.readouterr().err
    # With the rules beside it, as in a pack, it can be compared with those; that nobody could check them is said.
    put_rules(tmp_path, other)
    assert run(["verify", str(sheet)]) == 0
    shown = capsys.readouterr()
    assert other.sha256 in "".join(shown.err.split())
    assert "没有发现改动" in shown.out
    assert "全部与自身的检查情况和检查规则一致" not in shown.out


def test_rules_that_are_not_what_they_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Altered rules are named where they give themselves the hash of others; nothing is compared with them."""
    forged = other_rules().model_copy(update={"sha256": "0" * 64})
    sheet = sheet_by(forged, tmp_path / "sheet.xlsx")
    put_rules(tmp_path, forged)
    assert run(["verify", str(sheet)]) == 2
    shown = capsys.readouterr()
    assert "B05" in shown.err
    assert "检查规则.json" in shown.out


def test_installed_rules_go_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules beside a sheet never take the place of those of govkit, though they give themselves their hash."""
    forged = other_rules().model_copy(update={"sha256": RUBRIC.sha256})
    sheet = sheet_by(forged, tmp_path / "sheet.xlsx")
    assert run(["verify", str(sheet)]) == 1
    assert "依据" in capsys.readouterr().out
    put_rules(tmp_path, forged)
    assert run(["verify", str(sheet)]) == 1
    shown = capsys.readouterr().out
    assert "依据" in shown
    assert "检查规则.json" in shown


def test_pinned_rules_go_before_those_of_the_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules that a batch of this store follows are known here: no notice is needed."""
    other = other_rules()
    check = SpotCheck(SEASONS["veto"].batch, (site(),), ())
    open_home().create(check, other, "张三")
    sheet = sheet_by(other, tmp_path / "sheet.xlsx")
    put_rules(tmp_path, other)
    assert run(["verify", str(sheet)]) == 0
    assert "全部与自身的检查情况和检查规则一致" in capsys.readouterr().out


@pytest.fixture
def pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A pack of two sites."""
    sites = (site(), site("5002300002", "另一个网站"))
    findings = (found(sites[0], "D22.1", 9, "友情链接"), found(sites[1], "V1.1"))
    batch = replace(CASES["site_bonus"].batch, name="第四季度")
    check = SpotCheck(batch, sites, findings)
    packed = write_pack(score_spot_check(RUBRIC, check), check, {}, tmp_path / "归档")
    capsys.readouterr()
    return packed.folder


def relisted(pack: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> None:
    """Let the list of a pack have what is there now."""
    listed = json.loads((pack / "清单.json").read_text(encoding="utf-8"))
    listed["files"] = [entry for entry in listed["files"] if (pack / entry["path"]).exists()]
    for entry in listed["files"]:
        content = (pack / entry["path"]).read_bytes()
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    change(listed)
    (pack / "清单.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def test_packs(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack is compared with its list, and its sheets are recomputed; one byte elsewhere is enough."""
    for named in (pack, pack.parent):
        assert run(["verify", str(named)]) == 0
        shown = capsys.readouterr().out
        assert "核验 2 张表" in shown
        assert "移交单" in shown
    records = pack / "抽查记录.xlsx"
    records.write_bytes(records.read_bytes() + b" ")
    assert run(["verify", str(pack)]) == 1
    assert "抽查记录.xlsx" in capsys.readouterr().out


def test_results_that_do_not_follow_from_the_sheets(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Results that were altered are named, though the list was rewritten to fit them."""
    results = pack / "results.json"
    document = json.loads(results.read_bytes())
    document["subjects"][0]["total"] = "99.99"
    results.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    relisted(pack)
    assert run(["verify", str(pack)]) == 1
    shown = capsys.readouterr().out
    assert "5002300001 total" in shown
    assert "99.99" in shown


def test_sheets_that_are_gone(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet that was taken out is missed, though the list was rewritten: results and numbers still count it."""
    max((pack / "评分表").iterdir()).unlink()
    relisted(pack)
    assert run(["verify", str(pack)]) == 1
    shown = capsys.readouterr().out
    assert "5002300002" in shown
    assert "对象数" in shown


def test_folders_without_sheets(tmp_path: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is named, and so is a pack without any sheet, alone or beside another."""
    (tmp_path / "空").mkdir()
    assert run(["verify", str(tmp_path / "空")]) == 2
    assert "文件夹“空”里没有评分表" in capsys.readouterr().err
    shutil.copytree(pack, pack.with_name("另一个"))
    shutil.rmtree(pack / "评分表")
    for named in (pack, pack.parent):
        assert run(["verify", str(named)]) == 2
        shown = capsys.readouterr()
        assert shown.err.count("F15") == 1
        assert shown.out.count("清单里有，文件夹里没有") == 2


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


@pytest.mark.parametrize("name", ["docProps/core.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_damage_in_any_member(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of which a member is cut off is altered or damaged, and is told to be so in a sentence."""
    path = sheet_of("site_bonus", tmp_path)
    kept = members(path.read_bytes())
    with ZipFile(path, "w") as archive:
        for member, content in kept.items():
            archive.writestr(member, content[: len(content) // 2] if member == name else content)
    assert run(["verify", str(path)]) in {1, 2}
    said = capsys.readouterr()
    assert "请：" in said.out + said.err or "不一致" in said.out + said.err
    assert "程序内部出错" not in said.err


def test_what_was_never_calculated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet whose formulas have no results is a problem with advice, exit 2."""
    book = load_workbook(sheet_of("site_bonus", tmp_path))
    book.save(tmp_path / "saved.xlsx")
    assert run(["verify", str(tmp_path / "saved.xlsx")]) == 2
    assert "请：核对归档的 .xlsx 原件" in "".join(capsys.readouterr().err.split("\n"))
