"""Bad input: everything wrong is found in one go, each with its code and the place that a spreadsheet program shows."""

from pathlib import Path

import pytest

from govkit.problems import Problem, ProblemsError
from govkit.reading import read_spot_check
from tests.workbooks import ACCOUNTS, BATCH, MEASURED, RECORDS, SITES, write

HEAD = "| 抽查记录 | 检查对象标识码 | 检查对象名称 | 指标编号 | 检查结果 | 数量 | 问题说明 | 检查时间 |\n"
WIDE = "| 抽查记录 | 检查对象标识码 | D1.2 更新不及时 | D7.1 | D12.2 | B1.1 | V4.2 | M1.1 |\n"
MEASURED_HEAD = "| 监测数据 | 检查对象标识码 | 监测项 | 数值 | 监测时间 |\n"


JUDGED = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n"


def found(path: Path, *texts: str, merges: dict[str, list[str]] | None = None) -> tuple[Problem, ...]:
    """The problems of a workbook; none if it can be read."""
    try:
        read_spot_check(write(path / "抽查.xlsx", *texts, merges=merges))
    except ProblemsError as error:
        return error.problems
    return ()


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Their codes, in order."""
    return [problem.code for problem in problems]


# One row of 抽查记录 → the code of its problem, and the column it is shown in.
ROWS = {
    "unknown object": ("| | 9999999999 | | D1.2 | 发现问题 | | | |", "R01", "检查对象标识码"),
    "name of another object": ("| | 0500230001 | 教委网 | D1.2 | 发现问题 | | | |", "R02", "检查对象名称"),
    "unknown item": ("| | 0500230001 | | D1.9 | 发现问题 | | | |", "R03", "指标编号"),
    "indicator instead of item": ("| | 0500230001 | | D14 | 发现问题 | | | |", "R03", "指标编号"),
    "unknown result": ("| | 0500230001 | | D1.2 | 还行 | | | |", "R04", "检查结果"),
    "bonus word for a deduction": ("| | 0500230001 | | D1.2 | 符合 | | | |", "R19", "检查结果"),
    "deduction word for a bonus": ("| | 0500230001 | | B1.2 | 发现问题 | | | |", "R19", "检查结果"),
    "service item of a unit without services": ("| | bm64130001 | | D10.1 | 发现问题 | | | |", "R05", "指标编号"),
    "veto of sites for an account": ("| | 5002300000000101 | | V1.1 | 发现问题 | | | |", "R17", "指标编号"),
    "veto of accounts for a site": ("| | 0500230001 | | M1.1 | 未发现 | | | |", "R17", "指标编号"),
    "negative count": ("| | 0500230001 | | D1.2 | 发现问题 | -1 | | |", "R07", "数量"),
    "fractional count": ("| | 0500230001 | | D1.2 | 发现问题 | #1.5 | | |", "R08", "数量"),
    "count beyond the sample": ("| | 0500230001 | | D7.1 | 发现问题 | 4 | | |", "R09", "数量"),
    "no such level": ("| | 0500230001 | | D12.2 | 发现问题 | 3 | | |", "R10", "数量"),
    "points typed as a count": ("| | 0500230001 | | D16.1 | 发现问题 | 7 | | |", "R11", "数量"),
    "fewer than the limit": ("| | 0500230001 | | V4.2 | 发现问题 | 9 | | |", "R12", "数量"),
    "found none": ("| | 0500230001 | | D1.2 | 发现问题 | 0 | | |", "R13", "数量"),
    "count of one without finding": ("| | 0500230001 | | D1.2 | 未发现 | 1 | | |", "R14", "数量"),
    "count without finding": ("| | 0500230001 | | D1.2 | 未发现 | 2 | | |", "R14", "数量"),
    "not applicable without reason": ("| | 0500230001 | | D1.2 | 不适用 | | | |", "R15", "问题说明"),
    "count beyond all numbers": ("| | 0500230001 | | D1.2 | 发现问题 | 1e9999999 | | |", "C05", "数量"),
    "count with an underscore": ("| | 0500230001 | | D1.2 | 发现问题 | 1_0 | | |", "C05", "数量"),
    "count is no number": ("| | 0500230001 | | D1.2 | 发现问题 | 几处 | | |", "C05", "数量"),
    "time is no date": ("| | 0500230001 | | D1.2 | 发现问题 | | | 上周 |", "C04", "检查时间"),
    "no such day": ("| | 0500230001 | | D1.2 | 发现问题 | | | 2019-02-30 |", "C04", "检查时间"),
    "no object": ("| | | | D1.2 | 发现问题 | | | |", "C03", "检查对象标识码"),
    "no item": ("| | 0500230001 | | | 发现问题 | | | |", "C03", "指标编号"),
    "note without result": ("| | 0500230001 | | D1.2 | | | 邮编有误 | |", "C03", "检查结果"),
    "leading zero lost": ("| | #500230001 | | D1.2 | 发现问题 | | | |", "L03", "检查对象标识码"),
    "formula never calculated": ("| | 0500230001 | | D1.2 | 发现问题 | =1+1 | | |", "C02", "数量"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "code", "column"), ROWS.values(), ids=ROWS)
def test_row__error(tmp_path: Path, row: str, code: str, column: str) -> None:
    """One bad row gives one problem, with its row and column, and says what to do."""
    problems = found(tmp_path, BATCH, SITES, ACCOUNTS, HEAD + row)
    assert codes(problems) == [code]
    place = problems[0].place
    assert (place.workbook, place.sheet, place.row, place.column) == ("抽查.xlsx", "抽查记录", 2, column)
    assert problems[0].fix.startswith("请：")
    assert "{" not in problems[0].text + problems[0].fix


SEVERAL = {
    "unknown item": ("| | 0500230001 | 教委网 | D99.1 | 坏 | -1 | | 坏日 |", ["R02", "R03", "C04", "R04", "R07"]),
    "unknown object": ("| | 77 | | D2.1 | 坏 | 多 | | |", ["R01", "R04", "C05"]),
    "judged twice": (
        "| | 0500230001 | | D1.2 | 坏 | -4 | | |\n| | 0500230001 | | D1.2 | 未发现 | | | |",
        ["R04", "R07", "R06"],
    ),
    "out of scope": ("| | bm64130001 | | D10.1 | 坏 | 1.5 | | |", ["R04", "R08", "R05"]),
}


@pytest.mark.parametrize(("rows", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_several_in_one_row__error(tmp_path: Path, rows: str, expected: list[str]) -> None:
    """One mistake of a row hides no other."""
    assert sorted(codes(found(tmp_path, BATCH, SITES, HEAD + rows))) == sorted(expected)


def test_columns_twice__error(tmp_path: Path) -> None:
    """An item, or a column of findings, that stands there twice is never read from one of the two only."""
    wide = "| 宽表 | 检查对象标识码 | D6.1 甲 | D6.1 乙 |\n| | 0500230001 | 0 | 1 |"
    assert codes(found(tmp_path, BATCH, SITES, RECORDS, wide)) == ["S05"]
    long = (
        "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 数量 | 数量 |\n| | 0500230001 | D1.2 | 发现问题 | 1 | 2 |"
    )
    assert codes(found(tmp_path, BATCH, SITES, long)) == ["S05"]


def test_misspelt_sheet__error(tmp_path: Path) -> None:
    """A sheet with a name that only comes near is missing, and the name is mentioned."""
    (problem,) = found(tmp_path, BATCH, SITES, RECORDS.replace("| 抽查记录 |", "| 抽查纪录 |"))
    assert (problem.code, problem.place.sheet) == ("S01", "")
    assert "抽查纪录" in problem.text


def test_empty_ledger__error(tmp_path: Path) -> None:
    """A ledger without any object cannot be meant."""
    head = "\n".join(SITES.strip().splitlines()[:1])
    assert "S06" in codes(found(tmp_path, BATCH, head, RECORDS))


def test_all_at_once__error(tmp_path: Path) -> None:
    """Problems of all sheets come together, in the order of sheets and rows, and none hides another."""
    rows = "".join(row.replace("| |", "| |", 1) + "\n" for row, _, _ in ROWS.values())
    problems = found(tmp_path, BATCH, SITES, ACCOUNTS, HEAD + rows, MEASURED_HEAD + "| | 0500230001 | 心情 | 1 | |")
    wanted = {code for _, code, _ in ROWS.values()} | {"M01"}
    assert wanted <= set(codes(problems))
    assert len(problems) >= len(ROWS)
    numbers = [problem.place.row for problem in problems if problem.place.sheet == "抽查记录"]
    assert numbers == sorted(numbers, key=lambda number: number or 0)


CELLS = {
    "unclear cell": ("| | 0500230001 | / | | | | | |", "R16", "D1.2 更新不及时"),
    "word of the other kind": ("| | 0500230001 | 符合 | | | | | |", "R16", "D1.2 更新不及时"),
    "beyond the sample": ("| | 0500230001 | | #4 | | | | |", "R09", "D7.1"),
    "no level": ("| | 0500230001 | | | #3 | | | |", "R10", "D12.2"),
    "denial in other words": ("| | 0500230001 | 没有发现明显问题 | | | | | |", "R16", "D1.2 更新不及时"),
    "truth value": ("| | 0500230001 | FALSE | | | | | |", "R16", "D1.2 更新不及时"),
    "negative": ("| | 0500230001 | #-1 | | | | | |", "R07", "D1.2 更新不及时"),
    "below the limit of a veto": ("| | 0500230001 | | | | | 3 | |", "R12", "V4.2"),
    "account's item for a site": ("| | 0500230001 | | | | | | 未发现 |", "R17", "M1.1"),
}


@pytest.mark.parametrize(("row", "code", "column"), CELLS.values(), ids=CELLS)
def test_wide_cell__error(tmp_path: Path, row: str, code: str, column: str) -> None:
    """A bad cell of a wide table is named by its row and its own header."""
    problems = found(tmp_path, BATCH, SITES, ACCOUNTS, WIDE + row)
    assert codes(problems) == [code]
    assert (problems[0].place.row, problems[0].place.column) == (2, column)


def test_wide_table_without_codes_of_objects__error(tmp_path: Path) -> None:
    """A sheet of items that lacks the column of objects is not left out: the column is asked for."""
    problems = found(tmp_path, BATCH, SITES, RECORDS, "| 各站 | 对象 | D1.2 | D9.1 |\n| | 0500230001 | 1 | |")
    assert codes(problems) == ["S02"]


def test_indicator_names_its_items__error(tmp_path: Path) -> None:
    """Whoever writes the indicator is told its items."""
    (problem,) = found(tmp_path, BATCH, SITES, JUDGED + "| | 0500230001 | D13 | 发现问题 |")
    assert all(f"D13.{number}" in problem.text for number in range(1, 6))


def test_wide_header__error(tmp_path: Path) -> None:
    """A column that looks like an item must be one; the nearest is named."""
    problems = found(tmp_path, BATCH, SITES, "| 抽查记录 | 检查对象标识码 | D1.3 更新 |\n| | 0500230001 | 1 |")
    assert codes(problems) == ["R03"]
    assert "D1." in problems[0].text


def test_judged_twice__error(tmp_path: Path) -> None:
    """The same item judged in two sheets, long and wide, is a duplicate; both places are named."""
    wide = "| 宽表 | 检查对象标识码 | D1.2 |\n| | 0500230001 | 未发现 |"
    problems = found(tmp_path, BATCH, SITES, RECORDS, wide)
    assert codes(problems) == ["R06"]
    assert problems[0].place.sheet == "宽表"
    assert "“抽查记录”第 2 行" in problems[0].text


LEDGERS = {
    "code twice": ("| | 0500230001 | 乙网 | http://d.example | 乙局 | 有 |", "L01"),
    "nine digits": ("| | #500230009 | 乙网 | http://d.example | 乙局 | 有 |", "L03"),
    "eleven digits": ("| | 05002300011 | 乙网 | http://d.example | 乙局 | 有 |", "L02"),
    "punctuation in a code": ("| | 乙-1 | 乙网 | http://d.example | 乙局 | 有 |", "L02"),
    "digits lost in arithmetic": ("| | 5.00230E+09 | 乙网 | http://d.example | 乙局 | 有 |", "L04"),
    "name blank": ("| | 0500230008 | | http://d.example | 乙局 | 有 |", "C03"),
    "services unclear": ("| | 0500230009 | 乙网 | http://d.example | 乙局 | 部分 |", "L05"),
    "services blank": ("| | 0500230009 | 乙网 | http://d.example | 乙局 | |", "C03"),
    "sponsor blank": ("| | 0500230009 | 乙网 | http://d.example | | 有 |", "C03"),
}


@pytest.mark.parametrize(("row", "code"), LEDGERS.values(), ids=LEDGERS)
def test_ledger_row__error(tmp_path: Path, row: str, code: str) -> None:
    """A bad row of the ledger gives its problem, and no second one where findings refer to it."""
    problems = found(tmp_path, BATCH, SITES + row, RECORDS)
    assert codes(problems) == [code]
    assert problems[0].place.row == 5


def test_account_without_code__error(tmp_path: Path) -> None:
    """A blank code of an account gets a problem of its own, which says that any text will do."""
    records = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | 教委微博 | M1.1 | 未发现 |"
    (problem,) = found(tmp_path, BATCH, ACCOUNTS + "| | | 乙发布 | 微博 | 乙局 |", records)
    assert (problem.code, problem.place.row, problem.place.column) == ("L10", 4, "新媒体标识码")
    assert "任意一个不重复的文字" in problem.fix


def test_account_code_of_sixteen_digits_as_number__error(tmp_path: Path) -> None:
    """A spreadsheet keeps fifteen digits of a number: a code of sixteen that ends in 0 may have lost one."""
    accounts = ACCOUNTS + "| | #5002300000000100 | 丙 | 微信 | 县教委 |\n| | #500230000000104 | 丁 | 微信 | 县教委 |"
    assert codes(found(tmp_path, BATCH, SITES, accounts, RECORDS)) == ["L04", "L03"]


def test_what_refers_to_a_code_cut_off_is_no_further_mistake(tmp_path: Path) -> None:
    """One wrong code in the ledger is one problem, however many findings refer to it; an unknown one still is another."""
    accounts = ACCOUNTS + "| | #5002300000000100 | 丙 | 微信 | 县教委 |"
    records = JUDGED + "| | 5002300000000103 | M1.1 | 未发现 |\n| | 6002300000000103 | M1.1 | 未发现 |"
    assert codes(found(tmp_path, BATCH, accounts, records)) == ["L04", "R01"]


def test_account_last_update_after_as_of__error(tmp_path: Path) -> None:
    """A last update in the ledger cannot lie after the 监测时间点."""
    accounts = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 最近更新日期 |\n"
    accounts += "| | a1 | 甲 | 微信 | 县教委 | 2019-12-20 |\n| | a2 | 乙 | 微信 | 县教委 | 2019-12-21 |"
    problems = found(
        tmp_path, BATCH, accounts, "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | a1 | M1.1 | 未发现 |"
    )
    assert [(p.code, p.place.row) for p in problems] == [("M05", 3)]


MEASUREMENTS = {
    "unknown quantity": ("| | 0500230001 | 首页更新日期 | 2019-12-01 | |", "M01"),
    "negative": ("| | 0500230001 | 空白栏目数 | -1 | |", "M02"),
    "fraction": ("| | 0500230001 | 空白栏目数 | #1.5 | |", "M02"),
    "no number": ("| | 0500230001 | 空白栏目数 | 很多 | |", "C05"),
    "blank": ("| | 0500230001 | 空白栏目数 | | |", "C03"),
    "no date": ("| | 0500230001 | 首页最近更新日期 | 2019-13-01 | |", "C04"),
    "after as_of": ("| | 0500230001 | 首页最近更新日期 | 2019-12-21 | |", "M05"),
    "twice": ("| | 0500230001 | 空白栏目数 | 1 | |\n| | 0500230001 | 空白栏目数 | 1 | |", "M03"),
    "quantity of accounts for a site": ("| | 0500230001 | 最近更新日期 | 2019-12-01 | |", "M07"),
    "services of a unit without": ("| | bm64130001 | 事项总数 | 12 | |", "M08"),
    "part larger than whole": ("| | 0500230001 | 事项总数 | 3 | |\n| | 0500230001 | 要素缺失4类以上事项数 | 4 | |", "M04"),
    "more timeouts than visits": ("| | 0500230001 | 访问次数 | 20 | 2019-12-01 |\n| | 0500230001 | 超时次数 | 21 | 2019-12-01 |", "M04"),
    "same time twice": ("| | 0500230001 | 访问次数 | 20 | 2019-12-01 |\n| | 0500230001 | 访问次数 | 20 | 2019-12-01 |", "M03d"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "code"), MEASUREMENTS.values(), ids=MEASUREMENTS)
def test_measured__error(tmp_path: Path, rows: str, code: str) -> None:
    """A bad measured quantity gives its problem."""
    problems = found(tmp_path, BATCH, SITES, RECORDS, MEASURED_HEAD + rows)
    assert codes(problems) == [code]
    assert problems[0].place.sheet == "监测数据"


CONTRADICTIONS = {
    "clear, but too old": ("未发现", "2019-12-05", ["M06"]),
    "found, but fresh": ("发现问题", "2019-12-06", ["M06"]),
    "not applicable, but too old": ("不适用", "2019-12-05", ["M06"]),
    "found and too old": ("发现问题", "2019-12-05", []),
    "clear and fresh": ("未发现", "2019-12-06", []),
    "cannot tell is no contradiction": ("无法判断", "2019-12-05", []),
}


@pytest.mark.parametrize(("result", "day", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction(tmp_path: Path, result: str, day: str, expected: list[str]) -> None:
    """A recorded result that its measured quantity contradicts is refused, and both are named."""
    records = HEAD + f"| | 0500230001 | | V3.1 | {result} | | 见截图 | |"
    problems = found(tmp_path, BATCH, SITES, records, MEASURED_HEAD + f"| | 0500230001 | 首页最近更新日期 | {day} | |")
    assert codes(problems) == expected
    if problems:
        assert day in problems[0].text
        assert "“监测数据”第 2 行" in problems[0].text


def test_missing_sheets__error(tmp_path: Path) -> None:
    """All missing sheets are named, with a sheet whose name comes near."""
    problems = found(tmp_path, "| 批次表单 | 项目 | 内容 |\n", "| 统计 | 一 | 二 |")
    assert codes(problems) == ["S01", "S01", "S01"]
    assert "批次表单" in problems[0].text


def test_missing_columns__error(tmp_path: Path) -> None:
    """All missing columns of a sheet are named, with a column whose name comes near."""
    sites = SITES.replace("主办单位", "主办的单位").replace("对外服务职能", "职责")
    problems = found(tmp_path, BATCH, sites, RECORDS)
    assert codes(problems) == ["S04", "S02"]
    assert "主办的单位" in problems[0].text


BATCHES = {
    "no such rubric": (("fengdu-2019", "fengdu-2020"), "B01"),
    "no such default": (("未发现", "合格"), "B02"),
    "no date": (("2019-12-20", "年底"), "C04"),
    "blank date": (("2019-12-20", ""), "B04"),
    "no name": (("批次名称", "某项"), "B04"),
    "rubric written twice": (("| 组织单位   | 县政府办公室   |", "| 检查规则 | 别的规则 |"), "B03"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "code"), BATCHES.values(), ids=BATCHES)
def test_batch__error(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    """What is wrong in 批次 is found, and the rest of the workbook is looked at all the same."""
    problems = found(tmp_path, BATCH.replace(*change), SITES, RECORDS + "| | 9999999999 | | D1.2 | 未发现 | | |")
    assert codes(problems) == [code, "R01"]


def test_merged_result_stands_for_its_rows__error(tmp_path: Path) -> None:
    """The row of a problem inside a merged range is the row that the program shows."""
    rows = HEAD + "| | 0500230001 | | D1.2 | 未发现 | | | |\n| | | | D1.9 | 未发现 | | | |"
    problems = found(tmp_path, BATCH, SITES, rows, merges={"抽查记录": ["A2:A3"]})
    assert [(p.code, p.place.row) for p in problems] == [("R03", 3)]


def test_measured_sheet_is_optional(tmp_path: Path) -> None:
    """The base workbook of these tests has no problem at all, so that each test shows its own."""
    assert found(tmp_path, BATCH, SITES, ACCOUNTS, RECORDS) == ()
    assert found(tmp_path, BATCH, SITES, ACCOUNTS, RECORDS, MEASURED) == ()
