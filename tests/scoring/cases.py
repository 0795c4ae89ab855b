"""Objects and judgements for tests of scoring: everything is clear but what a case says."""

from collections.abc import Mapping

from hypothesis import strategies as st

from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Item, PartName, load_rubric
from govkit.scoring import Judgement

RUBRIC = load_rubric("fengdu-2019")
SITE = Subject("0500230001", "县门户", Kind.SITE, "县政府办", service=True)
REDUCED = Subject("bm64130001", "档案网", Kind.SITE, "县档案局", service=False)
ACCOUNT = Subject("5002300000000101", "县发布", Kind.ACCOUNT, "县政府办")

FOUND, CLEAR, OPEN, CANNOT = Outcome.FOUND, Outcome.CLEAR, Outcome.UNCHECKED, Outcome.CANNOT_TELL


def marks(subject: Subject, found: Mapping[str, int] | None = None, **others: Outcome) -> dict[str, Judgement]:
    """Judgements for an object: found items with their numbers, other outcomes by code (D1_2 for D1.2), else clear."""
    made = {code: Judgement(CLEAR) for code in RUBRIC.items_in_scope(subject)}
    made |= {code: Judgement(FOUND, count) for code, count in (found or {}).items()}
    made |= {code.replace("_", "."): Judgement(outcome) for code, outcome in others.items()}
    return made


def counts(item: Item) -> st.SearchStrategy[int]:
    """Any number found that an item allows."""
    if item.kind == "tier":
        return st.sampled_from([level.points for level in item.levels])
    if item.kind == "count":
        return st.integers(1, item.sample or 60)
    return st.just(1)


@st.composite
def judgements(draw: st.DrawFn, subject: Subject, *, most_open: int = 4) -> dict[str, Judgement]:
    """Random judgements of an object; few vetoes and few open items, so that every line of the outcome list is met."""
    items = RUBRIC.items_in_scope(subject)
    part = {code: RUBRIC.row_of[code].part for code in items}
    scored = [code for code in items if part[code] != PartName.VETO]
    vetoes = [code for code in items if part[code] == PartName.VETO]
    found = draw(st.sets(st.sampled_from(scored), max_size=24)) if scored else set()
    if draw(st.integers(0, 9)) == 0:
        found = found | {draw(st.sampled_from(vetoes))}
    still_open = draw(st.sets(st.sampled_from(list(items)), max_size=draw(st.sampled_from([0, 0, 1, most_open]))))
    unfit = draw(st.sets(st.sampled_from(list(items)), max_size=2))
    made = {}
    for code, item in items.items():
        if code in found:
            made[code] = Judgement(FOUND, draw(counts(item)))
        elif code in still_open:
            made[code] = Judgement(draw(st.sampled_from([OPEN, CANNOT])))
        else:
            made[code] = Judgement(Outcome.NOT_APPLICABLE if code in unfit else CLEAR)
    return made


subjects = st.sampled_from([SITE, REDUCED, ACCOUNT])
