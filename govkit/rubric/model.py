"""The rubric (检查指标) as validated data: parts, rows (指标), items (评分细则), parameters.

A `Rubric` is what scoring, reading, sheets and forms share. It is frozen, and its points are exact fractions.
Clause of everything here: the annex that `Rubric.source` names.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator

from govkit.figures import shortest
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric.measures import Measure, Reading, Readings


def _exact(value: Any) -> Any:
    """Numbers of the file become exact fractions; what is no number is left for pydantic to complain about."""
    if isinstance(value, bool):
        raise ValueError(say("rubric.no_number", value=value))  # noqa: TRY004 - pydantic collects ValueErrors only
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(say("rubric.no_number", value=value)) from None


Exact = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(shortest),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d+(/\d+)?$"}]}),
]
"""An exact number: 5, 0.2 or "4/3" in the file."""

ItemCode = Annotated[str, Field(pattern=r"^[VMDB][1-9][0-9]*\.[1-9][0-9]*$")]
RowCode = Annotated[str, Field(pattern=r"^[VMDB][1-9][0-9]*$")]


class PartName(StrEnum):
    """The three parts of the rubric."""

    VETO = "veto"  # 单项否决
    DEDUCTION = "deduction"  # 扣分指标
    BONUS = "bonus"  # 加分指标


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class CountFault(StrEnum):
    """What can be wrong with a number found (数量)."""

    BELOW_ONE = "below_one"  # found, but not even once
    BEYOND_SAMPLE = "beyond_sample"  # more than the sample holds
    NO_LEVEL = "no_level"  # not the points of a level
    ONCE = "once"  # the sentence holds or not; it cannot hold twice
    BELOW_LIMIT = "below_limit"  # fewer than make the item a problem


class Level(_Data):
    """One level of a tiered item. Its points are also what a spreadsheet gives as 数量, so they are whole."""

    points: Annotated[int, Field(gt=0)]
    text: str


class Item(_Data):
    """评分细则: the smallest thing that is judged.

    `points` is what one hit of a flag or count item takes or earns; veto items have none. `sample` is the most that a
    count can be where the text fixes a sample. `text` and `guidance` carry the limits of the rubric's parameters.
    """

    code: ItemCode
    kind: Literal["flag", "count", "tier", "threshold"]
    text: str
    points: Exact | None = None
    unit: str = "处"
    sample: Annotated[int, Field(gt=0)] | None = None
    levels: tuple[Level, ...] = ()
    measure: Measure | None = None
    guidance: str = ""

    @property
    def most(self) -> Fraction | None:
        """The most points this item alone can take or earn, before its row's cap; None where nothing limits it."""
        if self.kind == "tier":
            return Fraction(max(level.points for level in self.levels))
        if self.kind == "count":
            return None if self.sample is None else self.sample * (self.points or Fraction(0))
        return self.points or Fraction(0)


