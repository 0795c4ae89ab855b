"""The page after an inspection: every pane says what the batch comes to, writes it, and tells what is wrong.

Driven as a browser drives it; a handler that fails makes the test red.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import ipywidgets as widgets
import pytest
from docx import Document

from govkit.findings import Finding, Outcome, Stage
from govkit.forms.pane import Pane
from govkit.forms.summary import bulletin_pane, file_pane
from govkit.forms.summary.bulletin_pane import BulletinPane
from govkit.forms.summary.charts_pane import ChartsPane
from govkit.forms.summary.file_pane import FilePane
from govkit.forms.summary.page import SummaryPage, summarise
from govkit.forms.summary.tables_pane import TablesPane
from govkit.ledger import Kind
from govkit.organising import QuarterFiles
from govkit.quarters import Quarter
from govkit.sheets import check_pack
from govkit.store import Change, Home, Store
from tests.forms.browser import html, live, parsed, tree, words
from tests.forms.conftest import SAMPLES

INSPECTED, PRACTICE = Quarter(2019, 4), Quarter(2020, 1)
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(home: Home) -> Iterator[SummaryPage]:
    """The page with the batch that has been inspected; no ledger of the quarter is there."""
    page = SummaryPage(home, home.batches())
    choose(page, INSPECTED)
    yield page
    page.planner.close()


def choose(page: SummaryPage, quarter: Quarter) -> None:
    """Choose the batch of a quarter."""
    page.batch.index = next(i for i, (_, b) in enumerate(page.batch.options) if Quarter.of(b.as_of) == quarter)


def tables_pane(page: SummaryPage) -> TablesPane:
    """Go to the first pane."""
    page.tabs.value = "tables"
    pane = page.panes["tables"]
    assert isinstance(pane, TablesPane)
    return pane


def charts_pane(page: SummaryPage) -> ChartsPane:
    """Go to the second pane."""
    page.tabs.value = "charts"
    pane = page.panes["charts"]
    assert isinstance(pane, ChartsPane)
    return pane


def bulletin_of(page: SummaryPage) -> BulletinPane:
    """Go to the third pane."""
    page.tabs.value = "bulletin"
    pane = page.panes["bulletin"]
    assert isinstance(pane, BulletinPane)
    return pane


def file_of(page: SummaryPage) -> FilePane:
    """Go to the fourth pane."""
    page.tabs.value = "file"
    pane = page.panes["file"]
    assert isinstance(pane, FilePane)
    return pane


def open_store(page: SummaryPage, home: Home) -> Store:
    """The batch that is shown, as another window has it."""
    return home.open(page.counts.batch.key)


def review_all(page: SummaryPage, home: Home) -> None:
    """Review every object elsewhere, and count again."""
    with open_store(page, home) as store:
        for record in list(store.records()):
            filing = replace(
                record.filing, stage=Stage.REVIEWED, inspector="王明", reviewer="李红", reviewed_at=datetime.now(UTC)
            )
            store.file("李红", record, filing)
    page.again.click()


def offered(pane: Pane) -> str:
    """What the checkboxes of a pane say."""
    return "".join(each.description for each in tree(pane.box) if isinstance(each, widgets.Checkbox))


def settle_open(page: SummaryPage, home: Home, picture: bytes) -> str:
    """Judge elsewhere what is open as not found, with a screenshot; return what that is called."""
    with open_store(page, home) as store:
        name = store.keep_evidence(picture, ".png")
        for result in page.counts.scored.inspection.objects:
            of, record = result.subject.id, store.record(result.subject.id)
            found = [Finding(of, code, Outcome.CLEAR, screenshot=name, inspector="王明") for code in result.score.open]
            if found:
                store.write("王明", of, [Change(each.item, each, record.revision(each.item)) for each in found])
    return name


def folder(home: Home, page: SummaryPage) -> Path:
    """Where files of the batch are written."""
    return home.folder / "导出" / page.counts.batch.name


def take_ledger(home: Home) -> None:
    """Have the sample ledger of the quarter in the home."""
    path = SAMPLES / "季度" / "2019Q4.xlsx"
    QuarterFiles(home.folder, INSPECTED).take_in((path.name, path.read_bytes()))


def test_tables(page: SummaryPage) -> None:
    """Sites and accounts stand apart, each rate with its fraction; what has no verdict is not among the checked."""
    pane = tables_pane(page)
    shown = words(pane.all)
    assert "网站未填22未填81436.36%（8/22）5" in shown
    assert "政务新媒体未填34未填221264.71%（22/34）3" in shown
    pane.kind.value = Kind.ACCOUNT
    pane.part.value = "platform"
    assert "微信公众号1913668.42%（13/19）0" in words(pane.list)
    pane.part.value = "unit"
    assert "青禾县公安局42250.00%（2/4）0" in words(pane.list)
    pane.kind.value = Kind.SITE
    pane.part.value = "ground"
    assert "不合格：单项否决44.44%（12/27）" in words(pane.list)
    pane.part.value = "veto"
    assert "9.09%（2/22）" in words(pane.list)


def test_platforms_are_those_of_accounts(page: SummaryPage) -> None:
    """Sites have no platforms: going to them leaves that table, and all others stay chosen."""
    pane = tables_pane(page)
    pane.kind.value, pane.part.value = Kind.ACCOUNT, "veto"
    pane.kind.value = Kind.SITE
    assert pane.part.value == "veto"
    pane.kind.value, pane.part.value = Kind.ACCOUNT, "platform"
    pane.kind.value = Kind.SITE
    assert (pane.part.value, "platform" in [part for _, part in pane.part.options]) == ("unit", False)


def test_what_is_not_final(page: SummaryPage, home: Home) -> None:
    """What is open is listed with what it lacks, what has no verdict first; once reviewed, only that is left."""
    pane = tables_pane(page)
    pane.kind.value, pane.part.value = Kind.ACCOUNT, "left"
    assert words(pane.list).count("没有复核") == 37
    first, second = words(pane.list).index("青禾公交"), words(pane.list).index("青禾发布")
    assert first < second
    review_all(page, home)
    assert words(pane.list).count("还有") == 3
    assert "没有复核" not in words(pane.list)


def test_running_from_the_ledger(page: SummaryPage, home: Home) -> None:
    """How many run is taken from the ledger of the quarter with the levels of units, can be changed, and can be unknown."""
    assert [field.value for field in page.running.values()] == ["", ""]
    take_ledger(home)
    page.again.click()
    sites = page.running[Kind.SITE]
    assert "2019年第四季度的台账" in words(page.box)
    assert int(sites.value) >= 22
    pane = tables_pane(page)
    pane.part.value = "level"
    assert "乡级" in words(pane.list)
    sites.value = "３0"
    assert "网站302273.33%（22/30）" in words(pane.all)
    choose(page, PRACTICE)
    assert sites.value == ""
    choose(page, INSPECTED)
    assert sites.value != "30"


def test_running_that_cannot_be(page: SummaryPage) -> None:
    """Fewer running than checked, or no number, is a sentence; nothing is shown meanwhile, and nothing is clamped."""
    for wrong in ("21", "二十", "-3", "2.5"):
        page.running[Kind.SITE].value = wrong
        assert "请：" in words(page.screen.message)
        assert page._place.children == ()
        page.running[Kind.SITE].value = ""
        assert page._place.children == (page.panes["tables"].box,)


def test_ledger_that_cannot_be_read(page: SummaryPage, home: Home) -> None:
    """A broken file of the quarter is told; the batch is counted all the same."""
    files = QuarterFiles(home.folder, INSPECTED)
    files.folder.mkdir(parents=True)
    (files.folder / "坏的.xlsx").write_bytes(b"")
    page.again.click()
    assert "资料读不出来" in words(page.box)
    assert "36.36%（8/22）" in words(page.box)


def test_charts(page: SummaryPage) -> None:
    """Each chart is another picture; that of a score is of the chosen object."""
    pane = charts_pane(page)
    seen = []
    for name in [name for _, name in pane.chart.options]:
        pane.chart.value = name
        seen.append(bytes(pane.image.value))
    assert pane.objects.box in pane.box.children
    pane.object.value = pane.object.options[1][1]
    seen.append(bytes(pane.image.value))
    assert all(picture.startswith(b"\x89PNG") for picture in seen)
    assert len(set(seen)) == 7
    pane.chart.value = "totals"
    assert bytes(pane.image.value) == seen[0]
    assert pane.objects.box not in pane.box.children


def test_trend_has_one_batch_a_quarter(page: SummaryPage, home: Home) -> None:
    """Of two batches of a quarter that one counts which is shown; the other is named."""
    pane = charts_pane(page)
    pane.chart.value = "trend"
    assert words(pane.words) == ""
    with open_store(page, home) as store:
        check = store.spot_check()
        again = replace(check, batch=replace(check.batch, name=f"复查{EVIL}"))
        home.create(again, store.rubric, "组织者").close()
    page.again.click()
    assert "没有算在内的：复查" in words(pane.words)
    assert "img" not in {tag for tag, _ in parsed(html(pane.words))[0]}
    points, _ = page.counts.quarters()
    assert [point.quarter for point in points] == [INSPECTED, PRACTICE]
    assert points[0].tally
    assert points[0].tally.batch == page.counts.scored.check.batch


def test_save_charts(page: SummaryPage, home: Home) -> None:
    """All charts are written as pictures, and linked to; once more, they take the place of the old ones."""
    pane = charts_pane(page)
    for _ in range(2):
        pane.save.click()
        paths = list((folder(home, page) / "图").iterdir())
        assert len(paths) == 6
        assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)
    assert html(pane.links).count("download=") == 6
    choose(page, PRACTICE)
    assert pane.links.value == ""


def test_bulletin(page: SummaryPage, home: Home) -> None:
    """The document is written with what was typed and counted, linked to, and never replaced."""
    page.running[Kind.SITE].value = "27"
    pane = bulletin_of(page)
    pane.issued.value, pane.days.value, pane.to.value = "2020-01-03", "10", "各单位"
    pane.write.click()
    path = folder(home, page) / f"通报_{page.counts.batch.name}.docx"
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    for told in ("各单位", "2020年1月17日", "81.48%（22/27）", "36.36%（8/22）"):
        assert told in text
    assert html(pane.links).count("download=") == 1
    before = path.read_bytes()
    pane.to.value = "别的单位"
    pane.write.click()
    assert "没有替换" in words(page.screen.message)
    assert path.read_bytes() == before


def test_bulletin_after_an_earlier_inspection(page: SummaryPage, home: Home) -> None:
    """Only batches of earlier days can be the last inspection; what failed there is followed in the document."""
    pane = bulletin_of(page)
    assert [batch for _, batch in pane.before.options] == [None]
    assert pane.before.label == "不写复查情况（待填）"
    choose(page, PRACTICE)
    earlier = [batch for _, batch in pane.before.options if batch]
    assert [Quarter.of(batch.as_of) for batch in earlier] == [INSPECTED]
    pane.before.value = earlier[0]
    pane.write.click()
    path = folder(home, page) / f"通报_{page.counts.batch.name}.docx"
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "上次检查不合格的政府网站14个" in text
    choose(page, INSPECTED)
    assert pane.before.label == "不写复查情况（待填）"
    assert pane.links.value == ""


@pytest.mark.parametrize(
    ("field", "typed", "hint"),
    [
        ("issued", "1月3日", "不是日期"),
        ("days", "0", "至少是 1"),
        ("days", "十", "不是整数"),
        ("issued", "9999-12-30", "请"),
    ],
)
def test_bulletin_refused(page: SummaryPage, home: Home, field: str, typed: str, hint: str) -> None:
    """A date or a term that is none, or of a year without known holidays, is a sentence, and nothing is written."""
    pane = bulletin_of(page)
    getattr(pane, field).value = typed
    pane.write.click()
    assert hint in words(page.screen.message)
    assert not folder(home, page).exists()


def test_not_filed(page: SummaryPage, home: Home) -> None:
    """A batch that is not final is not filed; as a draft it is, and its folder says so."""
    pane = file_of(page)
    pane.pack.click()
    assert "没有归档" in words(page.screen.message)
    assert not folder(home, page).exists()
    pane.drafts.value = True
    pane.pack.click()
    (packed,) = folder(home, page).iterdir()
    assert packed.name.startswith("归档未定稿_")


def test_filed(page: SummaryPage, home: Home) -> None:
    """A final batch is filed as it is in the store now, with its screenshots, whole, with its seal to be noted down."""
    name = settle_open(page, home, b"\x89PNG\r\n\x1a\n")
    review_all(page, home)
    pane = file_of(page)
    assert "没有查完" not in words(pane.words)
    pane.pack.click()
    assert words(page.screen.message) == ""
    (packed,) = folder(home, page).iterdir()
    state = check_pack(packed)
    assert state.is_whole
    assert state.seal in words(pane.links)
    listed = json.loads((packed / "清单.json").read_text(encoding="utf-8"))
    assert listed["unfinished"] == []
    assert any(entry["path"].endswith(name) for entry in listed["files"])
    pane.pack.click()
    assert "完全相同" in words(pane.links)


def test_pdf_only_with_libreoffice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are offered where LibreOffice is, and only there."""
    for program in (Path("soffice"), None):
        monkeypatch.setattr(bulletin_pane, "find_office", lambda program=program: program)
        monkeypatch.setattr(file_pane, "find_office", lambda program=program: program)
        page = SummaryPage(home, home.batches())
        assert ("还要 PDF" in offered(bulletin_of(page))) == bool(program)
        assert ("还要 PDF" in offered(file_of(page))) == bool(program)
        page.planner.close()


def test_widgets_are_not_made_anew(page: SummaryPage) -> None:
    """Going through panes, tables, charts and batches makes no more widgets than there were."""
    before = live()
    for name in ("charts", "bulletin", "file", "tables"):
        page.tabs.value = name
    for kind in Kind:
        tables_pane(page).kind.value = kind
    choose(page, PRACTICE)
    assert live() == before


def test_summarise(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """`summarise` shows the page of the home that the environment names, or says what to do first."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(home.folder))
    assert "合格率" in words(summarise())
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "空的"))
    assert "还没有批次" in words(summarise())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(summarise())
