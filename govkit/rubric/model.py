"""The rubric (检查指标) as validated data: parts, rows (指标), items (评分细则), parameters.

A `Rubric` is what scoring, reading, sheets and forms share. It is frozen, and its points are exact fractions.
Clause of everything here: the annex that `Rubric.source` names.
"""

import math
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from govkit.figures import shortest
from govkit.ledger import Kind, Subject
from govkit.rubric.entries import Data, Item, Parameters, Part, PartName, Row
from govkit.rubric.fitting import MisfitError, misfits
from govkit.rubric.measures import Reading, Readings


class CountFault(StrEnum):
    """What can be wrong with a number found (数量)."""

    BELOW_ONE = "below_one"  # found, but not even once
    BEYOND_SAMPLE = "beyond_sample"  # more than the sample holds
    NO_LEVEL = "no_level"  # not the points of a level
    ONCE = "once"  # the sentence holds or not; it cannot hold twice
    BELOW_LIMIT = "below_limit"  # fewer than make the item a problem


class Rubric(Data):
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
        faults = tuple(misfits(self.parameters, self.parts, self.rows))
        if faults:
            raise MisfitError(faults)
        return self

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
