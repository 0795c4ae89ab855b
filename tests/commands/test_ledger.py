"""`ledger`: ledgers checked, merged and compared, and filings in the register."""

from pathlib import Path

import pytest

from govkit import commands
from govkit.reading import read_ledger_files
from govkit.store import open_home
from tests.sheets.season.cells import sheets_of, table_of
from tests.workbooks import ACCOUNTS, SITES, write

OTHER_UNIT = """
| 账号台账 | 新媒体标识码     | 账号名称 | 账号类型 | 主办单位 | 阅读数 |
|          | 5002300000000301 | 公安发布 | 新浪微博 | 县公安局 | 0012   |
"""
# A layout that is in use elsewhere: numbers for types and states, the sponsor under another name.
REAL = """
| 新媒体 | 填报单位标识码 | 填报单位名称 | 新媒体标识码     | 账号类型 | 账号名称 | 账号主体 | 账号状态 |
|        | 5002300010     | 县公安局     | 5002300000000301 | #2       | 公安发布 | 县公安局 | #1       |
|        | 5002300010     | 县公安局     | 5002300000000302 | #1       | 公安微信 | 县公安局 | #0       |
"""
LATER = """
| 账号台账 | 新媒体标识码     | 账号名称   | 账号类型   | 主办单位 |
|          | 5002300000000101 | 县政府发布 | 微信公众号 | 县政府办 |
|          | 5002300000000401 | 新号       | 新浪微博   | 县教委   |
"""
FILINGS = """
| 备案记录 | 检查对象标识码   | 备案事项 | 备案日期   | 批准人 | 备案单位   | 公告日期   |
|          | 5002300000000101 | 更名     | 2019-11-04 | 王主任 | 县委网信办 | 2019-11-05 |
|          | 5002300000000401 | 开设     | 2019-12-02 |        |            |            |
"""
PERIOD = ["--from", "2019-10-01", "--to", "2019-12-31"]


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


def cells(shown: str) -> list[list[str]]:
    """Return the rows of printed tables."""
    rows = (line.strip("│┃ ").replace("┃", "│").split("│") for line in shown.splitlines() if line[:1] in "│┃")
    return [[cell.strip() for cell in row] for row in rows]


def test_check_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real layout is counted by kind, platform and unit, what is closed beside what runs; nothing is written."""
    book = write(tmp_path / "台账.xlsx", SITES, REAL)
    before = set(tmp_path.iterdir())
    assert commands.run(["ledger", "check", str(book)]) == 0
    assert set(tmp_path.iterdir()) == before
    rows = cells(capsys.readouterr().out)
    assert ["政府网站", "3", "0"] in rows
    assert ["政务新媒体", "1", "1"] in rows
    assert ["新浪微博", "1", "0"] in rows
    assert ["县公安局", "1", "1"] in rows


def test_check_tells_problems_and_notices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A code that stands twice is a problem, exit 2; a missing sponsor is a notice."""
    twice = write(tmp_path / "重复.xlsx", SITES.replace("5002300002", "0500230001"))
    assert commands.run(["ledger", "check", str(twice)]) == 2
    assert "L01" in capsys.readouterr().err
    bare = write(tmp_path / "缺.xlsx", SITES.replace("县档案局", "        "))
    assert commands.run(["ledger", "check", str(bare)]) == 0
    assert "档案网" in capsys.readouterr().err


def test_merge_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several units' files become one standard ledger with all columns, which reads as they do together."""
    files = [write(tmp_path / "一.xlsx", SITES, ACCOUNTS), write(tmp_path / "二.xlsx", OTHER_UNIT)]
    out = tmp_path / "出" / "台账"
    assert commands.run(["ledger", "merge", *map(str, files), "--out", str(out)]) == 0
    assert "网站 3 个，账号 3 个" in capsys.readouterr().out
    merged = read_ledger_files([out.with_suffix(".xlsx")]).subjects
    there = {subject.id: subject for subject in read_ledger_files(files).subjects}
    assert {subject.id for subject in merged} == there.keys()
    assert next(s for s in merged if s.name == "公安发布").details["阅读数"] == "0012"


