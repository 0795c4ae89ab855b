"""Merging answers: what one person says is taken, what several say alike is one, what they say otherwise is a conflict.

Pure: no files, no clock. Whoever merges twice gets the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import combinations

from govkit.findings import Finding, Outcome, Place

Key = tuple[str, str]
"""An object and an item."""

_BETWEEN = "；"
_TO_THE_SECOND = timedelta(seconds=1)  # what a workbook keeps of a moment


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

    @property
    def has_two_of_one_person(self) -> bool:
        """Whether one person gave two answers that differ: nothing tells which one is the corrected one."""
        pairs = combinations([finding for finding, _ in self.answers], 2)
        return any(
            one.inspector and one.inspector == other.inspector and not _alike(one, other) for one, other in pairs
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging.

    Attributes:
        taken: the new answers.
        same: how many answers were known already.
        past: answers that were taken once, and have been changed or withdrawn since, or that the same person changed
            later: they are not taken again.
        conflicts: what somebody has to decide.
    """

    taken: Mapping[Key, Finding]
    same: int
    past: tuple[Contribution, ...]
    conflicts: tuple[Conflict, ...]


def merge(
    contributed: Iterable[Contribution],
    current: Mapping[Key, Finding],
    earlier: Mapping[Key, Sequence[Finding]],
) -> Merged:
    """Merge answers into what is known.

    Args:
        contributed: the answers of all sheets.
        current: what the batch has now.
        earlier: all that the batch had so far, oldest first, with what it has now.
    """
    taken: dict[Key, Finding] = {}
    conflicts: list[Conflict] = []
    past: list[Contribution] = []
    same = 0
    for key, own in _by_key(contributed).items():
        now, was = current.get(key), earlier.get(key, ())
        new: list[Contribution] = []
        said = _standing(own)
        for one in own:
            if one not in said:
                is_corrected = not _is_silent(one) and any(_corrects(other.finding, one.finding) for other in own)
                past += [one] * is_corrected
                same += not is_corrected
            elif (now is not None and _covers(now, one)) or (was and _is_silent(one)):
                same += 1
            elif _was_taken(one, was) or _is_overtaken(one, was):
                past.append(one)
            else:
                new.append(one)
        if not new:
            continue
        joined = _joined([one.finding for one in new])
        if joined is None or not _may_replace(now, joined, new):
            known = [(now, None)] if now is not None and not is_open(now) else []
            conflicts.append(Conflict(key, (*known, *((one.finding, one.place) for one in new))))
        else:
            taken[key] = _with_pictures(now, joined) if now is not None and _alike(now, joined) else joined
    return Merged(taken, same, tuple(past), tuple(conflicts))


def merge_bases(
    bases: Iterable[Contribution], contributed: Iterable[Contribution], current: Mapping[Key, Finding]
) -> Merged:
    """Merge what sheets knew when they were made into a workbook that has no log: nobody said it again.

    An answer in place of which one of the sheets puts another is past, unless nothing else is known of the item.

    Args:
        bases: the answers that the sheets were made with.
        contributed: what the sheets say otherwise.
        current: what the workbook has.
    """
    said = _by_key(contributed)
    standing: list[Contribution] = []
    for key, own in _by_key(bases).items():
        replaced = [one.base for one in said.get(key, ()) if one.base and not _alike(one.base, one.finding)]
        left = [one for one in own if not any(_alike(one.finding, base) for base in replaced)]
        is_needed = key not in current and all(_alike(own[0].finding, one.finding) for one in own)
        standing += left or (own if is_needed else [])
    return merge(standing, current, {key: [finding] for key, finding in current.items()})


def is_open(finding: Finding) -> bool:
    """Whether an answer says nothing yet."""
    return finding.outcome == Outcome.UNCHECKED and not (finding.note or finding.url or finding.screenshot)


def _by_key(contributed: Iterable[Contribution]) -> dict[Key, list[Contribution]]:
    found: dict[Key, list[Contribution]] = {}
    for one in contributed:
        found.setdefault(one.key, []).append(one)
    return found


def _alike(one: Finding, other: Finding) -> bool:
    """Whether two answers say the same, whoever gave them."""
    return _said(one) == _said(other)


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.count or 1, "".join(finding.note.split()), finding.url


