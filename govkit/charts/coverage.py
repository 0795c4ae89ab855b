"""How much of all accounts the draws of a year have reached."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from matplotlib.figure import Figure

from govkit.charts.looks import GRID, SERIES, drawing, frame, nothing
from govkit.figures import two_places
from govkit.ledger import PLATFORM, Subject
from govkit.messages import say
from govkit.sampling import Draw

_QUARTERS = (1, 2, 3, 4)


def coverage_of_sampling(accounts: Sequence[Subject], draws: Iterable[Draw], year: int) -> Figure:
    """The share of accounts that were drawn at least once since the year began, quarter by quarter and by platform.

    Args:
        accounts: all that can be drawn now; what was drawn and is not among them does not count.
        draws: the draws of the year; those of other years are left aside.
        year: which one.
    """
    title = say("chart.coverage", year=year)
    with drawing():
        if not accounts:
            return nothing(title, say("chart.no_accounts"))
        platforms = _platforms(accounts)
        drawn: dict[int, set[str]] = {}
        for draw in draws:
            if draw.quarter[0] == year:
                drawn.setdefault(draw.quarter[1], set()).update(each.subject.id for each in draw.drawn)
        figure, axes = frame(7, 3.6, title)
        reached: set[str] = set()
        legend = dict(zip(dict.fromkeys(platforms.values()), SERIES, strict=False))
        for quarter in _QUARTERS:
            if quarter not in drawn:
                axes.annotate(say("chart.not_drawn"), (quarter, 0), (0, 4), textcoords="offset points", ha="center")
                continue
            reached |= drawn[quarter] & platforms.keys()
            counts = Counter(platforms[account] for account in reached)
            bottom = Fraction(0)
            for platform, shade in legend.items():
                share = Fraction(100 * counts[platform], len(platforms))
                shade.bars(axes.bar(quarter, float(share), 0.6, float(bottom)))
                bottom += share
            text = say("chart.share", share=two_places(bottom), reached=len(reached), all=len(platforms))
            axes.annotate(text, (quarter, float(bottom)), (0, 4), textcoords="offset points", ha="center")
        axes.set_xticks(_QUARTERS, [say("chart.quarter", number=quarter) for quarter in _QUARTERS])
        axes.set_xlim(0.4, 4.6)
        axes.set_yticks(range(0, 101, 20))
        axes.set_ylim(0, 110)
        axes.set_ylabel(say("chart.share_of_accounts"))
        axes.grid(axis="y", color=GRID)
        handles = [shade.patch() for shade in legend.values()]
        figure.legend(handles, list(legend), loc="outside right upper")
        return figure


def _platforms(accounts: Iterable[Subject]) -> dict[str, str]:
    """The platform of each account, the most frequent ones first; what is beyond the shades there are goes together."""
    told = {account.id: account.details.get(PLATFORM) or say("chart.no_platform") for account in accounts}
    frequent = [platform for platform, _ in Counter(told.values()).most_common()]
    own = frequent if len(frequent) <= len(SERIES) else frequent[: len(SERIES) - 1]
    names = {platform: platform if platform in own else say("chart.other_platforms") for platform in frequent}
    return {account: names[told[account]] for account in sorted(told, key=lambda each: frequent.index(told[each]))}
