"""The official sheets of a season: ledgers, changes, filings, the draw of a quarter, what rules say, 整改, 年度考核."""

from govkit.sheets.season.assessment import EVIDENCE, evidence_of, ground_in_words, unknown_of, write_assessment
from govkit.sheets.season.calendar import write_calendar
from govkit.sheets.season.changes import write_changes
from govkit.sheets.season.draw import write_sample
from govkit.sheets.season.filings import write_filings
from govkit.sheets.season.follow_up import follow_up_book, write_follow_up
from govkit.sheets.season.ledger import write_ledger
from govkit.sheets.season.minutes import Minutes, read_minutes
from govkit.sheets.season.rectification import rectification_sheet, write_rectification
from govkit.sheets.season.rules import write_compliance
from govkit.sheets.season.sample import Sample

__all__ = [
    "EVIDENCE",
    "Minutes",
    "Sample",
    "evidence_of",
    "follow_up_book",
    "ground_in_words",
    "read_minutes",
    "rectification_sheet",
    "unknown_of",
    "write_assessment",
    "write_calendar",
    "write_changes",
    "write_compliance",
    "write_filings",
    "write_follow_up",
    "write_ledger",
    "write_rectification",
    "write_sample",
]
