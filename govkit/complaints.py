"""What is wrong with a data file, in Chinese: pydantic finds everything at once, and this says it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from govkit.messages import catalogue


def in_chinese(error: ValidationError) -> Iterator[str]:
    """Pydantic's errors as sentences: our own as they are, the others by their type."""
    words = catalogue()["pydantic"]
    details = error.errors(include_url=False)
    for detail in details:
        if _follows(detail, details):
            continue
        place = ".".join(str(step) for step in detail["loc"])
        if detail["type"] == "value_error":
            for line in str(detail["ctx"]["error"]).split("\n"):
                yield f"{place}：{line}" if place else line
        else:
            sentence = str(words.get(detail["type"], words["other"]))
            yield f"{place}：{sentence.format(input=detail['input'], type=detail['type'], **detail.get('ctx', {}))}"


def _follows(detail: Mapping[str, Any], details: Sequence[Mapping[str, Any]]) -> bool:
    """Whether something is too short for pydantic only as it left out what is wrong in it, which is told already."""
    place, depth = detail["loc"], len(detail["loc"])
    within = (other["loc"][:depth] == place for other in details if len(other["loc"]) > depth)
    return detail["type"] == "too_short" and any(within)
