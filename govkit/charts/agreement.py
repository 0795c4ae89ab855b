"""How far a class agrees: the items that split it, and what each person's answers come to."""

from matplotlib.figure import Figure

from govkit.charts.looks import BAR, GRID, LINE_SPACING, PAPER, WIDTH, Shade, drawing, frame, label, nothing
from govkit.figures import two_places
from govkit.messages import say
from govkit.training import ClassAgreement, totals

_MOST = 30
_ALL, _AXIS = 100, 0.5
_AGREE, _RIGHT = Shade("#9ecae1"), Shade("#e69f00", "///")
_PERSON, _REFERENCE = Shade("#9ecae1"), Shade("#d55e00", "xxx")


def splitting_items(agreement: ClassAgreement) -> Figure:
    """The items on which people differ, the worst first: how many pairs agree, and how many people are right."""
    title, items = say("chart.splitting"), agreement.splitting[:_MOST]
    left = len(agreement.splitting) - len(items)
    notes = [say("chart.more_items", number=left)] if left else []
    with drawing():
        if not items:
            return nothing(title, say("chart.no_splitting"))
        known = agreement.reference is not None
        figure, axes = frame(WIDTH, BAR * len(items) * (1.5 if known else 1) + _AXIS, title, notes)
        height = 0.38 if known else 0.7
        places = [float(place) for place in range(len(items))]
        shares = [float(_ALL * (item.pairs.share or 0)) for item in items]
        above = [place - height / 2 if known else place for place in places]
        _AGREE.bars(axes.barh(above, shares, height, label=say("chart.pairs_agree")))
        for place, item in zip(above, items, strict=True):
            axes.text(1.02, place, item.pairs.shown, transform=axes.get_yaxis_transform(), va="center")
        if known:
            below = [place + height / 2 for place in places]
            right = [float(_ALL * (item.right.share or 0)) if item.right else 0.0 for item in items]
            _RIGHT.bars(axes.barh(below, right, height, label=say("chart.people_right")))
            for place, item in zip(below, items, strict=True):
                words = item.right.shown if item.right else ""
                axes.text(1.02, place, words, transform=axes.get_yaxis_transform(), va="center")
            figure.legend(loc="outside upper right", ncols=2)
        row_of = agreement.rubric.row_of
        names = [label(f"{item.item.code} {row_of[item.item.code].name}") for item in items]
        axes.set_yticks(places, names, linespacing=LINE_SPACING)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(items) - 0.4, -0.6)
        axes.set_xlim(0, _ALL)
        axes.set_xlabel(say("chart.share_of_all"))
        axes.grid(axis="x", color=GRID)
        return figure


def totals_of_class(agreement: ClassAgreement) -> Figure:
    """The total of each person's answers, and that of the right ones; who has none is told why."""
    title, known = say("chart.class_totals"), totals(agreement)
    with drawing():
        if agreement.reference is None and all(total is None for total in known.values()):
            return nothing(title, say("chart.no_class_totals"))
        figure, axes = frame(WIDTH, BAR * len(known) + _AXIS, title)
        for place, (who, total) in enumerate(known.items()):
            shade = _PERSON if who else _REFERENCE
            shade.bars(axes.barh([place], [float(total or 0)], 0.7))
            words = say("chart.no_total") if total is None else two_places(total)
            axes.text(1.02, place, words, transform=axes.get_yaxis_transform(), va="center")
        names = [label(who or say("chart.reference")) for who in known]
        axes.set_yticks(range(len(known)), names, linespacing=LINE_SPACING)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(known) - 0.4, -0.6)
        highest = max((float(total) for total in known.values() if total is not None), default=0.0)
        axes.set_xlim(0, max(highest, float(_ALL)))
        for line in (agreement.rubric.parameters.pass_line, agreement.rubric.parameters.bonus_line):
            axes.axvline(float(line), color=PAPER if line is None else "black", linestyle="--", linewidth=1)
        axes.set_xlabel(say("chart.total"))
        axes.grid(axis="x", color=GRID)
        return figure