class Row(_Data):
    """指标: a row of the annex, with its cap (`points`, none for vetoes) and its items in order."""

    code: RowCode
    part: PartName
    subject: Kind
    name: str
    clause: str
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    group: str = ""
    printed_name: str = ""
    points: Exact | None = None
    services_only: bool = False
    lead: str = ""
    tail: str = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as the annex prints it."""
        return self.printed_name or self.name


class Group(_Data):
    """一级指标: a group of rows, with the sum of their points."""

    name: str
    points: Exact


class Part(_Data):
    """One of the three parts, with the sum of its groups."""

    part: PartName
    title: str
    points: Exact | None = None
    groups: tuple[Group, ...] = ()


class Limit(_Data):
    """The limit of one item and the line at which the inspector is told that it is close, each with its wording."""

    value: Exact
    warning: Exact
    text: str
    warning_text: str


class WithoutServices(_Data):
    """How a unit without public services (没有对外服务职能) is scored.

    Where `applies` is false, it is scored like every other unit, on all items and 100 points.
    """

    applies: bool
    full_marks: Exact
    multiplier: Exact


class Parameters(_Data):
    """All that a variant of the rubric may change."""

    pass_line: Exact
    bonus_line: Exact
    without_services: WithoutServices
    limits: dict[ItemCode, Limit]


class Rubric(_Data):
    """A whole rubric. `sha256` is the hash of its content, not of a file: line ends and comments do not change it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: str
    source: str
    parameters: Parameters
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        complaints = list(self._complaints())
        if complaints:
            raise ValueError("\n".join(complaints))
        return self

    def _complaints(self) -> Iterator[str]:
        yield from self._doubled_codes()
        for row in self.rows:
            yield from _row_complaints(row)
            for item in row.items:
                yield from _item_complaints(row, item, self.parameters.limits)
        yield from self._wrong_sums()
        yield from self._wrong_parameters()

    def _doubled_codes(self) -> Iterator[str]:
        codes = [row.code for row in self.rows] + [item.code for row in self.rows for item in row.items]
        for code, times in Counter(codes).items():
            if times > 1:
                yield say("rubric.doubled", code=code)
        order = [list(PartName).index(row.part) for row in self.rows]
        if order != sorted(order):
            yield say("rubric.order")

    def _wrong_sums(self) -> Iterator[str]:
        """Rows add up to their group, groups to their part."""
        for part in self.parts:
            rows = [row for row in self.rows if row.part == part.part]
            for group in part.groups:
                total = sum((row.points or Fraction(0) for row in rows if row.group == group.name), Fraction(0))
                if total != group.points:
                    yield say("rubric.sum", name=group.name, total=shortest(total), points=shortest(group.points))
            known = {group.name for group in part.groups}
            for row in rows:
                if part.part != PartName.VETO and row.group not in known:
                    yield say("rubric.no_group", code=row.code, group=row.group)
            total = sum((group.points for group in part.groups), Fraction(0))
            if part.points is not None and total != part.points:
                yield say("rubric.sum", name=part.title, total=shortest(total), points=shortest(part.points))
        if [part.part for part in self.parts] != list(PartName):
            yield say("rubric.parts")

    def _wrong_parameters(self) -> Iterator[str]:
        measured = {item.code for row in self.rows for item in row.items if item.kind == "threshold"}
        for code in sorted(self.parameters.limits.keys() ^ measured):
            yield say("rubric.limit_for", code=code)
        rule = self.parameters.without_services
        full = sum((r.points or Fraction(0) for r in self.rows if r.part == PartName.DEDUCTION), Fraction(0))
        services = sum(
            (r.points or Fraction(0) for r in self.rows if r.part == PartName.DEDUCTION and r.services_only),
            Fraction(0),
        )
        if full - services != rule.full_marks or rule.full_marks * rule.multiplier != full:
            yield say("rubric.services", full=shortest(full), services=shortest(services))
        if not self.parameters.pass_line <= self.parameters.bonus_line <= full:
            yield say("rubric.lines")

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by code, in the order of the annex."""
        return {item.code: item for row in self.rows for item in row.items}

    @cached_property
    def row_of(self) -> dict[str, Row]:
        """The row of each item, by the item's code."""
        return {item.code: row for row in self.rows for item in row.items}

    @cached_property
    def quantities(self) -> dict[str, tuple[Item, ...]]:
        """The quantities (监测项) that this rubric knows, with the items that read them."""
        names = [(name, item) for item in self.items.values() if item.measure for name in item.measure.quantities_read]
        return {name: tuple(item for other, item in names if other == name) for name, _ in names}

    @cached_property
    def full_marks(self) -> Fraction:
        """The points of part two (100)."""
        return sum((row.points or Fraction(0) for row in self.rows if row.part == PartName.DEDUCTION), Fraction(0))

    @cached_property
    def units_a_point(self) -> int:
        """The number of equal units a point is cut into so that every figure is a whole number of them (30)."""
        steps = [Fraction(item.points) for item in self.items.values() if item.points is not None]
        steps += [row.points for row in self.rows if row.points is not None]
        scaled = [step * self.parameters.without_services.multiplier for step in steps]
        return math.lcm(*(step.denominator for step in steps + scaled))

    def rows_for(self, kind: Kind, *, service: bool | None = None) -> tuple[Row, ...]:
        """The rows that are judged for an object: by its kind, and for sites by whether it has public services."""
        return tuple(
            row
            for row in self.rows
            if row.subject == kind and not (row.services_only and self.is_reduced(kind, service=service))
        )

    def items_in_scope(self, subject: Subject) -> Mapping[str, Item]:
        """The items that are judged for this object, by code, in the order of the annex."""
        return self._scopes[subject.kind, self.is_reduced(subject.kind, service=subject.service)]

    @cached_property
    def _scopes(self) -> dict[tuple[Kind, bool], dict[str, Item]]:
        """Items by kind and by whether the rule for units without public services applies."""
        return {
            (kind, reduced): {i.code: i for row in self.rows_for(kind, service=not reduced) for i in row.items}
            for kind in Kind
            for reduced in (False, True)
        }

    def is_reduced(self, kind: Kind, *, service: bool | None) -> bool:
        """Whether the rule for units without public services applies (75 points, ×4/3)."""
        return self.parameters.without_services.applies and kind == Kind.SITE and service is False

    def wording(self, item: Item) -> str:
        """The official wording of an item, with its limit."""
        return self.with_limit(item, item.text)

    def guidance(self, item: Item) -> str:
        """What helps to judge the item, with its limit; empty where the wording is enough."""
        return self.with_limit(item, item.guidance)

    def row_wording(self, row: Row) -> str:
        """The official wording of a whole row, one item a line, as the annex has it."""
        return "\n".join(filter(None, [row.lead, *(self.wording(item) for item in row.items), row.tail, *row.notes]))

    def read(self, item: Item, readings: Readings, as_of: date) -> Reading | None:
        """What an object's measured quantities say of an item; None where they say nothing."""
        if item.measure is None:
            return None
        limit = self.parameters.limits.get(item.code)
        value, warning = (limit.value, limit.warning) if limit else (Fraction(0), Fraction(0))
        return item.measure.read(readings, as_of, value, warning)

    def count_fault(self, item: Item, count: int) -> CountFault | None:
        """What is wrong with a number found; None where nothing is. Numbers are refused, never clamped.

        A veto may be found any number of times. Where its limit counts things, a number above 1 must reach the limit:
        somebody who writes 3 columns where 10 make a veto has measured, not judged.
        """
        if count < 1:
            return CountFault.BELOW_ONE
        if item.kind == "count":
            return CountFault.BEYOND_SAMPLE if item.sample is not None and count > item.sample else None
        if item.kind == "tier":
            return None if count in {level.points for level in item.levels} else CountFault.NO_LEVEL
        if self.row_of[item.code].part != PartName.VETO:
            return CountFault.ONCE if count > 1 else None
        limit = self.parameters.limits.get(item.code)
        if count > 1 and limit and item.measure and item.measure.counts_things:
            return None if item.measure.breached_by(count, limit.value) else CountFault.BELOW_LIMIT
        return None

    def with_limit(self, item: Item, text: str) -> str:
        """A text on an item with its limit in the gaps {limit} and {value}; one without a limit stays as it is."""
        limit = self.parameters.limits.get(item.code)
        return text.format(limit=limit.text, value=shortest(limit.value)) if limit else text


