"""What each indicator cost each unit, as a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from govkit.charts.looks import GRID, INK, LINE_SPACING, PAPER, Shade, drawing, frame, label, nothing, room
from govkit.figures import shortest
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import PartName, Row
from govkit.tally import KindTally, Tally, UnitLosses

_MOST_ROWS = 30
_CELL, _FEWEST_CELLS, _NARROWEST, _EDGE = 0.32, 5, 7.5, 0.4
"""The side of a cell in inches, how many have room each way at least, the width that title and legend need, and what
stays free at the edges."""
_FIGURES = 6.5
_HALF = Fraction(1, 2)

SHADES = {
    "veto": Shade("#5c2600"),
    "all_lost": Shade("#1f5f8b"),
    "half_lost": Shade("#7fb3d5"),
    "some_lost": Shade("#d6eaf7"),
    "none_lost": Shade(PAPER),
    "not_scored": Shade("#bdbdbd"),
}
"""What a cell can say, each with its shade; figures in the cells say it in black and white too."""
_DARK = frozenset({"veto", "all_lost"})


@dataclass(frozen=True, slots=True)
class _Cell:
    state: str
    text: str = ""


def losses_by_unit(tally: Tally, kind: Kind) -> Figure:
    """What the finished objects of each unit lost by each indicator, and which veto items they failed by.

    Rows are units, those with most vetoed objects first, then those that lost most points; columns are indicators that
    cost anything, in the order of the annex. Of more than thirty units the worst thirty are shown, and a note says how
    many are not. Points are those after caps and before ×4/3, of all sites of the unit together.
    """
    part = tally.of(kind)
    title = say(f"chart.heat_{kind}")
    unfinished = [say("chart.unfinished", number=part.count.unfinished)] if part.count.unfinished else []
    costs = {code for each in part.units for code in each.points.keys() | each.vetoes.keys()}
    rows = [row for row in tally.rubric.rows_for(kind) if row.part != PartName.BONUS]
    with drawing():
        if not costs:
            return nothing(title, say("chart.no_heat", kind=say(f"chart.{kind}")), *unfinished)
        units = _worst(part)[:_MOST_ROWS]
        columns = [row for row in rows if row.code in costs]
        notes = [
            say(key, number=number)
            for key, number in (
                ("chart.more_units", len(part.units) - len(units)),
                ("chart.kept_rows", len(rows) - len(columns)),
            )
            if number
        ]
        beside = [label(each.unit) for each in units]
        above = [label(f"{row.code} {row.name}") for row in columns]
        width, height = (_room(*each) for each in ((len(above), beside), (len(beside), above)))
        notes = [say(f"chart.in_cells_{kind}"), *notes, *unfinished]
        figure, axes = frame(max(width + _EDGE, _NARROWEST), height, title, notes)
        cells = [[_cell(each, row) for row in columns] for each in units]
        _draw(axes, cells)
        axes.set_yticks([number + 0.5 for number in range(len(beside))], beside, linespacing=LINE_SPACING)
        axes.set_xticks([number + 0.5 for number in range(len(above))], above, rotation=90, linespacing=LINE_SPACING)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        there = {cell.state for row in cells for cell in row}
        legend = {say(f"chart.{state}"): shade.patch() for state, shade in SHADES.items() if state in there}
        figure.legend(list(legend.values()), list(legend), loc="outside upper right", ncols=len(legend))
        return figure


def _worst(part: KindTally) -> Sequence[UnitLosses]:
    """The worst units first; equals in their own order."""
    return sorted(part.units, key=lambda each: (sum(each.vetoes.values()), sum(each.points.values())), reverse=True)


def _cell(unit: UnitLosses, row: Row) -> _Cell:
    failed = unit.vetoes.get(row.code, 0)
    if failed:
        return _Cell("veto", f"×{failed}")
    judged = unit.judged.get(row.code, 0)
    if not judged:
        return _Cell("not_scored", "—")
    lost = unit.points.get(row.code)
    if row.points is None or lost is None:
        return _Cell("none_lost")
    share = lost / (row.points * judged)
    state = "all_lost" if share == 1 else "half_lost" if share >= _HALF else "some_lost"
    return _Cell(state, shortest(lost))


def _draw(axes: Axes, cells: Sequence[Sequence[_Cell]]) -> None:
    states = list(SHADES)
    codes = [[states.index(cell.state) for cell in row] for row in cells]
    colours = ListedColormap([shade.colour for shade in SHADES.values()])
    axes.pcolormesh(codes, cmap=colours, vmin=-0.5, vmax=len(states) - 0.5, edgecolors=GRID, linewidth=0.6)
    for y, row in enumerate(cells):
        for x, cell in enumerate(row):
            if cell.text:
                colour = PAPER if cell.state in _DARK else INK
                axes.text(x + 0.5, y + 0.5, cell.text, ha="center", va="center", color=colour, fontsize=_FIGURES)
    axes.set_xlim(0, max(len(cells[0]), _FEWEST_CELLS))
    axes.set_ylim(max(len(cells), _FEWEST_CELLS), 0)
    axes.set_aspect("equal", anchor="NW")
    axes.spines[:].set_visible(False)


def _room(cells: int, labels: Sequence[str]) -> float:
    """How many inches cells and the labels at their end take."""
    return _CELL * max(cells, _FEWEST_CELLS) + room(labels)
