"""规则核查结果: counts, breaches in the order of rectification, the matrix, reasons of what is unknown, suggestions."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govkit.findings import Finding, Outcome
from govkit.packs import Compliance, Pack, Status, judge_season
from govkit.sheets.season import write_compliance
from tests.packs.worlds import APP, BUREAU, OFFICE, WEIBO, account, counted, season, site, unit
from tests.sheets.season.cells import sheets_of, table_of


def rule(number: str, severity: str, about: str, check: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Return a rule as a pack's file has it."""
    told = {"name": f"规则{number}", "article": "第一条", "sentences": [1], "text": "应当", "remedy": f"改{number}"}
    return {"id": number, **told, "binds": {"about": about}, "check": check, "severity": severity, **others}


PACK = Pack.model_validate(
    {
        "id": "test",
        "version": "1.0.0",
        "name": "某县",
        "title": "某县办法",
        "source": "某县",
        "problems": ["重复开设"],
        "articles": [{"clause": "第一条", "title": "全部", "sentences": 1}],
        "rules": [
            rule("TS01", "提示", "account", {"kind": "hand", "ask": "审核", "evidence": "记录"}),
            rule("TS02", "严重", "account", {"kind": "alive", "days": 14}, problem="重复开设"),
            rule("TS03", "一般", "unit", {"kind": "hand", "ask": "培训", "evidence": "记录"}),
            rule("TS04", "一般", "site", {"kind": "hand", "ask": "值守", "evidence": "记录"}),
        ],
        "signals": [{"outcome": "关停", "article": "第一条", "reason": "长期不更新", "rules": ["TS02"]}],
    }
)


@pytest.fixture(scope="module")
def compliance() -> Compliance:
    """A quarter with something of each status: zombies, judged by hand, closed, not told."""
    subjects = (
        account("乙号", number="b", sponsor=OFFICE),
        account("甲号", number="a"),
        account("丙号", WEIBO, "c", 账号状态="注销"),
        account("丁号", APP, "d"),
        site(number="9901230003"),
    )
    checked = {
        ("a", "TS01"): Finding("a", "TS01", Outcome.FOUND, note="=没有三审"),
        (OFFICE, "TS03"): Finding(OFFICE, "TS03", Outcome.CLEAR),
        ("9901230003", "TS04"): Finding("9901230003", "TS04", Outcome.FOUND, note="无人值守"),
    }
    published = {"a": counted(0), "b": counted(0)}
    facts = season(*subjects, units=[unit(), unit(OFFICE)], published=published, checked=checked)
    return judge_season(facts, [PACK])


