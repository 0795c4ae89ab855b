"""Which accounts a unit has: not too many on a platform, those that it must have, and all under one name."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from govkit.folding import fold
from govkit.ledger import OWNER, Subject
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View, platform_of
from govkit.season import Category

OTHER_PLATFORM = "其他"
"""What 账号类型 says of all platforms that have no word of their own: two such accounts may be on two of them."""


class AtMost(Check):
    """A unit has at most so many accounts on a platform; of an account, whether it is one of too many on its own.

    Attributes:
        most: how many.
        platforms: those that count; all where none is named, each by itself.
        apart: those that are none, as an app of one's own is on no platform.
    """

    kind: Literal["at_most"]
    most: int = Field(gt=0)
    platforms: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    about: ClassVar = frozenset({ThingKind.UNIT, ThingKind.ACCOUNT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Count the accounts that run."""
        if thing.subject:
            return self._among(thing.subject, view)
        if not view.has_accounts:
            return unknown(say("rule.no_accounts"))
        own = view.accounts_of(thing.name)
        counts = Counter(platform for account in own if (platform := platform_of(account)) not in self.apart)
        unplaced = counts.pop("", 0)
        others = 0 if self.platforms else counts.pop(OTHER_PLATFORM, 0)
        of_rule = {name: number for name, number in counts.items() if not self.platforms or name in self.platforms}
        over = [name for name, number in of_rule.items() if number > self.most]
        if over:
            return breach("；".join(_listed(name, own) for name in over))
        if unplaced and unplaced + max(of_rule.values(), default=0) > self.most:
            return unknown(say("rule.no_platform", number=unplaced))
        if unplaced + others > self.most:
            return unknown(say("rule.other_platforms", number=others))
        return PASS if of_rule or unplaced or others else not_applicable(say("rule.none_there"))

    def _among(self, account: Subject, view: View) -> Judgement:
        platform = platform_of(account)
        if not platform or not account.sponsor:
            return unknown(say("rule.platform_unknown") if account.sponsor else say("rule.no_owner"))
        if platform in self.apart or (self.platforms and platform not in self.platforms):
            return not_applicable(say("rule.none_there"))
        own = view.accounts_of(account.sponsor)
        number = sum(platform_of(each) == platform for each in own)
        if number <= self.most:
            return PASS
        if platform == OTHER_PLATFORM:
            return unknown(say("rule.other_platforms", number=number))
        return breach(_listed(platform, own))


class Exists(Check):
    """A unit has an account on each of these platforms; on any at all where none is named.

    Attributes:
        platforms: those that it must be on.
        by: the day by which; before it nothing is asked. None where it is asked at once.
    """

    kind: Literal["exists"]
    platforms: tuple[str, ...] = ()
    by: date | None = None

    about: ClassVar = frozenset({ThingKind.UNIT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look for the accounts that run."""
        if self.by and view.as_of < self.by:
            return not_applicable(say("rule.not_asked_yet", date=self.by))
        if not view.has_accounts:
            return unknown(say("rule.no_accounts"))
        there = Counter(platform_of(account) for account in view.accounts_of(thing.name))
        missing = [name for name in self.platforms if name not in there]
        if not missing and there:
            return PASS
        unplaced = there[""]
        if unplaced and unplaced >= len(missing):
            return unknown(say("rule.no_platform", number=unplaced))
        return breach(say("rule.missing_on", names="、".join(missing)) if missing else say("rule.missing_any"))


class SameName(Check):
    """There is a name that a unit has on all of its platforms; further accounts on one of them are not its matter."""

    kind: Literal["same_name"]

    about: ClassVar = frozenset({ThingKind.UNIT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Compare the names of the accounts that run, platform by platform."""
        if not view.has_accounts:
            return unknown(say("rule.no_accounts"))
        own = view.accounts_of(thing.name)
        names: dict[str, set[str]] = {}
        for account in own:
            names.setdefault(platform_of(account), set()).add(fold(account.name))
        if len(names) < 2:  # noqa: PLR2004 - one has nothing to differ from
            unplaced = len(own) if "" in names else 0
            return (
                unknown(say("rule.no_platform", number=unplaced))
                if unplaced > 1
                else not_applicable(say("rule.single"))
            )
        if set.intersection(*names.values()):
            return PASS
        shown = dict.fromkeys(say("rule.name_on", name=each.name, platform=platform_of(each)) for each in own)
        return breach(say("rule.names_differ", names="、".join(shown)))


class NotOpenedBy(Check):
    """Units of these kinds may not open it, neither as sponsors nor, an account, by having it certified as theirs."""

    kind: Literal["not_opened_by"]
    categories: tuple[Category, ...] = Field(min_length=1)

    about: ClassVar = frozenset({ThingKind.SITE, ThingKind.ACCOUNT})

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look at what the sponsor is, and at what the certified subject is."""
        owner = thing.subject.details.get(OWNER, "") if thing.subject else ""
        certified = view.unit_called(owner)
        for key, unit in (("rule.barred", thing.unit), ("rule.barred_owner", certified)):
            if unit and unit.category in self.categories:
                return breach(say(key, unit=unit.name, category=unit.category))
        if not thing.unit.category:
            return unknown(say("rule.no_category", unit=thing.unit.name))
        if thing.kind == ThingKind.ACCOUNT and (certified is None or not certified.category):
            return unknown(say("rule.owner_untold", owner=owner) if owner else say("rule.no_owner"))
        return PASS


def _listed(platform: str, accounts: Sequence[Subject]) -> str:
    names = [account.name for account in accounts if platform_of(account) == platform]
    return say("rule.several_on", platform=platform, number=len(names), names="、".join(names))
