"""Good input in all the shapes that offices send: the same workbook, however it is dressed, reads the same."""

import csv
import io
import subprocess
import zipfile
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkit.findings import Outcome, SpotCheck
from govkit.ledger import Kind
from govkit.problems import Problems
from govkit.reading import read_ledger_files, read_spot_check
from govkit.reading.files import read_sheets
from govkit.rubric import load_rubric, outcome_word
from tests.scoring.cases import RUBRIC, counts
from tests.workbooks import ACCOUNTS, BATCH, MEASURED, RECORDS, SITES, csv_files, write

FULL = (BATCH, SITES, ACCOUNTS, RECORDS, MEASURED)
JUDGED = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 数量 | 问题说明 |\n"


def read(path: Path, *texts: str, merges: dict[str, list[str]] | None = None) -> SpotCheck:
    """Write and read a workbook."""
    return read_spot_check(write(path / "抽查.xlsx", *texts, merges=merges))


def same(one: SpotCheck, other: SpotCheck) -> bool:
    """Whether two workbooks say the same, wherever it stood."""
    return (one.subjects, one.findings, one.measurements) == (other.subjects, other.findings, other.measurements)


def test_plain_workbook(tmp_path: Path) -> None:
    """The fixed layout: batch, ledger order, findings and measured quantities as they stand."""
    check = read(tmp_path, *FULL)
    assert (check.batch.name, str(check.batch.as_of), check.batch.organiser) == (
        "第四季度抽查",
        "2019-12-20",
        "县政府办公室",
    )
    assert (check.batch.rubric_id, check.batch.unlisted, check.batch.source) == (
        "fengdu-2019",
        Outcome.CLEAR,
        "抽查.xlsx",
    )
    assert [s.id for s in check.subjects] == ["0500230001", "5002300002", "bm64130001", "5002300000000101", "教委微博"]
    assert [(s.kind, s.service) for s in check.subjects[1:4]] == [
        (Kind.SITE, True),
        (Kind.SITE, False),
        (Kind.ACCOUNT, None),
    ]
    finding = check.findings[0]
    assert (finding.item, finding.outcome, finding.count, finding.note) == ("D1.2", Outcome.FOUND, 1, "邮编有误")
    assert check.measurements[0].value == datetime(2019, 12, 10).date()  # noqa: DTZ001


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv(tmp_path: Path, encoding: str, as_zip: bool) -> None:
    """A folder or a zip of CSV in every usual encoding reads as the workbook does."""
    plain = read(tmp_path, *FULL)
    folder = tmp_path / "抽查"
    folder.mkdir()
    for name, text in csv_files(*FULL):
        (folder / name).write_bytes(text.encode(encoding))
    if as_zip:
        path = tmp_path / "抽查.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, f"第四季度/{file.name}")
            archive.writestr("__MACOSX/._批次.csv", b"\0\1")
        folder = path
    assert same(read_spot_check(folder), plain)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"], ids=["windows", "macos"])
def test_zip_with_names_that_do_not_say_their_encoding(tmp_path: Path, encoding: str) -> None:
    """Zips of Chinese Windows carry their names in GBK, those of macOS in UTF-8; neither says so."""
    path = tmp_path / "抽查.zip"
    renamed = {}
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, text) in enumerate(csv_files(*FULL)):
            raw = name.encode(encoding)
            renamed[f"{number}".rjust(len(raw), "_").encode()] = raw
            archive.writestr(f"{number}".rjust(len(raw), "_"), text)
    content = path.read_bytes()
    for plain, raw in renamed.items():
        content = content.replace(plain, raw)
    path.write_bytes(content)
    assert same(read_spot_check(path), read(tmp_path, *FULL))


