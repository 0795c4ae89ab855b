"""年度考核 and 工作日历: a year is assessed from batches and files that stay, and what is due is shown.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from datetime import date
from pathlib import Path

import pytest

from govkit.assessing import Standing
from govkit.forms.follow.assess_pane import AssessPane
from govkit.forms.follow.calendar_pane import CalendarPane
from govkit.forms.follow.page import FollowPage, follow_up
from govkit.organising import QuarterFiles, choose_packs
from govkit.quarters import Quarter
from govkit.store import Home
from tests.forms.browser import html, live, parsed, sent_files, words
from tests.forms.conftest import SAMPLES
from tests.organising.years import FRAUDS, OUTSIDE, UNITS, add_quarter, name_of, year_book
from tests.sheets.season.cells import sheets_of, table_of

TODAY = date(2020, 1, 3)
EVIL = "<img src=x onerror=alert(1)>{x}"


@pytest.fixture
def year_home(empty_home: Home, tmp_path: Path) -> Home:
    """A home with the four quarters of a year."""
    for number in range(1, 5):
        add_quarter(empty_home, tmp_path, number)
    empty_home.set_inspector("组织者")
    return empty_home


def assess_pane(page: FollowPage) -> AssessPane:
    """Go to 年度考核."""
    page.tabs.value = "assess"
    pane = page.panes["assess"]
    assert isinstance(pane, AssessPane)
    return pane


def calendar_pane(page: FollowPage) -> CalendarPane:
    """Go to 工作日历."""
    page.tabs.value = "calendar"
    pane = page.panes["calendar"]
    assert isinstance(pane, CalendarPane)
    return pane


def upload(pane: AssessPane, *files: tuple[str, bytes]) -> None:
    """Choose files in the browser."""
    pane.files.upload.value = sent_files(*files)


def standings(page: FollowPage) -> dict[str, Standing]:
    """What the last assessment says of each unit."""
    done = assess_pane(page)._assessed
    assert done
    return {each.unit.name: each.standing for each in done.assessment.units}


def test_a_year(year_home: Home, tmp_path: Path) -> None:
    """Units are assessed with grounds, clauses and evidence; one that failed twice is one object, with both failures."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path))
    pane.assess.click()
    assert standings(page) == {"县教委": Standing.FAIL, "县档案局": Standing.FAIL, "县信访局": Standing.PASS}
    assert "不合格 2 个" in words(page.screen.message)
    assert "县政府办公室抽查不合格：2 个对象，3 次" in words(pane.list)
    pane.units.list.value = "县教委"
    shown = words(pane.details)
    assert "县教委　不合格" in shown
    assert "年度考核说明" in shown
    assert shown.count("教委发布") == 2
    assert "2019年第一季度" in shown
    pane.units.list.value = "县信访局"
    assert "没有不合格的网站、账号" in words(pane.details)


def test_filter(year_home: Home, tmp_path: Path) -> None:
    """Units of one verdict can be listed alone; each is counted beside its word."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path))
    pane.assess.click()
    assert [label for label, _ in pane.standing.options] == ["全部（3）", "不合格（2）", "待定（0）", "合格（1）"]
    pane.standing.value = str(Standing.PASS)
    assert "县教委" not in words(pane.list)
    assert list(pane.units.list.options) == [("县信访局", "县信访局")]
    pane.standing.value = str(Standing.OPEN)
    assert "没有这样的单位" in words(pane.list)
    assert words(pane.details) == ""


def test_what_is_missing(year_home: Home, tmp_path: Path) -> None:
    """Without the other sheets nobody passes, and what is missing is told; once it is there, all is known."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    pane.assess.click()
    assert Standing.PASS not in standings(page).values()
    assert all(name in words(pane.words) for name in ("外部抽查结果", "弄虚作假记录", "单位名录"))
    upload(pane, year_book(tmp_path, UNITS, name="名录.xlsx"), year_book(tmp_path, OUTSIDE, FRAUDS))
    assert pane._assessed is None
    assert pane.export.disabled
    pane.assess.click()
    assert standings(page)["县信访局"] == Standing.PASS


