"""Answers held against the right ones: each kind of difference, and what it does to the score."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.findings import Outcome
from govkit.ledger import Subject
from govkit.scoring import Judgement, ObjectResult, Verdict, score_object
from govkit.training import Feedback, Remark, compare
from tests.scoring.cases import (
    ACCOUNT,
    CANNOT,
    CLEAR,
    FOUND,
    OPEN,
    REDUCED,
    RUBRIC,
    SITE,
    counts,
    judgements,
    marks,
    subjects,
)

UNFIT = Outcome.NOT_APPLICABLE


def result(subject: Subject, judged: Mapping[str, Judgement]) -> ObjectResult:
    """Judgements with their score."""
    return ObjectResult(subject, dict(judged), score_object(RUBRIC, subject, judged))


def held(code: str, expected: Judgement, answered: Judgement) -> Feedback:
    """One item answered otherwise; everything else is right."""
    right = {**marks(SITE), code: expected}
    return compare(RUBRIC, result(SITE, right), result(SITE, {**right, code: answered}), {code: ["第1页：原文"]})


# item, right, answered → what is said
KINDS = [
    ("D16.1", Judgement(FOUND), Judgement(CLEAR), Remark.MISSED),
    ("D16.1", Judgement(UNFIT), Judgement(FOUND), Remark.EXTRA),
    ("D16.1", Judgement(CLEAR), Judgement(FOUND), Remark.EXTRA),
    ("D22.1", Judgement(FOUND, 2), Judgement(FOUND, 3), Remark.WRONG_COUNT),
    ("D12.2", Judgement(FOUND, 1), Judgement(FOUND, 2), Remark.WRONG_LEVEL),
    ("D16.1", Judgement(FOUND), Judgement(OPEN), Remark.LEFT_OPEN),
    ("D16.1", Judgement(CLEAR), Judgement(OPEN), Remark.LEFT_OPEN),
    ("V2.1", Judgement(CANNOT), Judgement(OPEN), Remark.LEFT_OPEN),
    ("D16.1", Judgement(CLEAR), Judgement(CANNOT), Remark.UNDECIDED),
    ("D16.1", Judgement(FOUND), Judgement(CANNOT), Remark.UNDECIDED),
    ("V2.1", Judgement(CANNOT), Judgement(CLEAR), Remark.GUESSED),
    ("V2.1", Judgement(CANNOT), Judgement(FOUND), Remark.GUESSED),
    ("V2.1", Judgement(CANNOT), Judgement(UNFIT), Remark.GUESSED),
    ("D16.1", Judgement(FOUND), Judgement(UNFIT), Remark.WRONGLY_UNFIT),
    ("D16.1", Judgement(CLEAR), Judgement(UNFIT), Remark.WRONGLY_UNFIT),
    ("D8.1", Judgement(UNFIT), Judgement(CLEAR), Remark.SHOULD_BE_UNFIT),
    ("V1.1", Judgement(FOUND), Judgement(CLEAR), Remark.MISSED),
    ("V1.1", Judgement(CLEAR), Judgement(FOUND), Remark.EXTRA),
    ("B6.1", Judgement(FOUND), Judgement(CLEAR), Remark.MISSED),
    ("B6.1", Judgement(CLEAR), Judgement(FOUND), Remark.EXTRA),
    ("B2.1", Judgement(FOUND, 2), Judgement(FOUND, 3), Remark.WRONG_COUNT),
    ("B1.1", Judgement(FOUND, 1), Judgement(FOUND, 2), Remark.WRONG_LEVEL),
    ("B6.1", Judgement(CANNOT), Judgement(CLEAR), Remark.GUESSED),
    ("B6.1", Judgement(CLEAR), Judgement(OPEN), Remark.LEFT_OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("code", "expected", "answered", "remark"), KINDS)
def test_each_kind_of_difference(code: str, expected: Judgement, answered: Judgement, remark: Remark) -> None:
    """One wrong answer is told as what it is, with clause, passage, and what it alone does; nothing else is told."""
    feedback = held(code, expected, answered)
    [difference] = feedback.differences
    assert (difference.item.code, difference.remark) == (code, remark)
    assert difference.passages == ("第1页：原文",)
    assert difference.alone == feedback.answers
    words = feedback.words(difference)
    assert code in words.clause
    assert words.wording == RUBRIC.wording(difference.item)
    assert words.expected != words.answered
    assert f"{len(feedback.items) - 1} 条正确" in feedback.told


def test_every_kind_occurs() -> None:
    """The table above has every kind of difference."""
    assert {remark for *_, remark in KINDS} == set(Remark) - {Remark.RIGHT, Remark.NOT_NEEDED}


@pytest.mark.parametrize(
    ("code", "expected", "answered", "words"),
    [
        ("D22.1", Judgement(FOUND, 2), Judgement(FOUND, 3), ("发现问题 2 处", "发现问题 3 处")),
        ("D12.2", Judgement(FOUND, 1), Judgement(CLEAR), ("发现问题：监测时间点前1个月内未更新（1 分）", "未发现")),
        ("B2.1", Judgement(FOUND, 2), Judgement(CLEAR), ("符合 2 个", "不符合")),
        ("D16.1", Judgement(FOUND), Judgement(UNFIT), ("发现问题", "不适用")),
    ],
)
def test_words(code: str, expected: Judgement, answered: Judgement, words: tuple[str, str]) -> None:
    """Both answers in the words of the form, with number or level."""
    feedback = held(code, expected, answered)
    told = feedback.words(feedback.differences[0])
    assert (told.expected, told.answered) == words


def test_effect_on_the_verdict() -> None:
    """A missed veto turns 不合格 into 合格, and the sentence says both."""
    feedback = held("V3.1", Judgement(FOUND), Judgement(CLEAR))
    assert (feedback.reference.verdict, feedback.answers.verdict) == (Verdict.FAIL, Verdict.PASS)
    effect = feedback.words(feedback.differences[0]).effect
    assert "不合格" in effect
    assert "130" not in effect
    assert "100.00" in effect


def test_difference_without_effect() -> None:
    """A wrong number above the cap changes no point, and is told all the same."""
    feedback = held("D1.2", Judgement(FOUND, 5), Judgement(FOUND, 6))
    [difference] = feedback.differences
    assert difference.remark == Remark.WRONG_COUNT
    assert "得分和结论不变" in feedback.words(difference).effect


def test_unscored_parts_need_no_answer() -> None:
    """After a veto parts two and three may stay unchecked, up to 80 the bonus; what was judged there is compared."""
    vetoed = marks(SITE, {"V1.1": 1, "D16.1": 1})
    empty = {code: j if code[0] == "V" else Judgement(OPEN) for code, j in vetoed.items()}
    feedback = compare(RUBRIC, result(SITE, vetoed), result(SITE, empty))
    assert feedback.differences == ()
    assert {each.remark for each in feedback.items} == {Remark.RIGHT, Remark.NOT_NEEDED}
    wrong = {**empty, "D16.1": Judgement(CLEAR), "V5.1": Judgement(OPEN)}
    told = {d.item.code: d.remark for d in compare(RUBRIC, result(SITE, vetoed), result(SITE, wrong)).differences}
    assert told == {"D16.1": Remark.MISSED, "V5.1": Remark.LEFT_OPEN}
    low = marks(SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D10.1": 1})
    without_bonus = {code: Judgement(OPEN) if code[0] == "B" else j for code, j in low.items()}
    assert compare(RUBRIC, result(SITE, low), result(SITE, without_bonus)).differences == ()
    without_d = {code: Judgement(OPEN) if code == "D1.1" else j for code, j in low.items()}
    [left] = compare(RUBRIC, result(SITE, low), result(SITE, without_d)).differences
    assert left.remark == Remark.LEFT_OPEN


def test_several_differences() -> None:
    """Each difference has its own effect, and the answers have the effect of all."""
    right = marks(SITE, {"D16.1": 1})
    given_answers = {**right, "D16.1": Judgement(CLEAR), "D20.1": Judgement(FOUND)}
    feedback = compare(RUBRIC, result(SITE, right), result(SITE, given_answers))
    alone = {each.item.code: each.alone.total for each in feedback.differences if each.alone}
    assert alone == {"D16.1": 100, "D20.1": 92}
    assert [feedback.reference.total, feedback.answers.total] == [93, 99]


def test_other_object() -> None:
    """Answers for an object that is judged on other items are refused."""
    with pytest.raises(ValueError, match=SITE.id):
        compare(RUBRIC, result(SITE, marks(SITE)), result(REDUCED, marks(REDUCED)))


@given(data=st.data())
def test_the_reference_against_itself(data: st.DataObject) -> None:
    """Comparing any answers with themselves is all right."""
    subject = data.draw(subjects)
    judged = result(subject, data.draw(judgements(subject)))
    feedback = compare(RUBRIC, judged, judged)
    assert {each.remark for each in feedback.items} == {Remark.RIGHT}
    assert "全部正确" in feedback.told


EXPECTED = {
    (FOUND, CLEAR): Remark.MISSED,
    (CLEAR, FOUND): Remark.EXTRA,
    (UNFIT, FOUND): Remark.EXTRA,
    (UNFIT, CLEAR): Remark.SHOULD_BE_UNFIT,
    **{(outcome, OPEN): Remark.LEFT_OPEN for outcome in (FOUND, CLEAR, UNFIT, CANNOT)},
    **{(outcome, CANNOT): Remark.UNDECIDED for outcome in (FOUND, CLEAR, UNFIT)},
    **{(outcome, UNFIT): Remark.WRONGLY_UNFIT for outcome in (FOUND, CLEAR)},
    **{(CANNOT, outcome): Remark.GUESSED for outcome in (FOUND, CLEAR, UNFIT)},
}


@given(data=st.data())
def test_any_single_change(data: st.DataObject) -> None:
    """Any single change of any right answers is told as exactly that change, and its effect is that of the answers."""
    subject = data.draw(st.sampled_from([SITE, REDUCED, ACCOUNT]))
    right = {code: Judgement(CANNOT) if j.outcome == OPEN else j for code, j in data.draw(judgements(subject)).items()}
    code = data.draw(st.sampled_from(list(right)))
    item, before = RUBRIC.items[code], right[code]
    outcome = data.draw(st.sampled_from(list(Outcome)))
    after = Judgement(outcome, data.draw(counts(item)) if outcome == FOUND else 1)
    reference, answers = result(subject, right), result(subject, {**right, code: after})
    feedback = compare(RUBRIC, reference, answers)
    others = [each for each in feedback.items if each.item.code != code]
    assert {each.remark for each in others} <= {Remark.RIGHT}
    [told] = [each for each in feedback.items if each.item.code == code]
    if before.outcome == after.outcome:
        wrong_number = Remark.WRONG_LEVEL if item.kind == "tier" else Remark.WRONG_COUNT
        same = outcome != FOUND or before.count == after.count
        assert told.remark == (Remark.RIGHT if same else wrong_number)
    elif outcome == OPEN and told.remark == Remark.NOT_NEEDED:
        assert code[0] in "DB"
        assert answers.score.total == reference.score.total
    else:
        assert told.remark == EXPECTED[before.outcome, after.outcome]
    if feedback.differences:
        assert told.alone == answers.score