def test_xls(tmp_path: Path, soffice: str) -> None:
    """The old binary format, as a spreadsheet program writes it, merged cells and error cells included."""
    broken = RECORDS + "| | 5002300002 | | D1.2 | 发现问题 | =1/0 | |"
    write(tmp_path / "抽查.xlsx", *FULL)
    write(tmp_path / "错误.xlsx", BATCH, SITES, broken)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, home, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "抽查.xlsx"), str(tmp_path / "错误.xlsx")], check=True, capture_output=True
    )
    assert same(read_spot_check(tmp_path / "抽查.xls"), read_spot_check(tmp_path / "抽查.xlsx"))
    problems = Problems()
    errors = [
        v
        for s in read_sheets(tmp_path / "错误.xls", problems)
        for row in s.rows
        for v in row
        if "ErrorValue" in repr(v)
    ]
    assert [error.text for error in errors if not isinstance(error, str | float)] == ["#DIV/0!"]  # type: ignore[union-attr]


HTML = "<html><body><table><caption>{name}</caption>{rows}</table></body></html>"


def test_html_and_tsv_named_xls(tmp_path: Path) -> None:
    """Exports that are HTML or tab-separated text, but call themselves .xls, are read for what they are."""
    folder = tmp_path / "导出"
    folder.mkdir()
    for name, text in csv_files(*FULL):
        rows = list(csv.reader(text.splitlines()))
        if name.startswith("抽"):
            html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
            content = HTML.format(name="抽查记录", rows=html).encode("gbk")
        else:
            content = "\r\n".join("\t".join(row) for row in rows).encode("gbk")
        (folder / name.replace(".csv", ".xls")).write_bytes(content)
    assert same(read_spot_check(folder), read(tmp_path, *FULL))


def test_title_rows_merges_and_footers(tmp_path: Path) -> None:
    """Titles above, headings between, codes merged over their rows, totals below: none of it is data."""
    rows = """
    | 抽查记录 | 第四季度抽查记录 | | | | |
    |          | 单位：个 | | | | |
    |          | 检查对象标识码 | 检查对象名称 | 指标编号 | 检查结果 | 数量 |
    |          | 一、县级部门 | | | | |
    |          | 0500230001 | 县门户 | D1.2 | 发现问题 | 1 |
    |          |            |        | D9.1 | 发现问题 | 2 |
    |          | | | | | |
    |          | 检查对象标识码 | 检查对象名称 | 指标编号 | 检查结果 | 数量 |
    |          | 5002300002 | 教委网 | D1.2 | 未发现 |  |
    |          | 合计 | | | | 3 |
    |          | 填表人：王某 | | | | |
    """
    check = read(tmp_path, BATCH, SITES, rows, merges={"抽查记录": ["A1:E1", "A4:E4", "A5:A6", "B5:B6"]})
    assert [(f.subject_id, f.item, f.count) for f in check.findings] == [
        ("0500230001", "D1.2", 1), ("0500230001", "D9.1", 2), ("5002300002", "D1.2", None)]  # fmt: skip
    assert [f.place.row for f in check.findings if f.place] == [5, 6, 9]


def test_names_folded_and_aliases(tmp_path: Path) -> None:
    """Headers and codes may be full-width, spaced, in any case, with remarks; known other names are understood."""
    sites = (
        SITES.replace("网站标识码", "* 网站 编码（必填）").replace("首页网址", "ＵＲＬ").replace("主办单位", "责任单位")
    )
    records = RECORDS.replace("指标编号", "细则编号").replace("D1.2", "ｄ１．２ 更新不及时").replace("问题说明", "备注")
    check = read(tmp_path, BATCH.replace("| 批次 |", "| 批次信息 |"), sites, ACCOUNTS, records, MEASURED)
    assert same(check, read(tmp_path, *FULL))


def test_numbers_as_text_and_codes_as_numbers(tmp_path: Path) -> None:
    """Codes stored as numbers and numbers stored as text are understood."""
    sites = SITES.replace("5002300002", "#5002300002")
    records = JUDGED + "| | #5002300002 | D1.2 | 发现问题 | ３处 | |\n| | '0500230001 | D9.1 | 发现问题 | 2.0 | |"
    check = read(tmp_path, BATCH, sites, records)
    assert [(f.subject_id, f.count) for f in check.findings] == [("5002300002", 3), ("0500230001", 2)]


