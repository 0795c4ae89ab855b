"""A spot check written as the standard workbook, and read again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.reading import read_spot_check
from govkit.sheets import OutputError, write_spot_check
from tests.sheets.spot_checks import spot_checks
from tests.workbooks import BATCH, RECORDS, write

SAMPLE = Path(__file__).parents[2] / "sample_data"
PORTAL = Subject("0500230001", "县门户", Kind.SITE, "县政府办", True, {"首页网址": "http://a.example"})
SCHOOL = Subject("bm64130001", "中学网", Kind.SITE, "县教委", False, {"首页网址": "http://b.example"})
NEWS = Subject("0002300000000101", "县发布", Kind.ACCOUNT, "县政府办", details={"账号类型": "微信公众号"})


def check_of(*findings: Finding, subjects: tuple[Subject, ...] = (PORTAL, SCHOOL, NEWS)) -> SpotCheck:
    """A spot check with these findings."""
    return SpotCheck(Batch("抽查", date(2019, 12, 20), "fengdu-2019", "县政府办"), subjects, findings)


def found(**fields: Any) -> Finding:
    """A finding at the portal."""
    return replace(Finding(PORTAL.id, "D1.2", Outcome.FOUND), **fields)


def again(check: SpotCheck, folder: Path) -> SpotCheck:
    """What is read after writing."""
    write_spot_check(check, folder / "抽查.xlsx", {})
    return read_spot_check(folder / "抽查.xlsx")


def bare(check: SpotCheck) -> SpotCheck:
    """What must come back: without the file's name and notices; findings in an order of their own."""
    findings = sorted(check.findings, key=lambda finding: (finding.subject_id, finding.item))
    return replace(check, batch=replace(check.batch, source=""), findings=tuple(findings), notices=())


@settings(max_examples=60)
@given(spot_checks())
def test_what_reading_gives_is_written_and_read_the_same(check: SpotCheck) -> None:
    """Batch, ledger with further columns, findings of both kinds of tables, and measured quantities, to the letter."""
    with TemporaryDirectory() as folder:
        assert bare(again(check, Path(folder))) == bare(check)


def test_model_workbook_comes_back_in_order(tmp_path: Path) -> None:
    """The sample is written as it stands, findings in their order."""
    check = read_spot_check(SAMPLE / "青禾县2019年第四季度.xlsx")
    read = again(check, tmp_path)
    assert read.findings == check.findings
    assert bare(read) == bare(check)


def test_messy_workbook_comes_back(tmp_path: Path) -> None:
    """What came from other layouts is the same in the standard one."""
    check = read_spot_check(next((SAMPLE / "messy").glob("*.xlsx")))
    assert bare(again(check, tmp_path)) == bare(check)


def test_sheets_are_there_where_there_is_something(tmp_path: Path) -> None:
    """批次, the ledger needed and 抽查记录 always; a wide table only for what no other can hold."""
    write_spot_check(check_of(subjects=(NEWS,)), tmp_path / "a.xlsx", {})
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["批次", "账号台账", "抽查记录"]
    measured = replace(
        check_of(Finding(PORTAL.id, "D6.1", Outcome.NOT_APPLICABLE)),
        measurements=(Measurement(PORTAL.id, "空白栏目数", Fraction(2)),),
    )
    write_spot_check(measured, tmp_path / "b.xlsx", {})
    names = ["批次", "网站台账", "账号台账", "抽查记录", "抽查宽表", "监测数据"]
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == names
    assert bare(read_spot_check(tmp_path / "b.xlsx")) == bare(measured)


def test_sites_come_before_accounts(tmp_path: Path) -> None:
    """Objects of both kinds in turns keep their order within each kind."""
    assert again(check_of(subjects=(SCHOOL, NEWS, PORTAL)), tmp_path).subjects == (SCHOOL, PORTAL, NEWS)


def test_ledger_of_another_system_stays_one(tmp_path: Path) -> None:
    """What such a ledger does not tell stays unknown."""
    sites = (
        "| 网站台账 | 网站标识码 | 网站名称 | 省 | 市 | 县 | 级别 | 是否门户 | url |\n"
        "| | 0500230001 | 县门户 | 渝 | 渝 | 丰都 | 县级 | 是 | http://a.example |"
    )
    check = read_spot_check(write(tmp_path / "他.xlsx", BATCH, sites, RECORDS))
    assert check.subjects[0].service is None
    assert bare(again(check, tmp_path)) == bare(check)


def test_heading_that_means_a_standard_column_is_told_apart(tmp_path: Path) -> None:
    """A further column is never taken for the result, the note or an item."""
    extra = {"检查结果": "甲", "D1.1 错别字": "乙", "问题说明（二）": "丙"}
    read = again(check_of(found(count=2, note="两处", extra=extra)), tmp_path).findings[0]
    assert read.extra == {"其他：检查结果": "甲", "其他：D1.1 错别字": "乙", "其他：问题说明（二）": "丙"}
    assert (read.count, read.note) == (2, "两处")


def test_other_name_of_a_missing_column_keeps_its_heading(tmp_path: Path) -> None:
    """A further column is not read as the standard column whose other name it has; that one comes back blank."""
    site = replace(PORTAL, details={**PORTAL.details, "主管部门": "县府办"})
    details = again(check_of(subjects=(site,)), tmp_path).subjects[0].details
    assert details == {"首页网址": "http://a.example", "主管单位": "", "主管部门": "县府办"}


