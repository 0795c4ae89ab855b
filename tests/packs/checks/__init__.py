"""Tests of the ways in which rules are judged."""

from govkit.packs.checks import Check
from govkit.packs.judgement import Judgement
from govkit.packs.things import View
from govkit.season import Season


def ask(check: Check, facts: Season, thing_id: str = "a") -> Judgement:
    """Return what a check says of a thing, whatever kind it is of."""
    view = View(facts)
    things = [thing for kind in check.about for thing in view.things[kind] if thing.id == thing_id]
    return check.judge(things[0], view)
