"""The editor of one item: note, address, number, phrases, screenshots, quantities; what is on the disk is what counts."""

from collections.abc import Callable
from typing import Any

import pytest

from govkit.findings import Outcome
from govkit.forms.detail import Details
from govkit.forms.object_form import ObjectForm
from govkit.forms.workbench import Workbench
from govkit.store import Home, Store, StoreError
from tests.forms.browser import click_result, html, look_at, open_details, parsed, row_of, words
from tests.forms.conftest import NOW, NewDesk

SITE, OTHER = "9901230001", "9901230002"


@pytest.fixture
def form(bench: Workbench) -> ObjectForm:
    """The form of the first object, with the details of V1.1 open."""
    open_details(bench.object_form, SITE, "V1.1")
    return bench.object_form


@pytest.fixture
def details(form: ObjectForm) -> Details:
    """The details of V1.1."""
    return form.details


def picture(name: str, content: bytes = b"picture", kind: str = "image/png") -> dict[str, Any]:
    """A file as the browser sends it."""
    return {"name": name, "type": kind, "size": len(content), "content": memoryview(content), "last_modified": NOW}


def test_every_key(details: Details, store: Store, new_store: Callable[[], Store]) -> None:
    """Each key in note or address is on the disk before the next; together they are one step."""
    for text in ("问", "问题", "问题在此"):
        details.note.value = text
    details.url.value = "http://a.example"
    assert not list(store.history(SITE))
    with new_store() as outside:  # as another kernel would find it
        outside.settle(SITE)
        finding = outside.record(SITE).findings["V1.1"]
    assert (finding.note, finding.url) == ("问题在此", "http://a.example")
    assert len(list(store.history(SITE))) == 1


def test_typing_shows(form: ObjectForm) -> None:
    """What is typed shows in the row at once, and the bar says when it was saved."""
    form.details.note.value = "问题在此"
    assert "问题在此" in words(row_of(form, SITE, "V1.1").words)
    assert "已保存" in words(form.bar)


def test_guidance(form: ObjectForm, store: Store) -> None:
    """The details have guidance, limit and reminder, sample, levels, and who judged last."""
    click_result(form, SITE, "V3.1", "无法判断")
    text = words(form.details.words)
    rubric = store.rubric
    limit = rubric.parameters.limits["V3.1"]
    assert f"界限：{limit.text}" in text
    assert limit.warning_text in text
    assert "判定：张三" in text
    form.go_to("D7.1")
    assert "抽查数为 3" in words(form.details.words)
    form.go_to("D12.2")
    assert "2 分：" in words(form.details.words)


def test_guidance_text(form: ObjectForm, store: Store) -> None:
    """The guidance of the rubric stands in the details of each item that has one."""
    rubric = store.rubric
    with_guidance = [item for item in rubric.items_in_scope(store.subjects[0]).values() if item.guidance]
    assert with_guidance
    for item in with_guidance:
        form.go_to(item.code)
        assert rubric.guidance(item) in words(form.details.words)


def test_number(form: ObjectForm, store: Store) -> None:
    """A count has its number where it is found; beyond the sample it is refused, marked, and stays to be mended."""
    form.go_to("D7.1")
    details = form.details
    assert details.count not in details.box.children
    click_result(form, SITE, "D7.1", "发现问题")
    assert details.count in details.box.children
    details.count.value = "4"
    assert details.count.value == "4"
    assert "gk-wrong" in details.count._dom_classes
    assert "请：" in words(form.screen.message)
    assert store.record(SITE).findings["D7.1"].count is None
    details.count.value = "3"
    assert "gk-wrong" not in details.count._dom_classes
    assert store.record(SITE).findings["D7.1"].count == 3
    assert "扣 3" in words(row_of(form, SITE, "D7.1").words)


