"""What to do with an account: what speaks for it, in the order of gravity."""

from dataclasses import replace
from typing import Any

import pytest

from govkit.findings import Finding, Outcome
from govkit.packs import Advice, Pack, advise, judge_season
from govkit.season import Disposal, Season
from tests.packs import worlds
from tests.packs.packs import a_pack, a_rule, by_hand

STALE = {"最近更新日期": "2019-08-30"}
FRESH = {"最近更新日期": "2019-12-30"}


def signal(outcome: Disposal, reason: str, **way: Any) -> dict[str, Any]:
    """Return a ground for dealing with accounts."""
    return {"outcome": outcome, "article": "一", "reason": reason, **way}


# As a file may have them: the gravest does not stand first.
PACK = a_pack(
    problems=["内容长期不更新", "运维管理不规范"],
    rules=[a_rule(problem="内容长期不更新"), by_hand(problem="运维管理不规范")],
    signals=[
        signal(Disposal.IMPROVE, "关注度高", column="粉丝数", **{"from": 10000}),
        signal(Disposal.MERGE, "关注度低", column="粉丝数", below=500),
        signal(Disposal.CLOSE, "长期无更新", rules=["AA01"]),
        signal(Disposal.CLOSE, "无专人维护", column="专人维护", words=["否", "无"]),
    ],
)


def suggested(facts: Season, pack: Pack = PACK) -> Advice:
    """Return the suggestion for the one account of a season."""
    (advice,) = advise(judge_season(facts, [pack]))
    return advice


def one(**details: str) -> Advice:
    """Return the suggestion for an account with these details in the ledger."""
    return suggested(worlds.season(worlds.account(**details)))


def test_nothing_speaks_against_it() -> None:
    """An account of which everything is told and good is kept, without a reason."""
    advice = one(**FRESH, 粉丝数="3000", 专人维护="是")
    assert (advice.outcome, advice.reasons, advice.untold, advice.problems) == (Disposal.KEEP, (), (), ())
    assert advice.thing.id == "a"


def test_gravest_decides() -> None:
    """Closing comes before merging, and merging before improving; the others are noted, in the order of gravity."""
    advice = one(**STALE, 粉丝数="20", 专人维护="否")
    assert advice.outcome == Disposal.CLOSE
    assert advice.reasons == ("关停：长期无更新", "关停：无专人维护", "整合：关注度低")
    assert one(**FRESH, 粉丝数="20", 专人维护="是").outcome == Disposal.MERGE
    popular = one(**STALE, 粉丝数="20000", 专人维护="是")
    assert popular.outcome == Disposal.CLOSE
    assert popular.reasons == ("关停：长期无更新", "提升：关注度高")
    assert one(**FRESH, 粉丝数="20000", 专人维护="是").outcome == Disposal.IMPROVE


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("499", ("整合：关注度低",)),
        ("500", ()),
        ("9,999", ()),
        ("10,000", ("提升：关注度高",)),
        (" 10000 ", ("提升：关注度高",)),
    ],
)
def test_numbers_at_their_limits(text: str, reasons: tuple[str, ...]) -> None:
    """Below means less, from means this or more; thousands may be set off."""
    advice = one(**FRESH, 粉丝数=text, 专人维护="是")
    assert advice.reasons == reasons
    assert advice.untold == ()


@pytest.mark.parametrize("text", ["", "  ", "一万多", "1.2万"])
def test_what_is_not_told_speaks_for_nothing(text: str) -> None:
    """A blank, a column that is not there, and a number that is none are named, each column once."""
    advice = one(**FRESH, 粉丝数=text)
    assert advice.outcome == Disposal.KEEP
    assert advice.untold == ("专人维护", "粉丝数")


