"""The facts of a quarter: what its files say, joined with what the register keeps."""

from dataclasses import replace

from govkit.findings import Outcome
from govkit.ledger import Subject
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets
from govkit.season import Season
from govkit.store import Register


def facts_of(sheets: SeasonSheets, earlier: tuple[Subject, ...] | None, register: Register) -> Season:
    """The facts, with filings of all times, and what was judged by hand in the quarter in which the period ends.

    What somebody has judged in the register counts before what a file says.

    Args:
        sheets: what the files say.
        earlier: the ledger of the quarter before; None where it is not known.
        register: where filings and judgements are kept.
    """
    kept = register.filings()
    entries = register.judged(Quarter.of(sheets.period[1])).items()
    # A note alone is no judgement, and takes none away.
    judged = {key: entry.value for key, entry in entries if entry.value.outcome != Outcome.UNCHECKED}
    filings = tuple(dict.fromkeys((*(sheets.filings or ()), *kept)))
    return replace(
        sheets.season(earlier),
        filings=filings if kept or sheets.filings is not None else None,
        checked={**sheets.checked, **judged},
    )
