"""The one door for workbooks out: scoring sheets, the summary, and `results.json`, filled into official templates."""

from govkit.sheets.answers import answers as shown_answers
from govkit.sheets.blanks import write_blanks
from govkit.sheets.errors import OutputError
from govkit.sheets.listing import keep_copy, write_listing
from govkit.sheets.output import write_all, write_results, write_scoring_sheet, write_sheets, write_summary
from govkit.sheets.own.review import Review, review_templates, write_samples
from govkit.sheets.own.sample import sample_inspection
from govkit.sheets.pack import PackState, check_pack, unfinished
from govkit.sheets.packing import Packed, write_pack
from govkit.sheets.pdf import find_office, print_to_pdf
from govkit.sheets.recorded import Expected, draft_mark, expected
from govkit.sheets.results import results_document
from govkit.sheets.spot_check import write_spot_check

__all__ = [
    "Expected",
    "OutputError",
    "PackState",
    "Packed",
    "Review",
    "check_pack",
    "draft_mark",
    "expected",
    "find_office",
    "keep_copy",
    "print_to_pdf",
    "results_document",
    "review_templates",
    "sample_inspection",
    "shown_answers",
    "unfinished",
    "write_all",
    "write_blanks",
    "write_listing",
    "write_pack",
    "write_results",
    "write_samples",
    "write_scoring_sheet",
    "write_sheets",
    "write_spot_check",
    "write_summary",
]
