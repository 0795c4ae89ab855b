"""`rectify`: from an inspection to notices and sheets, from sheets that came back to the register, and what is left."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from govkit import commands
from govkit.findings import Outcome
from govkit.issues import Appeal, Appealed, Case, Corrected, Decided, Reported, State
from govkit.store import open_home
from tests.documents.words import tables
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

ROOT = Path(__file__).parents[2]
RECORDS = """
| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 数量 | 问题说明 |
|          | 0500230001     | D1.2     | 发现问题 | 1    | 邮编有误 |
|          | 5002300002     | V5.1     | 发现问题 |      | 打不开   |
|          | 教委微博       | M2.1     | 发现问题 |      | 停更     |
"""


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def checked(tmp_path: Path) -> str:
    """A spot check that found one problem of 县政府办 and two of 县教委."""
    return str(write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS))


def issue(checked: str, out: Path, *more: str) -> int:
    """Tell units."""
    return commands.run(["rectify", "issue", checked, "--day", "2020-01-03", "--out", str(out), *more])


def kept() -> tuple[Case, ...]:
    """What the register has."""
    with open_home().register() as register:
        return register.rectifications()


def fill(path: Path, row_of: str, *values: str) -> None:
    """Fill in the row of an object as its unit does: 整改情况, 整改日期, 申诉类型, 申诉理由."""
    book = openpyxl.load_workbook(path)
    sheet = book["整改台账"]
    row = next(cell.row for cell in sheet["C"] if cell.value == row_of)
    for column, value in zip("JKLM", values, strict=True):
        sheet[f"{column}{row}"].value = value
    book.save(path)


def test_units_are_told(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each unit gets a notice of its problems and a sheet; told once more, nothing is new and no file is replaced."""
    out = tmp_path / "整改"
    assert issue(checked, out) == commands.DONE
    assert "新通知的问题 3 个" in capsys.readouterr().out
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(files) == {
        f"{kind}_{unit}.{suffix}"
        for unit in ("县政府办", "县教委")
        for kind, suffix in (("整改通知书", "docx"), ("整改台账", "xlsx"))
    }
    ((_, *rows),) = tables(files["整改通知书_县教委.docx"])
    assert [row[2] for row in rows] == ["教委网", "教委发布"]
    assert {str(case.deadline) for case in kept()} == {"2020-01-23"}
    assert issue(checked, out) == commands.FAILED
    assert {path.name: path.read_bytes() for path in out.iterdir()} == files
    assert issue(checked, tmp_path / "再发") == commands.DONE
    assert {path.name for path in (tmp_path / "再发").iterdir()} == set(files)
    assert "新通知的问题 0 个，以前通知过的 3 个" in capsys.readouterr().out
    assert issue(checked, tmp_path / "又一次", "--days", "5") == commands.DONE
    assert "0 个单位" in capsys.readouterr().out
    assert {str(case.deadline) for case in kept()} == {"2020-01-23"}


