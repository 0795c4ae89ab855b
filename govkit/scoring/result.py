"""The result of scoring one object, with the steps that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from govkit.figures import shortest, two_places
from govkit.messages import say
from govkit.rubric import Rubric


class Verdict(StrEnum):
    """结论."""

    PASS = "pass"  # noqa: S105 - 合格, no password
    FAIL = "fail"  # 不合格
    INCOMPLETE = "incomplete"  # 未完成


class Ground(StrEnum):
    """Which line of the outcome list matched, in the order in which the lines are tried.

    Clause: 附件 指标说明 (政府网站检查, 政务新媒体检查).
    """

    VETO = "veto"  # a veto item is found: parts two and three are not scored
    OPEN = "open"  # a veto or deduction item is still open
    BELOW = "below"  # part two is below the pass line
    PLAIN = "plain"  # part two does not exceed the bonus line: the bonus is not scored
    BONUS_OPEN = "bonus_open"  # the bonus counts, but one of its items is still open
    BONUS = "bonus"  # the bonus is added
    CLEAN = "clean"  # an account without a veto; accounts have no points


VERDICT_OF = {
    Ground.VETO: Verdict.FAIL,
    Ground.OPEN: Verdict.INCOMPLETE,
    Ground.BELOW: Verdict.FAIL,
    Ground.PLAIN: Verdict.PASS,
    Ground.BONUS_OPEN: Verdict.INCOMPLETE,
    Ground.BONUS: Verdict.PASS,
    Ground.CLEAN: Verdict.PASS,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: the name of the rule, what it is about (a code, or empty), and its numbers.

    `points` is what the step comes to; `values` are the numbers it started from. `explain` puts it into words.
    """

    rule: str
    code: str = ""
    points: Fraction | None = None
    values: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObjectScore:
    """检查结果 of one object. Points are exact; None is “not scored”, which is not 0.

    Attributes:
        ground: the line of the outcome list that matched; `verdict` follows from it.
        vetoes: the veto items found, in the order of the annex.
        losses: points of each deduction item that was found, before the cap of its row.
        deductions: points that each row lost, after the cap; rows that lost none are left out.
        gains: points of each bonus item, before the cap; only where the bonus is scored.
        bonuses: points that each row earned, after the cap; only where the bonus is scored.
        part2: part two, after ×4/3 where that applies.
        bonus: part three.
        total: the final score (最后得分).
        range: the lowest and highest total still possible while the object is incomplete.
        open: the items that keep it incomplete.
        steps: how it came about.
    """

    ground: Ground
    vetoes: tuple[str, ...] = ()
    losses: Mapping[str, Fraction] = field(default_factory=dict)
    deductions: Mapping[str, Fraction] = field(default_factory=dict)
    gains: Mapping[str, Fraction] = field(default_factory=dict)
    bonuses: Mapping[str, Fraction] = field(default_factory=dict)
    part2: Fraction | None = None
    bonus: Fraction | None = None
    total: Fraction | None = None
    range: tuple[Fraction, Fraction] | None = None
    open: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """结论: 合格, 不合格 or 未完成."""
        return VERDICT_OF[self.ground]


def reason(score: ObjectScore, rubric: Rubric) -> str:
    """The verdict as a sentence in Chinese, with its ground."""
    low, high = score.range or (Fraction(0), Fraction(0))
    key = "range_one" if score.range and low == high else "range" if score.range else "no_range"
    return say(
        f"reason.{score.ground}",
        vetoes="；".join(f"{code} {rubric.row_of[code].name}" for code in score.vetoes),
        open=len(score.open),
        part2=two_places(score.part2 or Fraction(0)),
        bonus=two_places(score.bonus or Fraction(0)),
        total=two_places(score.total or Fraction(0)),
        pass_line=shortest(rubric.parameters.pass_line),
        bonus_line=shortest(rubric.parameters.bonus_line),
        range=say(f"reason.{key}", low=two_places(low), high=two_places(high)),
    )


def explain(step: Step, rubric: Rubric) -> str:
    """A step as a sentence in Chinese; figures that have no short decimal form are shown with two decimals."""
    names = {"name": "", "unit": ""}
    if step.code in rubric.items:
        names = {"name": rubric.row_of[step.code].name, "unit": rubric.items[step.code].unit}
    elif step.code:
        names = {"name": next(row.name for row in rubric.rows if row.code == step.code), "unit": ""}
    numbers = {key: _figure(value) for key, value in step.values.items()}
    points = "" if step.points is None else _figure(step.points)
    return say(f"step.{step.rule}", code=step.code, points=points, **names, **numbers)


def _figure(number: Fraction) -> str:
    return two_places(number) if number.denominator % 3 == 0 else shortest(number)
