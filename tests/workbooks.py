"""Spot-check workbooks written as text in a test, so that a person sees what is in them.

A sheet is a table: its name in the first column of its first line, cells between bars. A cell is text, but
`#12` is the number 12, `@2019-12-01` a date, and `=1/0` a formula.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell import MergedCell

BATCH = """
| 批次 | 项目       | 内容           |
|      | 批次名称   | 第四季度抽查   |
|      | 监测时间点 | 2019-12-20     |
|      | 检查规则   | fengdu-2019    |
|      | 组织单位   | 县政府办公室   |
|      | 未列出的指标 | 未发现       |
"""

SITES = """
| 网站台账 | 网站标识码 | 网站名称 | 首页网址         | 主办单位 | 对外服务职能 |
|          | 0500230001 | 县门户   | http://a.example | 县政府办 | 有           |
|          | 5002300002 | 教委网   | http://b.example | 县教委   | 有           |
|          | bm64130001 | 档案网   | http://c.example | 县档案局 | 无           |
"""

ACCOUNTS = """
| 账号台账 | 新媒体标识码     | 账号名称 | 账号类型   | 主办单位 |
|          | 5002300000000101 | 县发布   | 微信公众号 | 县政府办 |
|          | 教委微博         | 教委发布 | 新浪微博   | 县教委   |
"""

RECORDS = """
| 抽查记录 | 检查对象标识码 | 检查对象名称 | 指标编号 | 检查结果 | 数量 | 问题说明 |
|          | 0500230001     | 县门户       | D1.2     | 发现问题 | 1    | 邮编有误 |
"""

MEASURED = """
| 监测数据 | 检查对象标识码 | 监测项           | 数值       | 监测时间 |
|          | 0500230001     | 首页最近更新日期 | 2019-12-10 |          |
"""

Sheets = dict[str, list[list[str]]]


def parse(*texts: str) -> Sheets:
    """The tables of some texts: sheet name → rows of cells as they stand."""
    sheets: Sheets = {}
    name = ""
    for line in "\n".join(texts).splitlines():
        if line.strip():
            first, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            name = first or name
            sheets.setdefault(name, []).append(cells)
    return sheets


def write(path: Path, *texts: str, merges: dict[str, list[str]] | None = None) -> Path:
    """Write the tables as a workbook, and merge the ranges given by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in parse(*texts).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(number, column)
                assert not isinstance(cell, MergedCell)
                cell.value = _value(text)
                if isinstance(cell.value, str) and not text.startswith("="):
                    cell.data_type = "s"
        for merged in (merges or {}).get(name, ()):
            sheet.merge_cells(merged)
    book.save(path)
    return path


def _value(text: str) -> str | float | date | None:
    if text.startswith("#"):
        return float(text[1:]) if "." in text else int(text[1:])
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    return text or None


def csv_files(*texts: str) -> Iterator[tuple[str, str]]:
    """The same tables as CSV: file names with their text."""
    for name, rows in parse(*texts).items():
        lines = (",".join(f'"{cell.lstrip("#@")}"' for cell in row) for row in rows)
        yield f"{name}.csv", "\r\n".join(lines) + "\r\n"
