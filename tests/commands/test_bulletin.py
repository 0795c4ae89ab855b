"""`bulletin`: 通报 from a workbook or a batch, with what the organiser adds."""

from pathlib import Path

import pytest

from govkit import commands
from govkit.messages import say
from tests.documents.words import marked, paragraphs, pictures
from tests.workbooks import ACCOUNTS, BATCH, RECORDS, SITES, write

NAME = "通报_第四季度抽查.docx"


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def book(tmp_path: Path) -> str:
    """A spot check."""
    return str(write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS))


def run(*words: str) -> int:
    """Run the command with these words."""
    return commands.run(["bulletin", *words])


def test_everything_is_told(tmp_path: Path, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With all that an organiser can tell, only good practice and problems without words are left to fill in."""
    told = [
        "--issued",
        "2020-01-03",
        "--days",
        "5",
        "--running-sites",
        "9",
        "--running-accounts",
        "9",
        "--to",
        "各乡镇",
    ]
    assert run(book, "--out", str(tmp_path / "出"), "--before", book, *told) == 0
    content = (tmp_path / "出" / NAME).read_bytes()
    text = "\n".join(paragraphs(content))
    assert "5个工作日内（截至2020年1月10日）" in text
    assert "正在运行的政府网站9个" in text
    assert "正在运行的政务新媒体9个" in text
    assert "各乡镇：" in text
    assert set(marked(content)) <= {"【待填：好的做法】", "【待填：问题】", "【待填：组织单位】"}
    assert NAME in capsys.readouterr().out


def test_a_batch_of_the_store(tmp_path: Path, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The bulletin of a batch is that of its workbook; that objects are not reviewed yet is said."""
    assert commands.run(["load", book]) == 0
    assert run("--out", str(tmp_path / "批次")) == 0
    assert "没有查完或没有复核" in capsys.readouterr().err
    assert run(book, "--out", str(tmp_path / "簿")) == 0
    ours, other = (paragraphs((tmp_path / folder / NAME).read_bytes()) for folder in ("批次", "簿"))
    assert ours == other


def test_what_somebody_filled_in_is_not_replaced(tmp_path: Path, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A bulletin that is there stays as it is; the person is told what to do."""
    (tmp_path / NAME).write_bytes(b"filled in")
    assert run(book, "--out", str(tmp_path)) == 1
    assert (tmp_path / NAME).read_bytes() == b"filled in"
    assert "请：把它改名或移走" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--issued", "元旦"], "元旦"),
        (["--issued", "2090-01-04"], "2090"),
        (["--running-sites", "1"], "请：核对运行总数"),
        (["--days", "0"], "--days"),
    ],
)
def test_what_cannot_be_is_told(
    words: list[str], sentence: str, tmp_path: Path, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day that is none, a year whose working days nobody knows, and numbers that cannot be, write nothing."""
    assert run(book, "--out", str(tmp_path / "出"), *words) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "出").exists()


def test_pdf_is_all_or_nothing(tmp_path: Path, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the PDF cannot be made, no document is left behind that would be in the way of the next try."""
    monkeypatch.setattr("govkit.sheets.pdf.find_office", lambda: None)
    assert run(book, "--out", str(tmp_path / "出"), "--pdf") == 1
    assert not (tmp_path / "出").exists()


def test_before_is_a_file_or_a_batch(tmp_path: Path, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The inspection before is told by its workbook or by the name of its batch; both give the same document."""
    earlier = BATCH.replace("第四季度抽查", "第三季度抽查").replace("2019-12-20", "2019-09-20")
    before = write(tmp_path / "上季.xlsx", earlier, SITES, ACCOUNTS, RECORDS)
    assert commands.run(["load", str(before)]) == 0
    for name, out in ((str(before), "甲"), ("第三季度抽查", "乙")):
        assert run(book, "--out", str(tmp_path / out), "--before", name) == 0
    assert (tmp_path / "甲" / NAME).read_bytes() == (tmp_path / "乙" / NAME).read_bytes()
    assert "上次检查不合格的政府网站0个" in "\n".join(paragraphs((tmp_path / "甲" / NAME).read_bytes()))
    assert say("inspection_chart.trend") in [one.told for one in pictures((tmp_path / "甲" / NAME).read_bytes())]
    assert run(book, "--out", str(tmp_path / "丙"), "--before", "第二季度抽查") == commands.FAILED
    assert "第二季度抽查" in capsys.readouterr().err
    assert run(book, "--out", str(tmp_path / "丙"), "--before", "没有.xlsx") == commands.BAD_INPUT
