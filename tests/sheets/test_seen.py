"""What is read of a workbook before it is compared: formulas in plain form, colours as they look."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from govkit.sheets.seen import UnreadableBookError, plain_formula, seen_book


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("='计算'!$B$2", "=计算!$B$2", True),
        ("=IF( A1 ,TRUE,1)", "if(A1,TRUE(),1)", True),
        ("=_xlfn.TEXTJOIN(A1)", "=TEXTJOIN(A1)", True),
        ('=A1&"a b"', '=A1&"ab"', False),
        ('=A1&"a"', '=A1&"A"', False),
        ("=A1&\"'x'!\"", '=A1&"x!"', False),
        ("=A1", "=A2", False),
        ("='甲 (2)'!A1", "='甲 (3)'!A1", False),
    ],
)
def test_plain_formulas(one: str, other: str, alike: bool) -> None:
    """Quotes around titles, blanks, prefixes and the case of functions do not count; texts in quotes do."""
    assert (plain_formula(one) == plain_formula(other)) is alike


@pytest.mark.parametrize(
    ("ink", "paper", "is_faint"),
    [
        (Color(rgb="FFFFFFFF"), None, True),
        (Color(rgb="FFF0F0F0"), None, True),
        (Color(rgb="FF888888"), None, False),
        (Color(theme=0), None, True),
        (Color(theme=1), None, False),
        (Color(theme=1, tint=0.95), None, True),
        (Color(indexed=9), None, True),
        (Color(indexed=64), None, False),
        (Color(rgb="FFFFFFFF"), Color(rgb="FF203864"), False),
        (Color(rgb="FF203864"), Color(rgb="FF1F3763"), True),
        (None, Color(rgb="FF000000"), True),
        (None, None, False),
    ],
)
def test_faint_cells(ink: Color | None, paper: Color | None, is_faint: bool) -> None:
    """A cell is faint where ink and paper look nearly the same, in whatever way their colours are written."""
    book = Workbook()
    sheet = book.worksheets[0]
    cell = sheet.cell(1, 1, "得分")
    cell.font = Font(color=ink)
    if paper:
        cell.fill = PatternFill("solid", fgColor=paper)
    stream = BytesIO()
    book.save(stream)
    (seen,) = seen_book(stream.getvalue()).sheets.values()
    assert (seen.cells[1, 1].faults == {"faint"}) is is_faint


def test_what_is_no_workbook() -> None:
    """Anything else is refused by one error."""
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        with pytest.raises(UnreadableBookError):
            seen_book(content)
