"""A second, slow implementation of the scoring rules, written straight from the text of the annex.

It shares the rubric's data with the package, but none of its code: it works on fractions, and finds the range of an
incomplete object by trying everything that the open items can still turn out to be.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from govkit.findings import Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric

Marks = Mapping[str, tuple[Outcome, int]]


class Naive(NamedTuple):
    """What the naive calculation comes to."""

    verdict: str
    part2: Fraction | None
    bonus: Fraction | None
    total: Fraction | None
    range: tuple[Fraction, Fraction] | None
    open: tuple[str, ...]


def naive_score(rubric: Rubric, subject: Subject, marks: Marks) -> Naive:
    """Score an object by going through the outcome list line by line."""
    rows = [r for r in rubric.rows if r.subject == subject.kind and not (r.services_only and subject.service is False)]
    codes = {part: [i.code for r in rows if r.part == part for i in r.items] for part in ("veto", "deduction", "bonus")}
    waiting = (Outcome.UNCHECKED, Outcome.CANNOT_TELL)
    if any(marks[c][0] == Outcome.FOUND for c in codes["veto"]):
        return Naive("fail", None, None, None, None, ())
    still_open = tuple(c for c in codes["veto"] + codes["deduction"] if marks[c][0] in waiting)
    bonus_open = tuple(c for c in codes["bonus"] if marks[c][0] in waiting)
    if subject.kind == Kind.ACCOUNT:
        return Naive("incomplete" if still_open else "pass", None, None, None, None, still_open)
    if still_open:
        totals = [_final(rubric, subject, tried)[2] for tried in _possible(rubric, marks, [*still_open, *bonus_open])]
        return Naive("incomplete", None, None, None, (min(totals), max(totals)), still_open)
    part2, bonus, total = _final(rubric, subject, marks)
    if part2 < rubric.parameters.pass_line:
        return Naive("fail", part2, None, part2, None, ())
    if part2 <= rubric.parameters.bonus_line:
        return Naive("pass", part2, None, part2, None, ())
    if bonus_open:
        totals = [_final(rubric, subject, tried)[2] for tried in _possible(rubric, marks, list(bonus_open))]
        return Naive("incomplete", part2, None, None, (min(totals), max(totals)), bonus_open)
    return Naive("pass", part2, bonus, total, None, ())


def _final(rubric: Rubric, subject: Subject, marks: Marks) -> tuple[Fraction, Fraction, Fraction]:
    """Part two, bonus and total of an object without a veto."""
    sums = {"deduction": Fraction(0), "bonus": Fraction(0)}
    for row in rubric.rows:
        out = row.services_only and subject.service is False
        if row.part == "veto" or row.subject != subject.kind or out:
            continue
        points = Fraction(0)
        for item in row.items:
            outcome, count = marks[item.code]
            if outcome == Outcome.FOUND:
                each = Fraction(1) if item.kind == "tier" else item.points
                assert each is not None
                points += each * (1 if item.kind == "flag" else count)
        assert row.points is not None
        sums[row.part] += min(points, row.points)
    part2 = (75 - sums["deduction"]) * Fraction(4, 3) if subject.service is False else 100 - sums["deduction"]
    return part2, sums["bonus"], part2 + sums["bonus"] if part2 > 80 else part2


def _possible(rubric: Rubric, marks: Marks, codes: list[str]) -> Iterator[Marks]:
    """Everything that the open items of parts two and three can still turn out to be."""
    choices = []
    for code in codes:
        item, part = rubric.items[code], rubric.row_of[code].part
        options = [(Outcome.CLEAR, 1)]
        if item.kind == "tier":
            options += [(Outcome.FOUND, level.points) for level in item.levels]
        elif item.kind == "count":
            options += [(Outcome.FOUND, item.sample or 100)]
        elif part != "veto":
            options += [(Outcome.FOUND, 1)]
        choices.append([(code, option) for option in options])
    for combination in product(*choices):
        yield {**marks, **dict(combination)}
