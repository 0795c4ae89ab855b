"""The sheet 单位名录: what the units are that ledgers name as 主办单位."""

from collections.abc import Iterable

from govkit.folding import fold
from govkit.problems import Problems
from govkit.reading.fields import Fields, Register
from govkit.reading.layout import words
from govkit.reading.table import Table
from govkit.season import Category, Level, Unit

_NAME = "单位名称"


def read_units(tables: Iterable[Table], problems: Problems) -> dict[str, Unit]:
    """All units by name. The same unit may stand in several files, as long as they say the same of it."""
    found = Register[Unit](problems, "L08")
    for table in tables:
        for row in table.rows():
            fields = Fields(table, row, problems)
            unit = _unit(fields)
            if unit:
                found.add(unit.name, unit, fields.place(_NAME))
    return found.entries


def _unit(fields: Fields) -> Unit | None:
    name = fields.text(_NAME, required=True)
    level, category = fields.word("层级", Level), fields.word("单位类别", Category)
    unit = Unit(
        name,
        Level(level) if level else None,
        Category(category) if category else None,
        fields.text("上级单位"),
        fields.yes("涉密"),
        fields.yes("对外行使公共管理职能"),
        fields.names("简称"),
        fields.names("曾用名"),
        fields.day("更名日期"),
        {header: text for header, text in fields.row.extra.items() if fold(header) not in words("idle")},
    )
    return unit if name else None
