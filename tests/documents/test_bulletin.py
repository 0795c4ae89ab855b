"""通报 tells what the findings come to, figure by figure, and marks what nobody has told."""

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document

from govkit.charts import Chart, draw_chart, png
from govkit.documents import Bulletin, bulletin, write_bulletin
from govkit.documents.bulletin import TEMPLATE, facts
from govkit.documents.engine import Fact
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, Verdict, score_spot_check
from govkit.sheets import OutputError
from govkit.sheets.template import TEMPLATES
from govkit.tally import tally, trend
from govkit.workdays import UnknownYearError
from tests.documents.words import marked, paragraphs, pictures, tables
from tests.sheets.builders import CASES, account, found, inspection, judged, site, squeezed

ROOT = Path(__file__).parents[2]
ISSUED = date(2020, 1, 3)
NAMES = {Kind.SITE: "政府网站", Kind.ACCOUNT: "政务新媒体"}


def sample(name: str) -> Inspection:
    """A quarter of the made-up county."""
    check = read_spot_check(ROOT / "sample_data" / f"青禾县{name}.xlsx")
    return score_spot_check(load_rubric(check.batch.rubric_id), check)


LAST, UNTOUCHED = sample("2019年第四季度"), sample("2020年第一季度")
TOLD = Bulletin(LAST, {Kind.SITE: 30, Kind.ACCOUNT: 61}, None, "各乡镇人民政府", ISSUED, 15)


def per_cent(part: int, whole: int) -> str:
    """A rate, worked out in whole numbers."""
    if not whole:
        return "—"
    hundredths = (part * 20000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02}%（{part}/{whole}）"


def verdicts(season: Inspection, kind: Kind) -> Mapping[str, str]:
    """The verdict of each object by its code."""
    return {result.subject.id: str(result.score.verdict) for result in season.objects if result.subject.kind == kind}


@pytest.mark.parametrize("season", [LAST, UNTOUCHED], ids=["checked", "untouched"])
def test_overall_figures_follow_from_the_verdicts(season: Inspection) -> None:
    """Running, checked, share, passed, failed and pass rate of each kind; what is unfinished is in none of them."""
    told = replace(TOLD, inspection=season)
    for kind, lines in zip(
        Kind, [text for text in paragraphs(bulletin(told)) if text.startswith("正在运行")], strict=True
    ):
        of_kind = list(verdicts(season, kind).values())
        passed, failed, unfinished = map(of_kind.count, ("pass", "fail", "incomplete"))
        checked, running = passed + failed, told.running[kind]
        results = [each for each in season.objects if each.subject.kind == kind and each.score.verdict == "fail"]
        vetoed = sum(bool(each.score.vetoes) for each in results)
        why = f"（单项否决{vetoed}个，得分低于60分{failed - vetoed}个）" if kind == Kind.SITE else ""
        assert lines == (
            f"正在运行的{NAMES[kind]}{running}个，本次检查{checked}个，检查比例为{per_cent(checked, running)}。"
            f"其中，合格{passed}个，不合格{failed}个{why}，合格率为{per_cent(passed, checked)}。"
            + (f"另有{unfinished}个尚未检查完，未计入以上检查数和合格率。" if unfinished else "")
        )


