"""Workbooks about rubrics: a rubric to be edited, and how two of them differ."""

from govkit.sheets.rubric.book import unfit_texts, write_rubric_book, write_rubric_file

__all__ = ["unfit_texts", "write_rubric_book", "write_rubric_file"]
