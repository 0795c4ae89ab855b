"""The desk: judging, typing, measuring and taking back, over a real store."""

import json

import pytest

from govkit.findings import Filing, Finding, Outcome, Stage
from govkit.forms import filing
from govkit.forms.desk import Desk
from govkit.forms.errors import Clash, Refusal
from govkit.scoring import Ground
from govkit.store import FrozenError, Store
from tests.forms.conftest import NOW, NewDesk

SITE, OTHER, ACCOUNT = "9901230001", "9901230002", "9901230001001001"


def steps(store: Store, subject_id: str = SITE) -> list[str]:
    """The items of the log of an object, oldest first."""
    return [entry.item for entry in store.history(subject_id)]


def note(store: Store, code: str, subject_id: str = SITE) -> str:
    """The note that the log has of an item."""
    return store.record(subject_id).findings[code].note


def finish(desk: Desk, subject_id: str = ACCOUNT) -> None:
    """Find nothing at all items of an object."""
    desk.clear_rest(subject_id, list(desk.case(subject_id).judgements))


# Judging


def test_judge(desk: Desk, store: Store) -> None:
    """A result is on the disk with who and when, the score moves with it, and what was noted beside it stays."""
    desk.type_text(SITE, "D1.1", note="电话打不通")
    case = desk.judge(SITE, "D1.1", Outcome.FOUND)
    assert store.record(SITE).findings["D1.1"] == Finding(
        SITE, "D1.1", Outcome.FOUND, None, "电话打不通", inspector="张三", checked_at=NOW
    )
    assert case.score.losses["D1.1"] == 2
    assert desk.judge(SITE, "D1.1", Outcome.CLEAR).score.losses == {}


def test_no_name(new_desk: NewDesk, store: Store) -> None:
    """Nothing is recorded for nobody: the sentence says where to write the name."""
    nobody = new_desk("  ")
    nobody.open(SITE)
    with pytest.raises(Refusal, match="检查人"):
        nobody.judge(SITE, "D1.1", Outcome.CLEAR)
    with pytest.raises(Refusal, match="检查人"):
        nobody.type_text(SITE, "D1.1", note="x")
    with pytest.raises(Refusal, match="检查人"):
        nobody.measure(SITE, "V4.3", "空白栏目数", "1")
    with pytest.raises(Refusal):
        nobody.undo(SITE)
    assert not steps(store)
    assert not store.present()


def test_not_applicable_has_a_reason(desk: Desk, store: Store) -> None:
    """不适用 is refused without a note, and its note cannot be taken away again."""
    with pytest.raises(Refusal, match="理由"):
        desk.judge(SITE, "D9.1", Outcome.NOT_APPLICABLE)
    desk.type_text(SITE, "D9.1", note="本站无此类栏目")
    desk.judge(SITE, "D9.1", Outcome.NOT_APPLICABLE)
    with pytest.raises(Refusal, match="理由"):
        desk.type_text(SITE, "D9.1", note="  ")
    assert note(store, "D9.1") == "本站无此类栏目"


@pytest.mark.parametrize(("code", "number"), [("D7.1", 4), ("D7.1", 0), ("D12.2", 3), ("V4.3", 4)])
def test_numbers_are_refused(desk: Desk, store: Store, code: str, number: int) -> None:
    """A number beyond the sample, none at all, no level, or below the limit of a veto is refused, never clamped."""
    with pytest.raises(Refusal, match="请"):
        desk.judge(SITE, code, Outcome.FOUND, number)
    assert not steps(store)


def test_number_stays(desk: Desk) -> None:
    """A second click on 发现问题 keeps the number; another result has none."""
    desk.judge(SITE, "D7.1", Outcome.FOUND, 3)
    assert desk.judge(SITE, "D7.1", Outcome.FOUND).finding("D7.1").count == 3
    assert desk.judge(SITE, "D7.1", Outcome.CANNOT_TELL).finding("D7.1").count is None


def test_contradiction(desk: Desk, store: Store) -> None:
    """A result that a measured quantity denies is refused, and so is a quantity that denies a result; both are named."""
    desk.measure(SITE, "V3.1", "首页最近更新日期", "2020-03-01")
    with pytest.raises(Refusal, match="首页最近更新日期"):
        desk.judge(SITE, "V3.1", Outcome.CLEAR)
    desk.judge(SITE, "V4.3", Outcome.CLEAR)
    with pytest.raises(Refusal, match="空白栏目数"):
        desk.measure(SITE, "V4.3", "空白栏目数", "5")
    assert steps(store) == ["首页最近更新日期", "V4.3"]


