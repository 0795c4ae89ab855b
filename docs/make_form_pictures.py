"""Makes the pictures of the form for the manual: the pages of `start.py app`, worked by a browser as a person would.

Run it with `.venv/bin/python docs/make_form_pictures.py`; it needs Chromium. The data are the sample's, and made up.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from govkit.messages import say

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the helpers of the browser tests are no package that is installed

from tests.browser.conftest import CHROMIUM, OPTIONS, SCREEN  # noqa: E402 - see above
from tests.browser.form import FormPage, compose, take_in_sample  # noqa: E402
from tests.browser.servers import start_server  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
HOME = r"C:\Users\王敏\AppData\Local\govkit"
SETTLED = 700  # milliseconds after which a page shows everything it was sent


def main() -> None:
    """Start the pages on an empty data folder, inspect a site of the sample, and keep what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("app", ROOT / "notebooks", Path(folder))
        try:
            with sync_playwright() as playwright:
                program = next(filter(None, map(shutil.which, CHROMIUM)))
                as_root = sys.platform != "win32" and os.geteuid() == 0
                browser = playwright.chromium.launch(
                    executable_path=program, args=[*OPTIONS, *(["--no-sandbox"] if as_root else [])]
                )
                page = browser.new_page(viewport=SCREEN, locale="zh-CN")  # type: ignore[arg-type]
                page.goto(server.page("00_start.ipynb"))
                take_in_sample(page, "王敏")
                place = say("start.place", folder=HOME)  # not where this machine keeps the data of the picture
                page.locator(".gk-dim", has_text="数据保存在").evaluate(
                    "(node, text) => node.textContent = text", place
                )
                keep(page, "表单-开始")
                page.goto(server.page("02_inspect.ipynb"))
                inspect(FormPage(page))
                browser.close()
        finally:
            server.stop()


def inspect(form: FormPage) -> None:
    """Five pictures: the first pane, a problem entered, a veto, submitted, by item."""
    page, top = form.page, form.page.locator(".gk")
    form.be("王敏")
    form.choose("9901230002")
    form.pick("V1.1", "未发现")
    form.row("V3.1").get_by_role("button", name="详情").click()
    form.details.get_by_label("首页最近更新日期").fill("2020-03-08")
    form.details.get_by_label("首页最近更新日期").press("Enter")
    form.row("V3.1").get_by_role("button", name="详情").click()
    keep(page, "表单-第一页", top)
    form.clear_rest()
    form.open("发布解读")
    form.pick("D1.2", "发现问题")
    form.details.get_by_label("数量").fill("2")
    form.details.get_by_label("数量").press("Enter")
    form.note().focus()
    compose(page, ["jg"], "机构概况里办公地址仍是旧址，联系电话打不通")
    keep(page, "表单-填写问题", top)
    form.open("单项否决")
    form.pick("V5.1", "发现问题")
    form.open("互动交流")
    keep(page, "表单-单项否决", top)
    page.get_by_role("button", name="撤销 V5.1").click()
    for pane in ("发布解读", "办事服务", "互动交流", "功能设计", "加分"):
        form.open(pane)
        form.clear_rest()
    form.open("结论")
    form.button("提交").click()
    page.locator(".gk-note.gk-good").wait_for()
    keep(page, "表单-提交", top)
    form.button("按细则").click()
    form.choose_item("V5.1", "网上有效咨询建言渠道")
    form.pick("9901230005", "发现问题")
    form.note().fill("首页没有咨询建言入口")
    keep(page, "表单-按细则", top)


def keep(page: Page, name: str, top: Locator | None = None) -> None:
    """Keep what the window shows, from the top of the form where one is given."""
    if top:
        top.evaluate("element => element.scrollIntoView()")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
