"""Reading a workbook of 50,000 rows and 20 columns, against pandas with openpyxl."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd

from benchmarks.timing import compare
from govkit.problems import Problems
from govkit.reading.files import read_sheets

ROWS, COLUMNS = 50_000, 20


def run() -> None:
    """Both read all cells of the same file; ours finds error cells and fills merged cells besides."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        make_workbook(path)
        compare(
            f"govkit.reading, {ROWS:,} × {COLUMNS}",
            lambda: read_sheets(path, Problems()),
            'pandas.read_excel(engine="openpyxl")',
            lambda: pd.read_excel(path, engine="openpyxl", header=None),
        )


def make_workbook(path: Path) -> None:
    """A ledger of codes, names, addresses, numbers and dates."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("网站台账")
    sheet.append([f"列{column}" for column in range(COLUMNS)])
    first = date(2019, 1, 1)
    for row in range(1, ROWS):
        day = first + timedelta(days=row % 365)
        cells = (f"{5_000_000_000 + row}", f"第{row}号单位", f"http://www.unit{row}.example/index.html", row, day)
        sheet.append(cells * (COLUMNS // len(cells)))
    book.save(path)
