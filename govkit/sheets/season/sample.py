"""What was drawn in a quarter, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from govkit.findings import SpotCheck
from govkit.ledger import Subject
from govkit.sampling import Draw, Inspector, Past


@dataclass(frozen=True, slots=True)
class Sample:
    """What is inspected in a quarter, and how it was drawn.

    Attributes:
        draw: the draw.
        accounts: all that could be drawn, in the order of the ledger.
        past: when each was drawn before, by identifier.
        check: the spot check that follows: all sites, and the accounts that were drawn.
        inspectors: who inspects; nobody where nothing is shared out.
        assignment: who inspects what: names, by identifier.
        drawn_by: who drew.
        drawn_at: when, as a local time.
        reason: why it was drawn once more; empty for the first time.
    """

    draw: Draw
    accounts: Sequence[Subject]
    past: Mapping[str, Past]
    check: SpotCheck
    inspectors: Sequence[Inspector]
    assignment: Mapping[str, str]
    drawn_by: str
    drawn_at: datetime
    reason: str = ""
