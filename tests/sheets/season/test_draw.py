"""The draw of a quarter on paper: minutes that draw the same again, shares, and a spot check that can be loaded."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govkit.findings import Batch, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.reading import read_spot_check
from govkit.sampling import Inspector, Past, assign, draw_accounts
from govkit.sheets import OutputError
from govkit.sheets.season import Sample, read_minutes, write_sample
from tests.sheets.season.cells import rows_of, sheets_of, table_of

QUARTER = (2019, 3)
PAST = {"a0": Past((2019, 2), failed=True), "a1": Past((2019, 1)), "a2": Past((2018, 4))}
SHARES = [Inspector("张三", "县教委"), Inspector("李/四", "县政府办")]


def account(number: int) -> Subject:
    """Return an account of one of two units."""
    sponsor = "县教委" if number % 2 else "县政府办"
    return Subject(f"a{number}", f"账号{number}", Kind.ACCOUNT, sponsor, None, {"账号类型": "微信公众号"})


SITE = Subject("9901230001", "县门户", Kind.SITE, "县政府办", service=True, details={"首页网址": "http://a.example"})
ACCOUNTS = [account(number) for number in range(9)]


def sample(**others: Any) -> Sample:
    """Return the sample of a small county."""
    draw = draw_accounts(ACCOUNTS, PAST, QUARTER, "0123")
    batch = Batch("三季度", date(2019, 9, 30), "fengdu-2019", "县政府办")
    check = SpotCheck(batch, (SITE, *(one.subject for one in draw.drawn)), ())
    assignment = assign(check.subjects, SHARES, draw.seed)
    at = datetime(2019, 9, 1, 9, 30)  # noqa: DTZ001 - a local time
    made = Sample(draw, ACCOUNTS, PAST, check, SHARES, assignment, "赵六", at)
    return replace(made, **others)


def written(folder: Path, **others: Any) -> Path:
    """Write a sample, and return its folder."""
    write_sample(sample(**others), folder, lambda: None)
    return folder


def test_minutes_are_read_back(tmp_path: Path) -> None:
    """The minutes hold all that a draw follows from: it can be made again from them and the ledger."""
    told = read_minutes(written(tmp_path) / "抽样记录.xlsx")
    assert (told.quarter, told.seed, told.share) == (QUARTER, "0123", Fraction(1, 2))
    assert dict(told.past) == {each.id: PAST.get(each.id) for each in ACCOUNTS}
    again = draw_accounts(ACCOUNTS, {k: v for k, v in told.past.items() if v}, told.quarter, told.seed, told.share)
    assert dict(told.drawn) == {one.subject.id: one.lot for one in again.drawn}


def test_minutes_tell_people_everything(tmp_path: Path) -> None:
    """Organiser, numbers, seed, who drew when and why once more stand in the minutes, and room to sign."""
    sheet = sheets_of(written(tmp_path, reason="台账有误") / "抽样记录.xlsx")["抽样记录"]
    rows = rows_of(sheet)
    facts = {row[0]: row[1] for row in rows}
    assert facts["组织单位"] == "县政府办"
    assert facts["季度"] == "2019Q3"
    assert (facts["参加抽取的账号"], facts["实际抽取"], facts["随机种子"]) == (9, 5, "0123")
    assert facts["至少抽取"].startswith("5 ")
    assert facts["网站"].startswith("1 ")
    assert (facts["抽取人"], facts["抽取时间"], facts["重抽原因"]) == ("赵六", "2019-09-01 09:30", "台账有误")
    assert any("签字" in str(row[0]) for row in rows[-4:])


def test_minutes_count_units_platforms_and_the_year(tmp_path: Path) -> None:
    """By unit and platform: how many there are, are drawn, and have been drawn in the year; last year's do not count."""
    sheets = sheets_of(written(tmp_path) / "抽样记录.xlsx")
    drawn = {row["新媒体标识码"] for row in table_of(sheets["抽中账号"])}
    assert "a0" in drawn
    seen = drawn | {"a1"}
    (education, office) = sorted(table_of(sheets["按单位"])[:-1], key=lambda row: str(row["主办单位"]))[::-1]
    for row, own in ((education, {"a1", "a3", "a5", "a7"}), (office, {"a0", "a2", "a4", "a6", "a8"})):
        told = (row["账号"], row["本季度抽取"], row["本年度已抽取"], row["本年度尚未抽取"])
        assert told == (len(own), len(own & drawn), len(own & seen), len(own - seen))
    total = table_of(sheets["按平台"])[-1]
    assert (total["账号"], total["本季度抽取"], total["占比"]) == (9, 5, "55.6%")


