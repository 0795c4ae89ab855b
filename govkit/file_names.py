"""Names of files that every system takes: Windows is the strictest, and two names that differ in case only are one."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_REFUSED = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # control and other characters without a shape
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)", re.IGNORECASE)
_MOST_BYTES = 180  # of 255 that Linux allows; leaves room for the number of a doubled name, and for deep folders
_SUFFIX = ".xlsx"


def sheet_names(objects: Iterable[tuple[str, str]]) -> list[str]:
    """A file name for the sheet of each object (标识码, 名称): `<标识码>_<名称>.xlsx`, made safe, all distinct."""
    taken: set[str] = set()
    names = []
    for identifier, title in objects:
        stem = safe_stem(f"{identifier}_{title}")
        name, number = stem + _SUFFIX, 1
        while _folded(name) in taken:
            number += 1
            name = f"{stem}_{number}{_SUFFIX}"
        taken.add(_folded(name))
        names.append(name)
    return names


def safe_stem(text: str) -> str:
    """The text as the name of a file without its suffix: what some system refuses becomes “_”."""
    shown = "".join("_" if unicodedata.category(character) in _UNSEEN else character for character in text)
    stem = _REFUSED.sub("_", unicodedata.normalize("NFC", shown)).strip(" .")
    stem = stem.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if not stem or _RESERVED.fullmatch(stem.partition(".")[0].rstrip()):
        stem = f"_{stem}"
    return stem


def _folded(name: str) -> str:
    """What two names have in common that a file system may take for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def picture_name(content: bytes, suffix: str) -> str:
    """What a screenshot is called: the SHA-256 of its content, and its suffix (`.png`)."""
    return hashlib.sha256(content).hexdigest() + suffix.lower()
