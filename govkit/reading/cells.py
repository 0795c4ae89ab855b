"""Raw cells into values: text, identifiers, whole numbers, dates. What cannot be understood becomes a problem."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from govkit.findings import Place
from govkit.folding import fold
from govkit.problems import Problems
from govkit.reading.layout import layouts
from govkit.reading.sheet import CellValue, ErrorValue

_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
EXACT_DIGITS = 15
"""The digits that a spreadsheet keeps of a number."""
_OF_DAY = r"(?:[T\s]*(\d{1,2})[:时](\d{1,2})?(?:[:分](\d{1,2}))?[分秒]?(?:\.\d+)?)?$"
_DATE = re.compile(rf"^(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_OF_DAY}")
_COMPACT_DATE = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
_NUMBER = re.compile(r"^[+-]?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,2})?$", re.ASCII)  # Fraction takes 1e9999999 too
_SERIAL_AS_TEXT = re.compile(r"^\d{5}(?:\.\d+)?$")
_TIME = re.compile(r"\d\s*[:：时]")
_ISO_LENGTHS = (len("2019-12-01"), len("2019-12-01 10:30"), len("2019-12-01 10:30:00"))
_DAY_OF_YEAR = re.compile(rf"^(\d{{1,2}})月(\d{{1,2}})日{_OF_DAY}")
_SCIENTIFIC = re.compile(r"^\d\.\d+[eE]\+?\d+$|^\d[eE]\+\d+$")


def as_text(value: CellValue) -> str:
    """A cell as text: whole numbers without a decimal point, dates in ISO form, errors as they show."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, ErrorValue):
        return value.text
    return str(value)


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing but blanks. An error is not blank."""
    return not isinstance(value, ErrorValue) and not as_text(value).strip()


def sound(value: CellValue, place: Place, problems: Problems) -> bool:
    """Whether a cell can be used at all; an error, or a formula never calculated, becomes a problem."""
    if isinstance(value, ErrorValue):
        problems.add("C01" if value.text else "C02", place, error=value.text)
        return False
    return True


def read_text(value: CellValue, place: Place, problems: Problems, *, required: bool = False) -> str:
    """A cell as text without blanks at its ends; empty, and a problem, where it is an error or must not be blank."""
    if not sound(value, place, problems):
        return ""
    text = as_text(value).strip()
    if required and not text:
        problems.add("C03", place, column=place.column)
    return text


def read_identifier(value: CellValue, place: Place, problems: Problems) -> str:
    """A code as text, never through arithmetic: blanks and full-width characters folded, other texts as they are.

    A number that has more digits than a spreadsheet keeps has lost some, and becomes a problem.
    """
    text = read_text(value, place, problems, required=True).lstrip("'")
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded.isascii() and folded.isalnum():
        text = folded
    if (isinstance(value, float | int) and not _is_exact(value)) or _SCIENTIFIC.match(folded):
        problems.add("L04", place, code=text)
        return ""
    return text


def _is_exact(number: float) -> bool:
    """Whether a code stored as a number still has all its digits.

    Spreadsheet programs keep 15 and write 0 for the others; other programs store 16 where they fit.
    """
    return number.is_integer() and (number < 10**EXACT_DIGITS or (number < 2**53 and number % 10 != 0))


def read_number(value: CellValue, place: Place, problems: Problems) -> Fraction | None:
    """A number, also where it is stored as text or carries its unit (3处); None and a problem where it is none."""
    if not sound(value, place, problems):
        return None
    text = fold(as_text(value))
    for unit in layouts()["words"]["units"]:
        text = text.removesuffix(unit)
    if _NUMBER.match(text):
        return Fraction(text)
    problems.add("C05", place, value=as_text(value))
    return None


def read_moment(value: CellValue, place: Place, problems: Problems, *, before: date | None = None) -> datetime | None:
    """A date, with its time of day where it has one; None and a problem where it is none.

    Args:
        value: a date cell, a text in one of the usual spellings, or a day number of the spreadsheet.
        place: where it stands.
        problems: takes what is wrong.
        before: lets a day without a year (7月16日) be the last such day that is not after it.
    """
    if not sound(value, place, problems):
        return None
    moment = as_moment(value, before)
    if moment is None:
        problems.add("C04", place, value=as_text(value))
    return moment


def lacks_year(value: CellValue) -> bool:
    """Whether a cell names a day without its year (7月16日)."""
    return bool(_DAY_OF_YEAR.match(fold(as_text(value))))


def lacks_time(value: CellValue) -> bool:
    """Whether a cell that holds a date names no time of day. Midnight is one only where it is written out."""
    if _TIME.search(as_text(value)):
        return False
    moment = as_moment(value, None)
    return lacks_year(value) or (moment is not None and moment.time() == time())


def as_moment(value: CellValue, before: date | None) -> datetime | None:
    """What `read_moment` reads; None where it is no date."""
    if isinstance(value, str):
        return _moment_of_text(value, before)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, float | int) and not isinstance(value, bool) and int(value) in _SERIALS:
        return datetime.combine(_FIRST_DAY, time()) + timedelta(days=float(value))
    return _moment_of_text(as_text(value), before)


def _moment_of_text(text: str, before: date | None) -> datetime | None:
    moment = _iso_moment(text)
    if moment:
        return moment
    text = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL_AS_TEXT.match(text):
        return as_moment(float(text), before)
    match = _DATE.match(text) or _DATE.match(re.sub(r"\s*([-/.年月日])\s*", r"\1", text)) or _COMPACT_DATE.match(text)
    try:
        if match:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        day = _DAY_OF_YEAR.match(text)
        return _last_before(day, before) if day and before else None
    except ValueError:
        return None


def _iso_moment(text: str) -> datetime | None:
    """2019-12-01, maybe with 10:30 or 10:30:00 behind it: what long files mostly hold, and quick to read."""
    length = len(text)
    if length not in _ISO_LENGTHS or text[4] != "-" or text[7] != "-":
        return None
    if length != _ISO_LENGTHS[0] and (text[10] not in " T" or text[13] != ":" or text[16:17] not in ("", ":")):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _last_before(match: re.Match[str], before: date) -> datetime:
    """The last day of this name that is not after `before`; a 29 February may lie up to eight years back.

    Raises:
        ValueError: no year has such a day, or no day such a time.
    """
    month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    for year in range(before.year, before.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= before:
            return datetime.combine(found, time(hour, minute, second))
    raise ValueError(f"{month}-{day}")
