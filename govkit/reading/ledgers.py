"""The sheets 网站台账 and 账号台账: who can be inspected."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from govkit.findings import Place
from govkit.folding import fold
from govkit.ledger import LAST_UPDATE, OPENED, PLATFORM, Kind, Subject
from govkit.ledger.model import ADDRESS
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.alike import NAME, completed, differences, is_address
from govkit.reading.cells import (
    EXACT_DIGITS,
    as_moment,
    as_text,
    is_blank,
    lacks_year,
    read_identifier,
    read_moment,
    read_text,
)
from govkit.reading.layout import ACCOUNTS, SITES, required_columns, standard_value, words
from govkit.reading.sheet import CellValue, ErrorValue, Sheet
from govkit.reading.table import Row, Table, find_table

_KIND = {SITES: Kind.SITE, ACCOUNTS: Kind.ACCOUNT}
_ID = {SITES: "网站标识码", ACCOUNTS: "新媒体标识码"}
_SERVICE, _SPONSOR = "对外服务职能", "主办单位"
_DATES = (OPENED, LAST_UPDATE)
_SITE_ID = re.compile(r"^(\d{10}|(?=.*[A-Za-z])[A-Za-z0-9]+)$")
_DIGITS = {SITES: 10, ACCOUNTS: 16}
_SUSPECT = {SITES: range(1, 10), ACCOUNTS: range(12, 16)}


class Ledger:
    """The objects read so far, by identifier, in the order of the ledger."""

    def __init__(self) -> None:
        self.subjects: dict[str, Subject] = {}
        self.partial = False
        """Whether a ledger could not be read: what it lacks is then no unknown object."""
        self.refused: set[str] = set()
        """Codes that are wrong in the ledger itself: what refers to them is no further mistake."""
        self.cut_off: set[str] = set()
        """What is left of codes that lost their last digits: the same."""
        self.places: dict[tuple[str, str], Place] = {}
        """Where the objects stand, by workbook and identifier."""
        self.first_places: dict[str, Place] = {}
        """Where they stand first, by identifier."""
        self.repeated: dict[str, Subject] = {}
        """Objects that stand in several files, which say the same of them."""
        self.no_addresses: list[tuple[Subject, Place]] = []
        """Objects whose address is none, and where that stands."""
        self.no_days: list[tuple[str, Place]] = []
        """What stands as 开设日期 and names no day, and where: it is kept as text, and the day is unknown."""
        self._folded: dict[str, str] = {}
        self._without_zeros: dict[str, str] = {}

    def add(self, subject: Subject) -> None:
        """Take an object in."""
        self.subjects[subject.id] = subject
        self._folded.setdefault(fold(subject.id), subject.id)
        self._without_zeros.setdefault(subject.id.lstrip("0"), subject.id)

    def merge(self, subject: Subject, place: Place, first: str, problems: Problems) -> None:
        """Complete a known object by what another workbook says of it; what contradicts is a problem."""
        known = self.subjects[first]
        columns = "、".join(differences(known, subject))
        if columns:
            problems.add("L07", place, code=first, columns=columns, first=place_of(self.first_places[first]))
            return
        self.subjects[first] = self.repeated[first] = completed(known, subject)

    def unite(self, problems: Problems) -> None:
        """Take objects without codes for those with codes that other workbooks have of the same name, kind and unit."""
        if all(subject.has_code for subject in self.subjects.values()):
            return
        called: dict[tuple[str, ...], list[Subject]] = {}
        for subject in self.subjects.values():
            names = (subject.name, subject.details.get(PLATFORM, ""), subject.sponsor)
            if subject.sponsor and (subject.kind == Kind.SITE or names[1]):
                called.setdefault((subject.kind, *map(fold, names)), []).append(subject)
        for same in called.values():
            bare, coded = ([subject for subject in same if subject.has_code == has] for has in (False, True))
            if len(bare) != 1 or len(coded) != 1:
                continue
            place = self.first_places[bare[0].id]
            if place.workbook == self.first_places[coded[0].id].workbook:
                continue
            del self.subjects[bare[0].id]
            self._folded[fold(bare[0].id)] = coded[0].id
            self.merge(bare[0], place, coded[0].id, problems)

    def find(self, value: CellValue, place: Place, problems: Problems) -> Subject | None:
        """The object that a 检查对象标识码 means; None and a problem where there is none."""
        text = read_identifier(value, place, problems)
        known = self.known(text)
        if text and known not in self.subjects and not self.explains(text, place, problems):
            problems.add("R01", place, code=text)
        return self.subjects.get(known)

    def known(self, text: str) -> str:
        """A code as the ledger spells it; as it is, where the ledger lacks it."""
        return text if text in self.subjects else self._folded.get(fold(text), text)

    def lost_zeros(self, text: str, place: Place, problems: Problems) -> bool:
        """Whether a code is one of the ledger but for its leading zeros, which is a problem then."""
        full = None if self.known(text) in self.subjects else self._without_zeros.get(text)
        if full:
            problems.add("L03", place, code=text, hint=full)
        return bool(full)

    def explains(self, text: str, place: Place, problems: Problems) -> bool:
        """Whether no more is to be said of a code that the ledger lacks: the mistake is the ledger's, or told now."""
        if self.known(text) in self.refused or self.lost_zeros(text, place, problems):
            return True
        return self.partial or text[:EXACT_DIGITS] in self.cut_off


