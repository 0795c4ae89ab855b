"""Rubric files in: found by id, merged with what they extend, validated, hashed."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govkit.complaints import in_chinese
from govkit.messages import say
from govkit.rubric.model import Exact, ItemCode, Limit, Rubric


class RubricError(ValueError):
    """A rubric file that cannot be used. `complaints` holds a sentence in Chinese for each thing wrong."""

    def __init__(self, rubric_id: str, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join([say("rubric.unusable", id=rubric_id), *self.complaints]))


_Model = TypeVar("_Model", bound=BaseModel)


class _Override(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WithoutServicesOverride(_Override):
    """Of the rule for units without public services, only whether it applies can be changed."""

    applies: bool


class ParametersOverride(_Override):
    """The parameters that a variant changes; the others stay."""

    pass_line: Exact | None = None
    bonus_line: Exact | None = None
    without_services: WithoutServicesOverride | None = None
    limits: dict[ItemCode, Limit] = Field(default_factory=dict)


class Variant(_Override):
    """A rubric file that extends another and changes parameters only."""

    id: str
    version: str
    title: str
    source: str
    extends: str
    parameters: ParametersOverride


DATA = files("govkit.rubric") / "data"


def rubric_ids() -> tuple[str, ...]:
    """The ids of all rubrics that come with govkit, sorted."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in DATA.iterdir() if f.name.endswith(".toml")))


@cache
def load_rubric(rubric_id: str) -> Rubric:
    """The rubric with this id.

    Raises:
        KeyError: there is no such rubric.
        RubricError: its file, or one that it extends, is no valid rubric; all that is wrong is named.
    """
    return load_rubric_from(DATA, rubric_id)


def load_rubric_from(folder: Traversable, rubric_id: str) -> Rubric:
    """The rubric `<rubric_id>.toml` of a folder; see `load_rubric`."""
    data = _merged(folder, rubric_id, ())
    return _validated(Rubric, {**data, "sha256": _content_hash(data)}, rubric_id)


def _merged(folder: Traversable, rubric_id: str, seen: tuple[str, ...]) -> dict[str, Any]:
    """The content of a file, laid over what it extends."""
    if rubric_id in seen:
        raise RubricError(rubric_id, [say("rubric.circle", ids=" → ".join([*seen, rubric_id]))])
    data = _parse(folder, rubric_id)
    if data.get("id") != rubric_id:
        raise RubricError(rubric_id, [say("rubric.id", id=data.get("id"), file=f"{rubric_id}.toml")])
    if "extends" not in data:
        return data
    variant = _validated(Variant, data, rubric_id)
    try:
        base = _merged(folder, variant.extends, (*seen, rubric_id))
    except KeyError:
        raise RubricError(rubric_id, [say("rubric.no_base", id=variant.extends)]) from None
    own = {key: value for key, value in data.items() if key != "extends"}
    return _laid_over(base, own)


def _parse(folder: Traversable, rubric_id: str) -> dict[str, Any]:
    file = folder / f"{rubric_id}.toml"
    if not file.is_file():
        raise KeyError(rubric_id)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RubricError(rubric_id, [say("rubric.no_toml", error=error)]) from error


def _laid_over(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both_tables = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _laid_over(base[key], value) if both_tables else value
    return merged


def _content_hash(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _validated(model: type[_Model], data: dict[str, Any], rubric_id: str) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise RubricError(rubric_id, in_chinese(error)) from error