@pytest.mark.parametrize(("text", "meant"), [("否", True), (" 无 ", True), ("是", False), ("不详", False)])
def test_words(text: str, meant: bool) -> None:
    """The words that are meant speak; others do not, and are told."""
    advice = one(**FRESH, 粉丝数="3000", 专人维护=text)
    assert advice.reasons == (("关停：无专人维护",) if meant else ())
    assert advice.untold == ()


def test_unknown_rules_speak_for_nothing() -> None:
    """Nobody is closed for what is not known."""
    assert one(粉丝数="3000", 专人维护="是").outcome == Disposal.KEEP


def test_what_people_judge_speaks() -> None:
    """A breach by a person's word counts as one, and what a person cleared speaks no more."""
    facts = worlds.season(worlds.account(**STALE, 粉丝数="3000", 专人维护="是"))
    cleared = Finding("a", "AA01", Outcome.CLEAR, inspector="王明")
    advice = suggested(replace(facts, checked={("a", "AA01"): cleared}))
    assert (advice.outcome, advice.problems) == (Disposal.KEEP, ())


def test_kinds_of_problems() -> None:
    """Each kind that breaches belong to is named once, in the order of the rules."""
    rules = [
        a_rule(problem="内容长期不更新"),
        by_hand(problem="运维管理不规范"),
        a_rule("AA05", problem="内容长期不更新"),
    ]
    pack = a_pack(problems=["运维管理不规范", "内容长期不更新"], rules=rules)
    facts = worlds.season(worlds.account(**STALE))
    found = Finding("a", "AA02", Outcome.FOUND, inspector="王明")
    advice = suggested(replace(facts, checked={("a", "AA02"): found}), pack)
    assert advice.problems == ("内容长期不更新", "运维管理不规范")
    assert advice.outcome == Disposal.KEEP, "a pack without grounds suggests nothing"


def test_accounts_that_run_in_the_order_of_the_ledger() -> None:
    """Each account that runs gets a suggestion of its own; closed ones, gone ones and sites get none."""
    gone, closed = worlds.account(number="d"), worlds.account(number="c", 账号状态="注销")
    accounts = (worlds.account(number="b", **FRESH), closed, worlds.account(number="a", **STALE))
    facts = worlds.season(*accounts, worlds.site(), earlier=(*accounts, gone))
    advices = advise(judge_season(facts, [PACK]))
    assert [(advice.thing.id, advice.outcome) for advice in advices] == [("b", Disposal.KEEP), ("a", Disposal.CLOSE)]


def test_breaches_of_units_are_not_those_of_accounts() -> None:
    """A unit that is called as an account is numbered does not speak for closing the account."""
    rule = a_rule(binds={"about": "unit"}, check={"kind": "at_most", "most": 1})
    pack = a_pack(rules=[rule], signals=[signal(Disposal.MERGE, "重复开设", rules=["AA01"])])
    accounts = (worlds.account(sponsor="a"), worlds.account(number="b", sponsor="a"))
    compliance = judge_season(worlds.season(*accounts, units=()), [pack])
    assert [breach.thing.id for breach in compliance.breaches()] == ["a"]
    assert [advice.outcome for advice in advise(compliance)] == [Disposal.KEEP, Disposal.KEEP]


def test_one_of_several_on_a_platform() -> None:
    """A check speaks with its fact; what it cannot tell does not speak."""
    pack = a_pack(signals=[signal(Disposal.MERGE, "几个账号", check={"kind": "at_most", "most": 1})])
    first, second = worlds.account(**FRESH), worlds.account("青禾招生", number="b", **FRESH)
    alone = worlds.account("青禾微博", worlds.WEIBO, "c", **FRESH)
    advice = {each.thing.id: each for each in advise(judge_season(worlds.season(first, second, alone), [pack]))}
    assert [advice[name].outcome for name in "abc"] == [Disposal.MERGE, Disposal.MERGE, Disposal.KEEP]
    assert advice["a"].reasons == ("整合：几个账号（微信公众号上有 2 个账号：青禾教育、青禾招生）",)