def read_ledgers(
    sheets: list[tuple[str, Sheet]], as_of: date | None, problems: Problems, *, ledger_only: bool = False
) -> Ledger:
    """All objects of the ledgers: sites, then accounts.

    An object may stand in several workbooks, as long as they say the same of it; in one workbook, it stands once. In a
    ledger on its own, one of them may lack its code.

    Args:
        sheets: kinds and sheets.
        as_of: 监测时间点, which no last update may be after; None where it is not known. For a ledger on its own, which
            may be younger, it only tells the year of days that lack theirs.
        problems: takes what is wrong.
        ledger_only: a ledger on its own may lack what a spot check needs; it is then unknown, never guessed.
    """
    ledger = Ledger()
    for kind in (SITES, ACCOUNTS):
        for sheet_kind, sheet in sheets:
            if sheet_kind != kind:
                continue
            table = find_table(sheet, kind, problems, ledger_only=ledger_only)
            if table is None:
                ledger.partial = True
                continue
            rows = list(table.rows())
            for row in rows:
                _Reader(table, row, ledger, as_of, problems, ledger_only=ledger_only).read()
            if not rows:
                problems.add("S06", table.place())
    if ledger_only:
        ledger.unite(problems)
    return ledger


class _Reader:
    """One row of a ledger."""

    def __init__(
        self, table: Table, row: Row, ledger: Ledger, as_of: date | None, problems: Problems, *, ledger_only: bool
    ) -> None:
        self.table, self.row, self.ledger, self.as_of, self.problems = table, row, ledger, as_of, problems
        self.kind, self.ledger_only = table.kind, ledger_only
        self.required = [
            name for name in required_columns(table.kind, ledger_only=ledger_only) if name in table.columns
        ]

    def read(self) -> None:
        """Take the object of this row into the ledger."""
        subject = self._subject()
        if subject is None:
            return
        place = self.table.place(self.row, _ID[self.kind])
        other = self.ledger.places.setdefault((place.workbook, subject.id), place)
        first = self.ledger.first_places.setdefault(subject.id, place)
        if other is not place:
            has_codes = _ID[self.kind] in self.table.columns
            values = {"code": subject.id, "name": subject.name, "first": place_of(other)}
            self.problems.add("L01" if has_codes else "L09", place, **values)
        elif first is place:
            self.ledger.add(subject)
            self._check_address(subject)
        else:
            self.ledger.merge(subject, place, subject.id, self.problems)

    def _check_address(self, subject: Subject) -> None:
        column = ADDRESS[subject.kind]
        if not is_address(subject.details.get(column, "")):
            self.ledger.no_addresses.append((subject, self.table.place(self.row, column)))

    def _subject(self) -> Subject | None:
        name = self._text(NAME[_KIND[self.kind]])
        details = dict(self._details())
        subject_id = self._id() if _ID[self.kind] in self.table.columns else self._name_as_id(name, details)
        subject = Subject(
            subject_id,
            name,
            _KIND[self.kind],
            self._text(_SPONSOR),
            self._service() if self.kind == SITES else None,
            {**details, **self.row.extra},
        )
        if subject_id and not name:
            self.ledger.refused.add(subject_id)
        return subject if subject_id and name else None

    def _name_as_id(self, name: str, details: Mapping[str, str]) -> str:
        """An object without a code goes by its name; by more where other objects have the same name."""
        platform, sponsor = details.get(PLATFORM, ""), self._text(_SPONSOR)
        called = name
        for known_by in ("", platform, "，".join(filter(None, (platform, sponsor)))):
            called = say("reading.name_and_type", name=name, type=known_by) if known_by else called
            other = self.ledger.subjects.get(called)
            same = (_KIND[self.kind], sponsor, platform)
            if other is None or (other.kind, other.sponsor, other.details.get(PLATFORM, "")) == same:
                break
        return called

    def _text(self, column: str) -> str:
        if column not in self.table.columns:
            return ""
        place = self.table.place(self.row, column)
        return read_text(self.row[column], place, self.problems, required=column in self.required)

    def _id(self) -> str:
        column = _ID[self.kind]
        value, place = self.row[column], self.table.place(self.row, column)
        if self.kind == ACCOUNTS and is_blank(value):
            self.problems.add("L10", place)
            return ""
        text = read_identifier(value, place, self.problems)
        if not text and not is_blank(value):
            self.ledger.cut_off.add(as_text(value)[:EXACT_DIGITS])
        too_short = len(text) in _SUSPECT[self.kind]
        # A site's code has ten digits wherever it stands; a short account code is only suspect where it is a number.
        if text.isdecimal() and too_short and (self.kind == SITES or not isinstance(value, str)):
            full = text.zfill(_DIGITS[self.kind])
            self.problems.add("L03", place, code=text, hint=full)
            self.ledger.refused |= {text, full}
            return ""
        if text and self.kind == SITES and not _SITE_ID.match(text):
            self.problems.add("L02", place, code=text)
            self.ledger.refused.add(text)
            return ""
        return text

    def _service(self) -> bool | None:
        if _SERVICE not in self.table.columns:
            return None
        text = fold(self._text(_SERVICE))
        if not text:
            return None
        if text in words("yes") or text in words("no"):
            return text in words("yes")
        self.problems.add("L05", self.table.place(self.row, _SERVICE), value=as_text(self.row[_SERVICE]))
        return None

    def _details(self) -> Iterator[tuple[str, str]]:
        """The other columns under their standard names, in standard words; dates in ISO form."""
        for column in self.table.columns:
            if column in (_ID[self.kind], NAME[_KIND[self.kind]], _SPONSOR, _SERVICE):
                continue
            if column in _DATES:
                yield column, self._date(column)
            else:
                yield column, self._word(column)

    def _word(self, column: str) -> str:
        text = self._text(column)
        standard = standard_value(self.kind, column, text)
        if standard is None:
            self.problems.add("L06", self.table.place(self.row, column), column=column, value=text)
        return standard or ""

    def _date(self, column: str) -> str:
        value, place = self.row[column], self.table.place(self.row, column)
        if is_blank(value):
            return ""
        if self.as_of is None and lacks_year(value):
            return as_text(value).strip()
        if column == OPENED and not isinstance(value, ErrorValue) and as_moment(value, self.as_of) is None:
            self.ledger.no_days.append((as_text(value).strip(), place))
            return as_text(value).strip()
        moment = read_moment(value, place, self.problems, before=self.as_of)
        if moment and self.as_of and not self.ledger_only and column == LAST_UPDATE and moment.date() > self.as_of:
            self.problems.add("M05", place, quantity=column, date=moment.date(), as_of=self.as_of)
        return moment.date().isoformat() if moment else ""
