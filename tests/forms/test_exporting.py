"""Sheets written from the form: where they are, what they are called, and which version they hold."""

import base64
import json
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from govkit.findings import Batch, Outcome, SpotCheck
from govkit.forms import filing
from govkit.forms.desk import Desk
from govkit.forms.exporting import Exporter
from govkit.forms.workbench import Workbench
from govkit.ledger import Kind, Subject
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Home
from tests.forms.browser import html, parsed, words
from tests.forms.conftest import NOW, QUARTERS, SAMPLES, NewDesk

SITE, ACCOUNT = "9901230001", "9901230001001001"


def files(text: str) -> dict[str, bytes]:
    """The files that the links of a piece of HTML save."""
    tags, _ = parsed(text)
    links = [attributes for tag, attributes in tags if tag == "a"]
    return {str(a["download"]): base64.b64decode(str(a["href"]).partition(";base64,")[2]) for a in links}


def text_of(content: bytes) -> str:
    """All text that a workbook shows."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    seen = [sheet for sheet in book if sheet.sheet_state == "visible"]
    return "\n".join(str(cell) for sheet in seen for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.fixture
def exporter(home: Home, desk: Desk) -> Exporter:
    """Writes what is at the desk of 张三."""
    return Exporter(home, desk)


def test_one(exporter: Exporter, desk: Desk) -> None:
    """The sheet of one object is in a folder of its version, and the link saves the same file."""
    desk.judge(SITE, "V1.1", Outcome.FOUND)
    desk.type_text(SITE, "V1.1", note="有一处错字")
    desk.settle()
    saved = files(exporter.one(desk.case(SITE)))
    path = exporter.folder / "第1版" / "9901230001_青禾县人民政府网.xlsx"
    assert saved == {path.name: path.read_bytes()}
    assert "有一处错字" in text_of(path.read_bytes())


def test_version(exporter: Exporter, desk: Desk, new_desk: NewDesk) -> None:
    """A reviewed version is written as it was, beside the one in work."""
    desk.clear_rest(ACCOUNT, list(desk.case(ACCOUNT).judgements))
    filing.submit(desk, ACCOUNT)
    filing.review(new_desk("李四"), ACCOUNT)
    filing.correct(desk, ACCOUNT, "漏看了")
    case = desk.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    exporter.one(case)
    exporter.one(desk.version(ACCOUNT, 1))
    old, new = (next((exporter.folder / f"第{number}版").iterdir()).read_bytes() for number in (1, 2))
    assert "不合格" in text_of(new)
    assert "不合格" not in text_of(old)


def test_all(empty_home: Home) -> None:
    """All objects are written with results and summary, what is being typed included, and as one zip."""
    check = read_spot_check(SAMPLES / QUARTERS[1])
    check = replace(check, subjects=(*check.subjects[:2], *check.subjects[-1:]))
    with empty_home.create(check, load_rubric("fengdu-2019"), "组织者") as store:
        desk = Desk(store, lambda: "张三", "s", lambda: NOW)
        desk.judge(SITE, "V1.1", Outcome.FOUND)
        desk.type_text(SITE, "V1.1", note="有一处错字")
        exporter = Exporter(empty_home, desk)
        saved = files(exporter.all())
    folder = exporter.folder / "全部"
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert len(results["subjects"]) == len(list((folder / "评分表").glob("*.xlsx"))) == 3
    assert results["subjects"][0]["vetoes"] == ["V1.1"]
    assert saved["汇总表.xlsx"] == (folder / "汇总表.xlsx").read_bytes()
    (packed,) = [content for name, content in saved.items() if name.endswith(".zip")]
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert len(archive.namelist()) == 5
        assert "有一处错字" in text_of(archive.read("评分表/9901230001_青禾县人民政府网.xlsx"))


def test_names_of_files(empty_home: Home) -> None:
    """Two objects whose names make the same file name are two files, however they are written; no name is a path."""
    subject = Subject("a/1", "../网<1>", Kind.ACCOUNT, "某局")
    subjects = (subject, replace(subject, id="a:1"))
    check = SpotCheck(Batch("../季度/一", date(2020, 3, 20), "fengdu-2019"), subjects, ())
    with empty_home.create(check, load_rubric("fengdu-2019"), "组织者") as store:
        desk = Desk(store, lambda: "张三", "s", lambda: NOW)
        exporter = Exporter(empty_home, desk)
        names = {next(iter(files(exporter.one(desk.case(each.id))))) for each in subjects}
        assert len(names) == 2
        assert {path.name for path in (exporter.folder / "第1版").iterdir()} == names
        files(exporter.all())
        assert {path.name for path in (exporter.folder / "全部" / "评分表").iterdir()} == names
    assert exporter.folder.resolve().parent == (empty_home.folder / "导出").resolve()


def test_folder_in_the_way(bench: Workbench, home: Home) -> None:
    """Where a sheet cannot be written the form says why, and nothing fails."""
    (home.folder / "导出").write_text("", encoding="utf-8")
    form = bench.object_form
    form.tabs.index = len(form.tabs.options) - 1
    form.conclusion.export.click()
    assert "请：" in words(bench.screen.message)
    assert not html(form.conclusion.links)


def test_conclusion(bench: Workbench, home: Home, new_desk: NewDesk) -> None:
    """The conclusion writes the chosen version; for another object the choice begins anew, and old links are gone."""
    other = new_desk("李四")
    accounts = (ACCOUNT, "9901230001002001")
    for subject_id in accounts:
        other.clear_rest(subject_id, list(other.case(subject_id).judgements))
        filing.submit(other, subject_id)
        filing.review(new_desk("王五"), subject_id)
        filing.correct(other, subject_id, "漏看了")
    bench.object.value = ACCOUNT
    form = bench.object_form
    conclusion = form.conclusion
    form.tabs.index = 1
    assert conclusion.versions in conclusion._exports.children
    conclusion.versions.index = 1
    conclusion.export.click()
    assert list(files(html(conclusion.links))) == ["9901230001001001_青禾发布.xlsx"]
    folder = next((home.folder / "导出").iterdir())
    assert [path.name for path in folder.iterdir()] == ["第1版"]
    bench.object.value = accounts[1]
    form.tabs.index = 1
    assert not html(conclusion.links)
    assert conclusion.versions.index == 0
    conclusion.export.click()
    assert (folder / "第2版").is_dir()
    form.tabs.index = 0
    form.tabs.index = 1
    assert not html(conclusion.links)


def test_open_items(bench: Workbench) -> None:
    """The same open item can be gone to again and again."""
    form = bench.object_form
    for _ in range(2):
        form.tabs.index = len(form.tabs.options) - 1
        assert form.conclusion.open_items.index == 0
        form.conclusion.open_items.index = 3
        assert form.details.target
        assert form.details.target.code == "V1.3"
