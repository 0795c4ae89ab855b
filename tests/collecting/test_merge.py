"""Merging answers of several people: nobody's is lost, and nobody's is put in place of another's without being told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.collecting import Contribution, Key, Merged, merge, merge_bases
from govkit.findings import Finding, Outcome, Place

SITE, ITEM = "0500230001", "D1.2"
KEY: Key = (SITE, ITEM)


def answer(
    note: str,
    who: str = "张三",
    day: int = 1,
    shots: str = "",
    outcome: Outcome = Outcome.FOUND,
    count: int | None = None,
) -> Finding:
    """An answer, told from others by its note."""
    return Finding(SITE, ITEM, outcome, count, note, "", shots, who, datetime(2019, 12, day))  # noqa: DTZ001


def says(finding: Finding, base: Finding | None = None) -> Contribution:
    """What a sheet says."""
    return Contribution(finding, base, Place(f"{finding.inspector}.xlsx"))


X, Y, Z = answer("甲"), answer("乙", "李四", 2), answer("丙", "王五", 3)
UNCHECKED = answer("", "赵六", 4, outcome=Outcome.UNCHECKED)
LATER = answer("打不开，再查", "赵六", 4, outcome=Outcome.UNCHECKED)


def merged(*said: Contribution, now: Finding | None = None, was: Sequence[Finding] = ()) -> Merged:
    """What comes of answers on one item; what there is now is the last of what there was."""
    earlier = [*was, *([now] if now else [])]
    return merge(said, {KEY: now} if now else {}, {KEY: earlier})


@dataclass(frozen=True)
class Case:
    """Answers on one item, what there is and was, and what must come of it: taken, conflict, past or nothing."""

    said: tuple[Contribution, ...]
    taken: Finding | None = None
    conflict: tuple[Finding, ...] = ()
    past: int = 0
    now: Finding | None = None
    was: tuple[Finding, ...] = ()


CASES = {
    "new": Case((says(X),), taken=X),
    "two alike": Case(
        (says(answer("甲", "李四", 2, "b.png")), says(answer(" 甲\n", "张三", 1, "a.png", count=1))),
        taken=answer(" 甲\n", "张三", 1, "a.png；b.png", count=1),
    ),
    "alike, the earlier one without a name": Case((says(answer("甲", "", 1)), says(X)), taken=X),
    "two that differ": Case((says(X), says(Y)), conflict=(X, Y)),
    "another number": Case((says(X), says(answer("甲", count=2))), conflict=(X, answer("甲", count=2))),
    "another result": Case(
        (says(X), says(answer("甲", outcome=Outcome.CLEAR))), conflict=(X, answer("甲", outcome=Outcome.CLEAR))
    ),
    "two of three alike": Case((says(X), says(Y), says(X)), conflict=(X, Y, X)),
    "already there": Case((says(X),), now=X),
    "other than what is there": Case((says(Y),), now=X, conflict=(X, Y)),
    "over what the sheet was made with": Case((says(Y, X),), now=X, taken=Y),
    "over what has moved on": Case((says(Y, X),), now=Z, was=(X,), conflict=(Z, Y)),
    "two over what the sheet was made with": Case((says(Y, X), says(Z, X)), now=X, conflict=(X, Y, Z)),
    "the same, by one who knew and one who did not": Case(
        (says(Y, X), says(replace(Y, inspector="钱七"))), now=X, taken=Y
    ),
    "a further change of somebody's change": Case((says(Y, X), says(Z, Y)), now=X, was=(), conflict=(X, Z)),
    "a further change of what was collected": Case((says(Y, X), says(Z, Y)), now=Y, was=(X,), taken=Z),
    "each other's answer": Case((says(Y, X), says(X, Y)), conflict=(Y, X)),
    "corrected by the same person": Case((says(answer("乙", day=2)),), now=X, was=(), taken=answer("乙", day=2)),
    "corrected by the same person, the old sheet again": Case((says(X),), now=answer("乙", day=2), past=1),
    "both sheets of one person": Case((says(answer("乙", day=2)), says(X)), taken=answer("乙", day=2), past=1),
    "both sheets of one person, of one day": Case((says(X), says(answer("乙"))), conflict=(X, answer("乙"))),
    "another answer of one person on the same day": Case((says(answer("乙")),), now=X, conflict=(X, answer("乙"))),
    "corrected by nobody": Case(
        (says(answer("乙", "", 2)),), now=answer("甲", ""), conflict=(answer("甲", ""), answer("乙", "", 2))
    ),
    "corrected by another": Case((says(answer("乙", "李四", 2)),), now=X, conflict=(X, answer("乙", "李四", 2))),
    "withdrawn later by one who did not know": Case(
        (says(answer("", day=2, outcome=Outcome.UNCHECKED), Z),),
        now=X,
        conflict=(X, answer("", day=2, outcome=Outcome.UNCHECKED)),
    ),
    "over what another said again": Case(
        (says(Y, X),), now=replace(X, inspector="王五"), conflict=(replace(X, inspector="王五"), Y)
    ),
    "over what the same person said again later": Case(
        (says(Y, X),), now=answer("甲", day=3), conflict=(answer("甲", day=3), Y)
    ),
    "an old sheet": Case((says(X),), now=Y, was=(X,), past=1),
    "an old sheet, after the answer was withdrawn": Case((says(X),), was=(X,), past=1),
    "an old sheet, after its change was taken back": Case((says(X, Y),), now=Y, was=(Y, X), past=1),
    "back to what was there before": Case((says(X, Y),), now=Y, was=(X,), taken=X),
    "back to what was there, after others": Case((says(X, Y),), now=Z, was=(X, Y), conflict=(Z, X)),
    "a sheet made of something else": Case((says(X, replace(Z, note="外来")),), now=Y, was=(X,), past=1),
    "a picture more": Case(
        (says(answer("甲", "李四", 5, "b.png")),),
        now=answer("甲", shots="a.png"),
        taken=answer("甲", shots="a.png；b.png"),
    ),
    "a picture more for an old answer": Case(
        (says(answer("甲", shots="b.png")),), now=Y, was=(X,), conflict=(Y, answer("甲", shots="b.png"))
    ),
    "unchecked on purpose": Case((says(UNCHECKED),), taken=UNCHECKED),
    "unchecked beside an answer": Case((says(UNCHECKED), says(X)), taken=X),
    "unchecked against an answer": Case((says(UNCHECKED),), now=X),
    "unchecked with a note against an answer": Case((says(LATER), says(X)), conflict=(LATER, X)),
    "an answer over unchecked": Case((says(X),), now=UNCHECKED, taken=X),
    "an answer over unchecked with a note": Case((says(X),), now=LATER, conflict=(LATER, X)),
    "withdrawn": Case((says(UNCHECKED, X),), now=X, taken=UNCHECKED),
    "withdrawn by one, changed by another": Case((says(UNCHECKED, X), says(Y, X)), now=X, conflict=(X, UNCHECKED, Y)),
    "withdrawn, after others": Case((says(UNCHECKED, X),), now=Y, was=(X,), conflict=(Y, UNCHECKED)),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    """What comes of answers on one item."""
    case = CASES[name]
    came = merged(*case.said, now=case.now, was=case.was)
    assert came.taken == ({KEY: case.taken} if case.taken else {})
    assert [one.answers for one in came.conflicts] == (
        [tuple((f, None if f == case.now else Place(f"{f.inspector}.xlsx")) for f in case.conflict)]
        if case.conflict
        else []
    )
    assert len(came.past) == case.past
    known = len(case.said) - came.same - case.past
    assert known >= (1 if case.taken or case.conflict else 0)


def test_items_apart() -> None:
    """A conflict on one item holds up no other, nor the same item of another object."""
    others = [replace(X, item="D2.1"), replace(X, subject_id="另一个")]
    came = merge(map(says, [X, Y, *others]), {}, {})
    assert [one.key for one in came.conflicts] == [KEY]
    assert list(came.taken.values()) == others


def test_bases_of_a_workbook() -> None:
    """What sheets were made with stands in the workbook, unless one of them puts another answer in its place."""
    assert merge_bases([says(X)], [], {}).taken == {KEY: X}
    assert merge_bases([says(X), says(X)], [says(Y, X)], {}).taken == {KEY: X}
    assert merge_bases([says(X), says(Y)], [says(Y, X)], {}).taken == {KEY: Y}
    assert merge_bases([says(X), says(Y)], [], {}).conflicts[0].answers == (
        (X, Place("张三.xlsx")),
        (Y, Place("李四.xlsx")),
    )
    for now in (X, Y):
        came = merge_bases([says(X)], [says(Y, X)], {KEY: now})
        assert (came.taken, came.conflicts) == ({}, ())
    assert len(merge_bases([says(X)], [], {KEY: Y}).conflicts) == 1


NOTES = ["", "甲", "乙", "丙"]
answers = st.builds(
    answer,
    st.sampled_from(NOTES),
    st.sampled_from(["", "张三", "李四", "王五"]),
    st.integers(1, 4),
    st.sampled_from(["", "a.png", "b.png", "a.png；b.png"]),
    st.sampled_from([Outcome.FOUND, Outcome.FOUND, Outcome.UNCHECKED]),
)
histories = st.lists(answers, max_size=4)


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Contribution], list[Finding], Finding | None]:
    """What sheets say, what there was, and what there is: the last of it, or nothing where it was withdrawn."""
    was = draw(histories)
    elsewhere = answers.map(lambda one: replace(one, note=f"别处{one.note}"))
    bases: st.SearchStrategy[Finding | None] = st.one_of(st.none(), elsewhere, *([st.sampled_from(was)] if was else []))
    said = [says(draw(answers), draw(bases)) for _ in range(draw(st.integers(1, 4)))]
    is_standing: bool = draw(st.booleans())
    return said, was, was[-1] if was and is_standing else None


def run(said: Sequence[Contribution], was: Sequence[Finding], now: Finding | None) -> Merged:
    """Merge answers on one item."""
    return merge(said, {KEY: now} if now else {}, {KEY: was})


def text(finding: Finding | None) -> tuple[object, ...] | None:
    """What an answer says, for a person who reads it; nothing where it is open."""
    if finding is None or (finding.outcome == Outcome.UNCHECKED and not finding.note and not finding.screenshot):
        return None
    return finding.outcome, finding.note


def corrects(new: Finding, old: Finding) -> bool:
    """Whether a person answered otherwise on a later day."""
    is_later = new.checked_at is not None and old.checked_at is not None and new.checked_at > old.checked_at
    return bool(new.inspector) and new.inspector == old.inspector and is_later and text(new) not in (None, text(old))


def naive(said: Sequence[Contribution], was: Sequence[Finding], now: Finding | None) -> str:
    """What must come of answers on one item where there are no screenshots: the rules, one after the other."""
    loud = [one for one in said if text(one.finding) or text(one.base)]
    if not loud:
        return "nothing" if was else "taken None"

    def is_replaced(one: Contribution, other: Contribution) -> bool:
        knew = text(one.finding) == text(other.base) != text(other.finding) and text(other.base) is not None
        return knew or corrects(other.finding, one.finding)

    known = [one for one in loud if not any(is_replaced(one, other) for other in loud)] or loud
    left = []
    for one in known:
        new, base = text(one.finding), None if text(one.finding) == text(one.base) else one.base
        exact = [at for at, old in enumerate(was) if old == base] or [
            at for at, old in enumerate(was) if base and text(old) == text(base) and old.outcome == base.outcome
        ]
        since = was[exact[0] + 1 if base and exact else 0 :]
        is_there = now is not None and text(now) == new
        if not is_there and new not in map(text, since) and not any(corrects(old, one.finding) for old in since):
            left.append(one)
    answers_left = {text(one.finding) for one in left}
    if len(answers_left) != 1:
        return "conflict" if answers_left else "nothing"
    if text(now) is None or any(replaces(one, now) for one in left):
        return f"taken {answers_left.pop()}"
    return "conflict"


def replaces(one: Contribution, now: Finding | None) -> bool:
    """Whether a sheet may put its answer in place of what there is: it showed that, or the same person gave it."""
    if now is None or corrects(one.finding, now):
        return now is not None
    if one.base is None or text(one.base) != text(now) or one.base.inspector != now.inspector:
        return False
    return one.base.checked_at is not None and now.checked_at is not None and one.base.checked_at >= now.checked_at


def test_times_of_day() -> None:
    """On one day, an answer with a time of day comes after one without; of two with times, the later one counts."""

    def at(note: str, hour: int, minute: int = 0, zone: tzinfo | None = None) -> Finding:
        return replace(answer(note), checked_at=datetime(2019, 12, 1, hour, minute, tzinfo=zone))

    morning, noon = at("早", 9), at("午", 12)
    assert merged(says(noon), now=X).taken == {KEY: noon}
    assert merged(says(X), now=morning).conflicts
    assert merged(says(noon), now=morning).taken == {KEY: noon}
    assert len(merged(says(morning), now=noon).past) == 1
    zoned = replace(noon, checked_at=datetime(2019, 12, 1, 12).astimezone(UTC))
    assert len(merged(says(morning), now=zoned).past) == 1
    assert merged(says(Y, zoned), now=noon).taken == {KEY: Y}


def test_conflicts_of_one_person() -> None:
    """A conflict tells whether one person, who is named, gave two answers that differ."""
    own = answer("乙")
    for said, is_one in (
        ([X, own], True),
        ([X, Y, own], True),
        ([X, Y, X], False),
        ([answer("甲", ""), answer("乙", "")], False),
    ):
        (conflict,) = merged(*map(says, said)).conflicts
        assert conflict.has_two_of_one_person == is_one


@given(situations())
def test_like_the_naive_way(situation: tuple[list[Contribution], list[Finding], Finding | None]) -> None:
    """Without screenshots, merging follows the few rules of a naive model."""
    said, was, now = situation

    def bare(finding: Finding) -> Finding:
        return replace(finding, screenshot="")

    said = [replace(one, finding=bare(one.finding), base=bare(one.base) if one.base else None) for one in said]
    was, now = list(map(bare, was)), bare(now) if now else None
    came = run(said, was, now)
    what = "conflict" if came.conflicts else "nothing"
    if came.taken:
        what = f"taken {text(came.taken[KEY])}"
    assert what == naive(said, was, now)


@given(situations())
def test_order_of_files_does_not_matter(situation: tuple[list[Contribution], list[Finding], Finding | None]) -> None:
    """Whatever order the sheets come in, the same comes of it."""
    said, was, now = situation
    came = [run(order, was, now) for order in permutations(said)]
    first = came[0]
    assert all(one.taken == first.taken and one.same == first.same for one in came)
    assert all(len(one.past) == len(first.past) for one in came)
    listed = [{conflict.key: set(map(str, conflict.answers)) for conflict in one.conflicts} for one in came]
    assert all(one == listed[0] for one in listed)


@given(situations(), answers)
def test_collecting_again(situation: tuple[list[Contribution], list[Finding], Finding | None], other: Finding) -> None:
    """Collecting the same sheets again changes nothing, also after somebody has changed the answer or withdrawn it."""
    said, was, now = situation
    came = run(said, was, now)
    if not came.taken:
        assert run(said, was, now) == came
        return
    after = [*was, came.taken[KEY]]
    assert not run(said, after, after[-1]).taken
    assert not run(said, after, after[-1]).conflicts
    for later, then in (([*after, other], other), (after, None)):
        again = run(said, later, then)
        assert not again.taken
        assert not again.conflicts


@given(situations())
def test_nothing_is_lost(situation: tuple[list[Contribution], list[Finding], Finding | None]) -> None:
    """Whatever somebody says is what the batch has then, or is listed, or was there, or was changed by who knew it."""
    said, was, now = situation
    came = run(said, was, now)
    after: Mapping[Key, Finding] = {**({KEY: now} if now else {}), **came.taken}
    has = text(after.get(KEY))
    listed = {text(finding) for conflict in came.conflicts for finding, _ in conflict.answers}
    past = {text(one.finding) for one in came.past}
    changed = {text(one.base) for one in said}
    own = [one.finding for one in said]
    for one in said:
        assert text(one.finding) in {has, None, *listed, *past, *changed}
    if text(now) and has != text(now):
        is_own = now is not None and any(corrects(finding, now) for finding in own)
        assert is_own or text(now) in changed, "nobody who knew of the answer said otherwise"
