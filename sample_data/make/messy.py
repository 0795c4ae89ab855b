"""The messy copies: the same facts as offices send them, with the sheets, headers and words of `messy.toml`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import cycle, groupby
from typing import Any

from govkit.findings import Batch, Finding, Outcome
from govkit.ledger import Kind
from sample_data.make.clean import batch_rows, record_row
from sample_data.make.facts import County, read_data, word
from sample_data.make.writing import Cell, Grid, Rows

MESSY = "messy/青禾县2019年第四季度（各单位报送）.xlsx"
MESSY_CSV = "messy/青禾县2019年第四季度（各单位报送）.zip"

_DATA = read_data("messy.toml")
# A sheet that is no table: it comes with workbooks, not with CSV.
LEAFLET = Grid(_DATA["leaflet"]["name"], [[line] for line in _DATA["leaflet"]["lines"]])


def _wide(text: str) -> str:
    """ASCII in full-width characters, as an input method leaves it."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _plain(text: str) -> str:
    return text


def _padded(text: str) -> str:
    return f" {text}\u3000"


_DATES: tuple[Callable[[date], Cell], ...] = (
    lambda day: day,
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: day.isoformat(),
)
_MOMENTS: tuple[Callable[[datetime], Cell], ...] = (
    lambda moment: moment,
    lambda moment: f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute:02}分",
    lambda moment: f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02}",
    lambda moment: moment.isoformat(" "),
)
_NUMBERS: tuple[Callable[[int], Cell], ...] = (int, str, float, lambda number: _wide(str(number)))
# Longer numbers lose digits in a spreadsheet program: nobody can give those as numbers and be understood.
_NUMBER_DIGITS = 14


class Hand:
    """A hand that never writes the same thing in the same way twice running, yet always the same in every run."""

    def __init__(self) -> None:
        self._turns: dict[object, Iterator[Any]] = {}

    def _next(self, key: object, ways: Sequence[Any]) -> Any:
        return next(self._turns.setdefault(key, cycle(ways)))

    def date(self, day: date) -> Cell:
        """A date, as a date cell or in one of four spellings."""
        return self._checked(self._next("date", _DATES)(day))

    def moment(self, moment: datetime) -> Cell:
        """A date with its time of day, as a cell or in one of three spellings."""
        return self._checked(self._next("moment", _MOMENTS)(moment))

    def number(self, number: int) -> Cell:
        """A number, also as text and in full-width digits."""
        return self._checked(self._next("number", _NUMBERS)(number))

    def text(self, text: str) -> str:
        """Text, sometimes with blanks around it."""
        return str(self._next("text", (_plain, _plain, _padded))(text))

    def item(self, code: str) -> str:
        """The code of an item, sometimes in full-width characters."""
        return str(self._next("item", (_plain, _wide, _padded))(code))

    def code(self, code: str) -> Cell:
        """The code of an object; as a number only where that loses nothing."""
        if code.isdecimal() and not code.startswith("0") and len(code) <= _NUMBER_DIGITS:
            return self._checked(self._next("code", (int, _plain, int, _wide, _padded))(code))
        return str(self._next("text code", (_plain, _wide, _padded))(code))

    def word(self, column: str, standard: str) -> Cell:
        """One of the ways in which offices put the standard word of a column."""
        return self._checked(self._next((column, standard), _DATA["words"][column][standard]))

    @staticmethod
    def _checked(value: Any) -> Cell:
        assert value is None or isinstance(value, str | int | float | date)
        return value


def messy_grids(county: County) -> list[Grid]:
    """The tables that offices send: titles, merged cells, blanks, other headers and spellings, more columns."""
    hand = Hand()
    return [
        _messy_batch(county.check.batch),
        _messy_sites(county, hand),
        _messy_accounts(county, hand),
        _messy_records(county, hand),
        _messy_wide(county, hand),
        _messy_measures(county, hand),
    ]


def titled(table: str, rows: Rows, merges: Iterable[range] = (), more: Iterable[str] = ()) -> Grid:
    """A table, under merged titles and a blank row if it has any; in `merges` of its rows two columns are merged."""
    told = _DATA["sheets"][table]
    header: list[Cell] = [*told["header"], *more]
    merged = [(number, 0, number, len(header) - 1) for number in range(len(told["titles"]))]
    above: Rows = [*([title] for title in told["titles"]), []] if merged else []
    top = len(above) + 1
    for block in merges:
        merged += [(top + block[0], column, top + block[-1], column) for column in (0, 1)]
    return Grid(told["name"], [*above, header, *rows], merged)


