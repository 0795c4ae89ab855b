"""`file`: a batch packed for filing, from a workbook or a batch of the store."""

import json
from pathlib import Path

import pytest

from govkit import commands
from govkit.findings import Filing, Finding, Outcome, Stage
from govkit.sheets import check_pack
from govkit.store import FILING, Change, Store, open_home
from tests.workbooks import ACCOUNTS, BATCH, RECORDS, SITES, write

SITE = "0500230001"
NAME = "归档_第四季度抽查_2019-12-20"
DRAFT = "归档未定稿_第四季度抽查_2019-12-20"
SHOTS = """
| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 截图 |
|          | 0500230001     | D1.2     | 发现问题 | 图/一.png；没有.png |
"""


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A spot check that is complete, with a screenshot beside it."""
    (tmp_path / "内" / "图").mkdir(parents=True)
    (tmp_path / "内" / "图" / "一.png").write_bytes(b"one")
    return write(tmp_path / "内" / "抽查.xlsx", BATCH, SITES, ACCOUNTS, SHOTS)


def the_batch() -> Store:
    """The only batch, opened."""
    home = open_home()
    return home.open(home.batches()[0].key)


def move_all(stage: Stage) -> None:
    """Move all objects of the only batch on their way to filed."""
    with the_batch() as store:
        for record in store.records():
            store.write("张三", record.subject.id, [Change(FILING, Filing(stage), record.revision(FILING))])


def test_workbook_is_packed(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A complete workbook is packed with the screenshots beside it; what is missing, the place and the seal are told."""
    assert commands.run(["file", str(book), "--out", str(tmp_path / "出")]) == 0
    folder = tmp_path / "出" / NAME
    state = check_pack(folder)
    assert state.is_whole
    assert [path.read_bytes() for path in (folder / "截图").iterdir()] == [b"one"]
    assert len(list((folder / "评分表").iterdir())) == 5
    assert not (folder / "PDF").exists()
    shown = capsys.readouterr()
    assert str(folder.resolve()) in shown.out
    assert f"SHA-256：{state.seal}" in shown.out
    assert "没有.png" in shown.err


def test_the_same_again(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same pack again is said to be there; another one in its place is refused, exit 1."""
    call = ["file", str(book), "--out", str(tmp_path)]
    assert commands.run(call) == 0
    capsys.readouterr()
    assert commands.run(call) == 0
    assert "已有完全相同的归档" in capsys.readouterr().out
    (tmp_path / NAME / "results.json").write_bytes(b"{}")
    assert commands.run(call) == 1
    assert "请：" in capsys.readouterr().err
    assert (tmp_path / NAME / "results.json").read_bytes() == b"{}"


def test_incomplete_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is incomplete is refused, exit 1; with --drafts it is packed as what it is, and said to be so."""
    book = write(tmp_path / "抽查.xlsx", BATCH.replace("未发现", "未检查"), SITES, RECORDS)
    assert commands.run(["file", str(book), "--out", str(tmp_path / "出")]) == 1
    assert "县门户（未完成）" in capsys.readouterr().err
    assert not (tmp_path / "出").exists()
    assert commands.run(["file", str(book), "--out", str(tmp_path / "出"), "--drafts"]) == 0
    assert [path.name for path in (tmp_path / "出").iterdir()] == [DRAFT]
    told = capsys.readouterr().err
    assert "有 3 个检查对象没有查完或没有复核，这一份是未定稿" in told
    assert told.rstrip().endswith("。")


def test_batch_needs_the_review(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Objects of a batch are filed once they are reviewed, with the answers of the store and its screenshots."""
    commands.run(["load", str(book)])
    with the_batch() as store:
        store.write("张三", SITE, [Change("D2.1", Finding(SITE, "D2.1", Outcome.FOUND, note="后来查到"), 0)])
    call = ["file", "--batch", "第四季度抽查", "--out", str(tmp_path)]
    for stage, word in ((None, "检查中"), (Stage.SUBMITTED, "已提交")):
        if stage:
            move_all(stage)
        capsys.readouterr()
        assert commands.run(call) == 1
        assert f"县门户（{word}）" in capsys.readouterr().err
        assert not (tmp_path / NAME).exists()
    move_all(Stage.REVIEWED)
    assert commands.run(call) == 0
    listed = json.loads((tmp_path / NAME / "清单.json").read_text(encoding="utf-8"))
    assert listed["unfinished"] == []
    results = json.loads((tmp_path / NAME / "results.json").read_text(encoding="utf-8"))
    assert "D2" in results["subjects"][0]["deductions"]
    assert [path.read_bytes() for path in (tmp_path / NAME / "截图").iterdir()] == [b"one"]


@pytest.mark.usefixtures("soffice")
def test_pdf(book: Path, tmp_path: Path) -> None:
    """--pdf adds a PDF of the summary and of every sheet."""
    assert commands.run(["file", str(book), "--out", str(tmp_path), "--pdf"]) == 0
    assert len(list((tmp_path / NAME / "PDF").glob("*.pdf"))) == 1 + 5
    assert check_pack(tmp_path / NAME).is_whole
