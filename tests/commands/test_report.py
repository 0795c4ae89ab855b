"""`report`: from files, batches or the home to reports of units and of the county."""

from pathlib import Path

import pytest

from govkit import commands
from tests.documents.words import marked, paragraphs
from tests.organising.quarters import BUREAU, EARLIER, LATER, OFFICE, SITES
from tests.workbooks import BATCH, RECORDS, write
from tests.workbooks import SITES as CHECKED

YEAR = ["--year", "2019", "--as-of", "2020-01-05"]


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A spot check, and ledgers before the year and at its end."""
    return [
        str(write(tmp_path / "抽查.xlsx", BATCH, CHECKED, RECORDS)),
        str(write(tmp_path / "2018Q4.xlsx", SITES, EARLIER)),
        str(write(tmp_path / "2019Q4.xlsx", SITES, LATER)),
    ]


def text(path: Path) -> str:
    """The paragraphs of a document."""
    return "\n".join(paragraphs(path.read_bytes()))


def test_from_files(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The county's report from a spot check and ledgers, with the day on which it is due."""
    assert commands.run(["report", "年度报告", *files, *YEAR, "--out", str(tmp_path / "出")]) == 0
    told = text(tmp_path / "出" / "年度报告_2019年_全县.docx")
    assert "县政府办公室\n2019年政府网站和政务新媒体监管工作年度报告" in told
    assert "与2018年第四季度台账相比，开设2个（查到备案记录【待填：账号变化开设有备案】个" in told
    assert "检查政府网站共发现问题1个，最多的是：概况信息1个" in told
    out = capsys.readouterr().out
    assert "应于 2020-01-05 前报送（丰都县 2019，四（一））" in out
    assert "报告 1 份已写到" in out


def test_from_the_home(files: list[str], tmp_path: Path) -> None:
    """Without files all batches of the year count, and problems that units were told of; a named one is used alone."""
    assert commands.run(["load", files[0]]) == 0
    other = BATCH.replace("第四季度抽查", "第三季度抽查").replace("2019-12-20", "2019-09-20")
    assert commands.run(["load", str(write(tmp_path / "三.xlsx", other, CHECKED, RECORDS))]) == 0
    issue = ["rectify", "issue", "--batch", "第四季度抽查", "--day", "2019-12-30", "--out", str(tmp_path / "整改")]
    assert commands.run(issue) == 0
    for number, more in enumerate(([], ["--batch", "第四季度抽查"])):
        out = tmp_path / f"{number}"
        assert commands.run(["report", "年度报告", *YEAR, *more, "--out", str(out)]) == 0
        told = text(out / "年度报告_2019年_全县.docx")
        assert f"检查政府网站共发现问题{2 - number}个" in told
        assert "共通知整改1个，其中待整改1个" in told
        assert "【待填：网站运行数】" in marked((out / "年度报告_2019年_全县.docx").read_bytes())


def test_units(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """年审 of each unit that runs accounts; or a report of one unit. What is there is not replaced."""
    out = tmp_path / "出"
    assert commands.run(["report", "年审报告", *files, *YEAR, "--out", str(out)]) == 0
    assert {path.name for path in out.iterdir()} == {f"年审报告_2019年_{unit}.docx" for unit in (OFFICE, BUREAU)}
    one = ["report", "整改落实情况", *files, *YEAR, "--unit", BUREAU, "--out", str(out)]
    assert commands.run(one) == 0
    assert "正在运行政务新媒体2个" in text(out / f"整改落实情况_2019年_{BUREAU}.docx")
    assert commands.run(one) == commands.FAILED
    assert "没有替换" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["季度报告", "--year", "2019"], "年度报告、整改落实情况、年审报告"),
        (["年度报告", "--year", "19"], "--year"),
        (["年度报告", "--year", "2019", "--unit", "没有的单位"], "没有的单位"),
        (["年审报告", "--year", "2019"], "台账"),
        (["年度报告", "--year", "2019", "--as-of", "昨天"], "昨天"),
    ],
)
def test_mistakes(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be is told in Chinese with what to do, and writes nothing."""
    assert commands.run(["report", *arguments, "--out", str(tmp_path / "出")]) == commands.BAD_INPUT
    assert words in capsys.readouterr().err
    assert not (tmp_path / "出").exists()


def test_a_ledger_without_a_quarter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that does not tell its quarter is a problem with a code."""
    book = str(write(tmp_path / "台账.xlsx", SITES, LATER))
    assert commands.run(["report", "年度报告", book, *YEAR, "--out", str(tmp_path / "出")]) == commands.BAD_INPUT
    assert "S15" in capsys.readouterr().err
