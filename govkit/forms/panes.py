"""The panes of a form, as the rubric has them: vetoes, a pane for each group of deductions, and the bonus."""

from dataclasses import dataclass
from enum import StrEnum

from govkit.findings import OPEN_OUTCOMES, Outcome
from govkit.forms.case import Case
from govkit.ledger import Subject
from govkit.messages import say
from govkit.rubric import PartName, Rubric


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane: its name, the part of the rubric it belongs to, and its items in scope, in the order of the annex."""

    name: str
    part: PartName
    codes: tuple[str, ...]


class Filter(StrEnum):
    """Which items of a pane are listed."""

    ALL = "all"
    OPEN = "open"
    PROBLEM = "problem"
    CANNOT_TELL = "cannot_tell"


def panes(rubric: Rubric, subject: Subject) -> tuple[Pane, ...]:
    """The panes of an object; one whose items are all out of scope is absent."""
    codes: dict[tuple[str, PartName], list[str]] = {}
    for code in rubric.items_in_scope(subject):
        row = rubric.row_of[code]
        name = row.group if row.part == PartName.DEDUCTION else say(f"form.pane_{row.part}")
        codes.setdefault((name, row.part), []).append(code)
    return tuple(Pane(name, part, tuple(found)) for (name, part), found in codes.items())


def listed(case: Case, code: str, wanted: Filter) -> bool:
    """Whether a filter lists an item of an object."""
    outcome = case.judgements[code].outcome
    return {
        Filter.ALL: True,
        Filter.OPEN: outcome in OPEN_OUTCOMES,
        Filter.PROBLEM: outcome == Outcome.FOUND,
        Filter.CANNOT_TELL: outcome == Outcome.CANNOT_TELL,
    }[wanted]
