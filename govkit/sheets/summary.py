"""汇总表: all objects of a batch on one sheet for sites and one for accounts, with counts and rates."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook

from govkit.figures import shortest, two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Ground, Inspection, ObjectResult, Verdict, reason
from govkit.sheets.kindred import footer_words, rubric_note
from govkit.sheets.template import Form, open_template, saved
from govkit.sheets.values import Identifier, Line, Value

TEMPLATE = "汇总表.xlsx"

_PREFIX = {Kind.SITE: "网站", Kind.ACCOUNT: "账号"}
_FACTS = ("依据", "批次名称", "监测时间点", "组织单位", "检查规则", "规则说明")
_COUNTS = ("检查数", "合格", "不合格", "未完成", "合格率")
_SITE_COUNTS = ("单项否决", "低于线", "低于线标题")
_COLUMNS = ("序号", "标识码", "名称", "主办单位", "状态", "结论", "单项否决项", "原因")
_OWN_COLUMNS = {
    Kind.SITE: ("对外服务职能", "扣分指标得分", "加分指标得分", "最后得分"),
    Kind.ACCOUNT: ("账号类型",),
}
_STATE = {Kind.SITE: "状态", Kind.ACCOUNT: "账号状态"}
_ORDER = (Verdict.FAIL, Verdict.INCOMPLETE, Verdict.PASS)


def names_of(kind: Kind) -> tuple[list[str], dict[str, list[str]]]:
    """The names that the template must have for a kind of object: of cells, and of rows with the cells in them."""
    prefix = _PREFIX[kind]
    cells = (*_FACTS, *_COUNTS, *(_SITE_COUNTS if kind == Kind.SITE else ()))
    columns = (*_COLUMNS, *_OWN_COLUMNS[kind])
    return [f"{prefix}_{name}" for name in cells], {f"{prefix}_行": [f"{prefix}_{column}" for column in columns]}


def summary(inspection: Inspection, template: str = TEMPLATE) -> bytes:
    """The workbook 汇总表 of a batch.

    Args:
        inspection: the batch, scored.
        template: the file that is filled, in the folder of templates; or its full path.

    Raises:
        OutputError: the template cannot be used.
    """
    book = open_template(template)
    for kind in Kind:
        _fill(book, template, inspection, kind)
    return saved(book)


def in_order(results: tuple[ObjectResult, ...]) -> list[ObjectResult]:
    """Failures first, then what is incomplete, then passes by falling total; else ledger order."""

    def key(result: ObjectResult) -> tuple[int, Fraction]:
        verdict = result.score.verdict
        total = result.score.total if verdict == Verdict.PASS and result.score.total is not None else Fraction(0)
        return _ORDER.index(verdict), -total

    return sorted(results, key=key)


def _fill(book: Workbook, template: str, inspection: Inspection, kind: Kind) -> None:
    cells, rows = names_of(kind)
    form = Form(book, template, cells, rows)
    results = inspection.of_kind(kind)
    values = {**_facts(inspection), **_counts(inspection, results)}
    for name in cells:
        form.put(name, values[_unprefixed(name)])
    ((row, columns),) = rows.items()
    lines = []
    for number, result in enumerate(in_order(results), 1):
        shown = {"序号": number, **_line(inspection, result)}
        lines.append(Line({column: shown[_unprefixed(column)] for column in columns}))
    form.filter_over(form.spread(row, lines))
    form.finish(footer_words(inspection.batch, inspection.rubric), paged=False)


def _unprefixed(name: str) -> str:
    return name.partition("_")[2]


def _facts(inspection: Inspection) -> Mapping[str, str]:
    batch, rubric = inspection.batch, inspection.rubric
    return {
        "依据": say("sheet.basis", title=rubric.title),
        "批次名称": batch.name,
        "监测时间点": say("sheet.date", date=batch.as_of),
        "组织单位": batch.organiser,
        "检查规则": f"{rubric.id} {rubric.version}",
        "规则说明": rubric_note(batch, rubric),
    }


def _counts(inspection: Inspection, results: tuple[ObjectResult, ...]) -> Mapping[str, Value]:
    """What is incomplete has neither passed nor failed, but it was checked."""
    verdicts = [result.score.verdict for result in results]
    grounds = [result.score.ground for result in results]
    passed, checked = verdicts.count(Verdict.PASS), len(results)
    rate = say("sheet.none")
    if checked:
        rate = say("sheet.rate", rate=two_places(Fraction(passed * 100, checked)), passed=passed, checked=checked)
    return {
        "检查数": checked,
        "合格": passed,
        "不合格": verdicts.count(Verdict.FAIL),
        "未完成": verdicts.count(Verdict.INCOMPLETE),
        "单项否决": grounds.count(Ground.VETO),
        "低于线": grounds.count(Ground.BELOW),
        "低于线标题": say("sheet.below", pass_line=shortest(inspection.rubric.parameters.pass_line)),
        "合格率": rate,
    }


def _line(inspection: Inspection, result: ObjectResult) -> Mapping[str, Value]:
    subject, score = result.subject, result.score
    service = "" if subject.service is None else say(f"sheet.service_{'yes' if subject.service else 'no'}")
    unscored = say("sheet.no_more" if score.ground == Ground.VETO else "sheet.none")
    no_bonus = say("sheet.not_scored") if score.ground in {Ground.BELOW, Ground.PLAIN} else unscored
    return {
        "标识码": Identifier(subject.id),
        "名称": subject.name,
        "主办单位": subject.sponsor,
        "对外服务职能": service,
        "账号类型": subject.details.get("账号类型", ""),
        "状态": subject.details.get(_STATE[subject.kind], ""),
        "结论": say(f"verdict.{score.verdict}"),
        "单项否决项": "、".join(score.vetoes) or say("sheet.none"),
        "扣分指标得分": _figure(score.part2, unscored),
        "加分指标得分": _figure(score.bonus, no_bonus),
        "最后得分": _figure(score.total, unscored),
        "原因": reason(score, inspection.rubric),
    }


def _figure(figure: Fraction | None, otherwise: str) -> Value:
    return otherwise if figure is None else Decimal(two_places(figure))
