"""Pictures of the pages of an exercise, drawn from the same data as the text, so that the two never disagree."""

from collections.abc import Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govkit.charts.looks import GRID, INK, PAPER, WIDTH, drawing, label
from govkit.messages import say
from govkit.training import Page, shown
from govkit.training.pages import Block, Fields, Table, Text

_BAR, _HEAD = "#2b5c8a", "#eef3f8"
_MARGIN, _LINE, _CHARACTER, _PAD = 0.3, 0.19, 0.132, 0.06
"""In inches: the margin, the height of a line, the width of a Chinese character, and the space within a cell."""
_LARGE = 12
_MOST_LINES = 40
_NARROWEST, _WIDEST = 2, 26
"""Between how many characters the widths of columns are chosen; what is longer is wrapped."""


def page_picture(site: str, page: Page) -> Figure:
    """A page as a trainee sees it: the name of the site, the title, then blocks of text, fields and tables.

    Args:
        site: the name of the site or account.
        page: what stands on it.
    """
    with drawing():
        figure = Figure(figsize=(WIDTH, 1), facecolor=PAPER)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        sheet = _Sheet(axes)
        sheet.heading(site, page.title)
        for block in page.blocks:
            sheet.block(block)
        figure.set_size_inches(WIDTH, sheet.depth)
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(sheet.depth, 0)
    return figure


class _Sheet:
    """What has been drawn so far; `depth` is how far down it reaches, in inches."""

    def __init__(self, axes: Axes) -> None:
        self._axes, self.depth = axes, 0.0
        self._room = WIDTH - 2 * _MARGIN

    def heading(self, site: str, title: str) -> None:
        """The bar with the name of the site, and the title of the page."""
        self._box(0, 0, WIDTH, 0.45, _BAR)
        self._axes.text(_MARGIN, 0.23, label(site, 45, 1), color=PAPER, va="center", fontsize=_LARGE)
        self._axes.text(WIDTH - _MARGIN, 0.23, say("training.made_up"), color=PAPER, va="center", ha="right")
        self._axes.text(_MARGIN, 0.68, label(title, 45, 1), va="center", fontsize=_LARGE)
        self.depth = 0.95

    def block(self, block: Block) -> None:
        """One block, and a space below it."""
        if block.title:
            self._words([block.title], _MARGIN, _BAR)
        if isinstance(block, Text):
            for paragraph in block.paragraphs:
                self._words(_wrapped(paragraph, self._room), _MARGIN)
        elif isinstance(block, Fields):
            self._rows([], [[name, value] for name, value in block.fields.items()])
        elif isinstance(block, Table):
            self._rows(block.columns, [[shown(cell) for cell in row] for row in block.rows])
        self.depth += _LINE

    def _words(self, lines: Sequence[str], left: float, colour: str = INK) -> None:
        for line in lines:
            self._axes.text(left, self.depth, line, va="top", color=colour)
            self.depth += _LINE
        self.depth += _PAD

    def _rows(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with its lines; without columns, the first cell of a row is what its row is called."""
        widths = _widths([*([columns] if columns else []), *rows], self._room)
        lefts = [_MARGIN, *(_MARGIN + width for width in accumulate(widths))]
        for number, row in enumerate([columns, *rows] if columns else rows):
            cells = [_wrapped(cell, width - 2 * _PAD) for cell, width in zip(row, widths, strict=True)]
            height = _LINE * max(len(cell) for cell in cells) + 2 * _PAD
            for place, (left, width, lines) in enumerate(zip(lefts, widths, cells, strict=False)):
                head = number == 0 if columns else place == 0
                self._box(left, self.depth, width, height, _HEAD if head else PAPER, GRID)
                for line_number, line in enumerate(lines):
                    self._axes.text(left + _PAD, self.depth + _PAD + _LINE * line_number, line, va="top")
            self.depth += height

    def _box(self, left: float, top: float, width: float, height: float, colour: str, edge: str = "none") -> None:
        self._axes.add_patch(Rectangle((left, top), width, height, facecolor=colour, edgecolor=edge, linewidth=0.8))


def _wrapped(text: str, room: float) -> list[str]:
    """A text in lines that fit into so many inches."""
    return label(text, int(room / _CHARACTER), _MOST_LINES).split("\n")


def _widths(rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """How wide the columns are: after what stands in them, up to a limit, and together as wide as there is room."""
    natural = [1 + max(min(_WIDEST, max(_NARROWEST, len(row[place]))) for row in rows) for place in range(len(rows[0]))]
    return [room * width / sum(natural) for width in natural]
