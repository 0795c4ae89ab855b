"""Which files of a year are ledgers, and of which quarter."""

from pathlib import Path

import pytest

from govkit.problems import ProblemsError
from govkit.quarters import Quarter
from govkit.reading import ledgers_among
from tests.workbooks import ACCOUNTS, BATCH, RECORDS, SITES, write

OTHERS = """
| 外部抽查结果 | 检查单位 | 检查时间 | 检查对象标识码 | 结论 |
|              | 市府办   | 2019-05-06 | bm64130001 | 合格 |
"""
TITLED = SITES.replace("| 网站台账 |", "| 网站台账 | 2019年第三季度 |\n|  |", 1)


def test_ledgers_by_quarter(tmp_path: Path) -> None:
    """The name of a file tells its quarter; else its folder, or a title in it. Several files may be of one quarter."""
    (tmp_path / "2019Q2").mkdir()
    first = write(tmp_path / "2019Q4.xlsx", SITES)
    other = write(tmp_path / "县教委2019年第四季度.xlsx", ACCOUNTS)
    folder = write(tmp_path / "2019Q2" / "台账.xlsx", SITES)
    titled = write(tmp_path / "台账.xlsx", TITLED)
    assert ledgers_among([first, titled, other, folder]) == {
        Quarter(2019, 2): [folder],
        Quarter(2019, 3): [titled],
        Quarter(2019, 4): [first, other],
    }


def test_what_is_no_ledger(tmp_path: Path) -> None:
    """A spot check has ledgers of what was drawn only, and lists of other checks are none, whatever they are called."""
    check = write(tmp_path / "2019Q4抽查.xlsx", BATCH, SITES, RECORDS)
    other = write(tmp_path / "2019Q4资料.xlsx", OTHERS)
    assert ledgers_among([check, other]) == {}


@pytest.mark.parametrize("name", ["台账.xlsx", "2019Q1和2019Q2.xlsx", "2019年.xlsx"])
def test_no_quarter__error(name: str, tmp_path: Path) -> None:
    """A ledger of which nothing tells the quarter is a problem, as is one that names two, or a whole year."""
    folder = tmp_path / "资料"  # the other one is called after the test
    folder.mkdir()
    with pytest.raises(ProblemsError) as caught:
        ledgers_among([write(folder / name, SITES)])
    assert [(problem.code, problem.place.workbook) for problem in caught.value.problems] == [("S15", name)]
