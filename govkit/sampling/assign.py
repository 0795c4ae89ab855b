"""Who inspects what: objects are shared out evenly, and nobody inspects the own unit."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from govkit.ledger import Subject
from govkit.messages import say
from govkit.sampling.lots import lot


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

    Args:
        subjects: what is inspected.
        inspectors: who can.
        seed: of the draw.

    Returns:
        The name of an inspector for each object, by identifier, in the order of `subjects`.

    Raises:
        NobodyElseError: nobody is left for an object.
    """
    units = {inspector.unit for inspector in inspectors}
    order = sorted(subjects, key=lambda subject: (subject.sponsor not in units, lot(seed, "分工", subject.id)))
    load: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    found: dict[str, str] = {}
    for subject in order:
        allowed = [inspector.name for inspector in inspectors if inspector.unit != subject.sponsor]
        if not allowed:
            raise NobodyElseError(say("sampling.nobody", name=subject.name, unit=subject.sponsor))
        least = min(
            allowed, key=lambda name: (load[name, subject.kind], total[name], lot(seed, "分工", subject.id, name))
        )
        load[least, subject.kind] += 1
        total[least] += 1
        found[subject.id] = least
    return {subject.id: found[subject.id] for subject in subjects}
