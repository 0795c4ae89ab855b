"""Makes the pictures of the organiser's page for the manual, as `make_form_pictures.py` makes those of the form.

Run it with `.venv/bin/python docs/make_plan_pictures.py`; it needs Chromium. The data are the sample's, and made up.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the helpers of the browser tests are no package that is installed

from tests.browser.conftest import CHROMIUM, OPTIONS  # noqa: E402 - see above
from tests.browser.form import take_in_sample  # noqa: E402
from tests.browser.plan import PlanPage  # noqa: E402
from tests.browser.servers import start_server  # noqa: E402
from tests.browser.summary import SummaryOnPage  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
TALL = {"width": 1366, "height": 900}
SETTLED = 1500  # milliseconds after which a page shows everything it was sent
PEOPLE = "王明 青禾县人民政府办公室\n李红 青禾县教育委员会\n赵强 青禾县融媒体中心"


def main() -> None:
    """Start the pages on an empty data folder, go through a quarter of the sample year, and keep what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("app", ROOT / "notebooks", Path(folder))
        try:
            with sync_playwright() as playwright:
                program = next(filter(None, map(shutil.which, CHROMIUM)))
                as_root = sys.platform != "win32" and os.geteuid() == 0
                browser = playwright.chromium.launch(
                    executable_path=program, args=[*OPTIONS, *(["--no-sandbox"] if as_root else [])]
                )
                page = browser.new_page(viewport=TALL, locale="zh-CN")  # type: ignore[arg-type]
                page.goto(server.page("01_ledger_and_sample.ipynb"))
                quarter(PlanPage(page))
                page.goto(server.page("00_start.ipynb"))
                take_in_sample(page, "王敏")
                page.goto(server.page("03_summarise_and_file.ipynb"))
                summary(SummaryOnPage(page))
                browser.close()
        finally:
            server.stop()


def quarter(plan: PlanPage) -> None:
    """Five pictures: ledger, draw, problems, checklist, decisions."""
    plan.take_in_sample("王敏")
    plan.choose_quarter("2019年第四季度")
    keep(plan.page, "组织者-台账")
    plan.open("抽样与分工")
    plan.draw(PEOPLE, "20191220")
    hide_place(plan.page)
    keep(plan.page, "组织者-抽样")
    plan.open("规则核查")
    plan.check("丰都县 2019")
    keep(plan.page, "组织者-规则核查")
    plan.button("人工核查").click()
    plan.judge("FD01", "不符合")
    keep(plan.page, "组织者-人工核查")
    plan.open("账号处置")
    plan.page.locator(".gk-message .gk-note").evaluate_all("notes => notes.forEach(note => note.remove())")
    keep(plan.page, "组织者-账号处置")


def summary(page: SummaryOnPage) -> None:
    """One picture: what the inspected batch of the sample comes to."""
    page.choose_batch("2019年第四季度")
    page.expect_text("36.36%（8/22）")
    keep(page.page, "组织者-汇总")


def hide_place(page: Page) -> None:
    """Say where files are as on a desk of an office, not where this machine keeps those of the picture."""
    place = r"C:\Users\王敏\AppData\Local\govkit\导出\2019Q4"
    page.locator(".gk-note .gk-dim").evaluate_all(
        "(nodes, text) => nodes.forEach(node => node.textContent = text)", place
    )


def keep(page: Page, name: str) -> None:
    """Keep what the window shows, from the top of the form."""
    page.locator(".gk").first.evaluate("element => element.scrollIntoView()")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