def _covers(now: Finding, one: Contribution) -> bool:
    """Whether an answer says all that another does, with its screenshots; 未检查 says nothing against any."""
    if _is_silent(one):
        return True
    return _alike(now, one.finding) and set(_pictures(one.finding)) <= set(_pictures(now))


def _standing(own: Sequence[Contribution]) -> Sequence[Contribution]:
    """What of several answers counts: neither silence beside an answer, nor what another person knew and changed."""
    said = [one for one in own if not _is_silent(one)] or own
    return [one for one in said if not any(_replaces(other, one) for other in said)] or said


def _replaces(other: Contribution, one: Contribution) -> bool:
    is_known = other.base is not None and not is_open(other.base) and _covers(other.base, one)
    return (is_known and not _alike(other.finding, one.finding)) or _corrects(other.finding, one.finding)


def _corrects(new: Finding, old: Finding) -> bool:
    """Whether one person said otherwise, later."""
    now, then = _moment(new), _moment(old)
    if not new.inspector or new.inspector != old.inspector or is_open(new) or now is None or then is None:
        return False
    return now > then and not _alike(new, old)


def _moment(finding: Finding) -> datetime | None:
    """When an answer was given, as local time: sheets and workbooks know no other."""
    when = finding.checked_at
    return when.astimezone().replace(tzinfo=None) if when and when.tzinfo else when


def _is_silent(one: Contribution) -> bool:
    """Whether somebody has nothing to say of an item, and withdraws no answer by that."""
    return is_open(one.finding) and (one.base is None or is_open(one.base))


def _was_taken(one: Contribution, earlier: Sequence[Finding]) -> bool:
    """Whether the batch had this answer already, after what it had when the sheet was made."""
    return any(_covers(old, one) for old in _since_made(one, earlier))


def _since_made(one: Contribution, earlier: Sequence[Finding]) -> Sequence[Finding]:
    """What the batch had after what it had when the sheet was made."""
    if one.base is None or _alike(one.base, one.finding):
        return earlier
    made = [at for at, old in enumerate(earlier) if old == one.base]
    made = made or [at for at, old in enumerate(earlier) if _alike(old, one.base)]
    return earlier[made[0] + 1 if made else 0 :]


def _is_overtaken(one: Contribution, earlier: Sequence[Finding]) -> bool:
    """Whether the same person said otherwise on a later day, or at a later time of day where both are known."""
    for old in _since_made(one, earlier):
        now, then = _moment(old), _moment(one.finding)
        if now and then and _corrects(old, one.finding) and (now.date() > then.date() or then.time() != time()):
            return True
    return False


def _pictures(finding: Finding) -> list[str]:
    return [name for name in finding.screenshot.split(_BETWEEN) if name]


def _joined(findings: list[Finding]) -> Finding | None:
    """One answer of several that say the same: the earliest with a name, with all screenshots; else None."""
    first, *others = sorted(findings, key=_order)
    if not all(_alike(first, other) for other in others):
        return None
    for other in others:
        first = _with_pictures(first, other)
    return first


def _order(finding: Finding) -> tuple[object, ...]:
    when = str(finding.checked_at or "")
    return not finding.inspector, not when, when, finding.inspector, finding.note, finding.screenshot


def _with_pictures(finding: Finding, other: Finding) -> Finding:
    """An answer with the screenshots of another that says the same."""
    names = dict.fromkeys([*_pictures(finding), *_pictures(other)])
    return replace(finding, screenshot=_BETWEEN.join(names))


def _may_replace(now: Finding | None, new: Finding, own: Iterable[Contribution]) -> bool:
    """Whether nobody said otherwise so far, or somebody did who knew of it, or the same person did earlier."""
    if now is None or is_open(now) or _alike(now, new):
        return True
    return any(_knew(one, now) or _corrects(one.finding, now) for one in own)


def _knew(one: Contribution, now: Finding) -> bool:
    """Whether a sheet was made with this very answer: the same words, given again since, are another."""
    if one.base is None or not _alike(one.base, now) or one.base.inspector != now.inspector:
        return False
    made, then = _moment(one.base), _moment(now)
    return then is None or (made is not None and then - made < _TO_THE_SECOND)