def _row_complaints(row: Row) -> Iterator[str]:
    letter = {"veto": "V" if row.subject == Kind.SITE else "M", "deduction": "D", "bonus": "B"}[row.part]
    if not row.code.startswith(letter):
        yield say("rubric.letter", code=row.code, letter=letter)
    if (row.points is None) != (row.part == PartName.VETO):
        yield say("rubric.row_points", code=row.code)
    if "/" in shortest(row.points or Fraction(0)):
        yield say("rubric.no_decimal", code=row.code, points=shortest(row.points or Fraction(0)))
    if row.part != PartName.VETO and row.subject != Kind.SITE:
        yield say("rubric.account_points", code=row.code)
    for number, item in enumerate(row.items, 1):
        if item.code != f"{row.code}.{number}":
            yield say("rubric.numbering", code=item.code, expected=f"{row.code}.{number}")


def _item_complaints(row: Row, item: Item, limits: dict[str, Limit]) -> Iterator[str]:
    wants_points = row.part != PartName.VETO and item.kind in ("flag", "count")
    if (item.points is not None) != wants_points or (item.points is not None and item.points <= 0):
        yield say("rubric.item_points", code=item.code)
    if "/" in shortest(item.points or Fraction(0)):
        yield say("rubric.no_decimal", code=item.code, points=shortest(item.points or Fraction(0)))
    if bool(item.levels) != (item.kind == "tier"):
        yield say("rubric.levels", code=item.code)
    if len({level.points for level in item.levels}) != len(item.levels):
        yield say("rubric.same_level", code=item.code)
    if item.sample is not None and item.kind != "count":
        yield say("rubric.sample", code=item.code)
    if row.part == PartName.VETO and item.kind not in ("flag", "threshold"):
        yield say("rubric.veto_kind", code=item.code)
    if item.kind == "threshold" and (item.measure is None or row.part != PartName.VETO):
        yield say("rubric.measure", code=item.code)
    known = {"limit": "", "value": ""} if item.code in limits else {}
    try:
        (item.text + item.guidance).format(**known)
    except (KeyError, IndexError, ValueError):
        yield say("rubric.placeholder", code=item.code)
