"""What places of a template are given: texts, numbers, formulas with their results, cells for people to fill in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_REFERENCE = re.compile(r"\{([^{}]+)\}")


class Identifier(str):
    """A text that stays text even when somebody edits its cell: it may look like a number."""

    __slots__ = ()


Plain = str | int | Decimal
"""What a cell shows."""


class Formula(NamedTuple):
    """A formula and its result, which viewers that do not calculate show.

    `text` stands without "=". Cells are named in braces: `{扣分合计}` is a named cell, `{D1.2/扣分_数量}` a cell of
    the line with the key D1.2. Where they are is known once all rows have come in.
    """

    text: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be typed into a cell, and what the spreadsheet program says of it.

    Attributes:
        kind: "list" (of choices), "whole" (numbers) or "date".
        first: the choices, joined by ","; or the least number or day.
        last: the most; empty where there is none.
        prompt: is shown beside the cell while it is chosen.
        error: is shown when something else is typed.
        must: whether the cell stands out while it is blank.
    """

    kind: str
    first: str
    last: str
    prompt: str
    error: str
    must: bool = False


class Entry(NamedTuple):
    """A cell for people to fill in, with what it holds so far."""

    value: str | int
    rule: Rule | None = None


Value = Plain | Formula | Entry
"""What a place can be given."""


def shown(value: Value) -> Plain:
    """What the cell of a value shows."""
    return value if isinstance(value, str | int | Decimal) else value.value


class Span(NamedTuple):
    """What is shown once for consecutive lines with the same key.

    `again` is shown where they go on on a further page: figures stand once, so that formulas can add them up.
    """

    key: str
    value: Value
    again: Plain


class Common:
    """Stands for values that lines of many sheets share, so that what came of them is found again fast."""

    __slots__ = ()


class Line(NamedTuple):
    """What goes into one repetition of a row.

    Attributes:
        values: by the name of the cell.
        block: consecutive lines of the same block stay together on a page.
        spans: by the name of the cell.
        key: by which formulas name the line; empty where none does.
        common: stands for `values`, where other sheets have lines with the very same.
    """

    values: Mapping[str, Value]
    block: str = ""
    spans: Mapping[str, Span] = MappingProxyType({})
    key: str = ""
    common: Common | None = None


def resolved(text: str, address: Callable[[str], str]) -> str:
    """A formula with the addresses of the cells that it names."""
    pieces = list(_pieces(text))
    pieces[1::2] = map(address, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _pieces(text: str) -> Sequence[str]:
    """A formula in turns: what stays as it is, and a cell that it names."""
    return _REFERENCE.split(text)
