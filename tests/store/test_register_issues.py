"""整改 in the register: problems are kept when units are told, and followed event by event; nothing is overwritten."""

from dataclasses import replace
from datetime import date

import pytest

from govkit.issues import Appeal, Appealed, Case, Corrected, Decided, Event, Issued, Rechecked, Reported, State
from govkit.store import Home, OutdatedError, Register, StoreError, Topic
from tests.rectifying.cases import DEADLINE, ISSUE, ISSUED, NOTICE

OTHER = replace(ISSUE, source="另一批次", item="V1.1")
DONE = Reported(date(2020, 1, 8), "已改正")
GOOD = Rechecked(date(2020, 1, 10), passed=True)
ACCEPTED = Decided(date(2020, 1, 10), accepted=True, reason="属实")


def told(register: Register, *events: Event) -> Register:
    """Tell units of two problems, and let these events happen to the first."""
    register.issue_notice("组织者", [ISSUE, OTHER], NOTICE, DEADLINE)
    for seen, event in enumerate(events, 1):
        register.rectify("张三", ISSUE.id, event, seen)
    return register


def test_notices(home: Home, register: Register) -> None:
    """Problems are kept once, also in another form, with the notice that came first; they are found by their source."""
    assert register.rectifications() == ()
    assert register.issue_notice("组织者", [ISSUE, OTHER, ISSUE], NOTICE, DEADLINE) == 2
    assert register.issue_notice("李四", [replace(ISSUE, what="别的")], date(2020, 2, 3), date(2020, 3, 3)) == 0
    with home.register() as again:
        assert again.rectifications() == (Case((ISSUED,)), Case((Issued(OTHER, NOTICE, DEADLINE),)))
        assert again.rectifications("另一批次") == (Case((Issued(OTHER, NOTICE, DEADLINE),)),)
        assert again.rectifications("没有") == ()
    with pytest.raises(StoreError, match="不晚于通知日期"):
        register.issue_notice("组织者", [ISSUE], NOTICE, NOTICE)


def test_events(register: Register) -> None:
    """Each event is an entry of the log, and the state follows from all of them."""
    events = (
        DONE,
        Appealed(date(2020, 1, 9), Appeal.LESS, "只有一处"),
        Decided(date(2020, 1, 9), accepted=True, reason="属实"),
        replace(GOOD, passed=False, note="还有", evidence=("图.png",), deadline=date(2020, 2, 7)),
        Corrected(date(2020, 1, 11), 2),
    )
    one, other = told(register, *events).rectifications()
    assert one == Case((ISSUED, *events))
    assert (one.state, other.state) == (State.NOT_PASSED, State.OPEN)
    entries = list(register.history(Topic.RECTIFICATION, ISSUE.subject_id))
    assert [(e.actor, e.revision) for e in entries if e.item == ISSUE.id] == [
        ("组织者", 1), ("张三", 2), ("张三", 3), ("张三", 4), ("张三", 5), ("张三", 6)]  # fmt: skip


def test_who_told_what(register: Register) -> None:
    """The events of a problem come with who told them; the last number grows with every event of any problem."""
    assert register.last_rectified() == 0
    told(register)
    before = register.last_rectified()
    register.rectify("张三", ISSUE.id, DONE, 1)
    assert register.last_rectified() > before
    one, other = register.rectifications()
    assert [(entry.actor, entry.value) for entry in register.told(one)] == [("组织者", ISSUED), ("张三", DONE)]
    assert [entry.value for entry in register.told(other)] == [Issued(OTHER, NOTICE, DEADLINE)]


def test_refusals(register: Register) -> None:
    """What cannot happen, is of no problem, or rests on less than what has happened, is not written."""
    told(register, DONE)
    for issue_id, event, seen, words in (
        (ISSUE.id, ISSUED, 2, "不能再登记"),
        (ISSUE.id, replace(GOOD, day=date(2020, 1, 7)), 2, "早于"),
        ("WT0", DONE, 0, "没有问题 WT0"),
    ):
        with pytest.raises(StoreError, match=words):
            register.rectify("张三", issue_id, event, seen)
    for seen in (1, 3):
        with pytest.raises(OutdatedError) as raised:
            register.rectify("李四", ISSUE.id, GOOD, seen)
        assert raised.value.standing
        assert (raised.value.standing.actor, raised.value.standing.value) == ("张三", DONE)
    assert register.rectifications(ISSUE.source) == (Case((ISSUED, DONE)),)


def test_many_at_once(register: Register) -> None:
    """What comes in of many problems is written all together, or not at all."""
    cases = told(register).rectifications()
    appeal = Appealed(date(2020, 1, 9), Appeal.MISTAKE, "不是")
    events: list[tuple[str, Event]] = [(ISSUE.id, DONE), (ISSUE.id, appeal), (OTHER.id, ACCEPTED)]
    with pytest.raises(StoreError, match=OTHER.id):
        register.rectify_all("张三", events, cases)
    assert register.rectifications() == cases
    register.rectify_all("张三", events[:2], cases)
    assert register.rectifications(ISSUE.source) == (Case((ISSUED, DONE, appeal)),)
    with pytest.raises(OutdatedError):
        register.rectify_all("李四", [(ISSUE.id, DONE)], cases)
