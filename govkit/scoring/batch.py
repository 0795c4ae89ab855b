"""Scoring of a whole batch at once, on integer arrays. Held equal to `score_object` by a test on random batches.

Figures are whole numbers of `rubric.units_a_point`-ths of a point; BLANK stands where nothing is scored.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.scoring.result import Ground

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BLANK = -1
"""In arrays of figures: not scored. No figure is ever negative."""

GROUNDS = tuple(Ground)
"""What the numbers of `BatchScore.ground` mean."""


@dataclass(frozen=True, slots=True)
class BatchScore:
    """Results of n objects of one kind. Items and rows stand in the order of the annex.

    Attributes:
        items: the codes of the columns of `vetoes` and `open`.
        rows: the codes of the columns of `deductions` and `bonuses`.
        ground: (n,) index into `GROUNDS`.
        vetoes: (n, items) the veto items found.
        open: (n, items) the items that keep an object incomplete.
        deductions: (n, rows) units lost, after the cap; 0 for rows that lost none.
        bonuses: (n, rows) units earned, after the cap; 0 where the bonus is not scored.
        part2, bonus, total, low, high: (n,) units, or BLANK.
    """

    items: tuple[str, ...]
    rows: tuple[str, ...]
    ground: NDArray[np.int8]
    vetoes: Bools
    open: Bools
    deductions: Ints
    bonuses: Ints
    part2: Ints
    bonus: Ints
    total: Ints
    low: Ints
    high: Ints


def score_batch(
    rubric: Rubric, kind: Kind, outcomes: NDArray[Any], counts: NDArray[Any], service: NDArray[np.bool_] | None = None
) -> BatchScore:
    """Score n objects of one kind.

    Args:
        rubric: the rules.
        kind: sites or accounts.
        outcomes: (n, items) values of `Outcome`, for all items of the kind, in the order of the annex.
        counts: (n, items) numbers found; only looked at where the outcome is FOUND.
        service: (n,) whether the sponsor has public services; None means that all have. Items out of scope are ignored.

    Raises:
        ValueError: arrays of the wrong shape, an unknown outcome, or a count that its item does not allow.
    """
    return _BatchScoring(rubric, kind, outcomes, counts, service).result()


class _BatchScoring:
    def __init__(
        self,
        rubric: Rubric,
        kind: Kind,
        outcomes: NDArray[Any],
        counts: NDArray[Any],
        service: NDArray[np.bool_] | None,
    ) -> None:
        self.rubric = rubric
        self.unit = rubric.units_a_point
        self.rows = rubric.rows_for(kind)
        self.items = [item for row in self.rows for item in row.items]
        self.kind = kind
        if outcomes.ndim != 2 or outcomes.shape[1] != len(self.items) or outcomes.shape != counts.shape:  # noqa: PLR2004
            raise ValueError(f"{outcomes.shape}, {counts.shape}: (n, {len(self.items)})")
        if outcomes.size and not (min(Outcome) <= outcomes.min() and outcomes.max() <= max(Outcome)):
            raise ValueError(f"{outcomes.min()}…{outcomes.max()}")
        self.number = len(outcomes)
        self.reduced = self._reduced(service)
        in_scope = ~(self.reduced[:, None] & np.array([row.services_only for row in self.rows for _ in row.items]))
        self.found: Bools = (outcomes == Outcome.FOUND) & in_scope
        self.unsettled: Bools = ((outcomes == Outcome.UNCHECKED) | (outcomes == Outcome.CANNOT_TELL)) & in_scope
        self.counts = counts
        self._refuse_faulty_counts()

    def _reduced(self, service: NDArray[np.bool_] | None) -> Bools:
        if service is None or not self.rubric.is_reduced(self.kind, service=False):
            return np.zeros(self.number, dtype=np.bool_)
        if service.shape != (self.number,):
            raise ValueError(f"{service.shape}: ({self.number},)")
        return ~service

    def _refuse_faulty_counts(self) -> None:
        for column, item in enumerate(self.items):
            found = self.found[:, column]
            for count in np.unique(self.counts[found, column]):
                if self.rubric.count_fault(item, int(count)):
                    raise ValueError(f"{item.code}: {count}")

    def result(self) -> BatchScore:
        veto, deduct, bonus = (self._columns(part) for part in PartName)
        vetoed: Bools = np.any(self.found[:, veto], axis=1)
        waiting: Bools = ~vetoed & np.any(self.unsettled[:, veto | deduct], axis=1)
        least, most = self._sums(PartName.DEDUCTION)
        bonus_least, bonus_most = self._sums(PartName.BONUS)
        ground = np.empty(self.number, dtype=np.int8)
        if self.kind == Kind.ACCOUNT:
            part2 = best = worst = np.zeros(self.number, dtype=np.int64)
            ground[:] = GROUNDS.index(Ground.CLEAN)
        else:
            best, worst = self._part2(least.sum(axis=1)), self._part2(most.sum(axis=1))
            part2 = best
            ground[:] = np.select(
                [part2 < ceil(self.rubric.parameters.pass_line * self.unit), ~self._earns(part2)],
                [GROUNDS.index(Ground.BELOW), GROUNDS.index(Ground.PLAIN)],
                np.where(
                    self.unsettled[:, bonus].any(axis=1),
                    GROUNDS.index(Ground.BONUS_OPEN),
                    GROUNDS.index(Ground.BONUS),
                ),
            )
        ground[waiting] = GROUNDS.index(Ground.OPEN)
        ground[vetoed] = GROUNDS.index(Ground.VETO)
        is_site = np.full(self.number, self.kind == Kind.SITE)
        has_bonus: Bools = ground == GROUNDS.index(Ground.BONUS)
        bonus_open: Bools = ground == GROUNDS.index(Ground.BONUS_OPEN)
        scored = is_site & ~vetoed & ~waiting
        ranged = is_site & (waiting | bonus_open)
        bonus_sum = bonus_least.sum(axis=1)
        low = worst + np.where(self._earns(worst), bonus_sum, 0)
        high = best + np.where(self._earns(best), bonus_most.sum(axis=1), 0)
        listed = (waiting[:, None] & (veto | deduct)) | (bonus_open[:, None] & bonus)
        return BatchScore(
            items=tuple(item.code for item in self.items),
            rows=tuple(row.code for row in self.rows),
            ground=ground,
            vetoes=self.found & veto,
            open=self.unsettled & listed,
            deductions=np.where(vetoed[:, None], 0, least),
            bonuses=np.where(has_bonus[:, None], bonus_least, 0),
            part2=np.where(scored, part2, BLANK),
            bonus=np.where(has_bonus, bonus_sum, BLANK),
            total=np.where(scored & ~bonus_open, part2 + np.where(has_bonus, bonus_sum, 0), BLANK),
            low=np.where(ranged, low, BLANK),
            high=np.where(ranged, high, BLANK),
        )

    def _columns(self, part: PartName) -> Bools:
        return np.array([row.part == part for row in self.rows for _ in row.items])

    def _sums(self, part: PartName) -> tuple[Ints, Ints]:
        """(n, rows) units of a part, after the caps: with no open item found, and with every one found at its most."""
        of_part = np.array([row.part == part for row in self.rows])
        caps = np.array([self._units(row.points) for row in self.rows]) * of_part
        each = np.array([self.unit if item.kind == "tier" else self._units(item.points) for item in self.items])
        counted = np.array([item.kind in ("count", "tier") for item in self.items])
        most_each = np.array([self._most(row, item) for row in self.rows for item in row.items])
        first_items = np.cumsum([0, *(len(row.items) for row in self.rows[:-1])])
        found = np.where(self.found, np.where(counted, self.counts, 1), 0).astype(np.int64) * each
        least = np.minimum(np.add.reduceat(found, first_items, axis=1), caps)
        most = np.minimum(np.add.reduceat(found + self.unsettled * most_each, first_items, axis=1), caps)
        return least, most

    def _most(self, row: Row, item: Item) -> int:
        return self._units(row.points if item.most is None else item.most)

    def _units(self, points: Fraction | None) -> int:
        return int((points or Fraction(0)) * self.unit)

    def _part2(self, deducted: Ints) -> Ints:
        rule = self.rubric.parameters.without_services
        left = int(rule.full_marks * self.unit) - deducted
        scaled = left * rule.multiplier.numerator // rule.multiplier.denominator
        return np.where(self.reduced, scaled, int(self.rubric.full_marks * self.unit) - deducted)

    def _earns(self, part2: Ints) -> Bools:
        return part2 > floor(self.rubric.parameters.bonus_line * self.unit)