@pytest.mark.parametrize(
    "text",
    ["@2019-12-05", "2019-12-05", "43804", "2019/12/5", "2019.12.5", "2019年12月5日", "20191205", "#43804", "12月5日",
     "2019-12-05 14:03:22", "２０１９年１２月５日", "2019年12月5日 9时30分"],
)  # fmt: skip
def test_spellings_of_a_date(tmp_path: Path, text: str) -> None:
    """A date may be a date cell, a day number, or text in the usual spellings; without a year it is the last such day."""
    measured = MEASURED.replace("2019-12-10", text)
    assert str(read(tmp_path, BATCH, SITES, RECORDS, measured).measurements[0].value) == "2019-12-05"


def test_day_without_year_can_be_as_of_itself(tmp_path: Path) -> None:
    """The last such day that is not after the 监测时间点 may be that day."""
    measured = MEASURED.replace("2019-12-10", "12月20日")
    assert str(read(tmp_path, BATCH, SITES, RECORDS, measured).measurements[0].value) == "2019-12-20"


def test_title_of_the_batch_sheet(tmp_path: Path) -> None:
    """The title of a sheet may read like the name of an entry; names may end in a colon."""
    batch = BATCH.replace("| 批次 | 项目       | 内容           |", "| 批次 | 检查规则 | |\n| | 批次 | |")
    batch = batch.replace("| 批次名称   |", "| 批次名称： |")
    check = read(tmp_path, batch, SITES, RECORDS, merges={"批次": ["A1:B1"]})
    assert (check.batch.name, check.batch.rubric_id) == ("第四季度抽查", "fengdu-2019")


def test_standard_header_wins_over_an_alias(tmp_path: Path) -> None:
    """Where a sheet has both, the column with the standard name counts, wherever it stands."""
    records = "| 抽查记录 | 备注 | 检查对象标识码 | 指标编号 | 检查结果 | 问题说明 |\n| | 甲 | 0500230001 | D1.2 | 发现问题 | 乙 |"
    (finding,) = read(tmp_path, BATCH, SITES, records).findings
    assert (finding.note, finding.extra) == ("乙", {"备注": "甲"})


def test_visits_of_morning_and_afternoon(tmp_path: Path) -> None:
    """Visits of one day counted at two times are both kept."""
    head = "| 监测数据 | 检查对象标识码 | 监测项 | 数值 | 监测时间 |\n"
    rows = "| | 0500230001 | 访问次数 | 10 | 2019-12-01 09:00 |\n| | 0500230001 | 访问次数 | 10 | 2019-12-01 15:00 |"
    assert len(read(tmp_path, BATCH, SITES, RECORDS, head + rows).measurements) == 2


def test_note_of_a_wide_row_is_not_that_of_its_items(tmp_path: Path) -> None:
    """问题说明 beside a whole row gives the reason where an item is 不适用, and never becomes what was found at one."""
    wide = "| 宽表 | 检查对象标识码 | 问题说明 | D6.1 | D8.2 |\n| | 5002300002 | 本站无解读栏目 | 不适用 | 2 |"
    check = read(tmp_path, BATCH, SITES, RECORDS, wide)
    notes = {finding.item: finding.note for finding in check.findings}
    assert (notes["D6.1"], notes["D8.2"]) == ("本站无解读栏目", "")
    assert check.findings[-1].extra == {"问题说明": "本站无解读栏目"}
    assert not any("理由" in notice for notice in check.notices)


def test_object_named_like_a_footer(tmp_path: Path) -> None:
    """An account whose free-text code begins like a footer is an account."""
    accounts = ACCOUNTS + "| | 说明：一号 | 丙号 | 微信 | 县教委 |"
    assert read(tmp_path, BATCH, SITES, accounts, RECORDS).subjects[-1].name == "丙号"


def test_measured_object_is_not_bare(tmp_path: Path) -> None:
    """An object with measured quantities only has been looked at."""
    notices = "".join(
        read(
            tmp_path, BATCH, SITES, RECORDS.replace("0500230001", "5002300002").replace("县门户 ", "教委网 "), MEASURED
        ).notices
    )
    assert "1 个检查对象没有任何抽查记录" in notices


