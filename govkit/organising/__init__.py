"""The organiser's quarter: its files, the draw, rules checked. What commands and notebooks both do, without either."""

from govkit.organising.drawing import account_results, drawn_check, gaps_of, new_seed, renamed_accounts, running
from govkit.organising.facts import facts_of
from govkit.organising.files import KeptFiles, QuarterFiles, keep_aside, quarters_with_files
from govkit.organising.following import (
    collect_answers,
    correct,
    correct_elsewhere,
    follow,
    record_follow_up,
)
from govkit.organising.papers import Papers, write_papers
from govkit.organising.people import shared_out, unknown_units
from govkit.organising.pictures import Pictures, given_out, names_in, taken_in
from govkit.organising.planner import NothingThereError, Planner
from govkit.organising.recorded import Recorded, Scored, recorded, scored
from govkit.organising.reports import NothingToReportError, YearRead, write_reports, year_told
from govkit.organising.settings import choose_packs, chosen_packs
from govkit.organising.telling import Telling, Told, tell_units
from govkit.organising.yearly import Assessed, OfficeYear, assessed, office_years, own_results, year_facts

__all__ = [
    "Assessed",
    "KeptFiles",
    "NothingThereError",
    "NothingToReportError",
    "OfficeYear",
    "Papers",
    "Pictures",
    "Planner",
    "QuarterFiles",
    "Recorded",
    "Scored",
    "Telling",
    "Told",
    "YearRead",
    "account_results",
    "assessed",
    "choose_packs",
    "chosen_packs",
    "collect_answers",
    "correct",
    "correct_elsewhere",
    "drawn_check",
    "facts_of",
    "follow",
    "gaps_of",
    "given_out",
    "keep_aside",
    "names_in",
    "new_seed",
    "office_years",
    "own_results",
    "quarters_with_files",
    "record_follow_up",
    "recorded",
    "renamed_accounts",
    "running",
    "scored",
    "shared_out",
    "taken_in",
    "tell_units",
    "unknown_units",
    "write_papers",
    "write_reports",
    "year_facts",
    "year_told",
]
