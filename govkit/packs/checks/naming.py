"""What accounts are called, and as whom they are certified."""

from typing import ClassVar, Literal

from govkit.folding import fold
from govkit.ledger import OWNER
from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import PASS, Judgement, breach, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, View

_ACCOUNTS = frozenset({ThingKind.ACCOUNT})


class NameShowsUnit(Check):
    """The name of an account shows whose it is: it holds the name of the unit, or one of its short names."""

    kind: Literal["name_shows_unit"]

    about: ClassVar = _ACCOUNTS

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look for a name in the name."""
        del view
        name = fold(thing.name)
        if thing.unit.name and any(fold(own) in name for own in (thing.unit.name, *(thing.unit.short_names or ()))):
            return PASS
        if not thing.unit.short_names:
            return unknown(say("rule.no_short_names", unit=thing.unit.name))
        return breach(say("rule.name_shows_nothing", name=thing.name, names="、".join(thing.unit.short_names)))


class OwnerIsSponsor(Check):
    """An account is certified as the unit that sponsors it."""

    kind: Literal["owner_is_sponsor"]

    about: ClassVar = _ACCOUNTS

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Compare 账号主体 and 主办单位."""
        del view
        owner = _owner(thing)
        if not owner or not thing.unit.name:
            return unknown(say("rule.no_owner"))
        if fold(owner) == fold(thing.unit.name):
            return PASS
        return breach(say("rule.other_owner", owner=owner, unit=thing.unit.name))


class FollowsRenaming(Check):
    """Where the unit has been renamed, neither the account nor its certification still bears an old name."""

    kind: Literal["follows_renaming"]

    about: ClassVar = _ACCOUNTS

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look for former names."""
        del view
        unit = thing.unit
        if unit.former_names is None:
            return unknown(say("rule.no_former_names", unit=unit.name))
        if not unit.former_names:
            return not_applicable(say("rule.never_renamed"))
        owner = _owner(thing)
        for text in (owner, thing.name):
            # An old name may be part of the new one.
            rest = fold(text).replace(fold(unit.name), "")
            old = next((former for former in unit.former_names if fold(former) in rest), "")
            if old:
                return breach(say("rule.old_name", text=text, old=old, unit=unit.name))
        return PASS if owner else unknown(say("rule.no_owner"))


def _owner(thing: Thing) -> str:
    return thing.subject.details.get(OWNER, "") if thing.subject else ""
