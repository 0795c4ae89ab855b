"""The page of what follows an inspection in a real browser, in JupyterLab and on pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from govkit.store import Home, open_home
from tests.browser.conftest import Visit
from tests.browser.follow import FollowOnPage
from tests.browser.form import choose_file
from tests.browser.servers import Server
from tests.organising.years import add_quarter, name_of, year_book

OpenFollow = Callable[[Server], FollowOnPage]


@pytest.fixture(params=["lab", "app"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of JupyterLab, then that of the pages."""
    found: Server = request.getfixturevalue(request.param)
    return found


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
    follow.open("工作日历")
    follow.expect_text("最后工作日")
    follow.expect_no_error()
    again = open_follow(server)
    again.open("年度考核")
    again.page.get_by_label("年度").select_option(label="2019")
    expect(again.page.locator("select").filter(has_text="考核资料.xlsx")).to_have_count(1)
    again.expect_no_error()
