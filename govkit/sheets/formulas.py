"""The formulas of a scoring sheet: the rubric's arithmetic once more, for the spreadsheet program that shows the sheet.

`scoring` decides what a sheet shows; its formulas let it be followed, and work while somebody fills a blank one. Both
follow the same rubric data, and tests let two other programs judge that they agree.

What stands beside an item decides its *state*: 0 nothing to score, 1 found, 2 still open, 3 found but with a number
that the item does not allow. States and what follows from them are worked out on a hidden sheet, 计算.
Cells are named as `Formula` describes; `{#B4}` is a cell of the hidden sheet, in the fourth row of the object's block.
Clause: 附件 指标说明.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from govkit.figures import shortest
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.messages import catalogue, say
from govkit.rubric import Item, PartName, Row, Rubric, outcome_word
from govkit.scoring import Ground

PREFIX = {PartName.VETO: "否决", PartName.DEDUCTION: "扣分", PartName.BONUS: "加分"}
CLEAR, FOUND, OPEN, FAULT = range(4)
EXACT = 6
"""Decimals that figures are rounded to before they are compared; every figure is a multiple of far more than that."""

_UNBOUNDED = 1000  # a number of things found that is allowed up to here has no upper limit
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers that an item allows: ranges of whole numbers, both ends included; an open end is None."""

    ranges: tuple[tuple[int, int | None], ...]

    def __contains__(self, count: int) -> bool:
        """Whether a number is allowed."""
        return any(first <= count and (last is None or count <= last) for first, last in self.ranges)


def allowed_counts(rubric: Rubric, item: Item) -> Counts:
    """The numbers found (数量) that the rubric does not refuse for an item."""
    allowed = [count for count in range(1, _UNBOUNDED + 1) if not rubric.count_fault(item, count)]
    runs = [[count for _, count in run] for _, run in groupby(enumerate(allowed), lambda pair: pair[1] - pair[0])]
    return Counts(tuple((run[0], None if run[-1] == _UNBOUNDED else run[-1]) for run in runs))


