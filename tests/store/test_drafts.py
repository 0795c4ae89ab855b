"""Drafts: what is being typed is kept, becomes entries when settled, and never overwrites anybody."""

import pytest

from govkit.findings import Filing, Stage
from govkit.store import FILING, Change, ConflictError, FrozenError, Home, Store
from tests.store.examples import OTHER, SITE, change, found, write


def test_draft_is_no_entry_until_settled(home: Home, store: Store) -> None:
    """A draft is kept in place of the one before, and settles with the name and the time of who typed it."""
    store.draft("张三", SITE, change(store, found(note="邮")))
    at = store.draft("张三", SITE, change(store, found(note="邮编")))
    assert "D1.1" not in store.record(SITE).entries
    with home.open(store.info.key) as again:
        assert again.settle() == ()
    entry = store.record(SITE).entries["D1.1"]
    assert (entry.actor, entry.at, entry.revision, entry.value) == ("张三", at, 1, found(note="邮编"))
    assert store.settle() == ()
    assert len(list(store.history(SITE, "D1.1"))) == 1


def test_each_draft_is_a_step(store: Store) -> None:
    """Drafts settle one by one, so that each can be taken back alone; only those of the object asked for."""
    store.draft("张三", SITE, change(store, found(note="一")))
    store.draft("张三", SITE, change(store, found("D2.1", note="二")))
    store.draft("张三", OTHER, change(store, found(subject_id=OTHER)))
    store.settle(SITE)
    assert [entry.item for entry in store.undo("张三", SITE)] == ["D2.1"]
    assert "D1.1" not in store.record(OTHER).entries


def test_draft_that_does_not_fit_any_more(store: Store) -> None:
    """Where the item was changed or the object submitted meanwhile, the draft stays, and can be dropped."""
    store.draft("张三", SITE, change(store, found(note="打到一半")))
    store.draft("张三", OTHER, change(store, found(subject_id=OTHER)))
    write(store, "李四", found(note="他的"))
    store.write("李四", OTHER, [Change(FILING, Filing(Stage.SUBMITTED), 0)])
    left = store.settle()
    assert [(draft.actor, draft.subject_id, draft.change.value) for draft in left] == [
        ("张三", SITE, found(note="打到一半")), ("张三", OTHER, found(subject_id=OTHER))]  # fmt: skip
    assert store.settle() == left
    assert store.record(SITE).findings["D1.1"] == found(note="他的")
    store.drop_draft("张三", SITE, "D1.1")
    assert store.settle() == left[1:]


def test_draft_obeys_the_same_rules(store: Store) -> None:
    """A draft on an earlier revision, or at a submitted object, is refused at once."""
    write(store, "李四", found(note="他的"))
    with pytest.raises(ConflictError) as raised:
        store.draft("张三", SITE, Change("D1.1", found(note="我的"), 0))
    assert raised.value.theirs[0].value == found(note="他的")
    store.write("李四", OTHER, [Change(FILING, Filing(Stage.SUBMITTED), 0)])
    with pytest.raises(FrozenError):
        store.draft("张三", OTHER, Change("D1.1", found(subject_id=OTHER), 0))
    with pytest.raises(ValueError, match="Change"):
        store.draft("张三", SITE, Change("D99.1", None, 0))


def test_writing_ends_ones_own_draft(store: Store) -> None:
    """What was typed at an item is done once the answer is written; another's draft of it stays."""
    store.draft("张三", SITE, change(store, found(note="我的")))
    store.draft("李四", SITE, change(store, found(note="他的")))
    store.draft("张三", SITE, change(store, found("D2.1")))
    write(store, "张三", found(note="写好了"))
    assert [draft.actor for draft in store.settle()] == ["李四"]
    assert set(store.record(SITE).findings) == {"D1.1", "D1.2", "D2.1"}


def test_spot_check_has_what_was_typed_last(store: Store) -> None:
    """The whole batch holds what people are typing, in the order of the ledger and of the rubric."""
    write(store, "张三", found("D9.1"))
    store.draft("张三", SITE, change(store, found(note="打到一半")))
    check = store.spot_check()
    assert [(f.subject_id, f.item) for f in check.findings] == [
        (SITE, "D1.1"), (SITE, "D1.2"), (SITE, "D9.1"), (OTHER, "D2.1")]  # fmt: skip
    assert check.findings[0].note == "打到一半"
