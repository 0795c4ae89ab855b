"""How many accounts a unit has on a platform.

Requirements: 杭州市 2019, 二（三）1; 临沂市 2019, 三（一）; 丰都县 2019, 三（一）3.
"""

import pytest

from govkit.packs import Status
from govkit.packs.checks.having import OTHER_PLATFORM, AtMost
from govkit.packs.things import ThingKind, View
from tests.packs import worlds


@pytest.mark.parametrize(
    ("platforms", "want"),
    [
        ((OTHER_PLATFORM,), Status.PASS),
        ((OTHER_PLATFORM, OTHER_PLATFORM), Status.UNKNOWN),
        ((OTHER_PLATFORM, worlds.WECHAT), Status.PASS),
        ((OTHER_PLATFORM, ""), Status.UNKNOWN),
        ((OTHER_PLATFORM, OTHER_PLATFORM, worlds.WECHAT, worlds.WECHAT), Status.BREACH),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else "",
)
def test_other_platforms_may_be_two(platforms: tuple[str, ...], want: Status) -> None:
    """Two accounts on platforms that the ledger calls 其他 may be on one of them, or on two."""
    accounts = [worlds.account(platform=platform, number=str(at)) for at, platform in enumerate(platforms)]
    view = View(worlds.season(*accounts))
    assert AtMost(kind="at_most", most=1).judge(view.things[ThingKind.UNIT][0], view).status == want


def test_other_platforms_are_not_the_one_that_is_meant() -> None:
    """A rule about one platform does not count accounts on those that the ledger calls 其他."""
    view = View(worlds.season(*(worlds.account(platform=OTHER_PLATFORM, number=number) for number in "ab")))
    check = AtMost(kind="at_most", most=1, platforms=(worlds.WECHAT,))
    assert check.judge(view.things[ThingKind.UNIT][0], view).status == Status.NOT_APPLICABLE
