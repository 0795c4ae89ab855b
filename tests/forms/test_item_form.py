"""One item across many objects: the same store, the same rows, and steps that are taken back as they were made."""

from collections.abc import Callable
from datetime import date

import pytest

from govkit.findings import Batch, Outcome, SpotCheck
from govkit.forms import filing
from govkit.forms.item_form import ItemForm
from govkit.forms.panes import Filter
from govkit.forms.workbench import Workbench
from govkit.rubric import load_rubric
from govkit.store import Home, Store
from tests.forms.browser import click_result, live, look_at, open_details, row_of, words
from tests.forms.conftest import NewDesk

SITE, OTHER, ACCOUNT = "9901230001", "9901230002", "9901230001001001"


@pytest.fixture
def form(bench: Workbench) -> ItemForm:
    """The workbench by item."""
    bench.mode.value = "item"
    assert bench.item_form
    return bench.item_form


def test_judging(form: ItemForm, store: Store) -> None:
    """A click is an answer of that object in the same store, as if given in the form of the object."""
    form.item.value = "D1.1"
    click_result(form, OTHER, "D1.1", "发现问题")
    open_details(form, SITE, "D1.1")
    form.details.note.value = "电话有误"
    form.close_details()
    assert store.record(OTHER).findings["D1.1"].outcome == Outcome.FOUND
    assert store.record(SITE).findings["D1.1"].note == "电话有误"
    assert "已判 1/27" in words(form.place)


def test_objects_in_scope(form: ItemForm) -> None:
    """An item lists the objects for which it is in scope, twenty on a page."""
    counts = {}
    for code in ("D1.1", "D10.1", "M1.1"):
        form.item.value = code
        counts[code] = (len(form._listed), len(form.rows.targets))
    assert counts == {"D1.1": (27, 20), "D10.1": (22, 20), "M1.1": (37, 20)}


def test_pages(form: ItemForm) -> None:
    """Pages are turned to the last and back; a click too many on its way to the kernel turns nothing."""
    form.item.value = "D1.1"
    assert form.back.disabled
    form.back.click()
    first = form.rows.targets
    form.forth.click()
    assert len(form.rows.targets) == 7
    assert form.forth.disabled
    form.forth.click()
    assert "第 2/2 页" in words(form.place)
    form.back.click()
    assert form.rows.targets == first


def test_fresh_page(form: ItemForm, store: Store) -> None:
    """A click made on the page before is not taken for an object of this one."""
    look_at(form)
    form.item.value = "D1.1"
    look_at(form)
    form.forth.click()
    form.rows.row(form.rows.targets[0]).result.index = 1  # type: ignore[union-attr]
    assert not list(store.history())


def test_filters(form: ItemForm, new_desk: NewDesk) -> None:
    """Filters list the objects where the item is open, a problem, or cannot be told; also none."""
    form.item.value = "D1.1"
    new_desk("李四").judge(OTHER, "D1.1", Outcome.FOUND)
    form.filter.value = Filter.PROBLEM
    assert [target.subject_id for target in form.rows.targets] == [OTHER]
    form.filter.value = Filter.CANNOT_TELL
    assert form.rows.targets == ()
    form.rest.click()
    assert "请" in words(form.screen.message)
    form.filter.value = Filter.OPEN
    assert len(form._listed) == 26


def test_rest(form: ItemForm, store: Store) -> None:
    """“本页其余未发现” asks, names the objects, marks those of the page, and is taken back in one step."""
    form.item.value = "D1.1"
    click_result(form, OTHER, "D1.1", "发现问题")
    form.rest.click()
    assert "这 19 个对象" in words(form.confirm.box)
    assert "青禾县人民政府网" in words(form.confirm.box)
    assert "青禾县发展和改革委员会" not in words(form.confirm.box)
    form.confirm.yes.click()
    outcomes = [r.findings["D1.1"].outcome for r in store.records() if "D1.1" in r.findings]
    assert sorted(outcomes) == [Outcome.CLEAR] * 19 + [Outcome.FOUND]
    form.undo.click()
    assert [r.subject.id for r in store.records() if r.findings] == [OTHER]
    form.undo.click()
    assert not [r.subject.id for r in store.records() if r.findings]
    assert form.undo.disabled


def test_undo_of_text_and_numbers(form: ItemForm, store: Store) -> None:
    """What is done in the details is taken back as steps of their own, before the result."""
    form.item.value = "D7.1"
    click_result(form, OTHER, "D7.1", "发现问题")
    form.details.count.value = "3"
    form.details.note.value = "说明"
    click_result(form, SITE, "D7.1", "未发现")
    assert form.undo.description == "撤销 青禾县人民政府网 D7.1"
    form.undo.click()
    assert not store.record(SITE).findings
    assert store.record(OTHER).findings["D7.1"].note == "说明"
    form.undo.click()
    assert (store.record(OTHER).findings["D7.1"].note, store.record(OTHER).findings["D7.1"].count) == ("", 3)
    form.undo.click()
    assert store.record(OTHER).findings["D7.1"].count is None
    form.undo.click()
    assert not store.record(OTHER).findings


def test_frozen_objects(form: ItemForm, new_desk: NewDesk) -> None:
    """An object that was submitted says so, takes no clicks, and is left out of “其余未发现”."""
    desk = new_desk("李四")
    desk.judge(SITE, "V1.1", Outcome.FOUND)
    filing.submit(desk, SITE)
    form.item.value = "D1.1"
    row = row_of(form, SITE, "D1.1")
    assert row.result.disabled
    assert "已提交" in words(row.words)
    form.rest.click()
    assert "这 19 个对象" in words(form.confirm.box)


def test_clash(form: ItemForm, new_desk: NewDesk, store: Store) -> None:
    """Two answers stand side by side here, too."""
    form.item.value = "D1.1"
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    click_result(form, SITE, "D1.1", "未发现")
    assert "李四" in words(form.clash.box)
    form.clash.yes.click()
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.CLEAR


def test_someone_is_there(form: ItemForm, new_bench: Callable[..., Workbench]) -> None:
    """An object at which another person works says so in its row."""
    new_bench("李四")
    form.item.value = "D1.1"
    assert "李四也在检查" not in words(row_of(form, OTHER, "D1.1").words)
    bench = new_bench("王五")
    bench.mode.value = "item"
    assert bench.item_form
    bench.item_form.item.value = "D1.1"
    assert "李四也在检查" in words(row_of(bench.item_form, SITE, "D1.1").words)


def test_no_objects(empty_home: Home) -> None:
    """A batch without objects has nothing to choose, in either form, and nothing fails."""
    check = SpotCheck(Batch("空", date(2020, 3, 20), "fengdu-2019"), (), ())
    empty_home.create(check, load_rubric("fengdu-2019"), "组织者").close()
    bench = Workbench(empty_home, empty_home.batches(), lambda _seconds, _action: lambda: None)
    bench.mode.value = "item"
    assert bench.item_form
    assert bench.item_form.rows.targets == ()
    for button in (bench.item_form.rest, bench.item_form.forth, bench.item_form.undo):
        button.click()
    bench.mode.value = "object"
    for button in (bench.forth, bench.back, bench.object_form.rest, bench.object_form.undo):
        button.click()
    assert bench.object.value is None
    bench.desk.store.close()


def test_no_more_widgets(form: ItemForm) -> None:
    """Going from item to item makes no new widgets."""
    codes = [code for _, code in form.item.options]

    def walk(number: int) -> None:
        for at in range(number):
            form.item.value = codes[at * 7 % len(codes)]

    walk(3)
    before = live()
    walk(20)
    assert live() == before
