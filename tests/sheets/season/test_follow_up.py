"""整改总台账: every problem with how it stands, and what waits for a recheck or a decision."""

from dataclasses import replace
from datetime import date, datetime

from govkit.issues import Appeal, Appealed, Decided, Issue, Rechecked, Reported
from govkit.sheets.season import follow_up_book
from tests.rectifying.cases import DEADLINE, ISSUE, case
from tests.sheets.season.cells import rows_of, sheets_of, table_of

DONE = Reported(date(2020, 1, 8), "=已改正")
BAD = Rechecked(date(2020, 1, 10), passed=False, note="仍有错误", deadline=date(2020, 2, 7))
MISTAKE = Appealed(date(2020, 1, 13), Appeal.MISTAKE, "不是本单位的")


def named(name: str) -> Issue:
    """A problem of another object."""
    return replace(ISSUE, name=name, item=f"D{len(name)}.1")


CASES = [
    case(),
    case(DONE, issue=named("甲网站")),
    case(DONE, BAD, issue=named("乙的网站")),
    case(DONE, MISTAKE, issue=named("丙单位的网站")),
    case(DONE, replace(BAD, passed=True, deadline=None), issue=named("丁单位的老网站")),
    case(
        MISTAKE,
        Decided(date(2020, 1, 14), accepted=True, reason="属实"),
        issue=named("戊单位的旧的网站"),
    ),
]


def test_all_problems() -> None:
    """All are listed in their order with state and deadline, those overdue marked; the states are counted above."""
    sheet = sheets_of(follow_up_book(CASES, date(2020, 1, 20)))["整改总台账"]
    rows = table_of(sheet)[: len(CASES)]
    assert [row["检查对象"] for row in rows] == [each.issue.name for each in CASES]
    states = ["待整改（逾期）", "已报整改", "复查未通过", "申诉中", "复查通过", "已撤销"]
    assert [row["状态"] for row in rows] == states
    assert [row["整改期限"].date() for row in rows] == [each.deadline for each in CASES]
    assert rows[2]["整改情况"] == "=已改正"
    assert (rows[2]["复查日期"], rows[2]["复查说明"]) == (datetime(2020, 1, 10), "仍有错误")  # noqa: DTZ001
    assert (rows[3]["申诉类型"], rows[3]["申诉理由"]) == ("误报", "不是本单位的")
    above = rows_of(sheet)[1][0]
    assert above == (
        "截至 2020-01-20：通知过的问题 6 个。待整改 1 个，已报整改 1 个，申诉中 1 个，复查通过 1 个，复查未通过 1 个，"
        "已撤销 1 个；逾期 1 个。"
    )
    on_time = sheets_of(follow_up_book(CASES, DEADLINE))["整改总台账"]
    assert [row["状态"] for row in table_of(on_time)[:1]] == ["待整改"]


def test_what_waits() -> None:
    """Rechecks are asked for what is not gone, decisions for appeals; their results are chosen from a list."""
    sheets = sheets_of(follow_up_book(CASES, date(2020, 1, 20)))
    looked = [row for row in table_of(sheets["复查记录"]) if row["问题编号"]]
    assert [row["检查对象"] for row in looked] == ["县门户", "甲网站", "乙的网站"]
    assert all(row["复查结果"] is None and row["复查日期"] is None for row in looked)
    (appealed,) = (row for row in table_of(sheets["申诉处理"]) if row["问题编号"])
    assert (appealed["检查对象"], appealed["申诉类型"], appealed["处理结果"]) == ("丙单位的网站", "误报", None)
    for name, words in (("复查记录", '"通过,未通过"'), ("申诉处理", '"采纳,不采纳"')):
        (offered,) = sheets[name].data_validations.dataValidation
        assert offered.formula1 == words


def test_nothing_to_follow() -> None:
    """Without problems the workbook has its three sheets, and says that there are none."""
    sheets = sheets_of(follow_up_book([], date(2020, 1, 20)))
    assert list(sheets) == ["整改总台账", "复查记录", "申诉处理"]
    assert "通知过的问题 0 个" in rows_of(sheets["整改总台账"])[1][0]
