"""Every rule of every pack has facts under which it passes, and facts under which it is broken.

Requirements: each article of the notice that the rule names; the cases stand in `rules_*.py`, pack by pack.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

import pytest

from govkit.findings import Finding, Outcome
from govkit.packs import Pack, Rule, Status, ThingKind, load_pack, pack_ids
from govkit.season import Incident, Season
from tests.packs import worlds

Case = tuple[str, Season, Season]
"""The thing, facts that pass, facts that break."""


def cases_of(pack_id: str) -> Mapping[str, Case]:
    """Return the cases of a pack by rule."""
    cases: Mapping[str, Case] = import_module(f"tests.packs.rules_{pack_id.replace('-', '_')}").CASES
    return cases


def rules(*, automatic: bool) -> list[tuple[Pack, Rule]]:
    """Return the rules of all packs."""
    packs = map(load_pack, pack_ids())
    return [(pack, rule) for pack in packs for rule in pack.rules if rule.check.automatic is automatic]


def named(value: object) -> str:
    """Return what names a case."""
    return value.id if isinstance(value, Pack | Rule) else ""


@pytest.mark.parametrize("pack_id", pack_ids())
def test_automatic_rules_have_cases(pack_id: str) -> None:
    """There is a case for each rule that the program judges, and none for another."""
    assert {rule.id for rule in load_pack(pack_id).rules if rule.check.automatic} == set(cases_of(pack_id))


@pytest.mark.parametrize(("pack", "rule"), rules(automatic=True), ids=named)
def test_automatic_rule(pack: Pack, rule: Rule) -> None:
    """The rule passes, and is broken with a fact in words."""
    thing_id, passing, breaking = cases_of(pack.id)[rule.id]
    assert worlds.judged(pack, rule.id, thing_id, passing).status == Status.PASS
    status, fact = worlds.judged(pack, rule.id, thing_id, breaking)
    assert status == Status.BREACH
    assert fact


_BOUND = {
    ThingKind.ACCOUNT: "a",
    ThingKind.SITE: worlds.site().id,
    ThingKind.UNIT: worlds.BUREAU,
    ThingKind.INCIDENT: "1",
}


@pytest.mark.parametrize(("pack", "rule"), rules(automatic=False), ids=named)
def test_rule_by_hand(pack: Pack, rule: Rule) -> None:
    """Until somebody has looked it is unknown; then it is what they say."""
    binds, thing_id = rule.binds, _BOUND[rule.binds.about]
    unit = worlds.unit(
        level=next(iter(binds.levels), worlds.unit().level),
        category=next(iter(binds.categories), worlds.unit().category),
    )
    account = worlds.account(platform=next(iter(binds.platforms), worlds.WECHAT))
    incident = Incident("1", "燃气泄漏", worlds.BUREAU, worlds.HAPPENED)
    facts = worlds.season(account, worlds.site(), units=[unit], incidents=(incident,))
    assert worlds.judged(pack, rule.id, thing_id, facts).status == Status.UNKNOWN
    for outcome, status in ((Outcome.CLEAR, Status.PASS), (Outcome.FOUND, Status.BREACH)):
        finding = Finding(thing_id, rule.id, outcome, note="查看了制度文件。", inspector="王明")
        checked = replace(facts, checked={(thing_id, rule.id): finding})
        assert worlds.judged(pack, rule.id, thing_id, checked) == (status, "查看了制度文件。")
