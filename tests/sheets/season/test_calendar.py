"""工作日历 as a workbook: what is due, day by day, and the working day before where one is known."""

from datetime import date
from pathlib import Path

from govkit.duties import Calendar, Due
from govkit.sheets.season import write_calendar
from tests.sheets.season.cells import rows_of, sheets_of, table_of


def test_calendar(tmp_path: Path) -> None:
    """A row for each, with what is not known said as that, and what to look at above."""
    known = Due(date(2020, 1, 5), date(2020, 1, 3), "报送年度报告", "单位", "某县 2019，四（一）")
    unknown = Due(date(2999, 1, 5), None, "=报送", "单位", "某县 2019，四（一）")
    write_calendar(Calendar(2020, (known, unknown), ("不知道 2999 年",)), tmp_path / "日历.xlsx")
    sheet = sheets_of(tmp_path / "日历.xlsx")["工作日历"]
    assert [row[0] for row in rows_of(sheet)][:2] == ["2020年政府网站与政务新媒体工作日历", "不知道 2999 年"]
    first, second = table_of(sheet)
    assert (first["截止日"].date(), first["最后工作日"].date()) == (date(2020, 1, 5), date(2020, 1, 3))
    assert (second["最后工作日"], second["要做什么"]) == ("未知", "=报送")
