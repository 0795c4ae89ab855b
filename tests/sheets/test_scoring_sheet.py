"""The sheet of one object. Clause: 附件 指标说明, and the tables of the annex."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.figures import two_places
from govkit.findings import Filing, Finding, Outcome, Stage
from govkit.ledger import Subject
from govkit.scoring import Inspection
from govkit.sheets.text import clean, escaped
from tests.sheets.builders import (
    CASES,
    RUBRIC,
    account,
    by_name,
    filed,
    found,
    in_words,
    inspection,
    item_rows,
    judged,
    measured,
    opened,
    scoring_sheet,
    site,
)

AT_80 = {"D16.1": 1, "D4.1": 1, "D5.1": 1, "D10.1": 1, "B6.1": 1}
AT_57 = {"D4.1": 1, "D5.1": 1, "D6.1": 1, "D10.1": 1, "D11.1": 1, "D16.1": 1, "D18.1": 1, "D19.1": 4}


def sheet_of(season: Inspection, number: int = 0) -> bytes:
    """The sheet of one object of an inspection."""
    return scoring_sheet(season, season.objects[number])


def lines(*findings: Finding, of: Subject | None = None) -> dict[str, dict[str, object]]:
    """The lines of the sheet of one object, by item."""
    return item_rows(opened(sheet_of(inspection([of or site()], findings))).worksheets[0])


def total_cells(*findings: Finding, of: Subject | None = None) -> dict[str, object]:
    """The totals of the sheet of one site."""
    workbook = opened(sheet_of(inspection([of or site()], findings)))
    return {name: by_name(workbook, name) for name in ("扣分合计", "扣分指标得分", "加分指标得分", "最后得分")}


@pytest.mark.parametrize("case", sorted(CASES))
def test_sheet_is_as_reviewed(case: str, golden: Callable[[str, str], None]) -> None:
    """Every cell, merge and print setting of the sheet is the one that a person has looked at."""
    golden(case, in_words(opened(sheet_of(CASES[case]))))


@pytest.mark.parametrize(("subject", "number"), [(site(), 89), (site(service=False), 89), (account(), 8)])
def test_every_item_stands_in_annex_order(subject: Subject, number: int) -> None:
    """All items have a line with their official wording, also those that are out of scope."""
    assert len(lines(of=subject)) == number


def test_whole_row_wording_is_there() -> None:
    """Leads stand before the first item of a row, tails and notes after its last."""
    shown = lines()
    for row in RUBRIC.rows:
        codes = [item.code for item in row.items if item.code in shown]
        if codes:
            assert "\n".join(str(shown[code]["评分细则"]) for code in codes) == RUBRIC.row_wording(row)


def test_near_a_limit_is_said() -> None:
    """A measured quantity that is close to its limit is marked; it never scores."""
    notes = {}
    for number in (2, 4):
        sheet = sheet_of(inspection([site()], measurements=[measured(site(), "空白栏目数", number)]))
        notes[number] = str(item_rows(opened(sheet).worksheets[0])["V4.3"]["问题说明"])
    assert "接近单项否决界限" in notes[4]
    assert "接近" not in notes[2]


def test_measured_quantity_stays_off_what_a_person_judged() -> None:
    """Where a person has judged, the person's note stands alone."""
    findings = [judged(site(), "V4.3", Outcome.CLEAR, note="逐个点开看过")]
    season = inspection([site()], findings, [measured(site(), "空白栏目数", 2)])
    assert item_rows(opened(sheet_of(season)).worksheets[0])["V4.3"]["问题说明"] == "逐个点开看过"


def test_veto_leaves_parts_two_and_three_unscored_in_words() -> None:
    """After a veto every points cell of parts two and three says 不再评分, and none 0; so do results nobody recorded."""
    findings = (found(site(), "V1.1"), found(site(), "D4.1", note="未开设"), found(site(), "B6.1"))
    shown = lines(*findings)
    assert shown["V1.1"]["检查结果"] == "发现问题"
    for code, cells in shown.items():
        if code[0] in "DB":
            assert cells["单条\n扣(得)分"] == cells["本项\n扣(得)分"] == "不再评分", code
            recorded = {"D4.1": "发现问题", "B6.1": "符合"}
            assert cells["检查结果"] == recorded.get(code, "不再评分")
            assert cells["数量"] == (1 if code in recorded else "—")
    assert shown["D4.1"]["问题说明"] == "未开设"  # what was found stays on record
    assert set(total_cells(*findings).values()) == {"不再评分"}


@pytest.mark.parametrize(("counts", "part2"), [(AT_80, 80), (AT_57, 57)])
def test_bonus_that_does_not_count_says_so(counts: dict[str, int], part2: int) -> None:
    """Where part two is 80 or less, or below 60, bonus cells say 不评分, not 0."""
    findings = [found(site(), code, count) for code, count in counts.items()]
    bonus = [cells for code, cells in lines(*findings).items() if code.startswith("B")]
    assert {cells["检查结果"] for cells in bonus} <= {"不评分", "符合"}
    assert {cells["单条\n扣(得)分"] for cells in bonus} == {"不评分"}
    assert {cells["单条\n扣(得)分"] for cells in bonus} == {cells["本项\n扣(得)分"] for cells in bonus} == {"不评分"}
    totals = total_cells(*findings)
    assert totals["加分指标得分"] == "不评分"
    assert totals["最后得分"] == totals["扣分指标得分"] == part2


