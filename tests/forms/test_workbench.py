"""The workbench: batches, objects and modes stay together with what is shown, and typing ends by itself."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.findings import Outcome
from govkit.forms import inspect
from govkit.forms.workbench import Workbench, on_the_loop
from govkit.ledger import Kind
from govkit.store import Home, Store, StoreError
from tests.forms.browser import Clockwork, click_result, look_at, open_details, row_of, words
from tests.forms.conftest import NewDesk

SITE, OTHER, ACCOUNT = "9901230001", "9901230002", "9901230001001001"


def shown(bench: Workbench) -> str:
    """The name of the object on the screen."""
    return words(bench.object_form.head)


def test_idle(bench: Workbench, clockwork: Clockwork, store: Store) -> None:
    """Two seconds after the last key what was typed is a step of the log."""
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    for text in ("一", "一二"):
        form.details.note.value = text
        clockwork.run(1.9)
    assert not list(store.history())
    clockwork.run(2)
    assert [entry.item for entry in store.history()] == ["V1.1"]
    assert form.undo.description == "撤销 V1.1"


def test_idle_with_a_clash(bench: Workbench, clockwork: Clockwork, new_desk: NewDesk) -> None:
    """A clash that shows when the typing ends by itself is asked about."""
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    form.details.note.value = "张三的说明"
    new_desk("李四").judge(SITE, "V1.1", Outcome.FOUND)
    clockwork.run(2)
    assert "张三的说明" in words(form.clash.box)


def test_full_disk_while_idle(bench: Workbench, clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing that cannot be ended is tried again, and said."""
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    form.details.note.value = "说明"

    def full(*_: object) -> None:
        raise StoreError("磁盘空间不足。请：清理磁盘后再试一次。")

    with monkeypatch.context() as patch:
        patch.setattr(bench.desk.store, "settle", full)
        clockwork.run(2)
    assert "磁盘空间不足" in words(bench.screen.message)
    assert bench.desk.is_typing
    clockwork.run(2)
    assert not bench.desk.is_typing


def test_objects(bench: Workbench) -> None:
    """Objects are chosen from a list, or one after the other; beyond both ends nothing happens."""
    bench.back.click()
    assert bench.object.value == SITE
    bench.forth.click()
    assert bench.object.value == OTHER
    assert "青禾县发展和改革委员会" in shown(bench)
    bench.object.value = ACCOUNT
    assert "青禾发布" in shown(bench)
    bench.object.index = len(bench.object.options) - 1
    bench.forth.click()
    assert bench.object.index == len(bench.object.options) - 1


def test_label_of_an_object(bench: Workbench) -> None:
    """The list says how far each object has come; names that are the same are told apart by their codes."""
    labels = [label for label, _ in bench.object.options]
    assert len(set(labels)) == len(labels)
    assert "未开始 0/89" in labels[0]
    click_result(bench.object_form, SITE, "V1.1", "发现问题")
    bench.forth.click()
    assert "检查中 1/89" in bench.object.options[0][0]


def test_same_pane(bench: Workbench) -> None:
    """The next object opens in the pane of the same name, where it has one; the filter begins anew."""
    form = bench.object_form
    form.tabs.index = form.tabs.options.index("互动交流")
    form.filter.index = 1
    bench.object.value = "9901230006"
    assert form.tabs.options[form.tabs.index] == "互动交流"
    assert form.filter.index == 0
    bench.object.value = ACCOUNT
    assert form.tabs.options[form.tabs.index] == "单项否决"


def test_kinds(bench: Workbench) -> None:
    """The list can be of sites, of accounts, or of what is not finished; the object on the screen is one of the list."""
    bench.kind.value = Kind.ACCOUNT
    assert len(bench.object.options) == 37
    assert bench.object.value == ACCOUNT
    assert "青禾发布" in shown(bench)
    bench.kind.value = "all"
    assert bench.object.value == ACCOUNT
    bench.desk.clear_rest(ACCOUNT, list(bench.desk.case(ACCOUNT).judgements))
    bench.kind.value = "unfinished"
    assert ACCOUNT not in [value for _, value in bench.object.options]


