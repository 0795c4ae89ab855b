"""What collecting came to, for the person at the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from govkit.collecting import Conflict, Contribution, Merged, Taken, changed_facts
from govkit.commands.show import console, print_notices
from govkit.commands.words import in_words
from govkit.findings import Finding
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import place_of
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.sheets import write_listing

CONFLICTS = "冲突清单.xlsx"
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
        known: what an answer is called that was there before.
        settle: a sentence on how conflicts are settled.
    """

    taken: Sequence[Taken]
    merged: Merged
    rubric: Rubric
    subjects: Mapping[str, Subject]
    frozen: Sequence[str]
    where: str
    known: str
    settle: str

    def in_words(self, one: Contribution) -> str:
        """An answer with the object, the item, and who gave it."""
        words, who = in_words(one.finding, self.rubric), one.finding.inspector
        subject_id, item = one.key
        return say("conflict.past", name=self.subjects[subject_id].name, item=item, answer=words, who=who).strip()


def print_collected(outcome: Outcome, files: int, passed_over: Sequence[str]) -> None:
    """Conflicts, what should be looked at, and how many answers came in from how many files.

    Args:
        outcome: what came of it.
        files: how many were read.
        passed_over: the names of those in the folders that are no sheets.
    """
    merged = outcome.merged
    numbers = {"taken": len(merged.taken), "same": merged.same, "conflicts": len(merged.conflicts)}
    _print_conflicts(merged.conflicts, outcome)
    stray = [one.sheet for one in outcome.taken if one.sheet.stray]
    unnamed = [one.sheet for one in outcome.taken if one.answers and not all(a.finding.inspector for a in one.answers)]
    notices = []
    if passed_over:
        notices.append(say("command.collect_passed_over", number=len(passed_over), names=_listed(passed_over)))
    notices += [
        say("command.collect_left", name=_names([one.sheet]), what="；".join(left))
        for one in outcome.taken
        if (left := list(_not_collected(one.sheet)))
    ]
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


def _not_collected(sheet: FilledSheet) -> Iterator[str]:
    """What somebody wrote on a sheet where nothing is collected from."""
    if sheet.others:
        yield say("collected.others", names="”“".join(sheet.others))
    for key, cells in (("cells", sheet.beside), ("comments", sheet.comments), ("facts", changed_facts(sheet))):
        if cells:
            yield say(f"collected.{key}", cells=_listed(cells))


def _names(found: Sequence[FilledSheet]) -> str:
    return _listed([f"{sheet.origin.subject.name}（{sheet.sheet.workbook}）" for sheet in found])


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    return say("notice.more", names=shown) if len(names) > _NAMES_SHOWN else shown


def write_conflicts(outcome: Outcome, folder: Path) -> None:
    """Write the conflicts into a folder, for those who settle them, and say where the list is.

    Raises:
        OutputError: it cannot be written; what was collected stays.
    """
    if outcome.merged.conflicts:
        path = folder / CONFLICTS
        write_listing(path, say("conflict.title"), _headings(), _conflict_rows(outcome))
        console().print(say("command.conflicts_written", file=path), markup=False, soft_wrap=True)


def _print_conflicts(conflicts: Sequence[Conflict], outcome: Outcome) -> None:
    """Both values, names and times of everything that somebody has to decide."""
    if not conflicts:
        return
    table = Table(title=say("command.conflicts", number=len(conflicts)), show_lines=True, title_justify="left")
    for heading in _headings():
        table.add_column(heading, overflow="fold")
    previous: tuple[str, ...] = ()
    for row in _conflict_rows(outcome):
        table.add_row(*map(escape, ("", "", *row[2:]) if row[:2] == previous else row))
        previous = row[:2]
    screen = console(stderr=True)
    screen.print(table)
    screen.print(outcome.settle, markup=False, soft_wrap=True)
    if any(conflict.has_two_of_one_person for conflict in conflicts):
        screen.print(say("conflict.settle_one_person"), markup=False, soft_wrap=True)


def _headings() -> list[str]:
    return [say(f"conflict.{heading}") for heading in ("object", "item", "answer", "who", "when", "where", "remark")]


def _conflict_rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """A row for each answer."""
    for conflict in outcome.merged.conflicts:
        subject_id, item = conflict.key
        remark = say("conflict.one_person") if conflict.has_two_of_one_person else ""
        for finding, place in conflict.answers:
            words = in_words(finding, outcome.rubric)
            where = place_of(place) if place else outcome.known
            yield (outcome.subjects[subject_id].name, item, words, *_who(finding), where, remark)


def _who(finding: Finding) -> tuple[str, str]:
    return finding.inspector, f"{finding.checked_at:%Y-%m-%d %H:%M}" if finding.checked_at else ""