def test_row_shows_points_before_and_after_its_cap() -> None:
    """Each item shows what it alone takes, and its row what is left of that by the cap."""
    shown = lines(found(site(), "D19.1", 4), found(site(), "D19.2", 1), found(site(), "B8.3", 2))
    assert [shown[code]["单条\n扣(得)分"] for code in ("D19.1", "D19.2", "D19.3")] == [8, 2, 0]
    assert shown["D19.1"]["本项\n扣(得)分"] == 7
    assert shown["B8.3"]["单条\n扣(得)分"] == shown["B8.3"]["本项\n扣(得)分"] == 2
    assert shown["D19.1"]["数量"] == 4


@pytest.mark.parametrize("outcome", [Outcome.UNCHECKED, Outcome.CANNOT_TELL])
def test_incomplete_object_has_a_range_and_no_total(outcome: Outcome) -> None:
    """An open item makes its points 待定; there is no total, but the range that is still possible."""
    season = inspection([site()], [judged(site(), "D19.2", outcome), found(site(), "D4.1")])
    workbook = opened(sheet_of(season))
    assert by_name(workbook, "最后得分") == "未完成"
    assert by_name(workbook, "得分范围") == "88.00 至 95.00"
    shown = item_rows(workbook.worksheets[0])
    assert shown["D19.2"]["单条\n扣(得)分"] == shown["D19.1"]["本项\n扣(得)分"] == "待定"
    assert shown["D4.1"]["本项\n扣(得)分"] == 5


def test_complete_object_has_no_row_for_a_range() -> None:
    """The row for the range is not printed where there is a total."""
    workbook = opened(sheet_of(inspection([site()])))
    assert "得分范围" not in workbook.defined_names
    assert "得分范围" not in in_words(workbook)


@pytest.mark.parametrize("service", [True, False])
def test_scaling_is_shown_only_where_it_applies(*, service: bool) -> None:
    """The line with ×4/3 stands in the sheets of units without public services, and in no other."""
    text = in_words(opened(sheet_of(inspection([site(service=service)], [found(site(), "D16.1")]))))
    assert ("68 × 4/3 = 90.67" in text) is not service
    assert ("换算" in text) is not service


def test_out_of_scope_rows_stay_and_say_why() -> None:
    """Without public services, the items on services are marked 不检查 with the reason, and have no points."""
    shown = lines(of=site(service=False))
    for code in ("V6.1", "D10.1", "D13.4", "B5.1"):
        assert shown[code]["检查结果"] == "不检查"
        assert shown[code]["问题说明"] == "无对外服务职能，不检查本项"
        assert shown[code]["本项\n扣(得)分"] == "—"
    assert shown["D9.1"]["检查结果"] == "未发现"


def test_inspectors_are_named_only_if_all_are_known() -> None:
    """检查人员 lists everybody who judged; it stays empty for handwriting if one of them is unknown."""
    known = [found(site(), "D4.1"), Finding(site().id, "D5.1", Outcome.FOUND, inspector="李四")]
    assert by_name(opened(sheet_of(inspection([site()], known))), "检查人员") == "张三、李四"
    unknown = [*known, Finding(site().id, "D6.1", Outcome.FOUND)]
    assert by_name(opened(sheet_of(inspection([site()], unknown))), "检查人员") is None


def test_identifiers_stay_text() -> None:
    """A code of digits is text, also after somebody edits its cell, and keeps its leading zeros."""
    workbook = opened(sheet_of(inspection([site("0050230001")])))
    title, coordinate = next(iter(workbook.defined_names["网站标识码"].destinations))
    cell = workbook[title][coordinate]
    assert (cell.value, cell.data_type, cell.number_format) == ("0050230001", "s", "@")


def test_long_note_goes_on_in_further_rows() -> None:
    """A note too long for one row is continued under it, whole; everything else stands once beside it."""
    note = "".join(f"第{number}处：解读稿没有与文件关联。" for number in range(200))
    sheet = opened(sheet_of(inspection([site()], [found(site(), "D8.1", 3, note)]))).worksheets[0]
    column = next(cell.column for cell in sheet[9] if cell.value == "问题说明")
    values = [sheet.cell(row, column).value for row in range(10, sheet.max_row)]
    pieces = [value for value in values if isinstance(value, str)]
    assert len(pieces) > 3
    assert "".join(pieces) == note
    assert all((dimension.height or 0) <= 409 for dimension in sheet.row_dimensions.values())
    assert item_rows(sheet)["D8.1"]["检查结果"] == "发现问题"


SUBMITTED, REVIEWED = datetime(2019, 12, 20, 6, 3, tzinfo=UTC), datetime(2019, 12, 21, 1, 10, tzinfo=UTC)
LOCALLY = [f"{at.astimezone():%Y-%m-%d %H:%M}" for at in (SUBMITTED, REVIEWED)]


