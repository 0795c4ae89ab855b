"""A year of small inspections in a home, and its files, for tests of what follows them."""

from pathlib import Path

from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Home
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

DAYS = ("2019-03-20", "2019-06-20", "2019-09-20", "2019-12-20")
RECORDS = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n"
FOUND = "| | {id} | {item} | 发现问题 |\n"
NOTHING = "| | 0500230001 | V1.2 | 未发现 |\n"
FAILED = {
    1: FOUND.format(id="教委微博", item="M2.1"),
    2: FOUND.format(id="教委微博", item="M2.1"),
    3: FOUND.format(id="5002300002", item="V5.1"),
}
UNITS = """
| 单位名录     | 单位名称 | 层级 | 单位类别 | 上级单位 |
|              | 县教委   | 县   | 部门     |          |
|              | 县档案局 | 县   | 部门     |          |
|              | 县政府办 | 县   | 政府     |          |
|              | 县信访局 | 县   | 部门     |          |
"""
OUTSIDE = """
| 外部抽查结果 | 检查单位 | 检查时间 | 检查对象标识码 | 结论 | 单项否决/原因 |
|              | 市府办   | 2019-05-06 | bm64130001 | 不合格 | 严重表述错误 |
"""
FRAUDS = """
| 弄虚作假记录 | 单位 | 日期 | 情况 |
"""


def name_of(number: int) -> str:
    """Return the name of the batch of a quarter."""
    return f"第{number}季度抽查"


def add_quarter(home: Home, folder: Path, number: int) -> None:
    """Make the batch of a quarter: 县教委 fails with an account twice, and with its site once."""
    batch = BATCH.replace("2019-12-20", DAYS[number - 1]).replace("第四季度抽查", name_of(number))
    path = write(folder / f"{number}.xlsx", batch, SITES, ACCOUNTS, RECORDS, FAILED.get(number, NOTHING))
    check = read_spot_check(path)
    home.create(check, load_rubric(check.batch.rubric_id), "组织者").close()


def year_book(folder: Path, *tables: str, name: str = "考核资料.xlsx") -> tuple[str, bytes]:
    """Return a workbook of the year, by name and content."""
    return name, write(folder / name, *(tables or (UNITS, OUTSIDE, FRAUDS))).read_bytes()
