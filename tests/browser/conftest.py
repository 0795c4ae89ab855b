"""A browser and servers for tests that look at pages as an inspector sees them.

- `visit(server, notebook)` opens a notebook and returns the page once it is shown, as playwright's `Page`. At the end of
  the test it fails if anything, at any time, was asked of a host other than this machine.
- `app` and `lab` serve copies of the project's notebooks; `serve(verb, folder)` serves a folder that the test has made,
  for example with `write_notebook` of `servers.py`.
- Every server has a GOVKIT_HOME of its own (`server.home`), which all tests that use the server share: a test that
  needs an empty one calls `serve`.
- In JupyterLab no code has run when a notebook opens: `run_all(page)` runs it.

The fixtures end with this folder, not with the session: playwright keeps an event loop running in the main thread, which
the tests of notebooks would trip over.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.servers import ROOT, Server, start_server

Serve = Callable[[str, Path], Server]
Visit = Callable[..., Page]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
# The browser's own errands are kept off, and no name but this machine's is found: a page that asks for another host
# fails at once instead of loading from it.
OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 60_000  # milliseconds; a busy machine starts a kernel slowly
# What an office has on its desks.
SCREEN = {"width": 1366, "height": 768}
SHOWN = {"app": "#rendered_cells", "lab": ".jp-NotebookPanel-notebook .jp-Cell"}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser of the machine; the test is skipped where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not program:
        pytest.skip("Chromium is not installed")
    as_root = sys.platform != "win32" and os.geteuid() == 0
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*OPTIONS, *(["--no-sandbox"] if as_root else [])]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """A function that starts `lab` or `app` on a folder of notebooks; all servers end with the tests of this folder."""
    servers: list[Server] = []

    def started(verb: str, notebooks: Path) -> Server:
        servers.append(start_server(verb, notebooks, tmp_path_factory.mktemp(verb)))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


@pytest.fixture(scope="package")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's notebooks, with the sample data where they look for it."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("notebooks", "sample_data"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    return root / "notebooks"


@pytest.fixture(scope="package")
def app(serve: Serve, notebooks: Path) -> Server:
    """The project's notebooks as pages."""
    return serve("app", notebooks)


@pytest.fixture(scope="package")
def lab(serve: Serve, notebooks: Path) -> Server:
    """The project's notebooks in JupyterLab."""
    return serve("lab", notebooks)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A function that opens a notebook, `visit(server, notebook, wait=True)`, and returns the page once it is shown.

    All pages of a test are tabs of one window, without cookies of other tests. With `wait=False` the page is returned
    as soon as it answers.
    """
    asked: list[str] = []
    context = chromium.new_context(viewport=SCREEN, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))

    def visited(server: Server, notebook: str = "00_start.ipynb", *, wait: bool = True) -> Page:
        page = context.new_page()
        page.goto(server.page(notebook), wait_until="commit")
        if wait:
            expect(page.locator(SHOWN[server.verb]).first).to_be_visible()
        return page

    yield visited
    context.close()
    foreign = {
        url for url in asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"
    }
    assert not foreign, "asked of another host"


@pytest.fixture
def run_all() -> Callable[[Page], None]:
    """A function that starts all cells of the notebook which a page of JupyterLab shows, as soon as its kernel listens."""

    def run(page: Page) -> None:
        page.wait_for_function("jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
        # In braces, as the command's own promise only ends with the last cell.
        page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")

    return run
