"""Makes the pictures of organisers' and trainers' pages for the manual, as `make_form_pictures.py` those of the form.

Run it with `.venv/bin/python docs/make_plan_pictures.py`; it needs Chromium. The data are the sample's, and made up.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from govkit.findings import Finding, Outcome
from govkit.messages import say
from govkit.organising.practice import Practice
from govkit.organising.sample_year import run_sample_year
from govkit.store import Change, open_home
from govkit.training import load_tasks

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the helpers of the browser tests are no package that is installed

from tests.browser.conftest import CHROMIUM, OPTIONS  # noqa: E402 - see above
from tests.browser.follow import FollowOnPage  # noqa: E402
from tests.browser.form import FormPage, choose_file, say_who, take_in_sample  # noqa: E402
from tests.browser.plan import PlanPage  # noqa: E402
from tests.browser.servers import Server, start_server  # noqa: E402
from tests.browser.summary import SummaryOnPage  # noqa: E402
from tests.browser.training import TrainingOnPage  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
TALL = {"width": 1366, "height": 900}
SETTLED = 1500  # milliseconds after which a page shows everything it was sent
CLASS = ("陈静", "李红", "刘洋", "王明", "张伟", "赵强")
PEOPLE = "王明 青禾县人民政府办公室\n李红 青禾县教育委员会\n赵强 青禾县融媒体中心"


def main() -> None:
    """Go through a quarter of the sample in an empty data folder, the training, then what follows; keep the looks."""
    with shown() as (server, page):
        page.goto(server.page("01_ledger_and_sample.ipynb"))
        quarter(PlanPage(page))
        page.goto(server.page("00_start.ipynb"))
        take_in_sample(page, "王敏")
        page.goto(server.page("03_summarise_and_file.ipynb"))
        summary(SummaryOnPage(page))
        page.goto(server.page("04_rectify_and_assess.ipynb"))
        notice(FollowOnPage(page))
        page.goto(server.page("05_training.ipynb"))
        training(TrainingOnPage(page))
        lesson(TrainingOnPage(page), server.home)
        rules(TrainingOnPage(page))
    with shown() as (server, page), tempfile.TemporaryDirectory() as folder:
        run_sample_year(ROOT / "sample_data", Path(folder), lambda _: None)
        shutil.copytree(Path(folder) / say("sample_year.home"), server.home, dirs_exist_ok=True)
        page.goto(server.page("04_rectify_and_assess.ipynb"))
        say_who(page, "王敏")
        follow_up(FollowOnPage(page))


@contextmanager
def shown() -> Iterator[tuple[Server, Page]]:
    """The pages of an empty data folder, and a window to look at them."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("app", ROOT / "notebooks", Path(folder))
        try:
            with sync_playwright() as playwright:
                program = next(filter(None, map(shutil.which, CHROMIUM)))
                as_root = sys.platform != "win32" and os.geteuid() == 0
                browser = playwright.chromium.launch(
                    executable_path=program, args=[*OPTIONS, *(["--no-sandbox"] if as_root else [])]
                )
                yield server, browser.new_page(viewport=TALL, locale="zh-CN")  # type: ignore[arg-type]
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


def notice(page: FollowOnPage) -> None:
    """One picture: the problems of the inspected batch, which no unit has been told of yet."""
    page.choose_batch("2019年第四季度")
    page.page.get_by_label("通知日期").fill("2020-01-06")
    page.page.get_by_label("联系方式").fill("王敏 1234567")
    page.button("列出问题").click()
    page.expect_text("没有通知过的")
    keep(page.page, "组织者-整改通知")


