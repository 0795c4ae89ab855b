"""Cells as a workbook's XML has them."""

from decimal import Decimal
from functools import lru_cache

from govkit.sheets.values import Plain

_ATTRIBUTE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;"}
_TRANSLATED = str.maketrans(_ATTRIBUTE)


@lru_cache(maxsize=16_384)
def content(text: str) -> str:
    """A text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """A text in double quotes."""
    return text.translate(_TRANSLATED)


def text_cell(start: str, text: str) -> str:
    """A cell with a text of its own. `start` is its tag with place and style, not ended."""
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{content(text)}</t></is></c>' if text else f"{start}/>"


def number_cell(start: str, number: int | Decimal) -> str:
    """A cell with a number."""
    return f"{start}><v>{number}</v></c>"


def formula_cell(start: str, formula: str, value: Plain) -> str:
    """A cell with a formula, ready for XML, and its result."""
    if isinstance(value, str):
        return f'{start} t="str"><f>{formula}</f><v>{content(value)}</v></c>'
    return f"{start}><f>{formula}</f><v>{value}</v></c>"
