"""检查中 → 已提交 → 已复核 → 更正: who may, and what stands in the way."""

import pytest

from govkit.findings import Filing, Outcome, Stage
from govkit.forms import filing
from govkit.forms.desk import Desk
from govkit.forms.errors import Refusal
from govkit.store import FrozenError, Store
from tests.forms.conftest import NewDesk

SITE, ACCOUNT = "9901230001", "9901230001001001"


@pytest.fixture
def finished(desk: Desk) -> Desk:
    """The desk of 张三, at which nothing was found at an account."""
    desk.clear_rest(ACCOUNT, list(desk.case(ACCOUNT).judgements))
    return desk


def test_incomplete(desk: Desk, store: Store) -> None:
    """An object with something open is not taken; all that is open is listed, 无法判断 included."""
    codes = list(desk.case(ACCOUNT).judgements)
    desk.clear_rest(ACCOUNT, codes[:-2])
    desk.judge(ACCOUNT, codes[-1], Outcome.CANNOT_TELL)
    with pytest.raises(Refusal, match="2 条") as caught:
        filing.submit(desk, ACCOUNT)
    assert "、".join(codes[-2:]) in str(caught.value)
    assert store.record(ACCOUNT).filing.stage == Stage.CHECKING


def test_complete_after_a_veto(desk: Desk) -> None:
    """After a veto nothing else has to be judged."""
    desk.judge(SITE, "V1.1", Outcome.FOUND)
    assert filing.submit(desk, SITE).filing.stage == Stage.SUBMITTED


def test_submit(finished: Desk, store: Store) -> None:
    """What is submitted says by whom and when, takes no answers, no text and no undo, and cannot be submitted twice."""
    case = filing.submit(finished, ACCOUNT)
    assert (case.filing.inspector, case.is_open) == ("张三", False)
    assert case.filing.submitted_at
    before = store.record(ACCOUNT)
    with pytest.raises(FrozenError):
        finished.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    with pytest.raises(FrozenError):
        finished.type_text(ACCOUNT, "M1.1", note="晚了")
    with pytest.raises(FrozenError):
        finished.measure(ACCOUNT, "M2.1", "最近更新日期", "2020-03-15")
    with pytest.raises(FrozenError):
        finished.undo(ACCOUNT)
    with pytest.raises(Refusal, match="已提交"):
        filing.submit(finished, ACCOUNT)
    assert store.record(ACCOUNT) == before


def test_what_is_typed_is_part_of_it(finished: Desk, new_desk: NewDesk, store: Store) -> None:
    """What anybody is typing at the moment of the submission is taken in before."""
    new_desk("李四").type_text(ACCOUNT, "M1.2", note="李四的")
    filing.submit(finished, ACCOUNT)
    assert store.record(ACCOUNT).findings["M1.2"].note == "李四的"
    filing.send_back(finished, ACCOUNT, "再看看")
    finished.type_text(ACCOUNT, "M1.1", note="张三的")
    filing.submit(finished, ACCOUNT)
    assert store.record(ACCOUNT).findings["M1.1"].note == "张三的"


def test_what_others_have_opened(finished: Desk, new_desk: NewDesk, store: Store) -> None:
    """Whether an object is complete is asked of the store, not of what the screen still shows."""
    new_desk("李四").judge(ACCOUNT, "M1.1", Outcome.UNCHECKED)
    assert finished.case(ACCOUNT).score.open == ()
    with pytest.raises(Refusal, match=r"M1\.1"):
        filing.submit(finished, ACCOUNT)
    assert store.record(ACCOUNT).filing.stage == Stage.CHECKING


def test_review(finished: Desk, new_desk: NewDesk) -> None:
    """Another person reviews, blanks around a name make no other person, and nothing is reviewed before it is submitted."""
    with pytest.raises(Refusal, match="检查中"):
        filing.review(new_desk("李四"), ACCOUNT)
    filing.submit(finished, ACCOUNT)
    for same in ("张三", " 张三 "):
        with pytest.raises(Refusal, match="本人"):
            filing.review(new_desk(same), ACCOUNT)
    case = filing.review(new_desk("李四"), ACCOUNT)
    assert (case.filing.stage, case.filing.inspector, case.filing.reviewer) == (Stage.REVIEWED, "张三", "李四")
    with pytest.raises(FrozenError):
        finished.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    with pytest.raises(Refusal, match="已复核"):
        filing.send_back(finished, ACCOUNT, "再看看")


def test_send_back(finished: Desk, new_desk: NewDesk) -> None:
    """What is submitted is reopened with a reason, answers and version as they were, and can be submitted again."""
    filing.submit(finished, ACCOUNT)
    other = new_desk("李四")
    with pytest.raises(Refusal, match="原因"):
        filing.send_back(other, ACCOUNT, "  ")
    case = filing.send_back(other, ACCOUNT, " 截图看不清 ")
    assert (case.filing.stage, case.filing.version, case.filing.reason) == (Stage.CHECKING, 1, "截图看不清")
    assert finished.reload(ACCOUNT).judged == len(case.judgements)
    assert filing.submit(finished, ACCOUNT).filing.submitted_at


def test_correct(finished: Desk, new_desk: NewDesk, store: Store) -> None:
    """A correction is a new version with a reason; it starts from the answers of the old one, which stays readable."""
    filing.submit(finished, ACCOUNT)
    with pytest.raises(Refusal, match="已提交"):
        filing.correct(finished, ACCOUNT, "写错了")
    other = new_desk("李四")
    filing.review(other, ACCOUNT)
    with pytest.raises(Refusal, match="原因"):
        filing.correct(finished, ACCOUNT, "")
    case = filing.correct(finished, ACCOUNT, "写错了")
    assert (case.filing.stage, case.filing.version, case.filing.reason) == (Stage.CHECKING, 2, "写错了")
    finished.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    filing.submit(finished, ACCOUNT)
    filing.review(other, ACCOUNT)
    outcomes = [finished.version(ACCOUNT, number).finding("M1.1").outcome for number in (1, 2)]
    assert outcomes == [Outcome.CLEAR, Outcome.FOUND]
    assert len(store.versions(ACCOUNT)) == 2


def test_answer_that_came_in_since(finished: Desk, new_desk: NewDesk) -> None:
    """A decision rests on what was seen: where another person has judged something since, it is refused."""
    seen = finished.reload(SITE)
    new_desk("李强").judge(SITE, "D1.1", Outcome.FOUND)
    with pytest.raises(Refusal, match="李强"):
        finished.file(seen, Filing(Stage.SUBMITTED, inspector="王敏"))
    assert finished.case(SITE).filing.stage == Stage.CHECKING