def test_what_units_tell_is_collected(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports and appeals of a folder of sheets are kept; the same folder once more gives nothing new."""
    out = tmp_path / "整改"
    issue(checked, out)
    fill(out / "整改台账_县政府办.xlsx", "县门户", "已改正", "2020-01-08", "", "")
    fill(out / "整改台账_县教委.xlsx", "教委发布", "", "", "误报", "当天有更新")
    capsys.readouterr()
    for told in ("整改情况 1 条，申诉 1 条", "整改情况 0 条，申诉 0 条"):
        assert commands.run(["rectify", "collect", str(out)]) == commands.DONE
        assert told in capsys.readouterr().out
    states = {case.issue.name: case.state for case in kept()}
    assert states == {"县门户": State.REPORTED, "教委网": State.OPEN, "教委发布": State.APPEALED}


def test_nothing_is_kept_of_wrong_sheets(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one sheet has a mistake, it is named, and nothing of the others is kept."""
    out = tmp_path / "整改"
    issue(checked, out)
    fill(out / "整改台账_县政府办.xlsx", "县门户", "已改正", "2020-01-08", "", "")
    fill(out / "整改台账_县教委.xlsx", "教委网", "已改正", "2020-01-02", "", "")
    assert commands.run(["rectify", "collect", str(out)]) == commands.BAD_INPUT
    assert "R52" in capsys.readouterr().err
    assert {case.state for case in kept()} == {State.OPEN}


def test_list(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All problems, or the overdue ones only, and the findings to be corrected."""
    assert commands.run(["rectify", "list"]) == commands.DONE
    assert "通知过的问题 0 个" in capsys.readouterr().out
    issue(checked, tmp_path / "整改")
    cases = {case.issue.name: case for case in kept()}
    day = cases["县门户"].issued.day
    with open_home().register() as register:
        register.rectify("张三", cases["县门户"].issue.id, Reported(day, "已改正"), 1)
        register.rectify("张三", cases["教委发布"].issue.id, Appealed(day, Appeal.MISTAKE, "不是"), 1)
        register.rectify("组织者", cases["教委发布"].issue.id, Decided(day, accepted=True, reason="属实"), 2)
    capsys.readouterr()
    assert commands.run(["rectify", "list", "--as-of", "2020-01-23"]) == commands.DONE
    told = capsys.readouterr().out
    assert all(
        word in told for word in ("已报整改", "待整改", "已撤销", "逾期 0 个", "要更正：第四季度抽查，教委发布，M2.1")
    )
    assert commands.run(["rectify", "list", "--overdue", "--as-of", "2020-01-24"]) == commands.DONE
    told = capsys.readouterr().out
    assert "教委网" in told
    assert "县门户" not in told
    assert "逾期 1 个" in told


def test_from_the_appeal_to_the_corrected_score(
    checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the office notes in 整改总台账 is recorded once, and accepted appeals are corrected in the batch."""
    commands.run(["load", checked])
    assert commands.run(["rectify", "issue", "--day", "2020-01-03", "--out", str(tmp_path / "整改")]) == commands.DONE
    fill(tmp_path / "整改" / "整改台账_县政府办.xlsx", "县门户", "已改正", "2020-01-08", "", "")
    fill(tmp_path / "整改" / "整改台账_县教委.xlsx", "教委网", "", "", "误报", "打得开")
    commands.run(["rectify", "collect", str(tmp_path / "整改")])
    book = tmp_path / "总台账.xlsx"
    assert commands.run(["rectify", "list", "--out", str(book)]) == commands.DONE
    note(book, "复查记录", "县门户", 复查结果="通过", 复查日期="2020-01-10")
    today = datetime.now().astimezone().date().isoformat()
    note(book, "申诉处理", "教委网", 处理结果="采纳", 处理日期=today, 处理理由="属实")
    capsys.readouterr()
    for told in ("登记复查 1 条，申诉处理 1 条", "登记复查 0 条，申诉处理 0 条"):
        assert commands.run(["rectify", "record", str(book)]) == commands.DONE
        shown = capsys.readouterr().out
        assert told in shown
        assert "还有 1 条检查结果没有更正" in shown
    states = {case.issue.name: case.state for case in kept()}
    assert states == {"县门户": State.PASSED, "教委网": State.WITHDRAWN, "教委发布": State.OPEN}
    assert commands.run(["rectify", "correct"]) == commands.DONE
    assert "已更正：第四季度抽查，教委网，V5.1" in capsys.readouterr().out
    home = open_home()
    with home.open(home.batches()[0].key) as store:
        assert store.record("5002300002").findings["V5.1"].outcome == Outcome.CLEAR
    assert commands.run(["rectify", "correct"]) == commands.DONE
    assert capsys.readouterr().out == ""


def note(path: Path, sheet: str, row_of: str, **values: str) -> None:
    """Fill in the row of an object on a sheet of the office, by headings."""
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows())
    top = next(row for row in rows if row[0].value == "序号")
    headings = [cell.value for cell in top]
    row = next(row for row in rows if row[2].value == row_of)
    for heading, value in values.items():
        row[headings.index(heading)].value = value
    book.save(path)


def test_correct_without_a_batch(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A problem of a workbook is not corrected by the program; that somebody did it is noted, with where."""
    issue(checked, tmp_path / "整改")
    case = next(case for case in kept() if case.issue.name == "教委发布")
    day = case.issued.day
    with open_home().register() as register:
        register.rectify("张三", case.issue.id, Appealed(day, Appeal.MISTAKE, "不是"), 1)
        register.rectify("组织者", case.issue.id, Decided(day, accepted=True, reason="属实"), 2)
    capsys.readouterr()
    assert commands.run(["rectify", "correct"]) == commands.FAILED
    assert "没有这个批次" in capsys.readouterr().err
    assert commands.run(["rectify", "correct", "--elsewhere", "已改"]) == commands.BAD_INPUT
    assert commands.run(["rectify", "correct", "WT00"]) == commands.FAILED
    assert "WT00" in capsys.readouterr().err
    assert commands.run(["rectify", "correct", case.issue.id.lower(), "--elsewhere", "已在工作簿里改"]) == commands.DONE
    (after,) = (each for each in kept() if each.issue.id == case.issue.id)
    assert isinstance(after.events[-1], Corrected)


def test_breaches_of_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Units are told of the breaches of a quarter in the same way, with the notice as their source."""
    quarter = ROOT / "sample_data" / "季度" / "2019Q4.xlsx"
    period = ["--from", "2019-10-01", "--to", "2019-12-31", "--pack", "jiangxi-county"]
    told = ["--day", "2020-01-03", "--organiser", "县政府办", "--out", str(tmp_path / "整改")]
    assert commands.run(["rectify", "breaches", str(quarter), *period, *told]) == commands.DONE
    assert "新通知的问题" in capsys.readouterr().out
    assert {case.issue.source for case in kept()} == {"2019年第四季度 jiangxi-county"}
    assert len(list((tmp_path / "整改").glob("整改通知书_*.docx"))) == len({case.issue.sponsor for case in kept()})


def test_days_that_are_none(checked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day that is none, and one of a year whose working days are not known, are refused in words."""
    for day, words in (("2020-13-01", "2020-13-01"), ("2060-01-03", "2060")):
        arguments = ["rectify", "issue", checked, "--day", day, "--out", str(tmp_path / "整改")]
        assert commands.run(arguments) == commands.BAD_INPUT
        assert words in capsys.readouterr().err
    assert kept() == ()