def test_what_failed_before_is_followed() -> None:
    """How many failed in the inspection before, were checked again, and passed, each kind apart."""
    failed = [each for each in LAST.objects if each.score.verdict == "fail"]
    others = [each for each in LAST.objects if each.score.verdict == "pass"]
    left_out, unfinished = failed[2::5], [each for each in LAST.objects if each.score.verdict == "incomplete"]
    now = []
    for number, result in enumerate(failed):
        if result not in left_out:  # closed, or not drawn
            score = (result, others[0], unfinished[0])[number % 3].score
            now.append(replace(result, score=score))
    season = replace(LAST, objects=(*now, *(replace(each, score=failed[0].score) for each in others)))
    (line,) = [
        text for text in paragraphs(bulletin(replace(TOLD, inspection=season, before=LAST))) if "上次检查" in text
    ]
    expected = []
    for kind in Kind:
        codes = [each.subject.id for each in failed if each.subject.kind == kind]
        again = [each.score.verdict for each in now if each.subject.id in codes and each.score.verdict != "incomplete"]
        passed = again.count(Verdict.PASS)
        assert len(codes) > len(again) > passed > 0
        expected.append((len(codes), len(again), passed, per_cent(passed, len(again))))
    sites, accounts = expected
    assert line == (
        "上次检查不合格的政府网站{}个，本次复查{}个，合格{}个，复查合格率为{}；".format(*sites)
        + "不合格的政务新媒体{}个，本次复查{}个，合格{}个，复查合格率为{}。".format(*accounts)
    )


def test_main_problems_have_numbers_and_names() -> None:
    """Each veto indicator with the objects that failed by it, and each of the ten costliest with points and sites."""
    lines = paragraphs(bulletin(TOLD))
    start, middle, other, end = (
        next(n for n, line in enumerate(lines) if line.startswith(heading))
        for heading in (
            "（一）政府网站单项否决问题",
            "（二）政府网站扣分较多的问题",
            "（三）政务新媒体单项否决问题",
            "四、工作要求",
        )
    )
    for kind, part in ((Kind.SITE, lines[start + 1 : middle]), (Kind.ACCOUNT, lines[other + 1 : end])):
        named: dict[str, list[str]] = {}
        for row in LAST.rubric.rows:
            codes = {item.code for item in row.items}
            names = [each.subject.name for each in LAST.of_kind(kind) if codes & set(each.score.vetoes)]
            if names:
                named[row.name] = names
        assert part == [
            f"{number}．{name}。涉及{len(names)}个{NAMES[kind]}：{'、'.join(names)}。"
            for number, (name, names) in enumerate(named.items(), 1)
        ]
    lost: dict[str, list[tuple[str, float]]] = {}
    for result in LAST.objects:
        if result.score.verdict != "incomplete":
            for code, points in result.score.deductions.items():
                lost.setdefault(code, []).append((result.subject.name, float(points)))
    rows = {row.code: row.name for row in LAST.rubric.rows}
    costly = sorted(
        rows.keys() & lost.keys(), key=lambda code: (-sum(p for _, p in lost[code]), list(rows).index(code))
    )
    assert len(costly) > 10
    assert lines[middle + 1 : other] == [
        f"{number}．{rows[code]}。{len(lost[code])}个政府网站共扣{sum(p for _, p in lost[code]):g}分："
        f"{'、'.join(name for name, _ in lost[code])}。"
        for number, code in enumerate(costly[:10], 1)
    ]


