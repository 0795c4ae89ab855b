"""What collecting came to, for the person at the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.markup import escape
from rich.table import Table

from govkit.collecting import Conflict, Contribution, Merged, Taken
from govkit.commands.show import console, print_notices
from govkit.commands.words import in_words
from govkit.findings import Finding, Place
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import place_of
from govkit.reading import FilledSheet
from govkit.rubric import Rubric

_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of collecting.

    Attributes:
        taken: what each sheet contributed.
        merged: what came of merging that.
        rubric: the rules.
        subjects: the objects, by 标识码.
        frozen: the names of those that take no answers any more.
        where: a sentence on where the answers are now.
    """

    taken: Sequence[Taken]
    merged: Merged
    rubric: Rubric
    subjects: Mapping[str, Subject]
    frozen: Sequence[str]
    where: str

    def in_words(self, one: Contribution) -> str:
        """An answer with the object, the item, and who gave it."""
        words, who = in_words(one.finding, self.rubric), one.finding.inspector
        subject_id, item = one.key
        return say("conflict.past", name=self.subjects[subject_id].name, item=item, answer=words, who=who).strip()


def print_collected(outcome: Outcome, files: int) -> None:
    """Conflicts, what should be looked at, and how many answers came in from how many files."""
    merged = outcome.merged
    numbers = {"taken": len(merged.taken), "same": merged.same, "conflicts": len(merged.conflicts)}
    _print_conflicts(merged.conflicts, outcome)
    stray = [one.sheet for one in outcome.taken if one.sheet.stray]
    unnamed = [one.sheet for one in outcome.taken if one.answers and not all(a.finding.inspector for a in one.answers)]
    notices = []
    if stray:
        number = sum(len(sheet.stray) for sheet in stray)
        notices.append(say("command.collect_stray", number=number, names=_names(stray)))
    if unnamed:
        notices.append(say("command.collect_unnamed", number=len(unnamed), names=_names(unnamed)))
    if merged.past:
        number, names = len(merged.past), _listed([outcome.in_words(one) for one in merged.past])
        notices.append(say("command.collect_past", number=number, names=names))
    if outcome.frozen:
        notices.append(say("command.collect_frozen", names="、".join(outcome.frozen)))
    print_notices(notices)
    text = say("command.collected", files=files, sheets=len(outcome.taken), where=outcome.where, **numbers)
    console().print(text, markup=False, soft_wrap=True)


def _names(found: Sequence[FilledSheet]) -> str:
    return _listed([f"{sheet.origin.subject.name}（{sheet.sheet.workbook}）" for sheet in found])


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    return say("notice.more", names=shown) if len(names) > _NAMES_SHOWN else shown


def _print_conflicts(conflicts: Sequence[Conflict], outcome: Outcome) -> None:
    """Both values, names and times of everything that somebody has to decide."""
    if not conflicts:
        return
    table = Table(title=say("command.conflicts", number=len(conflicts)), show_lines=True, title_justify="left")
    for heading in ("object", "item", "answer", "who", "when", "where"):
        table.add_column(say(f"conflict.{heading}"), overflow="fold")
    for conflict in conflicts:
        subject_id, item = conflict.key
        for number, (finding, place) in enumerate(conflict.answers):
            key = (outcome.subjects[subject_id].name, item) if number == 0 else ("", "")
            table.add_row(*map(escape, (*key, in_words(finding, outcome.rubric), *_who(finding), _where(place))))
    console(stderr=True).print(table)


def _who(finding: Finding) -> tuple[str, str]:
    return finding.inspector, f"{finding.checked_at:%Y-%m-%d %H:%M}" if finding.checked_at else ""


def _where(place: Place | None) -> str:
    return place_of(place) if place else say("conflict.known")
