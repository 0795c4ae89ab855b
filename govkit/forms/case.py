"""One object as the forms show it: what is recorded, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from govkit.findings import OPEN_OUTCOMES, Filing, Finding, Measurement, Outcome, Stage
from govkit.ledger import Subject
from govkit.scoring import Judgement, ObjectResult, ObjectScore
from govkit.store import Record


@dataclass(frozen=True)
class Case:
    """One object as the desk shows it: what is recorded, and what that comes to."""

    record: Record
    findings: Mapping[str, Finding]
    judgements: Mapping[str, Judgement]
    score: ObjectScore

    @property
    def subject(self) -> Subject:
        """The object."""
        return self.record.subject

    @property
    def filing(self) -> Filing:
        """How far its inspection has come."""
        return self.record.filing

    @property
    def is_open(self) -> bool:
        """Whether answers can still be changed."""
        return self.filing.stage == Stage.CHECKING

    @cached_property
    def judged(self) -> int:
        """How many items in scope have a result that leaves nothing open."""
        return sum(judgement.outcome not in OPEN_OUTCOMES for judgement in self.judgements.values())

    def finding(self, code: str) -> Finding:
        """What is recorded of an item; an unchecked one where nothing is."""
        return self.findings.get(code) or Finding(self.subject.id, code, Outcome.UNCHECKED)

    def measured(self, quantity: str) -> tuple[Measurement, ...]:
        """What was measured of a quantity."""
        return tuple(m for m in self.record.measurements if m.quantity == quantity)

    def result(self) -> ObjectResult:
        """The object as sheets and summaries take it."""
        return ObjectResult(self.subject, dict(self.judgements), self.score, self.filing)
