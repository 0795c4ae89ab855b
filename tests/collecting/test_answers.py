"""What sheets say otherwise than when they were made: what they have no place for stays, what they add is taken off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from govkit.collecting import check_ids, check_known, unmarked
from govkit.file_names import picture_name
from govkit.findings import Batch, Finding, Outcome, SpotCheck
from govkit.origin import Origin
from govkit.problems import Problems
from tests.filling import Typed, address, answers, blanks, filled, meant, read
from tests.reading.test_images import png
from tests.sheets.builders import AS_OF, RUBRIC, found, measured, site

SITE = site("0500230001", "县门户")
ONE, TWO = png(1), png(2)
KNOWN = (
    replace(
        found(SITE, "D1.2", 2, "电话有误", "https://a.example/1"), extra={"组别": "甲"}, screenshot="旧.png；图/二.png"
    ),
    found(SITE, "B1.1", 2, "专栏"),
)
CHECK = SpotCheck(Batch("季度", AS_OF, RUBRIC.id), (SITE,), KNOWN)


def test_what_a_sheet_has_no_place_for(tmp_path: Path) -> None:
    """A changed answer keeps the screenshots and the further columns that it had; new screenshots come after them."""
    book = blanks(CHECK, tmp_path / "表.xlsx", SITE.id)
    filled(book, {SITE.id: {"D1.2": Typed("发现问题", 3, pictures=(ONE,))}})
    (finding,) = answers(book).values()
    shots = f"旧.png；图/二.png；{picture_name(ONE, '.png')}"
    line = Typed("发现问题", 3, "电话有误\n网址：https://a.example/1")
    assert finding == replace(meant(SITE.id, "D1.2", line), screenshot=shots, extra={"组别": "甲"})


def test_only_a_picture_more(tmp_path: Path) -> None:
    """A screenshot for an answer that was there is an answer with that screenshot."""
    book = filled(blanks(CHECK, tmp_path / "表.xlsx", SITE.id), {SITE.id: {"B1.1": Typed(pictures=(TWO,))}})
    (finding,) = answers(book).values()
    assert (finding.outcome, finding.count, finding.note) == (Outcome.FOUND, 2, "专栏")
    assert finding.screenshot == picture_name(TWO, ".png")


def test_the_words_of_a_level_are_no_note(tmp_path: Path) -> None:
    """What the sheet shows of the level that was chosen does not become part of the note when another is chosen."""
    book = blanks(CHECK, tmp_path / "表.xlsx", SITE.id)
    (sheet,) = read(book)
    assert sheet.lines["B1.1"].note.endswith("\n专栏")

    def add(workbook: Workbook) -> None:
        page: Any = workbook[sheet.sheet.name]
        page[address(sheet, "B1.1", "数量")].value = 1
        cell = page[address(sheet, "B1.1", "问题说明")]
        cell.value = f"{cell.value}\n只有一部分"

    filled(book, {}, more=add)
    assert {f.item: (f.count, f.note) for f in answers(book).values()} == {"B1.1": (1, "专栏\n只有一部分")}


def test_the_mark_of_drafts(tmp_path: Path) -> None:
    """The picture that marks drafts is taken off, beside items and elsewhere; others stay."""
    book = filled(
        blanks(CHECK, tmp_path / "表.xlsx", SITE.id), {SITE.id: {"D1.1": Typed("未发现", pictures=(ONE, TWO))}}
    )
    (sheet,) = read(book)
    (image,) = unmarked(sheet, ONE).lines["D1.1"].images
    assert image.content == TWO
    assert unmarked(replace(sheet, stray=sheet.lines["D1.1"].images), TWO).stray[0].content == ONE


def test_rules_and_objects(tmp_path: Path) -> None:
    """Sheets of rules that are not at hand, or that show another object, are told with their places."""
    (sheet,) = read(blanks(CHECK, tmp_path / "表.xlsx", SITE.id))
    problems = Problems()
    check_known([sheet], {RUBRIC.sha256: RUBRIC}, problems)
    check_ids([sheet], problems)
    assert len(problems) == 0
    check_known([sheet], {}, problems)
    other = replace(sheet.origin, subject=replace(SITE, id="9900000001"))
    check_ids([replace(sheet, origin=other)], problems)
    assert [(p.code, p.place.sheet, p.place.row, p.place.column) for p in problems] == [
        ("B05", "1 县门户", None, ""),
        ("S13", "1 县门户", 3, "网站标识码"),
    ]


def test_answers_without_a_line_are_left_alone(tmp_path: Path) -> None:
    """Nothing comes of the answers with which a sheet was made, whoever gave them."""
    unnamed = tuple(replace(finding, inspector="") for finding in KNOWN)
    more = (*unnamed, Finding(SITE.id, "D2.1", Outcome.UNCHECKED, note="打不开，再查"))
    for known in (KNOWN, more):
        book = filled(blanks(replace(CHECK, findings=known), tmp_path / "表.xlsx", SITE.id), {})
        assert answers(book) == {}


DAMAGED: dict[str, Callable[[Origin], Origin]] = {
    "other rules": lambda o: replace(o, batch=replace(o.batch, rubric_id="fengdu-2019-m14")),
    "unknown rules": lambda o: replace(o, batch=replace(o.batch, rubric_id="../x")),
    "count below one": lambda o: replace(o, findings=(replace(o.findings[0], count=-5),)),
    "no level": lambda o: replace(o, findings=(replace(o.findings[1], count=9),)),
    "unknown item": lambda o: replace(o, findings=(replace(o.findings[0], item="D99.1"),)),
    "item of accounts": lambda o: replace(o, findings=(replace(o.findings[0], item="M1.1"),)),
    "unknown quantity": lambda o: replace(o, measurements=(measured(SITE, "身高", 5),)),
    "date for a number": lambda o: replace(o, measurements=(measured(SITE, "空白栏目数", AS_OF),)),
    "columns missing": lambda o: replace(o, columns={k: v for k, v in o.columns.items() if k != "加分_评分细则"}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_origins_that_do_not_follow_the_rules(tmp_path: Path, name: str) -> None:
    """A sheet that says it was made of what its rules do not allow is damaged; the other sheets are still looked at."""
    good, other = (*read(blanks(CHECK, tmp_path / "表.xlsx", SITE.id)), *read(tmp_path / "表.xlsx"))
    problems = Problems()
    spoilt = replace(good, origin=DAMAGED[name](good.origin))
    check_known([spoilt, replace(other, doubled=("D1.1",))], {RUBRIC.sha256: RUBRIC}, problems)
    assert [problem.code for problem in problems] == ["S08", "S10"]