def test_wide_rows_are_one_an_object(tmp_path: Path) -> None:
    """What a wide row says once is written once."""
    common = {"url": "http://a.example/1", "extra": {"问题说明": "整站"}}
    findings = [found(item=item, note=note, **common) for item, note in (("D1.2", "甲"), ("D5.1", "乙"))]
    write_spot_check(check_of(*findings), tmp_path / "a.xlsx", {})
    rows = [list(row) for row in load_workbook(tmp_path / "a.xlsx")["抽查宽表"].iter_rows(values_only=True)]
    assert rows[0][:5] == ["检查对象标识码", "检查对象名称", "D1.2", "D5.1", "问题说明"]
    assert [row[:5] for row in rows[1:]] == [[PORTAL.id, PORTAL.name, "发现问题：甲", "发现问题：乙", "整站"]]


def test_times_of_the_world_are_written_as_local_ones(tmp_path: Path) -> None:
    """A time with a zone is the same moment on the clock of this machine."""
    moment = datetime(2019, 12, 20, 6, 3, 9, tzinfo=UTC)
    read = again(check_of(found(checked_at=moment)), tmp_path).findings[0].checked_at
    assert read == moment.astimezone().replace(tzinfo=None)


def wide_total() -> SpotCheck:
    """An account whose row in a wide table would be taken for a line of totals."""
    total = replace(NEWS, id="合计")
    return check_of(Finding(total.id, "M1.1", Outcome.NOT_APPLICABLE), subjects=(total,))


PNG = b"\x89PNG\r\n"


def test_screenshots_stand_beside_the_workbook(tmp_path: Path) -> None:
    """Names of given files become their places; other texts and other files stay as they are."""
    (tmp_path / "截图").mkdir()
    (tmp_path / "截图" / "old.png").write_bytes(b"old")
    (tmp_path / "截图" / "b.png").write_bytes(PNG)
    check = check_of(found(screenshot="a.png；见群文件；b.png"))
    write_spot_check(check, tmp_path / "抽查.xlsx", {"a.png": PNG, "b.png": PNG})
    assert read_spot_check(tmp_path / "抽查.xlsx").findings[0].screenshot == "截图/a.png；见群文件；截图/b.png"
    assert {file.name: file.read_bytes() for file in (tmp_path / "截图").iterdir()} == {
        "old.png": b"old",
        "a.png": PNG,
        "b.png": PNG,
    }


def test_cut_off_screenshot_is_replaced(tmp_path: Path) -> None:
    """A file of the same name that was not copied whole does not stay."""
    (tmp_path / "截图").mkdir()
    (tmp_path / "截图" / "a.png").write_bytes(PNG[:3])
    write_spot_check(check_of(), tmp_path / "抽查.xlsx", {"a.png": PNG})
    assert (tmp_path / "截图" / "a.png").read_bytes() == PNG


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (check_of(found(note="长" * 32_768)), "工作表“抽查记录”第 2 行“问题说明”有 32768 个字符"),
        (check_of(found(note="\x07" * 6_000)), "有 42000 个字符"),
        (check_of(found(note="半个\ud83d")), "U\\+D83D"),
        (check_of(subjects=(PORTAL, replace(SCHOOL, service=None))), "“网站台账”第 3 行“对外服务职能”列：.*不能为空"),
        (check_of(subjects=()), "缺少工作表"),
        (check_of(subjects=(replace(NEWS, id="a b"),)), "标识码 a b "),
        (wide_total(), "标识码 合计 "),
        (replace(check_of(), measurements=(Measurement(PORTAL.id, "空白栏目数", Fraction(1, 2)),)), "0.5 应为"),
    ],
    ids=["long", "long in the file", "half a character", "incomplete", "empty", "identifier", "total", "fraction"],
)
def test_what_cannot_come_back_is_refused(check: SpotCheck, words: str, tmp_path: Path) -> None:
    """Better no workbook than one that lost something or that nobody can read; nothing is written then."""
    with pytest.raises(OutputError, match=rf"{words}.*请："):
        write_spot_check(check, tmp_path / "新" / "抽查.xlsx", {"a.png": PNG})
    assert not (tmp_path / "新").exists()


def test_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook and its screenshots change together or not at all."""
    write_spot_check(check_of(), tmp_path / "抽查.xlsx", {"a.png": b"first"})
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    replace_file = Path.replace

    def fail(source: Path, target: Path) -> Path:
        if target.name == "b.png":
            raise PermissionError(13, "", str(target))
        return replace_file(source, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="请："):
        write_spot_check(check_of(found()), tmp_path / "抽查.xlsx", {"a.png": b"second", "b.png": PNG})
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_workbook_can_be_worked_with(tmp_path: Path) -> None:
    """A header that stays, codes as text, lists to choose from, texts that stay texts, days shown as days."""
    when = datetime.combine(date(2019, 12, 20), time(14, 3))
    check = check_of(found(note="=错字", checked_at=when, extra={"联系人": "12306"}))
    write_spot_check(check, tmp_path / "抽查.xlsx", {})
    sheet: Any = load_workbook(tmp_path / "抽查.xlsx")["抽查记录"]
    header, row = sheet[1], {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.b and cell.fill.fgColor.rgb == "00DCE6F1" for cell in header)
    assert row["检查对象标识码"].number_format == row["联系人"].number_format == "@"
    assert (row["问题说明"].data_type, row["问题说明"].quotePrefix) == ("s", True)
    assert (row["检查时间"].value, row["检查时间"].is_date) == (when, True)
    assert sheet.column_dimensions[row["检查时间"].column_letter].width >= len("2019-12-20 14:03:00")  # else ###
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "发现问题" in lists["D2:D2000"]
