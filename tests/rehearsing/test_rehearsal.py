"""A change of the rules rehearsed: results by both rubrics, with what changed, why, and what does not count as it was."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.reading import read_spot_check
from govkit.rehearsing import Compared, Fate, Rehearsal, rehearse
from govkit.rubric import Rubric, load_rubric, rubric_from
from govkit.rubric.content import content
from govkit.scoring import Ground, Verdict, score_object, score_spot_check
from tests.rubric.variants import rubrics

A = load_rubric("fengdu-2019")
M14 = load_rubric("fengdu-2019-m14")
AS_OF = date(2019, 12, 20)
SITE = Subject("1", "县门户", Kind.SITE, "县政府办", service=True)
REDUCED = Subject("2", "档案网", Kind.SITE, "县档案局", service=False)
ACCOUNT = Subject("3", "县发布", Kind.ACCOUNT, "县政府办")
SAMPLE = read_spot_check(Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx")
FOUND, CLEAR, OPEN = Outcome.FOUND, Outcome.CLEAR, Outcome.UNCHECKED


def check(
    *findings: tuple[Subject, str, Outcome, int | None],
    measured: tuple[tuple[Subject, str, Any], ...] = (),
    unlisted: Outcome = CLEAR,
) -> SpotCheck:
    """A spot check of one site, one of a unit without services, and one account, with some findings."""
    return SpotCheck(
        Batch("试", AS_OF, A.id, unlisted=unlisted),
        (SITE, REDUCED, ACCOUNT),
        tuple(Finding(subject.id, item, outcome, count) for subject, item, outcome, count in findings),
        tuple(Measurement(subject.id, name, value) for subject, name, value in measured),
    )


def other(change: Any) -> Rubric:
    """The rubric with its content changed by a function of parameters and rows by code."""
    data = content(A) | {"id": "own"}
    change(data["parameters"], {row["code"]: row for row in data["rows"]})
    return rubric_from(data)


def of(rehearsal: Rehearsal, subject: Subject) -> Compared:
    """What became of an object."""
    return next(each for each in rehearsal.objects if each.subject == subject)


def fates(rehearsal: Rehearsal) -> list[tuple[str, str, Fate]]:
    """What does not count as it was."""
    return [(note.subject.id, note.item, note.fate) for note in rehearsal.notes]


def test_the_same_rules_change_nothing() -> None:
    """Held against the rules that they were recorded for, no result of the sample county changes."""
    rehearsal = rehearse(A, A, SAMPLE)
    assert rehearsal.changed == ()
    assert rehearsal.notes == ()
    assert [each.after for each in rehearsal.objects] == list(score_spot_check(A, SAMPLE).objects)


@given(rubrics(parameters_only=True))
@settings(max_examples=15)
def test_before_is_the_score_and_after_is_scored_by_the_other(b: Rubric) -> None:
    """Before is what scoring says; after is the score of what counts; vetoes and open items differ only with a cause."""
    rehearsal = rehearse(A, b, SAMPLE)
    assert [each.before for each in rehearsal.objects] == list(score_spot_check(A, SAMPLE).objects)
    for each in rehearsal.objects:
        assert each.after.score == score_object(b, each.subject, each.after.judgements)
        assert bool(each.because) or not each.is_changed
        lost = {note.item for note in each.notes}
        for code, judgement in each.after.judgements.items():
            old = each.before.judgements.get(code)
            changed = old is None or (old.outcome, old.count) != (judgement.outcome, judgement.count)
            measured = judgement.reading is not None and judgement.outcome == judgement.reading.outcome
            assert not changed or code in lost or measured
    for kind in Kind:
        summary = rehearsal.summary(kind)
        own = [each for each in rehearsal.objects if each.subject.kind == kind]
        assert sum(summary.moves.values()) == len(own)
        assert summary.after.passed == sum(each.after.score.verdict == Verdict.PASS for each in own)


def test_lines() -> None:
    """A higher pass line fails a site, and says so; nothing that was recorded is touched."""
    b = other(lambda parameters, _: parameters.update(pass_line=97, bonus_line=98))
    rehearsal = rehearse(A, b, check((SITE, "D4.1", FOUND, None)))
    site = of(rehearsal, SITE)
    assert (site.before.score.ground, site.after.score.ground) == (Ground.BONUS, Ground.BELOW)
    assert [each.key for each in site.because] == ["pass_line", "bonus_line"]
    assert rehearsal.notes == ()
    summary = rehearsal.summary(Kind.SITE)
    assert summary.moves == {(Verdict.PASS, Verdict.FAIL): 1, (Verdict.PASS, Verdict.PASS): 1}
    assert (summary.before.pass_rate.shown, summary.after.pass_rate.shown) == ("100.00%（2/2）", "50.00%（1/2）")


def test_points() -> None:
    """Other points of an item change the deduction of its row, up to its cap, and the total by as much."""

    def change(_: Any, rows: Any) -> None:
        rows["D1"]["items"][1]["points"] = "0.5"

    rehearsal = rehearse(A, other(change), check((SITE, "D1.2", FOUND, 3), (REDUCED, "D1.2", FOUND, 9)))
    assert of(rehearsal, SITE).rows == {"D1": (Fraction(2), Fraction("1.5"))}
    assert of(rehearsal, REDUCED).rows == {}
    summary = rehearsal.summary(Kind.SITE)
    assert (summary.higher, summary.lower, summary.same, summary.shift) == (1, 0, 1, Fraction("0.5"))
    assert [each.about for each in of(rehearsal, SITE).because] == ["D1.2"]


def test_items_that_are_gone_or_new() -> None:
    """A finding of an item that is gone is told and costs nothing; a new item is 未检查, whatever unlisted means."""

    def change(_: Any, rows: Any) -> None:
        rows["D1"]["items"].pop()
        rows["D2"]["items"].append({"code": "D2.3", "kind": "flag", "points": 1, "text": "新的。"})

    rehearsal = rehearse(A, other(change), check((SITE, "D1.2", FOUND, 1)))
    assert fates(rehearsal) == [("1", "D1.2", Fate.UNKNOWN), ("1", "D2.3", Fate.NEW), ("2", "D2.3", Fate.NEW)]
    assert of(rehearsal, SITE).after.score.open == ("D2.3",)
    assert of(rehearsal, SITE).after.score.verdict == Verdict.INCOMPLETE


def test_numbers_that_are_not_allowed() -> None:
    """A number beyond the new sample, of no level, or of a sentence that cannot hold twice is never clamped."""

    def change(_: Any, rows: Any) -> None:
        rows["D7"]["items"][0]["sample"] = 2
        rows["D12"]["items"][1]["levels"].pop()
        rows["D1"]["items"][1].update(kind="flag")
        rows["D1"]["items"][0].update(kind="count")

    numbers = (("D7.1", 3), ("D12.2", 2), ("D1.2", 4), ("D1.1", None))
    found = [(SITE, code, FOUND, count) for code, count in numbers]
    rehearsal = rehearse(A, other(change), check(*found))
    assert fates(rehearsal) == [
        ("1", "D1.1", Fate.KIND),
        ("1", "D1.2", Fate.NUMBER),
        ("1", "D7.1", Fate.NUMBER),
        ("1", "D12.2", Fate.NUMBER),
    ]
    assert of(rehearsal, SITE).after.score.open == ("D1.1", "D1.2", "D7.1", "D12.2")
    fine = [(SITE, code, FOUND, count) for code, count in (("D7.1", 2), ("D12.2", 1), ("D1.2", 1))]
    assert rehearse(A, other(change), check(*fine)).notes == ()


def test_measured_quantities_decide_by_the_new_limit() -> None:
    """Nine days are a problem by a limit of 7 and none by 14, also where a person has recorded it; that is told."""
    nine = (ACCOUNT, "最近更新日期", date(2019, 12, 11))
    alone = rehearse(A, M14, check(measured=(nine,)))
    assert [of(alone, ACCOUNT).before.score.verdict, of(alone, ACCOUNT).after.score.verdict] == ["fail", "pass"]
    assert alone.notes == ()
    recorded = rehearse(A, M14, check((ACCOUNT, "M2.1", FOUND, None), measured=(nine,)))
    assert of(recorded, ACCOUNT).after.score.verdict == Verdict.PASS
    assert fates(recorded) == [("3", "M2.1", Fate.MEASURED)]
    assert "9 天" in recorded.notes[0].text


@pytest.mark.parametrize(
    ("value", "outcome", "stands"),
    [(14, FOUND, False), (14, CLEAR, True), (5, FOUND, True), (5, CLEAR, False), (7, FOUND, True), (7, CLEAR, True)],
)
@pytest.mark.parametrize("unlisted", [True, False])
def test_without_measured_quantities(value: int, outcome: Outcome, stands: bool, unlisted: bool) -> None:
    """A judgement by the old limit stands only where it must hold by the new one: clear by a laxer, found by a stricter."""
    if unlisted and outcome == FOUND:
        return
    b = other(lambda parameters, _: parameters["limits"]["M2.1"].update(value=value, warning=1))
    recorded = check() if unlisted else check((ACCOUNT, "M2.1", outcome, None), unlisted=OPEN)
    after = of(rehearse(A, b, recorded), ACCOUNT).after.judgements["M2.1"]
    assert after.outcome == (outcome if stands else OPEN)


def test_a_limit_from_below() -> None:
    """Of fewer than the limit, the higher limit is the stricter one."""
    higher = other(lambda parameters, _: parameters["limits"]["V6.3"].update(value=9))
    lower = other(lambda parameters, _: parameters["limits"]["V6.3"].update(value=3))
    found = check((SITE, "V6.3", FOUND, None))
    assert of(rehearse(A, higher, found), SITE).after.score.vetoes == ("V6.3",)
    assert fates(rehearse(A, lower, found)) == [("1", "V6.3", Fate.LIMIT)]


def test_the_rule_for_units_without_services() -> None:
    """Where it is switched off, what was never asked of such a site is 未检查, not clear."""
    b = other(lambda parameters, _: parameters["without_services"].update(applies=False))
    site = of(rehearse(A, b, check()), REDUCED)
    assert site.after.score.verdict == Verdict.INCOMPLETE
    assert len(site.notes) == 19
    assert {note.fate for note in site.notes} == {Fate.NEW}
    assert "applies" in [each.key for each in site.because]


def test_a_row_that_is_not_asked_any_more() -> None:
    """What was recorded of a row that the new rules do not ask of an object is told, and does not count."""

    def change(parameters: Any, rows: Any) -> None:
        rows["D1"]["services_only"] = True
        parameters["without_services"].update(full_marks=73, multiplier="100/73")

    rehearsal = rehearse(A, other(change), check((REDUCED, "D1.2", FOUND, 1)))
    assert fates(rehearsal) == [("2", "D1.2", Fate.OUT)]


@given(rubrics(), st.sampled_from([CLEAR, OPEN]))
@settings(max_examples=20)
def test_any_rubric_can_be_rehearsed(b: Rubric, unlisted: Outcome) -> None:
    """Whatever changes, each object gets a result, and nothing found by the new rules was not found or measured before."""
    recorded = SpotCheck(
        Batch(SAMPLE.batch.name, SAMPLE.batch.as_of, A.id, unlisted=unlisted),
        SAMPLE.subjects,
        SAMPLE.findings,
        SAMPLE.measurements,
    )
    for each in rehearse(A, b, recorded).objects:
        for code, judgement in each.after.judgements.items():
            if judgement.outcome == FOUND and judgement.reading is None:
                assert each.before.judgements[code].outcome == FOUND


def test_a_batch_of_other_rules__error() -> None:
    """What was recorded for other rules is not held against these."""
    with pytest.raises(ValueError, match="fengdu-2019"):
        rehearse(M14, A, SAMPLE)
