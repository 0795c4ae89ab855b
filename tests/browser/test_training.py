"""The page of the training in a real browser: an item looked up, a score pushed below a line, a case answered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.form import FormPage, say_who
from tests.browser.servers import Server
from tests.browser.training import TrainingOnPage


@pytest.fixture(params=["lab", "app"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of JupyterLab, then that of the pages."""
    found: Server = request.getfixturevalue(request.param)
    return found


def test_training(server: Server, visit: Visit, run_all: Callable[[Page], None]) -> None:
    """An item is looked up; one more broken link brings 60.00 below the line; the answer of a case shows when asked."""
    page = visit(server, "05_training.ipynb")
    if server.verb == "lab":
        run_all(page)
    training = TrainingOnPage(page)
    training.look_up("备案标识")
    training.expect_text("D21.1　网站标识")
    training.open("演示")
    training.begin_with("恰好60.00分")
    training.change("D22.2", "发现问题")
    training.expect_text("不合格（低于60分）")
    training.expect_text("59.90")
    training.open("案例")
    training.choose_case("恰好80.00分")
    expect(page.locator(".gk").get_by_text("容易错在")).to_have_count(0)
    training.button("看答案").click()
    training.expect_text("容易错在")
    training.open("练习")
    say_who(page, f"学员{server.verb}")
    training.expect_text("没有提到的都看过")
    training.button("开始或接着做").click()
    form = FormPage(page)
    form.open("发布解读")
    form.row("D8.1").get_by_role("button", name="未发现", exact=True).click()
    expect(form.row("D8.1").locator(".gk-facts", has_text="未发现")).to_be_visible()
    training.button("对答案").click()
    training.expect_text("漏判")
    training.expect_no_error()
    log = server.home / "logs" / "forms.log"
    assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")
