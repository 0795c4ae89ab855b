"""The hidden sheet 计算: what a scoring sheet was made of, and the figures between its findings and its totals.

An object has a block of lines there: the first holds the `Origin` as JSON, the others the states and figures that
`formulas` describes, each with its result. The results follow from what the sheet shows, in whole units of a point.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, outcome_word
from govkit.scoring import Ground
from govkit.sheets.formulas import CLEAR, EXACT, FOUND, OPEN, Formulas
from govkit.sheets.values import Plain

MARK = "govkit"

Shown = Mapping[str, tuple[str, Plain]]
"""What a sheet shows of each item in scope: 检查结果 and 数量."""


class Hidden(NamedTuple):
    """The block of one object.

    Attributes:
        first: the cells of its first line.
        lines: the others: a name, and the formulas beside it.
        results: of these formulas.
    """

    first: Sequence[str]
    lines: Sequence[tuple[str, Sequence[str]]]
    results: Sequence[tuple[Plain, ...]]


class Calculation:
    """The lines of the hidden sheet for one kind of object.

    Args:
        formulas: of this kind of object.
        blank_is_clear: whether an item without any result counts as 未发现.
    """

    def __init__(self, formulas: Formulas, *, blank_is_clear: bool) -> None:
        self._formulas, self._rubric = formulas, formulas.rubric
        self._lines = formulas.lines()
        self._unit = 10**formulas.places
        self._states: dict[tuple[PartName, str], int] = {}
        for part in PartName:
            self._states[part, outcome_word(Outcome.FOUND, part)] = FOUND
            self._states[part, outcome_word(Outcome.CLEAR, part)] = CLEAR
            self._states[part, outcome_word(Outcome.NOT_APPLICABLE, part)] = CLEAR
            if blank_is_clear:
                self._states[part, ""] = CLEAR
        self._rows = [
            (row, self._cap(row), [(item, self._each(item), self._most(row, item)) for item in row.items])
            for row in formulas.rows
        ]

    @property
    def lines(self) -> Sequence[tuple[str, Sequence[str]]]:
        """The lines under the first one: a name, and the formulas beside it."""
        return self._lines

    def results(self, shown: Shown) -> list[tuple[Plain, ...]]:
        """The results of the formulas of each line, for an object of which the sheet shows this."""
        states: dict[str, int] = {}
        items: list[tuple[Plain, ...]] = []
        sums: dict[PartName, list[tuple[int, int]]] = {part: [] for part in PartName}
        for row, cap, parts in self._rows:
            sure = most = 0
            for item, each, at_most in parts:
                word, count = shown[item.code]
                state = states[item.code] = self._states.get((row.part, word), OPEN)
                if row.points is None:
                    items.append((state,))
                    continue
                number = count if isinstance(count, int) else 1
                taken = (each * number if item.kind != "flag" else each) if state == FOUND else 0
                can_be = at_most if state > FOUND else taken
                items.append((state, self._points(taken), self._points(can_be)))
                sure, most = sure + taken, most + can_be
            if row.points is not None:
                sums[row.part].append((min(cap, sure), min(cap, most)))
        scored = [tuple(map(self._points, pair)) for part in PartName for pair in sums[part]]
        return [*((value,) for value in self._summary(states, sums)), *items, *scored]

    def _summary(self, states: Mapping[str, int], sums: Mapping[PartName, list[tuple[int, int]]]) -> list[Plain]:
        """In the order in which `Formulas` lists them."""
        open_in = dict.fromkeys(PartName, 0)
        vetoes = []
        for row, _, _ in self._rows:
            for item in row.items:
                open_in[row.part] += states[item.code] > FOUND
                if row.part == PartName.VETO and states[item.code] == FOUND:
                    vetoes.append(f"{item.code} {row.name}")
        still_open = open_in[PartName.VETO] + open_in[PartName.DEDUCTION]
        first: list[Plain] = [len(vetoes), "；".join(vetoes), still_open, 0]
        decided = Ground.VETO if vetoes else Ground.OPEN if still_open else None
        if self._formulas.kind == Kind.ACCOUNT:
            return [*first, str(decided or Ground.CLEAN)]
        (taken, at_most), (gained, at_best) = (
            (sum(pair[0] for pair in sums[part]), sum(pair[1] for pair in sums[part]))
            for part in (PartName.DEDUCTION, PartName.BONUS)
        )
        high, low = self._part2(taken), self._part2(at_most)
        line = self._rubric.parameters.bonus_line
        ground = decided or (
            Ground.BELOW
            if high < self._rubric.parameters.pass_line
            else Ground.PLAIN
            if high <= line
            else Ground.BONUS_OPEN
            if open_in[PartName.BONUS]
            else Ground.BONUS
        )
        bounds = (
            low + (Fraction(gained, self._unit) if low > line else 0),
            high + (Fraction(at_best, self._unit) if high > line else 0),
        )
        absent = {Ground.VETO: "no_more", Ground.BELOW: "not_scored", Ground.PLAIN: "not_scored"}.get(ground, "pending")
        return [
            *first,
            str(ground),
            *(self._points(taken), self._points(at_most), _decimal(high), _decimal(low)),
            *(open_in[PartName.BONUS], self._points(gained), self._points(at_best)),
            *map(_decimal, bounds),
            "" if ground == Ground.BONUS else say(f"sheet.{absent}"),
        ]

    def _part2(self, deducted: int) -> Fraction:
        rule = self._rubric.parameters.without_services
        left = Fraction(deducted, self._unit)
        return (rule.full_marks - left) * rule.multiplier if self._formulas.reduced else self._rubric.full_marks - left

    def _cap(self, row: Row) -> int:
        return int((row.points or 0) * self._unit)

    def _each(self, item: Item) -> int:
        return self._unit if item.kind == "tier" else int((item.points or 0) * self._unit)

    def _most(self, row: Row, item: Item) -> int:
        return self._cap(row) if item.most is None else int(item.most * self._unit)

    def _points(self, units: int) -> Plain:
        return Decimal(units) / Decimal(self._unit)


def _decimal(number: Fraction) -> Decimal:
    """A figure as the formulas round it; figures this exact have no ties."""
    return round(Decimal(number.numerator) / number.denominator, EXACT)
