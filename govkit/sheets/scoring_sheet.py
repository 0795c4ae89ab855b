"""评分表 and 检查表: the sheet of one object, in the order and wording of the annex, one line an item.

What is not scored is said in words, never as 0: “不再评分” after a veto, “不评分” for a bonus that does not count,
“待定” while something is open, “不检查” for what is out of scope. Clause: 附件 指标说明.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import govkit
from govkit.figures import shortest, two_places
from govkit.findings import OPEN_OUTCOMES, Outcome, Stage
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, outcome_word
from govkit.scoring import Ground, Inspection, Judgement, ObjectResult, explain, reason
from govkit.sheets.filing import filing_words
from govkit.sheets.template import Form, Identifier, Line, Value, open_picture, open_template, saved

TEMPLATE_OF = {Kind.SITE: "网站评分表.xlsx", Kind.ACCOUNT: "政务新媒体检查表.xlsx"}
DRAFT = "草稿.png"

_BATCH = ("依据", "批次名称", "组织单位", "监测时间点", "检查人员", "结论", "规则说明")
_TOTALS = ("扣分合计", "扣分指标得分", "加分指标得分", "最后得分")
_FACTS = {
    Kind.SITE: ("网站名称", "网站标识码", "首页网址", "主办单位", "主管单位", "对外服务职能"),
    Kind.ACCOUNT: (
        *("账号名称", "新媒体标识码", "账号类型", "主办单位", "账号主体"),
        *("主页地址", "账号状态", "备案", "开设日期", "最近更新日期"),
    ),
}
_PREFIX = {PartName.VETO: "否决", PartName.DEDUCTION: "扣分", PartName.BONUS: "加分"}
_PARTS = {Kind.SITE: tuple(PartName), Kind.ACCOUNT: (PartName.VETO,)}
_COLUMNS = ("一级指标", "二级指标", "编号", "评分细则", "检查结果", "数量", "问题说明")
_POINTS_COLUMNS = ("分值", "单条得失分", "本项得失分")
_CASES = {"换算行": ("换算",), "得分范围行": ("得分范围",)}
_FILING, _FILING_ROW = "办理情况", "办理情况行"
_TWO_PLACES = "0.00"


def scoring_sheet(inspection: Inspection, result: ObjectResult) -> bytes:
    """The workbook of one object: 网站评分表, or 政务新媒体检查表.

    Raises:
        OutputError: the template cannot be used.
    """
    return _Filling(inspection, result).workbook()


class _Filling:
    def __init__(self, inspection: Inspection, result: ObjectResult) -> None:
        self.inspection, self.result = inspection, result
        self.rubric, self.subject, self.score = inspection.rubric, result.subject, result.score
        kind = self.subject.kind
        self.parts = _PARTS[kind]
        cells = [*_BATCH, *_FACTS[kind], *(f"{_PREFIX[part]}标题" for part in self.parts)]
        rows = {f"{_PREFIX[part]}行": [f"{_PREFIX[part]}_{column}" for column in _columns(part)] for part in self.parts}
        rows[_FILING_ROW] = [_FILING]
        if kind == Kind.SITE:
            cells += _TOTALS
            rows |= {row: list(names) for row, names in _CASES.items()}
        self.book = open_template(TEMPLATE_OF[kind])
        self.form = Form(self.book, TEMPLATE_OF[kind], cells, rows)

    def workbook(self) -> bytes:
        self._put_facts()
        if self.subject.kind == Kind.SITE:
            self._put_totals()
        for part in self.rubric.parts:
            if part.part in self.parts:
                points = "" if part.points is None else say("sheet.part_points", points=shortest(part.points))
                self.form.put(f"{_PREFIX[part.part]}标题", part.title + points)
                self.form.spread(f"{_PREFIX[part.part]}行", list(self._lines(part.part)))
        filing = self.result.filing
        is_draft = filing is not None and filing.stage != Stage.REVIEWED
        self.form.finish(footer_words(self.inspection), paged=True, mark=open_picture(DRAFT) if is_draft else None)
        return saved(self.book)

    def _put_facts(self) -> None:
        batch, subject = self.inspection.batch, self.subject
        service = "" if subject.service is None else say(f"sheet.service_{'yes' if subject.service else 'no'}")
        known = {
            **subject.details,
            "依据": say("sheet.basis", title=self.rubric.title),
            "批次名称": batch.name,
            "组织单位": batch.organiser,
            "监测时间点": say("sheet.date", date=batch.as_of),
            "检查人员": "、".join(self._inspectors()),
            "结论": reason(self.score, self.rubric),
            "规则说明": rubric_note(self.inspection),
            "网站名称": subject.name,
            "账号名称": subject.name,
            "网站标识码": Identifier(subject.id),
            "新媒体标识码": Identifier(subject.id),
            "主办单位": subject.sponsor,
            "对外服务职能": service,
        }
        for name in (*_BATCH, *_FACTS[subject.kind]):
            self.form.put(name, known.get(name, ""))
        if self.result.filing:
            self.form.put(_FILING, filing_words(self.result.filing))
        else:
            self.form.remove(_FILING_ROW)

    def _inspectors(self) -> list[str]:
        """Who answers for the inspection; else who judged, in the order of the annex: nobody where one is unknown."""
        if self.result.filing and self.result.filing.inspector:
            return [self.result.filing.inspector]
        findings = [judgement.finding for judgement in self.result.judgements.values() if judgement.finding]
        names = dict.fromkeys(finding.inspector for finding in findings)
        return [] if "" in names else list(names)

    def _put_totals(self) -> None:
        score = self.score
        absent = self._absent(PartName.DEDUCTION) or say("sheet.pending")
        known = score.part2 is not None
        self.form.put("扣分合计", _points(sum(score.deductions.values(), Fraction(0))) if known else absent)
        self._put_figure("扣分指标得分", score.part2, absent)
        self._put_figure("加分指标得分", score.bonus, self._absent(PartName.BONUS) or say("sheet.pending"))
        total_absent = say("sheet.incomplete") if score.ground != Ground.VETO else absent
        self._put_figure("最后得分", score.total, total_absent)
        if any(step.rule == "scaled" for step in score.steps):
            steps = [explain(step, self.rubric) for step in score.steps if step.rule in {"part2", "scaled"}]
            self.form.put("换算", "；".join(steps))
        else:
            self.form.remove("换算行")
        if score.range:
            low, high = map(two_places, score.range)
            self.form.put("得分范围", say("sheet.range", low=low, high=high))
        else:
            self.form.remove("得分范围行")

    def _put_figure(self, name: str, figure: Fraction | None, otherwise: str) -> None:
        if figure is None:
            self.form.put(name, otherwise)
        else:
            self.form.put(name, Decimal(two_places(figure)), _TWO_PLACES)

    def _lines(self, part: PartName) -> Iterator[Line]:
        groups = {group.name: group.points for each in self.rubric.parts if each.part == part for group in each.groups}
        for row in self.rubric.rows:
            if row.part != part or row.subject != self.subject.kind:
                continue
            label = (
                say("sheet.group", name=row.group, points=shortest(groups[row.group])) if row.group in groups else ""
            )
            label = label or say(f"sheet.kind_{row.subject}")
            spans: dict[str, tuple[str, Value]] = {
                "一级指标": (label, label),
                "二级指标": (f"{label} {row.title}", row.title),
            }
            if part != PartName.VETO and row.points is not None:
                spans["分值"] = (row.code, _points(row.points))
                spans["本项得失分"] = (row.code, self._row_points(row))
            for item in row.items:
                yield from self._item_lines(row, item, spans)

    def _item_lines(self, row: Row, item: Item, row_spans: Mapping[str, tuple[str, Value]]) -> Iterator[Line]:
        """One line; more where the note is too long for one row. Then everything else is shown once beside them."""
        prefix = _PREFIX[row.part]
        own: dict[str, Value] = {
            "编号": item.code,
            "评分细则": self._wording(row, item),
            "检查结果": self._outcome(row, item),
            "数量": self._count(item),
        }
        if row.part != PartName.VETO:
            own["单条得失分"] = self._item_points(row, item)
        notes = self.form.continued(f"{prefix}_问题说明", self._note(item))
        spans = {f"{prefix}_{column}": span for column, span in row_spans.items()}
        values = {f"{prefix}_{column}": value for column, value in own.items()}
        if len(notes) == 1:
            yield Line({**values, f"{prefix}_问题说明": notes[0]}, row.code, spans)
            return
        spans |= {name: (item.code, value) for name, value in values.items()}
        for note in notes:
            yield Line({f"{prefix}_问题说明": note}, row.code, spans)

    def _wording(self, row: Row, item: Item) -> str:
        """The official wording; the row's lead stands before its first item, tail and notes after its last."""
        before = [row.lead] if item is row.items[0] else []
        after = [row.tail, *row.notes] if item is row.items[-1] else []
        return "\n".join(filter(None, [*before, self.rubric.wording(item), *after]))

    def _absent(self, part: PartName) -> str:
        """What stands instead of results where a whole part is not scored; empty where it is."""
        if part == PartName.VETO:
            return ""
        if self.score.ground == Ground.VETO:
            return say("sheet.no_more")
        if part == PartName.BONUS and self.score.ground in {Ground.BELOW, Ground.PLAIN}:
            return say("sheet.not_scored")
        return ""

    def _outcome(self, row: Row, item: Item) -> str:
        """检查结果. What somebody recorded stays to be read, and to be mended, also where it is not scored any more."""
        judgement = self.result.judgements.get(item.code)
        absent = self._absent(row.part)
        if absent and (judgement is None or judgement.finding is None):
            return absent
        return say("sheet.out_of_scope") if judgement is None else outcome_word(judgement.outcome, row.part)

    def _count(self, item: Item) -> Value:
        """How many were found; a dash where nothing was counted: a level, or a measured quantity (see the note)."""
        judgement = self.result.judgements.get(item.code)
        counted = judgement and judgement.outcome == Outcome.FOUND and _is_recorded(judgement) and item.kind != "tier"
        return judgement.count if judgement and counted else say("sheet.none")

    def _note(self, item: Item) -> str:
        judgement = self.result.judgements.get(item.code)
        if judgement is None:
            return say("sheet.no_services")
        lines = []
        if judgement.outcome == Outcome.FOUND:
            lines += [level.text for level in item.levels if level.points == judgement.count]
        if judgement.finding:
            lines.append(judgement.finding.note)
            lines.append(say("sheet.url", url=judgement.finding.url) if judgement.finding.url else "")
        if judgement.reading and not _is_recorded(judgement):
            measured = say("sheet.measured", fact=judgement.reading.fact)
            lines.append(say("sheet.near", note=measured) if judgement.reading.near else measured)
        return "\n".join(filter(None, lines))

    def _item_points(self, row: Row, item: Item) -> Value:
        judgement = self.result.judgements.get(item.code)
        if absent := self._absent(row.part):
            return absent
        if judgement is None:
            return say("sheet.none")
        if judgement.outcome in OPEN_OUTCOMES or not self._is_scored(row.part):
            return say("sheet.pending")
        points = self.score.losses if row.part == PartName.DEDUCTION else self.score.gains
        return _points(points.get(item.code, Fraction(0)))

    def _row_points(self, row: Row) -> Value:
        """What the row comes to after its cap."""
        judgements = [self.result.judgements.get(item.code) for item in row.items]
        if absent := self._absent(row.part):
            return absent
        if None in judgements:
            return say("sheet.none")
        if not self._is_scored(row.part) or any(j.outcome in OPEN_OUTCOMES for j in judgements if j):
            return say("sheet.pending")
        points = self.score.deductions if row.part == PartName.DEDUCTION else self.score.bonuses
        return _points(points.get(row.code, Fraction(0)))

    def _is_scored(self, part: PartName) -> bool:
        """Bonus points are only known once everything that decides whether they count is."""
        return part == PartName.DEDUCTION or self.score.ground == Ground.BONUS


