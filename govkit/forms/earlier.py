"""What is known from before: last quarter's findings of the same object, what became of them, and phrases."""

from dataclasses import dataclass

from govkit.findings import Finding, Outcome
from govkit.issues import Case
from govkit.store import BatchInfo, Home, Record, Store, StoreError

_MOST_PHRASES = 12


@dataclass(frozen=True, slots=True)
class Before:
    """What was recorded of an item in the batch before: the batch, and the finding."""

    batch: BatchInfo
    finding: Finding


class Earlier:
    """The batches of the same home with an earlier 监测时间点, the last one first; each is opened when it is needed."""

    def __init__(self, home: Home, batch: BatchInfo) -> None:
        self._home = home
        self._batches = [other for other in home.batches() if other.as_of < batch.as_of]
        self._open: dict[str, Store | None] = {}
        self._records: dict[str, tuple[BatchInfo, Record] | None] = {}
        self._problems: dict[tuple[str, str], list[Case]] | None = None

    def before(self, subject_id: str, code: str) -> Before | None:
        """What the last batch that had the object recorded of an item; None where it recorded nothing."""
        if subject_id not in self._records:
            self._records[subject_id] = self._last_record(subject_id)
        last = self._records[subject_id]
        finding = last[1].findings.get(code) if last else None
        if last is None or finding is None or finding.outcome == Outcome.UNCHECKED:
            return None
        return Before(last[0], finding)

    def problems(self, subject_id: str, code: str) -> list[Case]:
        """The problems of an item of which the unit was told (整改), as they stood when this was asked first."""
        if self._problems is None:
            self._problems = {}
            for case in self._cases():
                self._problems.setdefault((case.issue.subject_id, case.issue.item), []).append(case)
        return self._problems.get((subject_id, code), [])

    def phrases(self, store: Store, code: str) -> list[str]:
        """Notes used for an item, those of the batch itself first."""
        found = dict.fromkeys(store.notes(code, _MOST_PHRASES))
        for batch in self._batches[:1]:
            earlier = self._store(batch)
            found |= dict.fromkeys(earlier.notes(code, _MOST_PHRASES) if earlier else [])
        return list(found)[:_MOST_PHRASES]

    def close(self) -> None:
        """Let go of the batches."""
        for store in filter(None, self._open.values()):
            store.close()
        self._open.clear()

    def _last_record(self, subject_id: str) -> tuple[BatchInfo, Record] | None:
        for batch in self._batches:
            store = self._store(batch)
            if store and any(subject.id == subject_id for subject in store.subjects):
                return batch, store.record(subject_id)
        return None

    def _cases(self) -> tuple[Case, ...]:
        """All problems; none where the register cannot be opened, which must not keep anybody from today's work."""
        try:
            with self._home.register() as register:
                return register.rectifications()
        except StoreError:
            return ()

    def _store(self, batch: BatchInfo) -> Store | None:
        """An earlier batch; None where it cannot be opened, which must not keep anybody from today's work."""
        if batch.key not in self._open:
            try:
                self._open[batch.key] = self._home.open(batch.key)
            except StoreError:
                self._open[batch.key] = None
        return self._open[batch.key]
