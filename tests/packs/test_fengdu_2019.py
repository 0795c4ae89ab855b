"""What 丰都县 gives as grounds for closing, merging and improving accounts, and whom it wants filings to go to.

Requirements: 三（三）1, 三（三）2.
"""

from datetime import timedelta
from typing import Any

import pytest

from govkit.ledger import Action
from govkit.packs import Status, advise, judge_season, load_pack
from govkit.season import Category, Disposal
from tests.packs import worlds

PACK = load_pack("fengdu-2019")
GOOD = {"备案": "是", "专人维护": "是", "安全保障": "是", "功能相近": "否", "关注人数": "500"}
"""What the ledger tells of an account that nothing speaks against; followers stand at the limit."""


def outcome(days: int = 0, category: Category = Category.DEPARTMENT, **told: str) -> Disposal:
    """Return the suggestion for an account that was updated so many days before the end of the quarter."""
    last = worlds.pushes(worlds.PERIOD[1] - timedelta(days=days))
    account = worlds.account(**{**GOOD, **told})
    facts = worlds.season(account, units=[worlds.unit(category=category)], published={"a": last})
    (advice,) = advise(judge_season(facts, [PACK]))
    return advice.outcome


@pytest.mark.parametrize(
    ("told", "want"),
    [
        ({}, Disposal.KEEP),
        ({"专人维护": "否"}, Disposal.CLOSE),
        ({"安全保障": "否"}, Disposal.CLOSE),
        ({"功能相近": "是"}, Disposal.MERGE),
        ({"关注人数": "499"}, Disposal.MERGE),
        ({"关注人数": "9999"}, Disposal.KEEP),
        ({"关注人数": "10000"}, Disposal.IMPROVE),
        ({"关注人数": "10000", "功能相近": "是"}, Disposal.MERGE),
        ({"备案": "否"}, Disposal.KEEP),
    ],
    ids=str,
)
def test_what_the_ledger_says_of_an_account(told: dict[str, Any], want: Disposal) -> None:
    """Each ground of the ledger leads to what the notice wants; what was not filed can be filed still."""
    assert outcome(**told) == want


def test_what_its_rules_say_of_an_account() -> None:
    """Silence is to be ended after a week, and closes after 60 days; what a person opened is to be merged."""
    assert outcome(days=7) == Disposal.KEEP
    assert outcome(days=8) == Disposal.IMPROVE
    assert outcome(days=60) == Disposal.IMPROVE
    assert outcome(days=61) == Disposal.CLOSE
    assert outcome(category=Category.PERSON) == Disposal.MERGE


@pytest.mark.parametrize(
    ("rule_id", "office", "want"),
    [
        ("FD35", "青禾县人民政府办公室", Status.PASS),
        ("FD35", "县府办", Status.PASS),
        ("FD35", "青禾县教育局", Status.BREACH),
        ("FD36", "禾州市人民政府办公厅", Status.PASS),
        ("FD36", "市政府办公厅", Status.PASS),
        ("FD36", "青禾县人民政府办公室", Status.BREACH),
    ],
)
def test_offices_under_whatever_name(rule_id: str, office: str, want: Status) -> None:
    """Accounts are filed with the county's office and new apps approved by the city's, under any of their names."""
    app = worlds.account(platform=worlds.APP)
    filings = (worlds.filing(approved_by="局长王明", filed_with=office),)
    assert worlds.judged(PACK, rule_id, "a", worlds.season(app, filings=filings)).status == want


@pytest.mark.parametrize("rule_id", ["FD35", "FD36"])
def test_filings_want_the_consent_of_the_head(rule_id: str) -> None:
    """A filing without anybody who consented breaks the rule, whatever the office."""
    filings = (worlds.filing(filed_with="县政府办公室、市政府办公厅"),)
    facts = worlds.season(worlds.account(platform=worlds.APP), filings=filings)
    assert worlds.judged(PACK, rule_id, "a", facts).status == Status.BREACH


def test_only_new_apps_need_the_city() -> None:
    """Neither another platform nor the closure of an app goes up to the city."""
    for platform, action in ((worlds.WECHAT, Action.OPEN), (worlds.APP, Action.CLOSE)):
        facts = worlds.season(worlds.account(platform=platform), filings=(worlds.filing(action),))
        assert worlds.judged(PACK, "FD36", "a", facts).status == Status.NOT_APPLICABLE
