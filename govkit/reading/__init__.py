"""Reading: the one door for spreadsheets in. Everything wrong with a workbook is found before anything is used."""

from govkit.reading.assessing import YearSheets, read_year, spot_checks_among
from govkit.reading.cells import as_text as shown_text
from govkit.reading.cells import read_moment, read_number
from govkit.reading.files import workbooks_in
from govkit.reading.filled import FilledLine, FilledSheet, read_filled
from govkit.reading.ledger_files import LedgerFiles, read_ledger_files
from govkit.reading.ledgers import Ledger
from govkit.reading.measured import check_contradictions, check_measurements, check_object
from govkit.reading.rectification import Rectifications, read_follow_up, read_rectifications
from govkit.reading.season import SeasonSheets, read_season
from govkit.reading.spot_check import read_spot_check
from govkit.reading.typed import read_answers
from govkit.reading.year_files import ledgers_among

__all__ = [
    "FilledLine",
    "FilledSheet",
    "Ledger",
    "LedgerFiles",
    "Rectifications",
    "SeasonSheets",
    "YearSheets",
    "check_contradictions",
    "check_measurements",
    "check_object",
    "ledgers_among",
    "read_answers",
    "read_filled",
    "read_follow_up",
    "read_ledger_files",
    "read_moment",
    "read_number",
    "read_rectifications",
    "read_season",
    "read_spot_check",
    "read_year",
    "shown_text",
    "spot_checks_among",
    "workbooks_in",
]
