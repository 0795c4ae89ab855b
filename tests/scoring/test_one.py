"""One object: a worked example for every branch of the outcome list and every kind of item, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.findings import Outcome
from govkit.ledger import Subject
from govkit.scoring import Ground, Judgement, Verdict, explain, reason, score_object
from tests.scoring.cases import ACCOUNT, CANNOT, OPEN, REDUCED, RUBRIC, SITE, judgements, marks, subjects
from tests.scoring.naive import naive_score


def points(text: str) -> Fraction:
    """A figure of a test, exactly."""
    return Fraction(text)


def figures(low: int, high: int) -> tuple[Fraction, Fraction]:
    """A range of a test, exactly."""
    return Fraction(low), Fraction(high)


# name, object, what was found, other outcomes → line, part two, bonus, total
WORKED = [
    ("perfect", SITE, {}, {}, Ground.BONUS, "100", "0", "100"),
    ("every bonus", SITE, {"B1.1": 2, "B1.2": 1, "B1.3": 1, "B2.1": 3, "B3.1": 1, "B3.2": 1, "B4.1": 2, "B5.1": 1,
     "B6.1": 1, "B6.2": 1, "B7.1": 1, "B7.2": 1, "B8.1": 1, "B8.2": 1, "B8.3": 2, "B9.1": 1, "B10.1": 1}, {},
     Ground.BONUS, "100", "30", "130"),
    ("flag", SITE, {"D16.1": 1}, {}, Ground.BONUS, "93", "0", "93"),
    ("count times points", SITE, {"D19.1": 2}, {}, Ground.BONUS, "96", "0", "96"),
    ("count cut by the row", SITE, {"D1.2": 9}, {}, Ground.BONUS, "98", "0", "98"),
    ("two items of a row share its cap", SITE, {"D22.1": 3, "D22.2": 7}, {}, Ground.BONUS, "99", "0", "99"),
    ("a row below its cap", SITE, {"D22.1": 1, "D22.2": 4}, {}, Ground.BONUS, "99.4", "0", "99.4"),
    ("the two rows of 找错 have two caps", SITE, {"D23.1": 1, "D23.2": 3, "D24.1": 5}, {}, Ground.BONUS, "96", "0", "96"),
    ("lower level", SITE, {"D12.2": 1}, {}, Ground.BONUS, "99", "0", "99"),
    ("higher level", SITE, {"D12.2": 2}, {}, Ground.BONUS, "98", "0", "98"),
    ("levels of the bonus", SITE, {"B1.1": 1, "B4.1": 2}, {}, Ground.BONUS, "100", "3", "103"),
    ("bonus by count", SITE, {"B2.1": 2, "B8.3": 1}, {}, Ground.BONUS, "100", "3", "103"),
    ("not applicable costs nothing", SITE, {}, {"D9_1": Outcome.NOT_APPLICABLE, "B1_1": Outcome.NOT_APPLICABLE},
     Ground.BONUS, "100", "0", "100"),
    ("80 exactly earns no bonus", SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D10.1": 1, "B6.1": 1}, {},
     Ground.PLAIN, "80", None, "80"),
    ("just above 80 does", SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D24.1": 2, "D22.2": 9, "B6.1": 1}, {},
     Ground.BONUS, "80.1", "3", "83.1"),
    ("60 exactly passes", SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D6.1": 1, "D11.1": 1, "D13.1": 2, "D14.1": 5}, {},
     Ground.PLAIN, "60", None, "60"),
    ("just below 60 fails", SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D6.1": 1, "D11.1": 1, "D13.1": 2, "D14.1": 5,
     "D22.2": 1}, {}, Ground.BELOW, "59.9", None, "59.9"),
    ("75 points scaled", REDUCED, {"D16.1": 1, "D10.1": 0} | {}, {}, Ground.BONUS, "272/3", "0", "272/3"),
    ("scaled to 60 exactly", REDUCED, {"D16.1": 1, "D19.1": 4, "D18.1": 1, "D4.1": 1, "D5.1": 1}, {},
     Ground.PLAIN, "60", None, "60"),
    ("scaled just below 60", REDUCED, {"D16.1": 1, "D19.1": 4, "D18.1": 1, "D4.1": 1, "D5.1": 1, "D22.2": 1}, {},
     Ground.BELOW, "898/15", None, "898/15"),
    ("scaled to 80 exactly", REDUCED, {"D16.1": 1, "D4.1": 1, "D17.1": 1}, {}, Ground.PLAIN, "80", None, "80"),
    ("scaled above 80, shown as 80.00 or not", REDUCED, {"D16.1": 1, "D4.1": 1, "D21.1": 5, "D22.2": 4}, {},
     Ground.BONUS, "1202/15", "0", "1202/15"),
    # A self-check of a national ministry's office, second quarter of 2019, as published: 89 points.
    ("ministry 2019Q2", SITE, {"D5.2": 1, "D12.2": 2, "D18.3": 1, "D25.2": 1}, {}, Ground.BONUS, "89", "0", "89"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "found", "others", "ground", "part2", "bonus", "total"),
                         [case[1:] for case in WORKED], ids=[case[0] for case in WORKED])  # fmt: skip
def test_worked_example(
    subject: Subject,
    found: dict[str, int],
    others: dict[str, Outcome],
    ground: Ground,
    part2: str,
    bonus: str | None,
    total: str,
) -> None:
    """Each branch comes to the figures worked out by hand."""
    found = {code: count for code, count in found.items() if count}
    score = score_object(RUBRIC, subject, marks(subject, found, **others))
    assert (score.ground, score.part2, score.total) == (ground, points(part2), points(total))
    assert score.bonus == (None if bonus is None else points(bonus))
    assert score.range is None
    assert score.open == ()


@pytest.mark.parametrize("code", [code for code, row in RUBRIC.row_of.items() if row.part == "veto"])
def test_any_veto_fails_and_stops_scoring(code: str) -> None:
    """One veto is enough, whatever else was found or is open; the other parts stay blank, not 0."""
    subject = SITE if code.startswith("V") else ACCOUNT
    others = {"D1_1": OPEN, "B1_1": CANNOT} if subject is SITE else {}
    found = {"D4.1": 1} if subject is SITE else {}
    score = score_object(RUBRIC, subject, marks(subject, {code: 1, **found}, **others))
    assert (score.verdict, score.vetoes) == (Verdict.FAIL, (code,))
    assert (score.part2, score.bonus, score.total, score.range, score.open) == (None, None, None, None, ())
    assert not score.deductions
    assert RUBRIC.row_of[code].name in reason(score, RUBRIC)
    sentences = [explain(step, RUBRIC) for step in score.steps]
    assert any("不再" in sentence for sentence in sentences) == (subject is SITE)


def test_open_item_keeps_it_incomplete() -> None:
    """Cannot tell is neither found nor clear: the score has a range, and what is open is named."""
    score = score_object(RUBRIC, SITE, marks(SITE, {"D16.1": 1, "D22.2": 4}, D7_1=CANNOT, D12_2=OPEN))
    assert (score.verdict, score.open) == (Verdict.INCOMPLETE, ("D7.1", "D12.2"))
    assert score.range == (points("87.6"), points("92.6"))
    assert score.deductions == {"D16": 7, "D22": points("0.4")}
    assert (score.part2, score.bonus, score.total) == (None, None, None)


def test_range_reaches_over_the_bonus_line() -> None:
    """The lowest total is without bonus, the highest with all that is still open of it."""
    found = {"D16.1": 1, "D4.1": 1, "D5.1": 1, "B6.1": 1}
    score = score_object(RUBRIC, SITE, marks(SITE, found, D10_1=OPEN, B10_1=OPEN, B7_1=CANNOT))
    assert score.range == figures(80, 83 + 3 + 3 + 2)
    assert score.open == ("D10.1",)


def test_open_veto_leaves_the_figures_of_no_veto() -> None:
    """If only a veto item is open, the range is one figure: what the object has if it is not found."""
    score = score_object(RUBRIC, SITE, marks(SITE, {"D1.1": 1}, V5_1=OPEN))
    assert (score.verdict, score.range, score.open) == (Verdict.INCOMPLETE, figures(98, 98), ("V5.1",))


def test_open_bonus_only_matters_above_the_line() -> None:
    """A bonus item that nobody looked at keeps an object open only where the bonus is scored."""
    low = score_object(RUBRIC, SITE, marks(SITE, {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D10.1": 1}, B6_2=OPEN))
    assert (low.ground, low.total) == (Ground.PLAIN, Fraction(80))
    high = score_object(RUBRIC, SITE, marks(SITE, {"B1.1": 2}, B6_2=OPEN))
    assert (high.ground, high.part2, high.range, high.open) == (
        Ground.BONUS_OPEN,
        Fraction(100),
        figures(102, 104),
        ("B6.2",),
    )
    assert (high.bonus, high.total) == (None, None)


def test_account_has_no_points() -> None:
    """An account passes, fails or stays open; it never has a figure."""
    passed = score_object(RUBRIC, ACCOUNT, marks(ACCOUNT))
    waiting = score_object(RUBRIC, ACCOUNT, marks(ACCOUNT, M2_1=CANNOT))
    assert (passed.ground, passed.total, passed.range) == (Ground.CLEAN, None, None)
    assert (waiting.verdict, waiting.open, waiting.range) == (Verdict.INCOMPLETE, ("M2.1",), None)


@pytest.mark.parametrize(
    ("code", "count"),
    [("D7.1", 4), ("D1.1", 2), ("D12.2", 3), ("D1.2", 0), ("D1.2", -1), ("V4.2", 9), ("V3.1", 14), ("B2.1", 4)],
)
def test_faulty_count_is_refused(code: str, count: int) -> None:
    """A number that its item does not allow is an error, never clamped."""
    with pytest.raises(ValueError, match=code):
        score_object(RUBRIC, SITE, marks(SITE, {code: count}))


@pytest.mark.parametrize(("code", "count"), [("D7.1", 3), ("V4.2", 10), ("V3.1", 15), ("V1.1", 5), ("D28.1", 40)])
def test_largest_count_is_taken(code: str, count: int) -> None:
    """What a sample or a limit allows is taken; a veto may be found any number of times."""
    assert score_object(RUBRIC, SITE, marks(SITE, {code: count})).steps


def test_steps_tell_the_whole_calculation() -> None:
    """Every item taken, every cap, the scaling and the line that matched stand in the steps, in words."""
    score = score_object(RUBRIC, REDUCED, marks(REDUCED, {"D22.1": 6, "D16.1": 1, "D21.1": 3}))
    rules = [step.rule for step in score.steps]
    assert rules == [
        "deduction_once",
        "deduction_count",
        "deduction_count",
        "cap",
        "part2",
        "scaled",
        "total",
        "line_bonus",
    ]
    sentences = [explain(step, RUBRIC) for step in score.steps]
    assert "6 处 × 0.2 分" in sentences[2]
    assert "合计 1.2 分" in sentences[3]
    assert "65.5 × 4/3 = 87.33" in sentences[5]
    deducted = sum(step.points or 0 for step in score.steps if step.rule.startswith("deduction"))
    assert deducted - sum(score.deductions.values()) == points("0.2")


@given(st.data())
def test_agrees_with_the_naive_calculation(data: st.DataObject) -> None:
    """Verdict, figures, range and open items equal those of a second implementation that tries everything."""
    subject = data.draw(subjects)
    judged = data.draw(judgements(subject))
    score = score_object(RUBRIC, subject, judged)
    naive = naive_score(RUBRIC, subject, {code: (j.outcome, j.count) for code, j in judged.items()})
    assert (score.verdict, score.part2, score.bonus, score.total) == naive[:4]
    assert (score.range, score.open) == naive[4:]


@given(st.data())
def test_what_always_holds(data: st.DataObject) -> None:
    """A row never loses more than its points, a total stays between 0 and 130, a range holds what it says."""
    subject = data.draw(subjects)
    score = score_object(RUBRIC, subject, data.draw(judgements(subject)))
    caps = {row.code: row.points for row in RUBRIC.rows}
    assert all(0 < lost <= (caps[code] or 0) for code, lost in {**score.deductions, **score.bonuses}.items())
    assert score.total is None or 0 <= score.total <= 130
    assert score.range is None or 0 <= score.range[0] <= score.range[1] <= 130
    assert (score.verdict == Verdict.FAIL) == (bool(score.vetoes) or (score.total is not None and score.total < 60))


@given(st.data())
def test_worse_findings_never_raise_the_total(data: st.DataObject) -> None:
    """One more deduction found, all else equal, never makes the total higher."""
    judged = data.draw(judgements(SITE, most_open=0))
    code = data.draw(st.sampled_from([c for c in judged if c.startswith("D")]))
    worse = {
        **judged,
        code: Judgement(Outcome.FOUND, RUBRIC.items[code].levels[0].points if RUBRIC.items[code].levels else 1),
    }
    before, after = (
        score_object(RUBRIC, SITE, {**j, code: k})
        for j, k in ((judged, Judgement(Outcome.CLEAR)), (worse, worse[code]))
    )
    if before.total is not None and after.total is not None:
        assert after.total <= before.total
