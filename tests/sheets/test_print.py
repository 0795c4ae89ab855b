"""On paper: whole, one A4 page wide, headings again on every page. Printed through LibreOffice."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govkit.findings import Filing, Stage
from govkit.scoring import Inspection
from govkit.sheets import write_scoring_sheet, write_summary
from tests.sheets.builders import CASES, RUBRIC, filed, found, inspection, site, squeezed

A4 = (595, 842)
LONG = "抽查发现多个文件的解读稿没有与原文件互相关联，部分解读稿只有标题，群众难以理解；网址https://example.gov.cn/zcjd/2024/t1.html。"

SITES = [site(f"50023{number:05}", f"丰都县第{number}中学（含北校区和南校区）校园门户网站") for number in range(40)]
LONG_NAMES = inspection(SITES, [found(subject, "V4.2", 12) for subject in SITES[::3]])


@pytest.fixture
def printed(to_pdf: Callable[[Path], Path]) -> Callable[[Path], tuple[list[str], tuple[int, int]]]:
    """Return a function that gives the text of each printed page, and the size of the pages in points."""

    def read(path: Path) -> tuple[list[str], tuple[int, int]]:
        pdf = str(to_pdf(path))
        text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode()
        facts = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True).stdout.decode()
        width, height = re.findall(r"Page size: +([\d.]+) x ([\d.]+)", facts)[0]
        return text.split("\f")[:-1], (round(float(width)), round(float(height)))

    return read


Printed = Callable[[Path], tuple[list[str], tuple[int, int]]]


@pytest.mark.parametrize(
    ("season", "size"),
    [
        (CASES["site_bonus"], A4[::-1]),
        (CASES["site_without_services"], A4[::-1]),
        (
            inspection([site()], [found(site(), code, 1, LONG * 3) for code in ("D1.2", "D13.2", "B6.1", "V1.1")]),
            A4[::-1],
        ),
        (CASES["account_veto"], A4),
        (filed(CASES["account_veto"], Filing(Stage.SUBMITTED, 2, "王敏", reason=LONG)), A4),
    ],
    ids=["bonus", "without services", "long notes", "account", "draft"],
)
def test_official_wording_is_printed_whole(
    season: Inspection, size: tuple[int, int], printed: Printed, tmp_path: Path
) -> None:
    """Every item's wording, every note, the verdict and the signatures are on paper, on A4, one page wide."""
    result = season.objects[0]
    write_scoring_sheet(season, result, tmp_path / "sheet.xlsx")
    pages, paper = printed(tmp_path / "sheet.xlsx")
    assert paper == size
    text = squeezed("".join(pages))
    for item in RUBRIC.items.values():
        if RUBRIC.row_of[item.code].subject == result.subject.kind:
            assert squeezed(RUBRIC.wording(item)) in text, item.code
    for judgement in result.judgements.values():
        if judgement.finding:
            assert squeezed(judgement.finding.note) in text
    assert squeezed(result.filing.reason if result.filing else "") in text
    assert "复核人（签字）" in text
    assert RUBRIC.sha256 in text
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in squeezed(page)
        assert "评分细则" in page
        assert f"fengdu-2019{RUBRIC.version}（{RUBRIC.sha256[:12]}）" in squeezed(page)


@pytest.mark.parametrize("case", [*sorted(CASES), "summary"])
def test_no_line_of_text_is_cut_off(
    case: str, through_libreoffice: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    """Each row is at least as high as LibreOffice makes it when it may choose; the text of a PDF would not tell."""
    season = LONG_NAMES if case == "summary" else CASES[case]
    ours, flat = tmp_path / "ours.xlsx", tmp_path / "flat.fods"
    if case == "summary":
        write_summary(season, ours)
    else:
        write_scoring_sheet(season, season.objects[0], ours)
    heights = row_heights(ours)
    workbook = load_workbook(ours)
    for dimension in workbook.worksheets[0].row_dimensions.values():
        dimension.height = None
    workbook.save(ours)
    # Only for a flat document in which no row has a height does LibreOffice work them out without a window.
    text = through_libreoffice(ours, "fods").read_text(encoding="utf-8")
    flat.write_text(re.sub(r' style:row-height="[^"]*"', "", text), encoding="utf-8")
    wanted = row_heights(through_libreoffice(flat, "xlsx"))
    assert len(set(wanted.values())) > 3
    for row, height in heights.items():
        assert height >= wanted.get(row, 0), row


def row_heights(path: Path) -> dict[int, float]:
    """The heights of the rows of a workbook's first sheet that have one."""
    dimensions = load_workbook(path).worksheets[0].row_dimensions
    return {row: dimension.height for row, dimension in dimensions.items() if dimension.height}


def test_part_of_a_row_never_stands_without_its_name(printed: Printed, tmp_path: Path) -> None:
    """Pages end between rows of the annex; the group is named again on the next page, as the annex does."""
    season = CASES["site_bonus"]
    write_scoring_sheet(season, season.objects[0], tmp_path / "sheet.xlsx")
    pages, _ = printed(tmp_path / "sheet.xlsx")
    for row in RUBRIC.rows:
        if row.part != "veto" and row.title != "——":
            holding = [page for page in map(squeezed, pages) if squeezed(RUBRIC.wording(row.items[0])) in page]
            assert squeezed(row.title) in holding[0]
            assert f"{row.group}（" in holding[0]
            assert all(squeezed(RUBRIC.wording(item)) in holding[0] for item in row.items), row.code


@pytest.mark.parametrize("case", ["site_bonus", "account_veto"])
def test_draft_is_marked_on_every_printed_page(case: str, to_pdf: Callable[[Path], Path], tmp_path: Path) -> None:
    """草稿 lies once over each page until the sheet is reviewed."""
    marks = {}
    for stage in (Stage.SUBMITTED, Stage.REVIEWED):
        season = filed(CASES[case], Filing(stage, inspector="王敏"))
        write_scoring_sheet(season, season.objects[0], tmp_path / f"{stage}.xlsx")
        pdf = str(to_pdf(tmp_path / f"{stage}.xlsx"))
        listed = subprocess.run(["pdfimages", "-list", pdf], check=True, capture_output=True).stdout.decode()
        marks[stage] = [int(page) for page in re.findall(r"^ +(\d+) +\d+ image", listed, re.MULTILINE)]
        facts = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True).stdout.decode()
        pages = int(re.findall(r"Pages: +(\d+)", facts)[0])
    assert marks == {Stage.SUBMITTED: list(range(1, pages + 1)), Stage.REVIEWED: []}


def test_summary_is_printed_whole(printed: Printed, tmp_path: Path) -> None:
    """All names and reasons are on paper, over as many pages as needed, with the headings on each."""
    write_summary(LONG_NAMES, tmp_path / "summary.xlsx")
    pages, paper = printed(tmp_path / "summary.xlsx")
    assert paper == A4[::-1]
    of_sites = [squeezed(page) for page in pages if "网站标识码" in squeezed(page)]
    assert len(of_sites) == len(pages) - 1 > 1
    text = "".join(of_sites)
    assert all(subject.id in text for subject in SITES)
    assert text.count("校园门户网站") == 40
    assert text.count("（单项否决）：") == 14
