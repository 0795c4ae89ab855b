"""The list of those who inspect: the sheet 检查人员 of a workbook."""

from collections.abc import Iterator
from pathlib import Path

import typer

from govkit.folding import fold
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import shown_text
from govkit.reading.files import read_sheets
from govkit.reading.sheet import Sheet
from govkit.reading.table import match_table
from govkit.sampling import Inspector

_SHEET, _NAME, _UNIT = "检查人员", "姓名", "单位"


def read_inspectors(path: Path) -> list[Inspector]:
    """Read the sheet 检查人员, with the columns 姓名 and 单位; where a workbook has one sheet only, that one.

    Nobody inspects the own unit: a list that does not tell the units is refused. Who has none leaves the cell blank.

    Raises:
        ProblemsError: the file cannot be read.
        BadParameter: there is no such sheet, it tells no units, nobody is on it, or somebody twice.
    """
    problems = Problems()
    sheets = read_sheets(path, problems)
    problems.raise_if_any()
    named = [sheet for sheet in sheets if fold(sheet.name) == fold(_SHEET)] or (sheets if len(sheets) == 1 else [])
    people = list(_people(named[0], path.name)) if named else []
    if not people:
        raise typer.BadParameter(say("inspectors.none", name=path.name))
    names = [inspector.name for inspector in people]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise typer.BadParameter(say("inspectors.twice", names="、".join(twice)))
    return people


def _people(sheet: Sheet, name: str) -> Iterator[Inspector]:
    """The rows under the one that heads a column of names."""
    table = match_table(sheet, _SHEET)
    if table is None or _NAME not in table.columns:
        return
    if _UNIT not in table.columns:
        raise typer.BadParameter(say("inspectors.no_unit", name=name))
    for row in table.rows():
        person, unit = (shown_text(row[column]).strip() for column in (_NAME, _UNIT))
        if person:
            yield Inspector(person, unit)
