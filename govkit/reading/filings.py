"""The sheets 备案记录 and 报送记录: what was filed of the objects, and which reports were handed in."""

import re
from collections.abc import Iterable
from datetime import date

from govkit.folding import fold
from govkit.ledger import Action, FilingRecord
from govkit.problems import Problems
from govkit.reading.cells import as_text, read_identifier
from govkit.reading.fields import Fields
from govkit.reading.layout import layouts, words
from govkit.reading.ledgers import Ledger
from govkit.reading.named import Named
from govkit.reading.table import Table
from govkit.season import Report

_ID, _ACTION, _FILED = "检查对象标识码", "备案事项", "备案日期"
_TOLD = {"approved_by": "批准人", "filed_with": "备案单位", "announced": "公告日期"}
_APPROVED_BY, _FILED_WITH, _ANNOUNCED = _TOLD.values()
_WHO, _MATTER, _YEAR, _SUBMITTED, _ACCEPTED = "报送主体", "报送事项", "年度", "报送日期", "审查结果"
_VERDICTS = {"合格": True, "不合格": False}
_YEAR_NUMBER = re.compile(r"^(?:19|20)\d{2}$", re.ASCII)


def read_filings(
    tables: Iterable[Table], named: Named, last: date | None, problems: Problems
) -> tuple[FilingRecord, ...]:
    """All filings, each once. What was filed under a code may not be in the ledger any more.

    Args:
        tables: the sheets.
        named: finds the objects that rows name without their codes.
        last: days without a year are the last such days not after it; None where they are none.
        problems: takes what is wrong.
    """
    found: dict[FilingRecord, None] = {}
    for table in tables:
        for row in table.rows():
            fields = Fields(table, row, problems)
            who = named.find(fields) if named.applies(fields) else _known(named.ledger, fields, _ID)
            action = fields.word(_ACTION, Action, required=True)
            filed = fields.day(_FILED, before=last, required=True)
            untold = frozenset(name for name, column in _TOLD.items() if _is_untold(fields, column))
            announced = None if "announced" in untold else fields.day(_ANNOUNCED, before=last)
            approved_by = "" if "approved_by" in untold else fields.text(_APPROVED_BY)
            filed_with = "" if "filed_with" in untold else "、".join(fields.names(_FILED_WITH) or ())
            if who and action and filed:
                found[FilingRecord(who, Action(action), filed, approved_by, filed_with, announced, untold)] = None
    return tuple(found)


def _is_untold(fields: Fields, column: str) -> bool:
    """Whether nobody has told what a cell is for: the column is missing, or the cell says so."""
    return column not in fields.table.columns or fold(as_text(fields.row[column])) in words("untold")


def read_reports(tables: Iterable[Table], ledger: Ledger, last: date, problems: Problems) -> tuple[Report, ...]:
    """All reports, each once, about objects (by their identifiers) and units (by their names).

    Args:
        tables: the sheets.
        ledger: the objects.
        last: days without a year are the last such days not after it.
        problems: takes what is wrong.
    """
    found: dict[Report, None] = {}
    for table in tables:
        for row in table.rows():
            fields = Fields(table, row, problems)
            who = _known(ledger, fields, _WHO)
            matter, year = fields.text(_MATTER, required=True), _year(fields)
            submitted = fields.day(_SUBMITTED, before=last, required=True)
            verdict = fields.word(_ACCEPTED, _VERDICTS)
            if who and matter and year and submitted:
                found[Report(who, matter, year, submitted, _VERDICTS[verdict] if verdict else None)] = None
    return tuple(found)


def _known(ledger: Ledger, fields: Fields, column: str) -> str:
    """A code as the ledger spells it, or any other text as it is; empty, and a problem, where it lost its zeros."""
    place = fields.place(column)
    text = read_identifier(fields.row[column], place, fields.problems)
    return "" if ledger.lost_zeros(text, place, fields.problems) else ledger.known(text)


def _year(fields: Fields) -> int | None:
    text = fields.text(_YEAR, required=True)
    number = fold(text)
    for word in layouts()["words"]["years"]:
        number = number.removesuffix(word)
    if _YEAR_NUMBER.match(number):
        return int(number)
    if text:
        fields.problems.add("R33", fields.place(_YEAR), value=text)
    return None