def test_clear_rest(desk: Desk, store: Store) -> None:
    """“其余未发现” takes what nobody has judged or measured, as one step; 无法判断 stays open, and undo takes all back."""
    desk.judge(SITE, "D1.1", Outcome.FOUND)
    desk.judge(SITE, "D2.1", Outcome.CANNOT_TELL)
    desk.measure(SITE, "V4.3", "空白栏目数", "5")
    before = store.record(SITE).findings
    codes = ["V4.3", "D1.1", "D1.2", "D2.1", "D2.2"]
    case = desk.clear_rest(SITE, codes)
    outcomes = [case.judgements[code].outcome.name for code in codes]
    assert outcomes == ["FOUND", "FOUND", "CLEAR", "CANNOT_TELL", "CLEAR"]
    assert {entry.item for entry in desk.undoable(SITE)} == {"D1.2", "D2.2"}
    desk.undo(SITE)
    assert store.record(SITE).findings == before


def test_clear_everywhere(desk: Desk, store: Store) -> None:
    """One item cleared at many objects is one step to take back; objects where it was judged keep what they have."""
    desk.judge(OTHER, "D1.1", Outcome.FOUND)
    desk.clear_everywhere("D1.1", [SITE, OTHER, "9901230003"])
    assert [entry.subject_id for entry in desk.last_done()] == [SITE, "9901230003"]
    desk.undo_last()
    assert "D1.1" not in store.record(SITE).findings
    assert store.record(OTHER).findings["D1.1"].outcome == Outcome.FOUND


# Typing


def test_every_key_is_on_the_disk(desk: Desk, store: Store) -> None:
    """Each key is kept when `type_text` returns; when the typing ends it is one step of the log, and one undo."""
    for end in range(1, 5):
        desk.type_text(SITE, "D1.1", note="电话有误"[:end])
        (draft,) = store_drafts(store)
        assert draft == "电话有误"[:end]
    assert desk.is_typing
    assert not steps(store)
    desk.settle()
    assert not desk.is_typing
    assert steps(store) == ["D1.1"]
    desk.type_text(SITE, "D1.1", url="http://a.example")
    desk.undo(SITE)
    assert note(store, "D1.1") == "电话有误"
    assert store.record(SITE).findings["D1.1"].url == ""
    desk.undo(SITE)
    assert not store.record(SITE).findings


def store_drafts(store: Store) -> list[str]:
    """The notes that are still being typed, as they are in the database."""
    with store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM draft").all()
    return [json.loads(row.value)["note"] for row in rows]


def test_settled_from_outside(desk: Desk, store: Store) -> None:
    """What was typed in a kernel that is gone is taken in by whoever opens the object next."""
    desk.type_text(SITE, "D1.1", note="电话有误")
    store.settle(SITE)
    entry = store.record(SITE).entries["D1.1"]
    assert (entry.actor, note(store, "D1.1")) == ("张三", "电话有误")


def test_typing_elsewhere_ends_it(desk: Desk, store: Store) -> None:
    """Text at another item, or a click, makes what was typed before a step of its own."""
    desk.type_text(SITE, "D1.1", note="甲")
    desk.type_text(SITE, "D1.2", note="乙")
    assert steps(store) == ["D1.1"]
    desk.judge(SITE, "D1.2", Outcome.FOUND)
    assert steps(store) == ["D1.1", "D1.2", "D1.2"]


def test_saved(desk: Desk) -> None:
    """When something was last saved counts every key; nothing was saved where nothing ever was."""
    assert desk.saved(SITE) is None
    desk.type_text(SITE, "D1.1", note="甲")
    first = desk.saved(SITE)
    assert first is not None
    desk.type_text(SITE, "D1.1", note="甲乙")
    second = desk.saved(SITE)
    assert second is not None
    assert second > first
    desk.judge(SITE, "D1.1", Outcome.FOUND)
    last = desk.saved(SITE)
    assert last is not None
    assert last > second


# Two people


