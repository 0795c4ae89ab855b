"""整改台账 that come back, and notes of the office: what is new in them, and each mistake with its code and place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from govkit.issues import Appeal, Appealed, Case, Decided, Event, Rechecked, Reported
from govkit.problems import Problem, ProblemsError
from govkit.reading import read_follow_up, read_rectifications
from govkit.sheets.season import write_follow_up, write_rectification
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


LOOKED = "| 复查记录 | 问题编号 | 复查结果 | 复查日期 | 复查说明 | 新的期限 |\n"
ANSWERED = "| 申诉处理 | 问题编号 | 处理结果 | 处理日期 | 处理理由 | 核减后数量 | 新的期限 |\n"
TODAY = date(2020, 3, 2)
GOOD = Rechecked(date(2020, 2, 10), passed=True)
COUNTED = replace(ISSUE, count=3)


def noted(folder: Path, *texts: str, cases: tuple[Case, ...]) -> tuple[tuple[str, Event], ...]:
    """Write notes of the office, and return the events in them."""
    return read_follow_up([write(folder / "记录.xlsx", *texts)], cases, TODAY).events


def test_what_the_office_notes(tmp_path: Path) -> None:
    """Rechecks and decisions are events, in the order of their days, whatever the order of sheets and rows."""
    waiting = case(DONE, Appealed(date(2020, 1, 9), Appeal.LESS, "只有两处"), issue=COUNTED)
    rows = (
        LOOKED,
        f"| | {ISSUE.id} | 复查通过 | 2020-02-10 | | |\n",
        f"| | {ISSUE.id} | 未通过 | 1月20日 | 还有一处 | 2020-02-07 |\n",
        f"| | {OTHER.id} | | | | |\n",
        ANSWERED,
        f"| | {ISSUE.id} | 采纳 | 2020-01-13 | 属实 | 2 | |\n",
    )
    events = noted(tmp_path, *rows, cases=(waiting, case(issue=OTHER)))
    assert events == (
        (ISSUE.id, Decided(date(2020, 1, 13), accepted=True, reason="属实", left=2)),
        (ISSUE.id, Rechecked(date(2020, 1, 20), passed=False, note="还有一处", deadline=date(2020, 2, 7))),
        (ISSUE.id, GOOD),
    )
    after = waiting
    for _, event in events:
        after = after.followed_by(event)
    assert noted(tmp_path, *rows, cases=(after, case(issue=OTHER))) == ()


def test_notes_of_units_and_of_the_office_are_apart(tmp_path: Path) -> None:
    """A unit records no recheck of its own, and the office no report: each reads its own sheets only."""
    both = write(tmp_path / "两种.xlsx", HEADER, ROW, LOOKED, f"| | {ISSUE.id} | 通过 | 2020-02-10 | | |\n")
    assert read_rectifications([both], CASES, TODAY).events == ((ISSUE.id, DONE),)
    assert read_follow_up([both], CASES, TODAY).events == ((ISSUE.id, GOOD),)


def test_the_book_of_the_office_comes_back(tmp_path: Path) -> None:
    """整改总台账 as it was written tells nothing new; what is filled in on its two sheets does."""
    path, appealed = tmp_path / "总台账.xlsx", case(replace(APPEAL, day=date(2020, 1, 9)), issue=OTHER)
    write_follow_up([case(DONE), appealed], TODAY, path)
    assert read_follow_up([path], [case(DONE), appealed], TODAY).events == ()
    book = openpyxl.load_workbook(path)
    filled: list[tuple[str, str, dict[str, str | date]]] = [
        ("复查记录", ISSUE.id, {"复查结果": "通过", "复查日期": date(2020, 2, 10)}),
        ("申诉处理", OTHER.id, {"处理结果": "不采纳", "处理日期": date(2020, 1, 13), "处理理由": "确有此事"}),
    ]
    for name, number, values in filled:
        sheet = book[name]
        top = next(row for row in sheet.iter_rows() if row[0].value == "序号")
        headings = [cell.value for cell in top]
        line = next(row for row in sheet.iter_rows() if row[1].value == number)
        for heading, value in values.items():
            line[headings.index(heading)].value = value
    book.save(path)
    read_again = read_follow_up([path], [case(DONE), appealed], TODAY)
    assert read_again.events == (
        (OTHER.id, Decided(date(2020, 1, 13), accepted=False, reason="确有此事")),
        (ISSUE.id, GOOD),
    )


def test_mistakes_of_the_office(tmp_path: Path) -> None:
    """Each mistake in the notes has its code, its row and its column; nothing is used."""
    number, appealed = ISSUE.id, case(Appealed(date(2020, 1, 9), Appeal.LESS, "少"), issue=COUNTED)
    for header, stand, row, problem in (
        (LOOKED, case(DONE), "通过 | 2020-01-07 | | ", ("R52", 2, "复查结果")),
        (LOOKED, case(DONE), "通过 | 2020-03-03 | | ", ("R53", 2, "复查结果")),
        (LOOKED, case(DONE), "| 2020-02-03 | | ", ("C03", 2, "复查结果")),
        (LOOKED, case(DONE), "通过 | | | ", ("C03", 2, "复查日期")),
        (LOOKED, case(DONE), "还行 | 2020-02-03 | | ", ("C09", 2, "复查结果")),
        (LOOKED, case(DONE), "未通过 | 2020-02-03 | | 2020-02-20 ", ("R55", 2, "复查结果")),
        (LOOKED, case(DONE), "未通过 | 2020-02-03 | 还有 | ", ("R56", 2, "复查结果")),
        (LOOKED, case(DONE), "通过 | 2020-02-03 | | 2020-02-20 ", ("R57", 2, "复查结果")),
        (LOOKED, appealed, "通过 | 2020-02-03 | | ", ("R51", 2, "复查结果")),
        (ANSWERED, appealed, "采纳 | 2020-02-03 | | 2 | ", ("C03", 2, "处理理由")),
        (ANSWERED, appealed, "采纳 | 2020-02-03 | 属实 | | ", ("R58", 2, "处理结果")),
        (ANSWERED, appealed, "采纳 | 2020-02-03 | 属实 | 3 | ", ("R58", 2, "处理结果")),
        (ANSWERED, appealed, "采纳 | 2020-02-03 | 属实 | 1.5 | ", ("R58", 2, "处理结果")),
        (ANSWERED, appealed, "采纳 | 2020-02-03 | 属实 | 两处 | ", ("C05", 2, "核减后数量")),
        (ANSWERED, case(), "采纳 | 2020-02-03 | 属实 | | ", ("R51", 2, "处理结果")),
    ):
        with pytest.raises(ProblemsError) as raised:
            noted(tmp_path, header, f"| | {number} | {row}|\n", cases=(stand,))
        codes = [(each.code, each.place.row, each.place.column) for each in raised.value.problems]
        assert problem in codes, row
    twice = f"| | {number} | 通过 | 2020-02-03 | {{}} | |\n"
    with pytest.raises(ProblemsError, match="两行"):
        noted(tmp_path, LOOKED, twice.format("好"), twice.format("很好"), cases=(case(DONE),))
