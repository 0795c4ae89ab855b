"""Reports that offices hand in, as Word documents that people finish and sign: figures filled, prose left to them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govkit.assessing import Standing
from govkit.documents.engine import Facts, fill
from govkit.documents.writing import shown_day, write_document
from govkit.figures import shortest
from govkit.folding import fold
from govkit.issues import Case, Issue
from govkit.ledger import FILED, LAST_UPDATE, OPENED, OWNER, PLATFORM, ChangeKind, Kind, Subject
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.reporting import Changes, Checked, Followed, KindYear, Listed, ObjectYear, YearReport
from govkit.scoring import Ground, Verdict, reason
from govkit.tally import Count

_GROUPS = {Kind.SITE: "网站", Kind.ACCOUNT: "账号"}
_CHANGES = {
    ChangeKind.OPENED: "开设",
    ChangeKind.CLOSED: "关停",
    ChangeKind.RENAMED: "更名",
    ChangeKind.SPONSOR: "变更主办单位",
    ChangeKind.OWNER: "变更主体",
}
_INDICATORS = 10  # that are named as the most frequent


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells.

    Attributes:
        year: what the year comes to.
        reporter: who hands in the report of a whole county; empty leaves a gap. A unit does so itself.
    """

    year: YearReport
    reporter: str = ""


def report(told: Report) -> bytes:
    """The Word document.

    Raises:
        OutputError: the template cannot be used.
    """
    return fill(told.year.kind.template, facts(told), told.year.told.as_of)


def write_report(told: Report, path: Path, *, pdf: bool = False) -> None:
    """Write a report to `path`, and with `pdf` the same as PDF beside it.

    Raises:
        OutputError: the template cannot be used, or as `write_document`; then nothing has changed.
    """
    write_document(report(told), path, pdf=pdf)


def facts(told: Report) -> Facts:
    """What the names of the templates stand for."""
    counted = told.year
    kind, of = counted.kind, counted.told
    due = kind.due(of.year)
    whole = not counted.unit
    return {
        "名称": kind.title,
        "年度": of.year,
        "报告单位": (told.reporter if whole else counted.unit) or None,
        "范围": say("report.whole" if whole else "report.with_subordinates" if kind.subordinates else "report.alone"),
        "主送机关": kind.addressee_of_whole if whole else kind.addressee,
        "依据": kind.notice().title,
        "条款": kind.article(),
        "报送期限": shown_day(due.day if due else None),
        "最后工作日": shown_day(due.work_by if due else None),
        "统计日期": shown_day(of.as_of),
        "台账": _ledger(of.now),
        "年初台账": _ledger(of.before),
        "单位数": None if counted.sponsors is None else len(counted.sponsors),
        "年度考核": _assessed(counted),
        "整改": _followed(counted.followed),
        **{_GROUPS[each]: _part(counted, part) for each, part in counted.parts.items()},
    }


def _ledger(listed: Listed | None) -> str | None:
    return say("report.ledger", quarter=listed.quarter.name) if listed else None


def _part(counted: YearReport, part: KindYear) -> Facts:
    """The names about sites, or about accounts."""
    problems, failures = part.problems, part.failures
    filed: Sequence[int | None] = part.filed or (None, None, None)
    return {
        "运行数": None if part.running is None else len(part.running),
        "平台": [{"平台": name, "数量": number} for name, number in part.by_platform.items()],
        **dict(zip(("已备案数", "未备案数", "备案不明数"), filed, strict=True)),
        "一平台多账号": [{"单位": unit, "平台": platform, "数量": number} for unit, platform, number in part.crowded],
        "变化已知": int(part.changes is not None),
        "变化": {name: _changes((part.changes or {}).get(kind)) for kind, name in _CHANGES.items()},
        "变化清单": _changed(part, told=counted.told.filings is not None),
        "被查数": None if part.total is None else part.total.checked + part.total.unfinished,
        "季度": _quarters(counted.told.year, part),
        "不合格次数": None if failures is None else len(failures),
        "不合格原因": _reasons(failures or ()),
        "不合格名单": [_failure(number, each) for number, each in enumerate(failures or (), 1)],
        "问题数": None if problems is None else len(problems),
        "常见问题": _frequent(problems or ()),
        "名单": [_object(number, each, counted.told.year) for number, each in enumerate(part.objects, 1)],
    }


def _changes(found: Changes | None) -> Facts:
    number = found.number if found else None
    filed = found.with_record if found else None
    return {
        "数量": number,
        "有备案": filed,
        "未见备案": None if number is None or filed is None else number - filed,
    }


def _changed(part: KindYear, *, told: bool) -> Sequence[Facts]:
    """The changes one by one; `told` is whether anybody has told of filings."""
    return [
        {
            "序号": number,
            "事项": _CHANGES[change.kind],
            "名称": change.subject.name,
            "标识码": _code(change.subject),
            "主办单位": change.subject.sponsor or None,
            "变化": say("report.change", before=change.before, after=change.after) if change.after else "",
            "备案": shown_day(change.record.filed) if change.record else say("report.no_record") if told else None,
        }
        for number, change in enumerate(part.changed, 1)
    ]


def _quarters(year: int, part: KindYear) -> Sequence[Facts]:
    """A line for each quarter, and one for all of them."""
    lines = {Quarter(year, number).name: part.count(number) for number in part.checks}
    return [_counts(name, count) for name, count in {**lines, say("report.total"): part.total}.items()]


