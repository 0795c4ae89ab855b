"""Scoring 14,474 sites of 89 items (1.29 million findings): the whole batch at once, against one object in a loop."""

import numpy as np

from benchmarks.timing import compare, peak_memory
from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Item, load_rubric
from govkit.scoring import Judgement, score_batch, score_object

SITES = 14_474


def run() -> None:
    """Random findings, the same for both; the arrays and the judgements are made before the clock starts."""
    rubric = load_rubric("fengdu-2019")
    items = [item for row in rubric.rows_for(Kind.SITE) for item in row.items]
    chance = np.random.default_rng(2019)
    veto = np.array([rubric.row_of[item.code].part == "veto" for item in items])
    found = chance.random((SITES, len(items))) < np.where(veto, 0.002, 0.1)
    outcomes = np.where(found, Outcome.FOUND, Outcome.CLEAR).astype(np.int8)
    outcomes[(chance.random(SITES) < 1 / 8), 7] = Outcome.CANNOT_TELL
    most = [largest_count(item) for item in items]
    counts = chance.integers(1, np.array(most) + 1, (SITES, len(items)), dtype=np.int32)
    service = chance.random(SITES) < 2 / 3
    judged = [
        {item.code: Judgement(Outcome(o), int(c)) for item, o, c in zip(items, outcome, count, strict=True)}
        for outcome, count in zip(outcomes, counts, strict=True)
    ]
    subjects = [Subject(str(n), "", Kind.SITE, "", service=bool(has)) for n, has in enumerate(service)]
    compare(
        f"score_batch, {SITES:,} sites, {SITES * len(items):,} findings",
        lambda: score_batch(rubric, Kind.SITE, outcomes, counts, service),
        "score_object in a loop",
        lambda: [score_object(rubric, subject, marks) for subject, marks in zip(subjects, judged, strict=True)],
    )
    peak = peak_memory(lambda: score_batch(rubric, Kind.SITE, outcomes, counts, service))
    print(f"{'peak memory of score_batch beyond its input':<58} {peak:9.1f} MiB")
    print(f"{'its input':<58} {(outcomes.nbytes + counts.nbytes) / 2**20:9.1f} MiB")


def largest_count(item: Item) -> int:
    """A number found that the item allows; every smaller one is allowed as well."""
    if item.kind == "tier":
        return max(level.points for level in item.levels)
    return (item.sample or 9) if item.kind == "count" else 1
