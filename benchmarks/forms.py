"""The inspection form in a browser, in JupyterLab, beside a plain form of the same 89 items."""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.timing import ROUNDS
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import open_home
from tests.browser.conftest import CHROMIUM, OPTIONS, SCREEN
from tests.browser.servers import ROOT, start_server, write_notebook

SAMPLE = ROOT / "sample_data" / "青禾县2020年第一季度.xlsx"
FEW, MANY = 3, 300  # switches of objects
PLAIN, OURS, COUNT = 1, 2, 3  # cells of the notebook
CELLS = (
    f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from ipywidgets.widgets.widget import _instances
from benchmarks.plain_form import plain_form
from govkit import forms""",
    "plain_form()",
    "forms.inspect()",
    "print(len(_instances))",
)

# In the page, so that the way to the driver of the browser is not measured. Each waits for the next painted frame.
RUN_CELL = """async ([index, selector]) => {
  const panel = jupyterapp.shell.currentWidget, node = panel.content.widgets[index].node;
  panel.content.activeCellIndex = index;
  await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
  const began = performance.now();
  jupyterapp.commands.execute('notebook:run-cell');
  const shown = () => [...node.querySelectorAll(selector)].some(each => each.getBoundingClientRect().height > 0);
  while (!shown()) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
CLICKS = """async () => {
  const times = [], bar = () => document.querySelector('.gk-bar').textContent;
  for (const row of document.querySelectorAll('.gk-row')) {
    const buttons = [...row.querySelectorAll('.widget-toggle-button')];
    for (const button of [buttons.at(0), buttons.at(-1)]) {  // 未发现, then 无法判断, which opens the details
      const before = bar(), began = performance.now();
      button.click();
      while (bar() === before) await new Promise(requestAnimationFrame);
      times.push(performance.now() - began);
    }
  }
  return times;
}"""
SWITCHES = """async number => {
  const times = [], name = () => document.querySelector('.gk-head .gk-code').textContent;
  const button = words => [...document.querySelectorAll('.gk button')].find(each => each.textContent === words);
  let words = '下一个';
  for (let done = 0; done < number; done++) {
    if (done % 50 === 49) words = words === '下一个' ? '上一个' : '下一个';
    const before = name(), began = performance.now();
    button(words).click();
    while (name() === before) await new Promise(requestAnimationFrame);
    times.push(performance.now() - began);
  }
  return times;
}"""


def run() -> None:
    """Time both forms in turns, then what an inspector does in ours."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "notebooks").mkdir()
        write_notebook(place / "notebooks" / "forms.ipynb", *CELLS)
        _fill(place / "home")
        server = start_server("lab", place / "notebooks", place)
        try:
            with sync_playwright() as playwright:
                program = next(filter(None, map(shutil.which, CHROMIUM)))
                as_root = sys.platform != "win32" and os.geteuid() == 0
                options = [*OPTIONS, *(["--no-sandbox"] if as_root else [])]
                browser = playwright.chromium.launch(executable_path=program, args=options)
                page = browser.new_page(viewport=SCREEN, locale="zh-CN")  # type: ignore[arg-type]
                page.goto(server.page("forms.ipynb"))
                page.wait_for_function(
                    "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
                )
                _measure(page)
                browser.close()
        finally:
            server.stop()


def _fill(home: Path) -> None:
    """A store on the disk with the sample batch, in which nothing is recorded."""
    check = read_spot_check(SAMPLE)
    kept = open_home({"GOVKIT_HOME": str(home)})
    kept.set_inspector("王敏")
    kept.create(check, load_rubric(check.batch.rubric_id), "王敏").close()


def _measure(page: Page) -> None:
    _run_cell(page, 0)
    shown: dict[int, list[float]] = {PLAIN: [], OURS: []}
    for counted in range(ROUNDS + 1):
        for cell, selector in ((PLAIN, ".plain-item"), (OURS, ".gk-row")):
            taken = page.evaluate(RUN_CELL, [cell, selector])
            page.wait_for_timeout(1500)  # what still goes on in the background is not the other's
            if counted:
                shown[cell].append(taken)
    ratios = [plain / ours for plain, ours in zip(shown[PLAIN], shown[OURS], strict=True)]
    _print("form of a site shown, 89 items in panes", statistics.median(shown[OURS]), "ms")
    _print("plain form of 89 items shown", statistics.median(shown[PLAIN]), "ms")
    _print(f"ratio, median of rounds ({min(ratios):.1f}, {max(ratios):.1f})", statistics.median(ratios), "×")
    clicks = page.evaluate(CLICKS)
    _print(f"click to score and saved time, median of {len(clicks)}", statistics.median(clicks), "ms")
    _print("the slowest of them", max(clicks), "ms")
    switches = page.evaluate(SWITCHES, FEW)
    few = _widgets(page)
    switches += page.evaluate(SWITCHES, MANY - FEW)
    _print(f"switch to another object, median of {MANY}", statistics.median(switches), "ms")
    _print("the slowest of them", max(switches), "ms")
    _print(f"live widgets after {FEW} switches", few, "")
    _print(f"live widgets after {MANY} switches", _widgets(page), "")


def _run_cell(page: Page, index: int) -> None:
    page.evaluate(
        "async index => { jupyterapp.shell.currentWidget.content.activeCellIndex = index;"
        " await jupyterapp.commands.execute('notebook:run-cell'); }",
        index,
    )


def _widgets(page: Page) -> int:
    """How many widgets the kernel holds, those of the plain form and of earlier rounds among them."""
    _run_cell(page, COUNT)
    return int(page.locator(".jp-Cell").nth(COUNT).locator(".jp-OutputArea-output").inner_text())


def _print(what: str, figure: Any, unit: str) -> None:
    print(f"{what:<58} {figure:9.1f} {unit}")
