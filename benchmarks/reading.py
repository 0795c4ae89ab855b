"""Reading all cells of a workbook of 50,000 rows and 20 columns, against pandas with openpyxl; and a spot check."""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd

from benchmarks.timing import compare
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.problems import Problems
from govkit.reading import read_spot_check
from govkit.reading.files import read_sheets
from govkit.rubric import load_rubric, outcome_word

ROWS, COLUMNS, SITES = 50_000, 20, 1_000


def run() -> None:
    """Both read all cells of the same file; ours finds error cells and fills merged cells besides."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        make_workbook(path)
        compare(
            f"all cells of {ROWS:,} × {COLUMNS}, govkit.reading.files",
            lambda: read_sheets(path, Problems()),
            'pandas.read_excel(engine="openpyxl")',
            lambda: pd.read_excel(path, engine="openpyxl", header=None),
        )
        check = Path(folder) / "check.xlsx"
        make_spot_check(check)
        began = time.perf_counter()
        findings = len(read_spot_check(check).findings)
        taken = time.perf_counter() - began
        print(f"{f'a whole spot check of {findings:,} findings, all checks':<58} {taken:9.3f} s")


def make_spot_check(path: Path) -> None:
    """A spot check in which every item of every site has a row."""
    rubric = load_rubric("fengdu-2019")
    book = openpyxl.Workbook(write_only=True)
    batch = {"批次名称": "测", "监测时间点": "2019-12-20", "检查规则": rubric.id}
    sheets = {name: book.create_sheet(name) for name in ("批次", "网站台账", "抽查记录")}
    for entry in batch.items():
        sheets["批次"].append(entry)
    sheets["网站台账"].append(["网站标识码", "网站名称", "首页网址", "主办单位", "对外服务职能"])
    sheets["抽查记录"].append(
        ["检查对象标识码", "检查对象名称", "指标编号", "检查结果", "问题说明", "检查人", "检查时间"]
    )
    for number in range(SITES):
        code, name = f"{5_000_000_000 + number}", f"第{number}号单位"
        sheets["网站台账"].append([code, name, "http://www.example", name, "有"])
        for row in rubric.rows_for(Kind.SITE):
            result = outcome_word(Outcome.CLEAR, row.part)
            for item in row.items:
                sheets["抽查记录"].append([code, name, item.code, result, "", "检查一组", "2019-12-19"])
    book.save(path)


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
