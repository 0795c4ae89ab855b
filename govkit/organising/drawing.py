"""Around the draw of a quarter: who can be drawn, the spot check that follows from it, and who failed in one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import uuid4

from govkit.findings import Batch, SpotCheck
from govkit.ledger import PLATFORM, Kind, Subject, new_identifiers
from govkit.ledger.model import ADDRESS
from govkit.messages import say
from govkit.sampling import Draw, Past
from govkit.scoring import ObjectResult, Verdict

_SEED_LENGTH = 12
_NAMES_SHOWN = 5


def new_seed() -> str:
    """A seed that nobody could have chosen."""
    return uuid4().hex[:_SEED_LENGTH]


def running(subjects: Iterable[Subject], kind: Kind) -> list[Subject]:
    """The objects of a kind that run still."""
    return [subject for subject in subjects if subject.kind == kind and not subject.is_closed]


def renamed_accounts(
    earlier: Iterable[Subject], subjects: Iterable[Subject], past: Mapping[str, Past]
) -> dict[str, str]:
    """The accounts that have a past under another identifier.

    Args:
        earlier: the ledger of the quarter before.
        subjects: the ledger.
        past: what is known, by identifiers of the quarter before.

    Returns:
        The new identifiers, by the old.
    """
    before, after = ([each for each in ledger if each.kind == Kind.ACCOUNT] for ledger in (earlier, subjects))
    return {old: new for old, new in new_identifiers(before, after).items() if old in past}


def drawn_check(subjects: Sequence[Subject], draw: Draw, batch: Batch) -> SpotCheck:
    """The spot check of a draw, with nothing recorded yet: all sites that run, and the accounts that were drawn."""
    drawn = {one.subject.id for one in draw.drawn}
    accounts = [subject for subject in running(subjects, Kind.ACCOUNT) if subject.id in drawn]
    return SpotCheck(batch, (*running(subjects, Kind.SITE), *accounts), ())


def gaps_of(check: SpotCheck) -> str:
    """What a ledger lacks for a spot check, as a sentence; empty for nothing.

    A draw from a ledger that no spot check can be made of would have to be made again.
    """
    if not check.subjects:
        return say("organising.nobody")
    gaps: dict[str, list[str]] = {}
    for subject in check.subjects:
        column = ADDRESS[Kind.SITE] if subject.kind == Kind.SITE else PLATFORM
        blank = {
            "主办单位": not subject.sponsor,
            column: not subject.details.get(column),
            "对外服务职能": subject.kind == Kind.SITE and subject.service is None,
        }
        kind = say(f"sheet.kind_{subject.kind}")
        for name in (name for name, missing in blank.items() if missing):
            gaps.setdefault(say("organising.gap_in", kind=kind, column=name), []).append(subject.name)
    told = "；".join(
        say("organising.gap", where=where, number=len(names), names="、".join(names[:_NAMES_SHOWN]))
        for where, names in gaps.items()
    )
    return say("organising.gaps", gaps=told) if gaps else ""


class AccountResults(NamedTuple):
    """Which accounts failed, and which passed, by identifier."""

    failed: frozenset[str]
    passed: frozenset[str]


def account_results(results: Iterable[ObjectResult]) -> AccountResults:
    """The accounts that failed in a spot check, and those that passed; what is incomplete has no result."""
    found: dict[Verdict, set[str]] = {verdict: set() for verdict in Verdict}
    for result in results:
        if result.subject.kind == Kind.ACCOUNT:
            found[result.score.verdict].add(result.subject.id)
    return AccountResults(frozenset(found[Verdict.FAIL]), frozenset(found[Verdict.PASS]))
