"""How charts look: shades that tell things apart in black and white too, text, and the frame all of them have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from govkit.charts.fonts import families
from govkit.packs import Status

INK, GRID, PAPER = "#222222", "#d9d9d9", "#ffffff"
_SIZE, _TITLE, _SMALL = 9, 12, 8
_EDGE = 0.6
_POINTS_PER_INCH = 72
LINE_SPACING = 1.1
WIDTH, BAR = 8.0, 0.34
"""In inches: how wide a chart of horizontal bars is, and how high a bar."""
_LINE, _LINES = 18, 2
"""How many Chinese characters a name may have on a line, and on how many lines."""
_WIDE = 0x1100
"""From this character on they are mostly as wide as a Chinese one; those before, half as wide."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour with a hatch: each of them alone tells two shades of a chart apart."""

    colour: str
    hatch: str = ""

    def patch(self) -> Patch:
        """Return what shows it in a legend."""
        return Patch(facecolor=self.colour, edgecolor=INK, hatch=self.hatch, linewidth=_EDGE)

    def bars(self, bars: BarContainer) -> None:
        """Give it to bars."""
        for bar in bars:
            bar.set(facecolor=self.colour, edgecolor=INK, hatch=self.hatch, linewidth=_EDGE)


# Okabe and Ito's colours, which colour-blind readers can tell apart, from dark to light where there is an order.
SEVERITIES: Mapping[str, Shade] = {
    "严重": Shade("#8c3a00"),
    "一般": Shade("#e69f00", "///"),
    "提示": Shade("#e3f1fa", "..."),
}
STATUSES: Mapping[Status, Shade] = {
    Status.BREACH: Shade("#8c3a00"),
    Status.UNKNOWN: Shade("#bdbdbd"),
    Status.PASS: Shade("#d6eaf7"),
    Status.NOT_APPLICABLE: Shade(PAPER),
}
SERIES: Sequence[Shade] = (
    Shade("#005b8e"),
    Shade("#e69f00", "///"),
    Shade("#56b4e9", "..."),
    Shade("#d55e00", "xxx"),
    Shade("#f0e442", "\\\\\\"),
    Shade("#cc79a7", "---"),
    Shade("#009e73", "++"),
    Shade("#f2f2f2"),
)
"""For what has no order; the last one is for what is left."""


@contextmanager
def drawing() -> Iterator[None]:
    """Everything made in here has Chinese text, and keeps it; matplotlib's own settings stay as they are."""
    with rc_context(
        {
            "font.family": list(families()),
            "font.size": _SIZE,
            "text.parse_math": False,
            "text.color": INK,
            "axes.edgecolor": INK,
            "axes.labelcolor": INK,
            "axes.titlesize": _TITLE,
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "grid.color": GRID,
            "hatch.linewidth": 0.6,
            "legend.fontsize": _SMALL,
            "legend.frameon": False,
            "xtick.color": INK,
            "ytick.color": INK,
            "axes.unicode_minus": False,
        }
    ):
        yield


def frame(width: float, height: float, title: str, notes: Sequence[str] = ()) -> tuple[Figure, Axes]:
    """A figure with one pair of axes.

    Args:
        width: in inches.
        height: in inches, of what is drawn; title and notes come on top of that.
        title: stands above it.
        notes: what the picture does not show; a line each, below it.
    """
    figure = Figure(figsize=(width, height + 0.9 + 0.2 * len(notes)), layout="constrained", facecolor=PAPER)
    figure.suptitle(title, x=0.01, ha="left", fontsize=_TITLE)
    if notes:
        figure.supxlabel("\n".join(notes), x=0.01, ha="left", fontsize=_SMALL, linespacing=1.3)
    return figure, figure.subplots()


def nothing(title: str, *sentences: str) -> Figure:
    """A figure that only says why there is nothing to draw."""
    figure, axes = frame(7, 0.1 * len(sentences), title)
    axes.set_axis_off()
    axes.text(0, 1, "\n".join(sentences), va="top", linespacing=1.3)
    return figure


def label(name: str, line: int = _LINE, lines: int = _LINES) -> str:
    """A name on at most so many lines of so many Chinese characters; what has no room is cut off with “…”."""
    found, last = [], ""
    for character in " ".join(name.split()):
        if _width(last + character) > line:
            found.append(last)
            last = ""
        last += character
    found.append(last)
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][:-1] + "…"]
    return "\n".join(found)


def room(labels: Iterable[str]) -> float:
    """How long the longest line of some labels is, in inches."""
    return max(_width(line) for each in labels for line in each.split("\n")) * _SIZE / _POINTS_PER_INCH


def _width(text: str) -> float:
    """How wide a text is, in Chinese characters."""
    return sum(1 if ord(character) >= _WIDE else 0.5 for character in text)


def whole_numbers(most: int) -> range:
    """Marks of an axis from 0 up to the largest number, at most six of them."""
    step = next(step * 10**power for power in range(12) for step in (1, 2, 5) if most <= 5 * step * 10**power)
    return range(0, most + 1, step)
