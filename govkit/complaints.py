"""What is wrong with a data file, in Chinese: pydantic finds everything at once, and this says it."""

from collections.abc import Iterator

from pydantic import ValidationError

from govkit.messages import catalogue


def in_chinese(error: ValidationError) -> Iterator[str]:
    """Pydantic's errors as sentences: our own as they are, the others by their type."""
    words = catalogue()["pydantic"]
    for detail in error.errors(include_url=False):
        place = ".".join(str(step) for step in detail["loc"])
        if detail["type"] == "value_error":
            for line in str(detail["ctx"]["error"]).split("\n"):
                yield f"{place}：{line}" if place else line
        else:
            sentence = str(words.get(detail["type"], words["other"]))
            yield f"{place}：{sentence.format(input=detail['input'], type=detail['type'], **detail.get('ctx', {}))}"
