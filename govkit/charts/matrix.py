"""The matrix of things × rules as a map."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from govkit.charts.looks import GRID, INK, LINE_SPACING, PAPER, STATUSES, drawing, frame, label, nothing, room
from govkit.ledger import PLATFORM
from govkit.messages import say
from govkit.packs import Column, Compliance, Status, Thing, ThingKind

_MOST_ROWS, _MOST_COLUMNS = 30, 30
_FEWEST_CELLS = 5
"""So many have room each way, also where there are fewer: a single cell would fill the picture."""
_CELL, _NARROWEST = 0.3, 6.0
"""In inches: the side of a cell, and the width that title and legend need."""
_MARKS = {Status.BREACH: ("x", PAPER, 5), Status.UNKNOWN: ("o", INK, 2)}
"""What stands in a cell besides its shade: a mark, its colour, and its size in points."""


def matrix_map(compliance: Compliance, kind: ThingKind) -> Figure:
    """Where each thing of a kind stands under each rule about it.

    Rows are things, those with most breaches first, then those of which most is unknown; columns are rules, in the
    order of packs. Of more than thirty things or rules the worst thirty are shown, and a note says how many are not.
    """
    title = say("chart.matrix", kind=say(f"chart.{kind}"))
    things = compliance.things[kind]
    columns = [column for column in compliance.columns if column.rule.binds.about == kind]
    with drawing():
        if not things or not columns:
            return nothing(title, say("chart.no_matrix", kind=say(f"chart.{kind}")))
        rows = _worst(range(len(things)), _badness(columns), _MOST_ROWS)
        weights = [(counts[Status.BREACH], counts[Status.UNKNOWN]) for counts in (each.counts for each in columns)]
        shown = sorted(_worst(range(len(columns)), dict(enumerate(weights)), _MOST_COLUMNS))
        notes = [
            say(key, number=number)
            for key, number in (
                ("chart.more_things", len(things) - len(rows)),
                ("chart.more_rules", len(columns) - len(shown)),
            )
            if number
        ]
        chosen = [columns[number] for number in shown]
        beside = [label(_name(things[row])) for row in rows]
        above = [label(f"{column.rule.id} {column.rule.name}") for column in chosen]
        width, height = (_room(*each) for each in ((len(above), beside), (len(beside), above)))
        figure, axes = frame(max(width, _NARROWEST), height, title, notes)
        _cells(axes, [[column[row].status for column in chosen] for row in rows])
        axes.set_yticks(_middles(rows), beside, linespacing=LINE_SPACING)
        axes.set_xticks(_middles(chosen), above, rotation=90, linespacing=LINE_SPACING)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        _legend(figure)
        return figure


def _name(thing: Thing) -> str:
    """Its name; of an account with its platform, as most units call all theirs the same."""
    platform = thing.subject.details.get(PLATFORM, "") if thing.kind == ThingKind.ACCOUNT and thing.subject else ""
    return say("chart.with_platform", name=thing.name, platform=platform) if platform else thing.name


def _badness(columns: Sequence[Column]) -> dict[int, tuple[int, int]]:
    """How many rules each thing breaks, and of how many it is unknown; those of which neither is true are missing."""
    found = {status: Counter[int]() for status in (Status.BREACH, Status.UNKNOWN)}
    for column in columns:
        for status, counter in found.items():
            codes = {code for code, judgement in enumerate(column.judgements) if judgement.status == status}
            if codes:
                counter.update(number for number, code in enumerate(column.codes) if code in codes)
    broken, unknown = found.values()
    return {number: (broken[number], unknown[number]) for number in broken.keys() | unknown.keys()}


def _worst(numbers: Iterable[int], badness: Mapping[int, tuple[int, int]], most: int) -> Sequence[int]:
    """The worst first; equals in their own order."""
    return sorted(numbers, key=lambda number: badness.get(number, (0, 0)), reverse=True)[:most]


def _cells(axes: Axes, statuses: Sequence[Sequence[Status]]) -> None:
    """A cell of its shade for each status; breaches and what is unknown have a mark besides."""
    order = list(STATUSES)
    colours = ListedColormap([STATUSES[status].colour for status in order])
    codes = [[order.index(status) for status in row] for row in statuses]
    axes.pcolormesh(codes, cmap=colours, vmin=-0.5, vmax=len(order) - 0.5, edgecolors=GRID, linewidth=0.6)
    axes.set_xlim(0, max(len(statuses[0]), _FEWEST_CELLS))
    axes.set_ylim(max(len(statuses), _FEWEST_CELLS), 0)
    axes.set_aspect("equal", anchor="NW")
    axes.spines[:].set_visible(False)
    for status, (mark, colour, size) in _MARKS.items():
        places = [(x + 0.5, y + 0.5) for y, row in enumerate(statuses) for x, each in enumerate(row) if each == status]
        if places:
            across, down = zip(*places, strict=True)
            axes.scatter(across, down, s=size**2, marker=mark, color=colour, linewidths=1)


def _room(cells: int, labels: Sequence[str]) -> float:
    """How many inches cells and the labels at their end take."""
    return _CELL * max(cells, _FEWEST_CELLS) + room(labels)


def _middles(cells: Sequence[object]) -> Sequence[float]:
    return [number + 0.5 for number in range(len(cells))]


def _legend(figure: Figure) -> None:
    handles: list[Any] = []  # those in a tuple are drawn one upon the other, which matplotlib's types do not know
    for status, shade in STATUSES.items():
        mark, colour, size = _MARKS.get(status, ("", INK, 0))
        handles.append((shade.patch(), Line2D([], [], linestyle="", marker=mark, color=colour, markersize=size)))
    labels = [say(f"status.{status.name}") for status in STATUSES]
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels))
