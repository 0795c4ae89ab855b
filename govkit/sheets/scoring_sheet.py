"""评分表 and 检查表: the sheet of one object, in the order and wording of the annex, one line an item.

Every figure is a formula with its result, so that the sheet shows right in programs that do not calculate, and goes
on computing in those that do. A sheet to be filled in by hand is the same sheet with cells to fill in.
Clause: 附件 指标说明.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

import govkit
from govkit.figures import shortest, two_places
from govkit.findings import OPEN_OUTCOMES, Batch, Outcome, Stage
from govkit.ledger import Kind
from govkit.messages import say
from govkit.origin import Origin, origin_to_text
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.scoring import Ground, ObjectResult, explain, reason
from govkit.sheets.answers import Answer, absent_word, answer_of
from govkit.sheets.calculation import MARK, Calculation, Hidden
from govkit.sheets.filing import filing_words
from govkit.sheets.form import Filled, Form
from govkit.sheets.formulas import PREFIX, Formulas
from govkit.sheets.kept import Kept
from govkit.sheets.rules import Rules
from govkit.sheets.template_hash import template_hash
from govkit.sheets.values import Common, Entry, Formula, Identifier, Line, Plain, Rule, Span, Value

TEMPLATE_OF = {Kind.SITE: "网站评分表.xlsx", Kind.ACCOUNT: "政务新媒体检查表.xlsx"}
DRAFT = "草稿.png"

_BATCH = ("依据", "批次名称", "组织单位", "监测时间点", "检查人员", "检查时间", "结论", "规则说明")
_TOTALS = ("扣分合计", "扣分指标得分", "加分指标得分", "最后得分")
_FACTS = {
    Kind.SITE: ("网站名称", "网站标识码", "首页网址", "主办单位", "主管单位", "对外服务职能"),
    Kind.ACCOUNT: (
        *("账号名称", "新媒体标识码", "账号类型", "主办单位", "账号主体"),
        *("主页地址", "账号状态", "备案", "开设日期", "最近更新日期"),
    ),
}
_PARTS = {Kind.SITE: tuple(PartName), Kind.ACCOUNT: (PartName.VETO,)}
_COLUMNS = ("一级指标", "二级指标", "编号", "评分细则", "检查结果", "数量", "问题说明")
_POINTS_COLUMNS = ("分值", "单条得失分", "本项得失分")
_CASES = {"换算行": ("换算",), "得分范围行": ("得分范围",)}
_FILING, _FILING_ROW = "办理情况", "办理情况行"
_TWO_PLACES = "0.00"
_NOTHING = Fraction(0)
_CHUNK = 16_000  # characters; half of what a cell holds, as some are written longer than they are


def names_of(kind: Kind) -> tuple[list[str], dict[str, list[str]]]:
    """The names that a template must have: of cells, and of rows with the cells in them."""
    parts = _PARTS[kind]
    cells = [*_BATCH, *_FACTS[kind], *(f"{PREFIX[part]}标题" for part in parts)]
    rows = {f"{PREFIX[part]}行": [f"{PREFIX[part]}_{column}" for column in _columns(part)] for part in parts}
    rows[_FILING_ROW] = [_FILING]
    if kind == Kind.SITE:
        cells += _TOTALS
        rows |= {row: list(names) for row, names in _CASES.items()}
    return cells, rows


class _Fixed(NamedTuple):
    """What all sheets of a kind have in the lines of a row: the wording of each item, and what stands beside them."""

    row: Row
    items: Sequence[tuple[Item, Mapping[str, Plain]]]
    labels: Mapping[str, Span]


class Kindred:
    """What all sheets for one kind of object have in common: wording, formulas, rules for cells to fill in.

    Args:
        batch: the batch.
        rubric: its rules.
        kind: site or account.
        reduced: whether the rule for units without public services applies.
    """

    def __init__(self, batch: Batch, rubric: Rubric, kind: Kind, *, reduced: bool) -> None:
        self.batch, self.rubric, self.kind, self.reduced = batch, rubric, kind, reduced
        blank_is_clear = batch.unlisted == Outcome.CLEAR
        self.formulas = Formulas(rubric, kind, reduced=reduced, blank_is_clear=blank_is_clear)
        self.calculation = Calculation(self.formulas, blank_is_clear=blank_is_clear)
        self.rules = Rules(self.formulas)
        self.parts = _PARTS[kind]
        self.facts = {
            "依据": say("sheet.basis", title=rubric.title),
            "批次名称": batch.name,
            "组织单位": batch.organiser,
            "监测时间点": say("sheet.date", date=batch.as_of),
            "规则说明": rubric_note(batch, rubric),
        }
        self.footer = footer_words(batch, rubric)
        self.known: Kept[tuple[Mapping[str, Value], Common, tuple[str, Plain]]] = Kept()
        self.verdict = self.formulas.verdict()
        self.totals = self.formulas.totals() if kind == Kind.SITE else {}
        judged = self.formulas.scored_rows
        self.item_points = {
            item.code: self.formulas.item_points(item) if row in judged else self.formulas.out_of_scope(row.part)
            for row in rubric.rows
            if row.points is not None and row.subject == kind
            for item in row.items
        }
        self.row_points = {
            row.code: self.formulas.row_points(row) if row in judged else self.formulas.out_of_scope(row.part)
            for row in rubric.rows
            if row.points is not None and row.subject == kind
        }

    @cached_property
    def template(self) -> str:
        """The hash of the template that they are filled into."""
        return template_hash(TEMPLATE_OF[self.kind])

    @cached_property
    def rows(self) -> Mapping[PartName, list[_Fixed]]:
        """The rows of each part, in the order of the annex."""
        return {part: list(self._rows(part)) for part in self.parts}

    def _rows(self, part: PartName) -> Iterator[_Fixed]:
        groups = {group.name: group.points for each in self.rubric.parts if each.part == part for group in each.groups}
        prefix = PREFIX[part]
        for row in self.rubric.rows:
            if row.part != part or row.subject != self.kind:
                continue
            label = say(f"sheet.kind_{row.subject}")
            if row.group in groups:
                label = say("sheet.group", name=row.group, points=shortest(groups[row.group]))
            labels = {
                f"{prefix}_一级指标": Span(label, label, label),
                f"{prefix}_二级指标": Span(f"{label} {row.title}", row.title, row.title),
            }
            if row.points is not None:
                points = _points(row.points)
                labels[f"{prefix}_分值"] = Span(row.code, points, points)
            items = [
                (item, {f"{prefix}_编号": item.code, f"{prefix}_评分细则": self._wording(row, item)})
                for item in row.items
            ]
            yield _Fixed(row, items, labels)

    def _wording(self, row: Row, item: Item) -> str:
        """The official wording; the row's lead stands before its first item, tail and notes after its last."""
        before = [row.lead] if item is row.items[0] else []
        after = [row.tail, *row.notes] if item is row.items[-1] else []
        return "\n".join(filter(None, [*before, self.rubric.wording(item), *after]))