@pytest.fixture(scope="module")
def sheets(compliance: Compliance, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The sheets of the workbook."""
    path = tmp_path_factory.mktemp("核查") / "核查结果.xlsx"
    write_compliance(compliance, path)
    return dict(sheets_of(path))


def test_sheets(sheets: dict[str, Any]) -> None:
    """Overview, breaches, units, a matrix for each kind of thing that rules are about, reasons, suggestions."""
    assert list(sheets) == ["概况", "问题清单", "单位情况", "网站", "账号", "单位", "未知的原因", "处置建议"]


def test_overview_counts_every_status(sheets: dict[str, Any], compliance: Compliance) -> None:
    """A row a rule, with how many things have which status: those of the matrix."""
    rows = table_of(sheets["概况"])
    assert [row["规则编号"] for row in rows] == ["TS01", "TS02", "TS03", "TS04"]
    assert [row["判断方式"] for row in rows] == ["人工", "自动", "人工", "人工"]
    words = {"符合": Status.PASS, "不符合": Status.BREACH, "不适用": Status.NOT_APPLICABLE, "未知": Status.UNKNOWN}
    for row, column in zip(rows, compliance.columns, strict=True):
        assert {word: row[word] for word in words} == {word: column.counts[status] for word, status in words.items()}
    assert (rows[1]["不符合"], rows[1]["不适用"], rows[1]["未知"]) == (2, 1, 1)


def test_breaches_feed_rectification(sheets: dict[str, Any]) -> None:
    """A row a breach: those of a unit stand together, the gravest first, with clause, fact and remedy."""
    rows = table_of(sheets["问题清单"])
    told = [(row["主办单位"], row["严重程度"], row["规则编号"], row["检查对象标识码"]) for row in rows]
    assert told == [
        (OFFICE, "严重", "TS02", "b"),
        (BUREAU, "严重", "TS02", "a"),
        (BUREAU, "一般", "TS04", "9901230003"),
        (BUREAU, "提示", "TS01", "a"),
    ]
    last = rows[-1]
    assert (last["规则包"], last["依据"], last["问题说明"], last["整改要求"]) == (
        "某县",
        "《某县办法》第一条",
        "=没有三审",
        "改TS01",
    )
    assert [row["序号"] for row in rows] == [1, 2, 3, 4]


def test_units_by_severity(sheets: dict[str, Any]) -> None:
    """A row a unit, the one with the gravest breaches first, with what is unknown of its things."""
    rows = {row["主办单位"]: row for row in table_of(sheets["单位情况"])}
    own = rows[BUREAU]
    assert (own["严重"], own["一般"], own["提示"], own["问题合计"]) == (1, 1, 1, 3)
    assert own["未知"] == 3  # TS01 and TS02 of 丁号, TS03 of the bureau
    assert list(rows) == [BUREAU, OFFICE]


def test_matrix_marks_every_status(sheets: dict[str, Any]) -> None:
    """A row a thing and a column a rule; the four statuses differ in mark and colour, and a legend tells them."""
    sheet = sheets["账号"]
    rows = {row["检查对象标识码"]: row for row in table_of(sheet, "检查对象标识码")}
    assert {name: row["TS02\n规则TS02"] for name, row in rows.items()} == {"b": "×", "a": "×", "c": "—", "d": "？"}
    assert rows["b"]["TS01\n规则TS01"] == "？"
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in {"×", "—", "？"}]
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3
    assert any("图例" in str(row[0].value) for row in sheet.iter_rows(max_row=4))
    (units,) = [row for row in table_of(sheets["单位"], "单位名称") if row["单位名称"] == OFFICE]
    assert (units["层级"], units["TS03\n规则TS03"]) == ("县级", "√")


def test_reasons_of_what_is_unknown(sheets: dict[str, Any]) -> None:
    """Each reason once a rule, with how many things it holds of, and what to add."""
    rows = {(row["规则编号"], row["未知的原因"]): row for row in table_of(sheets["未知的原因"])}
    assert rows["TS01", "待人工核查"]["数量"] == 2
    assert "规则核查" in rows["TS01", "待人工核查"]["怎样补上"]
    (reason,) = [reason for rule_id, reason in rows if rule_id == "TS02"]
    assert "“发布记录”" in rows["TS02", reason]["怎样补上"]


def test_suggestions_leave_the_decision_to_people(sheets: dict[str, Any]) -> None:
    """Each account that runs has a suggestion with reasons and kinds of problems; the columns to decide in are blank."""
    rows = {row["检查对象标识码"]: row for row in table_of(sheets["处置建议"])}
    assert {name: row["建议"] for name, row in rows.items()} == {"b": "关停", "a": "关停", "d": "保留"}
    assert (rows["a"]["理由"], rows["a"]["问题类型"]) == ("关停：长期不更新", "重复开设")
    assert {rows["a"][name] for name in ("决定", "决定的理由", "决定人", "日期")} == {None}


def test_units_of_one_reason_stand_together(tmp_path: Path) -> None:
    """A reason that names the unit is the same reason for all units."""
    levels = Pack.model_validate(
        {
            **PACK.model_dump(by_alias=True),
            "rules": [{**PACK.rules[2].model_dump(), "binds": {"about": "unit", "levels": ["县级"]}}],
            "signals": [],
        }
    )
    facts = season(units=[replace(unit("甲局"), level=None), replace(unit("乙局"), level=None)])
    write_compliance(judge_season(facts, [levels]), tmp_path / "核查结果.xlsx")
    (row,) = table_of(sheets_of(tmp_path / "核查结果.xlsx")["未知的原因"])
    assert (row["未知的原因"], row["数量"]) == ("单位名录没有写“某单位”的层级", 2)
