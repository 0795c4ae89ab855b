"""One row of a sheet of the season: its cells as values; what cannot be understood becomes a problem."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from govkit.findings import Place
from govkit.folding import fold
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import is_blank, lacks_time, read_moment, read_text
from govkit.reading.layout import layouts, nearest, standard_value, words
from govkit.reading.table import Row, Table

_YES, _NO = "是", "否"


Entry = TypeVar("Entry")


class Register(Generic[Entry]):
    """Entries by name, each once: it may stand in several rows and files, as long as they say the same of it."""

    def __init__(self, problems: Problems, code: str) -> None:
        self.entries: dict[str, Entry] = {}
        self._problems, self._code = problems, code
        self._places: dict[str, Place] = {}

    def add(self, name: str, entry: Entry, place: Place) -> None:
        """Take an entry in; another one of the same name is a problem."""
        first = self.entries.setdefault(name, entry)
        first_place = self._places.setdefault(name, place)
        if first != entry:
            self._problems.add(self._code, place, name=name, first=place_of(first_place))


@dataclass(frozen=True, slots=True)
class Fields:
    """The cells of a row by the standard names of their columns. What a column that is missing says is unknown."""

    table: Table
    row: Row
    problems: Problems

    def place(self, column: str = "") -> Place:
        """Where a cell stands; the row, where no column is named."""
        return self.table.place(self.row, column)

    def is_blank(self, column: str) -> bool:
        """Whether a cell holds nothing, or the column is missing."""
        return is_blank(self.row[column])

    def text(self, column: str, *, required: bool = False) -> str:
        """A cell as text."""
        return read_text(self.row[column], self.place(column), self.problems, required=required)

    def moment(self, column: str, *, before: date | None = None, required: bool = False) -> datetime | None:
        """A date, with its time of day where it has one; None where the cell is blank."""
        if self.is_blank(column):
            self.text(column, required=required)
            return None
        return read_moment(self.row[column], self.place(column), self.problems, before=before)

    def timed(self, column: str, *, before: date | None = None, required: bool = False) -> datetime | None:
        """A date with its time of day; without one, it is a problem."""
        moment = self.moment(column, before=before, required=required)
        if moment and lacks_time(self.row[column]):
            self.problems.add("C10", self.place(column), value=moment.date())
            return None
        return moment

    def day(self, column: str, *, before: date | None = None, required: bool = False) -> date | None:
        """A date; None where the cell is blank."""
        moment = self.moment(column, before=before, required=required)
        return moment.date() if moment else None

    def word(self, column: str, standard: Iterable[str], *, required: bool = False) -> str | None:
        """One of some standard words, also where the cell has another word for it; None where it is blank or wrong."""
        text = self.text(column, required=required)
        if not text:
            return None
        known = {fold(word): word for word in standard}
        found = known.get(fold(standard_value(self.table.kind, column, text) or ""))
        if found is None:
            near = nearest(text, known.values())
            hint = say("reading.near", name=near) if near else ""
            values = {"column": column, "value": text, "words": "、".join(known.values()), "near": hint}
            self.problems.add("C09", self.place(column), **values)
        return found

    def yes(self, column: str) -> bool | None:
        """是 or 否; None where the cell is blank or wrong."""
        text = self.text(column)
        folded = fold(standard_value(self.table.kind, column, text) or text)
        if not text or folded in words("yes") | words("no"):
            return folded in words("yes") if text else None
        self.problems.add("C09", self.place(column), column=column, value=text, words=f"{_YES}、{_NO}", near="")
        return None

    def names(self, column: str) -> tuple[str, ...] | None:
        """Several names in one cell, none where it is blank; None where the column is missing."""
        if column not in self.table.columns:
            return None
        marks = re.escape(layouts()["words"]["between_names"])
        return tuple(filter(None, (name.strip() for name in re.split(f"[{marks}]", self.text(column)))))