def test_the_best_sites_are_above_the_bonus_line() -> None:
    """Five sites are named, more where the last of them has equals, and none that did not reach the bonus."""
    scored = sorted(
        (each for each in LAST.objects if each.score.bonus is not None), key=lambda each: -(each.score.total or 0)
    )
    assert 1 < len(scored) < 5
    (line,) = [text for text in paragraphs(bulletin(TOLD)) if text.startswith("得分较高")]
    named = "、".join(f"{each.subject.name}（{float(each.score.total or 0):.2f}分）" for each in scored)
    assert line == f"得分较高的政府网站有：{named}。"
    sites = [site(f"500230{number:04}", f"网站{number}") for number in range(8)]
    lost = [found(subject, "D22.1", number // 4 + 1) for number, subject in enumerate(sites)]
    (line,) = [text for text in paragraphs(bulletin(Bulletin(inspection(sites, lost)))) if text.startswith("得分较高")]
    assert re.findall(r"网站\d", line) == [f"网站{number}" for number in range(8)]
    plain = inspection([site()], [found(site(), "D13.1", 2), found(site(), "D11.1"), found(site(), "D19.1", 7)])
    assert plain.objects[0].score.verdict == "pass"
    assert not any(text.startswith("得分较高") for text in paragraphs(bulletin(Bulletin(plain))))


def test_deadline_is_counted_in_working_days() -> None:
    """Fifteen working days from 2020-01-03 end on 01-23: Sunday 01-19 was worked, and nothing is left before the feast."""
    (line,) = [text for text in paragraphs(bulletin(TOLD)) if text.startswith("（一）立即整改")]
    assert "自本通报印发之日起15个工作日内（截至2020年1月23日）完成" in line
    assert paragraphs(bulletin(TOLD)).count("2020年1月3日") == 1
    with pytest.raises(UnknownYearError):
        bulletin(replace(TOLD, issued=date(2090, 1, 3)))


def test_annexes_list_every_failure_and_every_problem() -> None:
    """附件1 has each object that failed; 附件2 each problem of what was checked, also of objects that were vetoed."""
    sites_failed, accounts_failed, site_problems, account_problems = tables(bulletin(TOLD))
    for kind, failed, problems in (
        (Kind.SITE, sites_failed, site_problems),
        (Kind.ACCOUNT, accounts_failed, account_problems),
    ):
        results = [each for each in LAST.objects if each.subject.kind == kind and each.score.verdict != "incomplete"]
        expected = [each.subject for each in results if each.score.verdict == "fail"]
        assert [row[:4] for row in failed[1:]] == [
            [str(number), subject.name, subject.id, subject.sponsor] for number, subject in enumerate(expected, 1)
        ]
        hits = {
            (each.subject.sponsor, each.subject.name, code)
            for each in results
            for code, judgement in each.judgements.items()
            if judgement.outcome == Outcome.FOUND and not code.startswith("B")
        }
        listed = [(row[1], row[2], row[5].rpartition("（")[2].rstrip("）")) for row in problems[1:]]
        assert len(listed) == len(set(listed)) == len(hits)
        assert set(listed) == hits
        assert [row[0] for row in problems[1:]] == [str(number) for number in range(1, len(hits) + 1)]
        units = [row[1] for row in problems[1:]]
        assert len([unit for unit, _ in groupby(units)]) == len(set(units))


def test_problems_of_a_unit_stand_together() -> None:
    """附件2 goes unit by unit, whatever the order of the ledger: each finds its own in one place."""
    sites = [replace(site(f"500230{number:04}"), sponsor=f"单位{number % 2}") for number in range(4)]
    filled = bulletin(Bulletin(inspection(sites, [found(subject, "D1.1", note="无") for subject in sites])))
    assert [row[1] for row in tables(filled)[0][1:]] == ["单位0", "单位0", "单位1", "单位1"]


def test_a_problem_is_told_with_count_note_address_and_clause() -> None:
    """A line of 问题清单 has all that was recorded; what was recorded without a word is a gap."""
    season = inspection(
        [site(), account()],
        [
            found(site(), "D22.1", 9, "首页“友情链接”打不开", "https://example.gov.cn/"),
            found(site(), "D1.1"),
            judged(site(), "D2.1", Outcome.CLEAR),
            found(site(), "B6.1", note="这是加分"),
        ],
    )
    filled = bulletin(Bulletin(season))
    (lines,) = tables(filled)
    assert lines[1][3:5] == ["概况信息", "【待填：问题】"]
    assert lines[2][3:5] == ["可用性", "发现9处。\n首页“友情链接”打不开\n网址：https://example.gov.cn/"]
    assert "（D22.1）" in lines[2][5]
    assert "【待填：问题】" in marked(filled)


def test_what_nobody_told_is_a_gap_and_nothing_else_is() -> None:
    """Without the facts that an inspection does not have, each is a marked gap; with all of them, only good practice."""
    batch = replace(LAST.batch, organiser="")
    gaps = set(marked(bulletin(Bulletin(replace(LAST, batch=batch)))))
    wanted = ["组织单位", "主送机关", "印发日期", "整改天数", "整改期限", "好的做法"]
    each = ["运行数", "检查比例", "上次不合格数", "复查数", "复查合格数", "复查合格率"]
    wanted += [f"{group}{name}" for group in ("网站", "账号") for name in each]
    assert {gap for gap in gaps if gap != "【待填：问题】"} == {f"【待填：{name}】" for name in wanted}
    whole = bulletin(replace(TOLD, inspection=CASES["site_bonus"], before=CASES["account_veto"]))
    assert set(marked(whole)) <= {"【待填：好的做法】", "【待填：问题】"}


def test_a_batch_of_one_kind_says_so() -> None:
    """A kind that was not checked is told in a sentence, with empty lists, and has no rates."""
    filled = bulletin(Bulletin(CASES["account_veto"]))
    assert "本次没有检查政府网站。" in paragraphs(filled)
    assert paragraphs(filled).count("无。") == 2
    assert len(tables(filled)) == 2
    assert not any("%" in text for text in paragraphs(filled) if "政府网站" in text)


def test_long_lists_of_names_are_cut_in_the_text_only() -> None:
    """A sentence names ten objects and says how many there are; the annex has all of them."""
    sites = [site(f"500230{number:04}", f"网站{number:02}") for number in range(12)]
    filled = bulletin(Bulletin(inspection(sites, [found(subject, "V1.1", 1, "错") for subject in sites])))
    (line,) = [text for text in paragraphs(filled) if text.startswith("1．安全")]
    assert line.endswith("涉及12个政府网站：" + "、".join(f"网站{number:02}" for number in range(10)) + "等。")
    assert [row[1] for row in tables(filled)[0][1:]] == [subject.name for subject in sites]


def test_names_of_people_cannot_break_the_document() -> None:
    """Tags, marks and control characters in names and notes stand in the document as text."""
    name = "<w:p>&{{ 7 }}{% if %}{_{\x0c\x00"
    subject = site(name=name)
    season = inspection([subject], [found(subject, "V1.1", 1, f"{name}\n第二行")], name=name)
    filled = bulletin(replace(TOLD, inspection=season, addressees=name))
    shown = name.rstrip("\x0c\x00")
    assert tables(filled)[0][1][1] == shown
    assert f"{shown}\n第二行" in tables(filled)[1][1][4]
    assert f"关于{shown}情况的通报" in paragraphs(filled)
    assert f"{shown}：" in paragraphs(filled)


def test_more_checked_than_running_is_refused() -> None:
    """A number of running sites below that of those checked is wrong, and no share is made of it."""
    with pytest.raises(ValueError, match="请：核对运行总数"):
        bulletin(replace(TOLD, running={Kind.SITE: 3}))


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    """The same facts give the same bytes, and the file appears whole."""
    write_bulletin(TOLD, tmp_path / "通报.docx")
    assert (tmp_path / "通报.docx").read_bytes() == bulletin(TOLD)
    assert [path.name for path in tmp_path.iterdir()] == ["通报.docx"]
    with pytest.raises(OutputError):
        write_bulletin(TOLD, tmp_path / "通报.docx" / "通报.docx")


def test_every_name_is_documented() -> None:
    """The page on templates lists each name of the template, and those of its groups and lines."""
    section = (ROOT / "docs" / "templates.zh-CN.md").read_text(encoding="utf-8").partition(f"### {TEMPLATE}")[2]
    listed = set(re.findall(r"`([^`]+)`", section))

    def names(told: Fact) -> set[str]:
        if isinstance(told, Mapping):
            return {*told, *(name for value in told.values() for name in names(value))}
        if isinstance(told, list):
            return {name for line in told for name in names(line)}
        return set()

    assert names(facts(TOLD)) <= listed


def test_template_looks_official() -> None:
    """A4 with the margins of GB/T 9704, lines of 28 points, and no name of a person."""
    document = Document(str(TEMPLATES / TEMPLATE))
    first = document.sections[0]
    millimetres = [
        round(side.mm)
        for side in (
            first.page_width,
            first.page_height,
            first.top_margin,
            first.bottom_margin,
            first.left_margin,
            first.right_margin,
        )
        if side
    ]
    assert millimetres == [210, 297, 37, 35, 28, 26]
    spacing = document.styles["Normal"].paragraph_format.line_spacing
    assert spacing.pt == 28
    assert document.core_properties.author == "govkit"


@pytest.mark.usefixtures("document_to_pdf")
def test_pdf_stands_beside_the_document(tmp_path: Path) -> None:
    """Both are there, and nothing else."""
    write_bulletin(TOLD, tmp_path / "通报.docx", pdf=True)
    assert {path.name for path in tmp_path.iterdir()} == {"通报.docx", "通报.pdf"}
    assert (tmp_path / "通报.pdf").read_bytes().startswith(b"%PDF")


def test_bulletin_is_printed_whole(document_to_pdf: Callable[[Path], Path], tmp_path: Path) -> None:
    """LibreOffice opens the document and prints it on A4 with page numbers, no word lost."""
    write_bulletin(TOLD, tmp_path / "通报.docx")
    pdf = str(document_to_pdf(tmp_path / "通报.docx"))
    text = squeezed(subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode())
    sizes = subprocess.run(["pdfinfo", "-l", "99", pdf], check=True, capture_output=True).stdout.decode()
    assert set(re.findall(r"Page +\d+ size: +(\d+)\S* x (\d+)", sizes)) == {("595", "841"), ("841", "595")}
    assert "—1—" in text
    document = Document(BytesIO((tmp_path / "通报.docx").read_bytes()))
    for paragraph in document.paragraphs:
        assert squeezed(paragraph.text)[:12] in text
    for subject in (result.subject for result in LAST.objects if result.score.verdict == "fail"):
        assert subject.id in text


def test_charts_stand_in_an_annex() -> None:
    """The charts of the tally, numbered, wide ones first; the trend only where there is more than one quarter."""
    counted = tally(LAST, TOLD.running)
    points = trend([(Quarter(2019, 3), tally(UNTOUCHED)), (Quarter(2019, 4), tally(LAST))])
    first = [Chart.SITES, Chart.TOTALS, Chart.LOSSES, Chart.ACCOUNTS]
    for told, charts in ((TOLD, first), (replace(TOLD, quarters=points), [*first, Chart.TREND])):
        content = bulletin(told)
        shown = pictures(content)
        assert [one.content for one in shown] == [png(draw_chart(chart, counted, told.quarters)) for chart in charts]
        assert shown[0].width > 150
        assert shown[0].height <= 115.1
        assert all(one.width <= 155.1 and one.height <= 210.1 for one in shown[1:])
        captions = [say(f"inspection_chart.{chart}") for chart in charts]
        assert [one.told for one in shown] == captions
        annex = paragraphs(content)[paragraphs(content).index("附件3") :]
        assert annex[:2] == ["附件3", "图"]
        assert annex[2:] == [f"图{number}　{caption}" for number, caption in enumerate(captions, 1)]


def test_no_wide_chart() -> None:
    """Where all charts have room on upright pages, the annex has no page that lies across."""
    few = replace(TOLD, inspection=inspection([site()], [found(site(), "D1.2")]), running={})
    annex = paragraphs(bulletin(few))
    assert annex[annex.index("附件3") :] == [
        "附件3",
        "图",
        "图1　网站得分分布",
        "图2　各项指标扣分",
        "图3　各单位网站的问题",
    ]


def test_nothing_to_draw() -> None:
    """Where nothing was checked, the annex says that there are no charts."""
    content = bulletin(replace(TOLD, inspection=UNTOUCHED, running={}))
    assert not pictures(content)
    assert paragraphs(content)[-2:] == ["图", "无。"]