def test_title_names_the_object_by_its_code(tmp_path: Path) -> None:
    """The title of a self-check may name the object by its code."""
    rows = SELF_CHECK.replace("教委网2019年第二季度自查表", "5002300002自查表")
    assert {f.subject_id for f in read(tmp_path, BATCH, SITES, rows, merges={"自查表": ["A1:D1"]}).findings} == {
        "5002300002"
    }


def test_tier_in_a_problem_list_is_not_guessed(tmp_path: Path) -> None:
    """A row of a problem list does not say which level: it is pointed out, not counted."""
    check = read(tmp_path, BATCH, SITES, ISSUES.replace("内容不好", "D12.2 办事统计"))
    assert [finding.item for finding in check.findings] == ["D22.1"]
    assert any("D12.2" in notice for notice in check.notices)


def test_day_without_year_before_as_of(tmp_path: Path) -> None:
    """A day without a year is never in the future of the 监测时间点."""
    measured = MEASURED.replace("2019-12-10", "12月25日")
    assert str(read(tmp_path, BATCH, SITES, RECORDS, measured).measurements[0].value) == "2018-12-25"


def test_progress_is_told(tmp_path: Path) -> None:
    """While a long sheet is read, the rows are counted."""
    rows = "".join(
        f"| | {site} | {code} | 未发现 |\n"
        for site in ("0500230001", "5002300002")
        for code in RUBRIC.items
        if code[0] == "D"
    )
    head = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n"
    blank = "| | 0500230001 | D1.1 | |\n" * 600
    told: list[tuple[int, int]] = []
    read_spot_check(write(tmp_path / "抽查.xlsx", BATCH, SITES, head + rows + blank), lambda *step: told.append(step))
    assert told == [(500, 1 + 112 + 600)]


def test_unknown_columns_pass_through(tmp_path: Path) -> None:
    """Columns that govkit does not know are kept with their rows, never an error."""
    records = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 责任科室 | 责任科室 |\n| | 0500230001 | D1.2 | 未发现 | 甲科 | 乙科 |"
    sites = SITES.replace("| 对外服务职能 |", "| 对外服务职能 | 省 |").replace("| 有           |", "| 有 | 渝 |")
    check = read(tmp_path, BATCH, sites, records)
    assert check.findings[0].extra == {"责任科室": "甲科", "责任科室_2": "乙科"}
    assert check.subjects[0].details["省"] == "渝"


def test_ledger_words(tmp_path: Path) -> None:
    """Types and states given as numbers, or under other names, become the standard words."""
    accounts = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 填报单位名称 | 账号状态 |\n"
    accounts += "| | a1 | 甲 | #111 | 县教委 | #5 |\n| | a2 | 乙 | 政务微信 | 县教委 | 正常 |\n| | a3 | 丙 | 强国号 | 县教委 | 0 |"
    check = read(
        tmp_path, BATCH, accounts, "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | a1 | M1.1 | 未发现 |"
    )
    details = [(s.details["账号类型"], s.details["账号状态"]) for s in check.subjects]
    assert details == [("移动客户端", "冻结期"), ("微信公众号", "正常"), ("强国号", "注销")]


WIDE = {
    "": None,
    "未发现": (Outcome.CLEAR, None, ""),
    "发现问题": (Outcome.FOUND, None, ""),
    "无法判断": (Outcome.CANNOT_TELL, None, ""),
    "不适用：没有这个栏目": (Outcome.NOT_APPLICABLE, None, "没有这个栏目"),
    "不适用（没有这个栏目）": (Outcome.NOT_APPLICABLE, None, "没有这个栏目"),
    "#2": (Outcome.FOUND, 2, ""),
    "2": (Outcome.FOUND, 2, ""),
    "#0": (Outcome.CLEAR, None, ""),
    "领导简介缺2人": (Outcome.FOUND, None, "领导简介缺2人"),
    "发现问题较多": (Outcome.FOUND, None, "发现问题较多"),
}


