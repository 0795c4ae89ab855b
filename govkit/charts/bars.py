"""Breaches as bars: rule by rule, and unit by unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from matplotlib.figure import Figure

from govkit.charts.looks import (
    BAR,
    GRID,
    LINE_SPACING,
    SEVERITIES,
    WIDTH,
    drawing,
    frame,
    label,
    nothing,
    whole_numbers,
)
from govkit.messages import say
from govkit.packs import Compliance, Status
from govkit.packs.model import Severity

_MOST_BARS = 30
_ORDER: Sequence[str] = get_args(Severity)


def breaches_by_rule(compliance: Compliance) -> Figure:
    """How many things break each rule: the gravest rules first, then those that most break."""
    broken = [(column, column.counts[Status.BREACH]) for column in compliance.columns]
    rows = sorted(
        (each for each in broken if each[1]),
        key=lambda each: (_ORDER.index(each[0].rule.severity), -each[1]),
    )
    kept = len(compliance.columns) - len(rows)
    return _bars(
        say("chart.by_rule"),
        [(f"{column.rule.id} {column.rule.name}", {column.rule.severity: count}) for column, count in rows],
        [say("chart.kept", number=kept)] if kept else [],
        compliance,
    )


def units_by_breaches(compliance: Compliance) -> Figure:
    """How many breaches each unit answers for, its own and those of its sites, accounts and incidents; most first."""
    found: dict[str, Counter[str]] = {}
    for breach in compliance.breaches():
        found.setdefault(breach.thing.unit.name, Counter())[breach.rule.severity] += 1
    rows = sorted(found.items(), key=lambda each: -each[1].total())
    return _bars(
        say("chart.by_unit"),
        [(name or say("chart.no_unit"), counts) for name, counts in rows],
        [],
        compliance,
    )


def _unknowns(compliance: Compliance) -> Sequence[str]:
    """A note on what nobody has told, which no bar shows."""
    number = sum(column.counts[Status.UNKNOWN] for column in compliance.columns)
    return [say("chart.unknown", number=number)] if number else []


def _bars(
    title: str, rows: Sequence[tuple[str, Mapping[str, int]]], notes: Sequence[str], compliance: Compliance
) -> Figure:
    """Horizontal bars, each with parts by severity and its sum at the end."""
    unknown = _unknowns(compliance)
    with drawing():
        if not rows:
            return nothing(title, say("chart.no_breach"), *unknown)
        shown = rows[:_MOST_BARS]
        hidden = len(rows) - len(shown)
        more = [say("chart.more", number=hidden)] if hidden else []
        figure, axes = frame(WIDTH, BAR * len(shown), title, [*more, *notes, *unknown])
        places = range(len(shown))
        left = [0] * len(shown)
        for severity in _ORDER:
            widths = [counts.get(severity, 0) for _, counts in shown]
            if any(widths):
                SEVERITIES[severity].bars(axes.barh(places, widths, 0.7, left))
                left = [one + other for one, other in zip(left, widths, strict=True)]
        for place, total in zip(places, left, strict=True):
            axes.annotate(f"{total}", (total, place), (4, 0), textcoords="offset points", va="center")
        axes.set_yticks(places, [label(name) for name, _ in shown], linespacing=LINE_SPACING)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xticks(whole_numbers(max(left)))
        axes.set_xlim(0, max(left) * 1.08)
        axes.set_xlabel(say("chart.breaches"))
        axes.grid(axis="x", color=GRID)
        figure.legend(
            [SEVERITIES[severity].patch() for severity in _ORDER], _ORDER, loc="outside upper right", ncols=len(_ORDER)
        )
        return figure
