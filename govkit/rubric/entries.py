"""What a rubric is made of: rows (指标), items (评分细则), parts, limits and parameters, as validated data.

Clause of everything here: the annex that `Rubric.source` names.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from govkit.figures import shortest
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric.measures import Measure


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


class Data(BaseModel):
    """What all entries of a rubric file share: they are frozen, know no other fields, and hold no empty text."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Level(Data):
    """One level of a tiered item. Its points are also what a spreadsheet gives as 数量, so they are whole."""

    points: Annotated[int, Field(gt=0)]
    text: str


class Item(Data):
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


class Row(Data):
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


class Group(Data):
    """一级指标: a group of rows, with the sum of their points."""

    name: str
    points: Exact


class Part(Data):
    """One of the three parts, with the sum of its groups."""

    part: PartName
    title: str
    points: Exact | None = None
    groups: tuple[Group, ...] = ()


class Limit(Data):
    """The limit of one item and the line at which the inspector is told that it is close, each with its wording."""

    value: Exact
    warning: Exact
    text: str
    warning_text: str


class WithoutServices(Data):
    """How a unit without public services (没有对外服务职能) is scored.

    Where `applies` is false, it is scored like every other unit, on all items and 100 points.
    """

    applies: bool
    full_marks: Exact
    multiplier: Exact


class Parameters(Data):
    """All that a variant of the rubric may change."""

    pass_line: Exact
    bonus_line: Exact
    without_services: WithoutServices
    limits: dict[ItemCode, Limit]
