"""What is there of a class: who has handed in what, and who is not in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govkit.organising.lesson import result_of, who_filled
from govkit.organising.practice import Answered, judged
from govkit.problems import Problems
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.training import Task


@dataclass(frozen=True, slots=True)
class Handed:
    """What one person has handed in: how many of all items they have judged, and the file, where it is a sheet."""

    who: str
    judged: int
    items: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """What is there of a class.

    Attributes:
        task: what was handed out; None for independent checks of a real site.
        sheets: those of people in the class.
        forms: likewise, by the name of the person.
        outside: who has answered, but is not in the class.
    """

    task: Task | None
    sheets: tuple[FilledSheet, ...]
    forms: Mapping[str, Answered]
    outside: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many may have answered something."""
        return len(self.sheets) + sum(form.judged > 0 for form in self.forms.values())

    def on_sheets(self, rubrics: Mapping[str, Rubric]) -> Iterator[Handed]:
        """Who has handed in a sheet."""
        for sheet in self.sheets:
            result = result_of(sheet, rubrics[sheet.origin.rubric_sha256], Problems())
            file = sheet.place().workbook
            yield Handed(who_filled(sheet, self.task), judged(result), len(result.judgements), file)

    def in_forms(self) -> Iterator[Handed]:
        """Who was handed out a form."""
        for who, form in self.forms.items():
            yield Handed(who, form.judged, len(form.result.judgements))


def collected(
    sheets: Sequence[FilledSheet], forms: Mapping[str, Answered], names: Collection[str], task: Task | None
) -> Collected:
    """What there is of a class, without those who are not in it.

    Args:
        sheets: that came back.
        forms: what was answered in forms.
        names: who is in the class; everybody, where there are none.
        task: what was handed out.
    """
    by = {sheet.place().workbook: who_filled(sheet, task) for sheet in sheets}
    listed = {who for who in (*by.values(), *forms) if not names or who in names}
    return Collected(
        task,
        tuple(sheet for sheet in sheets if by[sheet.place().workbook] in listed),
        {who: form for who, form in forms.items() if who in listed},
        tuple(dict.fromkeys(who for who in (*by.values(), *forms) if who not in listed)),
    )
