"""Whether what stands in a cell can be told from its background."""

import re
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

_Color = tuple[int, int, int]
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
# In the order in which cells number them; the file of the theme has each pair the other way round.
_OF_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_LEAST_CONTRAST = 48  # of 255, between ink and paper


class Inks:
    """The colours of a workbook.

    Args:
        theme: the XML of its theme; None where it has none.
    """

    def __init__(self, theme: bytes | None) -> None:
        text = (theme or b"").decode("utf-8", errors="replace")
        self._theme = [_of_theme(text, name) for name in _OF_THEME]

    def is_faint(self, cell: Any) -> bool:
        """Whether a cell is written in the colour of its background, or nearly so."""
        ink = self._color(cell.font.color, _BLACK)
        paper = self._color(cell.fill.fgColor, _WHITE) if cell.fill.patternType == "solid" else _WHITE
        return abs(_lightness(ink) - _lightness(paper)) < _LEAST_CONTRAST

    def _color(self, color: Any, otherwise: _Color) -> _Color:
        found: _Color | None = None
        if color is None:
            return otherwise
        if color.type == "rgb":
            found = _of_hex(str(color.rgb)[-6:])
        elif color.type == "theme":
            found = self._theme[color.theme] if color.theme < len(self._theme) else None
        elif color.type == "indexed" and color.indexed < len(COLOR_INDEX):
            found = _of_hex(COLOR_INDEX[color.indexed][-6:])
        return _tinted(found or otherwise, color.tint)


def _of_theme(theme: str, name: str) -> _Color | None:
    found = re.search(rf'<a:{name}>\s*<a:\w+\b[^>]*?\b(?:lastClr|val)="([0-9A-Fa-f]{{6}})"', theme)
    return _of_hex(found[1]) if found else None


def _of_hex(text: str) -> _Color:
    number = int(text, 16)
    return number >> 16, number >> 8 & 255, number & 255


def _tinted(color: _Color, tint: float) -> _Color:
    """A colour made lighter (towards 1) or darker (towards -1)."""
    red, green, blue = (round(part + (255 - part) * tint if tint > 0 else part * (1 + tint)) for part in color)
    return red, green, blue


def _lightness(color: _Color) -> float:
    """How light a colour looks. Clause: Rec. ITU-R BT.601."""
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]