def _messy_batch(batch: Batch) -> Grid:
    rows = batch_rows(batch)
    rows[1][1] = f"{batch.as_of.year}年{batch.as_of.month}月{batch.as_of.day}日"
    rows[2][1] = _padded(batch.rubric_id)
    rows.insert(2, [])
    return titled("batch", rows)


def _messy_sites(county: County, hand: Hand) -> Grid:
    rows: Rows = []
    for number, subject in enumerate((s for s in county.check.subjects if s.kind == Kind.SITE), 1):
        rows.append(
            [
                *(number, hand.code(subject.id), hand.text(subject.name), subject.details["首页网址"], None),
                *("县级部门", hand.text(subject.sponsor), subject.details["主管单位"]),
                hand.word("对外服务职能", "有" if subject.service else "无"),
                *(hand.word("状态", subject.details["状态"]), None),
            ]
        )
        if number in (9, 21):  # the blank rows that people leave between groups of units
            rows.append([])
    return titled("sites", rows)


def _messy_accounts(county: County, hand: Hand) -> Grid:
    rows: Rows = []
    for subject in (s for s in county.check.subjects if s.kind == Kind.ACCOUNT):
        told = subject.details
        rows.append(
            [
                *(subject.id[:10] if subject.id.isascii() else None, subject.sponsor, hand.code(subject.id)),
                *(hand.word("账号类型", told["账号类型"]), hand.text(subject.name)),
                *(told["账号主体"], told["主页地址"], hand.word("账号状态", told["账号状态"]), None, told["备案"]),
                *(hand.date(date.fromisoformat(told["开设日期"])) if told["开设日期"] else None, None),
            ]
        )
    return titled("accounts", rows)


def _messy_records(county: County, hand: Hand) -> Grid:
    """Rows by object, the object's code and name in merged cells; without what stands in the wide table."""
    names = {subject.id: subject.name for subject in county.check.subjects}
    rest = [finding for finding in county.check.findings if wide_cell(finding, county) is None]
    rows: Rows = []
    blocks: list[range] = []
    for number, (subject_id, group) in enumerate(groupby(rest, key=lambda finding: finding.subject_id)):
        code, name, start = hand.code(subject_id), hand.text(names[subject_id]), len(rows)
        for finding in group:
            row = record_row(finding, names, county.rubric)
            row[0], row[1], row[2], row[3] = code, name, hand.item(finding.item), hand.text(str(row[3]))
            row[4] = None if finding.count is None else hand.number(finding.count)
            row[9] = hand.date(finding.checked_at.date()) if finding.checked_at else None
            rows.append([*row, "10个工作日", None])
        if len(rows) - start > 1:
            blocks.append(range(start, len(rows)))
        if number % 6 == 5:  # noqa: PLR2004 - a blank row now and then
            rows.append([])
    return titled("records", rows, blocks)


def wide_cell(finding: Finding, county: County) -> Cell:
    """What a wide table holds of a finding; None where it would lose something besides inspector and time."""
    if finding.subject_id not in county.wide or finding.url or (finding.note and finding.count is not None):
        return None
    if finding.note:
        return finding.note if finding.outcome == Outcome.FOUND else None
    if finding.outcome == Outcome.CLEAR:
        return 0
    return word(finding, county.rubric) if finding.count is None else finding.count


def _messy_wide(county: County, hand: Hand) -> Grid:
    cells = {(f.subject_id, f.item): wide_cell(f, county) for f in county.check.findings}
    codes = [c for c in county.rubric.items if any(cells.get((s.id, c)) is not None for s in county.check.subjects)]
    columns = [f"{hand.item(code).strip()} {county.rubric.row_of[code].name}" for code in codes]
    rows: Rows = []
    for subject in county.check.subjects:
        values = [cells.get((subject.id, code)) for code in codes]
        if any(value is not None for value in values):
            told = [hand.number(value) if isinstance(value, int) else value for value in values]
            rows.append([hand.code(subject.id), hand.text(subject.name), *told])
    return titled("wide", rows, more=columns)


def _messy_measures(county: County, hand: Hand) -> Grid:
    rows: Rows = []
    for measurement in county.check.measurements:
        value = measurement.value
        told = hand.date(value) if isinstance(value, date) else hand.number(int(value))
        day = hand.date(measurement.at.date()) if measurement.at else None
        rows.append([hand.code(measurement.subject_id), hand.text(measurement.quantity), None, told, day, "自动监测"])
    return titled("measures", rows)
