"""Merging answers: what one person says is taken, what several say alike is one, what they say otherwise is a conflict.

Pure: no files, no clock. Whoever merges twice gets the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from govkit.findings import Finding, Outcome, Place

Key = tuple[str, str]
"""An object and an item."""

_BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a sheet says of one item.

    Attributes:
        finding: the answer, with who gave it when.
        base: the answer that there was when the sheet was made; None where there was none.
        place: where it stands.
    """

    finding: Finding
    base: Finding | None
    place: Place

    @property
    def key(self) -> Key:
        """The object and the item."""
        return self.finding.subject_id, self.finding.item


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers on one item that differ; none of them is taken.

    Attributes:
        key: the object and the item.
        answers: the different answers, each with the place where it stands; None is what the batch has already.
    """

    key: Key
    answers: tuple[tuple[Finding, Place | None], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging.

    Attributes:
        taken: the new answers.
        same: how many answers were known already.
        conflicts: what somebody has to decide.
    """

    taken: Mapping[Key, Finding]
    same: int
    conflicts: tuple[Conflict, ...]


def merge(
    contributed: Iterable[Contribution],
    current: Mapping[Key, Finding],
    earlier: Mapping[Key, Collection[Finding]],
) -> Merged:
    """Merge answers into what is known.

    Args:
        contributed: the answers of all sheets.
        current: what the batch has now.
        earlier: what it once had: an answer among these was taken before, and has been changed since.
    """
    by_key: dict[Key, list[Contribution]] = {}
    for one in contributed:
        by_key.setdefault(one.key, []).append(one)
    taken: dict[Key, Finding] = {}
    conflicts: list[Conflict] = []
    same = 0
    for key, own in by_key.items():
        now = current.get(key)
        new = [one for one in own if not any(_alike(one.finding, old) for old in earlier.get(key, ()))]
        new = [one for one in new if now is None or not _covers(now, one.finding)]
        same += len(own) - len(new)
        if not new:
            continue
        joined = _joined([one.finding for one in new])
        if joined is None or not _may_replace(now, joined, new):
            known = [(now, None)] if now is not None and not is_open(now) else []
            conflicts.append(Conflict(key, (*known, *((one.finding, one.place) for one in new))))
        else:
            taken[key] = joined if now is None else _with_pictures(joined, now)
    return Merged(taken, same, tuple(conflicts))


def _alike(one: Finding, other: Finding) -> bool:
    """Whether two answers say the same, whoever gave them."""
    return _said(one) == _said(other)


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.count or 1, "".join(finding.note.split()), finding.url


def _covers(now: Finding, new: Finding) -> bool:
    """Whether an answer says all that another does, with its screenshots."""
    return _alike(now, new) and set(_pictures(new)) <= set(_pictures(now))


def _pictures(finding: Finding) -> list[str]:
    return [name for name in finding.screenshot.split(_BETWEEN) if name]


def _joined(findings: list[Finding]) -> Finding | None:
    """One answer of several that say the same: the earliest, with all screenshots; None where they differ."""
    first, *others = sorted(findings, key=lambda finding: (finding.checked_at is None, str(finding.checked_at)))
    if not all(_alike(first, other) for other in others):
        return None
    for other in others:
        first = _with_pictures(first, other)
    return first


def _with_pictures(finding: Finding, other: Finding) -> Finding:
    if not _alike(finding, other):
        return finding
    names = dict.fromkeys([*_pictures(other), *_pictures(finding)])
    return replace(finding, screenshot=_BETWEEN.join(names))


def _may_replace(now: Finding | None, new: Finding, own: Iterable[Contribution]) -> bool:
    """Whether nobody has answered since the sheets were made: otherwise it is for people to decide."""
    if now is None or is_open(now) or _alike(now, new):
        return True
    return all(one.base is not None and _alike(one.base, now) for one in own)


def is_open(finding: Finding) -> bool:
    """Whether an answer says nothing yet."""
    return finding.outcome == Outcome.UNCHECKED and not finding.note and not finding.screenshot
