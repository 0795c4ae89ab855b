"""Rubrics of an office on the page of the training: out as a workbook, in again, and rehearsed on a batch.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govkit.forms.training.explore_pane import ExplorePane
from govkit.forms.training.page import TrainPage
from govkit.forms.training.play_pane import PlayPane
from govkit.forms.training.rules_pane import RulesPane
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import RUBRICS, Home
from tests.forms.browser import Clockwork, html, live, parsed, sent_files, words
from tests.workbooks import BATCH, RECORDS, SITES, write

TODAY = date(2019, 12, 20)
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(empty_home: Home) -> TrainPage:
    """The page of a home in which nothing is."""
    return TrainPage(empty_home, TODAY, Clockwork())


def rules_pane(page: TrainPage) -> RulesPane:
    """Go to the last pane."""
    page.tabs.value = "rules"
    pane = page.panes["rules"]
    assert isinstance(pane, RulesPane)
    return pane


def edited(path: Path, **lines: str | int) -> bytes:
    """The workbook with other values beside the names of lines, and another wording of D1.2."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if sheet.title in {"说明", "参数"} and row[0].value in lines:
                row[1].value = lines[str(row[0].value)]
            if row[0].value == "D1.2":
                text = next(cell for cell in row if "概况信息" in str(cell.value))
                text.value = f"{text.value}{EVIL}"
    book.save(path)
    return path.read_bytes()


def exported(pane: RulesPane) -> Path:
    """The workbook of the rubric that is chosen."""
    pane.export.click()
    (path,) = (pane.desktop.home / "导出" / RUBRICS).glob("检查规则_*.xlsx")
    return path


def test_out_and_in(page: TrainPage, empty_home: Home) -> None:
    """A workbook goes out, is edited, and comes in as a rubric that can be looked up and played by at once."""
    pane = rules_pane(page)
    path = exported(pane)
    assert path.name in words(pane.links)
    content = edited(path, 编号="county", 标题="本县指标", 合格线=70)
    pane.export.click()
    assert "没有替换" in words(page.screen.message)
    assert path.read_bytes() == content
    pane.upload.value = sent_files((path.name, content))
    assert "写成一套完整的规则" in words(page.screen.message)
    assert (empty_home.folder / RUBRICS / "county.toml").is_file()
    assert "本县指标" in words(pane.list)
    assert pane.new.value == "county"
    page.tabs.value = "explore"
    explore = page.panes["explore"]
    assert isinstance(explore, ExplorePane)
    explore.rubric.value = next(value for _, value in explore.rubric.options if value.id == "county")
    explore.list.value = "D1.2"
    assert "还没有讲解" in words(explore.card)
    assert EVIL in parsed(html(explore.card))[1]
    explore.list.value = "D1.1"
    assert "还没有讲解" not in words(explore.card)
    page.tabs.value = "play"
    play = page.panes["play"]
    assert isinstance(play, PlayPane)
    assert "county site" in {value for _, value in play.start.options}


def test_another_edition(page: TrainPage, empty_home: Home) -> None:
    """A newer edition takes the place of the one before, which is kept aside, as is a file that cannot be used."""
    pane = rules_pane(page)
    path = exported(pane)
    own = empty_home.folder / RUBRICS
    own.mkdir()
    (own / "county.toml").write_text("[[", encoding="utf-8")
    pane.upload.value = sent_files((path.name, edited(path, 编号="county", 标题="本县指标", 合格线=70)))
    assert "已经可以使用" in words(page.screen.message)
    assert (own / "以前的" / "county_1.toml").read_text(encoding="utf-8") == "[["
    pane.upload.value = sent_files((path.name, edited(path, 版本="2.0.0", 合格线=75)))
    assert "版本 2.0.0" in words(page.screen.message)
    assert len(list((own / "以前的").iterdir())) == 2


def test_what_is_wrong_is_told(page: TrainPage, empty_home: Home) -> None:
    """The id of another, and what is no workbook, are refused; nothing is written; broken files are pointed out."""
    pane = rules_pane(page)
    path = exported(pane)
    pane.upload.value = sent_files((path.name, edited(path, 合格线=70)))
    assert "G13" in words(page.screen.message)
    pane.upload.value = sent_files(("规则.xlsx", b"nothing"))
    assert "请：" in words(page.screen.message)
    assert not (empty_home.folder / RUBRICS).exists()
    (empty_home.folder / RUBRICS).mkdir()
    (empty_home.folder / RUBRICS / "broken.toml").write_text("[[", encoding="utf-8")
    page.tabs.value = "explore"
    assert "broken" in words(rules_pane(page).list)


def test_compare(page: TrainPage) -> None:
    """Two rubrics are told apart in words; a rubric and itself are not compared; another choice takes the words away."""
    pane = rules_pane(page)
    pane.old.value, pane.new.value = "fengdu-2019", "fengdu-2019"
    pane.rehearse.click()
    assert "两套规则相同" in words(page.screen.message)
    pane.new.value = "fengdu-2019-m14"
    pane.rehearse.click()
    assert "M2.1 的界限" in words(pane.told)
    assert ".xlsx" in words(pane.results)
    pane.new.value = "fengdu-2019"
    assert words(pane.told) == words(pane.results) == ""


def test_rehearse_on_a_batch(page: TrainPage, empty_home: Home, tmp_path: Path) -> None:
    """A batch is scored by both: its rates, each object that changes and why; the batch stays as it is."""
    check = read_spot_check(write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS))
    empty_home.create(check, load_rubric("fengdu-2019"), "组织者").close()
    pane = rules_pane(page)
    path = exported(pane)
    content = edited(path, 编号="strict", 标题="严", 合格线=100, 加分线=100)
    pane.upload.value = sent_files((path.name, content))
    pane.batch.value = empty_home.batches()[0].key
    assert pane.old.disabled
    before = live()
    pane.rehearse.click()
    told = words(pane.told)
    assert "合格率 100.00%（3/3） → 66.67%（2/3）" in told
    assert "县门户合格 99.00 分不合格 99.00 分" in told
    assert "合格线由“60”改为“100”" in told
    assert live() == before
    pane.batch.value = ""
    pane.old.value = "fengdu-2019"
    pane.rehearse.click()
    assert len(list((empty_home.folder / "导出" / RUBRICS).glob("试算_*.xlsx"))) == 2
    pane.batch.value = empty_home.batches()[0].key
    pane.rehearse.click()
    (book,) = (empty_home.folder / "导出" / RUBRICS).glob("试算_*第四季度抽查.xlsx")
    assert book.name in words(pane.results)
    with empty_home.open(pane.batch.value) as store:
        assert store.spot_check().findings == check.findings
