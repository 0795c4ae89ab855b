"""The page of what follows an inspection in a real browser, in JupyterLab and on pages."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from govkit.issues import Rechecked
from govkit.store import Home, open_home
from tests.browser.conftest import Serve, Visit
from tests.browser.follow import FollowOnPage
from tests.browser.form import choose_file, say_who
from tests.browser.servers import Server
from tests.organising.reviewed import PICTURE, add_reviewed
from tests.organising.years import add_quarter, name_of, year_book
from tests.workbooks import write

OpenFollow = Callable[[Server], FollowOnPage]


@pytest.fixture(scope="module", params=["lab", "app"])
def server(request: pytest.FixtureRequest, serve: Serve, notebooks: Path) -> Server:
    """A server of JupyterLab, then one of the pages, with a home of their own: other tests count the batches there."""
    return serve(request.param, notebooks)


@pytest.fixture
def open_follow(visit: Visit, run_all: Callable[[Page], None]) -> Iterator[OpenFollow]:
    """A function that opens the page of a server. At the end of the test it fails if a handler has failed."""
    used: list[Server] = []

    def opened(server: Server) -> FollowOnPage:
        used.append(server)
        page = visit(server, "04_rectify_and_assess.ipynb")
        if server.verb == "lab":
            run_all(page)
        return FollowOnPage(page)

    yield opened
    for log in {server.home / "logs" / "forms.log" for server in used}:
        assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")


def year_in(server: Server, folder: Path) -> Home:
    """The home of a server, with the four quarters of a year."""
    home = open_home({"GOVKIT_HOME": str(server.home)})
    for number in range(1, 5):
        if name_of(number) not in {batch.name for batch in home.batches()}:
            add_quarter(home, folder, number)
    return home


def below(first: Locator, second: Locator) -> float:
    """How many pixels the top of one thing is below that of another."""
    above, under = first.bounding_box(), second.bounding_box()
    assert above
    assert under
    return under["y"] - above["y"]


def test_rectification(server: Server, open_follow: OpenFollow, tmp_path: Path) -> None:
    """Units are told, a sheet comes back, a recheck is typed, survives a reload, and is recorded with a picture."""
    home = open_home({"GOVKIT_HOME": str(server.home)})
    add_reviewed(home, tmp_path)
    follow = open_follow(server)
    say_who(follow.page, "王敏")
    follow.tell_units("第四季度抽查", "2020-01-06")
    expect(follow.page.locator("a[download$='.docx']")).to_have_count(2)
    with home.register() as register:
        number = next(case.issue.id for case in register.rectifications("第四季度抽查") if case.issue.item == "V5.1")
    sheet = "| 整改台账 | 问题编号 | 整改情况 | 整改日期 |\n"
    write(tmp_path / "县教委.xlsx", sheet, f"| | {number} | 已修好 | 2020-01-15 |")
    follow.open("收整改台账")
    choose_file(follow.page, "读取整改台账", tmp_path / "县教委.xlsx")
    expect(follow.good).to_contain_text("新的整改情况 1 条")
    follow.open("跟踪与复查")
    follow.choose_problem("V5.1")
    expect(follow.page.locator("img.gk-shot").first).to_be_attached()
    follow.button("未通过").click()
    follow.page.get_by_placeholder("看了什么").fill("还是打不开")
    follow.expect_text("草稿已存")
    again = open_follow(server)
    again.open("跟踪与复查")
    again.choose_problem("V5.1")
    expect(again.page.get_by_placeholder("看了什么")).to_have_value("还是打不开")
    choose_file(again.page, "上传截图", {"name": "看.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(again.page.locator("img.gk-shot")).to_have_count(2)
    again.page.get_by_label("日期", exact=True).fill("2020-02-04")
    again.page.get_by_label("新的期限").fill("2020-02-17")
    assert below(again.page.get_by_label("新的期限"), again.button("登记复查")) < 150  # which is a line of pictures
    again.button("登记复查").click()
    expect(again.good).to_contain_text("现在是“复查未通过”")
    again.expect_no_error()
    with home.register() as register:
        case = next(case for case in register.rectifications() if case.issue.id == number)
        told = register.told(case)[-1]
    assert isinstance(told.value, Rechecked)
    assert (told.actor, told.value.note, told.value.deadline) == ("王敏", "还是打不开", date(2020, 2, 17))
    assert len(told.value.evidence) == 1


def test_year(server: Server, open_follow: OpenFollow, tmp_path: Path) -> None:
    """A year is assessed with a file that a person chooses, shown unit by unit, written, and kept for the next visit."""
    home = year_in(server, tmp_path)
    year_book(tmp_path)
    follow = open_follow(server)
    follow.open("年度考核")
    follow.page.get_by_label("年度").select_option(label="2019")
    choose_file(follow.page, "读取考核资料", tmp_path / "考核资料.xlsx")
    expect(follow.good).to_contain_text("考核资料.xlsx")
    follow.button("考核").click()
    expect(follow.good).to_contain_text("不合格 2 个")
    follow.page.get_by_label("单位").select_option(label="县档案局")
    follow.expect_text("上级抽查因严重表述错误不合格：1 个对象，1 次")
    follow.button("导出年度考核表").click()
    expect(follow.page.locator("a[download$='年度考核表.xlsx']")).to_be_visible()
    assert (home.folder / "导出" / "2019年" / "年度考核表.xlsx").exists()
    follow.open("报告")
    follow.page.get_by_label("年度").select_option(label="2019")
    follow.button("生成报告").click()
    expect(follow.good).to_contain_text("报告 1 份已写好")
    expect(follow.page.locator("a[download$='.docx']")).to_be_visible()
    follow.open("工作日历")
    follow.expect_text("最后工作日")
    follow.expect_no_error()
    again = open_follow(server)
    again.open("年度考核")
    again.page.get_by_label("年度").select_option(label="2019")
    expect(again.page.locator("select").filter(has_text="考核资料.xlsx")).to_have_count(1)
    again.expect_no_error()
