"""The sheet 突发事件: when something happened, and when the public was told."""

from collections.abc import Iterable
from datetime import date

from govkit.problems import Problems
from govkit.reading.fields import Fields, Register
from govkit.reading.table import Table
from govkit.season import Incident

_ID, _HAPPENED = "事件编号", "发生时间"
_ANSWERS = {"published": "权威信息发布时间", "conference": "新闻发布会时间", "responded": "回应时间"}


def read_incidents(tables: Iterable[Table], last: date, problems: Problems) -> tuple[Incident, ...]:
    """All incidents. The same one may stand in several files, as long as they say the same of it.

    Args:
        tables: the sheets.
        last: days without a year are the last such days not after it.
        problems: takes what is wrong.
    """
    found = Register[Incident](problems, "R31")
    for table in tables:
        untold = frozenset(name for name, column in _ANSWERS.items() if column not in table.columns)
        for row in table.rows():
            fields = Fields(table, row, problems)
            incident = _incident(fields, last, untold)
            if incident:
                found.add(incident.id, incident, fields.place(_ID))
    return tuple(found.entries.values())


def _incident(fields: Fields, last: date, untold: frozenset[str]) -> Incident | None:
    number, unit = fields.text(_ID, required=True), fields.text("涉事单位", required=True)
    happened = fields.timed(_HAPPENED, before=last, required=True)
    answers = {name: fields.timed(column, before=last) for name, column in _ANSWERS.items()}
    for name, moment in answers.items():
        if happened and moment and moment < happened:
            column = _ANSWERS[name]
            values = {"column": column, "value": moment, "other": _HAPPENED, "first": happened}
            fields.problems.add("R27", fields.place(column), **values)
    name, grave = fields.text("事件名称"), fields.yes("特别重大")
    if not number or not unit or happened is None:
        return None
    return Incident(number, name, unit, happened, grave, **answers, untold=untold)
