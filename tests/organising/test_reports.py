"""What the office knows of a year is gathered from its home or from files; reports are written all or none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from govkit.ledger import Action, FilingRecord
from govkit.organising import NothingToReportError, QuarterFiles, write_reports, year_told
from govkit.quarters import Quarter
from govkit.reading import read_spot_check
from govkit.rectifying import issues_of_inspection
from govkit.reporting import report_kind
from govkit.rubric import load_rubric
from govkit.scoring import score_spot_check
from govkit.sheets import OutputError
from govkit.store import Home, Register, open_home
from tests.documents.words import paragraphs
from tests.organising.quarters import BUREAU, EARLIER, FILINGS, LATER, OFFICE, SITES, quarter_file
from tests.workbooks import BATCH, RECORDS, write
from tests.workbooks import SITES as CHECKED

AS_OF = date(2020, 1, 5)
YEAR, BEFORE, FIRST, LAST = 2019, Quarter(2018, 4), Quarter(2019, 1), Quarter(2019, 4)
OTHERS = """
| 弄虚作假记录 | 单位 | 日期 | 情况 |
|              | 青禾县教育局 | 2019-05-06 | 伪造 |
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without anything in it."""
    return open_home({"GOVKIT_HOME": str(tmp_path / "家")})


@pytest.fixture
def register(home: Home) -> Iterator[Register]:
    """Its register."""
    with home.register() as register:
        yield register


def test_an_empty_home(home: Home, register: Register) -> None:
    """What nobody has told is unknown."""
    told = year_told(home, register, YEAR, AS_OF).told
    assert (told.now, told.before, told.filings, told.inspections, told.cases, told.units, told.assessment) == (
        None,
    ) * 7


def test_a_home(home: Home, register: Register, tmp_path: Path) -> None:
    """Ledgers of the year's last quarter and of the quarter before the year, batches, filings and problems of the home."""
    QuarterFiles(home.folder, BEFORE).take_in(quarter_file(tmp_path, SITES, EARLIER))
    QuarterFiles(home.folder, LAST).take_in(quarter_file(tmp_path, SITES, LATER, FILINGS))
    check = read_spot_check(write(tmp_path / "抽查.xlsx", BATCH, CHECKED, RECORDS))
    rubric = load_rubric(check.batch.rubric_id)
    home.create(check, rubric, "组织者").close()
    kept = FilingRecord("a4", Action.OPEN, date(2019, 11, 1))
    register.file("组织者", [kept])
    register.issue_notice("组织者", issues_of_inspection(score_spot_check(rubric, check)), date(2019, 12, 30), AS_OF)
    told = year_told(home, register, YEAR, AS_OF).told
    assert told.now is not None
    assert told.before is not None
    assert (told.now.quarter, told.before.quarter) == (LAST, BEFORE)
    assert [each.id for each in told.now.subjects][-1] == "a5"
    assert {record.subject_id for record in told.filings or ()} == {"a2", "a4"}
    assert [each.batch.name for each in told.inspections or ()] == [check.batch.name]
    assert [case.issue.item for case in told.cases or ()] == ["D1.2"]
    assert year_told(home, register, 2021, AS_OF).told.inspections is None


def test_the_first_quarter_stands_for_the_beginning(home: Home, register: Register, tmp_path: Path) -> None:
    """Without the ledger before the year that of its first quarter is compared with; a ledger never with itself."""
    QuarterFiles(home.folder, FIRST).take_in(quarter_file(tmp_path, SITES, EARLIER))
    assert year_told(home, register, YEAR, AS_OF).told.before is None
    QuarterFiles(home.folder, LAST).take_in(quarter_file(tmp_path, SITES, LATER))
    told = year_told(home, register, YEAR, AS_OF).told
    assert told.before is not None
    assert told.before.quarter == FIRST


def files(folder: Path) -> list[Path]:
    """Files of a year."""
    return [
        write(folder / "抽查.xlsx", BATCH, CHECKED, RECORDS),
        write(folder / "2018Q4.xlsx", SITES, EARLIER),
        write(folder / "2019Q4.xlsx", SITES, LATER, FILINGS),
        write(folder / "资料.xlsx", OTHERS),
    ]


def test_files(home: Home, register: Register, tmp_path: Path) -> None:
    """Files are sorted by what is in them; the home's own quarters do not count then. A check of another year is told."""
    QuarterFiles(home.folder, LAST).take_in(quarter_file(tmp_path, SITES, EARLIER))
    check = read_spot_check(files(tmp_path)[0])
    inspection = score_spot_check(load_rubric(check.batch.rubric_id), check)
    read = year_told(home, register, YEAR, AS_OF, files(tmp_path), [inspection])
    assert read.told.now is not None
    assert {each.id for each in read.told.now.subjects} >= {"a4", "a5"}
    assert read.told.inspections == (inspection,)
    assert read.told.assessment is not None
    later = year_told(home, register, 2020, AS_OF, files(tmp_path), [inspection])
    assert later.told.inspections is None
    assert any(check.batch.name in notice for notice in later.notices)
    assert later.told.now is None


def test_one_of_the_county_or_one_of_each_unit(home: Home, register: Register, tmp_path: Path) -> None:
    """The county has one 年度报告; 年审报告 is one of each unit that runs accounts, or of the unit that is asked for."""
    told = year_told(home, register, YEAR, AS_OF, files(tmp_path), []).told
    annual, review = report_kind("年度报告"), report_kind("年审报告")
    out = tmp_path / "出"
    assert [path.name for path in write_reports(told, annual, out)] == ["年度报告_2019年_全县.docx"]
    names = [path.name for path in write_reports(told, review, out)]
    assert names == [f"年审报告_2019年_{unit}.docx" for unit in (OFFICE, BUREAU)]
    (one,) = write_reports(told, annual, out, unit=BUREAU)
    assert paragraphs(one.read_bytes())[0] == BUREAU
    with pytest.raises(NothingToReportError, match="青禾县水利局"):
        write_reports(told, annual, out, unit="青禾县水利局")
    with pytest.raises(NothingToReportError, match="台账"):
        write_reports(year_told(home, register, 2021, AS_OF).told, review, out)


def test_nothing_is_replaced(home: Home, register: Register, tmp_path: Path) -> None:
    """Where one of the documents is there already, none is written."""
    told = year_told(home, register, YEAR, AS_OF, files(tmp_path), []).told
    out = tmp_path / "出"
    out.mkdir()
    (out / f"年审报告_2019年_{BUREAU}.docx").write_bytes(b"1")
    with pytest.raises(OutputError, match="没有替换"):
        write_reports(told, report_kind("年审报告"), out)
    assert [path.read_bytes() for path in out.iterdir()] == [b"1"]


def test_pdf(home: Home, register: Register, tmp_path: Path, soffice: str) -> None:
    """The same as PDF stands beside each document."""
    del soffice  # it is looked for by the program
    told = year_told(home, register, YEAR, AS_OF, files(tmp_path), []).told
    for path in write_reports(told, report_kind("年审报告"), tmp_path / "出", pdf=True):
        assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