def test_opens_where_something_is_to_be_said(form: ObjectForm) -> None:
    """发现问题, 不适用 and 无法判断 open the details; 不适用 without a reason is refused; 详情 again closes them."""
    click_result(form, SITE, "V1.2", "发现问题")
    assert form.details.target
    assert form.details.target.code == "V1.2"
    click_result(form, SITE, "V1.3", "不适用")
    assert "理由" in words(form.screen.message)
    assert form.details.target.code == "V1.3"
    assert row_of(form, SITE, "V1.3").result.index is None
    form.details.note.value = "本站没有"
    click_result(form, SITE, "V1.3", "不适用")
    assert row_of(form, SITE, "V1.3").result.index == 2
    open_details(form, SITE, "V1.3")
    assert form.details.target is None
    assert form.details.box not in row_of(form, SITE, "V1.3").box.children
    click_result(form, SITE, "V1.4", "未发现")
    assert form.details.target is None


def test_another_item(form: ObjectForm, store: Store) -> None:
    """The editor moves to another row with everything of that item; a number from before is not taken for it."""
    form.details.note.value = "V1.1 的说明"
    row_of(form, SITE, "V1.2").more.click()
    assert form.details.box in row_of(form, SITE, "V1.2").box.children
    assert form.details.box not in row_of(form, SITE, "V1.1").box.children
    assert form.details.note.value == ""
    form.details.count.value = "7"
    assert "没有记录" in words(form.screen.message)
    look_at(form)
    form.details.note.value = "V1.2 的说明"
    form.close_details()
    notes = {code: finding.note for code, finding in store.record(SITE).findings.items()}
    assert notes == {"V1.1": "V1.1 的说明", "V1.2": "V1.2 的说明"}


def test_clear(form: ObjectForm, store: Store) -> None:
    """清除判定 makes an item unchecked again; its note stays, and it can be undone."""
    click_result(form, SITE, "V1.1", "发现问题")
    form.details.note.value = "说明"
    form.details.clear.click()
    finding = store.record(SITE).findings["V1.1"]
    assert (finding.outcome, finding.note) == (Outcome.UNCHECKED, "说明")
    assert row_of(form, SITE, "V1.1").result.index is None
    form.undo.click()
    assert row_of(form, SITE, "V1.1").result.index == 1


def test_no_name_yet(new_bench: Callable[..., Workbench], store: Store) -> None:
    """Text typed before a name was said stays on the screen, marked; it is recorded once there is a name."""
    bench = new_bench("")
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    form.details.note.value = "说明"
    assert "检查人" in words(form.screen.message)
    assert form.details.note.value == "说明"
    assert "gk-wrong" in form.details.note._dom_classes
    bench.who.value = "王五"
    assert "gk-wrong" not in form.details.note._dom_classes
    form.close_details()
    entry = store.record(SITE).entries["V1.1"]
    assert (entry.actor, store.record(SITE).findings["V1.1"].note) == ("王五", "说明")