@pytest.mark.parametrize(("cell", "expected"), WIDE.items(), ids=[cell or "blank" for cell in WIDE])
def test_wide_cells(tmp_path: Path, cell: str, expected: tuple[Outcome, int | None, str] | None) -> None:
    """A blank is no row, a word that result, a number that many, 0 none, any other text the note of one found."""
    wide = (
        f"| 抽查记录 | 检查对象标识码 | 检查人 | D1.2 更新不及时或不准确 | V1.1 |\n| | 0500230001 | 李某 | {cell} | |"
    )
    findings = read(tmp_path, BATCH, SITES, wide).findings
    assert [(f.outcome, f.count, f.note) for f in findings] == ([expected] if expected else [])
    assert all(f.inspector == "李某" for f in findings)


def test_zero_of_a_bonus_is_not_met(tmp_path: Path) -> None:
    """In a wide table 0 means 不符合 for a bonus item."""
    wide = "| 抽查记录 | 检查对象标识码 | B2.1 | B1.1 |\n| | 0500230001 | #0 | #2 |"
    findings = read(tmp_path, BATCH, SITES, wide).findings
    assert [(f.item, f.outcome) for f in findings] == [("B2.1", Outcome.CLEAR), ("B1.1", Outcome.FOUND)]


def test_long_and_wide_in_one_workbook(tmp_path: Path) -> None:
    """A sheet of any name that has the columns of 抽查记录 is read as such."""
    wide = "| 各站情况 | 检查对象标识码 | D9.1 |\n| | 5002300002 | 3 |"
    findings = read(tmp_path, BATCH, SITES, RECORDS, wide).findings
    assert [(f.subject_id, f.item) for f in findings] == [("0500230001", "D1.2"), ("5002300002", "D9.1")]


def test_rows_listed_beforehand_are_no_findings(tmp_path: Path) -> None:
    """A sheet that lists items before they are judged: rows without a result are not there yet."""
    assert read(tmp_path, BATCH, SITES, JUDGED + "| | 0500230001 | D1.2 | | | |").findings == ()


SELF_CHECK = """
| 自查表 | 教委网2019年第二季度自查表 | | | |
|        | 检查对象 | 指标 | 评分细则 | 检查情况 |
|        | 政府网站 | 政策文件 | 1.未开设政策文件类栏目的，扣5分。 | 已开设 |
|        |          |          | 2.监测时间点前6个月内政策文件类一级栏目未更新的,扣5分。 | 栏目最近更新为1月 |
|        | 政府网站 | 统一登录 | 见附件 | 已实现 |
|        | 政府网站 | 其他要求 | 按通知执行 | 已执行 |
"""


def test_self_check_becomes_notes(tmp_path: Path) -> None:
    """Prose stands beside the items, which stay 未检查; no finding is made from it. What fits no item is named."""
    check = read(tmp_path, BATCH, SITES, SELF_CHECK, merges={"自查表": ["A1:D1", "A3:A4", "B3:B4"]})
    assert [(f.subject_id, f.item, f.outcome, f.note) for f in check.findings] == [
        ("5002300002", "D5.1", Outcome.UNCHECKED, "已开设"),
        ("5002300002", "D5.2", Outcome.UNCHECKED, "栏目最近更新为1月"),
        ("5002300002", "D17.1", Outcome.UNCHECKED, "已实现"),
    ]
    assert any("按通知执行" in notice for notice in check.notices)


def test_self_check_names_its_object_in_its_column(tmp_path: Path) -> None:
    """The column 检查对象 may hold the name of the object, in a merged cell."""
    rows = SELF_CHECK.replace("教委网2019年第二季度自查表", "第二季度自查表").replace("政府网站", "教委网")
    check = read(tmp_path, BATCH, SITES, rows, merges={"自查表": ["A1:D1", "A3:A4", "B3:B4"]})
    assert {finding.subject_id for finding in check.findings} == {"5002300002"}
    assert len(check.findings) == 3


