"""Workbooks in: .xlsx and .xls through python-calamine, which is fast and opens what WPS writes.

It shows error cells as blanks, so these are looked up apart; its failures inside are a BaseException.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager

import xlrd
from lxml import etree
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from govkit.reading.ooxml import ZIP_DAMAGE, scan_workbook
from govkit.reading.sheet import ErrorValue, Merge, Sheet

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class EncryptedError(Exception):
    """The file asks for a password."""


class UnreadableError(Exception):
    """The file is damaged."""


def read_xlsx(workbook: str, content: bytes) -> list[Sheet]:
    """All sheets of an .xlsx.

    Raises:
        EncryptedError: it asks for a password.
        UnreadableError: it is damaged.
        SheetTooLargeError: a sheet is too large to be held.
    """
    try:
        errors = scan_workbook(content)
    except (KeyError, etree.XMLSyntaxError, RuntimeError, *ZIP_DAMAGE) as error:
        raise UnreadableError from error
    sheets = _calamine_sheets(workbook, content)
    for sheet in sheets:
        _put_errors(sheet, errors.get(sheet.name, {}))
        sheet.fill_merges()
    return sheets


def read_xls(workbook: str, content: bytes) -> list[Sheet]:
    """All sheets of an .xls; raises what `read_xlsx` raises."""
    if _ENCRYPTED_STREAM in content:
        raise EncryptedError
    sheets = _calamine_sheets(workbook, content)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except Exception as error:
        raise UnreadableError from error  # xlrd lets errors of many kinds through
    errors = {sheet.name: dict(_xls_errors(sheet)) for sheet in book.sheets()}
    for sheet in sheets:
        _put_errors(sheet, errors.get(sheet.name, {}))
        sheet.fill_merges()
    return sheets


def _calamine_sheets(workbook: str, content: bytes) -> list[Sheet]:
    try:
        with _without_panic_report():
            return list(_sheets(workbook, load_workbook(io.BytesIO(content))))
    except PasswordError as error:
        raise EncryptedError from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise UnreadableError from error


def _sheets(workbook: str, book: CalamineWorkbook) -> Iterator[Sheet]:
    for metadata in book.sheets_metadata:
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(metadata.name)
        merges = [Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        rows = sheet.to_python(skip_empty_area=False)
        yield Sheet(workbook, metadata.name, [list(row) for row in rows], merges)


@contextmanager
def _without_panic_report() -> Iterator[None]:
    """Keep the reader from writing its own report of a panic to the terminal: the person gets our sentence instead."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a terminal has nothing to be kept quiet
        yield
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - devnull is no path
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _xls_errors(sheet: xlrd.sheet.Sheet) -> Iterator[tuple[tuple[int, int], ErrorValue]]:
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                yield (row, column), ErrorValue(xlrd.error_text_from_code.get(sheet.cell_value(row, column), ""))


def _put_errors(sheet: Sheet, errors: dict[tuple[int, int], ErrorValue]) -> None:
    """Put back what the reader blanked; rows may have to grow for it."""
    for (row, column), value in errors.items():
        sheet.rows.extend([] for _ in range(row + 1 - len(sheet.rows)))
        cells = sheet.rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value