@pytest.mark.parametrize("case", ["site_bonus", "account_veto"])
@pytest.mark.parametrize(
    ("filing", "words"),
    [
        (Filing(), "第 1 版 · 检查中"),
        (Filing(inspector="王敏", reason="缺截图"), "第 1 版 · 检查中 · 检查人 王敏\n退回原因：缺截图"),
        (
            Filing(Stage.SUBMITTED, 1, "王敏", SUBMITTED),
            f"第 1 版 · 已提交 · 检查人 王敏（{LOCALLY[0]} 提交）",
        ),
        (
            Filing(Stage.REVIEWED, 2, "王敏", SUBMITTED, "李强", REVIEWED, "=数错"),
            f"第 2 版 · 已复核 · 检查人 王敏（{LOCALLY[0]} 提交） · 复核人 李强（{LOCALLY[1]} 复核）\n更正原因：=数错",
        ),
        (Filing(Stage.SUBMITTED, 1, "", SUBMITTED), f"第 1 版 · 已提交 · {LOCALLY[0]} 提交"),
    ],
    ids=["begun", "sent back", "submitted", "corrected", "nameless"],
)
def test_sheet_says_how_far_its_inspection_has_come(case: str, filing: Filing, words: str) -> None:
    """Version, stage, people, local times, and why it was sent back or corrected."""
    assert by_name(opened(sheet_of(filed(CASES[case], filing))), "办理情况") == words


def test_sheet_without_filing_has_no_row_for_it() -> None:
    """Where how far an inspection has come is not kept, nothing is said of it."""
    assert "办理情况" not in in_words(opened(sheet_of(CASES["site_bonus"])))


def test_inspector_who_answers_for_the_inspection_is_named() -> None:
    """检查人员 is the one who submitted it, whoever judged single items; as before where nobody is named."""
    season = CASES["site_bonus"]
    assert by_name(opened(sheet_of(filed(season, Filing(inspector="王敏")))), "检查人员") == "王敏"
    assert by_name(opened(sheet_of(filed(season, Filing()))), "检查人员") == "张三"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("case", ["site_bonus", "account_veto"])
def test_every_page_of_a_draft_is_marked(case: str, stage: Stage) -> None:
    """One picture a page, inside its rows, and not over the heading that is printed again; none once reviewed."""
    sheet: Any = opened(sheet_of(filed(CASES[case], Filing(stage)))).worksheets[0]
    ends = [0, *(end.id for end in sheet.row_breaks.brk), sheet.max_row]
    pages = [] if stage == Stage.REVIEWED else list(pairwise(ends))
    assert len(sheet._images) == len(pages)
    heading = int(str(sheet.print_title_rows).replace("$", "").partition(":")[0])
    for image, (before, last) in zip(sheet._images, pages, strict=True):
        corner, height = image.anchor._from, image.anchor.ext.cy / 12_700
        rows = range(corner.row + 1, last + 1)  # corners count from 0
        room = sum(sheet.row_dimensions[row].height for row in rows) - corner.rowOff / 12_700
        assert before < rows[0]
        assert height < room
        assert len(pages) == 1 or rows[0] > heading


NOTES = st.text(max_size=40) | st.sampled_from(["=1+1", "+86", "-", "@me", "_x000D_", "a\r\nb\x07", "\ud800", "　"])


@st.composite
def judgements(draw: st.DrawFn) -> list[Finding]:
    """Any judgement of some deduction and bonus items of a site."""
    codes = draw(st.lists(st.sampled_from([c for c in RUBRIC.items if c[0] in "DB"]), unique=True, max_size=12))
    made = []
    for code in codes:
        item = RUBRIC.items[code]
        most = item.sample or (4 if item.kind == "count" else 1)
        made.append(
            Finding(
                site().id,
                code,
                draw(st.sampled_from(Outcome)),
                draw(st.integers(1, most)) if item.kind != "tier" else draw(st.sampled_from(item.levels)).points,
                draw(NOTES),
            )
        )
    return made


@settings(max_examples=12, deadline=None)
@given(judgements())
def test_what_is_written_reads_back(findings: list[Finding]) -> None:
    """Results, notes, counts and totals read back as they went in, whatever was found."""
    season = inspection([site()], findings)
    workbook = opened(sheet_of(season))
    shown, score = item_rows(workbook.worksheets[0]), season.objects[0].score
    for finding in findings:
        cells = shown[finding.item]
        note = str(cells["问题说明"] or "").split("\n", 1)
        tier = RUBRIC.items[finding.item].kind == "tier" and finding.outcome == Outcome.FOUND
        expected = escaped(clean(finding.note))
        assert (note[-1] if tier and expected else "\n".join(note)) == expected or tier
        if cells["单条\n扣(得)分"] not in {"待定", "不评分"}:
            points = {**score.losses, **score.gains}.get(finding.item, 0)
            assert Decimal(str(cells["单条\n扣(得)分"])) == Decimal(str(float(points))).normalize()
    total = by_name(workbook, "最后得分")
    if score.total is None:
        assert total == "未完成"
    else:
        assert two_places(score.total) == f"{total:.2f}"
