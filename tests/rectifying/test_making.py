"""Which problems an inspection and a season come to, and what is said of each."""

from dataclasses import replace
from datetime import date, datetime

from govkit.findings import Finding, Outcome
from govkit.packs import judge_season, load_pack
from govkit.rectifying import issues_of_compliance, issues_of_inspection
from govkit.rubric import PartName
from govkit.scoring import Verdict
from tests.packs import worlds
from tests.sheets.builders import AS_OF, CASES, RUBRIC, account, found, inspection, judged, site

SITE = site()


def test_problems_of_an_inspection() -> None:
    """Each veto and deduction found is a problem with its words, page, pictures, day and points; a bonus is none."""
    seen = replace(
        found(SITE, "D1.2", 2, "邮编有误", "http://a.example/1"),
        screenshot="一.png；二.png",
        checked_at=datetime(2024, 3, 10, 9, 30),  # noqa: DTZ001
    )
    bonus = next(item.code for row in RUBRIC.rows_for(SITE.kind) if row.part == PartName.BONUS for item in row.items)
    made = inspection([SITE], [seen, judged(SITE, "D1.1", Outcome.CLEAR), found(SITE, bonus)])
    (one,) = issues_of_inspection(made)
    assert (one.source, one.subject_id, one.name, one.kind) == ("2024年第一季度检查", SITE.id, SITE.name, "site")
    assert (one.sponsor, one.item, one.indicator) == (SITE.sponsor, "D1.2", RUBRIC.row_of["D1.2"].name)
    assert one.what.endswith("\n邮编有误")
    assert "发现2" in one.what
    assert one.clause == f"{RUBRIC.wording(RUBRIC.items['D1.2'])}（D1.2）"
    assert (one.url, one.screenshots, one.found) == ("http://a.example/1", ("一.png", "二.png"), date(2024, 3, 10))
    assert (one.severity, one.points) == ("扣分", made.objects[0].score.losses["D1.2"])


def test_vetoes_and_what_is_not_scored() -> None:
    """After a veto the other problems are still to be mended, without points."""
    made = issues_of_inspection(inspection([account()], [found(account(), "M1.1", note="停更")]))
    assert [(one.item, one.severity, one.points, one.kind, one.found) for one in made] == [
        ("M1.1", "单项否决", None, "account", AS_OF)
    ]
    both = issues_of_inspection(inspection([SITE], [found(SITE, "V1.1"), found(SITE, "D1.2", 1)]))
    assert [(one.item, one.severity, one.points) for one in both] == [
        ("V1.1", "单项否决", None),
        ("D1.2", "扣分", None),
    ]


def test_unfinished_objects_have_no_problems_yet() -> None:
    """What may still change is not told to units."""
    made = inspection([SITE], [found(SITE, "D1.2", 1)], unlisted=Outcome.UNCHECKED)
    assert made.objects[0].score.verdict == Verdict.INCOMPLETE
    assert issues_of_inspection(made) == ()


def test_every_problem_of_some_inspections() -> None:
    """As many problems as items were found, all with numbers of their own; whoever has nothing has none."""
    for made in CASES.values():
        wanted = sum(
            judgement.outcome == Outcome.FOUND and made.rubric.row_of[code].part != PartName.BONUS
            for result in made.objects
            if result.score.verdict != Verdict.INCOMPLETE
            for code, judgement in result.judgements.items()
        )
        issues = issues_of_inspection(made)
        assert len({issue.id for issue in issues}) == len(issues) == wanted


def test_breaches_of_a_season() -> None:
    """Each breach is a problem of its unit, by its rule; what a person judged brings page, picture and day."""
    pack = load_pack("fengdu-2019")
    rule = next(rule for rule in pack.rules if rule.binds.about == "account")
    finding = Finding(
        "a", rule.id, Outcome.FOUND, None, "名称不一致", "http://a.example", "图.png", "张三",
        datetime(2019, 12, 1, 8),  # noqa: DTZ001
    )  # fmt: skip
    facts = replace(worlds.season(worlds.account()), checked={("a", rule.id): finding})
    compliance = judge_season(facts, [pack])
    issues = {(issue.subject_id, issue.item): issue for issue in issues_of_compliance(compliance)}
    assert len(issues) == len(list(compliance.breaches()))
    one = issues["a", rule.id]
    assert (one.source, one.kind, one.sponsor) == ("2019年第四季度 fengdu-2019", "account", worlds.BUREAU)
    assert (one.indicator, one.severity, one.points) == (rule.name, rule.severity, None)
    assert one.what.startswith("名称不一致")
    assert rule.text in one.clause
    assert rule.article in one.clause
    assert (one.url, one.screenshots, one.found) == ("http://a.example", ("图.png",), date(2019, 12, 1))
