"""Who inspects what: objects are shared out evenly, and nobody inspects the own unit."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.sampling.lots import lot

_LOT = "分工"


class Inspector(NamedTuple):
    """Somebody who inspects; `unit` is empty for who belongs to none that is inspected."""

    name: str
    unit: str = ""


class NobodyElseError(ValueError):
    """There are objects that only people of their own unit could inspect; the message is in Chinese."""


def assign(subjects: Sequence[Subject], inspectors: Sequence[Inspector], seed: str) -> dict[str, str]:
    """Share objects out.

    Sites and accounts are shared out apart, as sites take longer. Objects that somebody may not inspect come first,
    so that the others make up for them; each goes to who has the fewest of its kind, the lot decides between equals.
    Then objects change hands as long as that makes the shares more even.

    Args:
        subjects: what is inspected.
        inspectors: who can.
        seed: of the draw.

    Returns:
        The name of an inspector for each object, by identifier, in the order of `subjects`.

    Raises:
        NobodyElseError: nobody is left for an object.
    """
    own = {inspector.name: fold(inspector.unit) for inspector in inspectors}
    barred = set(own.values()) - {""}
    order = sorted(subjects, key=lambda subject: (fold(subject.sponsor) not in barred, lot(seed, _LOT, subject.id)))
    hands = {kind: {name: deque[Subject]() for name in own} for kind in Kind}
    total: Counter[str] = Counter()
    for subject in order:
        held = hands[subject.kind]
        allowed = [name for name in own if _may(own[name], subject)]
        if not allowed:
            raise NobodyElseError(say("sampling.nobody", name=subject.name, unit=subject.sponsor))
        least = min(allowed, key=lambda name: (len(held[name]), total[name], lot(seed, _LOT, subject.id, name)))
        held[least].append(subject)
        total[least] += 1
    for held in hands.values():
        while _evened(held, own):
            pass
    found = {subject.id: name for held in hands.values() for name, mine in held.items() for subject in mine}
    return {subject.id: found[subject.id] for subject in subjects}


def _may(unit: str, subject: Subject) -> bool:
    return not unit or unit != fold(subject.sponsor)


def _evened(held: Mapping[str, deque[Subject]], own: Mapping[str, str]) -> bool:
    """Hand one object on, maybe through several hands, from who has most to somebody who has two less, or fewer."""
    for first in sorted(held, key=lambda name: -len(held[name])):
        came: dict[str, tuple[str, Subject]] = {}
        reached = deque([first])
        while reached:
            giver = reached.popleft()
            for taker in held:
                given = next((subject for subject in held[giver] if _may(own[taker], subject)), None)
                if given is None or taker in came or taker == first:
                    continue
                came[taker] = giver, given
                reached.append(taker)
                if len(held[taker]) <= len(held[first]) - 2:
                    _hand_on(held, came, taker)
                    return True
    return False


def _hand_on(held: Mapping[str, deque[Subject]], came: Mapping[str, tuple[str, Subject]], last: str) -> None:
    """Along the way that `came` tells backwards, everybody gives one object to the next, up to the last."""
    taker = last
    while taker in came:
        giver, given = came[taker]
        held[giver].remove(given)
        held[taker].append(given)
        taker = giver
