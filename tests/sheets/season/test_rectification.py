"""整改台账: a row a problem, with all that was told of it, and room for what the unit answers."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from govkit.issues import Appeal, Appealed, Case, Rechecked, Reported
from govkit.sheets.season import write_rectification
from tests.rectifying.cases import DEADLINE, ISSUE, case
from tests.sheets.season.cells import rows_of, sheets_of, table_of

DONE = Reported(date(2020, 1, 8), "=已改正")
BAD = Rechecked(date(2020, 1, 10), passed=False, note="仍有错误", deadline=date(2020, 2, 7))
COLUMNS = [
    "序号",
    "问题编号",
    "检查对象",
    "指标/规则",
    "问题说明",
    "问题网址",
    "依据",
    "整改期限",
    "状态",
    "整改情况",
    "整改日期",
    "申诉类型",
    "申诉理由",
    "复查结果",
    "复查日期",
]


def written(folder: Path, *cases: Case, unit: str = "县政府办") -> Any:
    """Write a sheet, and return it."""
    write_rectification(unit, cases, folder / "整改台账.xlsx")
    return sheets_of(folder / "整改台账.xlsx")["整改台账"]


def test_a_new_problem(tmp_path: Path) -> None:
    """Everything that was found stands there; the columns of the unit are empty."""
    sheet = written(tmp_path, case())
    assert rows_of(sheet)[1][0] == "整改单位：县政府办"
    row = table_of(sheet)[0]
    assert list(row) == COLUMNS
    assert list(row.values()) == [
        *(1, ISSUE.id, "县门户", "内容准确（D1.2）", ISSUE.what, ISSUE.url, ISSUE.clause),
        *(datetime.combine(DEADLINE, datetime.min.time()), "待整改"),
        *[None] * 6,
    ]


def test_what_was_told(tmp_path: Path) -> None:
    """Reports, appeals and rechecks stand there, with the deadline that holds now."""
    told = case(DONE, BAD, Appealed(date(2020, 1, 13), Appeal.MISTAKE, "不是本单位的"))
    rows = table_of(written(tmp_path, told, case(DONE, replace(BAD, passed=True, note="", deadline=None))))
    days = [datetime(2020, 1, day) for day in (8, 10)]  # noqa: DTZ001
    one, other = (list(row.values())[7:] for row in rows[:2])
    assert one == [
        datetime(2020, 2, 7),  # noqa: DTZ001
        "申诉中",
        "=已改正",
        days[0],
        "误报",
        "不是本单位的",
        "复查未通过：仍有错误",
        days[1],
    ]
    assert other[1:] == ["复查通过", "=已改正", days[0], None, None, "复查通过", days[1]]


def test_choices(tmp_path: Path) -> None:
    """申诉类型 is chosen from a list, in every row of the table and in no other."""
    sheet = written(tmp_path, case(), case(issue=replace(ISSUE, item="V1.1")))
    (offered,) = sheet.data_validations.dataValidation
    assert (offered.type, offered.formula1) == ("list", '"误报,核减"')
    top = next(number for number, row in enumerate(rows_of(sheet), 1) if row[0] == "序号")
    assert str(offered.sqref) == f"L{top + 1}:L{top + 2}"


def test_no_unit(tmp_path: Path) -> None:
    """Where nobody has told who answers for the objects, that is said."""
    assert "没有写" in rows_of(written(tmp_path, case(), unit=""))[1][0]
