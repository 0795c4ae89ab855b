"""Scoring sheets as people fill them in, at random and by a seed, and what scored sheets show of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random

from govkit.findings import Batch, Finding, Outcome
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import Item, PartName, Rubric, load_rubric_from
from govkit.rubric.load import DATA
from govkit.scoring import ObjectResult, judge, score_object
from govkit.sheets.form import Filled
from govkit.sheets.kindred import Kindred
from govkit.sheets.scoring_sheet import Sheet
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.values import Formula, Line, Plain, Value, shown
from tests.sheets.builders import AS_OF

Typed = str | int | float
NOTHING = ("", "—")
"""What stands for 1 beside 发现问题."""

_OTHER = """
id = "other-lines"
version = "1.0.0"
title = "变体"
source = "某通知"
extends = "fengdu-2019"

[parameters]
pass_line = 70
bonus_line = 92.5

[parameters.without_services]
applies = false
"""
_LEVEL = '{ points = 1, text = "监测时间点前1个月内未更新" }'  # of D12.2
_MOST = 40  # numbers are mostly small


@dataclass(frozen=True, slots=True)
class Fill:
    """What somebody typed for an object: 检查结果 (None is left blank) and 数量, by item."""

    subject: Subject
    typed: Mapping[str, tuple[Outcome | None, Typed]]


class Record:
    """A form that keeps what a sheet puts into it, by the names of cells, and of columns after the item's code."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Keep it; the figures of results have two decimals."""
        del number_format
        self.values[name] = value

    def remove(self, row: str) -> None:
        """Nothing is put into it."""

    def continued(self, name: str, value: str) -> list[str]:
        """One piece."""
        del name
        return [value]

    def spread(self, row: str, lines: Sequence[Line]) -> None:
        """Keep the lines."""
        prefix = row.removesuffix("行")
        for line in lines:
            for name, value in {**line.values, **{name: span.value for name, span in line.spans.items()}}.items():
                self.values[f"{line.key}/{name.removeprefix(f'{prefix}_')}"] = value

    def finish(self, footer: Mapping[str, str], *, paged: bool, mark: bytes | None = None) -> Filled:
        """Nothing is written."""
        del footer, paged, mark
        return Filled("", {}, {}, {})


class Season:
    """A batch with its rubric, and what the engine and the sheets make of what was typed.

    Args:
        rubric: its rules.
        unlisted: what a blank cell means.
    """

    def __init__(self, rubric: Rubric, unlisted: Outcome) -> None:
        self.batch, self.rubric = Batch("检查", AS_OF, rubric.id, unlisted=unlisted), rubric
        self.sheets = ScoringSheets(self.batch, rubric)
        self._kindred = {
            (kind, reduced): Kindred(self.batch, rubric, kind, reduced=reduced)
            for kind, reduced in ((Kind.SITE, False), (Kind.SITE, True), (Kind.ACCOUNT, False))
        }

    def untouched(self, subject: Subject) -> ObjectResult:
        """An object of which nothing is known yet."""
        return self.result(Fill(subject, {}))

    def findings(self, fill: Fill) -> dict[str, Finding]:
        """What a fill says, by item."""
        return {
            code: Finding(
                fill.subject.id,
                code,
                outcome,
                count if outcome == Outcome.FOUND and isinstance(count, int) else None,
                "网站没有这类栏目" if outcome == Outcome.NOT_APPLICABLE else "",
            )
            for code, (outcome, count) in fill.typed.items()
            if outcome is not None
        }

    def result(self, fill: Fill) -> ObjectResult:
        """What the engine makes of a fill."""
        findings = self.findings(fill)
        judgements = judge(self.rubric, fill.subject, findings, {}, self.batch.as_of, self.batch.unlisted)
        return ObjectResult(fill.subject, judgements, score_object(self.rubric, fill.subject, judgements))

    def shows(self, result: ObjectResult) -> dict[str, Plain]:
        """What the scored sheet of an object shows where a blank one has formulas."""
        subject, record = result.subject, Record()
        reduced = self.rubric.is_reduced(subject.kind, service=subject.service)
        Sheet(self._kindred[subject.kind, reduced], result, fillable=False).fill(record, bytes)
        values = {name: shown(value) for name, value in record.values.items() if isinstance(value, Formula)}
        return {"得分范围": say("sheet.none"), **values}


