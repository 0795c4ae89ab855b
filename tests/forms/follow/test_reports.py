"""报告 on the page: to whom and by when, and the documents; nothing is made up, and nothing is replaced.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from govkit.forms.follow.page import FollowPage
from govkit.forms.follow.reports_pane import ReportsPane
from govkit.store import Home
from tests.documents.words import marked, paragraphs
from tests.forms.browser import html, words
from tests.organising.years import add_quarter

TODAY = date(2020, 1, 3)


@pytest.fixture
def page(empty_home: Home, tmp_path: Path) -> Iterator[FollowPage]:
    """The page of a home with the four quarters of a year, at 报告."""
    for number in range(1, 5):
        add_quarter(empty_home, tmp_path, number)
    page = FollowPage(empty_home, TODAY)
    page.tabs.value = "reports"
    yield page
    page.register.close()


def pane_of(page: FollowPage) -> ReportsPane:
    """The pane."""
    pane = page.panes["reports"]
    assert isinstance(pane, ReportsPane)
    return pane


def choose(pane: ReportsPane, kind: str) -> None:
    """Choose a report by its name."""
    pane.kind.value = next(each for name, each in pane.kind.options if name == kind)


def test_when_and_to_whom(page: FollowPage) -> None:
    """Each report says to whom it goes and by when, as its notice has it."""
    pane = pane_of(page)
    choose(pane, "年度报告")
    assert "2020-01-05 以前" in words(pane.box)
    choose(pane, "年审报告")
    assert "2019-12-31 以前" in words(pane.box)
    assert "同级政务新媒体主管单位" in words(pane.box)


def test_a_report_is_written_once(page: FollowPage, empty_home: Home) -> None:
    """The report of the county has its figures, and gaps for what nobody knows; the same once more is refused."""
    pane = pane_of(page)
    choose(pane, "年度报告")
    pane.write.click()
    assert "报告 1 份已写好" in words(page.box)
    (path,) = (empty_home.folder / "导出" / "2019年").glob("*.docx")
    assert path.name in html(pane.box)
    text = "\n".join(paragraphs(path.read_bytes()))
    assert "2019年" in text
    assert marked(path.read_bytes())
    before = path.read_bytes()
    pane.write.click()
    assert "没有替换" in words(page.box)
    assert path.read_bytes() == before


def test_units_that_nobody_knows(page: FollowPage, empty_home: Home) -> None:
    """A unit of which nobody knows anything gets a sentence, and no document; one that is known gets its own."""
    pane = pane_of(page)
    choose(pane, "年度报告")
    pane.unit.value = "没有这个单位"
    pane.write.click()
    assert "没有这个单位" in words(page.box)
    assert not (empty_home.folder / "导出").exists()
    pane.unit.value = "县档案局"
    pane.write.click()
    assert [path.name for path in (empty_home.folder / "导出" / "2019年").iterdir()] == [
        "年度报告_2019年_县档案局.docx"
    ]
