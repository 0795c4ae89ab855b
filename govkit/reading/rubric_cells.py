"""Cells of a rubric that was edited as a workbook, as the fields of its file."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from govkit.figures import shortest
from govkit.findings import Place
from govkit.folding import fold
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading.cells import as_text, is_blank, read_text
from govkit.reading.layout import nearest, rubric_fields, rubric_words, words
from govkit.reading.lines import EMPTY, split
from govkit.reading.sheet import CellValue
from govkit.reading.table import Row, Table

Step = str | int
Steps = tuple[Step, ...]
"""Where something stands in the data of a rubric: keys and numbers of elements."""

_EXACT = re.compile(r"^-?\d{1,15}(?:\.\d{1,15}|/[1-9]\d{0,14})?$", re.ASCII)
_LEVEL = re.compile(r"^(\d{1,9})\s*[：:]\s*(.*)$", re.DOTALL)
_WORDS = {"part", "subject", "kind", "rule"}
_NUMBERS = {"pass_line", "bonus_line", "full_marks", "multiplier", "value", "warning", "points"}
_WHOLE = {"sample", "days", "whole_a_day"}
_YES_NO = {"applies", "services_only"}
_LISTS = {"notes", "quantities"}
_ONE_QUANTITY = {"age": "quantity", "none": "quantity", "ratio": "part", "every": "part"}


class RubricCells:
    """Takes cells into data; remembers where each stood, and which of them could not be read.

    Attributes:
        places: where each field stands, by its steps.
        unread: the steps of fields whose cells are wrong, which is told already.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self.places: dict[Steps, Place] = {}
        self.unread: set[Steps] = set()

    def take(self, target: dict[str, Any], at: Steps, of: str, table: Table, row: Row) -> None:
        """Take the cells of a row that are fields of a piece of a rubric into that piece; blank ones are left out."""
        for field, column in rubric_fields(of).items():
            self.take_one(target, at, field, row[column], table.place(row, column))

    def take_one(self, target: dict[str, Any], at: Steps, field: str, cell: CellValue, place: Place) -> None:
        """Take one cell; see `take`."""
        steps = (*at, field)
        self.places[steps] = place
        if is_blank(cell):
            return
        before = len(self._problems)
        value = self._read(field, cell, place)
        if len(self._problems) > before:
            self.unread.add(steps)
        else:
            target[field] = value

    def take_measure(self, item: dict[str, Any], at: Steps, table: Table, row: Row) -> None:
        """Take how an item is measured, if it is."""
        measure: dict[str, Any] = {}
        steps = (*at, "measure")
        self.places[steps] = table.place(row, rubric_fields("measure")["rule"])
        self.take(measure, steps, "measure", table, row)
        names = rubric_fields("measure")
        self.places[*steps, "quantity"] = self.places[*steps, "part"] = self.places[*steps, "quantities"]
        if not measure:
            return
        one = _ONE_QUANTITY.get(measure.get("rule", ""))
        if one and "quantities" in measure:
            quantities = measure.pop("quantities")
            if len(quantities) == 1:
                measure[one] = quantities[0]
            else:
                place, rule = self.places[*steps, one], rubric_words("rule")[measure["rule"]]
                self._problems.add("G08", place, rule=rule, number=len(quantities))
                self.unread.add((*steps, one))
        if "rule" not in measure and (*steps, "rule") not in self.unread:
            self._problems.add("C03", self.places[steps], column=names["rule"])
        if "rule" in measure:
            item["measure"] = measure
        else:
            self.unread.add(steps)

    def _read(self, field: str, cell: CellValue, place: Place) -> Any:
        text = read_text(cell, place, self._problems)
        if field in _WORDS:
            return self._word(field, text, place)
        if field in _NUMBERS:
            return self._number(text, place)
        if field in _WHOLE:
            return self._whole(text, place)
        if field in _YES_NO:
            return self._yes(text, place)
        if field in _LISTS:
            return split(text)
        if field == "levels":
            return [self._level(line, place) for line in split(text)]
        if field == "code":
            return code_of(text)
        return text

    def _word(self, field: str, text: str, place: Place) -> str | None:
        known = {fold(word): value for value, word in rubric_words(field).items()}
        if fold(text) not in known:
            self._wrong_word(text, rubric_words(field).values(), place)
        return known.get(fold(text))

    def _yes(self, text: str, place: Place) -> bool:
        if fold(text) not in words("yes") | words("no"):
            self._wrong_word(text, ("是", "否"), place)
        return fold(text) in words("yes")

    def _wrong_word(self, text: str, known: Iterable[str], place: Place) -> None:
        listed = list(known)
        near = nearest(text, listed)
        hint = say("reading.near", name=near) if near else ""
        self._problems.add("C09", place, column=place.column, value=text, words="、".join(listed), near=hint)

    def _number(self, text: str, place: Place) -> int | str | None:
        """A number as a file has it: a whole one, or in its shortest form."""
        folded = fold(text).removesuffix(fold("分"))
        if not _EXACT.match(folded):
            self._problems.add("G05", place, value=text)
            return None
        number = Fraction(folded)
        return int(number) if number.denominator == 1 else shortest(number)

    def _whole(self, text: str, place: Place) -> int | None:
        folded = fold(text)
        if not folded.isdecimal() or not folded.isascii() or int(folded) == 0:
            self._problems.add("G06", place, column=place.column, value=text)
            return None
        return int(folded)

    def _level(self, line: str, place: Place) -> dict[str, Any] | None:
        found = _LEVEL.match(line)
        if not found or int(found[1]) == 0 or not found[2]:
            self._problems.add("G07", place, value=line)
            return None
        return {"points": int(found[1]), "text": found[2]}


def code_of(text: str) -> str:
    """A code as files have it, also where it was typed in full-width or small letters."""
    return fold(text).upper()


def shown(cell: CellValue) -> str:
    """What a cell says, without blanks at its ends."""
    return as_text(cell).strip()


def is_empty_list(text: str) -> bool:
    """Whether a cell says that a list is there and empty."""
    return text == EMPTY