def test_full_disk(details: Details, form: ObjectForm, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """Text that cannot be written stays on the screen, marked; the next key writes all of it."""

    def full(*_: object) -> None:
        raise StoreError("磁盘空间不足。请：清理磁盘后再试一次。")

    with monkeypatch.context() as patch:
        patch.setattr(form.desk.store, "draft", full)
        details.note.value = "说明"
    assert "磁盘空间不足" in words(form.screen.message)
    assert details.note.value == "说明"
    assert "gk-wrong" in details.note._dom_classes
    details.note.value = "说明。"
    assert "gk-wrong" not in details.note._dom_classes
    form.close_details()
    assert store.record(SITE).findings["V1.1"].note == "说明。"


def test_failure_is_shown(
    details: Details, form: ObjectForm, monkeypatch: pytest.MonkeyPatch, failures: list[str]
) -> None:
    """A mistake in the program while typing is shown and logged, and the text stays."""
    with monkeypatch.context() as patch:
        patch.setattr(form.desk, "type_text", lambda *_, **__: dict[str, str]()["missing"])
        details.note.value = "说明"
    assert "程序内部出错（KeyError）" in words(form.screen.message)
    assert details.note.value == "说明"
    assert len(failures) == 1
    failures.clear()


def test_clash_while_typing(details: Details, form: ObjectForm, new_desk: NewDesk) -> None:
    """Text at an item that somebody else has changed: the field shows theirs, and both stand in the question."""
    other = new_desk("李四")
    other.judge(SITE, "V1.1", Outcome.FOUND)
    other.type_text(SITE, "V1.1", note="李四的说明")
    other.settle()
    details.note.value = "张三的说明"
    assert details.note.value == "李四的说明"
    assert "李四的说明" in words(form.clash.box)
    assert "张三的说明" in words(form.clash.box)
    form.clash.yes.click()
    assert details.note.value == "张三的说明"


def test_phrases(form: ObjectForm, new_desk: NewDesk, store: Store) -> None:
    """Notes of this and the last quarter are offered; one is added to what is there, again and again."""
    other = new_desk("李四")
    other.type_text(OTHER, "V1.1", note="本季度用过的说法")
    other.settle()
    form.close_details()
    open_details(form, SITE, "V1.1")
    phrase = form.details.phrase
    assert phrase.options[1] == "本季度用过的说法"
    assert any("劳记使命" in option for option in phrase.options)
    form.details.note.value = "先写的"
    phrase.index = 1
    phrase.index = 1
    form.close_details()
    assert store.record(SITE).findings["V1.1"].note == "先写的\n本季度用过的说法\n本季度用过的说法"
    assert phrase.index == 0


def test_no_phrases(form: ObjectForm, store: Store) -> None:
    """Where no phrase was ever used, none are offered."""
    form.go_to(next(code for code in form.desk.case(SITE).judgements if not form.earlier.phrases(store, code)))
    assert form.details.phrase not in form.details.box.children


def test_screenshots(form: ObjectForm, store: Store) -> None:
    """Screenshots are kept, shown small, and taken off; what is no picture is refused with its name."""
    details = form.details
    details.upload.value = (picture("一.PNG", b"one"), picture("二.jpg", b"two", "image/jpeg"))
    names = store.record(SITE).findings["V1.1"].screenshot.split("；")
    assert [store.evidence(name) for name in names] == [b"one", b"two"]
    assert details.upload.value == ()
    tags, _ = parsed(html(details.shots))
    assert [tag for tag, _ in tags] == ["a", "img", "a", "img"]
    details.upload.value = (picture("<img src=x onerror=alert(1)>.exe", kind="application/x-msdownload"),)
    assert "&lt;img src=x onerror=alert(1)&gt;.exe" in form.screen.message.value
    details.upload.value = (picture("没有扩展名"),)
    assert "请：" in words(form.screen.message)
    details.drop.index = 1
    assert store.record(SITE).findings["V1.1"].screenshot == names[1]
    assert len(details.drop.options) == 2
    assert details.drop.index == 0


def test_large_picture(form: ObjectForm, store: Store) -> None:
    """A picture that is far too large is refused with what to do."""
    form.details.upload.value = (picture("大.png", bytes(20 * 2**20 + 1)),)
    assert "20 MB" in words(form.screen.message)
    assert not store.record(SITE).findings


def test_screenshots_of_a_workbook(home: Home, new_bench: Callable[..., Workbench]) -> None:
    """Screenshots as workbooks name them, addresses of the web, are links; the rest of the item can be judged."""
    bench = new_bench("张三")
    bench.batch.value = home.batches()[1].key
    form = bench.object_form
    form.open("9901230010")
    open_details(form, "9901230010", "V1.1")
    tags, _ = parsed(html(form.details.shots))
    assert [attributes["href"] for _, attributes in tags] == ["http://kz.qinghe.example/2019q4/0010-1.png"]
    assert not words(form.screen.message)


def test_damaged_screenshot(form: ObjectForm, home: Home, store: Store) -> None:
    """A screenshot that is damaged says so, and the rest of the item can be judged."""
    form.details.upload.value = (picture("一.png", b"one"),)
    name = store.record(SITE).findings["V1.1"].screenshot
    (path,) = home.folder.rglob(name)
    path.write_bytes(b"other")
    form.refresh()
    assert "已损坏" in words(form.details.shots)
    path.unlink()
    form.refresh()
    assert "不在本机" in words(form.details.shots)


def test_measured(form: ObjectForm, store: Store) -> None:
    """An item has a field for each of its quantities; what they say shows beside it, and a wrong one stays marked."""
    open_details(form, SITE, "V4.1")
    first, second = form.details.measured
    assert [box.description for box in (first, second)] == list(store.rubric.items["V4.1"].measure.quantities_read)  # type: ignore[union-attr]
    assert first in form.details.box.children
    first.value = "许多"
    assert ("gk-wrong" in first._dom_classes, first.value) == (True, "许多")
    first.value = "3"
    second.value = "2"
    assert {m.quantity: int(m.value) for m in store.record(SITE).measurements} == {  # type: ignore[arg-type]
        first.description: 3,
        second.description: 2,
    }
    assert "发现问题" in words(row_of(form, SITE, "V4.1").words)
    first.value = ""
    assert len([m for m in store.record(SITE).measurements if m.quantity == first.description]) == 0


def test_daily(form: ObjectForm, store: Store) -> None:
    """A monitoring table goes into one field, and stands there in order."""
    open_details(form, SITE, "V2.1")
    daily = form.details.daily
    daily.value = "\n".join(f"2020-03-{day:02} 24 {day % 2}" for day in (3, 1, 2, 4, 5, 6, 7))
    assert daily.value.splitlines()[0] == "2020-03-01 24 1"
    assert len(store.record(SITE).measurements) == 14
    assert form.desk.case(SITE).judgements["V2.1"].outcome == Outcome.CLEAR
    assert form.details.measured[0] not in form.details.box.children


def test_frozen(form: ObjectForm) -> None:
    """The details of an object that was submitted can be read, not changed."""
    form.details.note.value = "说明"
    click_result(form, SITE, "V1.1", "发现问题")
    form.tabs.index = len(form.tabs.options) - 1
    form.conclusion.buttons["submit"].click()
    form.go_to("V1.1")
    details = form.details
    assert details.note.value == "说明"
    for widget in (
        details.note,
        details.url,
        details.count,
        details.phrase,
        details.upload,
        details.drop,
        details.clear,
    ):
        assert widget.disabled
    form.go_to("V4.1")
    assert all(box.disabled for box in details.measured)


def test_last_keys_on_their_way(form: ObjectForm, details: Details, store: Store) -> None:
    """Keys that come in after one went on, or closed the details, belong to the item that the browser still showed."""
    details.note.value = "打不"
    row_of(form, SITE, "V1.2").more.click()
    details.note.value = "打不开"
    form.desk.settle()
    assert store.record(SITE).findings["V1.1"].note == "打不开"
    assert "V1.2" not in store.record(SITE).findings
    assert details.note.value == "", "the field stands for the next item by now"
    look_at(form)
    details.note.value = "乙"
    form.close_details()
    details.note.value = "乙类"
    form.desk.settle()
    assert store.record(SITE).findings["V1.2"].note == "乙类"


def test_keys_that_may_be_of_two_items(form: ObjectForm, details: Details, store: Store) -> None:
    """Where nobody can tell at which item a key was typed, it is refused, and says so."""
    row_of(form, SITE, "V1.2").more.click()
    row_of(form, SITE, "V1.3").more.click()
    details.note.value = "哪一条"
    form.desk.settle()
    assert store.record(SITE).findings == {}
    assert "没有记录" in words(form.screen.message)
    assert details.note.value == ""
