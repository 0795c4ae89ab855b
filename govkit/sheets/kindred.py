"""What all scoring sheets of a kind have in common: names in the template, wording, formulas, rules for what is typed.

Clause: 附件 指标说明.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

import govkit
from govkit.figures import shortest
from govkit.findings import Batch, Outcome
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric
from govkit.sheets.calculation import Calculation
from govkit.sheets.formulas import PREFIX, Formulas
from govkit.sheets.kept import Kept
from govkit.sheets.rules import Rules
from govkit.sheets.template_hash import template_hash
from govkit.sheets.values import Common, Plain, Span, Value

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
FILING, FILING_ROW = "办理情况", "办理情况行"


def names_of(kind: Kind) -> tuple[list[str], dict[str, list[str]]]:
    """The names that a template must have: of cells, and of rows with the cells in them."""
    parts = _PARTS[kind]
    cells = [*facts_of(kind), *(f"{PREFIX[part]}标题" for part in parts)]
    rows = {f"{PREFIX[part]}行": [f"{PREFIX[part]}_{column}" for column in _columns(part)] for part in parts}
    rows[FILING_ROW] = [FILING]
    if kind == Kind.SITE:
        cells += _TOTALS
        rows |= {row: list(names) for row, names in _CASES.items()}
    return cells, rows


def facts_of(kind: Kind) -> list[str]:
    """The names of the cells on batch and object."""
    return [*_BATCH, *_FACTS[kind]]


class Fixed(NamedTuple):
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
    def rows(self) -> Mapping[PartName, list[Fixed]]:
        """The rows of each part, in the order of the annex."""
        return {part: list(self._rows(part)) for part in self.parts}

    def _rows(self, part: PartName) -> Iterator[Fixed]:
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
                points = points_shown(row.points)
                labels[f"{prefix}_分值"] = Span(row.code, points, points)
            items = [
                (item, {f"{prefix}_编号": item.code, f"{prefix}_评分细则": self._wording(row, item)})
                for item in row.items
            ]
            yield Fixed(row, items, labels)

    def _wording(self, row: Row, item: Item) -> str:
        """The official wording; the row's lead stands before its first item, tail and notes after its last."""
        before = [row.lead] if item is row.items[0] else []
        after = [row.tail, *row.notes] if item is row.items[-1] else []
        return "\n".join(filter(None, [*before, self.rubric.wording(item), *after]))


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


@lru_cache(maxsize=1024)
def points_shown(points: Fraction) -> Decimal:
    """Points as a number; the rubric gives none without a short decimal form."""
    return Decimal(shortest(points))