def test_batches_that_do_not_count(year_home: Home, tmp_path: Path) -> None:
    """A batch can be left out; what was chosen, and the files, are there again after a reload."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path))
    assert list(pane.batches) == [name_of(number) for number in range(1, 5)]
    assert all(box.value for box in pane.batches.values())
    pane.batches[name_of(3)].value = False
    pane.assess.click()
    assert standings(page)["县教委"] == Standing.OPEN
    assert "第三季度" in words(pane.words)
    again = assess_pane(FollowPage(year_home, TODAY))
    assert {name: box.value for name, box in again.batches.items()} == {
        name_of(number): number != 3 for number in range(1, 5)
    }
    assert list(again.files.drop.options) == ["考核资料.xlsx"]
    again.batches[name_of(3)].value = True
    again.assess.click()
    assert "不合格 2 个" in words(again.desktop.screen.message)


def test_spot_checks_among_the_files(empty_home: Home, tmp_path: Path) -> None:
    """A quarter that is no batch counts from its workbook; one that is both counts once."""
    for number in (1, 2, 4):
        add_quarter(empty_home, tmp_path, number)
    (tmp_path / "别处").mkdir()
    page = FollowPage(empty_home, TODAY)
    pane = assess_pane(page)
    books = ((tmp_path / f"{number}.xlsx").read_bytes() for number in (1, 2))
    upload(pane, year_book(tmp_path), *((f"{number}.xlsx", book) for number, book in enumerate(books, 1)))
    pane.assess.click()
    assert standings(page)["县教委"] == Standing.OPEN
    assert "1 个对象，2 次" not in words(pane.list)
    pane.units.list.value = "县教委"
    assert words(pane.details).count("教委发布") == 2
    other = Home(tmp_path / "别处", empty_home._place)
    add_quarter(other, tmp_path / "别处", 3)
    upload(pane, ("3.xlsx", (tmp_path / "别处" / "3.xlsx").read_bytes()))
    pane.assess.click()
    assert standings(page)["县教委"] == Standing.FAIL


def test_units_of_a_quarter(home: Home) -> None:
    """Where the files of the year have no directory of units, that of its last quarter counts, and this is told."""
    path = SAMPLES / "季度" / "2019Q4.xlsx"
    QuarterFiles(home.folder, Quarter(2019, 4)).take_in((path.name, path.read_bytes()))
    page = FollowPage(home, TODAY)
    pane = assess_pane(page)
    pane.year.value = 2019
    pane.assess.click()
    assert "用的是2019年第四季度资料里的" in words(pane.words)
    assert "没有“单位名录”，不知道" not in words(pane.words)


def test_wrong_file(year_home: Home, tmp_path: Path) -> None:
    """All that is wrong with a file is shown as text, and nothing is kept of it."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path, UNITS, OUTSIDE.replace("不合格", EVIL)))
    tags, text = parsed(html(page.screen.message))
    assert {tag for tag, _ in tags} == {"div", "br"}
    assert EVIL in text
    assert not pane.files.names


def test_hostile_names(year_home: Home, tmp_path: Path) -> None:
    """Names of units and batches are text."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path, UNITS.replace("县档案局", EVIL), OUTSIDE, FRAUDS))
    pane.assess.click()
    pane.units.list.value = EVIL
    assert "img" not in {tag for tag, _ in parsed(html(pane.box))[0]}


def test_export_assessment(year_home: Home, tmp_path: Path) -> None:
    """年度考核表 is written as the command writes it, and linked to; another year has no link."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path))
    pane.assess.click()
    pane.export.click()
    path = year_home.folder / "导出" / "2019年" / "年度考核表.xlsx"
    rows = table_of(sheets_of(path)["结论"])
    assert {row["考核对象"]: row["结论"] for row in rows if isinstance(row["序号"], int)}["县信访局"] == "合格"
    assert html(pane.links).count("download=") == 1
    pane.files.put_away.click()
    assert pane.links.value == ""


def test_year_without_batches(empty_home: Home) -> None:
    """An empty home says what to do, for the year of today."""
    page = FollowPage(empty_home, TODAY)
    pane = assess_pane(page)
    assert pane.year.value == 2020
    assert "2020年还没有批次" in words(pane.words)


def test_calendar(empty_home: Home) -> None:
    """What is due by the packs that are switched on, with the last working day; what is past, and what comes next."""
    choose_packs(empty_home.folder, ["fengdu-2019"])
    pane = calendar_pane(FollowPage(empty_home, TODAY))
    assert {name: box.value for name, box in pane.packs.items() if box.value} == {"fengdu-2019": True}
    shown = words(pane.list)
    assert "下一项，还有 2 天2020-01-052020-01-03" in shown
    assert "已过" not in shown
    later = calendar_pane(FollowPage(empty_home, date(2020, 3, 31)))
    assert "已过2020-01-052020-01-03" in words(later.list)
    assert "今天截止2020-03-31" in words(later.list)
    for box in later.packs.values():
        box.value = False
    assert "没有要办的事" in words(later.list)
    assert later.export.disabled


def test_calendar_of_a_year_of_which_nobody_knows_the_holidays(empty_home: Home) -> None:
    """Days stand there, working days are unknown, and this is told."""
    pane = calendar_pane(FollowPage(empty_home, date(2999, 1, 1)))
    assert "未知" in words(pane.list)
    assert "不知道 2999 年的工作日" in words(pane.list)


def test_export_calendar(empty_home: Home) -> None:
    """The calendar is written with all that is shown, and linked to until something else is shown."""
    pane = calendar_pane(FollowPage(empty_home, TODAY))
    pane.export.click()
    rows = table_of(sheets_of(empty_home.folder / "导出" / "2020年" / "工作日历.xlsx")["工作日历"])
    assert len(rows) == html(pane.list).count("<tr>") - 1
    assert html(pane.links).count("download=") == 1
    pane.year.value = 2021
    assert pane.links.value == ""


def test_widgets_are_not_made_anew(year_home: Home, tmp_path: Path) -> None:
    """Assessing, choosing units, and going through panes makes no more widgets than there were."""
    page = FollowPage(year_home, TODAY)
    pane = assess_pane(page)
    upload(pane, year_book(tmp_path))
    before = live()
    for _ in range(2):
        pane.assess.click()
        pane.standing.value = str(Standing.FAIL)
        calendar_pane(page)
        assess_pane(page)
    assert live() == before


def test_follow_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`follow_up` shows the page of the home that the environment names, or says what to do."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "空的"))
    assert "还没有批次" in words(follow_up())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(follow_up())
