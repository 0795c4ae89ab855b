"""Scoring of one object: judgements + rubric → result, with its steps. Pure and exact.

Inside, points are whole numbers of `rubric.units_a_point`-ths of a point; they become fractions in the result.
Clause: 附件 指标说明; the order of the outcome lines is that of `Ground`.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from govkit.findings import OPEN_OUTCOMES, Outcome
from govkit.ledger import Kind, Subject
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.scoring.judgements import Judgement
from govkit.scoring.result import Ground, ObjectScore, Step


def score_object(rubric: Rubric, subject: Subject, judgements: Mapping[str, Judgement]) -> ObjectScore:
    """The result of one object.

    Args:
        rubric: the rules.
        subject: the object; its kind and its public services decide what is in scope.
        judgements: one for every item in scope, as `judge` gives them.

    Raises:
        KeyError: an item in scope has no judgement.
        ValueError: a count that the item does not allow; it is refused, never clamped.
    """
    return _Scoring(rubric, subject, judgements).result()


class _Scoring:
    """The state of one calculation: the steps are written down as they are taken."""

    def __init__(self, rubric: Rubric, subject: Subject, judgements: Mapping[str, Judgement]) -> None:
        self.rubric = rubric
        self.subject = subject
        self.judgements = judgements
        self.unit = rubric.units_a_point
        self.rows = rubric.rows_for(subject.kind, service=subject.service)
        self.reduced = rubric.is_reduced(subject.kind, service=subject.service)
        self.steps: list[Step] = []
        for code, item in rubric.items_in_scope(subject).items():
            judgement = judgements[code]
            if judgement.outcome == Outcome.FOUND and rubric.count_fault(item, judgement.count):
                raise ValueError(f"{subject.id} {code}: {judgement.count}")

    def result(self) -> ObjectScore:
        vetoes = self._with(PartName.VETO, lambda outcome: outcome == Outcome.FOUND)
        if vetoes:
            self.steps += [Step("veto", code) for code in vetoes]
            if self.subject.kind == Kind.SITE:
                self.steps.append(Step("not_scored"))
            return self._result(Ground.VETO, vetoes=vetoes)
        still_open = self._open(PartName.VETO) + self._open(PartName.DEDUCTION)
        if self.subject.kind == Kind.ACCOUNT:
            return self._result(Ground.OPEN, open=still_open) if still_open else self._result(Ground.CLEAN)
        losses, deductions = self._points_of(PartName.DEDUCTION)
        taken = {"losses": self._points(losses), "deductions": self._points(deductions)}
        if still_open:
            return self._result(Ground.OPEN, open=still_open, range=self._range(), **taken)
        part2 = self._part2(sum(deductions.values()))
        self._note_part2(sum(deductions.values()), part2)
        if part2 < self.rubric.parameters.pass_line * self.unit:
            return self._result(Ground.BELOW, part2=self._exact(part2), total=self._exact(part2), **taken)
        if part2 <= self.rubric.parameters.bonus_line * self.unit:
            return self._result(Ground.PLAIN, part2=self._exact(part2), total=self._exact(part2), **taken)
        bonus_open = self._open(PartName.BONUS)
        if bonus_open:
            return self._result(
                Ground.BONUS_OPEN, part2=self._exact(part2), open=bonus_open, range=self._range(), **taken
            )
        gains, bonuses = self._points_of(PartName.BONUS)
        bonus = sum(bonuses.values())
        self.steps.append(Step("total", points=self._exact(part2 + bonus), values={"bonus": self._exact(bonus)}))
        return self._result(
            Ground.BONUS,
            gains=self._points(gains),
            bonuses=self._points(bonuses),
            part2=self._exact(part2),
            bonus=self._exact(bonus),
            total=self._exact(part2 + bonus),
            **taken,
        )

    def _result(self, ground: Ground, **fields: object) -> ObjectScore:
        self.steps.append(Step(f"line_{ground}"))
        return ObjectScore(ground, steps=tuple(self.steps), **fields)  # type: ignore[arg-type]  # named by the callers

    def _with(self, part: PartName, wanted: Callable[[Outcome], bool]) -> tuple[str, ...]:
        return tuple(
            item.code
            for row in self.rows
            if row.part == part
            for item in row.items
            if wanted(self.judgements[item.code].outcome)
        )

    def _open(self, part: PartName) -> tuple[str, ...]:
        return self._with(part, lambda outcome: outcome in OPEN_OUTCOMES)

    def _points_of(self, part: PartName) -> tuple[dict[str, int], dict[str, int]]:
        """What the found items of a part take or earn, by item, and by row after the cap."""
        by_item: dict[str, int] = {}
        by_row: dict[str, int] = {}
        for row in self.rows:
            if row.part != part:
                continue
            found = {i.code: self._found(i) for i in row.items if self.judgements[i.code].outcome == Outcome.FOUND}
            if not found:
                continue
            raw, cap = sum(found.values()), self._cap(row)
            by_item |= found
            by_row[row.code] = min(raw, cap)
            for code, points in found.items():
                self.steps.append(self._item_step(part, code, points))
            if raw > cap:
                values = {"raw": self._exact(raw), "cap": self._exact(cap)}
                self.steps.append(Step("cap", row.code, self._exact(cap), values))
        return by_item, by_row

    def _item_step(self, part: PartName, code: str, points: int) -> Step:
        item = self.rubric.items[code]
        count = Fraction(self.judgements[code].count)
        values = {"count": count, "each": item.points} if item.kind == "count" and item.points else {}
        rule = f"{part}_{'count' if item.kind == 'count' else 'once'}"
        return Step(rule, code, self._exact(points), values)

    def _found(self, item: Item) -> int:
        count = self.judgements[item.code].count
        if item.kind == "tier":
            return count * self.unit
        times = count if item.kind == "count" else 1
        return int((item.points or Fraction(0)) * self.unit) * times

    def _cap(self, row: Row) -> int:
        return int((row.points or Fraction(0)) * self.unit)

    def _most(self, part: PartName) -> int:
        """What a part takes or earns if every open item turns out to be found as often as can be."""
        total = 0
        for row in self.rows:
            if row.part != part:
                continue
            worst = 0
            for item in row.items:
                outcome = self.judgements[item.code].outcome
                if outcome == Outcome.FOUND:
                    worst += self._found(item)
                elif outcome in OPEN_OUTCOMES:
                    worst += self._cap(row) if item.most is None else int(item.most * self.unit)
            total += min(worst, self._cap(row))
        return total

    def _least(self, part: PartName) -> int:
        """What a part takes or earns if no open item turns out to be found."""
        total = 0
        for row in self.rows:
            if row.part == part:
                found = (self._found(i) for i in row.items if self.judgements[i.code].outcome == Outcome.FOUND)
                total += min(sum(found), self._cap(row))
        return total

    def _part2(self, deducted: int) -> int:
        rule = self.rubric.parameters.without_services
        if self.reduced:
            return int((rule.full_marks * self.unit - deducted) * rule.multiplier)
        return int(self.rubric.full_marks * self.unit) - deducted

    def _range(self) -> tuple[Fraction, Fraction]:
        """The lowest and highest total, if no open veto item turns out to be found."""
        low, high = self._part2(self._most(PartName.DEDUCTION)), self._part2(self._least(PartName.DEDUCTION))
        line = self.rubric.parameters.bonus_line * self.unit
        low += self._least(PartName.BONUS) if low > line else 0
        high += self._most(PartName.BONUS) if high > line else 0
        values = {"low": self._exact(low), "high": self._exact(high)}
        self.steps.append(Step("range", values=values))
        return values["low"], values["high"]

    def _note_part2(self, deducted: int, part2: int) -> None:
        rule = self.rubric.parameters.without_services
        full = rule.full_marks if self.reduced else self.rubric.full_marks
        left = full - self._exact(deducted)
        self.steps.append(Step("part2", points=left, values={"full": full, "deducted": self._exact(deducted)}))
        if self.reduced:
            values = {
                "left": left,
                "up": Fraction(rule.multiplier.numerator),
                "down": Fraction(rule.multiplier.denominator),
            }
            self.steps.append(Step("scaled", points=self._exact(part2), values=values))

    def _exact(self, units: int) -> Fraction:
        return Fraction(units, self.unit)

    def _points(self, units: Mapping[str, int]) -> dict[str, Fraction]:
        return {code: self._exact(value) for code, value in units.items()}
