"""The ways in which rules are judged. Which rule uses which, with which parameters, stands in the packs."""

from typing import Annotated

from pydantic import Field

from govkit.packs.checks.base import Check
from govkit.packs.checks.deadlines import Answered, Reported
from govkit.packs.checks.filing import Changed, Filed, FiledWith
from govkit.packs.checks.hand import Hand
from govkit.packs.checks.having import AtMost, Exists, NotOpenedBy, SameName
from govkit.packs.checks.naming import FollowsRenaming, NameShowsUnit, OwnerIsSponsor
from govkit.packs.checks.updating import Alive, EveryDay, LongestGap, Weekly

AnyCheck = Annotated[
    Alive
    | Answered
    | AtMost
    | Changed
    | EveryDay
    | Exists
    | Filed
    | FiledWith
    | FollowsRenaming
    | Hand
    | LongestGap
    | NameShowsUnit
    | NotOpenedBy
    | OwnerIsSponsor
    | Reported
    | SameName
    | Weekly,
    Field(discriminator="kind"),
]

__all__ = ["AnyCheck", "Check", "Hand"]
