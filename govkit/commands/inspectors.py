"""The list of those who inspect: the sheet 检查人员 of a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from govkit.folding import fold
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import shown_text
from govkit.reading.files import read_sheets
from govkit.reading.sheet import CellValue, Sheet
from govkit.sampling import Inspector

_SHEET, _NAME, _UNIT = "检查人员", "姓名", "单位"


def read_inspectors(path: Path) -> list[Inspector]:
    """Read the sheet 检查人员, with the columns 姓名 and 单位; where a workbook has one sheet only, that one.

    Raises:
        ProblemsError: the file cannot be read.
        BadParameter: there is no such sheet, nobody is on it, or somebody twice.
    """
    problems = Problems()
    sheets = read_sheets(path, problems)
    problems.raise_if_any()
    named = [sheet for sheet in sheets if fold(sheet.name) == fold(_SHEET)] or (sheets if len(sheets) == 1 else [])
    people = list(_people(named[0])) if named else []
    if not people:
        raise typer.BadParameter(say("inspectors.none", name=path.name))
    names = [inspector.name for inspector in people]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise typer.BadParameter(say("inspectors.twice", names="、".join(twice)))
    return people


def unknown_units(people: Iterable[Inspector], subjects: Iterable[Subject]) -> Iterator[str]:
    """Units of inspectors that sponsor nothing: spelled otherwise than in the ledger, they bar nobody from anything."""
    sponsors = {fold(subject.sponsor) for subject in subjects}
    strangers = dict.fromkeys(each.unit for each in people if each.unit and fold(each.unit) not in sponsors)
    if strangers:
        yield say("inspectors.unknown_units", names="、".join(strangers))


def _people(sheet: Sheet) -> Iterator[Inspector]:
    """The rows under the one that heads a column of names."""
    place: tuple[int, int | None] | None = None
    for row in sheet.rows:
        texts = [shown_text(cell).strip() for cell in row]
        if place is None:
            place = _heading(row)
        elif name := _at(texts, place[0]):
            yield Inspector(name, _at(texts, place[1]))


def _heading(row: Sequence[CellValue]) -> tuple[int, int | None] | None:
    folded = [fold(shown_text(cell)) for cell in row]
    if fold(_NAME) not in folded:
        return None
    return folded.index(fold(_NAME)), folded.index(fold(_UNIT)) if fold(_UNIT) in folded else None


def _at(texts: Sequence[str], place: int | None) -> str:
    return texts[place] if place is not None and place < len(texts) else ""
