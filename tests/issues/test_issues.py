"""What becomes of problems: events in their order decide where each stands, and what cannot happen is refused."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from govkit.issues import (
    Appeal,
    Appealed,
    Case,
    Corrected,
    Correction,
    Decided,
    Event,
    ImpossibleError,
    Rechecked,
    Reported,
    State,
    by_sponsor,
    overdue,
    to_correct,
)
from tests.rectifying.cases import DEADLINE, ISSUE, ISSUED, NOTICE, case

DONE = Reported(date(2020, 1, 8), "已改正")
GOOD = Rechecked(date(2020, 1, 10), passed=True)
LATER = date(2020, 2, 7)
BAD = Rechecked(date(2020, 1, 10), passed=False, note="仍有错误", evidence=("图.png",), deadline=LATER)
MISTAKE = Appealed(date(2020, 1, 9), Appeal.MISTAKE, "该页面不是本单位的")
LESS = Appealed(date(2020, 1, 9), Appeal.LESS, "只有一处")
YES, NO = (Decided(date(2020, 1, 13), accepted=accepted, reason="核对过") for accepted in (True, False))
CORRECTED = Corrected(date(2020, 1, 14), 2)
EVENTS: dict[str, Event] = {
    "reported": DONE,
    "good": GOOD,
    "bad": BAD,
    "appeal": LESS,
    "yes": YES,
    "no": NO,
    "corrected": CORRECTED,
}
ANYTHING = {"reported", "good", "bad", "appeal"}
"""What can come next while a unit is to mend something."""
PATHS: list[tuple[tuple[Event, ...], State, set[str]]] = [
    ((), State.OPEN, ANYTHING),
    ((DONE,), State.REPORTED, ANYTHING),
    ((DONE, GOOD), State.PASSED, set()),
    ((BAD,), State.NOT_PASSED, ANYTHING),
    ((DONE, BAD), State.NOT_PASSED, ANYTHING),
    ((DONE, BAD, replace(DONE, day=LATER)), State.REPORTED, ANYTHING),
    ((DONE, BAD, replace(GOOD, day=LATER)), State.PASSED, set()),
    ((MISTAKE,), State.APPEALED, {"yes", "no"}),
    ((MISTAKE, YES), State.WITHDRAWN, {"corrected"}),
    ((MISTAKE, YES, CORRECTED), State.WITHDRAWN, set()),
    ((MISTAKE, NO), State.OPEN, ANYTHING),
    ((LESS, YES), State.OPEN, {*ANYTHING, "corrected"}),
    ((LESS, YES, CORRECTED), State.OPEN, ANYTHING),
    ((LESS, YES, DONE, GOOD), State.PASSED, {"corrected"}),
    ((DONE, LESS), State.APPEALED, {"yes", "no"}),
    ((DONE, LESS, YES), State.REPORTED, {*ANYTHING, "corrected"}),
    ((DONE, MISTAKE, NO), State.REPORTED, ANYTHING),
    ((LESS, YES, MISTAKE, YES), State.WITHDRAWN, {"corrected"}),
]


@pytest.mark.parametrize(("events", "state", "possible"), PATHS)
def test_states(events: tuple[Event, ...], state: State, possible: set[str]) -> None:
    """Each state follows from the events, and takes only what can come next; all else is refused in words."""
    made = case(*events)
    assert made.state == state
    for name, event in EVENTS.items():
        late = replace(BAD, day=LATER, deadline=date(2020, 3, 6)) if name == "bad" else replace(event, day=LATER)
        if name in possible:
            assert made.followed_by(late).events == (*made.events, late)
        else:
            with pytest.raises(ImpossibleError, match=f"{ISSUE.id} 现在是“{state}”"):
                made.followed_by(late)


def test_told_once() -> None:
    """A case begins with its notice, which nothing can follow that is one."""
    with pytest.raises(ImpossibleError, match="整改通知"):
        case().followed_by(ISSUED)
    for events in ((), (DONE,)):
        with pytest.raises(ValueError, match=r"\("):
            Case(events)


def test_nothing_is_too_early() -> None:
    """Nothing happens before the notice, nor before what it answers to."""
    day = date(2020, 1, 7)
    before: list[tuple[tuple[Event, ...], Event]] = [
        ((), replace(DONE, day=date(2020, 1, 2))),
        ((), replace(LESS, day=date(2020, 1, 2))),
        ((DONE,), replace(GOOD, day=day)),
        ((LESS,), replace(YES, day=day)),
        ((DONE, BAD), DONE),
        ((DONE, BAD), replace(GOOD, day=date(2020, 1, 9))),
        ((LESS, YES), replace(CORRECTED, day=date(2020, 1, 12))),
    ]
    for events, event in before:
        with pytest.raises(ImpossibleError, match="早于"):
            case(*events).followed_by(event)
    assert case(replace(DONE, day=NOTICE)).state == State.REPORTED


def test_nothing_is_told_without_words() -> None:
    """A report, an appeal, a decision and a recheck that failed each say something."""
    silent: list[tuple[tuple[Event, ...], Event]] = [
        ((), replace(DONE, done=" ")),
        ((), replace(LESS, reason="")),
        ((LESS,), replace(NO, reason="")),
        ((DONE,), replace(BAD, note="")),
        ((LESS, YES), Corrected(LATER)),
    ]
    for events, event in silent:
        with pytest.raises(ImpossibleError, match="没有写明"):
            case(*events).followed_by(event)
    assert case(DONE, replace(GOOD, note="")).state == State.PASSED


def test_deadlines() -> None:
    """The deadline is the last that was set; a recheck that failed sets one, one that passed does not."""
    assert case().deadline == DEADLINE
    assert case(DONE, BAD).deadline == LATER
    assert case(LESS, NO).deadline == DEADLINE
    assert case(LESS, replace(NO, deadline=LATER)).deadline == LATER
    with pytest.raises(ImpossibleError, match="没有新的整改期限"):
        case(DONE, replace(BAD, deadline=None))
    for event in (replace(GOOD, deadline=LATER), replace(BAD, deadline=BAD.day)):
        with pytest.raises(ImpossibleError, match="不能用"):
            case(DONE, event)


def test_overdue() -> None:
    """From the day after the deadline on, what nobody has answered is overdue, the longest first."""
    told, again = case(DONE), case(DONE, BAD)
    assert not overdue([case(), again, told, case(LESS)], DEADLINE)
    assert overdue([told, case(LESS), again, case()], date(2020, 1, 18)) == [case()]
    assert overdue([again, case()], date(2020, 2, 8)) == [case(), again]
    assert not overdue([case(DONE, GOOD), case(MISTAKE, YES)], date(2021, 1, 1))


def test_what_is_to_be_corrected() -> None:
    """Accepted appeals name the finding of the batch; rejected and open ones name none."""
    cases = [case(LESS, NO), case(MISTAKE, YES), case(LESS), case(LESS, YES, LESS, NO)]
    assert to_correct(cases) == [Correction(ISSUE, Appeal.MISTAKE, YES), Correction(ISSUE, Appeal.LESS, YES)]
    assert len(to_correct([case(LESS, YES, MISTAKE, YES)])) == 2
    assert to_correct([case(LESS, YES, CORRECTED), case(LESS, YES, CORRECTED, MISTAKE, YES)]) == [
        Correction(ISSUE, Appeal.MISTAKE, YES)
    ]


def test_the_number_that_remains() -> None:
    """What was counted has a number that remains once 核减 is accepted, below the one before; nothing else has one."""
    counted = replace(ISSUE, count=3)
    less = case(LESS, issue=counted)
    for left in (None, 0, 3, -1):
        with pytest.raises(ImpossibleError, match="核减后数量"):
            less.followed_by(replace(YES, left=left))
    two = less.followed_by(replace(YES, left=2))
    assert (less.number, two.number, case().number) == (3, 2, None)
    with pytest.raises(ImpossibleError, match="原来的数量 2"):
        two.followed_by(LESS).followed_by(replace(YES, left=2))
    for made, event in ((less, NO), (case(MISTAKE, issue=counted), YES), (case(LESS), YES)):
        with pytest.raises(ImpossibleError, match="核减后数量"):
            made.followed_by(replace(event, left=1))
        assert made.followed_by(event).number == made.number


def test_numbers() -> None:
    """The number of a problem is that of source, object and item, whatever else is said of it; no number, to Excel."""
    assert ISSUE.id == replace(ISSUE, what="", sponsor="", name="另名", points=None).id
    others = [{"source": "a"}, {"subject_id": "a"}, {"item": "D1.1"}]
    assert len({ISSUE.id, *(replace(ISSUE, **other).id for other in others)}) == 4  # type: ignore[arg-type]
    pairs = [replace(ISSUE, source=one, subject_id=two).id for one, two in product(["a", "ab"], ["b", "bb"])]
    assert len(set(pairs)) == 4
    assert ISSUE.id.startswith("WT")


def test_by_sponsor() -> None:
    """The cases of a unit stand together, however it is spelt."""
    cases = [case(issue=replace(ISSUE, sponsor=name)) for name in ("县政府办", "教委", "县 政府办", "")]
    assert by_sponsor(cases) == {"县政府办": [cases[0], cases[2]], "教委": [cases[1]], "": [cases[3]]}
