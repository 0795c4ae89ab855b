"""The organiser's quarter: its files, the draw, rules checked. What commands and notebooks both do, without either."""

from govkit.organising.drawing import account_results, drawn_check, gaps_of, new_seed, renamed_accounts, running
from govkit.organising.facts import facts_of
from govkit.organising.files import QuarterFiles
from govkit.organising.people import shared_out, unknown_units
from govkit.organising.planner import NothingThereError, Planner
from govkit.organising.yearly import own_results, year_facts

__all__ = [
    "NothingThereError",
    "Planner",
    "QuarterFiles",
    "account_results",
    "drawn_check",
    "facts_of",
    "gaps_of",
    "new_seed",
    "own_results",
    "renamed_accounts",
    "running",
    "shared_out",
    "unknown_units",
    "year_facts",
]
