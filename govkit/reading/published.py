"""The sheet 发布记录: when sites and accounts published, a row a publication; or how often, a row a count.

Records are long (every article of 80,000 accounts): rows that hold what nearly all rows hold are taken in at once, and
only the others are looked at cell by cell.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter

from govkit.findings import Place
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import as_moment, as_text, is_blank, read_number, sound
from govkit.reading.fields import Fields
from govkit.reading.named import Named
from govkit.reading.notices import shown
from govkit.reading.sheet import CellValue
from govkit.reading.table import Row, Table
from govkit.season import Published, Total

_ID = "检查对象标识码"
_WHEN, _NUMBER, _FIRST, _LAST = "发布时间", "发布条数", "统计开始", "统计截止"
_SECONDS = 86_400

Span = tuple[date, date]


@dataclass(slots=True)
class _Record:
    """What is known of one object: seconds since year 1 of every row with a time, counts, and spans that rows name."""

    moments: MutableSequence[int] = field(default_factory=lambda: array("q"))
    totals: list[tuple[Total, Place]] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)

    def covered(self) -> list[Span]:
        """The stretches that it covers, in order; none where it has times, and no row of them says when they end.

        Times are a list of all there was, in the spans that they name or else in the whole period. A count tells of its
        own stretch only.
        """
        if self.moments and not self.spans:
            return []
        return _runs([*self.spans, *((total.first, total.last) for total, _ in self.totals)])

    def reaches(self, first: date) -> bool:
        """Whether it says anything of this day or later ones."""
        pushed = any(moment // _SECONDS >= first.toordinal() for moment in self.moments)
        return pushed or any(total.last >= first for total, _ in self.totals)


class PublishedReader:
    """Reads sheets of one season, one after the other; `published` is what they held together."""

    def __init__(self, named: Named, period: Span, problems: Problems) -> None:
        self.named, self.ledger, self.period, self.problems = named, named.ledger, period, problems
        self._records: dict[str, _Record] = {}

    def read(self, table: Table) -> None:
        """Take in all rows of a sheet."""
        reader = _Rows(self, table)
        for row in table.rows(reader.take):
            reader.read(row)

    def record(self, subject_id: str) -> _Record:
        """What is known of an object so far."""
        return self._records.setdefault(subject_id, _Record())

    def subject_id(self, fields: Fields) -> str:
        """The object of a row: by its code, else by its name, sponsor and platform; empty, and a problem, if none."""
        if self.named.applies(fields):
            return self.named.find(fields)
        subject = self.ledger.find(fields.row[_ID], fields.place(_ID), self.problems)
        return subject.id if subject else ""

    def published(self) -> dict[str, Published]:
        """What each object published, by identifier."""
        found = {}
        for subject_id, record in self._records.items():
            days = array("i", (moment // _SECONDS for moment in sorted(set(record.moments))))
            found[subject_id] = Published(days, self._totals(subject_id, record, days), self._covered(record))
        return found

    def _covered(self, record: _Record) -> Span | None:
        """What a record covers; None for the whole period. Of one with gaps, only the end counts."""
        runs = record.covered()
        if not runs:
            return None
        (first, last), (start, end) = runs[-1], self.period
        # Times that name their days stay bound to them: what else is known from before the period may be incomplete.
        return None if not record.moments and first <= start and end <= last else (first, last)

    def notices(self) -> Iterator[str]:
        """What is no mistake, but should be looked at: records with gaps, and those of another time."""
        first = self.period[0]
        if self._records and not any(record.reaches(first) for record in self._records.values()):
            yield say("notice.nothing_in_period", first=first, last=self.period[1])
        covered = {subject_id: record.covered() for subject_id, record in self._records.items()}
        gaps = [subject_id for subject_id, runs in covered.items() if len(runs) > 1 and runs[-1][0] > self.period[0]]
        if gaps:
            names = shown([self.ledger.subjects[subject_id].name for subject_id in gaps])
            yield say("notice.record_gaps", number=len(gaps), names=names)

    def _totals(self, subject_id: str, record: _Record, days: Sequence[int]) -> tuple[Total, ...]:
        """The counts in order of time; what would be counted twice, or contradicts the times, is a problem."""
        kept: list[tuple[Total, Place]] = []
        for total, place in sorted(record.totals, key=itemgetter(0)):
            before, first = kept[-1] if kept else (None, place)
            if before == total and first.workbook != place.workbook:
                continue  # two files say the same
            if before and total.first <= before.last:
                self.problems.add("R28", place, subject=subject_id, first=place_of(first))
            kept.append((total, place))
            end, start = bisect_right(days, total.last.toordinal()), bisect_left(days, total.first.toordinal())
            if end - start > total.number:
                values = {"subject": subject_id, "first": total.first, "last": total.last}
                self.problems.add("R29", place, number=total.number, pushes=end - start, **values)
        return tuple(total for total, _ in kept)


class _Rows:
    """The rows of one sheet. What was read cell by cell once is known by its raw cells from then on."""

    def __init__(self, reader: PublishedReader, table: Table) -> None:
        self.reader, self.table, self.problems = reader, table, reader.problems
        self._code, self._when = table.columns.get(_ID), table.columns.get(_WHEN)
        self._others = [table.columns[column] for column in (_NUMBER, _FIRST, _LAST) if column in table.columns]
        self._width = max(table.columns.values()) + 1
        self._last = reader.period[1].toordinal()
        self._known: dict[CellValue, _Record] = {}
        self._meanings: dict[tuple[CellValue, ...], tuple[int, int, Span | None]] = {}

    def take(self, raw: list[CellValue]) -> bool:
        """Take in a row with a time, where all else that it holds is known; False where it has to be read."""
        if len(raw) < self._width or self._code is None or self._when is None:
            return False
        record = self._known.get(raw[self._code])
        meaning = self._meanings.get(tuple([raw[at] for at in self._others]))
        moment = as_moment(raw[self._when], None) if record and meaning else None
        if record is None or meaning is None or moment is None:
            return False
        day, (first, last, span) = moment.toordinal(), meaning
        if not first <= day <= last:
            return False
        record.moments.append(_seconds(moment))
        if span:
            record.spans.add(span)
        return True

    def read(self, row: Row) -> None:
        """Read a row cell by cell."""
        fields = Fields(self.table, row, self.problems)
        subject_id = self.reader.subject_id(fields)
        start, end = self.reader.period
        first, last = fields.day(_FIRST, before=end), fields.day(_LAST, before=end)
        number = self._number(fields)
        span = (first or start, last or end)
        if span[0] > span[1]:
            values = {"column": _LAST, "value": span[1], "other": _FIRST, "first": span[0]}
            self.problems.add("R27", fields.place(_LAST), **values)
        elif fields.is_blank(_WHEN):
            self._count(fields, subject_id, span, number)
        else:
            self._push(fields, subject_id, span if first or last else None, number)

    def _push(self, fields: Fields, subject_id: str, span: Span | None, number: int | None) -> None:
        """A row with a time."""
        moment = fields.moment(_WHEN, before=self.reader.period[1])
        if number == 0:
            self.problems.add("R25", fields.place(_NUMBER))
        if moment is None:
            return
        day = moment.date()
        if day > self.reader.period[1]:
            self.problems.add("R26", fields.place(_WHEN), value=day, last=self.reader.period[1])
        elif span and not span[0] <= day <= span[1]:
            self.problems.add("R30", fields.place(_WHEN), value=day, first=span[0], last=span[1])
        elif subject_id and number != 0:
            record = self.reader.record(subject_id)
            record.moments.append(_seconds(moment))
            record.spans |= {span} if span else set()
            if number or fields.is_blank(_NUMBER):
                self._know(fields.row, record, span)

    def _know(self, row: Row, record: _Record, span: Span | None) -> None:
        """Keep what the raw cells of a sound row mean."""
        if isinstance(row[_ID], str) and row[_ID]:
            self._known[row[_ID]] = record
        first, last = span or (date.min, date.max)
        others = tuple(self.table.sheet.cell(row.number, at) for at in self._others)
        self._meanings[others] = (first.toordinal(), min(last.toordinal(), self._last), span)

    def _count(self, fields: Fields, subject_id: str, span: Span, number: int | None) -> None:
        """A row that only counts."""
        if fields.is_blank(_NUMBER):
            # Where there are only counts, the list names all accounts: one without a count was not recorded.
            fields.text(_NUMBER if _NUMBER in self.table.columns else _WHEN, required=_WHEN in self.table.columns)
        elif span[1] > self.reader.period[1]:
            self.problems.add("R26", fields.place(_LAST), value=span[1], last=self.reader.period[1])
        elif subject_id and number is not None:
            self.reader.record(subject_id).totals.append((Total(*span, number), fields.place(_NUMBER)))

    def _number(self, fields: Fields) -> int | None:
        """How many; None where the cell is blank or wrong."""
        value, place = fields.row[_NUMBER], fields.place(_NUMBER)
        if is_blank(value) or not sound(value, place, self.problems):
            return None
        number = read_number(value, place, Problems())
        if number is not None and number >= 0 and number.denominator == 1:
            return int(number)
        self.problems.add("R24", place, value=as_text(value))
        return None


def _seconds(moment: datetime) -> int:
    return moment.toordinal() * _SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second


def _runs(spans: Iterable[Span]) -> list[Span]:
    """Spans joined where they touch, in order of time."""
    runs: list[Span] = []
    for first, last in sorted(spans):
        if runs and first.toordinal() <= runs[-1][1].toordinal() + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
