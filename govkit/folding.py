"""Names for comparing: what people type differently and mean alike becomes the same."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)  # names repeat from row to row; notes do not, and must not be kept
def fold(text: str) -> str:
    """A name for comparing: full-width characters folded, all blanks removed, case ignored."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isspace() and unicodedata.category(char) != "Cf").casefold()