def test_lots_of_all_that_could_be_drawn(tmp_path: Path) -> None:
    """Also those that were not drawn stand in the minutes, with lot and past, so that nobody can be left out unseen."""
    rows = table_of(sheets_of(written(tmp_path) / "抽样记录.xlsx")["抽签表"])
    assert [row["新媒体标识码"] for row in rows] == [each.id for each in ACCOUNTS]
    assert [row["上次抽中"] for row in rows[:4]] == ["2019Q2", "2019Q1", "2018Q4", None]
    assert [row["上次结果"] for row in rows[:2]] == ["不合格", None]
    assert sum(row["本季度"] == "抽中" for row in rows) == 5


def test_everybody_gets_a_sheet(tmp_path: Path) -> None:
    """分工表 counts what everybody inspects, and each has a sheet with exactly that, whatever their name is."""
    made = sample()
    sheets = sheets_of(written(tmp_path) / "分工表.xlsx")
    assert list(sheets) == ["分工表", "张三", "李_四"]
    counts = {row["检查人员"]: row["合计"] for row in table_of(sheets["分工表"])}
    for name, sheet in (("张三", "张三"), ("李/四", "李_四")):
        own = [row["检查对象标识码"] for row in table_of(sheets[sheet])]
        assert own == [s.id for s in made.check.subjects if made.assignment[s.id] == name]
        assert counts[name] == len(own)


def test_objects_that_came_after_the_draw(tmp_path: Path) -> None:
    """What nobody inspects yet is not lost: it has a sheet of its own."""
    made = sample()
    fewer = {name: who for name, who in made.assignment.items() if name != SITE.id}
    sheets = sheets_of(written(tmp_path, assignment=fewer) / "分工表.xlsx")
    assert [row["检查对象标识码"] for row in table_of(sheets["未分工"])] == [SITE.id]


def test_without_inspectors_nothing_is_shared_out(tmp_path: Path) -> None:
    """There is no 分工表 where nobody is named."""
    names = write_sample(sample(inspectors=(), assignment={}), tmp_path, lambda: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names) == ["抽查工作簿.xlsx", "抽样记录.xlsx"]


def test_spot_check_can_be_loaded(tmp_path: Path) -> None:
    """抽查工作簿 is read as the batch with all sites and the accounts drawn, nothing judged yet."""
    read = read_spot_check(written(tmp_path) / "抽查工作簿.xlsx")
    assert [subject.id for subject in read.subjects] == [subject.id for subject in sample().check.subjects]
    assert (read.batch.as_of, read.batch.organiser, read.findings) == (date(2019, 9, 30), "县政府办", ())


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where the draw cannot be kept, or the spot check not be written, the folder stays as it was."""

    def refuse() -> None:
        assert not (tmp_path / "抽样记录.xlsx").exists()
        raise RuntimeError("登记")

    with pytest.raises(RuntimeError, match="登记"):
        write_sample(sample(), tmp_path, refuse)
    made = sample()
    bare = replace(made.check, subjects=(replace(SITE, service=None),))
    with pytest.raises(OutputError, match="对外服务职能"):
        write_sample(replace(made, check=bare, inspectors=()), tmp_path, pytest.fail)
    assert list(tmp_path.iterdir()) == []


def test_other_files_are_no_minutes(tmp_path: Path) -> None:
    """A workbook without the sheets is refused in a sentence, and so are minutes that lack a line."""
    folder = written(tmp_path)
    with pytest.raises(ValueError, match=r"分工表.*请：.*抽样记录"):
        read_minutes(folder / "分工表.xlsx")
    book = openpyxl.load_workbook(folder / "抽样记录.xlsx")
    for row in book["抽样记录"].iter_rows(max_col=1):
        if row[0].value == "随机种子":
            row[0].value = "种子"
    book.save(folder / "改.xlsx")
    with pytest.raises(ValueError, match="请："):
        read_minutes(folder / "改.xlsx")


def test_minutes_without_headings(tmp_path: Path) -> None:
    """Minutes whose table of lots has lost its heading are refused in a sentence."""
    book = openpyxl.load_workbook(written(tmp_path) / "抽样记录.xlsx")
    for row in book["抽签表"].iter_rows():
        for cell in row:
            if cell.value == "新媒体标识码":
                cell.value = "代码"
    book.save(tmp_path / "改.xlsx")
    with pytest.raises(ValueError, match="请："):
        read_minutes(tmp_path / "改.xlsx")
