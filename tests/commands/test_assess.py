"""`assess`: from the spot checks of four quarters, batches and other sheets to 年度考核表."""

from pathlib import Path
from typing import Any

import pytest

from govkit import commands
from tests.sheets.season.cells import sheets_of, table_of
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

DAYS = ["2019-03-20", "2019-06-20", "2019-09-20", "2019-12-20"]
RECORDS = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n"
VETO = "| | {id} | {item} | 发现问题 |\n"
OTHERS = """
| 单位名录     | 单位名称 | 层级 | 单位类别 | 上级单位 |
|              | 县教委   | 县   | 部门     |          |
|              | 县档案局 | 县   | 部门     |          |
|              | 县政府办 | 县   | 政府     |          |
| 外部抽查结果 | 检查单位 | 检查时间 | 检查对象标识码 | 结论 | 单项否决/原因 |
|              | 市府办   | 2019-05-06 | bm64130001 | 不合格 | 严重表述错误 |
| 弄虚作假记录 | 单位 | 日期 | 情况 |
"""


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


def quarter(folder: Path, number: int, records: str = "") -> str:
    """Write the spot check of a quarter, with these records."""
    batch = BATCH.replace("2019-12-20", DAYS[number - 1]).replace("第四季度抽查", f"第{number}季度抽查")
    bare = VETO.format(id="0500230001", item="V1.2").replace("发现问题", "未发现")
    return str(write(folder / f"{number}.xlsx", batch, SITES, ACCOUNTS, RECORDS, records or bare))


@pytest.fixture
def year(tmp_path: Path) -> list[str]:
    """Four quarters in which 县教委 fails with its site once and with its account twice; 县档案局 fails above."""
    account = VETO.format(id="教委微博", item="M2.1")
    files = [quarter(tmp_path, 1, account), quarter(tmp_path, 2, account), quarter(tmp_path, 4)]
    files.append(quarter(tmp_path, 3, VETO.format(id="5002300002", item="V5.1")))
    return [*files, str(write(tmp_path / "资料.xlsx", OTHERS))]


def verdicts(tmp_path: Path) -> dict[str, Any]:
    """The rows of 结论, by unit."""
    rows = table_of(sheets_of(tmp_path / "出" / "年度考核表.xlsx")["结论"])
    return {row["考核对象"]: row for row in rows if isinstance(row["序号"], int)}


def test_a_year(tmp_path: Path, year: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Files go to verdicts: two distinct objects in the county's checks, one in a check of the city."""
    assert commands.run(["assess", *year, "--year", "2019", "--out", str(tmp_path / "出")]) == 0
    found = verdicts(tmp_path)
    assert {name: row["结论"] for name, row in found.items()} == {"县教委": "不合格", "县档案局": "不合格"}
    assert found["县教委"]["不合格情形"] == "县政府办公室抽查不合格：2 个对象，3 次"
    assert found["县档案局"]["不合格情形"].startswith("上级抽查因严重表述错误不合格：1 个对象，1 次")
    evidence = table_of(sheets_of(tmp_path / "出" / "年度考核表.xlsx")["依据"])
    assert [(row["检查时间"], row["单项否决"]) for row in evidence[:2]] == [
        ("2019年第一季度", "M2.1"),
        ("2019年第二季度", "M2.1"),
    ]
    assert evidence[-1]["主办单位"] == "县档案局"  # which only the spot checks tell
    assert "不合格 2 个" in capsys.readouterr().out


def test_batches(tmp_path: Path, year: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Quarters come from the store as well; one that comes twice counts once."""
    for number in (0, 1, 3):
        assert commands.run(["load", year[number]]) == 0
    names = [f"--batch=第{number}季度抽查" for number in (1, 2, 3)]
    assert commands.run(["assess", *year[1:3], year[4], *names, "--year", "2019", "--out", str(tmp_path / "出")]) == 0
    assert verdicts(tmp_path)["县教委"]["不合格情形"] == "县政府办公室抽查不合格：2 个对象，3 次"
    assert "没有2019年" not in capsys.readouterr().err


def test_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without quarters and sheets nobody passes, and what is missing is told."""
    book = write(tmp_path / "资料.xlsx", "| 单位名录 | 单位名称 | 层级 | 单位类别 |\n| | 县教委 | 县 | 部门 |")
    assert commands.run(["assess", str(book), "--year", "2019", "--out", str(tmp_path / "出")]) == 0
    assert verdicts(tmp_path)["县教委"]["结论"] == "待定"
    told = capsys.readouterr().err
    assert all(words in told for words in ("第一季度", "第四季度", "外部抽查结果", "弄虚作假记录"))


def test_mistakes(tmp_path: Path, year: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake in a sheet writes nothing; so does a year that is none."""
    wrong = str(write(tmp_path / "错.xlsx", OTHERS.replace("不合格", "很差")))
    assert commands.run(["assess", *year[:4], wrong, "--year", "2019", "--out", str(tmp_path / "出")]) == 2
    assert "C09" in capsys.readouterr().err
    assert commands.run(["assess", *year, "--year", "19", "--out", str(tmp_path / "出")]) == 2
    assert not (tmp_path / "出").exists()
