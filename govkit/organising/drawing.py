"""Around the draw of a quarter: who can be drawn, the spot check that follows from it, and who failed in one."""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from govkit.findings import Batch, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import Rubric
from govkit.sampling import Draw
from govkit.scoring import Verdict, iter_results

_SEED_LENGTH = 12


def new_seed() -> str:
    """A seed that nobody could have chosen."""
    return uuid4().hex[:_SEED_LENGTH]


def running(subjects: Iterable[Subject], kind: Kind) -> list[Subject]:
    """The objects of a kind that run still."""
    return [subject for subject in subjects if subject.kind == kind and not subject.is_closed]


def drawn_check(subjects: Sequence[Subject], draw: Draw, batch: Batch) -> SpotCheck:
    """The spot check of a draw, with nothing recorded yet: all sites that run, and the accounts that were drawn."""
    drawn = {one.subject.id for one in draw.drawn}
    accounts = [subject for subject in running(subjects, Kind.ACCOUNT) if subject.id in drawn]
    return SpotCheck(batch, (*running(subjects, Kind.SITE), *accounts), ())


def failed_accounts(check: SpotCheck, rubric: Rubric) -> frozenset[str]:
    """The accounts that failed in a spot check, by identifier."""
    return frozenset(
        result.subject.id
        for result in iter_results(rubric, check)
        if result.subject.kind == Kind.ACCOUNT and result.score.verdict == Verdict.FAIL
    )