def test_click_on_what_another_has_changed(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """A click on an answer that was changed since it was shown is not taken: both answers are there to choose from."""
    desk.open(SITE)
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    with pytest.raises(Clash) as caught:
        desk.judge(SITE, "D1.1", Outcome.CLEAR)
    assert (caught.value.mine.outcome, caught.value.theirs.actor) == (Outcome.CLEAR, "李四")
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.FOUND
    assert desk.case(SITE).finding("D1.1").outcome == Outcome.FOUND


@pytest.mark.parametrize("mine", [True, False])
def test_typing_over_another(desk: Desk, new_desk: NewDesk, store: Store, *, mine: bool) -> None:
    """Typing where somebody else has written gives a choice of both; either is kept whole, and no draft is left."""
    desk.open(SITE)
    new_desk("李四").type_text(SITE, "D1.1", note="李四的说明")
    desk.store.settle(SITE)  # as the idle time of 李四 does
    with pytest.raises(Clash) as caught:
        desk.type_text(SITE, "D1.1", note="张三的说明")
    clash = caught.value
    assert isinstance(clash.theirs.value, Finding)
    assert (clash.mine.note, clash.theirs.value.note) == ("张三的说明", "李四的说明")
    if mine:
        desk.answer(clash.mine)
    else:
        desk.give_way(clash.mine)
    assert note(store, "D1.1") == ("张三的说明" if mine else "李四的说明")
    assert not store_drafts(store)
    assert desk.left(SITE) is None


def test_looking_around_while_typing(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """Typing rests on what was shown when it began: what others did meanwhile is never replaced unseen."""
    desk.type_text(SITE, "D1.1", note="张三")
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    desk.reload(SITE)
    with pytest.raises(Clash):
        desk.type_text(SITE, "D1.1", note="张三的说明")
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.FOUND


def test_typing_ended_by_others(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """Somebody who opens the object ends the typing of others there; they go on without a clash with themselves."""
    desk.type_text(SITE, "D1.1", note="电话")
    new_desk("李四").open(SITE)
    assert note(store, "D1.1") == "电话"
    desk.type_text(SITE, "D1.1", note="电话有误")
    desk.settle()
    assert note(store, "D1.1") == "电话有误"
    assert {entry.actor for entry in store.history(SITE)} == {"张三"}


def test_clash_of_the_item_before(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """When the typing before turns out to clash, the key just typed at another item is kept all the same."""
    desk.type_text(SITE, "D1.1", note="张三")
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    with pytest.raises(Clash) as caught:
        desk.type_text(SITE, "D1.2", note="新的")
    assert caught.value.mine.note == "张三"
    assert desk.case(SITE).finding("D1.2").note == "新的"
    store.settle(SITE)
    assert note(store, "D1.2") == "新的"


def test_clash_after_a_crash(desk: Desk, new_desk: NewDesk) -> None:
    """What was typed in a kernel that is gone, and clashes by now, is offered when its person opens the object again."""
    desk.type_text(SITE, "D1.1", note="张三的说明")
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    again = new_desk("张三")
    again.open(SITE)
    clash = again.left(SITE)
    assert clash
    assert (clash.mine.note, clash.theirs.actor) == ("张三的说明", "李四")
    other = new_desk("李四")
    other.open(SITE)
    assert other.left(SITE) is None


def test_mine_that_is_denied_by_now(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """The choice after a clash is held against the quantities as they are by then."""
    desk.open(SITE)
    other = new_desk("李四")
    other.judge(SITE, "V4.3", Outcome.CANNOT_TELL)
    with pytest.raises(Clash) as caught:
        desk.judge(SITE, "V4.3", Outcome.CLEAR)
    other.measure(SITE, "V4.3", "空白栏目数", "5")
    with pytest.raises(Refusal, match="空白栏目数"):
        desk.answer(caught.value.mine)
    assert store.record(SITE).findings["V4.3"].outcome == Outcome.CANNOT_TELL


def test_submitted_while_typing(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """Text that comes too late for a submission is refused, never lost: it is taken in when the object is sent back."""
    finish(new_desk("李四"))
    desk.open(ACCOUNT)
    desk.type_text(ACCOUNT, "M1.1", note="张三的说明")
    other = new_desk("李四")
    other.file(other.reload(ACCOUNT), Filing(Stage.SUBMITTED, inspector="李四"))
    with pytest.raises(Refusal, match="已提交"):
        desk.settle()
    with pytest.raises(FrozenError):
        desk.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    assert note(store, "M1.1", ACCOUNT) == ""
    filing.send_back(other, ACCOUNT, "再看看")
    desk.open(ACCOUNT)
    assert note(store, "M1.1", ACCOUNT) == "张三的说明"


# Taking back


def test_undo_is_ones_own(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """One takes back one's own last step, whatever others did at other items since."""
    desk.judge(SITE, "D1.1", Outcome.FOUND)
    other = new_desk("李四")
    other.judge(SITE, "D1.2", Outcome.FOUND)
    desk.undo(SITE)
    assert list(store.record(SITE).findings) == ["D1.2"]
    with pytest.raises(Refusal, match="没有可以撤销"):
        desk.undo(SITE)


def test_undo_of_what_was_changed_since(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """A step is not taken back over what another person has made of it; the sentence names item and person."""
    desk.judge(SITE, "D1.1", Outcome.FOUND)
    new_desk("李四").judge(SITE, "D1.1", Outcome.CLEAR)
    with pytest.raises(Refusal, match=r"D1\.1.*李四"):
        desk.undo(SITE)
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.CLEAR


def test_undo_at_many_objects(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """Where one object of a step cannot be taken back, the others are; asked again, nothing older is taken back."""
    for subject_id in (SITE, OTHER):
        desk.judge(subject_id, "D1.2", Outcome.FOUND)
    desk.clear_everywhere("D1.1", [SITE, OTHER])
    new_desk("李四").judge(SITE, "D1.1", Outcome.FOUND)
    with pytest.raises(Refusal, match="李四"):
        desk.undo_last()
    assert "D1.1" not in store.record(OTHER).findings
    assert "D1.2" in store.record(OTHER).findings
    desk.undo_last()
    assert "D1.2" not in store.record(OTHER).findings
    desk.undo_last()
    with pytest.raises(Refusal, match="没有可以撤销"):
        desk.undo_last()


def test_undone_at_the_object(desk: Desk, store: Store) -> None:
    """A step that was taken back at its object is none of the desk's last steps any more."""
    desk.judge(OTHER, "D1.1", Outcome.FOUND)
    desk.judge(SITE, "D1.1", Outcome.FOUND)
    desk.undo(SITE)
    assert [entry.subject_id for entry in desk.last_done()] == [OTHER]
    desk.undo_last()
    assert not store.record(OTHER).findings


# Screenshots, quantities, versions


def test_screenshots(desk: Desk, store: Store) -> None:
    """Screenshots are added and taken off as steps; the same picture twice is one."""
    desk.add_screenshot(SITE, "D1.1", b"one", ".PNG")
    desk.add_screenshot(SITE, "D1.1", b"two", ".jpg")
    names = desk.add_screenshot(SITE, "D1.1", b"one", ".png").finding("D1.1").screenshot.split("；")
    assert [store.evidence(name) for name in names] == [b"one", b"two"]
    desk.remove_screenshot(SITE, "D1.1", names[0])
    assert store.record(SITE).findings["D1.1"].screenshot == names[1]
    desk.undo(SITE)
    assert store.record(SITE).findings["D1.1"].screenshot == "；".join(names)


def test_measure(desk: Desk, store: Store) -> None:
    """A quantity judges its item; the same again is no step, an emptied field takes it back, and undo brings it back."""
    case = desk.measure(SITE, "V4.3", "空白栏目数", "5")
    assert case.score.ground == Ground.VETO
    desk.measure(SITE, "V4.3", "空白栏目数", " 5 ")
    assert steps(store) == ["空白栏目数"]
    desk.measure(SITE, "V4.3", "空白栏目数", "")
    assert not store.record(SITE).measurements
    assert desk.undo(SITE).judgements["V4.3"].outcome == Outcome.FOUND


def test_date_of_a_single_day(desk: Desk) -> None:
    """The day of a daily measurement can be corrected, also where there is one line only."""
    desk.measure(SITE, "V2.1", "", "2020-03-01 24 1")
    case = desk.measure(SITE, "V2.1", "", "2020-03-02 24 1")
    assert {m.at.day for m in case.record.measurements if m.at} == {2}


def test_quantity_of_two_people(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """A quantity that somebody else has changed since is not replaced."""
    desk.open(SITE)
    new_desk("李四").measure(SITE, "V4.3", "空白栏目数", "5")
    with pytest.raises(Refusal, match="别人"):
        desk.measure(SITE, "V4.3", "空白栏目数", "2")
    (measured,) = store.record(SITE).measurements
    assert measured.value == 5


def test_versions(desk: Desk, new_desk: NewDesk) -> None:
    """A reviewed version stays readable as it was, without what is typed or judged since."""
    finish(desk)
    filing.submit(desk, ACCOUNT)
    filing.review(new_desk("李四"), ACCOUNT)
    filing.correct(desk, ACCOUNT, "漏看了")
    desk.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    desk.type_text(ACCOUNT, "M1.1", note="新的说明")
    old = desk.version(ACCOUNT, 1)
    assert (old.finding("M1.1").outcome, old.finding("M1.1").note, old.score.ground) == (Outcome.CLEAR, "", "clean")
    assert (old.filing.stage, desk.case(ACCOUNT).filing.version) == (Stage.REVIEWED, 2)


def test_decision_on_what_was_shown(desk: Desk, new_desk: NewDesk) -> None:
    """An object whose stage somebody has changed since it was shown is not filed."""
    finish(desk)
    case = desk.case(ACCOUNT)
    filing.submit(new_desk("李四"), ACCOUNT)
    with pytest.raises(Refusal, match="李四"):
        desk.file(case, Filing(Stage.SUBMITTED))


def test_presence(desk: Desk, new_desk: NewDesk, store: Store) -> None:
    """Whoever opens an object is seen there by others."""
    desk.open(SITE)
    new_desk("李四").open(OTHER)
    assert [(p.actor, p.subject_id) for p in store.present()] == [("张三", SITE), ("李四", OTHER)]