def test_nothing_listed(bench: Workbench) -> None:
    """A list with nothing in it says so; what is on the screen can still be judged, and is what is written."""
    for case in bench.desk.cases():
        bench.desk.clear_rest(case.subject.id, list(case.judgements))
    bench.kind.value = "unfinished"
    assert bench.object.value is None
    assert "没有这样的检查对象" in words(bench.screen.message)
    assert "青禾县人民政府网" in shown(bench)
    click_result(bench.object_form, SITE, "V1.1", "发现问题")
    assert bench.desk.reload(SITE).finding("V1.1").outcome == Outcome.FOUND
    bench.forth.click()
    bench.kind.value = "all"
    assert bench.object.value == SITE


def test_batches(bench: Workbench, home: Home, store: Store) -> None:
    """Another batch is opened with its own answers; what was typed in the one before is recorded there."""
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    form.details.note.value = "说明"
    bench.batch.value = home.batches()[1].key
    assert store.record(SITE).findings["V1.1"].note == "说明"
    assert not store.present()
    assert bench.desk.store.info.key == home.batches()[1].key
    bench.object.value = "9901230010"
    assert "不合格" in words(bench.object_form.bar)
    click_result(bench.object_form, "9901230010", "V1.2", "发现问题")
    assert [r for r in store.records() if "V1.2" in r.findings] == []


def test_batch_that_cannot_be_opened(bench: Workbench, home: Home, store: Store) -> None:
    """Where a batch cannot be opened, the form and the list of batches stay at the one before."""
    key = home.batches()[1].key
    for path in home.folder.glob(f"{key}*"):
        path.unlink()
    bench.batch.value = key
    assert "没有批次" in words(bench.screen.message)
    assert bench.batch.value == store.info.key
    click_result(bench.object_form, SITE, "V1.1", "发现问题")
    assert store.record(SITE).findings["V1.1"].outcome == Outcome.FOUND


