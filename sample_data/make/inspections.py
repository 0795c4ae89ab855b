"""The inspections of the first three quarters of 2019, what followed from them, and 考核资料: `year/` as workbooks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from govkit.findings import Batch, Finding, Outcome, SpotCheck
from govkit.issues import Issue
from govkit.quarters import Quarter
from govkit.rectifying import issues_of_inspection
from govkit.scoring import score_spot_check
from sample_data.make.clean import clean_grids
from sample_data.make.facts import findings_of, load_county, measurements_of, read_data
from sample_data.make.season import load_year
from sample_data.make.writing import Grid, Rows, workbook

FOLDER = "年度"
ASSESSMENT = f"{FOLDER}/考核资料.xlsx"
ANSWERS = f"{FOLDER}/整改台账"
_LAST = "2019Q4"  # is `county.toml`

_OUTSIDE_COLUMNS = (
    "检查单位",
    "检查时间",
    "检查对象标识码",
    "检查对象名称",
    "类别",
    "主办单位",
    "结论",
    "单项否决/原因",
)
_FRAUD_COLUMNS = ("单位", "日期", "情况", "来源")
_ANSWER_COLUMNS = (
    "序号",
    "问题编号",
    "检查对象",
    "指标/规则",
    "问题说明",
    "整改情况",
    "整改日期",
    "申诉类型",
    "申诉理由",
)
_RECHECK_COLUMNS = ("问题编号", "检查对象", "复查结果", "复查日期", "复查说明", "新的期限")
_DECISION_COLUMNS = ("问题编号", "检查对象", "申诉类型", "处理结果", "处理日期", "处理理由", "核减后数量", "新的期限")


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection of the year, and what is expected of the objects at which anything was found."""

    quarter: Quarter
    check: SpotCheck
    expected: Mapping[str, Mapping[str, Any]]

    @property
    def path(self) -> str:
        """Where its workbook stands, below `sample_data`."""
        return f"{FOLDER}/{self.check.batch.source}"


@cache
def load_inspections() -> tuple[Inspected, ...]:
    """Read the inspections of the first three quarters."""
    return tuple(map(_inspected, read_data("year/inspections.toml")["quarters"]))


def _inspected(data: Mapping[str, Any]) -> Inspected:
    quarter, county = Quarter.read(data["quarter"]), load_county().check
    own = {subject.id for subject in county.subjects} - set(data["without"])
    ledger = next(facts.season.subjects for facts in load_year() if facts.quarter == quarter)
    subjects = tuple(subject for subject in ledger if subject.id in own and not subject.is_closed)
    source = f"青禾县{quarter.name}.xlsx"
    batch = Batch(data["name"], data["as_of"], county.batch.rubric_id, county.batch.organiser, source, Outcome.CLEAR)
    told = [{**entry, "inspector": data["inspector"], "checked": data["checked"]} for entry in data["objects"]]
    findings: list[Finding] = [finding for entry in told for finding in findings_of(entry)]
    measurements = [measured for entry in told for measured in measurements_of(entry, batch)]
    expected = {entry["id"]: entry["expect"] for entry in told}
    return Inspected(quarter, SpotCheck(batch, subjects, tuple(findings), tuple(measurements)), expected)


def year_files() -> dict[str, bytes]:
    """All workbooks of the year, by their paths below `sample_data`."""
    inspected, county = load_inspections(), load_county()
    follow_up, assessment = read_data("year/follow_up.toml"), read_data("year/assessment.toml")
    issues = {each.quarter.code: _issues(each.check) for each in inspected} | {_LAST: _issues(county.check)}
    return {
        **{each.path: workbook(clean_grids(county, each.check), finished=True) for each in inspected},
        ASSESSMENT: workbook([_outside(assessment), _frauds(assessment)], finished=True),
        **{
            f"{FOLDER}/{name}": workbook(
                [_rechecks(follow_up, issues, name), _decisions(follow_up, issues, name)], finished=True
            )
            for name in dict.fromkeys(each["file"] for key in ("rechecks", "decisions") for each in follow_up[key])
        },
        **{
            f"{ANSWERS}/{sheet['file']}": workbook([_answers(sheet, issues[sheet["quarter"]])], finished=True)
            for sheet in follow_up["sheets"]
        },
    }


