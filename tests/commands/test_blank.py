"""`blank`: sheets to be filled in by hand, from a workbook or a batch."""

from pathlib import Path

import pytest

from govkit import commands
from govkit.findings import Filing, Finding, Outcome, Stage
from govkit.store import FILING, Change, Store, open_home
from tests.sheets.builders import opened, visible
from tests.workbooks import ACCOUNTS, BATCH, RECORDS, SITES, write

SITE = "0500230001"
FIVE = [
    *("0500230001_县门户.xlsx", "5002300000000101_县发布.xlsx", "5002300002_教委网.xlsx"),
    *("bm64130001_档案网.xlsx", "教委微博_教委发布.xlsx"),
]


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A spot check of three sites and two accounts."""
    return write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS)


def names(out: Path) -> list[str]:
    """The files that were written."""
    return sorted(path.name for path in (out / "填报表").rglob("*.*"))


def texts(path: Path) -> str:
    """All that stands on the sheets that people see."""
    sheets = visible(opened(path.read_bytes()))
    return str([cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell])


def the_batch() -> Store:
    """The only batch, opened."""
    home = open_home()
    return home.open(home.batches()[0].key)


def test_workbook_an_object(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each object of a workbook gets its own, with what is recorded; where they are is told."""
    assert commands.run(["blank", str(book), "--out", str(tmp_path / "出")]) == 0
    assert names(tmp_path / "出") == FIVE
    assert "邮编有误" in texts(tmp_path / "出" / "填报表" / FIVE[0])
    shown = capsys.readouterr().out
    assert "5 个检查对象的填报表（5 个工作簿）" in shown
    assert str((tmp_path / "出" / "填报表").resolve()) in shown


def test_together(book: Path, tmp_path: Path) -> None:
    """--together makes one workbook of sites and one of accounts, --object (several times) picks objects."""
    out = tmp_path / "出"
    chosen = ["--object", "bm64130001", "--object", "教委微博", "--object", SITE]
    assert commands.run(["blank", str(book), "--out", str(out), "--together", *chosen]) == 0
    assert names(out) == ["政务新媒体.xlsx", "网站.xlsx"]
    titles = [sheet.title for sheet in visible(opened((out / "填报表" / "网站.xlsx").read_bytes()))]
    assert titles == ["1 县门户", "3 档案网"]


def test_unknown_object(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An object that is not in the ledger is named; nothing is written, exit 1."""
    assert commands.run(["blank", str(book), "--out", str(tmp_path / "出"), "--object", "没有"]) == 1
    assert "标识码为 没有" in capsys.readouterr().err
    assert not (tmp_path / "出").exists()


def test_filled_sheets_are_not_lost(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook that may have been filled in stops the command, which names it; exit 1."""
    call = ["blank", str(book), "--out", str(tmp_path)]
    assert commands.run(call) == 0
    (tmp_path / "填报表" / FIVE[0]).write_bytes(b"filled in")
    assert commands.run(call) == 1
    assert FIVE[0] in capsys.readouterr().err
    assert (tmp_path / "填报表" / FIVE[0]).read_bytes() == b"filled in"


def test_from_a_batch(book: Path, tmp_path: Path) -> None:
    """A batch of the store is taken by its name, or as the only one, with what was typed last."""
    commands.run(["load", str(book)])
    with the_batch() as store:
        store.draft("张三", SITE, Change("D2.1", Finding(SITE, "D2.1", Outcome.FOUND, note="打到一半"), 0))
    assert commands.run(["blank", "--out", str(tmp_path / "一")]) == 0
    assert commands.run(["blank", "--batch", "第四季度抽查", "--out", str(tmp_path / "二")]) == 0
    assert names(tmp_path / "一") == names(tmp_path / "二") == FIVE
    assert "打到一半" in texts(tmp_path / "一" / "填报表" / FIVE[0])


def test_objects_that_are_frozen_get_no_sheet(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is submitted cannot take answers: no sheet is made to be filled in vain, and the objects are named."""
    commands.run(["load", str(book)])
    with the_batch() as store:
        store.write("张三", SITE, [Change(FILING, Filing(Stage.SUBMITTED), 0)])
    capsys.readouterr()
    assert commands.run(["blank", "--out", str(tmp_path)]) == 0
    assert names(tmp_path) == FIVE[1:]
    assert "有 1 个检查对象已提交或已复核，没有生成填报表：县门户" in capsys.readouterr().err
    assert commands.run(["blank", "--out", str(tmp_path), "--object", SITE]) == 1
    assert "都已提交或已复核" in capsys.readouterr().err


def test_drafts_that_do_not_fit_are_told(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody was typing while another person changed the same item is not in the sheet; that is said."""
    commands.run(["load", str(book)])
    with the_batch() as store:
        store.draft("张三", SITE, Change("D3.1", Finding(SITE, "D3.1", Outcome.FOUND, note="我的"), 0))
        store.write("李四", SITE, [Change("D3.1", Finding(SITE, "D3.1", Outcome.FOUND, note="他的"), 0)])
    capsys.readouterr()
    assert commands.run(["blank", "--out", str(tmp_path)]) == 0
    assert "还有 1 处正在填写的内容（张三）" in capsys.readouterr().err
    assert "他的" in texts(tmp_path / "填报表" / FIVE[0])


def test_workbook_or_batch(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both at once are refused; none at all needs a batch."""
    assert commands.run(["blank", str(book), "--batch", "第四季度抽查", "--out", str(tmp_path / "出")]) == 1
    assert "--batch" in capsys.readouterr().err
    assert commands.run(["blank", "--out", str(tmp_path / "出")]) == 1
    assert "govkit load" in capsys.readouterr().err
    assert not (tmp_path / "出").exists()