def follow_up(page: FollowOnPage) -> None:
    """Two pictures: a problem that was not mended, and the verdicts on units of the sample year."""
    page.open("跟踪与复查")
    page.page.get_by_label("逾期截至").fill("2020-03-31")
    page.page.keyboard.press("Enter")
    page.page.locator(".gk-filter").get_by_role("button", name="复查未通过").click()
    page.choose_problem("复查未通过")
    page.button("通过").click()
    page.page.get_by_label("日期", exact=True).fill("2020-01-16")
    page.page.get_by_placeholder("看了什么").fill("当年的惠农政策已发布 6 条，栏目正常。")
    keep(page.page, "组织者-复查")
    page.open("年度考核")
    choose_file(page.page, "读取考核资料", ROOT / "sample_data" / say("sample_year.folder") / "考核资料.xlsx")
    expect(page.good).to_contain_text("考核资料.xlsx")
    quarter_file = ROOT / "sample_data" / "季度" / "2019Q4.xlsx"
    choose_file(page.page, "读取考核资料", quarter_file)
    expect(page.good).to_contain_text(quarter_file.name)
    page.button("考核").click()
    expect(page.good).to_contain_text("考核完毕")
    page.page.locator(".gk-filter").get_by_role("button", name="不合格").click()
    keep(page.page, "组织者-年度考核")


def training(page: TrainingOnPage) -> None:
    """Three pictures: a score before and after a change, the answer of a case, an exercise with what was wrong."""
    page.open("演示")
    page.begin_with("恰好60.00分")
    page.change("D22.2", "发现问题")
    keep(page.page, "培训-演示")
    page.open("案例")
    page.choose_case("恰好60.00分")
    page.button("看答案").click()
    page.expect_text("容易错在")
    keep(page.page, "培训-案例")
    page.open("练习")
    say_who(page.page, "王敏")
    page.choose_exercise("一个微信公众号")
    page.button("开始或接着做").click()
    form = FormPage(page.page)
    form.row("M1.1").get_by_role("button", name="未发现", exact=True).click()
    expect(form.row("M1.1").locator(".gk-facts", has_text="未发现")).to_be_visible()
    page.button("对答案").click()
    page.expect_text("还有")
    keep(page.page, "培训-练习", height=1500)


def lesson(page: TrainingOnPage, home: Path) -> None:
    """One picture: a class of six who judged a case in the form, gone through by the items on which they differ."""
    page.open("班级")
    page.choose_task("恰好60.00分")
    page.page.get_by_label("学员", exact=True).fill("\n".join(CLASS))
    page.button("发表单").click()
    page.expect_text("建了 6 份表单")
    judged(home)
    page.button("比较").click()
    page.expect_text("6 人，全部答案两两一致")
    page.view("有分歧或判错的")
    page.expect_text("各人的答案")
    hide_place(page.page)
    keep(page.page, "培训-班级", height=1500)


def rules(page: TrainingOnPage) -> None:
    """One picture: the inspected batch of the sample rehearsed by the variant that gives accounts two weeks."""
    page.open("改规则")
    page.rehearse("2019年第四季度", "fengdu-2019-m14")
    page.expect_text("结果有变化的")
    hide_place(page.page)
    keep(page.page, "培训-改规则", height=1100)


def judged(home: Path) -> None:
    """Answers of the class: right ones but for a few, which are others for each."""
    task = next(task for task in load_tasks() if task.title == "恰好60.00分")
    situation, practice = task.situation(), Practice(open_home({"GOVKIT_HOME": str(home)}))
    result = situation.result()
    for number, who in enumerate(CLASS):
        with practice.home.open(practice.assigned(who)[task.id].key) as store:
            found = [
                situation.findings.get(code) or Finding(task.object.id, code, judgement.outcome)
                for code, judgement in result.judgements.items()
            ]
            for place in range(1, number + 1):
                value = found[place * 17 % len(found)]
                kept = value.outcome == Outcome.FOUND
                found[found.index(value)] = Finding(
                    task.object.id, value.item, Outcome.CLEAR if kept else Outcome.FOUND, None if kept else 1
                )
            store.write(who, task.object.id, [Change(value.item, value, 0) for value in found])


def hide_place(page: Page) -> None:
    """Say where files are as on a desk of an office, not where this machine keeps those of the picture."""
    place = r"C:\Users\王敏\AppData\Local\govkit\导出\2019Q4"
    page.locator(".gk-note .gk-dim").evaluate_all(
        "(nodes, text) => nodes.forEach(node => node.textContent = text)", place
    )


def keep(page: Page, name: str, *, height: int = TALL["height"]) -> None:
    """Keep what a window of this height shows, from the top of the form."""
    page.set_viewport_size({"width": TALL["width"], "height": height})
    page.locator(".gk").first.evaluate("element => element.scrollIntoView()")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(TALL)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