_Issues = Mapping[tuple[str, str], Issue]


def _issues(check: SpotCheck) -> _Issues:
    """The problems of which units are told, by object and item."""
    inspection = score_spot_check(load_county().rubric, check)
    return {(issue.subject_id, issue.item): issue for issue in issues_of_inspection(inspection)}


def _outside(data: Mapping[str, Any]) -> Grid:
    rows: Rows = [
        [*(each[name] for name in ("level", "when", "id", "name", "kind", "sponsor", "verdict")), each.get("why")]
        for each in data["outside"]
    ]
    return Grid("外部抽查结果", [[*_OUTSIDE_COLUMNS], *rows])


def _frauds(data: Mapping[str, Any]) -> Grid:
    rows: Rows = [[each["unit"], each["when"], each["what"], each["source"]] for each in data["frauds"]]
    return Grid("弄虚作假记录", [[*_FRAUD_COLUMNS], *rows])


def _answers(sheet: Mapping[str, Any], issues: _Issues) -> Grid:
    """A sheet as a unit sends it back: all its problems, and what it filled in."""
    told = {(row["id"], row["item"]): row for row in sheet.get("rows", ())}
    units = {issue.sponsor for key, issue in issues.items() if key in told}
    own = [(key, issue) for key, issue in issues.items() if issue.sponsor in units]
    if "but" in sheet:
        own = [(key, issue) for key, issue in issues.items() if issue.sponsor not in sheet["but"]]
        told = {key: sheet for key, _ in own}
    rows: Rows = []
    for number, (key, issue) in enumerate(own, 1):
        row = told.get(key, {})
        indicator = f"{issue.indicator}（{issue.item}）"
        rows.append(
            [
                *(number, issue.id, issue.name, indicator, issue.what),
                *(row.get("done"), row.get("day"), row.get("asks"), row.get("reason")),
            ]
        )
    return Grid("整改台账", [[*_ANSWER_COLUMNS], *rows])


def _rechecks(data: Mapping[str, Any], issues: Mapping[str, _Issues], file: str) -> Grid:
    rows: Rows = []
    for each, issue in _noted([each for each in data["rechecks"] if each["file"] == file], issues):
        word: str = "通过" if each["passed"] else "未通过"
        rows.append([issue.id, issue.name, word, each["day"], each.get("note"), each.get("deadline")])
    return Grid("复查记录", [[*_RECHECK_COLUMNS], *rows])


def _noted(
    entries: list[Mapping[str, Any]], issues: Mapping[str, _Issues]
) -> Iterator[tuple[Mapping[str, Any], Issue]]:
    for entry in entries:
        own = issues[entry["quarter"]]
        if "but" in entry:
            yield from ((entry, issue) for issue in own.values() if issue.sponsor not in entry["but"])
        yield from ((entry, own[subject_id, item]) for subject_id, item in entry.get("these", ()))


def _decisions(data: Mapping[str, Any], issues: Mapping[str, _Issues], file: str) -> Grid:
    asked = {
        (sheet["quarter"], row["id"], row["item"]): row.get("asks")
        for sheet in data["sheets"]
        for row in sheet.get("rows", ())
        if row.get("asks")
    }
    rows: Rows = []
    for each in (each for each in data["decisions"] if each["file"] == file):
        issue = issues[each["quarter"]][each["id"], each["item"]]
        word: str = "采纳" if each["accepted"] else "不采纳"
        asks: str = asked[each["quarter"], each["id"], each["item"]]
        rows.append(
            [issue.id, issue.name, asks, word, each["day"], each["reason"], each.get("left"), each.get("deadline")]
        )
    return Grid("申诉处理", [[*_DECISION_COLUMNS], *rows])
