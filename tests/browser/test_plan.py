"""The organiser's page in a real browser, in JupyterLab and on pages: a quarter from its files to decisions."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from govkit.findings import Outcome
from govkit.quarters import Quarter
from govkit.store import Home, open_home
from tests.browser.conftest import Visit
from tests.browser.form import choose_file
from tests.browser.plan import PlanPage
from tests.browser.servers import Server
from tests.organising.quarters import LATER, SITES, quarter_file

QUARTER = Quarter(2019, 4)
RULE = "FD01"
PEOPLE = "王明 青禾县人民政府办公室\n李红 青禾县教育委员会\n赵强"

OpenPlan = Callable[[Server], PlanPage]


@pytest.fixture(params=["lab", "app"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of JupyterLab, then that of the pages."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def open_plan(visit: Visit, run_all: Callable[[Page], None]) -> Iterator[OpenPlan]:
    """A function that opens the page of a server. At the end of the test it fails if a handler has failed."""
    used: list[Server] = []

    def opened(server: Server) -> PlanPage:
        used.append(server)
        page = visit(server, "01_ledger_and_sample.ipynb")
        if server.verb == "lab":
            run_all(page)
        return PlanPage(page)

    yield opened
    for log in {server.home / "logs" / "forms.log" for server in used}:
        assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")


def home_of(server: Server) -> Home:
    """The data of a server, as another program sees it."""
    return open_home({"GOVKIT_HOME": str(server.home)})


def test_a_quarter(server: Server, open_plan: OpenPlan) -> None:
    """The sample year is taken in, drawn from, checked, judged and decided on; all of it is on the disk, and shows again."""
    plan = open_plan(server)
    plan.take_in_sample("王敏")
    plan.choose_quarter("2019年第四季度")
    expect(plan.page.locator(".gk-table").nth(1)).to_contain_text("主办单位变化")
    plan.open("抽样与分工")
    plan.draw(PEOPLE, "20191220")
    plan.open("规则核查")
    plan.check("丰都县 2019")
    expect(plan.page.locator(".gk-table")).to_contain_text("微信公众号上有 2 个账号")
    expect(plan.page.locator("img[src^='blob:'], img[src^='data:image/png']").first).to_be_visible()
    plan.button("人工核查").click()
    plan.judge(RULE, "不符合")
    plan.page.get_by_placeholder("看了什么").fill("还在单独的服务器上。")
    plan.page.keyboard.press("Tab")
    expect(plan.page.locator(".gk-facts", has_text="还在单独的服务器上。")).to_be_visible()
    plan.open("账号处置")
    plan.button("记录决定").click()
    expect(plan.good).to_contain_text("已记录")
    plan.expect_no_error()
    with home_of(server).register() as register:
        draw = register.draw(QUARTER)
        assert draw
        assert (draw.actor, draw.value.draw.seed) == ("王敏", "20191220")
        judged = [entry.value for (_, rule), entry in register.judged(QUARTER).items() if rule == RULE]
        assert [(finding.outcome, finding.note) for finding in judged] == [(Outcome.FOUND, "还在单独的服务器上。")]
        assert len(register.decisions(QUARTER)) == 1
    plan.page.reload()
    if server.verb == "app":
        again = open_plan(server)
        again.choose_quarter("2019年第四季度")
        again.open("抽样与分工")
        expect(again.page.locator(".gk-name").first).to_contain_text("抽取")


def test_files_of_units(app: Server, open_plan: OpenPlan, tmp_path: Path) -> None:
    """A file is read with the button; one that is wrong says so in the page, and is not kept."""
    plan = open_plan(app)
    plan.page.get_by_label("季度").select_option(index=0)  # which has no files yet
    for name, sites in (("甲.xlsx", SITES), ("乙.xlsx", SITES.replace("9901230001", "99012300"))):
        quarter_file(tmp_path, sites, LATER, name=name)
        choose_file(plan.page, "读取台账等资料", tmp_path / name)
    expect(plan.refused).to_contain_text("99012300")
    expect(plan.page.locator("select").filter(has_text="甲.xlsx")).to_have_count(1)
    expect(plan.page.locator("select").filter(has_text="乙.xlsx")).to_have_count(0)
    plan.expect_no_error()
