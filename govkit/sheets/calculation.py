"""The hidden sheet 计算: what a scoring sheet was made of, and the figures between its findings and its totals.

An object has a block of lines there: the first holds the `Origin` as JSON, the others the states and figures that
`formulas` describes, each with its result. The results follow from what the sheet shows, in whole units of a point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, outcome_word
from govkit.scoring import Ground
from govkit.sheets.formulas import CLEAR, EXACT, FOUND, OPEN, Formulas
from govkit.sheets.kept import Kept
from govkit.sheets.values import Plain

Shown = Mapping[str, tuple[str, Plain]]
"""What a sheet shows of each item in scope: 检查结果 and 数量."""


@dataclass(frozen=True, slots=True, eq=False)
class HiddenLine:
    """A line of a block: a name, and the formulas beside it."""

    name: str
    formulas: Sequence[str]


class Hidden(NamedTuple):
    """The block of one object.

    Attributes:
        first: the cells of its first line.
        lines: the others.
        results: of these formulas.
    """

    first: Sequence[str]
    lines: Sequence[HiddenLine]
    results: Sequence[tuple[Plain, ...]]


class _RowFigures(NamedTuple):
    """What follows from what one row shows: figures in whole units, and as they are shown.

    Attributes:
        part: of the row.
        items: the results of the formulas of each item.
        sums: what the row takes or earns for sure, and at most.
        shown: the same as results; empty where a row has no points.
        open: how many items are undecided.
        vetoes: the vetoes that were found.
    """

    part: PartName
    items: Sequence[tuple[Plain, ...]]
    sums: tuple[int, int]
    shown: tuple[Plain, ...]
    open: int
    vetoes: Sequence[str]


class Calculation:
    """The lines of the hidden sheet for one kind of object.

    Args:
        formulas: of this kind of object.
        blank_is_clear: whether an item without any result counts as 未发现.
    """

    def __init__(self, formulas: Formulas, *, blank_is_clear: bool) -> None:
        self._formulas, self._rubric = formulas, formulas.rubric
        self.lines = [HiddenLine(name, own) for name, own in formulas.lines()]
        self._unit = 10**formulas.places
        self._states: dict[tuple[PartName, str], int] = {}
        for part in PartName:
            self._states[part, outcome_word(Outcome.FOUND, part)] = FOUND
            self._states[part, outcome_word(Outcome.CLEAR, part)] = CLEAR
            self._states[part, outcome_word(Outcome.NOT_APPLICABLE, part)] = CLEAR
            if blank_is_clear:
                self._states[part, ""] = CLEAR
        self._rows = [(row, [item.code for item in row.items]) for row in formulas.rows]
        self._known: Kept[_RowFigures] = Kept()

    def results(self, shown: Shown) -> list[tuple[Plain, ...]]:
        """The results of the formulas of each line, for an object of which the sheet shows this."""
        rows = [self._figures(row, tuple(map(shown.__getitem__, codes))) for row, codes in self._rows]
        items = [figures for row in rows for figures in row.items]
        scored = [row.shown for part in PartName for row in rows if row.part == part and row.shown]
        return [*((value,) for value in self._summary(rows)), *items, *scored]

    def _figures(self, row: Row, shown: tuple[tuple[str, Plain], ...]) -> _RowFigures:
        """The figures of a row whose items show this; most rows show what they do on other sheets."""
        key = row.code, shown
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._worked_out(row, shown)
        return known

    def _worked_out(self, row: Row, shown: tuple[tuple[str, Plain], ...]) -> _RowFigures:
        sure = most = 0
        states = [self._states.get((row.part, word), OPEN) for word, _ in shown]
        items: list[tuple[Plain, ...]] = []
        for item, state, (_, count) in zip(row.items, states, shown, strict=True):
            if row.points is None:
                items.append((state,))
                continue
            number = count if isinstance(count, int) and item.kind != "flag" else 1
            taken = self._each(item) * number if state == FOUND else 0
            can_be = self._most(row, item) if state > FOUND else taken
            items.append((state, self._points(taken), self._points(can_be)))
            sure, most = sure + taken, most + can_be
        vetoes = [f"{item.code} {row.name}" for item, state in zip(row.items, states, strict=True) if state == FOUND]
        pair = (min(self._cap(row), sure), min(self._cap(row), most))
        shown_sums = () if row.points is None else tuple(map(self._points, pair))
        is_open = sum(state > FOUND for state in states)
        return _RowFigures(row.part, items, pair, shown_sums, is_open, vetoes if row.part == PartName.VETO else [])

    def _summary(self, rows: Sequence[_RowFigures]) -> list[Plain]:
        """In the order in which `Formulas` lists them."""
        open_in = dict.fromkeys(PartName, 0)
        for row in rows:
            open_in[row.part] += row.open
        vetoes = [veto for row in rows for veto in row.vetoes]
        still_open = open_in[PartName.VETO] + open_in[PartName.DEDUCTION]
        first: list[Plain] = [len(vetoes), "；".join(vetoes), still_open, 0]
        decided = Ground.VETO if vetoes else Ground.OPEN if still_open else None
        if self._formulas.kind == Kind.ACCOUNT:
            return [*first, str(decided or Ground.CLEAN)]
        (taken, at_most), (gained, at_best) = (
            (sum(row.sums[0] for row in rows if row.part == part), sum(row.sums[1] for row in rows if row.part == part))
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
