"""Reading: the one door for spreadsheets in. Everything wrong with a workbook is found before anything is used."""

from govkit.reading.spot_check import read_ledger, read_spot_check

__all__ = ["read_ledger", "read_spot_check"]