def other_rubric(folder: Path) -> Rubric:
    """A rubric with other lines, without the rule of 75 points, and with an item found at no less than 2."""
    base = (DATA / "fengdu-2019.toml").read_text(encoding="utf-8")
    assert _LEVEL in base
    (folder / "fengdu-2019.toml").write_text(base.replace(_LEVEL, _LEVEL.replace("1", "3", 1), 1), encoding="utf-8")
    (folder / "other-lines.toml").write_text(_OTHER, encoding="utf-8")
    return load_rubric_from(folder, "other-lines")


def allowed(rubric: Rubric, item: Item) -> list[int]:
    """Small numbers found that the item takes, and some large ones."""
    return [count for count in (*range(1, _MOST), 999, 1000, 12_345) if not rubric.count_fault(item, count)]


def at_random(chance: Random, season: Season, subject: Subject) -> Fill:
    """Few problems or many, all decided or not, with a veto now and then."""
    veto = chance.choice((0.0, 0.0, 0.0, 0.02, 0.3))
    loss, bonus = chance.choice((0.01, 0.03, 0.08, 0.2, 0.5, 0.95)), chance.choice((0.05, 0.5, 0.95))
    undecided, bonus_undecided = chance.choice((0.0, 0.0, 0.01, 0.1, 0.9)), chance.choice((0.0, 0.0, 0.1, 0.9))
    typed = {}
    for code, item in season.rubric.items_in_scope(subject).items():
        part = season.rubric.row_of[code].part
        found = {PartName.VETO: veto, PartName.DEDUCTION: loss, PartName.BONUS: bonus}[part]
        is_open = chance.random() < (bonus_undecided if part == PartName.BONUS else undecided)
        typed[code] = _typed(chance, season, item, found=chance.random() < found, is_open=is_open)
    return Fill(subject, typed)


def _typed(chance: Random, season: Season, item: Item, *, found: bool, is_open: bool) -> tuple[Outcome | None, Typed]:
    blank = None  # means what the batch says
    if found:
        counts = allowed(season.rubric, item)
        limits: list[Typed] = [counts[0], counts[-1], *([*NOTHING] if 1 in counts else [])]
        return Outcome.FOUND, chance.choice([*limits, chance.choice(counts)])
    left = chance.choice(("", "", "—", 3))  # a number beside another result is never looked at
    if is_open:
        words = [
            Outcome.CANNOT_TELL,
            Outcome.UNCHECKED,
            *([blank] if season.batch.unlisted == Outcome.UNCHECKED else []),
        ]
    else:
        words = [
            Outcome.CLEAR,
            Outcome.NOT_APPLICABLE,
            *([blank] * 3 if season.batch.unlisted == Outcome.CLEAR else []),
        ]
    return chance.choice(words), left


def exactly(chance: Random, season: Season, subject: Subject, part2: Fraction) -> Fill:
    """All decided, with problems that leave just so many points of part two."""
    items = [
        item
        for item in season.rubric.items_in_scope(subject).values()
        if season.rubric.row_of[item.code].part != PartName.VETO
    ]
    clear = dict.fromkeys(season.rubric.items_in_scope(subject), (Outcome.CLEAR, ""))
    while True:
        fill = Fill(subject, dict[str, tuple[Outcome | None, Typed]](clear))
        chance.shuffle(items)
        for item in items:
            more = replace(fill, typed={**fill.typed, item.code: (Outcome.FOUND, allowed(season.rubric, item)[0])})
            left = season.result(more).score.part2 or 0
            if left >= part2:
                fill = more
            if left == part2:
                return fill


def opened_again(chance: Random, season: Season, fill: Fill) -> Fill:
    """The same with every bonus earned, and one of what was not found left undecided."""
    typed = dict(fill.typed)
    bonus = [code for code in typed if season.rubric.row_of[code].part == PartName.BONUS]
    typed |= {code: (Outcome.FOUND, allowed(season.rubric, season.rubric.items[code])[0]) for code in bonus}
    clear = [code for code, (outcome, _) in typed.items() if outcome == Outcome.CLEAR]
    return Fill(fill.subject, {**typed, chance.choice(clear): (Outcome.CANNOT_TELL, "")})
