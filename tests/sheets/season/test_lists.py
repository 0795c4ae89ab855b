"""Merged ledgers, 备案表 and 台账变动表: what is written is what was known, and is read back as that."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from govkit.commands.season import filings_of
from govkit.ledger import Action, FilingRecord, Kind, Subject, changes
from govkit.reading import read_ledger_files
from govkit.sheets.season import write_changes, write_filings, write_ledger
from tests.sheets.season.cells import sheets_of, table_of

PERIOD = (date(2019, 10, 1), date(2019, 12, 31))
SITE = Subject("0500230001", "县门户", Kind.SITE, "县政府办", service=True, details={"首页网址": "http://a.example"})
ACCOUNT = Subject(
    "5002300000000101",
    "=县发布",
    Kind.ACCOUNT,
    "县政府办",
    None,
    {"账号类型": "微信公众号", "账号状态": "正常", "开设日期": "2019-01-02", "阅读数": "0012", "自定义列": "甲"},
)
GONE = Subject("5002300000000102", "老账号", Kind.ACCOUNT, "县教委", None, {"账号类型": "新浪微博"})
OPENED = FilingRecord(ACCOUNT.id, Action.OPEN, date(2019, 11, 4), "王主任", "县委网信办、县政府办", date(2019, 11, 5))
CLOSED = FilingRecord(GONE.id, Action.CLOSE, date(2019, 12, 2))


def test_ledger_is_read_back(tmp_path: Path) -> None:
    """All columns come back, also those that nobody knows, zeros in front, and names that look like formulas."""
    write_ledger([SITE, ACCOUNT], tmp_path / "台账.xlsx")
    assert read_ledger_files([tmp_path / "台账.xlsx"]).subjects == (SITE, ACCOUNT)


def test_ledger_keeps_what_is_unknown(tmp_path: Path) -> None:
    """A ledger that lacks public services still lacks them: they do not become none."""
    bare = Subject("0500230001", "县门户", Kind.SITE, "县政府办", None, {"首页网址": "http://a.example"})
    write_ledger([bare], tmp_path / "台账.xlsx")
    assert read_ledger_files([tmp_path / "台账.xlsx"]).subjects == (bare,)


def test_filings_are_read_back(tmp_path: Path) -> None:
    """备案表 is taken as 备案记录: several offices, no approver, nothing announced; the ledger adds names."""
    write_filings([OPENED, CLOSED], {ACCOUNT.id: ACCOUNT}, tmp_path / "备案表.xlsx")
    assert filings_of(tmp_path / "备案表.xlsx") == (OPENED, CLOSED)
    (rows,) = map(table_of, sheets_of(tmp_path / "备案表.xlsx").values())
    assert [row["检查对象名称"] for row in rows[:2]] == ["=县发布", None]


def test_filings_keep_what_is_untold(tmp_path: Path) -> None:
    """What a filing does not tell is 未知 on 备案表, and is not told either when that is read."""
    bare = [
        replace(OPENED, approved_by="", untold=frozenset({"approved_by"})),
        FilingRecord(GONE.id, Action.CLOSE, date(2019, 12, 2), untold=frozenset({"filed_with", "announced"})),
    ]
    write_filings(bare, {}, tmp_path / "备案表.xlsx")
    assert filings_of(tmp_path / "备案表.xlsx") == tuple(bare)
    (rows,) = map(table_of, sheets_of(tmp_path / "备案表.xlsx").values())
    told = [(row["批准人"], row["备案单位"], row["公告日期"]) for row in rows[:2]]
    assert told[0][:2] == ("未知", "县委网信办、县政府办")
    assert told[1] == (None, "未知", "未知")


def written(tmp_path: Path, records: list[FilingRecord], *, told: bool) -> list[dict[str, object]]:
    """Write what changed between two ledgers, and return the table."""
    found = changes([SITE, GONE], [SITE, ACCOUNT], records, PERIOD)
    write_changes(found, PERIOD, tmp_path / "变动.xlsx", told=told)
    (rows,) = map(table_of, sheets_of(tmp_path / "变动.xlsx").values())
    return rows


def test_changes_with_their_filings(tmp_path: Path) -> None:
    """What was filed and announced stands beside a change; what was not is said to be missing."""
    opened, closed = written(tmp_path, [OPENED, CLOSED], told=True)
    assert (opened["变动"], opened["备案"], opened["公告"], opened["批准人"]) == ("新开设", "有", "有", "王主任")
    assert (closed["变动"], closed["备案"], closed["公告"], closed["公告日期"]) == ("关停或移出", "有", "未见", None)
    assert [row["备案"] for row in written(tmp_path, [], told=True)] == ["未见", "未见"]


def test_columns_that_filings_lack(tmp_path: Path) -> None:
    """What a filing does not tell, as its sheet lacked the column, is unknown beside what it tells."""
    bare = FilingRecord(GONE.id, Action.CLOSE, date(2019, 12, 2), untold=frozenset({"approved_by", "announced"}))
    _, closed = written(tmp_path, [bare], told=True)
    assert (closed["备案"], closed["批准人"], closed["备案单位"], closed["公告"]) == ("有", "未知", None, "未知")
    other = FilingRecord(GONE.id, Action.CLOSE, date(2019, 12, 2), untold=frozenset({"filed_with"}))
    _, closed = written(tmp_path, [other], told=True)
    assert (closed["批准人"], closed["备案单位"], closed["公告"]) == (None, "未知", "未见")


def test_filings_that_nobody_told(tmp_path: Path) -> None:
    """Where no filing is known at all, nobody can say that one is missing: it is unknown."""
    rows = written(tmp_path, [], told=False)
    assert {(row["备案"], row["公告"]) for row in rows} == {("未知", "未知")}
