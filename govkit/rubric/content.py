"""The content of a rubric, hashed once more: whether it is what its hash says."""

from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from govkit.figures import shortest
from govkit.rubric.load import _content_hash
from govkit.rubric.model import Rubric


def content_hash(rubric: Rubric) -> str:
    """The hash of the content of a rubric, as `Rubric.sha256` must have it.

    It is that of its file as long as the file writes numbers in their shortest form (5, 0.2, "4/3").
    """
    return _content_hash(content(rubric))


def content(rubric: Rubric) -> dict[str, Any]:
    """What stands in the file of a rubric, in the order of the model; numbers are in their shortest form."""
    return {key: value for key, value in _plain(rubric).items() if key != "sha256"}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        names = (name for name in type(value).model_fields if name in value.model_fields_set)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else shortest(value)
    return value
