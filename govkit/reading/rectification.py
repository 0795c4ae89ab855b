"""整改台账 that came back, and what the office notes of rechecks and appeals, as events of the problems."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from govkit.findings import Place
from govkit.folding import fold
from govkit.issues import Appeal, Appealed, Case, Decided, Event, ImpossibleError, Rechecked, Reported
from govkit.problems import Problems, place_of
from govkit.reading.cells import read_number
from govkit.reading.fields import Fields
from govkit.reading.layout import DECIDED, RECHECKED, RECTIFIED, sheet_kind
from govkit.reading.ledger_files import read_books
from govkit.reading.notices import unused_columns, unused_sheets
from govkit.reading.table import find_table

_ID, _DONE, _DAY, _ASKS, _REASON = "问题编号", "整改情况", "整改日期", "申诉类型", "申诉理由"
_OUTCOME, _LOOKED, _NOTE, _DEADLINE = "复查结果", "复查日期", "复查说明", "新的期限"
_DECISION, _DECIDED_ON, _WHY, _LEFT = "处理结果", "处理日期", "处理理由", "核减后数量"
_PASSED = {"通过": True, "未通过": False}
_ACCEPTED = {"采纳": True, "不采纳": False}
_CODES = {
    "impossible": "R51",
    "too_early": "R52",
    "untold": "R55",
    "no_deadline": "R56",
    "bad_deadline": "R57",
    "bad_number": "R58",
}


@dataclass(frozen=True, slots=True)
class Rectifications:
    """What is new in some sheets: events by the numbers of the problems, each after those that it answers to.

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
    return _read(paths, (RECTIFIED,), cases, received)


def read_follow_up(paths: Sequence[Path], cases: Iterable[Case], noted: date) -> Rectifications:
    """Read what the office notes: 复查记录 and 申诉处理. What was read before gives nothing new.

    Args:
        paths: workbooks, or folders or zips of CSV; one may hold either sheet or both.
        cases: the problems of which units were told, as they stand now.
        noted: the day on which this is noted; nothing in the files can be later.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with file, sheet, row and column.
    """
    return _read(paths, (RECHECKED, DECIDED), cases, noted)


def _read(paths: Sequence[Path], wanted: Sequence[str], cases: Iterable[Case], received: date) -> Rectifications:
    problems = Problems()
    books = [
        [(kind if (kind := _kind(sheet.name)) in wanted else None, sheet) for sheet in book]
        for book in read_books(paths, problems)
    ]
    for path, book in zip(paths, books, strict=True):
        if not any(kind for kind, _ in book):
            problems.add("S01", Place(path.name), sheet="、".join(wanted), near="")
    kinds = [each for book in books for each in book]
    reader = _Reader(cases, received, problems)
    for kind, sheet in kinds:
        table = find_table(sheet, kind, problems) if kind else None
        if table and kind:
            for row in table.rows():
                reader.read(kind, Fields(table, row, problems))
    events = reader.events()
    problems.raise_if_any()
    return Rectifications(events, (*unused_sheets(kinds), *unused_columns(kinds, set(wanted))))


def _kind(name: str) -> str | None:
    return sheet_kind(name, "rectification_sheets")


class _New(NamedTuple):
    """What a row tells, and where a mistake in it stands."""

    number: str
    event: Event
    place: Place


