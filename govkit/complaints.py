"""What is wrong with a data file, in Chinese: pydantic finds everything at once, and this says it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from govkit.messages import catalogue


class Complaint(NamedTuple):
    """One of pydantic's errors.

    Attributes:
        type: pydantic's name for it.
        place: where it is in the data.
        given: what stands there.
        sentence: in Chinese.
        raised: the error of our own that was raised, if any.
    """

    type: str
    place: tuple[str | int, ...]
    given: object
    sentence: str
    raised: Exception | None


def located(error: ValidationError) -> Iterator[Complaint]:
    """Pydantic's errors with their places: our own sentences as they are, the others by their type."""
    words = catalogue()["pydantic"]
    details = error.errors(include_url=False)
    for detail in details:
        if _follows(detail, details):
            continue
        raised = detail["ctx"]["error"] if detail["type"] == "value_error" else None
        if raised:
            sentence = str(raised)
        else:
            told = str(words.get(detail["type"], words["other"]))
            sentence = told.format(input=detail["input"], type=detail["type"], **detail.get("ctx", {}))
        yield Complaint(detail["type"], detail["loc"], detail["input"], sentence, raised)


def in_chinese(error: ValidationError) -> Iterator[str]:
    """Pydantic's errors as sentences, each with its place in the data."""
    for complaint in located(error):
        place = ".".join(map(str, complaint.place))
        for line in complaint.sentence.split("\n"):
            yield f"{place}：{line}" if place else line


def _follows(detail: Mapping[str, Any], details: Sequence[Mapping[str, Any]]) -> bool:
    """Whether something is too short for pydantic only as it left out what is wrong in it, which is told already."""
    place, depth = detail["loc"], len(detail["loc"])
    within = (other["loc"][:depth] == place for other in details if len(other["loc"]) > depth)
    return detail["type"] == "too_short" and any(within)
