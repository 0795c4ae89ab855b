"""Chinese text in pictures: the machine's own font where it has one, and otherwise the one that comes along."""

from collections.abc import Sequence

from matplotlib import font_manager
from noto_cjk_sans_otc import FONT_PATH

OF_SYSTEMS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Families with simplified Chinese that systems bring along, the best first."""

BUNDLED = "Noto Sans CJK SC"
"""The family, in the package noto-cjk-sans-otc, that is there on every machine. SIL Open Font License 1.1."""

SYMBOLS = "DejaVu Sans"
"""The family that matplotlib itself brings along."""

_REGULAR = (400, "normal", "regular")


def families() -> Sequence[str]:
    """Families to write with, in this order: a later one is asked for what an earlier one lacks.

    A family of the system counts only where it has a regular face: from a font that has all weights in one file,
    matplotlib takes the thinnest.
    """
    manager, bundled = font_manager.fontManager, str(FONT_PATH)
    of_system = [entry for entry in manager.ttflist if entry.fname != bundled]
    if len(of_system) == len(manager.ttflist):
        manager.addfont(bundled)
    regular = {entry.name for entry in of_system if entry.weight in _REGULAR and entry.style == "normal"}
    own = next((family for family in OF_SYSTEMS if family in regular), BUNDLED)
    return tuple(dict.fromkeys((own, BUNDLED, SYMBOLS)))
