"""The rule of 年度考核 as validated data: who is assessed, and what makes a unit 不合格."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from govkit.complaints import in_chinese
from govkit.folding import fold
from govkit.messages import say
from govkit.season import Category, Level, Unit

DATA = files("govkit.assessing") / "data"


class CheckLevel(StrEnum):
    """检查单位: who made a check."""

    STATE = "国务院办公厅"
    CITY = "市政府办公厅"
    COUNTY = "县政府办公室"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Assessed(_Data):
    """Units that are assessed: of one of these levels, and one of these categories."""

    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]

    def binds(self, unit: Unit) -> bool | None:
        """Whether a unit is one of them; None where that is not known."""
        answers = (
            None if unit.level is None else unit.level in self.levels,
            None if unit.category is None else unit.category in self.categories,
        )
        return False if False in answers else None if None in answers else True


class Because(_Data):
    """Why an object failed: a veto item, or words that say the same, unless what denies them stands before."""

    vetoes: Annotated[tuple[str, ...], Field(min_length=1)]
    words: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()

    def names(self, veto: str) -> bool:
        """Whether a veto, told as a code or in words, is one that is meant."""
        folded = fold(veto)
        for word in map(fold, self.words):
            before, found, _ = folded.partition(word)
            if found and not any(before.endswith(fold(denial)) for denial in self.denials):
                return True
        return folded in map(fold, self.vetoes)


class _Ground(_Data):
    """What makes a unit 不合格; `subordinates` tells whether that of its subordinate units counts as well."""

    id: str
    name: str
    clause: str
    text: str
    subordinates: bool


class FailedGround(_Ground):
    """At least so many distinct sites and accounts failed in some checks of the year.

    Attributes:
        checks: whose checks.
        at_least: how many, that number included (超过（含）).
        because: only what failed for this reason counts; None for any reason.
    """

    kind: Literal["failed"]
    checks: Annotated[tuple[CheckLevel, ...], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)]
    because: Because | None = None


class FraudGround(_Ground):
    """弄虚作假 is recorded. `hints` are veto items of that kind: people decide whether those are to be recorded."""

    kind: Literal["fraud"]
    hints: Because | None = None


class AssessmentRule(_Data):
    """The rule of an office. `quarterly` are the checks that are made in every quarter."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    name: str
    source: str
    quarterly: tuple[CheckLevel, ...]
    assessed: Annotated[tuple[Assessed, ...], Field(min_length=1)]
    grounds: Annotated[
        tuple[Annotated[FailedGround | FraudGround, Field(discriminator="kind")], ...], Field(min_length=1)
    ]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        times = Counter(ground.id for ground in self.grounds)
        doubled = [name for name, number in times.items() if number > 1]
        if doubled:
            raise ValueError("\n".join(say("assessing.doubled", id=name) for name in doubled))
        return self

    def binds(self, unit: Unit) -> bool | None:
        """Whether a unit is assessed; None where its level or category is not known."""
        answers = [each.binds(unit) for each in self.assessed]
        return True if True in answers else None if None in answers else False


class AssessmentRuleError(ValueError):
    """A rule that cannot be used. `complaints` holds a sentence in Chinese for each thing wrong."""

    def __init__(self, rule_id: str, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join([say("assessing.unusable", id=rule_id), *self.complaints]))


@cache
def load_assessment_rule(rule_id: str) -> AssessmentRule:
    """The rule with this id.

    Raises:
        AssessmentRuleError: there is no such rule, or its file is none; all that is wrong is named.
    """
    return load_assessment_rule_from(DATA, rule_id)


def load_assessment_rule_from(folder: Traversable, rule_id: str) -> AssessmentRule:
    """The rule `<rule_id>.toml` of a folder; see `load_assessment_rule`."""
    file = folder / f"{rule_id}.toml"
    if not file.is_file():
        raise AssessmentRuleError(rule_id, [say("assessing.no_rule")])
    try:
        return AssessmentRule.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssessmentRuleError(rule_id, [say("packs.no_toml", error=error)]) from error
    except ValidationError as error:
        raise AssessmentRuleError(rule_id, in_chinese(error)) from error
