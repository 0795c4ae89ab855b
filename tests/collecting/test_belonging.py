"""Sheets that belong together, and those that do not: moved codes, changed facts, objects that were others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from govkit.collecting import changed_facts, check_batch, check_objects, check_order
from govkit.findings import Batch, Outcome, SpotCheck
from govkit.ledger import Kind
from govkit.problems import Problems
from govkit.reading import FilledSheet
from govkit.rubric import load_rubric
from tests.filling import address, blanks, filled, read
from tests.recalculate import converted
from tests.sheets.builders import AS_OF, RUBRIC, account, site

SITE, ACCOUNT = site("0500230001", "县门户"), account("5002300000000101", "县发布")
CHECK = SpotCheck(Batch("季度", AS_OF, RUBRIC.id, "县政府办"), (SITE, ACCOUNT), ())


def only(path: Path) -> FilledSheet:
    """The sheet of a workbook."""
    (sheet,) = read(path)
    return sheet


def test_moved_codes(tmp_path: Path) -> None:
    """Codes that were exchanged on the sheet are told with their row; those of an untouched sheet are not."""
    book = blanks(CHECK, tmp_path / "表.xlsx", SITE.id)
    sheet = only(book)
    problems = Problems()
    check_order([sheet, only(blanks(CHECK, tmp_path / "号.xlsx", ACCOUNT.id))], RUBRIC, problems)
    assert len(problems) == 0

    def exchange(workbook: Workbook) -> None:
        page: Any = workbook[sheet.sheet.name]
        one, two = (page[address(sheet, code, "编号")] for code in ("D1.1", "D1.2"))
        one.value, two.value = two.value, one.value

    filled(book, {}, more=exchange)
    check_order([only(book)], RUBRIC, problems)
    (problem,) = problems
    assert (problem.code, problem.place.row, problem.place.column) == ("S14", sheet.lines["D1.1"].first_row + 1, "编号")
    assert "D1.1" in problem.text
    assert "D1.2" in problem.text


def test_batches(tmp_path: Path) -> None:
    """Another name or day, other rules, another default of the batch are told; another organiser is not."""
    sheet = only(blanks(CHECK, tmp_path / "表.xlsx", SITE.id))
    other_rules = load_rubric("fengdu-2019-m14")
    for changes, rubric, codes in (
        ({"organiser": "市政府办"}, RUBRIC, []),
        ({"name": "下季度"}, RUBRIC, ["B06"]),
        ({"unlisted": Outcome.CLEAR}, RUBRIC, ["B08"]),
        ({}, other_rules, ["B07"]),
        ({"unlisted": Outcome.CLEAR}, other_rules, ["B07", "B08"]),
    ):
        problems = Problems()
        check_batch([sheet], replace(CHECK.batch, **changes), rubric, problems)
        assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize("facts", [{"service": False}, {"service": None}, {"kind": Kind.ACCOUNT}])
def test_objects(tmp_path: Path, facts: dict[str, Any]) -> None:
    """An object of another kind, or with other services, is told: against what is known, else against the first."""
    sheet = only(blanks(CHECK, tmp_path / "表.xlsx", SITE.id))
    other = replace(sheet, origin=replace(sheet.origin, subject=replace(SITE, **facts)))
    for sheets, known in (([sheet], {SITE.id: other.origin.subject}), ([sheet, other], {}), ([other, sheet], {})):
        problems = Problems()
        check_objects(sheets, known, problems)
        assert {problem.code for problem in problems} == {"B09"}
    problems = Problems()
    check_objects([sheet, sheet], {SITE.id: replace(SITE, name="新名称")}, problems)
    assert len(problems) == 0


def test_changed_facts(tmp_path: Path) -> None:
    """Facts on batch and object that somebody wrote over are named; those of an untouched sheet are as they were."""
    books = [blanks(CHECK, tmp_path / f"{key}.xlsx", key) for key in (SITE.id, ACCOUNT.id)]
    for path in (*books, *converted(books, ".xls", tmp_path)):
        assert changed_facts(only(path)) == []
    sheet = only(books[0])

    def write_over(workbook: Workbook) -> None:
        page: Any = workbook[sheet.sheet.name]
        for name, text in (
            ("网站名称", "某网"),
            ("主管单位", None),
            ("批次名称", "别的"),
            ("监测时间点", "2020年1月1日"),
        ):
            page[sheet.origin.cells[name]].value = text

    filled(books[0], {}, more=write_over)
    assert set(changed_facts(only(books[0]))) == {"网站名称", "主管单位", "批次名称", "监测时间点"}
