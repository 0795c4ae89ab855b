"""Reports on a year: each figure is that of ledgers, checks and cases, and what nobody has told is a marked gap."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from govkit.assessing import assess
from govkit.documents import Report, report, write_report
from govkit.documents.engine import Fact
from govkit.documents.report import facts
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.quarters import Quarter
from govkit.reading import read_season, read_spot_check
from govkit.reporting import Listed, ReportKind, YearTold, report_kind, report_kinds, year_report
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, score_spot_check
from govkit.sheets import OutputError
from govkit.sheets.template import TEMPLATES
from tests.assessing import years as assessing
from tests.documents.test_bulletin import per_cent
from tests.documents.words import marked, paragraphs, tables
from tests.reporting.years import BUREAU, EMPTY, NOW, OFFICE, TOLD, UNITS

ROOT = Path(__file__).parents[2]
ANNUAL, PROGRESS, REVIEW = map(report_kind, ("年度报告", "整改落实情况", "年审报告"))
NAMES = {Kind.SITE: "政府网站", Kind.ACCOUNT: "政务新媒体"}
QUARTERS = [Quarter(2019, number).name for number in range(1, 5)]


def sample() -> YearTold:
    """The year of the made-up county: its ledgers of the first and last quarter, and the check of the last."""
    check = read_spot_check(ROOT / "sample_data" / "青禾县2019年第四季度.xlsx")
    inspection = score_spot_check(load_rubric(check.batch.rubric_id), check)
    first, last = (
        read_season([ROOT / "sample_data" / "季度" / f"2019Q{number}.xlsx"], Quarter(2019, number).period)
        for number in (1, 4)
    )
    now, before = Listed(Quarter(2019, 4), last.subjects), Listed(Quarter(2019, 1), first.subjects)
    return YearTold(2019, date(2020, 1, 5), now, before, last.filings, (inspection,), None, last.units)


SAMPLE = sample()


def made(kind: ReportKind, told: YearTold = TOLD, unit: str = "") -> bytes:
    """The document."""
    return report(Report(year_report(kind, told, unit), OFFICE))


def text(content: bytes) -> str:
    """Its paragraphs as one text."""
    return "\n".join(paragraphs(content))


def results(inspections: tuple[Inspection, ...], kind: Kind) -> list[tuple[str, str, Inspection]]:
    """Quarter, verdict and inspection of each object that was checked."""
    return [
        (Quarter.of(each.batch.as_of).name, str(result.score.verdict), each)
        for each in inspections
        for result in each.objects
        if result.subject.kind == kind
    ]


def quarter_rows(told: YearTold, kind: Kind) -> list[list[str]]:
    """The lines of the quarters, worked out from the verdicts one by one."""
    found = results(told.inspections or (), kind)
    rows = []
    for name in QUARTERS:
        verdicts = [verdict for quarter, verdict, _ in found if quarter == name]
        passed, failed, left = map(verdicts.count, ("pass", "fail", "incomplete"))
        known = [str(passed + failed), str(passed), str(failed), per_cent(passed, passed + failed), str(left)]
        gaps = [f"【待填：{each}】" for each in ("检查数", "合格数", "不合格数", "合格率", "未完成数")]
        rows.append([name, *(known if verdicts else gaps)])
    return rows


@pytest.mark.parametrize("told", [TOLD, SAMPLE], ids=["small", "sample"])
def test_checks_quarter_by_quarter(told: YearTold) -> None:
    """Checked, passed, failed, pass rate with its fraction, and unfinished; a quarter that nobody told is gaps."""
    sites, accounts = [table for table in tables(made(ANNUAL, told)) if table[0][0] == "季度" and len(table[0]) == 6]
    for table, kind in ((sites, Kind.SITE), (accounts, Kind.ACCOUNT)):
        assert table[1:5] == quarter_rows(told, kind)
        assert table[5][:2] == ["全年", "【待填：检查数】"]
    (only,) = [table for table in tables(made(PROGRESS, told)) if table[0][0] == "季度" and len(table[0]) == 6]
    assert only == accounts


def test_a_year_of_four_quarters_has_a_sum() -> None:
    """Where all quarters are told, the year is their sum, with its own rate."""
    told = replace(TOLD, inspections=_four())
    (sites, _) = [table for table in tables(made(ANNUAL, told)) if table[0][0] == "季度" and len(table[0]) == 6]
    verdicts = [verdict for _, verdict, _ in results(told.inspections or (), Kind.SITE)]
    passed, failed, left = map(verdicts.count, ("pass", "fail", "incomplete"))
    assert sites[5] == [
        "全年",
        *map(str, (passed + failed, passed, failed)),
        per_cent(passed, passed + failed),
        str(left),
    ]


def _four() -> tuple[Inspection, ...]:
    """The last check of the small year in each of its quarters."""
    last = (TOLD.inspections or ())[-1]
    return tuple(
        replace(last, batch=replace(last.batch, name=f"{number}", as_of=Quarter(2019, number).last))
        for number in range(1, 5)
    )


@pytest.mark.parametrize("told", [TOLD, SAMPLE], ids=["small", "sample"])
def test_why_objects_failed_and_which(told: YearTold) -> None:
    """How many failed and for which reasons, each counted by hand; the annex has each of them with its reason."""
    content = made(ANNUAL, told)
    expected = []
    for kind in Kind:
        failed = [
            (each, inspection)
            for inspection in told.inspections or ()
            for each in inspection.objects
            if each.subject.kind == kind and each.score.verdict == "fail"
        ]
        reasons = Counter[str]()
        for each, inspection in failed:
            rows = {inspection.rubric.row_of[code].name for code in each.score.vetoes}
            reasons.update(rows or {"得分低于60分"})
        (line,) = [line for line in paragraphs(content) if line.startswith(f"以上检查{NAMES[kind]}")]
        assert line.startswith(f"以上检查{NAMES[kind]}共不合格{len(failed)}个次，原因是：")
        listed = line.split("原因是：")[1].split("（")[0].split("、")
        spoken = "、".join(listed)
        for name, number in reasons.items():
            assert f"{name}{number}个次" in spoken
        assert sum(int(number) for number in re.findall(r"(\d+)个次", spoken)) == reasons.total()
        expected += [(each.subject.name, each.subject.sponsor) for each, _ in failed]
    (annex,) = [table for table in tables(content) if table[0] == ["季度", "名称", "标识码", "主办单位", "原因"]]
    assert [(row[1], row[3]) for row in annex[1:]] == expected
    assert all(row[4] for row in annex[1:])


@pytest.mark.parametrize("told", [TOLD, SAMPLE], ids=["small", "sample"])
@pytest.mark.parametrize("kind", [ANNUAL, PROGRESS], ids=["annual", "progress"])
def test_what_runs(told: YearTold, kind: ReportKind) -> None:
    """How many sites and accounts run, on which platforms, and how many of them the ledger calls filed."""
    words = text(made(kind, told))
    assert told.now is not None
    running = [
        each
        for each in told.now.subjects
        if each.details.get("状态", each.details.get("账号状态"))
        not in {"关停", "注销", "迁移", "删除", "已发关停公告"}
    ]
    sites, accounts = ([each for each in running if each.kind == of] for of in Kind)
    if kind is ANNUAL:
        assert f"全县正在运行政府网站{len(sites)}个。" in words
    platforms = Counter(each.details["账号类型"] for each in accounts)
    (line,) = re.findall(r"正在运行政务新媒体(\d+)个，其中(.*?)。", words)
    assert int(line[0]) == len(accounts)
    assert dict(re.findall(r"([^、]+?)(\d+)个", line[1])) == {name: str(number) for name, number in platforms.items()}
    filed = Counter(each.details.get("备案", "") for each in accounts)
    assert f"台账登记已备案的{filed['是']}个，未备案的{filed['否']}个，没有登记是否备案的{filed['']}个。" in words
    if kind is PROGRESS:
        assert (
            f"运行政务新媒体的单位有{len({UNITS[BUREAU].name if e.sponsor == '县教育局' else e.sponsor for e in accounts} - {''})}个。"
            in words
        )


def test_what_changed() -> None:
    """Each sort of change with its number and filings, and all of them in the annex; worked out by hand."""
    content = made(ANNUAL)
    words = text(content)
    assert (
        "与2018年第四季度台账相比，开设0个，关停1个（查到备案记录1个、未见0个），更名1个（查到备案记录0个、未见1个），"
        "变更主办单位0个（见附件1）。"
    ) in words
    assert (
        "开设2个（查到备案记录1个、未见1个），关停1个（查到备案记录0个、未见1个），更名0个，"
        "变更主办单位1个（查到备案记录0个、未见1个），变更主体1个（查到备案记录0个、未见1个）（见附件1）。"
    ) in words
    (annex,) = [table for table in tables(content) if table[0][0] == "事项"]
    assert [(row[0], row[1], row[4], row[5]) for row in annex[1:]] == [
        ("更名", "教育网", "网站2→教育网", "未见备案记录"),
        ("关停", "网站3", "", "2019年5月6日"),
        ("变更主体", "账号1", "县政府办→青禾县传媒公司", "未见备案记录"),
        ("变更主办单位", "账号2", "青禾县教育局→青禾县一中", "未见备案记录"),
        ("开设", "账号5", "", "2019年3月4日"),
        ("开设", "账号6", "", "未见备案记录"),
        ("关停", "账号4", "", "未见备案记录"),
    ]
    untold = made(ANNUAL, replace(TOLD, filings=None))
    assert "开设2个（查到备案记录【待填：账号变化开设有备案】个、未见【待填：账号变化开设未见备案】个）" in text(untold)
    (annex,) = [table for table in tables(untold) if table[0][0] == "事项"]
    assert {row[5] for row in annex[1:]} == {"【待填：备案】"}


@pytest.mark.parametrize("kind", [ANNUAL, PROGRESS], ids=["annual", "progress"])
def test_what_became_of_problems(kind: ReportKind) -> None:
    """How many were told, by state on the day, and which are overdue."""
    content = made(kind)
    states = Counter[str]()
    late = []
    for case in TOLD.cases or ():
        if kind is ANNUAL or case.issue.kind == "account":
            events = [event for event in case.events if event.day <= TOLD.as_of]
            states[("待整改", "已报整改", "复查通过")[len(events) - 1]] += 1
            late += [case.issue.id] if len(events) == 1 else []
    (line,) = [line for line in paragraphs(content) if line.startswith("截至2020年1月31日")]
    assert f"共通知整改{states.total()}个" in line
    assert dict(re.findall(r"(待整改|已报整改|复查通过)(\d+)个", line)) == {name: str(n) for name, n in states.items()}
    assert f"逾期没有报送整改情况的{len(late)}个（见附件3）。" in line
    (annex,) = [table for table in tables(content) if table[0][:2] == ["序号", "问题编号"]]
    assert [row[1] for row in annex[1:]] == late


@pytest.mark.parametrize("told", [TOLD, SAMPLE], ids=["small", "sample"])
def test_the_most_frequent_problems(told: YearTold) -> None:
    """How many problems were found, and the ten indicators that most were about, with the objects that have them."""
    words = text(made(ANNUAL, told))
    for kind in Kind:
        hits: dict[str, list[str]] = {}
        for inspection in told.inspections or ():
            for each in inspection.objects:
                if each.subject.kind == kind and each.score.verdict != "incomplete":
                    for code, judgement in each.judgements.items():
                        if judgement.outcome == Outcome.FOUND and not code.startswith("B"):
                            hits.setdefault(inspection.rubric.row_of[code].name, []).append(each.subject.id)
        (line,) = [line for line in words.splitlines() if line.startswith(f"检查{NAMES[kind]}共发现问题")]
        assert line.startswith(f"检查{NAMES[kind]}共发现问题{sum(map(len, hits.values()))}个，最多的是：")
        listed = re.findall(r"[：、]([^：]+?)(\d+)个（涉及(\d+)个对象）", line)
        assert len(listed) == min(10, len(hits))
        assert all(int(number) == len(hits[name]) and int(ids) == len(set(hits[name])) for name, number, ids in listed)
        numbers = [int(number) for _, number, _ in listed]
        assert numbers == sorted(map(len, hits.values()), reverse=True)[:10]


def test_six_parts() -> None:
    """整改落实情况 has the six parts of the notice, in its order, and no other."""
    headings = [line for line in paragraphs(made(PROGRESS)) if re.match("[一二三四五六七八]、", line)]
    names = ("开设数量", "基本情况", "取得成效", "存在问题", "整改情况", "意见建议")
    assert [heading.partition("、")[2] for heading in headings] == list(names)
    assert "在同一平台运行几个账号的单位：青禾县教育局（微信公众号2个）。" in text(made(PROGRESS))


def test_review_account_by_account() -> None:
    """年审 tells each account with its ledger, the verdict of each quarter, its problems, and gaps for judgements."""
    content = made(REVIEW, TOLD, "青禾县一中")
    own = [each for each in NOW if each.kind == Kind.ACCOUNT and each.sponsor == "青禾县一中"]
    sheets = [table for table in tables(content) if table[0][0] == "标识码"]
    assert [line for line in paragraphs(content) if re.match(r"\d．", line)] == [
        f"{number}．{each.name}" for number, each in enumerate(own, 1)
    ]
    assert len(sheets) == len(own)
    for sheet, subject in zip(sheets, own, strict=True):
        cells = {row[at]: row[at + 1] for row in sheet[:4] for at in (0, 2)}
        assert cells["标识码"] == subject.id
        assert cells["平台"] == subject.details["账号类型"]
        assert cells["账号主体"] == "【待填：主体】"
        assert cells["是否备案"] == subject.details.get("备案", "【待填：备案】")
        verdicts = {}
        for inspection in TOLD.inspections or ():
            if not inspection.of_kind(Kind.ACCOUNT):
                continue
            own_verdict = [str(each.score.verdict) for each in inspection.objects if each.subject.id == subject.id]
            name = {"pass": "合格", "fail": "不合格"}[own_verdict[0]] if own_verdict else "未抽查"
            verdicts[Quarter.of(inspection.batch.as_of).name] = name
        assert [row[:2] for row in sheet[4:8]] == [[q, verdicts.get(q, "【待填：结论】")] for q in QUARTERS]
        assert [row[1] for row in sheet[8:]] == ["【待填：自评意见】", "【待填：审查意见】"]
        number = sum(case.issue.subject_id == subject.id for case in TOLD.cases or ())
        assert cells["全年发现问题"] == f"{number}个"
    (problems,) = [table for table in tables(content) if table[0][1] == "来源"]
    states = [
        ("待整改", "已报整改", "复查通过")[sum(event.day <= TOLD.as_of for event in case.events) - 1]
        for case in TOLD.cases or ()
        if case.issue.subject_id == own[0].id
    ]
    assert sorted(row[4] for row in problems[1:]) == sorted(f"{state}（期限2020-01-23）" for state in states)
    assert "填报人（签字）" in text(content)


def test_problems_of_which_nobody_was_told() -> None:
    """Without a register the rectification of a problem is a gap; where there is one, it was not told."""
    for cases, words in ((None, "【待填：整改】"), ((), "未通知整改")):
        content = made(REVIEW, replace(TOLD, cases=cases), "青禾县一中")
        (problems,) = [table for table in tables(content) if table[0][1] == "来源"]
        assert {row[4] for row in problems[1:]} == {words}


def test_account_without_a_code() -> None:
    """An account that goes by its name has no code: that is a gap, and its name is not told as one."""
    subject = replace(NOW[3], id=f"{NOW[3].name}（微信公众号）")
    told = replace(TOLD, now=Listed(Quarter(2019, 4), (subject,)))
    (sheet,) = [table for table in tables(made(REVIEW, told, OFFICE)) if table[0][0] == "标识码"]
    assert sheet[0][1] == "【待填：标识码】"
    assert [sheet[2][1], sheet[2][3]] == ["2018-05-01", "2019-12-20"]


@pytest.mark.parametrize("unit", ["", BUREAU], ids=["county", "unit"])
def test_assessment(unit: str) -> None:
    """年度考核 of a unit is its verdict, that of the county how many have which; a unit that is not assessed says so."""
    told = assessing.facts(assessing.result(), assessing.result(number="b"), units=(assessing.unit(BUREAU, *_LEVEL),))
    content = made(ANNUAL, replace(TOLD, assessment=assess(told, assessing.RULE)), unit)
    standings = [str(each.standing) for each in assess(told, assessing.RULE).units]
    numbers = tuple(map(standings.count, ("pass", "fail", "open")))
    assert numbers[1] == 1
    line = "不合格" if unit else "合格 {} 个，不合格 {} 个，待定 {} 个".format(*numbers)
    assert f"年度考核结论：{line}。" in paragraphs(content)
    other = made(ANNUAL, replace(TOLD, assessment=assess(told, assessing.RULE)), EMPTY)
    assert "年度考核结论：不在考核对象之列。" in paragraphs(other)


_LEVEL = (assessing.UNITS[1].level, assessing.UNITS[1].category)


def test_who_writes_to_whom_by_which_clause_until_when() -> None:
    """A unit writes to the office; that of the county has a gap for whom nobody named; the clause and day are told."""
    own, whole = paragraphs(made(ANNUAL, TOLD, BUREAU)), paragraphs(made(ANNUAL))
    assert own[:3] == [BUREAU, "2019年政府网站和政务新媒体监管工作年度报告", "县政府办公室："]
    assert whole[0] == OFFICE
    assert whole[2] == "【待填：主送机关】："
    assert "四（一）。报送期限：2020年1月5日；期限前最后一个工作日：2020年1月3日。" in "\n".join(own)
    assert "报送期限：2019年12月31日；" in text(made(REVIEW, TOLD, BUREAU))
    assert "报送期限：【待填：报送期限】" in text(made(PROGRESS, replace(TOLD, year=2020)))
    assert "【待填：报告单位】" in marked(report(Report(year_report(ANNUAL, TOLD))))


PROSE = {
    ANNUAL.id: {"报告日期", "整改工作的主要做法", "问题的原因", "下一步打算"},
    PROGRESS.id: {
        *("报告日期", "整改工作的主要做法", "问题的原因", "取得成效", "意见建议"),
        "机构、人员、经费和审核制度等情况",
    },
    REVIEW.id: {"报告日期"},
}


@pytest.mark.parametrize("kind", report_kinds(), ids=lambda kind: kind.template)
def test_a_year_of_nothing_has_no_gaps_but_prose(kind: ReportKind) -> None:
    """Told that there is nothing, each figure is 0 and each list is none: only prose is left to people."""
    listed = Listed(Quarter(2019, 4), ())
    told = YearTold(2019, TOLD.as_of, listed, listed, (), (), (), UNITS, assess(assessing.facts(), assessing.RULE))
    content = made(kind, told, EMPTY)
    assert set(marked(content)) == {f"【待填：{name}】" for name in PROSE[kind.id]}
    words = text(content)
    assert re.search(r"没有正在运行的政务新媒体|全年检查没有涉及.*政务新媒体", words)
    if kind.id != REVIEW.id:
        assert words.count("无。") == 3
        assert "共通知整改0个；逾期没有报送整改情况的0个。" in words


@pytest.mark.parametrize("kind", report_kinds(), ids=lambda kind: kind.template)
def test_a_year_of_which_nobody_told_anything(kind: ReportKind) -> None:
    """Nothing is made up: no figure but those of the year and the clause stands in the text, and no list is none."""
    content = made(kind, YearTold(2019, TOLD.as_of), EMPTY)
    words = text(content)
    assert not re.search(r"\d+个", words)
    assert "无。" not in words
    gaps = set(marked(content))
    assert {f"【待填：{name}】" for name in PROSE[kind.id]} < gaps
    names = {"台账", "账号运行数"}
    if kind.id == ANNUAL.id:
        names |= {"网站运行数", "政府网站年内变化情况", "整改通知数", "整改逾期数", "年度考核", "账号问题数"}
    if kind.id == PROGRESS.id:
        names |= {"单位数", "年内变化清单", "不合格名单", "逾期清单"}
    if kind.id == REVIEW.id:
        names |= {"各账号情况"}
    assert {f"【待填：{name}】" for name in names} <= gaps


def test_names_of_people_cannot_break_the_document() -> None:
    """Tags and marks in names stand in the document as text."""
    name = "<w:p>&{{ 7 }}{% if %}{_{"
    listed = Listed(Quarter(2019, 4), tuple(replace(each, name=name, sponsor=name) for each in NOW))
    told = replace(TOLD, now=listed)
    assert f"1．{name}" in paragraphs(made(REVIEW, told, name))


def test_every_name_is_documented() -> None:
    """The page on templates lists each name of the templates, and those of their groups and lines."""
    section = (ROOT / "docs" / "templates.zh-CN.md").read_text(encoding="utf-8").partition("### 年度报告.docx、")[2]
    listed = set(re.findall(r"`([^`]+)`", section))

    def names(told: Fact) -> set[str]:
        if isinstance(told, Mapping):
            return {*told, *(name for value in told.values() for name in names(value))}
        if isinstance(told, list):
            return {name for line in told for name in names(line)}
        return set()

    for kind in report_kinds():
        assert names(facts(Report(year_report(kind, TOLD)))) <= listed
        assert kind.template in section or kind.id == ANNUAL.id


def test_writing(tmp_path: Path) -> None:
    """The same facts give the same bytes; one that is there is not replaced."""
    told = Report(year_report(ANNUAL, TOLD), OFFICE)
    write_report(told, tmp_path / "报告.docx")
    assert (tmp_path / "报告.docx").read_bytes() == report(told)
    with pytest.raises(OutputError, match="没有替换"):
        write_report(replace(told, reporter="别的"), tmp_path / "报告.docx")
    assert (tmp_path / "报告.docx").read_bytes() == report(told)


@pytest.mark.parametrize("kind", report_kinds(), ids=lambda kind: kind.template)
def test_templates_look_official(kind: ReportKind) -> None:
    """A4 with the margins of GB/T 9704, and no name of a person."""
    document = Document(str(TEMPLATES / kind.template))
    first = document.sections[0]
    sides = (first.page_width, first.page_height, first.top_margin, first.bottom_margin, first.left_margin)
    assert [round(side.mm) for side in sides if side] == [210, 297, 37, 35, 28]
    assert document.core_properties.author == "govkit"


@pytest.mark.parametrize("kind", report_kinds(), ids=lambda kind: kind.template)
def test_reports_are_printed(kind: ReportKind, document_to_pdf: Callable[[Path], Path], tmp_path: Path) -> None:
    """LibreOffice prints each of them."""
    write_report(Report(year_report(kind, TOLD, BUREAU)), tmp_path / "报告.docx")
    assert document_to_pdf(tmp_path / "报告.docx").read_bytes().startswith(b"%PDF")
