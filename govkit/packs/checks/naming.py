"""What accounts are called, and as whom they are certified."""

from typing import ClassVar, Literal

from govkit.folding import fold
from govkit.ledger import OWNER, ChangeKind
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
        """Compare 账号主体 and 主办单位; the unit may be written with a short name."""
        owner = _owner(thing)
        if not owner or not thing.unit.name:
            return unknown(say("rule.no_owner"))
        if view.unit_called(owner) is thing.unit:
            return PASS
        return breach(say("rule.other_owner", owner=owner, unit=thing.unit.name))


class FollowsRenaming(Check):
    """Where the unit was renamed, or another one took over, neither account nor certification bears the old name."""

    kind: Literal["follows_renaming"]

    about: ClassVar = _ACCOUNTS

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Look for former names of the unit, and for those of the sponsors before it."""
        unit = thing.unit
        taken_from = [each.before for each in view.changes.get(thing.id, ()) if each.kind == ChangeKind.SPONSOR]
        if unit.former_names is None and not taken_from:
            return unknown(say("rule.no_former_names", unit=unit.name))
        former = (*(unit.former_names or ()), *taken_from)
        if not former:
            return not_applicable(say("rule.never_renamed"))
        owner = _owner(thing)
        for text in (owner, thing.name):
            rest = fold(text)
            for name in (unit.name, *(unit.short_names or ())):
                rest = rest.replace(fold(name), "")  # an old name may be part of a new one
            old = next((name for name in former if fold(name) in rest), "")
            if old:
                return breach(say("rule.old_name", text=text, old=old, unit=unit.name))
        return PASS if owner and unit.former_names is not None else unknown(say("rule.no_owner"))


def _owner(thing: Thing) -> str:
    return thing.subject.details.get(OWNER, "") if thing.subject else ""
