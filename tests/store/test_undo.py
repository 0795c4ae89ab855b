"""Taking back: step by step, one's own only, never what somebody has changed since."""

import pytest

from govkit.findings import Filing, Stage
from govkit.store import FILING, Change, ConflictError, FrozenError, Home, Store
from tests.store.examples import OTHER, SITE, change, found, write


def test_undo_after_reopening(home: Home, store: Store) -> None:
    """The latest step is taken back, also after the batch was closed; what was before stands again."""
    write(store, "张三", found(note="一"))
    write(store, "张三", found(note="二"), found("D2.1"))
    with home.open(store.info.key) as again:
        step = again.undoable("张三", SITE)
        assert [entry.item for entry in step] == ["D1.1", "D2.1"]
        undone = again.undo("张三", SITE)
    assert {entry.undoes for entry in undone} == {step[0].step}
    assert store.record(SITE).findings["D1.1"] == found(note="一")
    assert store.record(SITE).entries["D2.1"].value is None
    assert store.record(SITE).revision("D2.1") == 2


def test_undo_goes_back_step_by_step(store: Store) -> None:
    """Taking back again goes one step further, until there is nothing of one's own; the workbook's contents stay."""
    for note in ("一", "二", "三"):
        write(store, "张三", found("D1.2", note=note))
    notes = []
    while store.undoable("张三", SITE):
        store.undo("张三", SITE)
        notes.append(store.record(SITE).findings["D1.2"].note)
    assert notes == ["二", "一", "邮编有误"]
    assert store.undo("张三", SITE) == ()
    assert store.undoable("组织者", SITE) == ()


def test_undo_after_going_on(store: Store) -> None:
    """Between steps taken back, new ones may be written; each is taken back to what stood before it."""
    write(store, "张三", found(note="一"))
    write(store, "张三", found(note="二"))
    store.undo("张三", SITE)
    write(store, "张三", found(note="三"))
    assert store.undo("张三", SITE)[0].value == found(note="一")
    assert store.undo("张三", SITE)[0].value is None
    assert store.undoable("张三", SITE) == ()


def test_undo_of_thirty_answers(store: Store) -> None:
    """A step of thirty answers is taken back as one."""
    codes = [code for code in store.rubric.items if code.startswith("D") and code != "D1.2"][:30]
    write(store, "张三", *(found(code) for code in codes))
    assert len(store.record(SITE).findings) == 31
    assert len(store.undo("张三", SITE)) == 30
    assert list(store.record(SITE).findings) == ["D1.2"]


def test_undo_is_for_ones_own(store: Store) -> None:
    """Another's step, a step at another object, and a step that filed the object are left alone."""
    write(store, "张三", found(note="一"))
    write(store, "李四", found("D2.1"))
    write(store, "张三", found("D1.1", subject_id=OTHER))
    store.write("张三", SITE, [change(store, found("D3.1")), Change(FILING, Filing(Stage.CHECKING, reason="退回"), 0)])
    assert [entry.value for entry in store.undoable("张三", SITE)] == [found(note="一")]


def test_undo_of_what_was_changed_since(store: Store) -> None:
    """Where somebody has changed an item since, nothing is taken back, and their entry is shown."""
    write(store, "张三", found(note="一"), found("D2.1"))
    write(store, "李四", found(note="他的"))
    with pytest.raises(ConflictError) as raised:
        store.undo("张三", SITE)
    assert [entry.value for entry in raised.value.theirs] == [found(note="他的")]
    assert "D2.1" in store.record(SITE).findings
    store.undo("李四", SITE)
    assert len(store.undo("张三", SITE)) == 2


def test_undo_while_frozen(store: Store) -> None:
    """Nothing is taken back at an object that was submitted."""
    write(store, "张三", found())
    store.write("张三", SITE, [Change(FILING, Filing(Stage.SUBMITTED), 0)])
    with pytest.raises(FrozenError):
        store.undo("张三", SITE)
    with pytest.raises(KeyError):
        store.undo("张三", "没有")
