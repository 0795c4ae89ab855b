"""Why rules are unknown: reasons, how many things each stands for, and what to add."""

from govkit.messages import say
from govkit.packs import judge_season, unknowns
from tests.packs import worlds
from tests.packs.packs import a_pack, a_rule, by_hand


def test_reasons_count_once_whichever_unit_they_name() -> None:
    """Two units of unknown kind are one reason; what is to be judged by hand, and what is not recorded, are others."""
    barred = a_rule("AA03", check={"kind": "not_opened_by", "categories": ["个人"]})
    pack = a_pack(rules=[a_rule("AA01"), by_hand("AA02"), barred])
    accounts = [worlds.account(number=str(number), sponsor=f"单位{number}") for number in range(3)]
    units = [worlds.unit(f"单位{number}", category=None) for number in range(3)]
    found = [
        (one.rule.id, one.number, one.remedy)
        for one in unknowns(judge_season(worlds.season(*accounts, units=units), [pack]))
    ]
    assert found == [
        ("AA01", 3, say("missing.published")),
        ("AA02", 3, say("missing.by_hand")),
        ("AA03", 3, say("missing.units")),
    ]


def test_nothing_unknown() -> None:
    """What passes or is broken has no reason to be unknown."""
    facts = worlds.season(
        worlds.account(最近更新日期="2019-12-30"), worlds.account(number="b", 最近更新日期="2019-01-01")
    )
    assert not list(unknowns(judge_season(facts, [a_pack(rules=[a_rule("AA01")])])))
