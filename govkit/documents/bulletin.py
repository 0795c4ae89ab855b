"""通报: what came of an inspection, told to all units, as a Word document that people finish and sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from govkit.documents.engine import Fact, Facts, Picture, fill
from govkit.documents.problems import failures, losses, problems, vetoes
from govkit.documents.writing import shown_day, write_document
from govkit.figures import Rate, shortest, two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Ground, Inspection, Verdict
from govkit.tally import KindTally, Ranked, Tally, TrendPoint, tally
from govkit.workdays import after_working_days

TEMPLATE = "通报.docx"

_GROUPS = {Kind.SITE: "网站", Kind.ACCOUNT: "账号"}
_UPRIGHT, _ACROSS = (155, 210), (245, 115)  # the room for a chart on a page, in millimetres
_WIDEST = 10  # inches, of a chart that can be read on an upright page
_GOOD = 5  # sites named as good, and those with the same total as the last of them


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a bulletin tells. What is left out becomes a gap in the document.

    Attributes:
        inspection: the batch, scored; what is unfinished is told as that, and counted nowhere else.
        running: how many sites and accounts run in all.
        before: the inspection before it; what failed there is followed into this one.
        addressees: who gets it (主送机关).
        issued: the day of issue.
        days: how many working days the units have to mend things, from the day after.
        quarters: this inspection and those before it, quarter by quarter, for a chart of the trend.
    """

    inspection: Inspection
    running: Mapping[Kind, int] = field(default_factory=dict)
    before: Inspection | None = None
    addressees: str = ""
    issued: date | None = None
    days: int | None = None
    quarters: Sequence[TrendPoint] = ()


def bulletin(told: Bulletin, template: str = TEMPLATE) -> bytes:
    """The Word document 通报 of an inspection.

    Args:
        told: what it tells.
        template: the file that is filled, in the folder of templates; or its full path.

    Raises:
        OutputError: the template cannot be used.
        UnknownYearError: which days are worked until the deadline is not known.
        ValueError: more objects of a kind were checked than run, or a term of no day; the first is in Chinese.
    """
    return fill(template, facts(told), told.issued or told.inspection.batch.as_of)


def write_bulletin(told: Bulletin, path: Path, *, pdf: bool = False) -> None:
    """Write 通报 to `path`, and with `pdf` the same as PDF beside it.

    Raises:
        OutputError: the template cannot be used, or as `write_document`; then nothing has changed.
        ValueError: as `bulletin`.
    """
    write_document(bulletin(told), path, pdf=pdf)


def facts(told: Bulletin) -> Facts:
    """What the names of the template stand for."""
    batch, rubric = told.inspection.batch, told.inspection.rubric
    counted = tally(told.inspection, told.running)
    deadline = after_working_days(told.issued, told.days) if told.issued and told.days is not None else None
    return {
        "组织单位": batch.organiser or None,
        "批次名称": batch.name,
        "主送机关": told.addressees or None,
        "检查依据": rubric.source,
        "检查规则名称": rubric.title,
        "检查规则": f"{rubric.id} {rubric.version}",
        "监测时间点": say("sheet.date", date=batch.as_of),
        "合格线": shortest(rubric.parameters.pass_line),
        "印发日期": shown_day(told.issued),
        "整改天数": told.days,
        "整改期限": shown_day(deadline),
        **_charts(counted, told.quarters),
        **{group: _group(told, counted.of(kind)) for kind, group in _GROUPS.items()},
    }


def _charts(counted: Tally, quarters: Sequence[TrendPoint]) -> Facts:
    """The charts that have something to show: first the wide ones, for pages that lie across, then the others."""
    from govkit.charts import draw_chart, png, telling_charts  # noqa: PLC0415 - half a second that few have to wait for

    groups: dict[str, list[Facts]] = {"宽图": [], "图表": []}
    figures = {chart: draw_chart(chart, counted, quarters) for chart in telling_charts(counted, quarters)}
    wide = {chart for chart, figure in figures.items() if figure.get_figwidth() > _WIDEST}
    for number, chart in enumerate(sorted(figures, key=lambda chart: chart not in wide), 1):
        group, room = ("宽图", _ACROSS) if chart in wide else ("图表", _UPRIGHT)
        caption = say(f"inspection_chart.{chart}")
        drawn = Picture(png(figures[chart]), caption, *room)
        groups[group].append({"序号": number, "标题": caption, "图": drawn})
    return groups


def _group(told: Bulletin, counted: KindTally) -> Facts:
    """The names about sites, or about accounts."""
    kind, inspection, count = counted.kind, told.inspection, counted.count
    share = counted.share_checked
    return {
        "运行数": counted.running,
        "检查数": count.checked,
        "检查比例": None if share is None else share.shown,
        "未完成数": count.unfinished,
        "合格数": count.passed,
        "不合格数": count.failed,
        "合格率": count.pass_rate.shown,
        "单项否决数": counted.by_ground[Ground.VETO],
        "低于合格线数": counted.by_ground[Ground.BELOW],
        **_rechecked(told, kind),
        "得分较高": [_named(site) for site in _good(counted, inspection.rubric.parameters.bonus_line)],
        "否决问题": vetoes(inspection, kind),
        "扣分问题": losses(inspection, counted),
        "不合格名单": failures(inspection, kind),
        "问题清单": problems(inspection, kind),
    }


def _rechecked(told: Bulletin, kind: Kind) -> Facts:
    """What became of the objects that failed in the inspection before."""
    names = ("上次不合格数", "复查数", "复查合格数", "复查合格率")
    if told.before is None:
        return dict.fromkeys(names)
    failed = {each.subject.id for each in told.before.of_kind(kind) if each.score.verdict == Verdict.FAIL}
    again = [each.score.verdict for each in told.inspection.of_kind(kind) if each.subject.id in failed]
    rate = Rate(again.count(Verdict.PASS), len(again) - again.count(Verdict.INCOMPLETE))
    return dict(zip(names, (len(failed), rate.whole, rate.part, rate.shown), strict=True))


def _good(counted: KindTally, bonus_line: Fraction) -> list[Ranked]:
    """The best of the sites above the bonus line, the best first."""
    good = [site for site in counted.ranked if site.total > bonus_line]
    return [site for site in good if site.total >= good[:_GOOD][-1].total]


def _named(site: Ranked) -> Mapping[str, Fact]:
    return {"名称": site.subject.name, "主办单位": site.subject.sponsor or None, "得分": two_places(site.total)}