def test_prose_of_nobody_is_pointed_out(tmp_path: Path) -> None:
    """Where nobody can tell whose self-check or list of problems it is, that is said, and nothing is made of it."""
    rows = SELF_CHECK.replace("教委网2019年第二季度自查表", "自查表")
    check = read(tmp_path, BATCH, SITES, rows, RECORDS, ISSUES.replace("网站标识码", "编码甲"))
    assert len(check.findings) == 1
    assert sum("看不出说的是" in notice for notice in check.notices) == 2


ISSUES = """
| 问题清单 | 序号 | 网站标识码 | 监测时间 | 监测栏目 | 问题链接 | 问题描述 | 快照 | 检查标准 | 已修改/未修改 |
|          | 1 | 0500230001 | 2019-12-02 | 首页 | http://a.example/1 | 打不开 | 1.png | D22.1 首页链接 | 未修改 |
|          | 2 | 0500230001 | 2019-12-03 | 首页 | http://a.example/2 | 404 | 2.png | D22.1 首页链接 | 已修改 |
|          | 3 | 0500230001 | 2019-12-03 | 搜索 |  | 没有结果分类 |  | 内容不好 | 未修改 |
"""


def test_problem_list_counts_its_rows(tmp_path: Path) -> None:
    """Rows that name the same item are one finding with that many; what names no item is shown, not counted."""
    check = read(tmp_path, BATCH, SITES, ISSUES)
    (finding,) = check.findings
    assert (finding.item, finding.outcome, finding.count) == ("D22.1", Outcome.FOUND, 2)
    assert finding.note == "首页：打不开\n首页：404"
    assert finding.url == "http://a.example/1\nhttp://a.example/2"
    assert any("内容不好" in notice for notice in check.notices)


