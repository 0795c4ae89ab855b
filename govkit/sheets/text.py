"""Text for cells: what may stand in one, and how much room it takes on paper.

Spreadsheet programs do not reliably fit the height of rows with merged or wrapped cells, so it is computed here. The
estimate is a little wide on purpose: fonts differ from machine to machine, and a blank strip is better than a cut line.
"""

import re
import unicodedata
from functools import lru_cache

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from govkit.messages import say

LONGEST = 32_767
"""The most characters that a cell of a workbook can hold."""

# Not allowed in XML, beyond what openpyxl refuses: halves of surrogate pairs, and the two non-characters.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# As above where a control character follows, which is then written in the same way.
_LOOKS_ENCODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_STARTS_FORMULA = ("=", "+", "-", "@")

_LINE = 1.45  # height of a line in sizes of its font: Noto, which LibreOffice falls back to, is the tallest
_BESIDE, _ABOVE = 6.0, 4.0  # points that a cell keeps free, left and right together, and above and below together
_WIDTH_USED = 0.97
_NARROW, _BROAD, _FULL = 0.56, 0.75, 1.0  # widths in sizes of the font
_BROAD_LETTERS = frozenset("mwMW@%&ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NEVER_FIRST = frozenset("，。、；：？！）》】」』”’…—%,.;:?!)]}")
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "一", "鿿"
_WORD = re.compile(r"[^\s⺀-￿]*?[/\-?&=]|[^\s⺀-￿]+|[一-鿿]+|.", re.DOTALL)


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """The text without what a workbook cannot hold: line ends are made one kind, control characters are left out.

    A text longer than a cell is cut with a mark that says where the whole of it is.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _NO_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))
    mark = say("sheet.cut")
    kept = text
    while (beyond := len(escaped(kept)) - LONGEST) > 0:
        kept = kept.removesuffix(mark)[: -beyond - len(mark)] + mark
    return kept


def escaped(text: str) -> str:
    """The text as a workbook must hold it: “_x000D_” written by a person would be read as a control character."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def exact(text: str) -> str:
    """The text as a workbook must hold it so that nothing is lost, control characters and line ends included.

    Raises:
        ValueError: it has characters that no workbook can hold, or more than a cell can; the message is in Chinese.
    """
    if wrong := _NO_XML.search(text):
        raise ValueError(say("sheet.no_character", code=f"U+{ord(wrong[0]):04X}"))
    encoded = _CONTROL.sub(lambda control: f"_x{ord(control[0]):04X}_", _LOOKS_ENCODED.sub("_x005F_", text))
    if len(encoded) > LONGEST:
        raise ValueError(say("sheet.too_long", number=len(encoded), limit=LONGEST))
    return encoded


def like_formula(text: str) -> bool:
    """Whether a spreadsheet program would take the text for a formula once somebody edits the cell."""
    return text.startswith(_STARTS_FORMULA)


def height(text: str, width: float, size: float) -> float:
    """Points that a text takes in a cell of this width, in a font of this size, with the cell's padding."""
    return len(wrapped(text, width, size)) * size * _LINE + _ABOVE


@lru_cache(maxsize=16_384)
def room(text: str, width: float, size: float, tallest: float) -> float:
    """Points that a cell must be high for a text, at most `tallest`; what the cell cannot hold of it is left out."""
    return min(height(clean(text), width, size), tallest)


@lru_cache(maxsize=16_384)
def written(text: str, width: float, size: float, tallest: float) -> str:
    """A text as a cell of this size holds it: cut to what it can show, and escaped."""
    return escaped(cut_to(clean(text), width, size, tallest))


def pieces(text: str, width: float, size: float, tallest: float) -> list[str]:
    """The text cut into pieces that each need no more height than `tallest` points; mostly one piece."""
    lines = wrapped(text, width, size)
    most = max(1, int((tallest - _ABOVE) / (size * _LINE)))
    if len(lines) <= most:
        return [text]
    return ["".join(lines[start : start + most]).removesuffix("\n") for start in range(0, len(lines), most)]


def cut_to(text: str, width: float, size: float, tallest: float) -> str:
    """The text, or as much of it as `tallest` points hold, with a mark that says where the whole of it is."""
    first, *others = pieces(text, width, size, tallest)
    mark = say("sheet.cut")
    return first[: -len(mark)] + mark if others else first


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The lines into which a cell breaks its text; those that end a paragraph keep their line end.

    Args:
        text: what stands in the cell.
        width: of the cell, in points.
        size: of the font, in points.
    """
    room = max((width - _BESIDE) * _WIDTH_USED / size, _FULL)
    *ended, last = text.split("\n")
    paragraphs = [*(f"{paragraph}\n" for paragraph in ended), last]
    return tuple(line for paragraph in paragraphs for line in _broken(paragraph, room))


def _broken(text: str, room: float) -> list[str]:
    """Words stay whole, and closing punctuation never starts a line, as in the programs that show the cell."""
    if len(text) * _FULL <= room:
        return [text]
    lines, start, at, used = [], 0, 0, 0.0  # a line began at `start`, and all up to `at` is on one
    for word in _WORD.findall(text):
        length = len(word)
        if _FIRST_IDEOGRAPH <= word[0] <= _LAST_IDEOGRAPH:  # lines may end after each of them
            fits = int((room - used) / _FULL)
            while length > fits:
                at += fits
                lines.append(text[start:at])
                start, length, used, fits = at, length - fits, 0.0, int(room / _FULL)
            at += length
            used += length * _FULL
            continue
        taken = _width(word) if length == 1 else sum(map(_width, word))
        if used + taken > room:
            if at > start:
                is_carried = word in _NEVER_FIRST and at - start > 1 and _width(text[at - 1]) + taken <= room
                end = at - is_carried
                lines.append(text[start:end])
                start, used = end, sum(map(_width, text[end:at]))
            while used + taken > room:  # a word longer than a line
                fits = _fitting(text[at : at + length], room - used)
                lines.append(text[start : at + fits])
                start = at = at + fits
                length -= fits
                used, taken = 0.0, sum(map(_width, text[at : at + length]))
        at += length
        used += taken
    return [*lines, text[start:]] if start < len(text) or not lines else lines


def _fitting(word: str, room: float) -> int:
    """How many characters of a word fit, at least one so that something is placed."""
    used = 0.0
    for number, character in enumerate(word):
        used += _width(character)
        if used > room:
            return max(number, 1)
    return len(word)


@lru_cache(maxsize=8192)
def _width(character: str) -> float:
    if character == "\n":
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return _FULL
    return _BROAD if character in _BROAD_LETTERS else _NARROW