class _Reader:
    """The rows read so far."""

    def __init__(self, cases: Iterable[Case], received: date, problems: Problems) -> None:
        self._cases = {fold(case.issue.id): case for case in cases}
        self._received, self._problems = received, problems
        self._rows: dict[tuple[object, ...], tuple[list[Event], Place]] = {}
        self._new: list[_New] = []

    def read(self, kind: str, fields: Fields) -> None:
        """Take in a row of a kind of sheet."""
        number, place = fields.text(_ID, required=True), fields.place(_ID)
        case = self._cases.get(fold(number))
        told = [event for event in (tell(fields, self._received) for tell in _TOLD[kind]) if event]
        if number and case is None:
            self._problems.add("R50", place, id=number)
        if case is None:
            return
        # Of a problem a unit has one row; an office may have looked several times, on several days.
        days = () if kind == RECTIFIED else tuple(event.day for event in told)
        first, first_place = self._rows.setdefault((kind, case.issue.id, *days), (told, place))
        if first_place != place:
            if first != told:
                self._problems.add("R54", place, id=case.issue.id, first=place_of(first_place))
            return
        self._new += [_New(fold(number), event, fields.place(_PLACES[type(event)])) for event in told]

    def events(self) -> tuple[tuple[str, Event], ...]:
        """What is new, in the order of the days: a row may answer to one that stands below it."""
        found = []
        for number, event, place in sorted(self._new, key=lambda new: new.event.day):
            case = self._cases[number]
            followed = self._followed(case, event, place)
            if followed is not case:
                self._cases[number] = followed
                found.append((case.issue.id, event))
        return tuple(found)

    def _followed(self, case: Case, event: Event, place: Place) -> Case:
        """The case with what is new."""
        if any(_same(event, known) for known in case.events):
            return case
        if event.day > self._received:
            self._problems.add("R53", place, id=case.issue.id, day=event.day, received=self._received)
            return case
        try:
            return case.followed_by(event)
        except ImpossibleError as error:
            self._problems.add(_CODES[error.fault], place, **error.values)
            return case


def _report(fields: Fields, received: date) -> Reported | None:
    told = not (fields.is_blank(_DONE) and fields.is_blank(_DAY))
    done, day = fields.text(_DONE, required=told), fields.day(_DAY, before=received, required=told)
    return Reported(day, done) if done and day else None


def _appeal(fields: Fields, received: date) -> Appealed | None:
    told = not (fields.is_blank(_ASKS) and fields.is_blank(_REASON))
    asks, reason = fields.word(_ASKS, Appeal, required=told), fields.text(_REASON, required=told)
    return Appealed(received, Appeal(asks), reason) if asks and reason else None


def _recheck(fields: Fields, noted: date) -> Rechecked | None:
    told = not (fields.is_blank(_OUTCOME) and fields.is_blank(_LOOKED))
    outcome = fields.word(_OUTCOME, _PASSED, required=told)
    day = fields.day(_LOOKED, before=noted, required=told)
    note, deadline = fields.text(_NOTE), fields.day(_DEADLINE)
    return Rechecked(day, _PASSED[outcome], note, deadline=deadline) if outcome and day else None


def _decision(fields: Fields, noted: date) -> Decided | None:
    told = not (fields.is_blank(_DECISION) and fields.is_blank(_DECIDED_ON))
    decision = fields.word(_DECISION, _ACCEPTED, required=told)
    day = fields.day(_DECIDED_ON, before=noted, required=told)
    reason, deadline = fields.text(_WHY, required=told), fields.day(_DEADLINE)
    if not (decision and day and reason):
        return None
    return Decided(day, _ACCEPTED[decision], reason, deadline, _number(fields))


def _number(fields: Fields) -> int | None:
    """核减后数量; one that is no whole number is refused where it is held against the number that was found."""
    number = None if fields.is_blank(_LEFT) else read_number(fields.row[_LEFT], fields.place(_LEFT), fields.problems)
    return None if number is None else int(number) if number.denominator == 1 else -1


_TOLD: dict[str, tuple[Callable[[Fields, date], Event | None], ...]] = {
    RECTIFIED: (_report, _appeal),
    RECHECKED: (_recheck,),
    DECIDED: (_decision,),
}
_PLACES: dict[type[Event], str] = {Reported: _DAY, Appealed: _ASKS, Rechecked: _OUTCOME, Decided: _DECISION}


def _same(event: Event, known: Event) -> bool:
    """Whether an event is known already: of appeals, the day is that on which the file came in."""
    match event, known:
        case Reported(), Reported():
            return event.day == known.day and fold(event.done) == fold(known.done)
        case Appealed(), Appealed():
            return event.asks == known.asks and fold(event.reason) == fold(known.reason)
        case Rechecked(), Rechecked():  # sheets tell nothing of pictures
            alike = event.day == known.day and fold(event.note) == fold(known.note)
            return alike and (event.passed, event.deadline) == (known.passed, known.deadline)
        case Decided(), Decided():
            return event == replace(known, reason=event.reason) and fold(event.reason) == fold(known.reason)
    return False