def test_object_that_cannot_be_opened(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an object cannot be opened, the list stays at the one that is shown."""

    def busy(*_: object) -> None:
        raise StoreError("正被其他程序占用。请：再试一次。")

    with monkeypatch.context() as patch:
        patch.setattr(bench.desk.store, "settle", busy)
        bench.forth.click()
        assert "正被其他程序占用" in words(bench.screen.message)
        assert (bench.object.value, bench.object_form.subject_id) == (SITE, SITE)
        bench.kind.value = Kind.ACCOUNT
        assert (bench.object.value, bench.object_form.subject_id) == (None, SITE)
    bench.forth.click()
    assert bench.object.value == ACCOUNT


def test_modes(bench: Workbench, store: Store) -> None:
    """By object and by item show the same answers; what was typed in one is recorded when the other is shown."""
    open_details(bench.object_form, SITE, "V1.1")
    bench.object_form.details.note.value = "说明"
    bench.mode.value = "item"
    assert store.record(SITE).findings["V1.1"].note == "说明"
    assert bench.item_form
    bench.item_form.item.value = "V1.1"
    click_result(bench.item_form, SITE, "V1.1", "发现问题")
    bench.mode.value = "object"
    assert row_of(bench.object_form, SITE, "V1.1").result.index == 1


def test_two_forms(new_bench: Callable[..., Workbench], store: Store) -> None:
    """Two kernels at one object lose no answer: each takes in what the other has done before it goes on."""
    clocks = Clockwork(), Clockwork()
    benches = [new_bench(who, clock) for who, clock in zip(("张三", "李四"), clocks, strict=True)]
    codes = [target.code for target in benches[0].object_form.rows.targets]  # type: ignore[union-attr]
    for at, code in enumerate(codes):
        form = benches[at % 2].object_form
        click_result(form, SITE, code, "发现问题")
        form.details.note.value = f"说明 {code}"
        clocks[at % 2].run(5)
    for clock in clocks:
        clock.run(5)
    findings = store.record(SITE).findings
    assert {code: findings[code].note for code in codes} == {code: f"说明 {code}" for code in codes}
    for bench in benches:
        look_at(bench.object_form)
        assert {row_of(bench.object_form, SITE, code).result.index for code in codes} == {1}


def test_name(bench: Workbench, home: Home, store: Store) -> None:
    """What was typed before another name was said is recorded under the name before; the next to come says who it is."""
    open_details(bench.object_form, SITE, "V1.1")
    bench.object_form.details.note.value = "张三的说明"
    bench.who.value = " 李四 "
    assert home.inspector == ""
    assert "检查人：李四" in shown(bench)
    bench.object_form.details.note.value = "李四的说明"
    bench.forth.click()
    assert [(e.actor, e.value.note) for e in store.history(SITE)] == [("张三", "张三的说明"), ("李四", "李四的说明")]  # type: ignore[union-attr]


def test_presence_of_what_is_displayed(bench: Workbench, clockwork: Clockwork, store: Store) -> None:
    """A form that is not displayed any more, as after its cell was run anew, is seen nowhere for long."""
    store.leave(bench._session)
    clockwork.run(5)
    assert not store.present()
    bench.box._view_count = 1
    clockwork.run(5)
    assert [p.subject_id for p in store.present()] == [SITE]
    bench.mode.value = "item"
    assert bench.item_form
    bench.item_form.item.value = "V1.1"
    open_details(bench.item_form, OTHER, "V1.1")
    clockwork.run(5)
    assert [p.subject_id for p in store.present()] == [OTHER]


def test_trouble_while_looking_around(bench: Workbench, clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at what others do that fails says so, and is taken again."""

    def busy() -> None:
        raise StoreError("正被其他程序占用。请：再试一次。")

    with monkeypatch.context() as patch:
        patch.setattr(bench.desk.store, "present", busy)
        clockwork.run(5)
    assert "正被其他程序占用" in words(bench.screen.message)
    clockwork.run(5)
    click_result(bench.object_form, SITE, "V1.1", "发现问题")
    assert not words(bench.screen.message)


def test_log_file(bench: Workbench, home: Home, monkeypatch: pytest.MonkeyPatch, failures: list[str]) -> None:
    """What fails is kept in a file of the home with its traceback, once, however many forms there are."""
    look_at(bench.object_form)
    monkeypatch.setattr(bench.desk, "undo", lambda _: dict[str, str]()["missing"])
    bench.desk.judge(SITE, "V1.1", Outcome.FOUND)
    bench.object_form.refresh()
    bench.object_form.undo.click()
    text = (home.folder / "logs" / "forms.log").read_text(encoding="utf-8")
    assert text.count("KeyError: 'missing'") == 1
    assert "Traceback" in text
    assert len(failures) == 1
    failures.clear()


def test_later() -> None:
    """On the loop of a kernel things are done later, unless they are called off; without a loop they are not done."""
    done: list[str] = []

    async def kernel() -> None:
        on_the_loop(0.01, lambda: done.append("done"))
        on_the_loop(0.01, lambda: done.append("called off"))()
        await asyncio.sleep(0.05)

    asyncio.run(kernel())
    on_the_loop(0, lambda: done.append("no loop"))()
    assert done == ["done"]


def test_nothing_to_inspect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`inspect` says what to do where there is no batch, or no home."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "无"))
    assert "还没有批次" in words(inspect())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(inspect())


def test_goes_on_where_it_stopped(new_bench: Callable[..., Workbench]) -> None:
    """Whoever comes back is at the object at which they wrote last."""
    first = new_bench("张三")
    first.object.value = "9901230003"
    click_result(first.object_form, "9901230003", "V1.1", "未发现")
    assert new_bench("张三").object_form.subject_id == "9901230003"
    assert new_bench("王五").object_form.subject_id == SITE
