"""Who is inspected: the draw of a quarter, who inspects what, and the samples within a site. Pure, and no chance in it.

Everything follows from a seed (随机种子) that is printed in the minutes: whoever has it and the ledger draws the same.
"""

from govkit.sampling.accounts import HALF, Draw, Drawn, Ground, Past, carried, draw_accounts, least_number, read_share
from govkit.sampling.assign import Inspector, NobodyElseError, assign
from govkit.sampling.lines import draw_lines
from govkit.sampling.lots import lot

__all__ = [
    "HALF",
    "Draw",
    "Drawn",
    "Ground",
    "Inspector",
    "NobodyElseError",
    "Past",
    "assign",
    "carried",
    "draw_accounts",
    "draw_lines",
    "least_number",
    "lot",
    "read_share",
]
