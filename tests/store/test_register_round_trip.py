"""Whatever is put into the register, it comes back the same."""

import json
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from govkit.issues import Appeal, Appealed, Corrected, Decided, Issue, Issued, Rechecked, Reported
from govkit.ledger import Action, FilingRecord, Kind, Subject
from govkit.sampling import Draw, Drawn, Ground
from govkit.season import Decision, Disposal
from govkit.store.register_entries import (
    DrawnLines,
    KeptDraw,
    RegisterValue,
    Results,
    Topic,
    Withdrawn,
    filing_item,
    quarter_from_text,
    quarter_to_text,
    value_from_json,
    value_to_json,
)
from tests.store.test_round_trip import TEXT, findings

WHO, ITEM = "对象", "HB07"
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
QUARTERS = st.tuples(st.integers(1, 9999), st.integers(1, 4))
SUBJECTS = st.builds(
    Subject, TEXT, TEXT, st.sampled_from(Kind), TEXT, st.sampled_from([True, False, None]),
    st.dictionaries(TEXT, TEXT, max_size=3),
)  # fmt: skip
TEXT_BY_TEXT = st.dictionaries(TEXT, TEXT, max_size=3)
NAMES = st.frozensets(TEXT, max_size=3)
DRAWN = st.lists(st.builds(Drawn, SUBJECTS, st.sampled_from(Ground), TEXT), max_size=3).map(tuple)
DRAWS = st.builds(Draw, TEXT, QUARTERS, st.integers(0), st.integers(0), DRAWN, st.fractions(0, 1))
FILED = st.builds(
    FilingRecord, st.just(WHO), st.sampled_from(Action), st.dates(), TEXT, TEXT, st.none() | st.dates(),
    st.frozensets(st.sampled_from(["approved_by", "filed_with", "announced"])),
)  # fmt: skip
ISSUE = st.builds(
    Issue, TEXT, st.just(WHO), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.dates(), TEXT, TEXTS, TEXT,
    st.none() | st.fractions(), st.none() | st.integers(),
)  # fmt: skip
EVENTS = st.one_of(
    st.builds(Issued, ISSUE, st.dates(), st.dates()),
    st.builds(Reported, st.dates(), TEXT),
    st.builds(Rechecked, st.dates(), st.booleans(), TEXT, TEXTS, st.none() | st.dates()),
    st.builds(Appealed, st.dates(), st.sampled_from(Appeal), TEXT),
    st.builds(Decided, st.dates(), st.booleans(), TEXT, st.none() | st.dates(), st.none() | st.integers()),
    st.builds(Corrected, st.dates(), st.none() | st.integers(), TEXT),
)
VALUES: st.SearchStrategy[tuple[Topic, RegisterValue]] = st.one_of(
    st.tuples(st.just(Topic.FILING), FILED),
    st.tuples(st.just(Topic.FILING), st.builds(Withdrawn, FILED, TEXT)),
    st.tuples(st.just(Topic.DRAW), st.builds(KeptDraw, DRAWS, TEXT_BY_TEXT, TEXT, TEXT_BY_TEXT)),
    st.tuples(
        st.just(Topic.LINES),
        st.builds(DrawnLines, st.just(WHO), st.just(ITEM), st.integers(), TEXTS, TEXTS, TEXT, TEXT),
    ),
    st.tuples(st.just(Topic.RESULTS), st.builds(Results, NAMES, st.none() | NAMES)),
    st.tuples(st.just(Topic.RULE), findings(WHO, ITEM)),
    st.tuples(st.just(Topic.DECISION), st.builds(Decision, st.just(WHO), st.sampled_from(Disposal), TEXTS, TEXT)),
    st.tuples(st.just(Topic.RECTIFICATION), EVENTS),
)


@given(VALUES)
def test_values(entry: tuple[Topic, RegisterValue]) -> None:
    """Every field comes back the same; the text is ASCII, which every database takes."""
    topic, value = entry
    text = value_to_json(value)
    assert text.isascii()
    assert value_from_json(text, topic, WHO, ITEM) == value


@given(FILED, FILED)
def test_filings_are_told_apart(one: FilingRecord, other: FilingRecord) -> None:
    """Two filings of an object have the same item where they are the same, and only there."""
    assert (filing_item(one) == filing_item(other)) == (one == other)


def test_filing_of_an_earlier_version() -> None:
    """A filing kept before anything could be untold has everything told, and is the same as one of today."""
    text = '{"action":"开设","filed":"2019-11-04","approved_by":"","filed_with":"县政府办","announced":null}'
    record = FilingRecord(WHO, Action.OPEN, date(2019, 11, 4), "", "县政府办")
    assert value_from_json(text, Topic.FILING, WHO, ITEM) == record
    assert json.loads(value_to_json(record)) == json.loads(text)


def test_draw_of_an_earlier_version() -> None:
    """A draw kept before its share was is one of more than half, in which no account has another identifier."""
    draw = '{"seed":"种子","quarter":[2019,4],"population":0,"least":0,"drawn":[]}'
    text = f'{{"draw":{draw},"assignment":{{}},"reason":""}}'
    kept = KeptDraw(Draw("种子", (2019, 4), 0, 0, (), Fraction(1, 2)), {})
    assert value_from_json(text, Topic.DRAW, "", "") == kept


def test_results_of_an_earlier_version() -> None:
    """Results kept before those that passed were told say who failed, and leave the others open to the draw."""
    assert value_from_json('["a","b"]', Topic.RESULTS, "", "") == Results(frozenset({"a", "b"}), None)


def test_problem_of_an_earlier_version() -> None:
    """A notice and a decision kept before numbers were told have none."""
    issue: dict[str, object] = {
        "source": "批次",
        "subject_id": WHO,
        "name": "",
        "kind": "site",
        "sponsor": "",
        "item": ITEM,
    }
    issue |= {"indicator": "", "what": "", "clause": "", "found": "2020-01-02", "url": "", "screenshots": []}
    issue |= {"severity": "", "points": None}
    told = {"event": "issued", "issue": issue, "day": "2020-01-03", "deadline": "2020-01-17"}
    value = value_from_json(json.dumps(told), Topic.RECTIFICATION, WHO, ITEM)
    assert (value.issue.count, value.issue.subject_id) == (None, WHO)
    decided = '{"event":"decided","day":"2020-01-09","accepted":true,"reason":"属实","deadline":null}'
    assert value_from_json(decided, Topic.RECTIFICATION, WHO, ITEM).left is None


@given(st.none() | QUARTERS)
def test_quarters(quarter: tuple[int, int] | None) -> None:
    """A quarter comes back the same, and so does none."""
    assert quarter_from_text(quarter_to_text(quarter)) == quarter
