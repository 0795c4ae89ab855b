"""汇总: what a scored inspection comes to in numbers, all of them exact. Pure."""

from govkit.tally.counting import tally
from govkit.tally.model import Classes, Count, KindTally, Loss, Ranked, Tally, UnitLosses
from govkit.tally.trend import TrendPoint, trend

__all__ = [
    "Classes",
    "Count",
    "KindTally",
    "Loss",
    "Ranked",
    "Tally",
    "TrendPoint",
    "UnitLosses",
    "tally",
    "trend",
]
