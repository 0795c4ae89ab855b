"""The sheet 监测数据: measured quantities, each checked against ledger, rubric and 监测时间点."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from govkit.findings import Finding, Measurement, Place, contradicts
from govkit.folding import fold
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import as_text, is_blank, read_moment, read_number, read_text
from govkit.reading.layout import nearest
from govkit.reading.ledgers import Ledger
from govkit.reading.table import Row, Table
from govkit.rubric import Item, Readings, Rubric, outcome_word

_ID, _QUANTITY, _VALUE, _WHEN = "检查对象标识码", "监测项", "数值", "监测时间"


def read_measurements(
    table: Table, ledger: Ledger, rubric: Rubric, as_of: date | None, problems: Problems
) -> list[Measurement]:
    """All measured quantities of a table."""
    found = []
    for row in table.rows():
        subject = ledger.find(row[_ID], table.place(row, _ID), problems)
        read = _quantity(table, row, rubric, problems)
        when = row[_WHEN]
        moment = None if is_blank(when) else read_moment(when, table.place(row, _WHEN), problems)
        if read is None:
            continue
        quantity, items = read
        value = _value(table, row, quantity, items, as_of, problems)
        if subject is None or value is None:
            continue
        if all(rubric.row_of[item.code].subject != subject.kind for item in items):
            problems.add("M07", table.place(row, _QUANTITY), quantity=quantity, subject=subject.name)
            continue
        in_scope = rubric.items_in_scope(subject)
        if value != 0 and not any(item.code in in_scope for item in items):
            problems.add("M08", table.place(row, _VALUE), quantity=quantity, subject=subject.name)
            continue
        found.append(Measurement(subject.id, quantity, value, moment, table.place(row, _VALUE)))
    return found


def _quantity(table: Table, row: Row, rubric: Rubric, problems: Problems) -> tuple[str, tuple[Item, ...]] | None:
    place = table.place(row, _QUANTITY)
    text = read_text(row[_QUANTITY], place, problems, required=True)
    if not text:
        return None
    names = {fold(name): name for name in rubric.quantities}
    name = names.get(fold(text))
    if name is None:
        near = nearest(text, rubric.quantities)
        hint = say("reading.near", name=near) if near else ""
        problems.add("M01", place, quantity=text, names="、".join(rubric.quantities), near=hint)
        return None
    return name, rubric.quantities[name]


def _value(
    table: Table, row: Row, quantity: str, items: tuple[Item, ...], as_of: date | None, problems: Problems
) -> Fraction | date | None:
    place, cell = table.place(row, _VALUE), row[_VALUE]
    if is_blank(cell):
        problems.add("C03", place, column=place.column)
        return None
    if any(item.measure and item.measure.reads_dates for item in items):
        moment = read_moment(cell, place, problems, before=as_of)
        if moment and as_of and moment.date() > as_of:
            problems.add("M05", place, quantity=quantity, date=moment.date(), as_of=as_of)
            return None
        return moment.date() if moment else None
    number = read_number(cell, place, problems)
    if number is not None and (number < 0 or number.denominator != 1):
        problems.add("M02", place, quantity=quantity, value=as_text(cell))
        return None
    return number


def check_measurements(
    measurements: list[Measurement], ledger: Ledger, rubric: Rubric, problems: Problems
) -> dict[str, dict[str, list[Measurement]]]:
    """The measurements by object and quantity; doubled ones, and parts larger than their whole, become problems."""
    grouped: dict[str, dict[str, list[Measurement]]] = defaultdict(dict)
    seen: dict[tuple[str, str, datetime | None], Measurement] = {}
    for measurement in measurements:
        daily = any(item.measure and item.measure.reads_days for item in rubric.quantities[measurement.quantity])
        key = (measurement.subject_id, measurement.quantity, measurement.at if daily else None)
        first = seen.setdefault(key, measurement)
        if first is measurement:
            grouped[measurement.subject_id].setdefault(measurement.quantity, []).append(measurement)
        elif measurement.place and first.place:
            values = {
                "subject": measurement.subject_id,
                "quantity": measurement.quantity,
                "first": place_of(first.place),
            }
            problems.add("M03d" if daily else "M03", measurement.place, **values)
    for subject_id, readings in grouped.items():
        _check_parts(ledger.subjects[subject_id], readings, rubric, problems)
    return grouped


def _check_parts(subject: Subject, readings: dict[str, list[Measurement]], rubric: Rubric, problems: Problems) -> None:
    pairs = {item.measure.part_and_whole for item in rubric.items_in_scope(subject).values() if item.measure}
    for part, whole in sorted(pair for pair in pairs if pair):
        wholes = _by_day(readings.get(whole, []))
        for day, (number, place) in _by_day(readings.get(part, [])).items():
            if day in wholes and number > wholes[day][0] and place:
                problems.add("M04", place, part=part, whole=whole, value=int(number), limit=int(wholes[day][0]))


def _by_day(measurements: list[Measurement]) -> dict[date | None, tuple[Fraction, Place | None]]:
    sums: dict[date | None, tuple[Fraction, Place | None]] = {}
    for measurement in measurements:
        day = measurement.at.date() if measurement.at else None
        before, place = sums.get(day, (Fraction(0), measurement.place))
        if isinstance(measurement.value, Fraction):
            sums[day] = (before + measurement.value, place)
    return sums


def check_contradictions(
    findings: Mapping[tuple[str, str], Finding],
    grouped: Mapping[str, Readings],
    ledger: Ledger,
    rubric: Rubric,
    as_of: date,
    problems: Problems,
) -> None:
    """A recorded result that its measured quantity contradicts is a problem that names both."""
    for subject_id, readings in grouped.items():
        for code, item in rubric.items_in_scope(ledger.subjects[subject_id]).items():
            finding = findings.get((subject_id, code))
            reading = rubric.read(item, readings, as_of) if finding else None
            if finding is None or reading is None or finding.place is None:
                continue
            if contradicts(finding.outcome, reading.outcome):
                part = rubric.row_of[code].part
                problems.add(
                    "M06",
                    finding.place,
                    item=code,
                    recorded=outcome_word(finding.outcome, part),
                    measured=outcome_word(reading.outcome, part),
                    fact=reading.fact,
                    first=place_of(reading.used[0].place or finding.place),
                )


def check_object(
    rubric: Rubric,
    subject: Subject,
    measurements: Iterable[Measurement],
    findings: Mapping[str, Finding],
    as_of: date,
    here: Place,
) -> Problems:
    """What does not fit about one object outside any workbook: quantities against each other and what is recorded.

    Args:
        rubric: the rules.
        subject: the object.
        measurements: its measured quantities.
        findings: what is recorded of it, by item.
        as_of: 监测时间点.
        here: where both stand; in a workbook they have places of their own.
    """
    problems, ledger = Problems(), Ledger()
    ledger.add(subject)
    grouped = check_measurements([replace(m, place=here) for m in measurements], ledger, rubric, problems)
    placed = {(subject.id, code): replace(finding, place=here) for code, finding in findings.items()}
    check_contradictions(placed, grouped, ledger, rubric, as_of, problems)
    return problems
