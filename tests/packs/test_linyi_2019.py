"""What 临沂市 gives as grounds for merging and improving accounts.

Requirements: 五（二）.
"""

from datetime import timedelta

from govkit.findings import Finding, Outcome
from govkit.packs import advise, judge_season, load_pack
from govkit.season import Disposal, Season
from tests.packs import worlds

PACK = load_pack("linyi-2019")


def outcome(facts: Season) -> Disposal:
    """Return the suggestion for the only account."""
    (advice,) = advise(judge_season(facts, [PACK]))
    return advice.outcome


def test_slow_accounts_are_put_right() -> None:
    """Whether it was silent at the end of the quarter or only in its middle, an account is first to be improved."""
    end = worlds.PERIOD[1]
    for days in (tuple(worlds.every(16)), (end - timedelta(days=15),)):
        facts = worlds.season(worlds.account(), published={"a": worlds.pushes(*days)})
        assert outcome(facts) == Disposal.IMPROVE


def test_accounts_that_cannot_be_kept_up_are_merged() -> None:
    """That the unit is not able to maintain it is for a person to find."""
    finding = Finding("a", "LY51", Outcome.FOUND, note="没有人维护。", inspector="王明")
    subjects = (worlds.account(),)
    units = worlds.season(*subjects).units
    assert outcome(Season(worlds.PERIOD, subjects, units, checked={("a", "LY51"): finding})) == Disposal.MERGE