def footer_words(inspection: Inspection) -> dict[str, str]:
    """What the footers of all sheets can show."""
    rubric = inspection.rubric
    return {
        "检查规则": rubric.id,
        "规则版本": rubric.version,
        "规则校验码": rubric.sha256[:12],
        "工具版本": govkit.__version__,
        "监测时间点": inspection.batch.as_of.isoformat(),
    }


def rubric_note(inspection: Inspection) -> str:
    """The small print at the end: by which rules and with which tool the sheet was made."""
    rubric = inspection.rubric
    note = say(
        "sheet.rubric_note",
        source=rubric.source,
        id=rubric.id,
        version=rubric.version,
        sha256=rubric.sha256,
        tool=govkit.__version__,
    )
    return note + (say("sheet.data_source", source=inspection.batch.source) if inspection.batch.source else "")


def _columns(part: PartName) -> tuple[str, ...]:
    return _COLUMNS if part == PartName.VETO else (*_COLUMNS, *_POINTS_COLUMNS)


def _is_recorded(judgement: Judgement) -> bool:
    """Whether a person judged the item; otherwise a measured quantity or the default of the batch did."""
    return judgement.finding is not None and judgement.finding.outcome != Outcome.UNCHECKED


def _points(points: Fraction) -> Value:
    """Points as a number; as a fraction in words where they have no short decimal form."""
    shown = shortest(points)
    return shown if "/" in shown else Decimal(shown)
