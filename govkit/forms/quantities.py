"""Measured quantities as they are typed into the form: text into measurements, checked like those of a workbook.

An item whose quantities are measured day by day has one field for all of them, a line a day, so that a monitoring
table can be pasted from a spreadsheet; the others have a field a quantity.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction

from govkit.figures import shortest
from govkit.findings import Finding, Measurement, Place
from govkit.forms.errors import Refusal, refuse_any
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import check_object, read_moment, read_number
from govkit.rubric import Item, Rubric
from govkit.scoring import group_readings

DAILY = ""
"""The name of the one field of an item that is measured day by day."""

_ABSENT = "-"
_GAP = re.compile(r"\t|[,，;；]|\s+")
_HERE = Place("")


def fields_of(item: Item) -> tuple[str, ...]:
    """The fields in which the quantities of an item are typed."""
    if item.measure is None:
        return ()
    return (DAILY,) if item.measure.reads_days else item.measure.quantities_read


def shown(item: Item, field: str, measurements: Iterable[Measurement]) -> str:
    """What stands in a field for these measurements of an object."""
    assert item.measure is not None
    readings = group_readings(measurements)
    if field != DAILY:
        return "".join(_value_text(m) for m in readings.get(field, ())[-1:])
    names = item.measure.quantities_read
    moments = sorted({m.at for name in names for m in readings.get(name, ())}, key=_moment_text)
    values = {(m.quantity, m.at): _value_text(m) for name in names for m in readings.get(name, ())}
    return "\n".join(
        " ".join([_moment_text(at), *(values.get((name, at), _ABSENT) for name in names)]).strip() for at in moments
    )


def read_field(
    item: Item, field: str, text: str, subject_id: str, as_of: date, at: datetime
) -> dict[str, tuple[Measurement, ...]]:
    """The measurements that a field holds, by quantity; none where it is empty.

    Args:
        item: the item with the quantities.
        field: one of `fields_of`.
        text: what was typed.
        subject_id: the object.
        as_of: 监测时间点; a day without a year is the last such day before it.
        at: when it was measured, for quantities that are not measured day by day.

    Raises:
        Refusal: no date, no whole number, or a line of a daily table that does not fit.
    """
    assert item.measure is not None
    if field != DAILY:
        read = _read_date if item.measure.reads_dates else _read_count
        found = [Measurement(subject_id, field, read(text, field, as_of), at)] if text.strip() else []
        return {field: tuple(found)}
    names = item.measure.quantities_read
    table: dict[str, list[Measurement]] = {name: [] for name in names}
    seen: set[datetime | None] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or (number == 1 and not any(character.isdigit() for character in line)):
            continue  # pasted with its heading
        moment, values = _read_line(line, number, names, as_of)
        if moment in seen:
            raise Refusal(say("desk.daily_twice", number=number))
        seen.add(moment)
        for name, value in zip(names, values, strict=True):
            if value is not None:
                table[name].append(Measurement(subject_id, name, value, moment))
    return {name: tuple(found) for name, found in table.items()}


def read_found(text: str) -> int:
    """How many were found, as it is typed.

    Raises:
        Refusal: no whole number.
    """
    number = read_number(text.strip(), _HERE, Problems())
    if number is None or number.denominator != 1:
        raise Refusal(say("desk.no_number", text=text.strip()))
    return int(number)


def check(
    rubric: Rubric,
    subject: Subject,
    measurements: Sequence[Measurement],
    findings: Mapping[str, Finding],
    as_of: date,
) -> None:
    """Hold the quantities of an object against each other, the 监测时间点, and what is recorded.

    Raises:
        Refusal: the first thing that does not fit, with what to do.
    """
    refuse_any(check_object(rubric, subject, measurements, findings, as_of, Place(say("desk.quantities"))))


def _read_line(
    line: str, number: int, names: Sequence[str], as_of: date
) -> tuple[datetime | None, list[Fraction | None]]:
    pieces = [piece for piece in _GAP.split(line.strip()) if piece]
    day, values = " ".join(pieces[: -len(names)]), pieces[-len(names) :]
    problems = Problems()
    moment = read_moment(day, _HERE, problems, before=as_of) if day else None
    if len(values) < len(names) or (day and moment is None):
        raise Refusal(say("desk.daily_line", number=number, columns=" ".join(names)))
    try:
        counts = [None if v == _ABSENT else _read_count(v, name, as_of) for name, v in zip(names, values, strict=True)]
    except Refusal as refusal:
        raise Refusal(say("desk.daily_number", number=number, refusal=refusal)) from None
    return moment, counts


def _read_count(text: str, quantity: str, as_of: date) -> Fraction:
    del as_of
    problems = Problems()
    number = read_number(text.strip(), _HERE, problems)
    if number is None or number < 0 or number.denominator != 1:
        raise Refusal(say("desk.no_count", quantity=quantity, text=text.strip()))
    return number


def _read_date(text: str, quantity: str, as_of: date) -> date:
    problems = Problems()
    moment = read_moment(text.strip(), _HERE, problems, before=as_of)
    if moment is None:
        raise Refusal(say("desk.no_date", quantity=quantity, text=text.strip()))
    if moment.date() > as_of:
        problems.add("M05", _HERE, quantity=quantity, date=moment.date(), as_of=as_of)
    refuse_any(problems)
    return moment.date()


def _value_text(measurement: Measurement) -> str:
    value = measurement.value
    return shortest(value) if isinstance(value, Fraction) else value.isoformat()


def _moment_text(at: datetime | None) -> str:
    if at is None:
        return ""
    return at.date().isoformat() if at.time() == time() else at.isoformat(" ", "minutes")
