"""A plain list as a workbook, for people to go through: every cell a text."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from govkit.sheets.output import EARLIER
from govkit.sheets.staging import staging
from govkit.sheets.tables import finish
from govkit.sheets.template import saved
from govkit.sheets.text import clean, like_formula


def write_listing(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a list to `path`; one that stood there is replaced.

    Args:
        path: of the workbook.
        title: of its only sheet.
        header: the headings of the columns.
        rows: the texts under them; what no cell can hold is left out.

    Raises:
        OutputError: it cannot be written; then nothing has changed.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Any = book.create_sheet(title)
    for number, row in enumerate((header, *rows), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = clean(text)
            cell.data_type = "s"  # openpyxl takes a text that starts with "=" for a formula
            cell.quotePrefix = like_formula(text)
    finish(sheet, header)
    with staging(path.parent) as stage:
        stage.store(Path(path.name), saved(book))
        stage.put_in_place()


def keep_copy(path: Path) -> Path:
    """Keep a copy of a file in 以前的结果 beside it, beside the copies of earlier states.

    Returns:
        The copy.

    Raises:
        OutputError: it cannot be written; then nothing has changed.
    """
    name, number = path.name, 1
    while (path.parent / EARLIER / name).exists():
        number += 1
        name = f"{path.stem}_{number}{path.suffix}"
    with staging(path.parent) as stage:
        stage.store(Path(EARLIER) / name, path.read_bytes())
        stage.put_in_place()
    return path.parent / EARLIER / name