@pytest.mark.parametrize("name", ["台账.csv", "夹.xlsx"])
def test_merge_into_what_is_no_workbook(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Another kind of file, or a folder, is refused before anything is read, exit 2."""
    (tmp_path / "夹.xlsx").mkdir()
    assert commands.run(["ledger", "merge", "没有.xlsx", "--out", str(tmp_path / name)]) == 2
    assert "请：--out" in capsys.readouterr().err


def test_diff_with_filings_of_the_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What changed is told with its filing, taken into the register before; a filing is taken in once."""
    before, after = write(tmp_path / "前.xlsx", ACCOUNTS), write(tmp_path / "后.xlsx", LATER)
    call = ["ledger", "diff", str(before), str(after), *PERIOD]
    assert commands.run(call) == 0
    shown = capsys.readouterr()
    assert ["更名", "县政府发布", "县政府办", "县发布", "县政府发布", "未知", "未知"] in cells(shown.out)
    assert "没有任何备案记录" in shown.err
    filed = write(tmp_path / "备案.xlsx", FILINGS)
    assert commands.run(["ledger", "file", str(filed)]) == 0
    assert "新备案 2 条，已有的 0 条" in capsys.readouterr().out
    assert commands.run(["ledger", "file", str(filed)]) == 0
    assert "新备案 0 条，已有的 2 条" in capsys.readouterr().out
    assert commands.run([*call, "--out", str(tmp_path / "变动.xlsx")]) == 0
    rows = cells(capsys.readouterr().out)
    assert ["更名", "县政府发布", "县政府办", "县发布", "县政府发布", "2019-11-04", "2019-11-05"] in rows
    assert ["新开设", "新号", "县教委", "", "", "2019-12-02", "未见"] in rows
    assert ["关停或移出", "教委发布", "县教委", "", "", "未见", "未见"] in rows
    (table,) = map(table_of, sheets_of(tmp_path / "变动.xlsx").values())
    assert [row["变动"] for row in table] == ["更名", "新开设", "关停或移出"]


def test_diff_with_filings_of_the_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets 备案记录 in the ledgers' own workbooks count as well, and leave the register as it is."""
    before, after = write(tmp_path / "前.xlsx", ACCOUNTS), write(tmp_path / "后.xlsx", LATER, FILINGS)
    assert commands.run(["ledger", "diff", str(before), str(after), *PERIOD]) == 0
    assert "2019-11-04" in capsys.readouterr().out
    with open_home().register() as register:
        assert register.filings() == ()


def test_diff_with_filings_that_lack_a_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where 备案记录 has no column for it, nobody knows whether a change was announced."""
    bare = FILINGS.replace("公告日期", "备注    ")
    before, after = write(tmp_path / "前.xlsx", ACCOUNTS), write(tmp_path / "后.xlsx", LATER, bare)
    assert commands.run(["ledger", "diff", str(before), str(after), *PERIOD]) == 0
    assert ["新开设", "新号", "县教委", "", "", "2019-12-02", "未知"] in cells(capsys.readouterr().out)


def test_long_lists_are_cut_on_the_screen_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beyond some rows, the screen says how many there are more; the workbook has them all."""
    monkeypatch.setattr("govkit.commands.ledger._ROWS_SHOWN", 1)
    before, after = write(tmp_path / "前.xlsx", ACCOUNTS), write(tmp_path / "后.xlsx", LATER)
    out = tmp_path / "变动.xlsx"
    assert commands.run(["ledger", "diff", str(before), str(after), *PERIOD, "--out", str(out)]) == 0
    assert "还有 2 处没有显示" in capsys.readouterr().out
    (table,) = map(table_of, sheets_of(out).values())
    assert len(table) == 3


def test_filings_with_names_of_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """备案表 has all filings of the register, with names where a ledger is given."""
    commands.run(["ledger", "file", str(write(tmp_path / "备案.xlsx", FILINGS))])
    ledger, out = write(tmp_path / "后.xlsx", LATER), tmp_path / "备案表.xlsx"
    assert commands.run(["ledger", "filings", "--out", str(out), "--ledger", str(ledger)]) == 0
    assert "备案 2 条" in capsys.readouterr().out
    (table,) = map(table_of, sheets_of(out).values())
    assert [row["检查对象名称"] for row in table[:2]] == ["县政府发布", "新号"]
    assert commands.run(["ledger", "filings", "--out", str(out)]) == 0
    (table,) = map(table_of, sheets_of(out).values())
    assert [row["检查对象名称"] for row in table[:2]] == [None, None]


def test_bad_calls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Days that are none or the wrong way round, and files without filings: a sentence, exit 2."""
    book = str(write(tmp_path / "台账.xlsx", ACCOUNTS))
    for days, word in (("2019-13-01 2019-12-31", "2019-13-01"), ("2019-12-31 2019-10-01", "晚于")):
        first, last = days.split()
        assert commands.run(["ledger", "diff", book, book, "--from", first, "--to", last]) == 2
        told = capsys.readouterr().err
        assert word in told
        assert "请：" in told
    assert commands.run(["ledger", "file", book]) == 2
    assert "S01" in capsys.readouterr().err
    assert commands.run(["ledger", "file", str(tmp_path / "没有.xlsx")]) == 2
    assert "F01" in capsys.readouterr().err


def test_diff_with_a_kind_that_one_ledger_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sites that only one of two ledgers lists are not compared, and that is said."""
    before, after = write(tmp_path / "前.xlsx", SITES, ACCOUNTS), write(tmp_path / "后.xlsx", ACCOUNTS)
    assert commands.run(["ledger", "diff", str(before), str(after), *PERIOD]) == 0
    shown = capsys.readouterr()
    assert "共有 0 处变动" in shown.out
    assert "没有比较政府网站" in shown.err


def test_filing_is_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A filing that was recorded wrongly is taken back with a reason, once, and can be recorded again."""
    filed = write(tmp_path / "备案.xlsx", FILINGS)
    assert commands.run(["ledger", "file", str(filed)]) == 0
    which = ["--object", "5002300000000401", "--action", "开设", "--filed"]
    call = ["ledger", "withdraw", *which, "2019-12-02", "--reason"]
    for wrong, code in (
        ([*call, " "], 1),
        (["ledger", "withdraw", *which, "2019-12-03", "--reason", "录错了"], 1),
        (["ledger", "withdraw", *which, "12月", "--reason", "录错了"], 2),
        ([*call, "录错了", "--action", "开"], 2),
    ):
        assert commands.run(wrong) == code
        assert "请：" in capsys.readouterr().err
    assert commands.run([*call, "录错了"]) == 0
    assert "已撤回“5002300000000401”2019-12-02 的开设备案 1 条" in capsys.readouterr().out
    with open_home().register() as register:
        assert [record.subject_id for record in register.filings()] == ["5002300000000101"]
    assert commands.run([*call, "录错了"]) == 1
    assert "已撤回" in capsys.readouterr().err
    assert commands.run(["ledger", "file", str(filed)]) == 0
    assert "新备案 1 条，已有的 1 条" in capsys.readouterr().out


def test_what_files_hold_beside_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Checking and merging tell what of the files is not used."""
    book, out = write(tmp_path / "台账.xlsx", OTHER_UNIT), tmp_path / "合.xlsx"
    for call in (["check", str(book)], ["merge", str(book), "--out", str(out)]):
        assert commands.run(["ledger", *call]) == 0
        assert "没有用到：阅读数" in capsys.readouterr().err


def test_one_bad_file_among_several__error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one of several files is wrong, it is said that the good ones were not read either."""
    good, bad = write(tmp_path / "好.xlsx", SITES), tmp_path / "说明.docx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert commands.run(["ledger", "check", str(good), str(bad)]) == 2
    told = capsys.readouterr().err
    assert "没有问题的也没有读入" in told
    assert ".csv 文件，或装有" in told
