"""Sheets filled in as people fill them, and what must come back of it."""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image

from govkit.collecting import Taken, check_ids, check_known, contributions, unmarked
from govkit.file_names import picture_name
from govkit.findings import Finding, Outcome, SpotCheck
from govkit.problems import Problems
from govkit.reading import FilledSheet, read_filled
from govkit.rubric import PartName, Rubric, load_rubric, outcome_word
from govkit.scoring import score_spot_check
from govkit.sheets import draft_mark
from govkit.sheets.scoring_sheets import ScoringSheets

PREFIXES = {"V": "否决", "M": "否决", "D": "扣分", "B": "加分"}
DAY = date(2019, 12, 18)
NOTES = (
    "",
    "首页两处错别字",
    "第一行\n第二行\n\n第四行",
    "=SUM(A1:A9)",
    "+86 电话有误",
    "-",
    "@某某",
    "0012",
    "3",
    "1.50",
    "2019-12-01",
    "12月1日",
    "TRUE",
    "'引号",
    "网址：https://a.example/?a=1&b=2",
    "栏目为空\n网址：https://a.example/1\n网址：https://a.example/2",
    "说明在后\n网址：https://a.example/<b>\n还有一行",
    "_x000D_ 不是换行",
    "长" * 1500 + "\n" + "https://a.example/" + "x" * 900,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody types into the line of an item; pictures lie over its note."""

    result: str = ""
    count: int | str | None = None
    note: str = ""
    pictures: tuple[bytes, ...] = ()


Lines = Mapping[str, Typed]
"""What is typed at an object, by item."""


def blanks(check: SpotCheck, path: Path, *ids: str) -> Path:
    """A workbook with a sheet to be filled in for each of some objects of one kind."""
    rubric = load_rubric(check.batch.rubric_id)
    results = {result.subject.id: result for result in score_spot_check(rubric, check).objects}
    titles = {f"{number} {results[key].subject.name}": results[key] for number, key in enumerate(ids, 1)}
    path.write_bytes(ScoringSheets(check.batch, rubric).blank(titles))
    return path


def opened(path: Path) -> Workbook:
    """A workbook with its formulas."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        return load_workbook(path)


def read(path: Path) -> list[FilledSheet]:
    """The sheets of a workbook, which must have no fault."""
    problems = Problems()
    found = [unmarked(sheet, draft_mark()) for sheet in read_filled(path, problems)]
    problems.raise_if_any()
    return found


def filled(
    source: Path,
    typed: Mapping[str, Lines],
    *,
    who: str = "张三",
    when: date | str | None = DAY,
    target: Path | None = None,
    more: Callable[[Workbook], object] = lambda _: None,
) -> Path:
    """A workbook after somebody filled it in, saved by openpyxl.

    Args:
        source: the blank one.
        typed: by the 标识码 of the object.
        who: 检查人员, on every sheet.
        when: 检查时间.
        target: where it is saved; in place where that is not said.
        more: is done to the workbook before it is saved.
    """
    places = {sheet.origin.subject.id: sheet for sheet in read(source)}
    book = opened(source)
    for key, sheet in places.items():
        page: Any = book[sheet.sheet.name]
        for name, value in (("检查人员", who), ("检查时间", when)):
            page[sheet.origin.cells[name]].value = value
        for code, line in typed.get(key, {}).items():
            type_line(page, sheet, code, line)
    more(book)
    target = target or source
    book.save(target)
    return target


def address(sheet: FilledSheet, code: str, column: str) -> str:
    """The cell of an item under a heading."""
    return f"{sheet.origin.columns[f'{PREFIXES[code[0]]}_{column}']}{sheet.lines[code].first_row + 1}"


def type_line(page: Any, sheet: FilledSheet, code: str, line: Typed) -> None:
    """Type what is not blank into the line of an item."""
    for column, value in (("检查结果", line.result), ("数量", line.count), ("问题说明", line.note)):
        if value not in ("", None):
            cell = page[address(sheet, code, column)]
            # Spreadsheet programs write what looks like an escape of theirs escaped, openpyxl does not.
            cell.value = value.replace("_x000D_", "_x005F_x000D_") if isinstance(value, str) else value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    for picture in line.pictures:
        page.add_image(Image(BytesIO(picture)), address(sheet, code, "问题说明"))


def meant(subject_id: str, code: str, line: Typed, who: str = "张三", when: date = DAY) -> Finding:
    """The finding that a line means."""
    urls = [text.removeprefix("网址：") for text in line.note.split("\n") if text.startswith("网址：")]
    note = "\n".join(text for text in line.note.split("\n") if not text.startswith("网址："))
    names = "；".join(dict.fromkeys(picture_name(picture, ".png") for picture in line.pictures))
    words = {outcome_word(outcome, part): outcome for part in PartName for outcome in Outcome}
    count = line.count if isinstance(line.count, int) else None
    at = datetime.combine(when, time())
    return Finding(subject_id, code, words[line.result], count, note.strip(), "；".join(urls), names, who, at)


def at_random(chance: Random, rubric: Rubric, codes: Iterable[str], pictures: Sequence[bytes]) -> dict[str, Typed]:
    """Lines with every outcome and number that the rules allow, with notes and pictures of all kinds; many untouched."""
    typed = {}
    for code in codes:
        if chance.random() < 0.4:
            continue
        outcome, part = chance.choice(list(Outcome)), rubric.row_of[code].part
        counts = [n for n in (*range(1, 12), 100, 12_345) if not rubric.count_fault(rubric.items[code], n)]
        count: int | str | None = chance.choice(counts) if outcome == Outcome.FOUND else chance.choice((None, "—"))
        note = chance.choice(NOTES)
        if outcome == Outcome.NOT_APPLICABLE:
            note = f"没有这类栏目\n{note}".strip()
        shown = tuple(chance.sample(list(pictures), chance.choice((0, 0, 0, 1, 2))))
        typed[code] = Typed(outcome_word(outcome, part), count, note, shown)
    return typed


def taken(path: Path) -> list[Taken]:
    """What the sheets of a workbook contribute; nothing may be wrong with it."""
    problems, found = Problems(), read(path)
    rubric = load_rubric(found[0].origin.batch.rubric_id)
    check_known(found, {rubric.sha256: rubric}, problems)
    check_ids(found, problems)
    problems.raise_if_any()
    each = [contributions(sheet, rubric, problems) for sheet in found]
    problems.raise_if_any()
    return each


def answers(path: Path) -> dict[tuple[str, str], Finding]:
    """The answers that a workbook contributes, without the places where they stand."""
    return {answer.key: replace(answer.finding, place=None) for one in taken(path) for answer in one.answers}
