"""Whether a filed sheet still shows what its own findings come to under its own rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from govkit.collecting.answers import contributions
from govkit.findings import Finding, SpotCheck
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledLine, FilledSheet, shown_text
from govkit.reading.sheet import CellValue, ErrorValue
from govkit.rubric import Rubric
from govkit.scoring import score_spot_check
from govkit.sheets import Expected, expected
from govkit.sheets.values import Plain

_TOTALS = {"扣分合计", "扣分指标得分", "加分指标得分", "最后得分", "换算", "得分范围"}
_NOTE = "问题说明"
_KINDS = {
    **dict.fromkeys(("检查结果", "数量", _NOTE), "findings"),
    **dict.fromkeys(("分值", "单条得失分", "本项得失分"), "points"),
    **dict.fromkeys(("一级指标", "二级指标", "评分细则"), "wording"),
}
_ONCE = {"一级指标", "二级指标", "分值", "本项得失分"}  # stand there once for several lines
_BY_TOOL = "规则说明"
_RELEASE = re.compile(r"govkit [0-9][^ ]* ")  # the one that wrote the sheet may be another than this
_NEAR = Decimal("0.00001")
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]*)?(e-?[0-9]+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it must be.

    Attributes:
        kind: findings, points, totals, verdict, wording or facts; formulas, labels or looks; results or list of a pack.
        where: the item, the name of the cell, or its address.
        column: of the item's line, or what stands at the address.
        shown: what stands there.
        expected: what must stand there.
    """

    kind: str
    where: str
    column: str
    shown: str
    expected: str


def differences(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> list[Difference]:
    """Recompute a sheet from the findings that it shows and the rules that it follows.

    Args:
        sheet: as it was read.
        rubric: its rules, as they were then.
        problems: takes what keeps the sheet from being recomputed: formulas that were never calculated, and, where it
            is one to be filled in, what was filled in wrongly.
    """
    base = {finding.item: finding for finding in sheet.origin.findings}
    made = _expected(sheet, rubric, base)
    if any(isinstance(value, ErrorValue) and not value.text for value in _cells(sheet, made)):
        problems.add("C06", sheet.place())
        return []
    changed = _changed(sheet, rubric, problems)
    must = _expected(sheet, rubric, {**base, **changed}) if changed else made
    return [*_in_lines(sheet, must, made), *_in_cells(sheet, must, made)]


def must_show(sheet: FilledSheet, rubric: Rubric) -> Expected:
    """What a sheet must show and compute by the findings that it shows."""
    base = {finding.item: finding for finding in sheet.origin.findings}
    return _expected(sheet, rubric, {**base, **_changed(sheet, rubric, Problems())})


def _cells(sheet: FilledSheet, made: Expected) -> Iterator[CellValue]:
    """All cells that are looked at."""
    yield from map(sheet.cell, made.cells)
    for line in sheet.lines.values():
        yield from (value for row in line.rows for value in row.values())


def _changed(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> dict[str, Finding]:
    """Findings that the sheet was not made with.

    On a filed sheet, what the rules do not allow is no slip of somebody who fills it in; it is told as a difference.
    """
    own = problems if sheet.origin.fillable else Problems()
    answers = contributions(sheet, rubric, own).answers
    wrong = set() if sheet.origin.fillable else {problem.place.row for problem in own}
    return {answer.finding.item: answer.finding for answer in answers if answer.place.row not in wrong}


def _expected(sheet: FilledSheet, rubric: Rubric, findings: dict[str, Finding]) -> Expected:
    origin = sheet.origin
    check = SpotCheck(origin.batch, (origin.subject,), tuple(findings.values()), origin.measurements)
    (result,) = score_spot_check(rubric, check).objects
    return expected(origin.batch, rubric, replace(result, filing=origin.filing), fillable=origin.fillable)


def _in_lines(sheet: FilledSheet, must: Expected, made: Expected) -> Iterator[Difference]:
    """What lines show otherwise. Findings must be those with which a filed sheet was made."""
    before: dict[str, Difference] = {}
    for code, columns in must.lines.items():
        for column, kind in _KINDS.items():
            if column not in columns or (kind == "findings" and sheet.origin.fillable):
                continue
            either = made.lines[code][column] if kind == "findings" else columns[column]
            stands = _wrong(sheet.lines[code], column, either)
            if stands is None:
                before.pop(column, None)
                continue
            found = Difference(kind, code, column, stands, str(either[0]))
            is_told = column in _ONCE and column in before and replace(before[column], where=code) == found
            before[column] = found
            if not is_told:
                yield found


def _wrong(line: FilledLine, column: str, either: tuple[Plain, Plain]) -> str | None:
    """What stands in the cell of a line, or in one of its further rows, if that must not; else None."""
    if column == _NOTE:
        return None if is_shown(line.note, either[0]) else line.note
    for number, row in enumerate(line.rows):
        stands = shown_text(row[column])
        wanted = (*either, say("sheet.again")) if number else either
        if not any(is_shown(stands, one) for one in wanted):
            return stands
    return None


def _in_cells(sheet: FilledSheet, must: Expected, made: Expected) -> Iterator[Difference]:
    for name in made.cells:
        kind = "totals" if name in _TOTALS else "verdict" if name == "结论" else "facts"
        if name.endswith("标题") or name == _BY_TOOL:
            kind = "wording"
        value = must.cells.get(name, say("sheet.none")) if kind in {"totals", "verdict"} else made.cells[name]
        stands = shown_text(sheet.cell(name))
        if name == _BY_TOOL:
            is_same = is_shown(_RELEASE.sub("", stands), _RELEASE.sub("", str(value)))
        else:
            is_same = is_shown(stands, value)
        if not is_same:
            yield Difference(kind, name, "", stands, str(value))


def is_shown(stands: str, value: Plain) -> bool:
    """Whether a cell shows a value: numbers to the hundred-thousandth, texts but for white space."""
    if isinstance(value, str):
        return "".join(stands.split()) == "".join(value.split())
    if not _FIGURE.fullmatch(stands.strip()):
        return False  # Decimal takes “1_03” for a number
    return abs(Decimal(stands) - Decimal(value)) < _NEAR
