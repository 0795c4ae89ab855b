"""The page of the training in a real browser: an item looked up, a score pushed below a line, a case answered, a class, rules."""

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


def do_what_is_handed_out(training: TrainingOnPage, who: str) -> None:
    """Judge what a trainer has handed out, as one of the class: all without a problem."""
    training.open("练习")
    say_who(training.page, who)
    training.expect_text("老师发的题：一个微信公众号")
    training.button("开始或接着做").click()
    form = FormPage(training.page)
    form.button("其余未发现").click()
    form.button("确认").click()
    training.expect_text("已判 8/8")
    expect(training.button("对答案")).to_have_count(0)


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
    training.open("班级")
    training.choose_task("一个微信公众号")
    page.get_by_label("学员", exact=True).fill(f"甲{server.verb}\n乙{server.verb}")
    training.button("发表单").click()
    training.expect_text("建了 2 份表单")
    for who in ("甲", "乙"):
        do_what_is_handed_out(training, f"{who}{server.verb}")
    training.open("班级")
    say_who(page, "老师")
    training.button("比较").click()
    training.expect_text("2 人，全部答案两两一致：100.00%（8/8）")
    training.view("各项指标")
    training.expect_text("M1")
    training.open("改规则")
    training.rehearse("只比较规则", "fengdu-2019-m14")
    training.expect_text("M2.1 的界限：数值由“7”改为“14”。")
    training.expect_no_error()
    log = server.home / "logs" / "forms.log"
    assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")
