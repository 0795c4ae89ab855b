"""整改台账 that came back: what units say was done, and what they object to, as events of the problems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govkit.findings import Place
from govkit.folding import fold
from govkit.issues import Appeal, Appealed, Case, Event, ImpossibleError, Reported
from govkit.problems import Problems, place_of
from govkit.reading.fields import Fields
from govkit.reading.layout import RECTIFIED, sheet_kind
from govkit.reading.ledger_files import read_books
from govkit.reading.notices import unused_columns, unused_sheets
from govkit.reading.sheet import Sheet
from govkit.reading.table import find_table

_ID, _DONE, _DAY, _ASKS, _REASON = "问题编号", "整改情况", "整改日期", "申诉类型", "申诉理由"
_CODES = {"impossible": "R51", "too_early": "R52"}


@dataclass(frozen=True, slots=True)
class Rectifications:
    """What is new in some 整改台账: events by the numbers of the problems, in the order of files and rows.

    `notices` are sentences in Chinese on what is no mistake but should be looked at.
    """

    events: tuple[tuple[str, Event], ...]
    notices: tuple[str, ...] = ()


def read_rectifications(paths: Sequence[Path], cases: Iterable[Case], received: date) -> Rectifications:
    """Read 整改台账 of units. What was read before gives nothing new, nor does what a unit left blank.

    Args:
        paths: workbooks, or folders or zips of CSV.
        cases: the problems of which units were told, as they stand now.
        received: the day on which the files came in: that of appeals; nothing in them can be later.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with file, sheet, row and column.
    """
    problems = Problems()
    books = [[(_kind(sheet), sheet) for sheet in book] for book in read_books(paths, problems)]
    for path, book in zip(paths, books, strict=True):
        if not any(kind for kind, _ in book):
            problems.add("S01", Place(path.name), sheet=RECTIFIED, near="")
    kinds = [each for book in books for each in book]
    reader = _Reader(cases, received, problems)
    for kind, sheet in kinds:
        table = find_table(sheet, RECTIFIED, problems) if kind else None
        if table:
            for row in table.rows():
                reader.read(Fields(table, row, problems))
    problems.raise_if_any()
    return Rectifications(tuple(reader.events), (*unused_sheets(kinds), *unused_columns(kinds, {RECTIFIED})))


def _kind(sheet: Sheet) -> str | None:
    return sheet_kind(sheet.name, "rectification_sheets")


class _Reader:
    """The events read so far."""

    def __init__(self, cases: Iterable[Case], received: date, problems: Problems) -> None:
        self._cases = {fold(case.issue.id): case for case in cases}
        self._received, self._problems = received, problems
        self._seen: dict[str, tuple[list[Event], Place]] = {}
        self.events: list[tuple[str, Event]] = []

    def read(self, fields: Fields) -> None:
        """Take in a row."""
        number, place = fields.text(_ID, required=True), fields.place(_ID)
        case = self._cases.get(fold(number))
        told: list[Event] = [event for event in (self._report(fields), self._appeal(fields)) if event]
        if number and case is None:
            self._problems.add("R50", place, id=number)
        if case is None:
            return
        first, first_place = self._seen.setdefault(case.issue.id, (told, place))
        if first_place != place:
            if first != told:
                self._problems.add("R54", place, id=case.issue.id, first=place_of(first_place))
            return
        for event in told:
            case = self._followed(case, event, fields)

    def _followed(self, case: Case, event: Event, fields: Fields) -> Case:
        """The case with what is new."""
        number, place = case.issue.id, fields.place(_DAY if isinstance(event, Reported) else _ASKS)
        if any(_same(event, known) for known in case.events):
            return case
        if event.day > self._received:
            self._problems.add("R53", place, id=number, day=event.day, received=self._received)
            return case
        try:
            followed = case.followed_by(event)
        except ImpossibleError as error:
            self._problems.add(_CODES[error.fault], place, **error.values)
            return case
        self.events.append((number, event))
        return followed

    def _report(self, fields: Fields) -> Reported | None:
        told = not (fields.is_blank(_DONE) and fields.is_blank(_DAY))
        done, day = fields.text(_DONE, required=told), fields.day(_DAY, before=self._received, required=told)
        return Reported(day, done) if done and day else None

    def _appeal(self, fields: Fields) -> Appealed | None:
        told = not (fields.is_blank(_ASKS) and fields.is_blank(_REASON))
        asks, reason = fields.word(_ASKS, Appeal, required=told), fields.text(_REASON, required=told)
        return Appealed(self._received, Appeal(asks), reason) if asks and reason else None


def _same(event: Event, known: Event) -> bool:
    """Whether an event is known already: of appeals, the day is that on which the file came in."""
    match event, known:
        case Reported(), Reported():
            return event.day == known.day and fold(event.done) == fold(known.done)
        case Appealed(), Appealed():
            return event.asks == known.asks and fold(event.reason) == fold(known.reason)
    return False
