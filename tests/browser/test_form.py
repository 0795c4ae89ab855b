"""The inspection form in a real browser, in JupyterLab and on pages: a whole site, and everything that can go wrong."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from govkit.findings import Outcome, Stage
from govkit.store import Home, Store, open_home
from tests.browser.conftest import Visit
from tests.browser.form import PRACTICE, FormPage, OpenForm, choose_file, compose, say_who, take_in_sample
from tests.browser.servers import Server, write_notebook
from tests.workbooks import write

HACK = "<img src=x onerror=window.hacked=1>"


@pytest.fixture(params=["lab", "app"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of JupyterLab, then that of the pages."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def open_form(visit: Visit, run_all: Callable[[Page], None]) -> Iterator[OpenForm]:
    """A function that opens the form of a server as somebody; the sample is taken in first where it is not there.

    At the end of the test it fails if a handler of a form has failed.
    """
    used: list[Server] = []

    def opened(server: Server, name: str = "王敏") -> FormPage:
        used.append(server)
        if not home_of(server).batches():
            start = visit(server, "00_start.ipynb")
            if server.verb == "lab":
                run_all(start)
            take_in_sample(start, name)
            start.close()
        page = visit(server, "02_inspect.ipynb")
        if server.verb == "lab":
            run_all(page)
        form = FormPage(page)
        form.be(name)
        return form

    yield opened
    for log in {server.home / "logs" / "forms.log" for server in used}:
        assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")


def home_of(server: Server) -> Home:
    """The data of a server, as another program sees it."""
    server.home.mkdir(exist_ok=True)
    return open_home({"GOVKIT_HOME": str(server.home)})


def practice(server: Server) -> Store:
    """The batch to practise on, opened beside the form."""
    home = home_of(server)
    return home.open(next(batch.key for batch in home.batches() if PRACTICE in batch.name))


def judge_vetoes(form: FormPage) -> None:
    """Judge the first pane: a veto by keyboard, its note through an input method, both taken back, then nothing found."""
    page = form.page
    # The focus goes through the buttons of a row, and the blank presses one.
    form.row("V1.1").get_by_role("button", name="未发现").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(form.bar).to_contain_text("不合格")
    form.note().focus()
    compose(page, ["c", "cuo", "cuobie"], "错别")
    compose(page, ["z", "zi"], "字")
    expect(form.row("V1.1").locator(".gk-facts")).to_contain_text("错别字")
    form.open("加分")
    expect(page.locator(".gk-note").filter(has_text="不再评分")).to_be_visible()
    page.get_by_role("button", name="撤销 V1.1").click()
    expect(form.bar).to_contain_text("不合格")
    form.open("单项否决")
    expect(form.row("V1.1").locator(".gk-facts")).not_to_contain_text("错别字")
    page.get_by_role("button", name="撤销 V1.1").click()
    expect(form.bar).to_contain_text("已判 0/89")
    form.clear_rest()


def judge_deductions(form: FormPage) -> None:
    """Find two things and a level, and nothing else; on the way, be told that it is too early to submit."""
    form.open("发布解读")
    form.pick("D1.2", "发现问题")
    form.details.get_by_label("数量").fill("2")
    form.details.get_by_label("数量").press("Enter")
    expect(form.row("D1.2")).to_contain_text("扣 2（本项最多 2）")
    form.clear_rest()
    form.open("办事服务")
    form.pick("D12.2", "扣1分")
    form.clear_rest()
    form.open("结论")
    form.button("提交").click()
    expect(form.message).to_contain_text("不能提交")
    for pane in ("互动交流", "功能设计", "加分"):
        form.open(pane)
        form.clear_rest()
    expect(form.bar).to_contain_text("最后得分 97.00")


def test_a_whole_site(server: Server, open_form: OpenForm, tmp_path: Path) -> None:
    """A site is inspected with mouse, keyboard and input method, undone, submitted, reviewed by another, exported."""
    form = open_form(server)
    page = form.page
    form.choose("9901230002")
    expect(form.bar).to_contain_text("已判 0/89")
    judge_vetoes(form)
    judge_deductions(form)
    form.open("结论")
    form.button("提交").click()
    expect(form.bar).to_contain_text("已提交")
    form.button("复核通过").click()
    expect(form.message).to_contain_text("不能由本人复核")
    form.be("李强")
    form.button("复核通过").click()
    expect(form.bar).to_contain_text("已复核")
    with page.expect_download() as download:
        form.button("导出这一份评分表").click()
        page.locator(".gk-link").click()
    path = tmp_path / "sheet.xlsx"
    download.value.save_as(path)
    cells = [str(cell) for row in openpyxl.load_workbook(path).worksheets[0].values for cell in row if cell is not None]
    assert any("97" in cell for cell in cells)
    assert any("李强" in cell and "王敏" in cell for cell in cells)
    form.expect_no_error()
    with practice(server) as store:
        record = store.record("9901230002")
        assert record.filing.stage == Stage.REVIEWED
        assert record.findings["D1.2"].count == 2
        assert record.findings["D12.2"].count == 1


def test_kernel_dies_between_clicks_and_while_typing(server: Server, open_form: OpenForm) -> None:
    """What was shown as saved when the kernel was killed is there when the form is built again."""
    form = open_form(server)
    form.choose("9901230003")
    form.pick("V1.1", "未发现")
    form.pick("V1.2", "无法判断")
    form.note().press_sequentially("页面打不开，稍后", delay=20)
    expect(form.row("V1.2").locator(".gk-facts")).to_contain_text("稍后")
    form.note().press_sequentially("再看看", delay=5)
    for kernel in server.kernels():
        server.kill_kernel(kernel)
    with practice(server) as store:
        store.settle("9901230003")
        kept = store.record("9901230003").findings
    assert kept["V1.1"].outcome == Outcome.CLEAR
    assert kept["V1.2"].note.startswith("页面打不开，稍后")
    form.page.close()
    again = open_form(server)
    again.choose("9901230003")
    expect(again.row("V1.1").get_by_role("button", name="未发现")).to_have_class(re.compile("mod-active"))
    expect(again.row("V1.2").locator(".gk-facts")).to_contain_text(kept["V1.2"].note)


def test_two_browsers_on_one_store(app: Server, open_form: OpenForm) -> None:
    """Both see that the other is there; answers to different items merge, and to one item both values are shown."""
    first, second = open_form(app, "王敏"), open_form(app, "李强")
    first.choose("9901230004")
    second.choose("9901230004")
    expect(second.page.locator(".gk-note").filter(has_text="王敏也在检查")).to_be_visible()
    first.pick("V1.1", "未发现")
    second.pick("V1.3", "未发现")
    expect(first.row("V1.3").get_by_role("button", name="未发现")).to_have_class(re.compile("mod-active"))
    code = clash_of(first, second)
    expect(second.question).to_contain_text("王敏")
    expect(second.question).to_contain_text("您：发现问题")
    second.button("用我的").click()
    expect(second.bar).to_contain_text("不合格")
    with practice(app) as store:
        values = [entry.value.outcome for entry in store.history("9901230004", code)]  # type: ignore[union-attr]
        assert values == [Outcome.CLEAR, Outcome.FOUND]
        assert store.record("9901230004").findings["V1.1"].outcome == Outcome.CLEAR


def clash_of(first: FormPage, second: FormPage) -> str:
    """Answer one item in both browsers, the second before it has seen the first; return the item.

    The second looks around every few seconds, and then knows the answer: so there may be more than one attempt.
    """
    for code in ("V1.2", "V1.4", "V1.5", "V1.6"):
        first.pick(code, "未发现")
        second.row(code).get_by_role("button", name="发现问题", exact=True).click()
        expect(second.row(code).locator(".gk-facts")).to_contain_text(re.compile("发现"))
        if second.question.count():
            return code
    raise AssertionError


def test_by_item(server: Server, open_form: OpenForm) -> None:
    """One item goes across all objects, page by page, in the same store."""
    form = open_form(server)
    form.button("按细则").click()
    form.choose_item("V5.1", "未提供网上有效咨询建言渠道")
    form.pick("9901230005", "未发现")
    form.pick("9901230006", "发现问题")
    form.note().fill("没有咨询渠道")
    expect(form.row("9901230006").locator(".gk-facts")).to_contain_text("没有咨询渠道")
    form.button("按检查对象").click()
    form.choose("9901230006")
    expect(form.row("V5.1").locator(".gk-facts")).to_contain_text("没有咨询渠道")
    with practice(server) as store:
        assert store.record("9901230005").findings["V5.1"].outcome == Outcome.CLEAR


def test_text_of_a_workbook_is_text(app: Server, open_form: OpenForm, visit: Visit, tmp_path: Path) -> None:
    """A name with HTML in it shows as it is written, on the start page and in the form, and runs nothing."""
    path = write(
        tmp_path / "坏.xlsx",
        f"""
        | 批次 | 项目 | 内容 |
        |      | 批次名称 | {HACK}批次 |
        |      | 监测时间点 | 2018-06-01 |
        |      | 检查规则 | fengdu-2019 |
        | 网站台账 | 网站标识码 | 网站名称 | 首页网址 | 主办单位 | 对外服务职能 |
        |          | 1234567890 | {HACK}网站 | javascript:window.hacked=1 | {HACK}单位 | 有 |
        | 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 问题说明 |
        |          | 1234567890 | V1.1 | 未发现 | {HACK}说明 |
        """,
    )
    form = open_form(app)
    start = visit(app, "00_start.ipynb")
    say_who(start, "王敏")
    choose_file(start, "读取抽查工作簿", path)
    expect(start.locator(".gk-table")).to_contain_text(f"{HACK}批次")
    form.page.close()
    form = open_form(app)
    form.page.get_by_label("批次").select_option(label=f"{HACK}批次（监测时间点 2018-06-01）")
    expect(form.page.locator(".gk-head")).to_contain_text(f"{HACK}网站")
    expect(form.row("V1.1")).to_contain_text(f"{HACK}说明")
    assert form.page.locator("img[src=x]").count() == 0
    assert form.page.locator("a[href^=javascript]").count() == 0
    assert start.evaluate("window.hacked") is None
    assert form.page.evaluate("window.hacked") is None


def test_screenshot_is_kept_and_shown(app: Server, open_form: OpenForm) -> None:
    """A picture that is uploaded shows beside the item, and is kept by its content."""
    form = open_form(app)
    form.choose("9901230007")
    form.pick("V1.1", "发现问题")
    content = form.page.screenshot()
    choose_file(form.page, "上传截图", {"name": "首页.png", "mimeType": "image/png", "buffer": content})
    expect(form.details.locator("img.gk-shot")).to_be_visible()
    with practice(app) as store:
        assert store.evidence(store.record("9901230007").findings["V1.1"].screenshot) == content


def test_handlers_run_where_cells_run(
    lab: Server, notebooks: Path, visit: Visit, run_all: Callable[[Page], None]
) -> None:
    """JupyterLab answers widgets in the thread that also runs what is timed: nothing happens at the same time."""
    write_notebook(
        notebooks / "threads.ipynb",
        "import threading\nimport ipywidgets as widgets\nbutton, label = widgets.Button(description='按'), widgets.Label()",
        "button.on_click(lambda _: setattr(label, 'value', str(threading.current_thread() is threading.main_thread())))",
        "widgets.VBox([button, label])",
    )
    page = visit(lab, "threads.ipynb")
    run_all(page)
    page.get_by_role("button", name="按", exact=True).click()
    expect(page.locator(".widget-label")).to_have_text("True")


def test_letters_do_not_delete_the_form(lab: Server, open_form: OpenForm) -> None:
    """Who types after a click on a button of the form changes no cell of the notebook."""
    form = open_form(lab)
    form.choose("9901230008")
    form.pick("V1.1", "未发现")
    cells = form.page.locator(".jp-Cell").count()
    for key in "ddxmrya1":
        form.page.keyboard.press(key)
    form.page.wait_for_timeout(500)
    assert form.page.locator(".jp-Cell").count() == cells
    form.pick("V1.2", "未发现")


def test_it_fits_the_screen(server: Server, open_form: OpenForm) -> None:
    """At 1366×768 nothing of the form is wider than the window, and the bar stays in sight while rows are scrolled."""
    form = open_form(server)
    widths = form.page.evaluate(
        "[...document.querySelectorAll('.gk, .gk-row, .gk-top, .gk-details')].map(e => e.getBoundingClientRect().right)"
    )
    assert max(widths) <= 1366
    form.rows.last.scroll_into_view_if_needed()
    expect(form.bar).to_be_in_viewport()
    expect(form.rows.last).to_be_in_viewport()
