"""A batch as it is in the store now: what was found, with the stage and the screenshots of each object; and scored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from govkit.findings import Filing, SpotCheck
from govkit.organising.pictures import Pictures, given_out
from govkit.scoring import Inspection, iter_results
from govkit.store import Draft, Store


@dataclass(frozen=True, slots=True)
class Recorded:
    """A batch when it was read.

    Attributes:
        check: what was found.
        filings: how far each object has come, by 标识码.
        pictures: the screenshots that the findings name, each read when it is asked for.
        left: what somebody was typing and nobody can take in, as the item was changed since.
    """

    check: SpotCheck
    filings: Mapping[str, Filing]
    pictures: Pictures
    left: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A batch when it was read, and what it comes to, with how far each object has come."""

    recorded: Recorded
    inspection: Inspection

    @property
    def check(self) -> SpotCheck:
        """What was found."""
        return self.recorded.check


def recorded(store: Store) -> Recorded:
    """Read a batch with what anybody was typing last."""
    left = store.settle()
    # Read first: what was reviewed is frozen, so that the answers that follow are those that were reviewed.
    filings = {record.subject.id: record.filing for record in store.records()}
    check = store.spot_check()
    return Recorded(check, filings, given_out(check, store.shelf.names(), store.evidence), left)


def scored(store: Store) -> Scored:
    """Read a batch with what anybody was typing last, and score it."""
    found = recorded(store)
    results = (replace(each, filing=found.filings[each.subject.id]) for each in iter_results(store.rubric, found.check))
    return Scored(found, Inspection(found.check.batch, store.rubric, tuple(results)))