REAL_LEDGERS = {
    "sites of a service": ("| 网站 | 网站标识码 | 网站名称 | 省 | 市 | 县 | 级别 | 是否门户 | url | 主管单位 | 状态(1正常2例外3关停) |\n"
        "| | 0500230001 | 县门户 | 渝 | 市 | 县 | 县级 | 是 | http://a | 市府办 | 1 |", ("0500230001", "县门户", Kind.SITE)),
    "sites with results": ("| Sheet1 | ID | 名称 | 网站标识码 | 类型 | 结果 | 分数 |\n| | 1 | 县门户 | 0500230001 | 门户 | 合格 | 90 |",
        ("0500230001", "县门户", Kind.SITE)),
    "accounts by unit": ("| 账号 | 填报单位标识码 | 填报单位名称 | 新媒体标识码 | 账号类型 | 账号名称 | 账号主体 | 账号状态 |\n"
        "| | 500230 | 县教委 | 5002300000000101 | 1 | 教委发布 | 县教委 | 1 |", ("5002300000000101", "教委发布", Kind.ACCOUNT)),
    "accounts with problems": ("| Sheet1 | 新媒体类型 | 新媒体名称 | 责任单位 | 问题类别 | 检查时更新日期 |\n| | 微信 | 教委发布 | 县教委 | 不更新 | 7月16日 |",
        ("教委发布", "教委发布", Kind.ACCOUNT)),
    "accounts with numbers": ("| Sheet1 | 序号 | 主办单位 | 新媒体名称 | 发布条数 |\n| | 1 | 县教委 | 教委发布 | 30 |",
        ("教委发布", "教委发布", Kind.ACCOUNT)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REAL_LEDGERS.values(), ids=REAL_LEDGERS)
def test_real_ledgers_load(tmp_path: Path, text: str, expected: tuple[str, str, Kind]) -> None:
    """Ledgers in the layouts that services and bulletins use load without editing; what they lack is unknown."""
    (subject,) = read_ledger_files([write(tmp_path / "台账.xlsx", text)]).subjects
    assert (subject.id, subject.name, subject.kind, subject.service) == (*expected, None)


@pytest.mark.parametrize(("text", "expected"), REAL_LEDGERS.values(), ids=REAL_LEDGERS)
def test_real_ledgers_serve_a_spot_check(tmp_path: Path, text: str, expected: tuple[str, str, Kind]) -> None:
    """The same ledgers load within a spot check; a site whose services are unknown is judged on all items, and named."""
    sheet = "网站台账" if expected[2] == Kind.SITE else "账号台账"
    name = text.split("|")[1].strip()
    item = "D1.2" if expected[2] == Kind.SITE else "M1.1"
    records = f"| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | {expected[0]} | {item} | 未发现 |"
    check = read(tmp_path, BATCH, text.replace(f"| {name} |", f"| {sheet} |", 1), records)
    assert [(s.id, s.name, s.kind, s.service) for s in check.subjects] == [(*expected, None)]
    assert any("对外服务职能" in notice for notice in check.notices) == (expected[2] == Kind.SITE)


def test_accounts_of_one_name_without_codes(tmp_path: Path) -> None:
    """Accounts that share a name on two platforms are told apart by their type."""
    text = "| Sheet1 | 新媒体类型 | 新媒体名称 | 责任单位 | 问题类别 | 检查时更新日期 |\n"
    text += "| | 1 | 教委发布 | 县教委 | | |\n| | 2 | 教委发布 | 县教委 | | |"
    assert [s.id for s in read_ledger_files([write(tmp_path / "台账.xlsx", text)]).subjects] == [
        "教委发布",
        "教委发布（新浪微博）",
    ]


def test_sheet_that_is_only_called_like_a_ledger(tmp_path: Path) -> None:
    """A sheet of notes called 网站 beside the ledger is no ledger."""
    check = read(tmp_path, BATCH, SITES, RECORDS, "| 网站 | 说明 | 备注 |\n| | 本表仅供参考 | 无 |")
    assert len(check.subjects) == 3


def test_notices(tmp_path: Path) -> None:
    """Objects without any row, closed objects, and reasons that are missing are pointed out, and stop nothing."""
    sites = SITES.replace("| 对外服务职能 |", "| 对外服务职能 | 状态 |").replace("| 无           |", "| 无 | 3 |")
    wide = "| 抽查记录 | 检查对象标识码 | D9.1 |\n| | 0500230001 | 不适用 |"
    notices = "".join(read(tmp_path, BATCH, sites, wide).notices)
    assert "2 个检查对象没有任何抽查记录" in notices
    assert "档案网" in notices
    assert "没有写理由" in notices


def test_unread_columns_and_sheets_are_pointed_out(tmp_path: Path) -> None:
    """What is not read is named, with the name it may have been meant to have; it is never silently left out."""
    records = "| 抽查记录 | 序号 | 检查对象标识码 | 指标编号 | 检查结果 | 总数量 |\n| | 1 | 0500230001 | D1.2 | 发现问题 | 2 |"
    notices = "".join(read(tmp_path, BATCH, SITES, records, "| 统计 | 一 | 二 |").notices)
    assert "这些列没有用到：总数量" in notices
    assert "“总数量”是否为“数量”" in notices
    assert "没有读取：统计" in notices


def test_dates_of_the_ledger_are_pointed_out(tmp_path: Path) -> None:
    """A last update in the ledger is no measurement: it never scores, but one beyond the limit is pointed out."""
    accounts = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 最近更新日期 |\n"
    accounts += "| | a1 | 甲号 | 微信 | 县教委 | 2019-12-13 |\n| | a2 | 乙号 | 微信 | 县教委 | 2019-12-12 |"
    records = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | a1 | M1.1 | 未发现 |\n| | a2 | M1.1 | 未发现 |"
    check = read(tmp_path, BATCH, accounts, records)
    assert [notice for notice in check.notices if "乙号" in notice and "甲号" not in notice]
    assert check.measurements == ()
    judged = read(tmp_path, BATCH, accounts, records + "\n| | a2 | M2.1 | 未发现 |")
    assert judged.notices == ()


def test_columns_named_like_quantities_are_only_columns(tmp_path: Path) -> None:
    """A ledger may have columns of its own that are called like measured quantities, with anything in them."""
    sites = SITES.replace("| 对外服务职能 |", "| 对外服务职能 | 首页最近更新日期 | 空白栏目数 |")
    sites = sites.replace("| 有           |", "| 有 | 2019年11月1日 | 不详 |").replace(
        "| 无           |", "| 无 | 不详 | 9 |"
    )
    check = read(tmp_path, BATCH, sites, RECORDS)
    assert check.measurements == ()
    assert any("县门户" in notice for notice in check.notices)


def test_free_text_codes_stay_as_they_are(tmp_path: Path) -> None:
    """An account without a code may go by any text: it is kept to the letter, and found however it is spaced."""
    accounts = ACCOUNTS.replace("教委微博", "教委（微博） 一号")
    records = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | 教委(微博)一号 | M1.1 | 未发现 |"
    check = read(tmp_path, BATCH, SITES, accounts, records)
    assert check.subjects[-1].id == check.findings[0].subject_id == "教委（微博） 一号"


@st.composite
def rows_of_findings(draw: st.DrawFn) -> list[tuple[str, str, Outcome, int | None, str]]:
    """Random findings of one site, each item once, in any order."""
    items = [item for item in RUBRIC.items.values() if RUBRIC.row_of[item.code].subject == Kind.SITE]
    chosen = draw(st.lists(st.sampled_from(items), unique_by=lambda item: item.code, max_size=12))
    rows = []
    for item in chosen:
        outcome = draw(st.sampled_from(Outcome))
        count = draw(st.none() | counts(item)) if outcome == Outcome.FOUND and item.kind != "tier" else None
        count = draw(counts(item)) if outcome == Outcome.FOUND and item.kind == "tier" else count
        texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip)
        rows.append(("0500230001", item.code, outcome, count, draw(texts.filter(bool))))
    return rows


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=rows_of_findings())
def test_written_findings_read_the_same(tmp_path: Path, rows: list[tuple[str, str, Outcome, int | None, str]]) -> None:
    """Whatever findings are written into CSV come back as they were, in their order."""
    folder = tmp_path / "抽查"
    folder.mkdir(exist_ok=True)
    for name, text in csv_files(BATCH, SITES):
        (folder / name).write_text(text, encoding="utf-8")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["检查对象标识码", "指标编号", "检查结果", "数量", "问题说明"])
    for subject, code, outcome, count, note in rows:
        writer.writerow([subject, code, outcome_word(outcome, RUBRIC.row_of[code].part), count, note])
    (folder / "抽查记录.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    read_back = [(f.subject_id, f.item, f.outcome, f.count, f.note) for f in read_spot_check(folder).findings]
    assert read_back == rows


@given(st.permutations(["D1.2", "D9.1", "D7.1", "V1.1", "B1.2"]))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_order_of_rows_is_irrelevant(tmp_path: Path, codes: list[str]) -> None:
    """Rows may stand in any order."""
    word = {code: outcome_word(Outcome.FOUND, RUBRIC.row_of[code].part) for code in codes}
    rows = "".join(f"| | 0500230001 | {code} | {word[code]} | | |\n" for code in codes)
    check = read(tmp_path, BATCH, SITES, JUDGED + rows)
    assert sorted(f.item for f in check.findings) == sorted(codes)


def test_rubric_of_the_batch(tmp_path: Path) -> None:
    """The rubric is the one that 批次 names, in any spelling of its case."""
    check = read(tmp_path, BATCH.replace("fengdu-2019", "Fengdu-2019-M14"), SITES, RECORDS)
    assert load_rubric(check.batch.rubric_id).parameters.limits["M2.1"].value == Fraction(14)


def test_state_that_is_none_is_pointed_out(tmp_path: Path) -> None:
    """A spot check tells which states it does not know; other words for a closed account close it."""
    accounts = ACCOUNTS.replace("主办单位 |", "主办单位 | 账号状态 |").replace("县政府办 |", "县政府办 | 停更 |")
    check = read(tmp_path, BATCH, SITES, accounts.replace("县教委   |", "县教委 | 已注销 |"), RECORDS)
    assert [subject.is_closed for subject in check.subjects[-2:]] == [False, True]
    assert any("县发布（停更）" in notice for notice in check.notices)
