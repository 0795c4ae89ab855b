"""Lists in one cell: an element a line. Whatever stands in an element comes back; blank lines are none."""

import re
from collections.abc import Iterable

EMPTY = "（空）"
"""A list that is there and empty; a blank cell is none."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def joined(elements: Iterable[str]) -> str:
    """A list as the text of a cell."""
    return "\n".join(map(_escaped, elements)) or EMPTY


def split(text: str) -> list[str]:
    """The list that a cell holds; those that people type need not know of marks."""
    if text.strip() == EMPTY:
        return []
    return [_ESCAPED.sub(_plain, line.strip()) for line in text.split("\n") if line.strip()]


def _escaped(element: str) -> str:
    marked = element.replace("\\", "\\\\").replace("\n", "\\n")
    return f"\\{marked}" if marked == EMPTY else marked


def _plain(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]
