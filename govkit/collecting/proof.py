"""Whether a filed sheet still shows what its own findings come to under its own rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from govkit.collecting.answers import contributions
from govkit.findings import Finding, SpotCheck
from govkit.problems import Problems
from govkit.reading import FilledSheet, shown_text
from govkit.rubric import Rubric
from govkit.scoring import score_spot_check
from govkit.sheets import Expected, expected
from govkit.sheets.values import Plain

_TOTALS = {"扣分合计", "扣分指标得分", "加分指标得分", "最后得分", "换算", "得分范围"}
_POINTS = {"分值", "单条得失分", "本项得失分"}
_WORDING = {"一级指标", "二级指标", "评分细则"}
_ANSWERS = {"检查结果", "数量", "问题说明"}
_BY_TOOL = "规则说明"  # names the release that wrote the sheet, which may be another by now


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it must be.

    Attributes:
        kind: findings, points, totals, verdict, wording or facts.
        where: the item, or the name of the cell.
        column: of the item's line.
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
        problems: takes findings that the rules do not allow.
    """
    origin = sheet.origin
    changed = {answer.finding.item: answer.finding for answer in contributions(sheet, rubric, problems).answers}
    findings = {**{finding.item: finding for finding in origin.findings}, **changed}
    must = _expected(sheet, rubric, findings)
    made = _expected(sheet, rubric, {finding.item: finding for finding in origin.findings})
    found = list(_in_lines(sheet, must)) + list(_in_cells(sheet, must, rubric))
    if not origin.fillable:
        found = [*_in_answers(sheet, made), *found]
    return found


def _expected(sheet: FilledSheet, rubric: Rubric, findings: dict[str, Finding]) -> Expected:
    origin = sheet.origin
    check = SpotCheck(origin.batch, (origin.subject,), tuple(findings.values()), origin.measurements)
    (result,) = score_spot_check(rubric, check).objects
    return expected(origin.batch, rubric, replace(result, filing=origin.filing), fillable=origin.fillable)


def _in_answers(sheet: FilledSheet, made: Expected) -> Iterator[Difference]:
    """Findings that are not those with which the sheet was made."""
    for code, columns in made.lines.items():
        for column in _ANSWERS & columns.keys():
            first, _ = columns[column]
            stands = shown_text(sheet.lines[code].cells[column])
            if not _same(stands, first):
                yield Difference("findings", code, column, stands, str(first))


def _in_lines(sheet: FilledSheet, must: Expected) -> Iterator[Difference]:
    for code, columns in must.lines.items():
        for column, either in columns.items():
            kind = "points" if column in _POINTS else "wording" if column in _WORDING else ""
            stands = shown_text(sheet.lines[code].cells.get(column, ""))
            if kind and not any(_same(stands, one) for one in either):
                yield Difference(kind, code, column, stands, str(either[0]))


def _in_cells(sheet: FilledSheet, must: Expected, rubric: Rubric) -> Iterator[Difference]:
    for name, value in must.cells.items():
        stands = shown_text(sheet.cell(name))
        kind = "totals" if name in _TOTALS else "verdict" if name == "结论" else "facts"
        if name.endswith("标题"):
            kind = "wording"
        if name == _BY_TOOL:
            if rubric.sha256 not in stands:
                yield Difference("wording", name, "", stands, str(value))
        elif not _same(stands, value):
            yield Difference(kind, name, "", stands, str(value))


def _same(stands: str, value: Plain) -> bool:
    """Whether a cell shows a value: numbers to the hundred-thousandth, texts but for white space."""
    if isinstance(value, str):
        return "".join(stands.split()) == "".join(value.split())
    try:
        return abs(Decimal(stands) - Decimal(value)) < _NEAR
    except ArithmeticError:
        return False


_NEAR = Decimal("0.00001")
