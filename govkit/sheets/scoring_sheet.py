"""评分表 and 检查表: the sheet of one object, in the order and wording of the annex, one line an item.

Every figure is a formula with its result, so that the sheet shows right in programs that do not calculate, and goes
on computing in those that do. A sheet to be filled in by hand is the same sheet with cells to fill in.
Clause: 附件 指标说明.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from govkit.figures import shortest, two_places
from govkit.findings import OPEN_OUTCOMES, Outcome, Stage
from govkit.ledger import Kind
from govkit.messages import say
from govkit.origin import MARK, Origin, origin_to_text
from govkit.rubric import Item, PartName, Row
from govkit.scoring import Ground, ObjectResult, explain, reason
from govkit.sheets.answers import Answer, absent_word, answer_of
from govkit.sheets.calculation import Hidden
from govkit.sheets.filing import filing_words
from govkit.sheets.form import Filled, Form
from govkit.sheets.formulas import PREFIX
from govkit.sheets.kindred import FILING, FILING_ROW, Kindred, facts_of, points_shown
from govkit.sheets.values import Common, Entry, Formula, Identifier, Line, Plain, Rule, Span, Value

_TWO_PLACES = "0.00"
_NOTHING = Fraction(0)
_CHUNK = 16_000  # characters; half of what a cell holds, as some are written longer than they are


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
                "检查人员": Entry(self.result.filing.inspector if self.result.filing else "", rules.name),
                "检查时间": Entry("", rules.day),
            }
        for name in facts_of(subject.kind):
            form.put(name, known.get(name, ""))
        if self.result.filing and not self.fillable:
            form.put(FILING, filing_words(self.result.filing))
        else:
            form.remove(FILING_ROW)

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
        deducted = points_shown(sum(score.deductions.values(), Fraction(0))) if known else absent
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
        return points_shown(points.get(item.code, _NOTHING))

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
        return points_shown(points.get(row.code, _NOTHING))

    def _is_scored(self, part: PartName) -> bool:
        """Bonus points are only known once everything that decides whether they count is."""
        return part == PartName.DEDUCTION or self.score.ground == Ground.BONUS


def _figure(figure: Fraction | None, otherwise: str) -> Plain:
    return otherwise if figure is None else Decimal(two_places(figure))
