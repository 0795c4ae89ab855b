"""Small years for tests: a county with some units, their ledgers, checks and problems."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from govkit.findings import Batch, Finding, Outcome, SpotCheck
from govkit.issues import Case, Issued, Rechecked, Reported
from govkit.ledger import Action, FilingRecord, Kind, Subject
from govkit.quarters import Quarter
from govkit.rectifying import issues_of_inspection
from govkit.reporting import Listed, YearTold
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, score_spot_check
from govkit.season import Unit

RUBRIC = load_rubric("fengdu-2019")
OFFICE, BUREAU, SCHOOL, MUSEUM, EMPTY = ("青禾县政府办", "青禾县教育局", "青禾县一中", "青禾县文化馆", "青禾县档案局")
UNITS = {
    each.name: each
    for each in (
        Unit(OFFICE, short_names=("县府办",)),
        Unit(BUREAU, parent=OFFICE, short_names=("县教育局",)),
        Unit(SCHOOL, parent="县教育局"),
        Unit(EMPTY),
    )
}
AS_OF = date(2020, 1, 31)


def site(number: int, sponsor: str, name: str = "") -> Subject:
    """Return a site that runs."""
    return Subject(f"990123{number:04}", name or f"网站{number}", Kind.SITE, sponsor, True, {"状态": "正常"})


def account(number: int, sponsor: str, platform: str = "微信公众号", **details: str) -> Subject:
    """Return an account that runs, with these other columns."""
    told = {"账号类型": platform, "账号状态": "正常", **details}
    return Subject(f"990123{number:010}", f"账号{number}", Kind.ACCOUNT, sponsor, None, told)


BEFORE = (
    site(1, OFFICE),
    site(2, BUREAU),
    site(3, SCHOOL),
    account(1, OFFICE, 备案="是", 账号主体="县政府办"),
    account(2, BUREAU, 备案="否"),
    account(3, SCHOOL),
    account(4, MUSEUM),
)
NOW = (
    site(1, OFFICE),
    replace(site(2, "县教育局"), name="教育网"),  # renamed; the short name is the same unit
    replace(site(3, SCHOOL), details={"状态": "关停"}),
    account(1, OFFICE, 备案="是", 账号主体="青禾县传媒公司", 开设日期="2018-05-01", 最近更新日期="2019-12-20"),
    account(2, SCHOOL, 备案="否"),  # handed down from the bureau to the school
    account(3, SCHOOL, "新浪微博"),
    account(5, BUREAU, 备案="是"),
    account(6, BUREAU, 备案="是"),
)
FILINGS = (
    FilingRecord("9901230003", Action.CLOSE, date(2019, 5, 6)),
    FilingRecord(account(5, BUREAU).id, Action.OPEN, date(2019, 3, 4)),
)


def check(number: int, subjects: Iterable[Subject], found: Mapping[str, str], *, unchecked: bool = False) -> Inspection:
    """Return the check of a quarter of 2019 in which these items were found, by object: all others have nothing.

    With `unchecked`, what was found is all that was looked at.
    """
    quarter = Quarter(2019, number)
    unlisted = Outcome.UNCHECKED if unchecked else Outcome.CLEAR
    batch = Batch(f"{quarter.name}检查", quarter.last, RUBRIC.id, OFFICE, unlisted=unlisted)
    findings = (
        Finding(each, item, Outcome.FOUND, None, f"{item}有问题")
        for each, items in found.items()
        for item in items.split()
    )
    return score_spot_check(RUBRIC, SpotCheck(batch, tuple(subjects), tuple(findings)))


SECOND = check(2, BEFORE[:6], {"9901230002": "V5.1 D1.1", "9901230003": "D1.1", BEFORE[4].id: "M2.1"})
THIRD = check(3, BEFORE[:3], {"9901230001": "D1.1"}, unchecked=True)
FOURTH = check(4, NOW, {"9901230002": "V5.1 V3.1", NOW[4].id: "M2.1 M1.1", NOW[6].id: "M2.1"})
CHECKS = (SECOND, THIRD, FOURTH)


def cases() -> tuple[Case, ...]:
    """Return the problems of two quarters: a third is left, a third reported, a third passed, the last one too late."""
    issues = (*issues_of_inspection(SECOND), *issues_of_inspection(FOURTH))
    made = []
    for number, issue in enumerate(issues):
        case = Case((Issued(issue, date(2020, 1, 3), date(2020, 1, 23)),))
        if number % 3:
            case = case.followed_by(Reported(date(2020, 1, 10), "改了"))
        if number % 3 == 2:
            after = AS_OF if number < len(issues) - 3 else AS_OF.replace(month=2, day=5)
            case = case.followed_by(Rechecked(after, passed=True))
        made.append(case)
    return tuple(made)


TOLD = YearTold(
    2019,
    AS_OF,
    now=Listed(Quarter(2019, 4), NOW),
    before=Listed(Quarter(2018, 4), BEFORE),
    filings=FILINGS,
    inspections=CHECKS,
    cases=cases(),
    units=UNITS,
)
