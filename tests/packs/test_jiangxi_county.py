"""The five kinds of problems of the county in 江西, and the two offices that everything is filed with.

Requirements: 第一条, 第二条.
"""

import pytest

from govkit.findings import Finding, Outcome
from govkit.packs import Rule, Status, advise, judge_season, load_pack
from govkit.season import Disposal, Season
from tests.packs import worlds
from tests.packs.worlds import account, filing, season

PACK = load_pack("jiangxi-county")


def found(rule_id: str, facts: Season) -> Season:
    """Return the season with a breach that a person found at its account."""
    finding = Finding("a", rule_id, Outcome.FOUND, note="看到了。", inspector="王明")
    return Season(facts.period, facts.subjects, facts.units, checked={("a", rule_id): finding})


def test_the_kinds_of_problems_are_those_of_the_first_article() -> None:
    """Every kind has rules about accounts, and they are what the kind's ground for 提升 names."""
    assert PACK.problems == ("长期不更新", "发布不准确", "互动不及时", "运维不规范", "与认证身份不符")
    kinds = [{rule.id for rule in PACK.rules if rule.problem == kind} for kind in PACK.problems]
    grounds = [set(signal.rules) for signal in PACK.signals if signal.outcome == Disposal.IMPROVE]
    assert grounds == kinds
    assert all(kinds)


@pytest.mark.parametrize("rule", [rule for rule in PACK.rules if rule.problem], ids=lambda rule: rule.id)
def test_a_breach_is_told_as_its_kind(rule: Rule) -> None:
    """Whatever rule of a kind is broken, the account is to be improved, and the kind is named."""
    (advice,) = advise(judge_season(found(rule.id, season(account())), [PACK]))
    assert advice.problems == (rule.problem,)
    assert advice.outcome == Disposal.IMPROVE


@pytest.mark.parametrize(
    ("rule_id", "outcome"), [("JX08", Disposal.CLOSE), ("JX07", Disposal.MERGE), ("JX20", Disposal.KEEP)]
)
def test_what_to_do_with_an_account(rule_id: str, outcome: Disposal) -> None:
    """What is in use no more is to be closed, what doubles another to be merged; lacking services are no ground."""
    (advice,) = advise(judge_season(found(rule_id, season(account())), [PACK]))
    assert advice.outcome == outcome


@pytest.mark.parametrize(
    ("office", "missing"),
    [
        ("青禾县人民政府办公室、县委网信办", ""),
        ("县府办、青禾县委网络安全和信息化委员会办公室", ""),
        ("县政府办", "县委网信办"),
        ("青禾县互联网信息办公室、县委网信办", "县政府办"),
        ("青禾县教育局", "县政府办、县委网信办"),
        ("禾州市人民政府办公厅、禾州市委网信办", "县政府办、县委网信办"),
        ("青禾县柳溪镇人民政府办公室、青禾县互联网信息办公室", "县政府办"),
    ],
)
def test_both_offices_under_whatever_name(office: str, missing: str) -> None:
    """Offices go by several names; the one that is missing is named by the first of its rule."""
    status, fact = worlds.judged(PACK, "JX13", "a", season(account(), filings=(filing(filed_with=office),)))
    assert status == (Status.BREACH if missing else Status.PASS)
    assert fact.endswith(missing)
