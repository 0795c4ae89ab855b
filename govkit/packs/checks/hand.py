"""What only people can judge."""

from typing import ClassVar, Literal

from govkit.messages import say
from govkit.packs.checks.base import Check
from govkit.packs.judgement import Judgement, unknown
from govkit.packs.things import Thing, ThingKind, View


class Hand(Check):
    """A line of the checklist: unknown until somebody has looked.

    Attributes:
        ask: what to look at, as a question whose good answer is yes.
        evidence: what shows it.
    """

    kind: Literal["hand"]
    ask: str
    evidence: str

    about: ClassVar = frozenset(ThingKind)
    automatic: ClassVar = False

    def judge(self, thing: Thing, view: View) -> Judgement:
        """Nobody has looked yet."""
        del thing, view
        return unknown(say("rule.by_hand"))
