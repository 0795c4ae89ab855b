"""The sheet 批次: which inspection this is, as of when, and by which rubric."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from govkit.findings import Batch, Outcome, Place
from govkit.folding import fold
from govkit.problems import Problems
from govkit.reading.cells import as_text, is_blank, read_moment, read_text
from govkit.reading.layout import BATCH, fold_header, known_columns, nearest, outcome_words, required_columns
from govkit.reading.sheet import CellValue, Sheet
from govkit.rubric import PartName, Rubric, Rubrics


@dataclass(frozen=True, slots=True)
class Heading:
    """What 批次 says; a part that is wrong or missing is None, so that the rest of the workbook can still be read."""

    name: str
    organiser: str
    as_of: date | None
    rubric: Rubric | None
    unlisted: Outcome

    def batch(self, source: str) -> Batch:
        """The batch, once nothing is missing.

        Raises:
            ValueError: a part is missing.
        """
        if self.as_of is None or self.rubric is None:
            raise ValueError(source)
        return Batch(self.name, self.as_of, self.rubric.id, self.organiser, source, self.unlisted)


def read_heading(sheets: list[Sheet], rubrics: Rubrics, problems: Problems) -> Heading:
    """Read the entries of 批次; a sheet that is missing is a problem of the caller's.

    Raises:
        RubricError: the rules that it names cannot be used.
    """
    entries: dict[str, tuple[CellValue, Place]] = {}
    for sheet in sheets:
        for name, value, place in _entries(sheet):
            # A title may read like the name of an entry; it has nothing to its right.
            if name not in entries or is_blank(entries[name][0]):
                entries[name] = (value, place)
            elif not is_blank(value) and as_text(entries[name][0]) != as_text(value):
                problems.add("B03", place, name=name)
    place = sheets[0].place() if sheets else Place("")
    for name in required_columns(BATCH) if sheets else ():
        if name not in entries or is_blank(entries[name][0]):
            problems.add("B04", entries.get(name, ("", place))[1], name=name)
    texts = {name: read_text(value, at, problems) for name, (value, at) in entries.items() if name != "监测时间点"}
    value, at = entries.get("监测时间点", ("", place))
    moment = None if is_blank(value) else read_moment(value, at, problems)
    return Heading(
        texts.get("批次名称", ""),
        texts.get("组织单位", ""),
        moment.date() if moment else None,
        _rubric(texts.get("检查规则", ""), entries.get("检查规则", ("", place))[1], rubrics, problems),
        _unlisted(texts.get("未列出的指标", ""), entries.get("未列出的指标", ("", place))[1], problems),
    )


def _entries(sheet: Sheet) -> Iterator[tuple[str, CellValue, Place]]:
    """Known entries with the cell to their right, wherever on the sheet they stand."""
    known = known_columns(BATCH)
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            name = known.get(fold_header(as_text(cell)).rstrip(":"), ("", 0))[0]
            if name:
                # A merged cell stands for all its cells, so the same text again is still the name.
                values = (value for value in row[at + 1 :] if as_text(value) != as_text(cell))
                yield name, next(values, ""), sheet.place(number, name)
                break


def _rubric(rubric_id: str, place: Place, rubrics: Rubrics, problems: Problems) -> Rubric | None:
    if not rubric_id:
        return None
    ids = {fold(name): name for name in rubrics.ids}
    if fold(rubric_id) in ids:
        return rubrics.load(ids[fold(rubric_id)])
    near = nearest(rubric_id, rubrics.ids)
    problems.add("B01", place, id=rubric_id, ids="、".join(rubrics.ids), near=near or rubrics.ids[0])
    return None


def _unlisted(text: str, place: Place, problems: Problems) -> Outcome:
    outcome = outcome_words(PartName.VETO).get(fold(text), None) if text else Outcome.UNCHECKED
    if outcome in (Outcome.UNCHECKED, Outcome.CLEAR):
        return outcome
    problems.add("B02", place, value=text)
    return Outcome.UNCHECKED
