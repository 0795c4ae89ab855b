"""Playing a case: the engine's steps before and after a change."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.findings import Outcome
from govkit.scoring import Ground, explain, reason
from govkit.training import Change, Situation, TrainingError, load_cases, replay
from tests.scoring.cases import counts

CASES = {case.id: case for case in load_cases()}


def of(case_id: str) -> Situation:
    """The right record of a case."""
    return CASES[case_id].situation()


def test_nothing_changed() -> None:
    """A case beside itself has the engine's own steps, in its own order, all the same, and says so."""
    for case in CASES.values():
        played = replay(case.situation(), case.situation())
        steps = played.before.score.steps
        assert [pair.before for pair in played.steps] == list(steps)
        assert [pair.before_text for pair in played.steps] == [explain(step, case.rubric) for step in steps]
        assert {pair.change for pair in played.steps} == {Change.SAME}
        assert played.items == ()
        assert played.told.startswith("没有变化")


def test_cap_appears() -> None:
    """A second problem in a row that is full: its step is new, the cap has another sum, the total stays."""
    before = of("03-availability-cap")
    played = replay(before, before.changed("D22.2", Outcome.FOUND, 9))
    changes = {(pair.after.rule, pair.after.code): pair.change for pair in played.steps if pair.after}
    assert changes["deduction_count", "D22.2"] == changes["cap", "D22"] == Change.CHANGED
    assert changes["part2", ""] == Change.SAME
    assert played.items == ("D22.2",)
    assert played.gained == 0


def test_crossing_eighty() -> None:
    """One problem less at 80.00, and the bonus is scored: its steps are new, and the last line is another."""
    before = of("22-eighty-exactly")
    played = replay(before, before.changed("D17.1", Outcome.CLEAR))
    assert (played.before.score.ground, played.after.score.ground) == (Ground.PLAIN, Ground.BONUS)
    assert played.gained == 6
    by_change = {change: [p for p in played.steps if p.change == change] for change in Change}
    assert {p.after.code for p in by_change[Change.NEW] if p.after} == {"B6.2", "B8.1", ""}
    assert {p.before.code for p in by_change[Change.GONE] if p.before} == {"D17.1"}
    last = played.steps[-1]
    assert last.change == Change.CHANGED
    assert last.before
    assert last.after
    assert (last.before.rule, last.after.rule) == ("line_plain", "line_bonus")
    assert "多了 6.00 分" in played.told


def test_veto_stops_scoring() -> None:
    """A veto takes all points away: there is no difference in points, and the verdict is told."""
    before = of("20-sixty-exactly")
    played = replay(before, before.changed("V1.1", Outcome.FOUND))
    assert played.gained is None
    assert played.after.score.ground == Ground.VETO
    assert [p.after.rule for p in played.steps if p.after] == ["veto", "not_scored", "line_veto"]
    assert played.told.count("合格") == 2


def test_lost_points_are_told_scaled() -> None:
    """0.1 points more lost are 2/15 of the total where it is multiplied by 4/3, and 0.13 when shown."""
    before = of("25-scaled-sixty")
    played = replay(before, before.changed("D22.2", Outcome.FOUND, 1))
    assert played.gained == Fraction(-2, 15)
    assert "少了 0.13 分" in played.told


def test_measured_quantity_changed() -> None:
    """Another date of the last update judges the item anew."""
    before = of("07-account-seven-days")
    played = replay(before, before.measured("最近更新日期", before.as_of.replace(day=12)))
    assert played.items == ("M2.1",)
    assert played.after.score.vetoes == ("M2.1",)
    without = before.measured("最近更新日期", None)
    assert without.measurements == ()


@pytest.mark.parametrize(
    ("code", "outcome", "count", "note", "words"),
    [
        ("D22.1", Outcome.FOUND, 0, "", "D22.1"),
        ("D25.2", Outcome.FOUND, 5, "", "4"),
        ("D12.2", Outcome.FOUND, 3, "", "D12.2"),
        ("D1.1", Outcome.NOT_APPLICABLE, None, "", "理由"),
        ("M1.1", Outcome.FOUND, None, "", "M1.1"),
        ("V3.1", Outcome.FOUND, None, "", "V3.1"),
    ],
)
def test_what_the_form_would_refuse(code: str, outcome: Outcome, count: int | None, note: str, words: str) -> None:
    """Impossible numbers, 不适用 without a reason, items out of scope, and what a quantity contradicts are refused."""
    with pytest.raises(TrainingError) as raised:
        of("01-first-site").changed(code, outcome, count, note)
    assert any(words in text for text in raised.value.complaints)


def test_other_object() -> None:
    """Two objects cannot be played against each other."""
    with pytest.raises(ValueError, match="9900000001"):
        replay(of("01-first-site"), of("02-row-cap"))


@given(data=st.data())
def test_steps_of_any_change(data: st.DataObject) -> None:
    """Whatever is changed: the table holds the engine's steps of both sides, each in the engine's order."""
    before = data.draw(st.sampled_from(list(CASES.values()))).situation()
    code = data.draw(st.sampled_from(list(before.rubric.items_in_scope(before.subject))))
    outcome = data.draw(st.sampled_from(list(Outcome)))
    count = data.draw(counts(before.rubric.items[code])) if outcome == Outcome.FOUND else None
    try:
        after = before.changed(code, outcome, count, "理由")
    except TrainingError:
        return
    played = replay(before, after)
    assert [p.before for p in played.steps if p.before] == list(played.before.score.steps)
    assert [p.after for p in played.steps if p.after] == list(played.after.score.steps)
    assert set(played.items) <= {code}
    assert reason(played.after.score, before.rubric) in played.told
