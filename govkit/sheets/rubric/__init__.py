"""Workbooks about rubrics: a rubric to be edited, and how two of them differ."""

from govkit.sheets.rubric.book import unfit_texts, write_rubric_book, write_rubric_file
from govkit.sheets.rubric.rehearsal import write_comparison

__all__ = ["unfit_texts", "write_comparison", "write_rubric_book", "write_rubric_file"]
