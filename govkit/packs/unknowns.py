"""What could not be judged, and what to add so that it can: the same reason counts once, whichever unit it names."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govkit.messages import catalogue, say
from govkit.packs.judgement import Status
from govkit.packs.judging import Column, Compliance
from govkit.packs.model import Pack, Rule


class Unknown(NamedTuple):
    """A reason why things are unknown under a rule, how many they are, and what to add."""

    pack: Pack
    rule: Rule
    reason: str
    number: int
    remedy: str


def unknowns(compliance: Compliance) -> Iterator[Unknown]:
    """The reasons, rule by rule, the most frequent first."""
    for column in compliance.columns:
        reasons: Counter[str] = Counter()
        unknown = {code for code, judgement in enumerate(column.judgements) if judgement.status == Status.UNKNOWN}
        for thing, code in zip(compliance.things[column.rule.binds.about], column.codes, strict=True):
            if code in unknown:
                reasons[_without(thing.unit.name, column.judgements[code].fact)] += 1
        for reason, number in reasons.most_common():
            yield Unknown(column.pack, column.rule, reason, number, _remedy(column, reason))


def _without(unit: str, reason: str) -> str:
    return reason.replace(unit, say("unknown.some_unit")) if unit else reason


def _remedy(column: Column, reason: str) -> str:
    """What to add, by words of the reason; the first that fit count."""
    if not column.rule.check.automatic:
        return say("missing.by_hand")
    key = next((key for words, key in catalogue()["unknown_words"].items() if words in reason), "ledger")
    return say(f"missing.{key}")
