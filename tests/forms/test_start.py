"""The start page: what is there, taking in a workbook, and the sample."""

from pathlib import Path

import pytest

from govkit.forms import start
from govkit.forms.start import Start
from govkit.store import Home
from tests.forms.browser import html, parsed, words
from tests.forms.conftest import NOW, QUARTERS, SAMPLES
from tests.workbooks import BATCH, RECORDS, SITES, write

EVIL = "<img src=x onerror=alert(1)>{x}"


def upload(page: Start, name: str, content: bytes) -> None:
    """Choose a file in the browser."""
    page.upload.value = (
        {"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": NOW},
    )


def test_empty(start_page: Start, empty_home: Home) -> None:
    """A new home says what to do first, and nothing is in it."""
    assert "还没有批次" in words(start_page.list)
    assert empty_home.batches() == ()


def test_upload(start_page: Start, empty_home: Home) -> None:
    """A workbook that is taken in is a batch, with its objects and findings; it is listed at once."""
    start_page.who.value = "组织者"
    upload(start_page, QUARTERS[1], (SAMPLES / QUARTERS[1]).read_bytes())
    (batch,) = empty_home.batches()
    assert batch.name in words(start_page.list)
    assert "2020-03-20" in words(start_page.list)
    assert "已载入" in words(start_page.screen.message)
    assert start_page.upload.value == ()
    with empty_home.open(batch.key) as store:
        assert len(store.subjects) == 64


def test_same_batch_twice(start_page: Start, empty_home: Home) -> None:
    """A batch is never replaced: the second of the same name is refused, and the first keeps its answers."""
    start_page.who.value = "组织者"
    for _ in range(2):
        upload(start_page, QUARTERS[1], (SAMPLES / QUARTERS[1]).read_bytes())
    assert "已有批次" in words(start_page.screen.message)
    assert len(empty_home.batches()) == 1


def test_no_name(start_page: Start, empty_home: Home) -> None:
    """Nothing is taken in for nobody."""
    upload(start_page, QUARTERS[1], (SAMPLES / QUARTERS[1]).read_bytes())
    assert "检查人" in words(start_page.screen.message)
    assert empty_home.batches() == ()
    start_page.who.value = " 组织者 "
    assert empty_home.inspector == "组织者"


def test_mistakes(start_page: Start, empty_home: Home, tmp_path: Path) -> None:
    """All mistakes of a workbook are shown, a line each, as text; nothing of it is taken in."""
    start_page.who.value = "组织者"
    rows = f"\n|  | 0500230001 | 县门户 | D99.1 | 发现问题 | 1 | x |\n|  | 0500230001 | {EVIL} | D1.1 | 也许 | 1 | x |"
    path = write(tmp_path / f"{EVIL}.xlsx", BATCH, SITES, RECORDS + rows)
    upload(start_page, path.name, path.read_bytes())
    tags, text = parsed(html(start_page.screen.message))
    assert {tag for tag, _ in tags} == {"div", "br"}
    assert "D99.1" in text
    assert "也许" in text
    assert EVIL in text
    assert empty_home.batches() == ()


@pytest.mark.parametrize("name", ["照片.xlsx", "../../../x.xlsx", f"{EVIL}.txt", "没有扩展名"])
def test_no_workbook(start_page: Start, empty_home: Home, name: str) -> None:
    """What is no workbook is refused with what to do, whatever it is called; its name is text, and no path."""
    start_page.who.value = "组织者"
    upload(start_page, name, b"nothing")
    assert "请：" in words(start_page.screen.message)
    tags, _ = parsed(html(start_page.screen.message))
    assert {tag for tag, _ in tags} <= {"div", "br"}
    assert empty_home.batches() == ()


def test_name_with_a_folder(start_page: Start, tmp_path: Path) -> None:
    """A file is kept nowhere but in a folder of its own, whatever place its name has."""
    start_page.who.value = "组织者"
    upload(start_page, str(tmp_path / "别处.xlsx"), b"nothing")
    assert not (tmp_path / "别处.xlsx").exists()


def test_hostile_batch(start_page: Start, tmp_path: Path) -> None:
    """Names of batches and organisers are text in the list."""
    start_page.who.value = "组织者"
    heading = BATCH.replace("第四季度抽查", f"第四季度{EVIL}").replace("县政府办公室", f"县政府{EVIL}")
    path = write(tmp_path / "抽查.xlsx", heading, SITES, RECORDS)
    upload(start_page, path.name, path.read_bytes())
    tags, text = parsed(html(start_page.list))
    assert {tag for tag, _ in tags} == {"div", "table", "tr", "th", "td"}
    assert f"第四季度{EVIL}" in text
    assert f"县政府{EVIL}" in text


def test_sample(start_page: Start, empty_home: Home) -> None:
    """The sample is two quarters, the one to practise on without answers; those that are there already are left alone."""
    start_page.who.value = "张三"
    upload(start_page, QUARTERS[0], (SAMPLES / QUARTERS[0]).read_bytes())
    start_page.sample.click()
    newest, before = empty_home.batches()
    assert newest.as_of > before.as_of
    with empty_home.open(newest.key) as store:
        assert not list(store.history())
    start_page.sample.click()
    assert "示例已经载入过了" in words(start_page.screen.message)


def test_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`start` shows the page of the home that the environment names, or says why it cannot be used."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    assert str(tmp_path / "家") not in words(start())
    assert "还没有批次" in words(start())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(start())