class Formulas:
    """The formulas for one kind of object under one rubric.

    Args:
        rubric: the rules.
        kind: site or account.
        reduced: whether the rule for units without public services applies.
        blank_is_clear: whether an item without any result counts as 未发现 (未列出的指标).
    """

    def __init__(self, rubric: Rubric, kind: Kind, *, reduced: bool, blank_is_clear: bool) -> None:
        self.rubric, self.kind, self.reduced = rubric, kind, reduced
        self.blank_is_clear = blank_is_clear
        self.rows = rubric.rows_for(kind, service=not reduced)
        self.items = [item for row in self.rows for item in row.items]
        self.counts = {item.code: allowed_counts(rubric, item) for item in self.items}
        self.places = _places(rubric)
        self._summary = ("", *_SITE_SUMMARY) if kind == Kind.SITE else ("", *_SUMMARY)
        self._line = {name: number for number, name in enumerate(self._summary, 1)}
        for code in (*(item.code for item in self.items), *(row.code for row in self.scored_rows)):
            self._line[code] = len(self._line) + 1
        self._expressions = dict(self._summaries())

    @property
    def scored_rows(self) -> list[Row]:
        """The rows that take or earn points."""
        return [row for row in self.rows if row.points is not None]

    def cell(self, column: str, name: str) -> str:
        """A cell of the hidden sheet: the column of a line, which is a figure of the summary, an item or a row."""
        return f"{{#{column}{self._line[name]}}}"

    def lines(self) -> list[tuple[str, tuple[str, ...]]]:
        """The lines of the hidden sheet under its first one: a name, and the formulas beside it."""
        summary = [(say(f"calculation.{name}"), (self._expressions[name],)) for name in self._summary[1:]]
        items = [(item.code, self._item_formulas(row, item)) for row in self.rows for item in row.items]
        scored = [(row.code, tuple(self._row_sum(row, column) for column in "CD")) for row in self.scored_rows]
        return [*summary, *items, *scored]

    def item_points(self, item: Item) -> str:
        """单条得失分."""
        part = self.rubric.row_of[item.code].part
        state = self.cell("B", item.code)
        wrong = f"IF({state}={FAULT},{_text(say('sheet.wrong_count'))},{_text(say('sheet.pending'))})"
        points = f"IF({state}={FOUND},{self.cell('C', item.code)},IF({state}={CLEAR},0,{wrong}))"
        if part == PartName.DEDUCTION:
            return self._unless_veto(points)
        absent = self.cell("B", "bonus_absent")
        return f'IF({state}={FAULT},{_text(say("sheet.wrong_count"))},IF({absent}<>"",{absent},{points}))'

    def row_points(self, row: Row) -> str:
        """本项得失分: what the row comes to after its cap."""
        prefix, first, last = PREFIX[row.part], row.items[0].code, row.items[-1].code
        added = f"SUM({{{first}/{prefix}_单条得失分}}:{{{last}/{prefix}_单条得失分}})"
        capped = f"MIN({{{first}/{prefix}_分值}},{self._rounded(added)})"
        if row.part == PartName.BONUS:
            absent = self.cell("B", "bonus_absent")
            return f'IF({absent}<>"",{absent},{capped})'
        states = self._range("B", row.items[0].code, row.items[-1].code)
        return self._unless_veto(f"IF(MAX({states})>{FOUND},{_text(say('sheet.pending'))},{capped})")

    def out_of_scope(self, part: PartName) -> str:
        """What stands for points of an item or a row that is not judged."""
        none = _text(say("sheet.none"))
        if part == PartName.DEDUCTION:
            return self._unless_veto(none)
        ground = self.cell("B", "ground")
        decided = f'OR({ground}="{Ground.VETO}",{ground}="{Ground.BELOW}",{ground}="{Ground.PLAIN}")'
        return f"IF({decided},{self.cell('B', 'bonus_absent')},{none})"

    def totals(self) -> Mapping[str, str]:
        """The named cells of the result of a site."""
        deducted, left = "{扣分合计}", self._left("{扣分合计}")
        bonus, absent = "{加分指标得分}", self.cell("B", "bonus_absent")
        pending = f"IF({self.cell('B', 'open')}>0,{_text(say('sheet.pending'))}"
        ground = self.cell("B", "ground")
        totalled = f"IF(ISNUMBER({bonus}),ROUND({left}+{bonus},2),ROUND({left},2))"
        is_open = f'OR({ground}="{Ground.OPEN}",{ground}="{Ground.BONUS_OPEN}")'
        return {
            "扣分合计": self._unless_veto(f"{pending},{self._rounded(self._column(PartName.DEDUCTION))})"),
            "扣分指标得分": f"IF(ISNUMBER({deducted}),ROUND({left},2),{deducted})",
            "加分指标得分": f'IF({absent}<>"",{absent},{self._rounded(self._column(PartName.BONUS))})',
            "最后得分": self._unless_veto(f"IF({is_open},{_text(say('sheet.incomplete'))},{totalled})"),
            "换算": f"IF(ISNUMBER({deducted}),{self._scaling()},{deducted})",
            "得分范围": f"IF({is_open},{_sentence('sheet.range', self._bounds())},{_text(say('sheet.none'))})",
        }

    def verdict(self) -> str:
        """结论, as a sentence with its ground."""
        ground, faults = self.cell("B", "ground"), self.cell("B", "faults")
        grounds = [Ground.VETO, Ground.OPEN, Ground.CLEAN]
        if self.kind == Kind.SITE:
            grounds = [ground for ground in Ground if ground != Ground.CLEAN]
        *others, last = grounds
        formula = self._reason(last)
        for other in reversed(others):
            formula = f'IF({ground}="{other}",{self._reason(other)},{formula})'
        return f"IF({faults}>0,{_sentence('sheet.wrong_counts', {'number': faults})},{formula})"

    def _reason(self, ground: Ground) -> str:
        parameters = self.rubric.parameters
        values = {
            "vetoes": self.cell("B", "vetoes"),
            "open": self.cell("B", "bonus_open" if ground == Ground.BONUS_OPEN else "open"),
            "pass_line": _text(shortest(parameters.pass_line)),
            "bonus_line": _text(shortest(parameters.bonus_line)),
            "range": _text(say("reason.no_range")),
        }
        if self.kind == Kind.SITE:
            bounds = self._bounds()
            same = f"ROUND({self.cell('B', 'low')}-{self.cell('B', 'high')},2)=0"
            values |= {
                "part2": self._shown("part2_high"),
                "bonus": self._shown("bonus_least"),
                "total": self._shown("high"),
                "range": f"IF({same},{_sentence('reason.range_one', bounds)},{_sentence('reason.range', bounds)})",
            }
        return _sentence(f"reason.{ground}", values)

    def _bounds(self) -> dict[str, str]:
        return {name: self._shown(name) for name in ("low", "high")}

    def _shown(self, name: str) -> str:
        """A figure of the summary as text with two decimals."""
        return f'TEXT(ROUND({self.cell("B", name)},2),"0.00")'

    def _scaling(self) -> str:
        """换算 in words, with the numbers as `explain` shows them: two decimals only where there is no shorter form."""
        rule = self.rubric.parameters.without_services
        left = self._rounded(f"{shortest(rule.full_marks)}-{{扣分合计}}")
        scaled = f"ROUND({self._left('{扣分合计}')},{EXACT})"
        first = {"full": _text(shortest(rule.full_marks)), "deducted": "{扣分合计}", "points": left}
        second = {
            "left": left,
            "up": _text(str(rule.multiplier.numerator)),
            "down": _text(str(rule.multiplier.denominator)),
            "points": f'IF({scaled}=ROUND({scaled},2),ROUND({scaled},2)&"",TEXT({scaled},"0.00"))',
        }
        return f"{_sentence('step.part2', first)}&{_text('；')}&{_sentence('step.scaled', second)}"

    def _left(self, deducted: str) -> str:
        """Part two, unrounded."""
        rule = self.rubric.parameters.without_services
        if not self.reduced:
            return f"({shortest(self.rubric.full_marks)}-{deducted})"
        return f"({shortest(rule.full_marks)}-{deducted})*{rule.multiplier.numerator}/{rule.multiplier.denominator}"

    def _summaries(self) -> Iterator[tuple[str, str]]:
        """The figures of the summary, by name."""
        vetoes = [item.code for row in self.rows if row.part == PartName.VETO for item in row.items]
        decisive = [item.code for row in self.rows if row.part != PartName.BONUS for item in row.items]
        bonus = [item.code for row in self.rows if row.part == PartName.BONUS for item in row.items]
        yield "vetoes_found", f"COUNTIF({self._range('B', vetoes[0], vetoes[-1])},{FOUND})"
        named = (
            f'IF({self.cell("B", code)}={FOUND},{_text(f"；{code} {self.rubric.row_of[code].name}")},"")'
            for code in vetoes
        )
        yield "vetoes", f"MID({'&'.join(named)},2,{_UNBOUNDED})"
        yield "open", self._at_least(OPEN, decisive)
        yield "faults", f"COUNTIF({self._range('B', vetoes[0], self.items[-1].code)},{FAULT})"
        no_veto = f'IF({self.cell("B", "vetoes_found")}>0,"{Ground.VETO}",'
        no_veto += f'IF({self.cell("B", "open")}>0,"{Ground.OPEN}",'
        if self.kind == Kind.ACCOUNT:
            yield "ground", f'{no_veto}"{Ground.CLEAN}"))'
            return
        yield from self._bounds_of_parts()
        yield "bonus_open", self._at_least(OPEN, bonus)
        line = shortest(self.rubric.parameters.bonus_line)
        for end, added in (("low", "bonus_least"), ("high", "bonus_most")):
            part2 = self.cell("B", f"part2_{end}")
            yield end, f"{part2}+IF({part2}>{line},{self.cell('B', added)},0)"
        yield "ground", f"{no_veto}{self._ground_of_points()}))"
        yield "bonus_absent", self._bonus_absent()

    def _ground_of_points(self) -> str:
        """Which line of the outcome list matches where all vetoes and deductions are decided."""
        parameters, part2 = self.rubric.parameters, self.cell("B", "part2_high")
        scored = f'IF({self.cell("B", "bonus_open")}>0,"{Ground.BONUS_OPEN}","{Ground.BONUS}")'
        passed = f'IF({part2}<={shortest(parameters.bonus_line)},"{Ground.PLAIN}",{scored})'
        return f'IF({part2}<{shortest(parameters.pass_line)},"{Ground.BELOW}",{passed})'

    def _bonus_absent(self) -> str:
        """What stands instead of points of the bonus; empty where it is scored."""
        ground = self.cell("B", "ground")
        words = {Ground.BELOW: "not_scored", Ground.PLAIN: "not_scored", Ground.VETO: "no_more"}
        formula = f'IF({ground}="{Ground.BONUS}","",{_text(say("sheet.pending"))})'
        for other, word in words.items():
            formula = f'IF({ground}="{other}",{_text(say(f"sheet.{word}"))},{formula})'
        return formula

    def _bounds_of_parts(self) -> Iterator[tuple[str, str]]:
        """The least and the most that part two takes and part three earns, and what is left of part two."""
        for part in (PartName.DEDUCTION, PartName.BONUS):
            codes = [row.code for row in self.scored_rows if row.part == part]
            for name, column in (("least", "B"), ("most", "C")):
                added = f"SUM({self._range(column, codes[0], codes[-1])})"
                yield f"{part}_{name}", self._rounded(added)
        for end, name in (("high", "least"), ("low", "most")):
            yield f"part2_{end}", f"ROUND({self._left(self.cell('B', f'{PartName.DEDUCTION}_{name}'))},{EXACT})"

    def _at_least(self, state: int, codes: list[str]) -> str:
        states = self._range("B", codes[0], codes[-1])
        return "+".join(f"COUNTIF({states},{number})" for number in range(state, FAULT + 1))

    def _item_formulas(self, row: Row, item: Item) -> tuple[str, ...]:
        """The state of an item; the points that it takes or earns for sure, and at most."""
        prefix = PREFIX[row.part]
        result, count = f"{{{item.code}/{prefix}_检查结果}}", f"{{{item.code}/{prefix}_数量}}"
        words = {outcome: _text(outcome_word(outcome, row.part)) for outcome in Outcome}
        clear = [f"{result}={words[outcome]}" for outcome in (Outcome.CLEAR, Outcome.NOT_APPLICABLE)]
        if self.blank_is_clear:
            clear.append(f'{result}=""')
        found = f"IF({self._is_allowed(item, count)},{FOUND},{FAULT})"
        state = f"IF({result}={words[Outcome.FOUND]},{found},IF(OR({','.join(clear)}),{CLEAR},{OPEN}))"
        if row.points is None:
            return (state,)
        own, sure = self.cell("B", item.code), self.cell("C", item.code)
        most = row.points if item.most is None else item.most
        return (
            state,
            f"IF({own}={FOUND},{self._points(item, count)},0)",
            f"IF({own}>{FOUND},{shortest(most)},{sure})",
        )

    def _is_allowed(self, item: Item, count: str) -> str:
        """Whether the number found can be; none is 1."""
        counts = self.counts[item.code]
        ranges = [
            f"{count}={first}"
            if first == last
            else f"{count}>={first}"
            if last is None
            else f"AND({count}>={first},{count}<={last})"
            for first, last in counts.ranges
        ]
        number = f"IF(ISNUMBER({count}),AND({count}=INT({count}),OR({','.join(ranges)})),FALSE)"
        return f"IF({_is_blank(count)},{'TRUE' if 1 in counts else 'FALSE'},{number})"

    def _points(self, item: Item, count: str) -> str:
        number = f"IF(ISNUMBER({count}),{count},1)"
        if item.kind == "tier":
            return number
        each = shortest(item.points or Fraction(0))
        return self._rounded(f"{each}*{number}") if item.kind == "count" else each

    def _row_sum(self, row: Row, column: str) -> str:
        added = f"SUM({self._range(column, row.items[0].code, row.items[-1].code)})"
        return f"MIN({shortest(row.points or Fraction(0))},{self._rounded(added)})"

    def _range(self, column: str, first: str, last: str) -> str:
        """Neighbouring cells of the hidden sheet."""
        return f"{{#{column}{self._line[first]}:{column}{self._line[last]}}}"

    def _column(self, part: PartName) -> str:
        """本项得失分 of a whole part, added up."""
        items = [item.code for row in self.rubric.rows if row.part == part for item in row.items]
        name = f"{PREFIX[part]}_本项得失分"
        return f"SUM({{{items[0]}/{name}}}:{{{items[-1]}/{name}}})"

    def _rounded(self, expression: str) -> str:
        """Points without the noise that binary arithmetic leaves behind the last decimal."""
        return f"ROUND({expression},{self.places})"

    def _unless_veto(self, expression: str) -> str:
        return f"IF({self.cell('B', 'vetoes_found')}>0,{_text(say('sheet.no_more'))},{expression})"


_SUMMARY = ("vetoes_found", "vetoes", "open", "faults", "ground")
_SITE_SUMMARY = (
    *_SUMMARY,
    *("deduction_least", "deduction_most", "part2_high", "part2_low"),
    *("bonus_open", "bonus_least", "bonus_most", "low", "high", "bonus_absent"),
)


def _places(rubric: Rubric) -> int:
    """The decimals of the rubric's points."""
    points = [item.points for item in rubric.items.values() if item.points is not None]
    points += [row.points for row in rubric.rows if row.points is not None]
    return next(places for places in range(EXACT + 1) if all((p * 10**places).denominator == 1 for p in points))


def _is_blank(cell: str) -> str:
    return f'OR({cell}="",{cell}={_text(say("sheet.none"))})'


def _text(text: str) -> str:
    """A text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _sentence(key: str, values: Mapping[str, str]) -> str:
    """A sentence of the catalogue as a formula that puts expressions into its gaps."""
    section, _, name = key.partition(".")
    pieces = _GAP.split(str(catalogue()[section][name]))
    texts = [_text(piece) if number % 2 == 0 else values[piece] for number, piece in enumerate(pieces)]
    return "&".join(text for text in texts if text != '""') or '""'
