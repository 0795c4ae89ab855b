"""Whether titles, sheets and files name another time than the one that is asked for."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from govkit.messages import say
from govkit.quarters import Quarter
from govkit.reading.cells import as_text
from govkit.reading.kinds import Kinds
from govkit.reading.layout import ACCOUNTS, INCIDENTS, PUBLISHED, SITES
from govkit.reading.notices import shown
from govkit.reading.sheet import Sheet
from govkit.reading.table import match_table

Span = tuple[date, date]

# The sheets of one quarter; filings and reports are of all times.
_OF_A_QUARTER = frozenset({SITES, ACCOUNTS, PUBLISHED, INCIDENTS})
_DAY = r"(\d{1,2})[月./-](\d{1,2})(?!\d*月)日?"
_TO = r"\s*(?:至|到|-|—|－|~|～)+\s*"
_YEAR = r"((?:19|20)\d{2})"
_DAYS = re.compile(rf"{_YEAR}[年./-]{_DAY}{_TO}(?:{_YEAR}[年./-])?{_DAY}")
_ONE_DAY = re.compile(rf"{_YEAR}[年./-]{_DAY}")
_QUARTER = re.compile(rf"{_YEAR}(?:\s*[Qq]([1-4])(?!\d)|\s*年?\s*第?\s*([1-4一二三四])\s*季)")
_MONTHS = re.compile(rf"{_YEAR}年(\d{{1,2}})月?(?:{_TO}(?:{_YEAR}年)?(\d{{1,2}}))?月")
_WHOLE_YEAR = re.compile(rf"{_YEAR}年")


def other_times(kinds: Kinds, period: Span) -> Iterator[str]:
    """Titles, sheets and files of one quarter that name times, none of which touches the period."""
    texts: dict[str, None] = {}
    for kind, sheet in kinds:
        if kind in _OF_A_QUARTER:
            texts |= dict.fromkeys((sheet.workbook, sheet.name, *titles(sheet, kind)))
    others = [text for text in texts if _is_of_another(text, period)]
    if others:
        yield say("notice.other_time", first=period[0], last=period[1], names=shown(others))


def quarters_named(text: str) -> frozenset[Quarter]:
    """The quarters that a text names."""
    return frozenset(Quarter.of(first) for first, last in _spans(text) if Quarter.of(first).period == (first, last))


def titles(sheet: Sheet, kind: str) -> Iterable[str]:
    """The texts over the table of a sheet."""
    table = match_table(sheet, kind)
    rows = sheet.rows[: table.header_row] if table else []
    return dict.fromkeys(text for row in rows for cell in row if (text := as_text(cell).strip()))


def _is_of_another(text: str, period: Span) -> bool:
    spans = list(_spans(text))
    return bool(spans) and all(last < period[0] or period[1] < first for first, last in spans)


def _spans(text: str) -> Iterator[Span]:
    """The stretches of time that a text names. A single day is none: it mostly tells when something was written."""
    left = text
    for pattern, read in (
        (_DAYS, _days),
        (_ONE_DAY, None),
        (_QUARTER, _quarter),
        (_MONTHS, _months),
        (_WHOLE_YEAR, _year),
    ):
        for match in pattern.finditer(left):
            try:
                span = read(match) if read else None
            except ValueError:  # the 32nd of a month names no time
                continue
            if span and span[0] <= span[1]:
                yield span
        left = pattern.sub(" ", left)


def _days(match: re.Match[str]) -> Span:
    year, month, day, last_year, last_month, last_day = match.groups()
    return date(int(year), int(month), int(day)), date(int(last_year or year), int(last_month), int(last_day))


def _quarter(match: re.Match[str]) -> Span:
    return Quarter.read(f"{match[1]}-{match[2] or match[3]}").period


def _months(match: re.Match[str]) -> Span:
    year, month, last_year, last_month = match.groups()
    after = date(int(last_year or year), int(last_month or month), 28) + timedelta(days=4)
    return date(int(year), int(month), 1), after.replace(day=1) - timedelta(days=1)


def _year(match: re.Match[str]) -> Span:
    return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
