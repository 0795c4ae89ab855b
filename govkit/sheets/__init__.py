"""The one door for workbooks out: scoring sheets, the summary, and `results.json`, filled into official templates."""

from govkit.sheets.errors import OutputError
from govkit.sheets.output import write_all, write_results, write_scoring_sheet, write_summary
from govkit.sheets.results import results_document
from govkit.sheets.spot_check import write_spot_check

__all__ = [
    "OutputError",
    "results_document",
    "write_all",
    "write_results",
    "write_scoring_sheet",
    "write_spot_check",
    "write_summary",
]