def _counts(name: str, count: Count | None) -> Facts:
    return {
        "季度": name,
        "检查数": count.checked if count else None,
        "合格数": count.passed if count else None,
        "不合格数": count.failed if count else None,
        "合格率": count.pass_rate.shown if count else None,
        "未完成数": count.unfinished if count else None,
    }


def _reasons(failures: Iterable[Checked]) -> Sequence[Facts]:
    """Why objects failed, the most frequent reason first; one that failed for two reasons stands with both."""
    numbers = Counter(name for each in failures for name in _why(each))
    return [{"原因": name, "数量": number} for name, number in numbers.most_common()]


def _why(failed: Checked) -> Iterable[str]:
    score, rubric = failed.result.score, failed.inspection.rubric
    if score.ground == Ground.BELOW:
        return (say("report.below", line=shortest(rubric.parameters.pass_line)),)
    return dict.fromkeys(rubric.row_of[code].name for code in score.vetoes)


def _failure(number: int, failed: Checked) -> Facts:
    subject = failed.result.subject
    return {
        "序号": number,
        "季度": failed.quarter.name,
        "名称": subject.name,
        "标识码": _code(subject),
        "主办单位": subject.sponsor or None,
        "原因": reason(failed.result.score, failed.inspection.rubric),
    }


def _frequent(problems: Iterable[Issue]) -> Sequence[Facts]:
    """The indicators that were broken most often, with the number of problems and of objects."""
    found: dict[str, list[str]] = {}
    for issue in problems:
        found.setdefault(issue.indicator, []).append(fold(issue.subject_id))
    most = sorted(found.items(), key=lambda each: -len(each[1]))[:_INDICATORS]
    return [
        {"序号": number, "指标": name, "数量": len(ids), "对象数": len(set(ids))}
        for number, (name, ids) in enumerate(most, 1)
    ]


def _followed(followed: Followed | None) -> Facts:
    """What became of problems; without knowing, no state and no list."""
    states = followed.by_state if followed else {}
    late = followed.overdue if followed else ()
    return {
        "通知数": len(followed.cases) if followed else None,
        "状态": [{"状态": str(state), "数量": number} for state, number in states.items() if number],
        "逾期数": len(late) if followed else None,
        "逾期清单": [{"序号": number, **_case(case)} for number, case in enumerate(late, 1)],
    }


def _case(case: Case) -> Facts:
    issue = case.issue
    return {
        "编号": issue.id,
        "名称": issue.name,
        "主办单位": issue.sponsor or None,
        "指标": issue.indicator,
        "状态": str(case.state),
        "整改期限": shown_day(case.deadline),
    }


def _assessed(counted: YearReport) -> str | None:
    """年度考核 of the unit; of a county, how many units have which verdict."""
    assessment = counted.told.assessment
    if assessment is None:
        return None
    if counted.unit:
        own = (each for each in assessment.units if fold(each.unit.name) == fold(counted.unit))
        found = next(own, None)
        return say(f"standing.{found.standing}") if found else say("report.not_assessed")
    numbers = Counter(each.standing for each in assessment.units)
    words = {standing: say(f"standing.{standing}") for standing in Standing}
    return "，".join(say("assessment_sheet.counted", name=words[each], number=numbers[each]) for each in Standing)


# Objects one by one ---------------------------------------------------------------------------------------------------


def _object(number: int, of: ObjectYear, year: int) -> Facts:
    """A site or account with all that its year came to."""
    subject, details, problems = of.subject, of.subject.details, _problems(of)
    return {
        "序号": number,
        "名称": subject.name,
        "标识码": _code(subject),
        "主办单位": subject.sponsor or None,
        "平台": details.get(PLATFORM) or None,
        "主体": details.get(OWNER) or None,
        "开设日期": details.get(OPENED) or None,
        "备案": details.get(FILED) or None,
        "最近更新": details.get(LAST_UPDATE) or None,
        "检查": [_check(Quarter(year, each), of.checks) for each in range(1, 5)],
        "问题数": None if problems is None else len(problems),
        "问题": problems or [],
    }


def _check(quarter: Quarter, checks: Mapping[int, Checked | None]) -> Facts:
    """What a quarter's check said of an object; nothing was said of it where it was not drawn."""
    if quarter.number not in checks:
        return {"季度": quarter.name, "结论": None, "原因": ""}
    own = checks[quarter.number]
    if own is None:
        return {"季度": quarter.name, "结论": say("report.not_drawn"), "原因": ""}
    score = own.result.score
    why = reason(score, own.inspection.rubric) if score.verdict == Verdict.FAIL else ""
    return {"季度": quarter.name, "结论": say(f"verdict.{score.verdict}"), "原因": why}


def _problems(of: ObjectYear) -> list[Facts] | None:
    """The problems of an object, with what became of each; None where nobody has told of any."""
    if of.cases is None and of.problems is None:
        return None
    cases = {case.issue.id: case for case in of.cases or ()}
    issues = {issue.id: issue for issue in (*(of.problems or ()), *(case.issue for case in cases.values()))}
    return [
        {
            "序号": number,
            "来源": issue.source,
            "指标": say("report.indicator", name=issue.indicator, item=issue.item),
            "问题": issue.what or None,
            "整改": None if of.cases is None else _rectified(cases.get(name)),
        }
        for number, (name, issue) in enumerate(issues.items(), 1)
    ]


def _rectified(case: Case | None) -> str:
    if case is None:
        return say("report.not_told")
    return say("report.rectified", state=case.state, deadline=case.deadline)


def _code(subject: Subject) -> str | None:
    """The code of an object; one that goes by its name has none, or nobody has told it."""
    return subject.id if subject.has_code else None
