"""A batch as it is in the store now: what was found, scored, with the stage and the screenshots of each object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from govkit.findings import SpotCheck
from govkit.forms.desk import SEPARATOR
from govkit.messages import say
from govkit.scoring import Inspection, iter_results
from govkit.store import Store, StoreError


@dataclass(frozen=True, slots=True)
class Scored:
    """A batch when it was read.

    Attributes:
        check: what was found.
        inspection: what that comes to, with how far each object has come.
    """

    check: SpotCheck
    inspection: Inspection


def scored(store: Store) -> Scored:
    """Read a batch with what anybody was typing last, and score it."""
    store.settle()
    # Read first: what was reviewed is frozen, so that the answers that follow are those that were reviewed.
    filings = {record.subject.id: record.filing for record in store.records()}
    check = store.spot_check()
    results = (replace(each, filing=filings[each.subject.id]) for each in iter_results(store.rubric, check))
    return Scored(check, Inspection(check.batch, store.rubric, tuple(results)))


class Shots(Mapping[str, bytes]):
    """The screenshots that a spot check names and its store has, each read when it is asked for: all may be large."""

    def __init__(self, store: Store, check: SpotCheck) -> None:
        self._store = store
        named = {name for finding in check.findings for name in finding.screenshot.split(SEPARATOR)}
        self._names = sorted(named & set(store.shelf.names()))

    def __getitem__(self, name: str) -> bytes:
        """Read one."""
        if name not in self._names:
            raise KeyError(name)
        content = self._store.evidence(name)
        if content is None:
            raise StoreError(say("store.evidence_damaged", name=name))
        return content

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)
