"""年度考核表: verdicts with grounds and clauses, every failure they rest on, the rule and what is not known."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from govkit.assessing import YearFacts
from govkit.quarters import Quarter
from govkit.sheets.season import write_assessment
from tests.assessing.years import BUREAU, CITY, RULE, SCHOOL, TOWN, assessed, facts, fraud, result
from tests.sheets.season.cells import rows_of, sheets_of, table_of


def written(tmp_path: Path, year: YearFacts) -> dict[str, Any]:
    """Write the assessment of a year, and return its sheets."""
    write_assessment(assessed(year), tmp_path / "年度考核表.xlsx")
    return dict(sheets_of(tmp_path / "年度考核表.xlsx"))


def units_in(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows of 结论 that are units."""
    return [row for row in table_of(sheet) if isinstance(row["序号"], int)]


def test_verdicts(tmp_path: Path) -> None:
    """A row a unit with every ground that holds, how much there is of it, and the clause of each."""
    twice = result(number="a"), result(number="a", when=Quarter(2019, 3)), result(number="b", sponsor=SCHOOL)
    sheets = written(tmp_path, facts(*twice, result(CITY, vetoes=("M1.1",)), frauds=(fraud(),)))
    assert list(sheets) == ["结论", "依据", "说明"]
    bureau, town = units_in(sheets["结论"])
    assert (bureau["考核对象"], bureau["结论"]) == (BUREAU, "不合格")
    told = bureau["不合格情形"].split("\n")
    assert [line.split("：")[1] for line in told] == ["1 个对象，1 次", "1 个对象，1 次", "2 个对象，3 次", "1 次"]
    assert bureau["条款"].split("\n") == [ground.clause for ground in RULE.grounds]
    assert (town["考核对象"], town["结论"], town["不合格情形"]) == (TOWN, "合格", None)
    assert rows_of(sheets["结论"])[2][0] == "考核对象 2 个：合格 1 个，不合格 1 个，待定 0 个"


def test_evidence(tmp_path: Path) -> None:
    """Each failure stands there with check, time, object, sponsor and veto; one that is too little does as well."""
    failures = (
        result(number="0012", name="=号", sponsor=SCHOOL, reason="单项否决"),
        result(CITY, "c", TOWN, vetoes=None),
    )
    rows = table_of(written(tmp_path, facts(*failures, frauds=(fraud(SCHOOL),)))["依据"])
    one, lie, other = rows
    told = (
        "考核对象",
        "检查单位",
        "检查时间",
        "检查对象标识码",
        "检查对象名称",
        "类别",
        "主办单位",
        "单项否决",
        "所属情形",
    )
    assert tuple(one[name] for name in told) == (
        *(BUREAU, "县政府办公室", "2019年第二季度", "0012", "=号", "账号", SCHOOL, "M2.1", "不够情形"),
    )
    assert one["原因"] == "单项否决"
    assert (lie["考核对象"], lie["主办单位"], lie["原因"]) == (BUREAU, SCHOOL, "伪造发稿日期（来源：群众举报）")
    assert lie["所属情形"] == "弄虚作假"
    assert (other["考核对象"], other["检查单位"], other["单项否决"]) == (TOWN, "市政府办公厅", "未知")
    assert (other["检查时间"].date(), other["所属情形"]) == (date(2019, 5, 6), "上级抽查不合格")


def test_notes(tmp_path: Path) -> None:
    """The rule stands there in its own words with its limits, and everything that is not known."""
    year = replace(facts(), frauds=None, outside=None)
    sheets = written(tmp_path, year)
    rows = table_of(sheets["说明"])
    contents = {row["事项"]: row["内容"] for row in rows}
    for ground in RULE.grounds:
        assert contents[ground.clause].startswith(ground.text)
    assert "2 个及以上" in contents[RULE.grounds[2].clause]
    assert [row["内容"] for row in rows if row["事项"] == "未知和要核对的"] == list(assessed(year).notices)
    assert [(row["结论"], row["未知"]) for row in units_in(sheets["结论"])] == [("待定", "见“说明”")] * 2


def test_gaps_of_a_unit(tmp_path: Path) -> None:
    """What is not known of one unit stands in its row."""
    sheets = written(tmp_path, facts(result(number="a"), result(number="b", failed=None)))
    bureau, _ = units_in(sheets["结论"])
    assert bureau["结论"] == "待定"
    assert "账号b" in bureau["未知"]
