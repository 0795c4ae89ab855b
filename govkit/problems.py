"""What is wrong with the input: coded messages in Chinese, collected, never one at a time.

The catalogue stands in `messages.toml`, section `problem`: a code, what is wrong, and what to do (请：… 或 …).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from govkit.findings import Place
from govkit.messages import catalogue, say
from govkit.rubric import CountFault, Item, Rubric

_FAULT_CODES = {
    CountFault.BELOW_ONE: "R13",
    CountFault.BEYOND_SAMPLE: "R09",
    CountFault.NO_LEVEL: "R10",
    CountFault.ONCE: "R11",
    CountFault.BELOW_LIMIT: "R12",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: its code in the catalogue, where it stands, what is wrong, and what to do about it."""

    code: str
    place: Place
    text: str
    fix: str


def place_of(place: Place) -> str:
    """A place in words: workbook, sheet, row, column, as far as they are known."""
    pieces = {"workbook": place.workbook, "sheet": place.sheet, "row": place.row, "column": place.column}
    return "".join(say(f"place.{name}", value=value) for name, value in pieces.items() if value)


class ProblemsError(Exception):
    """Input that cannot be used. `problems` lists everything wrong with it, in the order of sheets and rows."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(self._render_traceback_()))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback: a line for each problem."""
        return [
            say("command.problems", number=len(self.problems)),
            *(say("command.problem", place=place_of(problem.place), problem=problem) for problem in self.problems),
        ]


class Problems:
    """Collects what is wrong while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, code: str, place: Place, /, **values: object) -> None:
        """Note a problem of the catalogue, with the gaps of its sentences filled.

        Raises:
            KeyError: no such code, or a gap without a value.
        """
        entry = cast("dict[str, str]", catalogue()["problem"][code])
        self._found.append(Problem(code, place, entry["text"].format(**values), entry["fix"].format(**values)))

    def add_count_fault(self, rubric: Rubric, item: Item, number: int, place: Place) -> None:
        """Note what is wrong with a number found, if anything is: numbers are refused, never clamped."""
        fault = rubric.count_fault(item, number)
        if fault:
            limit = rubric.parameters.limits.get(item.code)
            self.add(
                _FAULT_CODES[fault],
                place,
                item=item.code,
                value=number,
                sample=item.sample,
                levels="、".join(str(level.points) for level in item.levels),
                limit=limit.text if limit else "",
            )

    def __iter__(self) -> Iterator[Problem]:
        """The problems in the order in which they were found."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many there are so far."""
        return len(self._found)

    def raise_if_any(self) -> None:
        """Stop here if anything is wrong.

        Raises:
            ProblemsError: with all problems so far; those of one sheet stand together, in the order of its rows.
        """
        if self._found:
            sheets = list(dict.fromkeys((p.place.workbook, p.place.sheet) for p in self._found))
            order = {sheet: number for number, sheet in enumerate(sheets)}
            raise ProblemsError(
                tuple(
                    sorted(self._found, key=lambda p: (order[p.place.workbook, p.place.sheet], p.place.row or 0)),
                )
            )
