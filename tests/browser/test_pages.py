"""`start.py app` shows notebooks as pages without code, in Chinese, from this machine alone; `lab` is JupyterLab so."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Serve, Visit
from tests.browser.servers import OPENER, Server, write_notebook

BUTTON = """
import ipywidgets

label = ipywidgets.HTML("<p>还没有点</p>")
button = ipywidgets.Button(description="点一下")
button.on_click(lambda _: setattr(label, "value", "<p>点过了</p>"))
ipywidgets.VBox([button, label])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook that works, and one that fails."""
    folder = tmp_path_factory.mktemp("笔记")
    write_notebook(folder / "00_start.ipynb", "# 开始\n\n先看[检查](02_inspect.ipynb)。公式 $x^2$。", BUTTON)
    write_notebook(folder / "02_inspect.ipynb", "# 检查", "raise ValueError('secret')", "# 后面")
    return folder


@pytest.fixture(scope="module")
def pages(serve: Serve, folder: Path) -> Server:
    """These notebooks as pages."""
    return serve("app", folder)


def button(page: Page) -> None:
    """Click the button and see that the kernel answered."""
    page.get_by_role("button", name="点一下").click()
    expect(page.get_by_text("点过了", exact=True)).to_be_visible()


def test_notebook_is_a_page_without_code(pages: Server, visit: Visit) -> None:
    """A notebook is shown in Chinese, under its heading, without code; its widgets work."""
    page = visit(pages)
    button(page)
    expect(page).to_have_title("开始")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert "ipywidgets" not in page.locator("body").inner_text()
    assert "¶" not in page.locator("body").inner_text()
    assert "token" not in page.url


def test_page_says_that_it_is_opening(pages: Server, visit: Visit) -> None:
    """While the kernel starts a sentence asks for patience, and goes when the page is there."""
    page = visit(pages, wait=False)
    expect(page.get_by_text("正在打开，请稍候……")).to_be_visible()
    button(page)
    expect(page.get_by_text("正在打开，请稍候……")).to_be_hidden()


def test_page_opens_where_packets_are_dropped(pages: Server, visit: Visit) -> None:
    """A firewall that never answers is not noticed: nothing waits for another host."""
    page = visit(pages, wait=False)
    here = re.compile(r"^\w+://127\.0\.0\.1[:/]")

    def drop(route: Route) -> None:
        if here.match(route.request.url):
            route.continue_()

    page.route("**/*", drop)
    page.reload(wait_until="load")
    button(page)


def test_link_leads_to_the_other_page(pages: Server, visit: Visit) -> None:
    """A link between notebooks opens the other page, and the kernel of the page that was left ends."""
    page = visit(pages)
    button(page)
    (left,) = {kernel for kernel in pages.kernels() if kernel in page.content()}
    page.get_by_role("link", name="检查").click()
    expect(page.get_by_role("heading", name="检查")).to_be_visible()
    assert page.url.endswith("/voila/render/02_inspect.ipynb")
    assert left not in pages.kernels()


def test_failing_cell_is_told_in_chinese(pages: Server, visit: Visit) -> None:
    """A cell that fails becomes a sentence with what to do: no traceback, no English."""
    page = visit(pages, "02_inspect.ipynb")
    shown = page.locator("#rendered_cells")
    expect(shown.locator(".notice")).to_contain_text("请：")
    words = shown.inner_text().replace("start.py app", "").replace("F5", "")
    assert not re.search("[A-Za-z]", words), words


def test_dead_kernel_is_told(pages: Server, visit: Visit) -> None:
    """When the kernel has died the page says so, as widgets that nobody answers look as before."""
    page = visit(pages)
    button(page)
    expect(page.locator("#stopped")).to_be_hidden()
    (mine,) = {kernel for kernel in pages.kernels() if kernel in page.content()}
    pages.kill_kernel(mine)
    expect(page.locator("#stopped")).to_be_visible()


def test_lost_server_is_told_until_it_is_back(pages: Server, visit: Visit) -> None:
    """Without the server the page says so, and says no more when the server answers again."""
    page = visit(pages)
    button(page)
    page.context.set_offline(True)
    expect(page.locator("#disconnected")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#disconnected")).to_be_hidden()


def test_open_page_keeps_its_kernel_through_a_download(pages: Server, visit: Visit) -> None:
    """A link that turns out to be a download leaves the page and its widgets as they were."""
    page = visit(pages)
    expect(page.get_by_role("button", name="点一下")).to_be_visible()
    with page.expect_download():
        page.evaluate("location.href = '/files/00_start.ipynb?download=1'")
    button(page)


@pytest.mark.parametrize("path", ["voila/render/none.ipynb", "none", "lab", "terminals/1"])
def test_missing_page_is_told_in_chinese(pages: Server, path: str) -> None:
    """What is not there is answered with a sentence and the way back, also what other servers of this kind have."""
    with pytest.raises(HTTPError) as caught:
        pages.ask(path)
    with caught.value as answer:
        assert answer.code == 404
        text = answer.read().decode()
    assert "没有找到" in text
    assert "请：" in text


def test_address_alone_leads_to_the_start(pages: Server) -> None:
    """The bare address is the start page for who has the token; nobody else sees anything, and reads why."""
    with OPENER.open(pages.address) as answer:
        assert "请从启动窗口打开" in answer.read().decode()
    list_of_pages = pages.ask("voila/tree")
    assert "/voila/render/02_inspect.ipynb" in list_of_pages


def test_lab_is_in_chinese(serve: Serve, folder: Path, visit: Visit, run_all: Callable[[Page], None]) -> None:
    """JupyterLab is in Chinese, without Voilà's English button; links between notebooks open them there."""
    page = visit(serve("lab", folder))
    run_all(page)
    button(page)
    expect(page.get_by_role("menuitem", name="运行")).to_be_visible()
    assert page.locator("[data-jp-item-name=voilaRender], [title*=Voil]").count() == 0
    page.get_by_role("link", name="检查").click()
    expect(page.get_by_role("tab", name="02_inspect.ipynb")).to_be_visible()


def test_notebooks_of_the_project_open(app: Server, visit: Visit) -> None:
    """The start page of the project is shown as a page."""
    page = visit(app)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("#rendered_cells .notice").count() == 0
