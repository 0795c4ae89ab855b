"""整改台账 that come back: what is new in them, and each mistake with its code and its place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from govkit.issues import Appeal, Appealed, Case, Decided, Event, Rechecked, Reported
from govkit.problems import Problem, ProblemsError
from govkit.reading import read_rectifications
from govkit.sheets.season import write_rectification
from tests.rectifying.cases import ISSUE, case
from tests.workbooks import write

RECEIVED = date(2020, 1, 15)
HEADER = "| 整改台账 | 问题编号 | 整改情况 | 整改日期 | 申诉类型 | 申诉理由 |\n"
OTHER = replace(ISSUE, item="V1.1")
CASES = (case(), case(issue=OTHER))
DONE = Reported(date(2020, 1, 8), "已改正")
APPEAL = Appealed(RECEIVED, Appeal.MISTAKE, "不是本单位的")
BAD = Rechecked(date(2020, 1, 10), passed=False, note="仍有错误", deadline=date(2020, 2, 7))
ROW = f"| | {ISSUE.id} | 已改正 | @2020-01-08 | | |\n"


def read(folder: Path, *texts: str, cases: tuple[Case, ...] = CASES) -> tuple[tuple[str, Event], ...]:
    """Write a sheet, and return the events in it."""
    return read_rectifications([write(folder / "整改.xlsx", *texts)], cases, RECEIVED).events


def found(folder: Path, *texts: str, cases: tuple[Case, ...] = CASES) -> list[tuple[str, int | None, str]]:
    """Codes, rows and columns of the problems of a sheet."""
    with pytest.raises(ProblemsError) as raised:
        read(folder, *texts, cases=cases)
    problems: tuple[Problem, ...] = raised.value.problems
    return [(each.code, each.place.row, each.place.column) for each in problems]


def test_what_units_tell(tmp_path: Path) -> None:
    """A report, an appeal, and both of one problem are events; a row left blank is none."""
    assert read(tmp_path, HEADER, ROW, f"| | {OTHER.id.lower()} | | | 误判 | 不是本单位的 |\n") == (
        (ISSUE.id, DONE),
        (OTHER.id, APPEAL),
    )
    both = f"| | {ISSUE.id} | 已改正 | 1月8日 | 误报 | 不是本单位的 |\n"
    assert read(tmp_path, HEADER, both, f"| | {OTHER.id} | | | | |\n") == ((ISSUE.id, DONE), (ISSUE.id, APPEAL))


def test_the_sheet_of_a_unit_comes_back(tmp_path: Path) -> None:
    """What was written, filled in and saved is read; read once more, also after the recheck, it gives nothing new."""
    path = tmp_path / "整改台账.xlsx"
    write_rectification("县政府办", CASES, path)
    assert read_rectifications([path], CASES, RECEIVED).events == ()
    book = openpyxl.load_workbook(path)
    sheet = book["整改台账"]
    row = next(cell.row for cell in sheet["B"] if cell.value == ISSUE.id)
    sheet[f"J{row}"], sheet[f"K{row}"] = "已改正", date(2020, 1, 8)
    sheet[f"L{row}"], sheet[f"M{row}"] = "误报", "不是本单位的"
    book.save(path)
    told = read_rectifications([path], CASES, RECEIVED)
    assert told.events == ((ISSUE.id, DONE), (ISSUE.id, APPEAL))
    assert told.notices == ()
    known = case(DONE, APPEAL, Decided(RECEIVED, accepted=False, reason="是"), replace(BAD, day=RECEIVED))
    for stand in (case(DONE, APPEAL), known):
        assert read_rectifications([path], (stand, CASES[1]), date(2020, 2, 1)).events == ()
    write_rectification("县政府办", [known], path)
    assert read_rectifications([path], [known], date(2020, 2, 1)).events == ()


def test_more_is_told(tmp_path: Path) -> None:
    """Until somebody looks, a unit can tell more; after a recheck that failed, it tells what it did since."""
    assert read(tmp_path, HEADER, ROW, cases=(case(Reported(date(2020, 1, 6), "正在改")),)) == ((ISSUE.id, DONE),)
    again = f"| | {ISSUE.id} | 全部改正 | @2020-01-13 | | |\n"
    assert read(tmp_path, HEADER, again, cases=(case(DONE, BAD),)) == (
        (ISSUE.id, Reported(date(2020, 1, 13), "全部改正")),
    )


def test_mistakes(tmp_path: Path) -> None:
    """Each mistake has its code, its row and its column; nothing is used."""
    number = ISSUE.id
    for row, problem in (
        ("| | WT00 | 已改正 | @2020-01-08 | | |\n", ("R50", 2, "问题编号")),
        ("| | | 已改正 | @2020-01-08 | | |\n", ("C03", 2, "问题编号")),
        (f"| | {number} | 已改正 | | | |\n", ("C03", 2, "整改日期")),
        (f"| | {number} | | @2020-01-08 | | |\n", ("C03", 2, "整改情况")),
        (f"| | {number} | | | 误报 | |\n", ("C03", 2, "申诉理由")),
        (f"| | {number} | | | | 不是 |\n", ("C03", 2, "申诉类型")),
        (f"| | {number} | | | 取消 | 不是 |\n", ("C09", 2, "申诉类型")),
        (f"| | {number} | 已改正 | @2020-01-02 | | |\n", ("R52", 2, "整改日期")),
        (f"| | {number} | 已改正 | @2020-01-16 | | |\n", ("R53", 2, "整改日期")),
    ):
        assert found(tmp_path, HEADER, row) == [problem], row
    assert found(tmp_path, HEADER, ROW, ROW.replace("已改正", "改了")) == [("R54", 3, "问题编号")]
    assert len(read(tmp_path, HEADER, ROW, ROW)) == 1


def test_impossible(tmp_path: Path) -> None:
    """What has come to an end, and what is waiting for a decision, takes no report; what is old is no new report."""
    passed = case(DONE, Rechecked(date(2020, 1, 10), passed=True))
    new = f"| | {ISSUE.id} | 又改了 | @2020-01-13 | | |\n"
    for stand in (passed, case(APPEAL)):
        assert found(tmp_path, HEADER, new, cases=(stand,)) == [("R51", 2, "整改日期")]
    assert found(tmp_path, HEADER, f"| | {ISSUE.id} | | | 误报 | 不是 |\n", cases=(passed,)) == [("R51", 2, "申诉类型")]
    early = f"| | {ISSUE.id} | 又改了 | @2020-01-09 | | |\n"
    assert found(tmp_path, HEADER, early, cases=(case(DONE, BAD),)) == [("R52", 2, "整改日期")]


def test_other_files(tmp_path: Path) -> None:
    """A file without the sheet, and a sheet without its columns, are refused; columns of its own are pointed out."""
    assert [code for code, *_ in found(tmp_path, "| 别的 | 问题编号 |\n| | 1 |\n")] == ["S01"]
    assert [code for code, *_ in found(tmp_path, "| 整改台账 | 问题编号 | 整改情况 |\n")] == ["S02"]
    own = "| 整改台账 | 问题编号 | 整改情况 | 整改日期 | 联系人 |\n"
    read_one = read_rectifications([write(tmp_path / "整改.xlsx", own, ROW)], CASES, RECEIVED)
    assert len(read_one.events) == 1
    assert "联系人" in read_one.notices[0]
