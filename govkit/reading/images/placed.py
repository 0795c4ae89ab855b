"""What both formats give: a picture's bytes and where it stands."""

from typing import NamedTuple

_SUFFIXES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpeg",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
    b"BM": ".bmp",
    b"II*\0": ".tiff",
    b"MM\0*": ".tiff",
}
_RIFF, _WEBP = b"RIFF", b"WEBP"


class Placed(NamedTuple):
    """A picture on some sheet; rows and columns count from 0."""

    row: int
    column: int
    last_row: int
    content: bytes


def suffix_of(content: bytes) -> str | None:
    """The suffix for a picture by its first bytes; None for what is no screenshot, as metafiles and damaged files."""
    if content.startswith(_RIFF) and content[8:12] == _WEBP:
        return ".webp"
    return next((suffix for start, suffix in _SUFFIXES.items() if content.startswith(start)), None)
