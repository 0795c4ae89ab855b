"""`rules`: packs listed and shown, and a season held against them, from files and register to one workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govkit import commands
from govkit.findings import Finding, Outcome
from govkit.ledger import Action, FilingRecord
from govkit.packs import load_pack, pack_ids
from govkit.packs.coverage import coverage
from govkit.store import open_home
from tests.sheets.season.cells import sheets_of, table_of
from tests.workbooks import write

# A layout that is in use elsewhere, beside what is known of the unit and of its updates.
REAL = """
| 新媒体 | 填报单位名称 | 新媒体标识码     | 账号类型 | 账号名称 | 账号主体 | 账号状态 |
|        | 县公安局     | 5002300000000301 | #1       | 县公安局 | 县公安局 | #1       |
|        | 县公安局     | 5002300000000302 | #1       | 平安县   | 县公安局 | #1       |
| 单位名录 | 单位名称 | 层级 | 单位类别 | 上级单位 | 涉密 | 对外行使公共管理职能 |
|          | 县公安局 | 县   | 政府部门 | 县政府   | 否   | 是 |
"""
EARLIER = """
| 账号台账 | 新媒体标识码     | 账号名称 | 账号类型   | 主办单位 |
|          | 5002300000000301 | 县公安   | 微信公众号 | 县公安局 |
"""
PERIOD = ["--from", "2019-10-01", "--to", "2019-12-31"]


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


def checked(tmp_path: Path, *options: str) -> dict[str, Any]:
    """Check a real ledger, and return the sheets of the result."""
    book = write(tmp_path / "台账.xlsx", REAL)
    assert commands.run(["rules", "check", str(book), *PERIOD, "--out", str(tmp_path / "出"), *options]) == 0
    return dict(sheets_of(tmp_path / "出" / "规则核查结果.xlsx"))


def test_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    """All packs are listed; one is shown, or all of them, as the generated table has them."""
    assert commands.run(["rules", "list"]) == 0
    shown = capsys.readouterr().out
    assert all(pack_id in shown for pack_id in pack_ids())
    assert commands.run(["rules", "show", "fengdu-2019"]) == 0
    assert capsys.readouterr().out == coverage([load_pack("fengdu-2019")])
    assert commands.run(["rules", "coverage"]) == 0
    assert capsys.readouterr().out == coverage([load_pack(pack_id) for pack_id in pack_ids()])


def test_charts(tmp_path: Path) -> None:
    """Beside the workbook stand pictures: breaches by rule and by unit, and a map for each kind of thing there is."""
    checked(tmp_path)
    pictures = {path.name: path.read_bytes() for path in (tmp_path / "出" / "图").iterdir()}
    assert pictures.keys() >= {"不符合各条规则的检查对象.png", "各单位不符合规则的情况.png", "政务新媒体与规则对照.png"}
    assert all(content.startswith(b"\x89PNG") for content in pictures.values())


def test_from_a_real_layout_to_the_breach_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger with numbers for words goes to breaches without hand editing; how many there are is told."""
    rows = table_of(checked(tmp_path)["问题清单"])
    gravest = sum(row["严重程度"] == "严重" for row in rows)
    assert f"发现问题 {len(rows)} 处，其中严重 {gravest} 处" in capsys.readouterr().out
    assert {row["规则包"] for row in rows} >= {load_pack(one).name for one in ("hangzhou-2019", "fengdu-2019")}
    assert {row["主办单位"] for row in rows} == {"县公安局"}


def test_only_the_packs_that_are_chosen(tmp_path: Path) -> None:
    """--pack names the packs; each is used once."""
    sheets = checked(tmp_path, "--pack", "linyi-2019", "--pack", "linyi-2019")
    assert [row["规则编号"] for row in table_of(sheets["概况"])] == [rule.id for rule in load_pack("linyi-2019").rules]


def test_earlier_ledger_tells_changes(tmp_path: Path) -> None:
    """With --before, what changed is judged; without, it is unknown and the reason says what to give."""
    words = "没有上一季度的台账"
    reasons = table_of(checked(tmp_path)["未知的原因"])
    assert "--before" in next(row["怎样补上"] for row in reasons if row["未知的原因"] == words)
    before = write(tmp_path / "前.xlsx", EARLIER)
    reasons = table_of(checked(tmp_path, "--before", str(before))["未知的原因"])
    assert words not in {row["未知的原因"] for row in reasons}


def test_register_counts(tmp_path: Path) -> None:
    """Filings of the register count, and what people judged there in the quarter of the last day, in no other."""
    by_hand = next(
        rule.id for rule in load_pack("linyi-2019").rules if rule.binds.about == "unit" and not rule.check.automatic
    )
    finding = Finding("县公安局", by_hand, Outcome.FOUND, note="没有做到", inspector="张三")
    with open_home().register() as register:
        register.judge("张三", (2019, 3), finding, 0)
    assert by_hand not in {row["规则编号"] for row in table_of(checked(tmp_path)["问题清单"])}
    with open_home().register() as register:
        register.judge("张三", (2019, 4), finding, 0)
        register.file("张三", [FilingRecord("5002300000000301", Action.OPEN, date(2019, 10, 8))])
    sheets = checked(tmp_path)
    told = {row["规则编号"]: row["问题说明"] for row in table_of(sheets["问题清单"])}
    assert told[by_hand] == "没有做到"
    assert any("2019-10-08 的开设备案" in row["未知的原因"] for row in table_of(sheets["未知的原因"]))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--from", "2019-10-01", "--to", "12月"], "12月"),
        (["--from", "2019-12-31", "--to", "2019-10-01"], "晚于"),
        ([*PERIOD, "--pack", "没有"], "fengdu-2019"),
        (["--from", "1999-10-01", "--to", "1999-12-31"], "1999"),
    ],
)
def test_bad_calls(tmp_path: Path, options: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Days that are none, packs that there are not, years of which nobody knows the working days: a sentence, exit 2."""
    published = "| 发布记录 | 检查对象标识码 | 发布时间 |\n| | 5002300000000301 | 1999-11-01 |"
    book = write(tmp_path / "台账.xlsx", REAL.replace("政府部门", "政府"), published)
    assert commands.run(["rules", "check", str(book), *options, "--out", str(tmp_path / "出")]) == 2
    told = capsys.readouterr().err
    assert word in told
    assert "请：" in told
    assert not (tmp_path / "出").exists()


def test_packs_that_are_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that does not exist: those there are, exit 2."""
    assert commands.run(["rules", "show", "没有"]) == 2
    assert "fengdu-2019" in capsys.readouterr().err