class Sheet:
    """The sheet of one object while it is being filled.

    Args:
        kindred: what sheets of its kind have in common.
        result: the object.
        fillable: whether it is to be filled in by hand.
    """

    def __init__(self, kindred: Kindred, result: ObjectResult, *, fillable: bool) -> None:
        self.kindred, self.result, self.fillable = kindred, result, fillable
        self.rubric, self.subject, self.score = kindred.rubric, result.subject, result.score
        self.shown: dict[str, tuple[str, Plain]] = {}
        self.absent = {part: absent_word(result, part) for part in PartName}

    def fill(self, form: Form, draft: Callable[[], bytes]) -> Filled:
        """Fill a form of the template. `draft` gives the picture that marks what is not final."""
        self._put_facts(form)
        if self.subject.kind == Kind.SITE:
            self._put_totals(form)
        for part in self.rubric.parts:
            if part.part in self.kindred.parts:
                points = "" if part.points is None else say("sheet.part_points", points=shortest(part.points))
                form.put(f"{PREFIX[part.part]}标题", part.title + points)
                form.spread(f"{PREFIX[part.part]}行", list(self._lines(form, part.part)))
        filing = self.result.filing
        is_draft = filing is not None and filing.stage != Stage.REVIEWED and not self.fillable
        return form.finish(self.kindred.footer, paged=True, mark=draft() if is_draft else None)

    def hidden(self, filled: Filled) -> Hidden:
        """The object's block on the hidden sheet, once the form is filled."""
        text = origin_to_text(self._origin(filled))
        first = (MARK, *(text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)))
        calculation = self.kindred.calculation
        return Hidden(first, calculation.lines, calculation.results(self.shown))

    def _origin(self, filled: Filled) -> Origin:
        judgements = self.result.judgements.values()
        measured = dict.fromkeys(m for j in judgements if j.reading for m in j.reading.used)
        return Origin(
            self.kindred.batch,
            self.rubric.version,
            self.rubric.sha256,
            self.subject,
            tuple(judgement.finding for judgement in judgements if judgement.finding),
            tuple(measured),
            self.result.filing,
            self.fillable,
            filled.title,
            filled.cells,
            filled.columns,
            self.kindred.template,
        )

    def _put_facts(self, form: Form) -> None:
        subject = self.subject
        service = "" if subject.service is None else say(f"sheet.service_{'yes' if subject.service else 'no'}")
        known: dict[str, Value] = {
            **subject.details,
            **self.kindred.facts,
            "检查人员": "、".join(self._inspectors()),
            "检查时间": self._day(),
            "结论": Formula(self.kindred.verdict, reason(self.score, self.rubric)),
            "网站名称": subject.name,
            "账号名称": subject.name,
            "网站标识码": Identifier(subject.id),
            "新媒体标识码": Identifier(subject.id),
            "主办单位": subject.sponsor,
            "对外服务职能": service,
        }
        if self.fillable:
            rules = self.kindred.rules
            known |= {
                "依据": f"{known['依据']}\n{say(f'fill.how_{subject.kind}')}{self._how_blank()}",
                "检查人员": Entry("", rules.name),
                "检查时间": Entry("", rules.day),
            }
        for name in (*_BATCH, *_FACTS[subject.kind]):
            form.put(name, known.get(name, ""))
        if self.result.filing and not self.fillable:
            form.put(_FILING, filing_words(self.result.filing))
        else:
            form.remove(_FILING_ROW)

    def _how_blank(self) -> str:
        """What cells that stay empty count as, where that is anything."""
        counts = self.kindred.formulas.blank_is_clear
        return say(f"fill.how_blank_{self.subject.kind}") if counts else ""

    def _inspectors(self) -> list[str]:
        """Who answers for the inspection; else who judged, in the order of the annex: nobody where one is unknown."""
        if self.result.filing and self.result.filing.inspector:
            return [self.result.filing.inspector]
        findings = [judgement.finding for judgement in self.result.judgements.values() if judgement.finding]
        names = dict.fromkeys(finding.inspector for finding in findings)
        return [] if "" in names else list(names)

    def _day(self) -> str:
        """The day of the last judgement; empty where one has no time."""
        findings = [judgement.finding for judgement in self.result.judgements.values() if judgement.finding]
        times = [finding.checked_at for finding in findings]
        return max(time.date() for time in times if time).isoformat() if times and all(times) else ""

    def _put_totals(self, form: Form) -> None:
        score = self.score
        absent = self.absent[PartName.DEDUCTION] or say("sheet.pending")
        known = score.part2 is not None
        deducted = _points(sum(score.deductions.values(), Fraction(0))) if known else absent
        total_absent = say("sheet.incomplete") if score.ground != Ground.VETO else absent
        figures: dict[str, Plain] = {
            "扣分合计": deducted,
            "扣分指标得分": _figure(score.part2, absent),
            "加分指标得分": _figure(score.bonus, self.absent[PartName.BONUS] or say("sheet.pending")),
            "最后得分": _figure(score.total, total_absent),
        }
        for name, figure in figures.items():
            form.put(name, Formula(self.kindred.totals[name], figure), "" if name == "扣分合计" else _TWO_PLACES)
        if self.kindred.reduced:
            steps = [explain(step, self.rubric) for step in score.steps if step.rule in {"part2", "scaled"}]
            form.put("换算", Formula(self.kindred.totals["换算"], "；".join(steps) or absent))
        else:
            form.remove("换算行")
        if score.range or self.fillable:
            low, high = map(two_places, score.range or (Fraction(0), Fraction(0)))
            bounds = say("sheet.range", low=low, high=high) if score.range else say("sheet.none")
            form.put("得分范围", Formula(self.kindred.totals["得分范围"], bounds))
        else:
            form.remove("得分范围行")

    def _lines(self, form: Form, part: PartName) -> Iterator[Line]:
        """A line an item; more where the note is too long for one row. Then what is beside it is shown once."""
        note_name, again, known = f"{PREFIX[part]}_问题说明", say("sheet.again"), self.kindred.known
        for row, items, labels in self.kindred.rows[part]:
            spans = labels
            if part != PartName.VETO:
                points = Formula(self.kindred.row_points[row.code], self._row_points(row))
                spans = {**labels, f"{PREFIX[part]}_本项得失分": Span(row.code, points, again)}
            for item, wording in items:
                key = self._key(item)
                if key in known:
                    values, common, self.shown[item.code] = known[key]
                    yield Line(values, row.code, spans, item.code, common)
                    continue
                answer = answer_of(row, item, self.result, self.absent[part], fillable=self.fillable)
                self.shown[item.code] = shown = answer.result, answer.count
                own = self._own(row, item, answer)
                first, *others = form.continued(note_name, answer.note)
                if not others:
                    values = {**wording, **own, note_name: self._entry(item, first, self.kindred.rules.notes)}
                    yield Line(values, row.code, spans, item.code)
                    if key:
                        known[key] = values, Common(), shown
                    continue
                shown_again = {name: Span(item.code, value, value) for name, value in wording.items()}
                shown_once = {name: Span(item.code, value, again) for name, value in own.items()}
                beside = {**spans, **shown_again, **shown_once}
                yield Line({note_name: first}, row.code, beside, item.code)
                for piece in others:
                    yield Line({note_name: piece}, row.code, beside)

    def _key(self, item: Item) -> object:
        """What decides the values of an item's line, where there is nothing that only this object has; else None."""
        judgement = self.result.judgements.get(item.code)
        if judgement is None:
            return item.code, self.fillable, self.score.ground
        finding = judgement.finding
        has_own = judgement.reading or judgement.outcome == Outcome.FOUND or (finding and (finding.note or finding.url))
        if has_own:
            return None
        return item.code, self.fillable, self.score.ground, judgement.outcome, finding is None

    def _own(self, row: Row, item: Item, answer: Answer) -> dict[str, Value]:
        """What stands beside the wording of an item, but for the note."""
        prefix, rules = PREFIX[row.part], self.kindred.rules
        own: dict[str, Value] = {
            f"{prefix}_检查结果": self._entry(item, answer.result, rules.results),
            f"{prefix}_数量": self._entry(item, answer.count, rules.counts),
        }
        if row.part != PartName.VETO:
            points = Formula(self.kindred.item_points[item.code], self._item_points(row, item))
            own[f"{prefix}_单条得失分"] = points
        return own

    def _entry(self, item: Item, value: Plain, rules: Mapping[str, Rule]) -> Value:
        """A cell to fill in, where the sheet has such and the item is in scope."""
        if not self.fillable or item.code not in rules or isinstance(value, Decimal):
            return value
        return Entry(value, rules[item.code])

    def _item_points(self, row: Row, item: Item) -> Plain:
        judgement = self.result.judgements.get(item.code)
        if absent := self.absent[row.part]:
            return absent
        if judgement is None:
            return say("sheet.none")
        if judgement.outcome in OPEN_OUTCOMES or not self._is_scored(row.part):
            return say("sheet.pending")
        points = self.score.losses if row.part == PartName.DEDUCTION else self.score.gains
        return _points(points.get(item.code, _NOTHING))

    def _row_points(self, row: Row) -> Plain:
        """What the row comes to after its cap."""
        if absent := self.absent[row.part]:
            return absent
        judgements = self.result.judgements
        is_open = not self._is_scored(row.part)
        for item in row.items:
            judgement = judgements.get(item.code)
            if judgement is None:
                return say("sheet.none")
            is_open = is_open or judgement.outcome in OPEN_OUTCOMES
        if is_open:
            return say("sheet.pending")
        points = self.score.deductions if row.part == PartName.DEDUCTION else self.score.bonuses
        return _points(points.get(row.code, _NOTHING))

    def _is_scored(self, part: PartName) -> bool:
        """Bonus points are only known once everything that decides whether they count is."""
        return part == PartName.DEDUCTION or self.score.ground == Ground.BONUS


def footer_words(batch: Batch, rubric: Rubric) -> dict[str, str]:
    """What the footers of all sheets can show."""
    return {
        "检查规则": rubric.id,
        "规则版本": rubric.version,
        "规则校验码": rubric.sha256[:12],
        "工具版本": govkit.__version__,
        "监测时间点": batch.as_of.isoformat(),
    }


def rubric_note(batch: Batch, rubric: Rubric) -> str:
    """The small print at the end: by which rules and with which tool the sheet was made."""
    note = say(
        "sheet.rubric_note",
        source=rubric.source,
        id=rubric.id,
        version=rubric.version,
        sha256=rubric.sha256,
        tool=govkit.__version__,
    )
    return note + (say("sheet.data_source", source=batch.source) if batch.source else "")


def _columns(part: PartName) -> tuple[str, ...]:
    return _COLUMNS if part == PartName.VETO else (*_COLUMNS, *_POINTS_COLUMNS)


def _figure(figure: Fraction | None, otherwise: str) -> Plain:
    return otherwise if figure is None else Decimal(two_places(figure))


@lru_cache(maxsize=1024)
def _points(points: Fraction) -> Decimal:
    """Points as a number; the rubric gives none without a short decimal form."""
    return Decimal(shortest(points))
