"""Measured quantities as they are typed: text into measurements and back, checked like those of a workbook."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from govkit.findings import Measurement
from govkit.forms.desk import Desk
from govkit.forms.errors import Refusal
from govkit.forms.quantities import DAILY, fields_of, read_field, read_found, shown
from govkit.rubric import load_rubric

RUBRIC = load_rubric("fengdu-2019")
SITE, AS_OF = "9901230001", date(2020, 3, 20)
AT = datetime(2020, 3, 21, 14, 3)  # noqa: DTZ001 - the clock on the wall


def read(code: str, field: str, text: str) -> dict[str, tuple[Measurement, ...]]:
    """What a field of an item holds."""
    return read_field(RUBRIC.items[code], field, text, SITE, AS_OF, AT)


def test_fields() -> None:
    """An item has a field for each of its quantities, one for all that are measured by day, or none."""
    fields = {code: fields_of(RUBRIC.items[code]) for code in ("D1.1", "V2.1", "V3.1", "V6.3")}
    assert fields == {
        "D1.1": (),
        "V2.1": (DAILY,),
        "V3.1": ("首页最近更新日期",),
        "V6.3": ("事项总数", "要素缺失4类以上事项数"),
    }


@pytest.mark.parametrize("text", ["2020-03-01\t24\t1\n2020-03-02\t30\t0", " 2020-03-02，30，0\n\n2020年3月1日 24 1 "])
def test_table(text: str) -> None:
    """A monitoring table can be pasted, whatever stands between its columns; it is shown a line a day, in order."""
    found = read("V2.1", DAILY, text)
    assert {name: sorted(int(m.value) for m in table) for name, table in found.items() if table} == {  # type: ignore[arg-type]
        "访问次数": [24, 30],
        "超时次数": [0, 1],
    }
    both = [measurement for table in found.values() for measurement in table]
    assert shown(RUBRIC.items["V2.1"], DAILY, both) == "2020-03-01 24 1\n2020-03-02 30 0"


@pytest.mark.parametrize("text", ["2020-03-01 24 -", "2020-03-01 08:30 24 1", "24 1", ""])
def test_what_is_shown_reads_the_same(text: str) -> None:
    """One side of a day, a time of the day, and a line without a day are shown as they were typed."""
    found = read("V2.1", DAILY, text)
    assert shown(RUBRIC.items["V2.1"], DAILY, [m for table in found.values() for m in table]) == text


@pytest.mark.parametrize(
    ("code", "field", "text"),
    [
        ("V2.1", DAILY, "2020-03-01 24"),
        ("V2.1", DAILY, "24"),
        ("V2.1", DAILY, "昨天 24 1"),
        ("V2.1", DAILY, "2020-03-01 24 1.5"),
        ("V3.1", "首页最近更新日期", "昨天"),
        ("V3.1", "首页最近更新日期", "2020-03-21"),
        ("V4.3", "空白栏目数", "-1"),
        ("V4.3", "空白栏目数", "1/2"),
        ("V4.3", "空白栏目数", "<b>{x}</b>"),
    ],
)
def test_refused(code: str, field: str, text: str) -> None:
    """What is no date, no whole number, no line of the table, or after the 监测时间点 is refused, with what to do."""
    with pytest.raises(Refusal, match="请："):
        read(code, field, text)


def test_single_fields() -> None:
    """A number has the time of its typing; a day without a year is the last one before the 监测时间点."""
    assert read("V4.3", "空白栏目数", " ３ ") == {"空白栏目数": (Measurement(SITE, "空白栏目数", Fraction(3), AT),)}
    (update,) = read("V3.1", "首页最近更新日期", "12月5日")["首页最近更新日期"]
    assert update.value == date(2019, 12, 5)
    assert shown(RUBRIC.items["V3.1"], "首页最近更新日期", [update]) == "2019-12-05"
    assert read("V4.3", "空白栏目数", " ") == {"空白栏目数": ()}


def test_part_and_whole(desk: Desk) -> None:
    """More timeouts than visits, or one day twice, is refused before anything is recorded."""
    with pytest.raises(Refusal, match="超时次数"):
        desk.measure(SITE, "V2.1", DAILY, "2020-03-01 24 25")
    with pytest.raises(Refusal, match="请："):
        desk.measure(SITE, "V2.1", DAILY, "2020-03-01 24 1\n2020-03-01 24 1")
    assert not desk.reload(SITE).record.measurements


def test_heading_of_a_pasted_table() -> None:
    """The first line may be the heading of the table; a day that stands twice is refused, and so are no numbers."""
    found = read("V2.1", DAILY, "日期\t访问次数\t超时次数\n2020-03-01\t24\t1")
    assert [int(m.value) for table in found.values() for m in table] == [24, 1]  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="第 2 行的时间和前面一行相同"):
        read("V2.1", DAILY, "2020-03-01 24 1\n2020-03-01 25 1")
    with pytest.raises(Refusal, match=r"第 1 行.*abc"):
        read("V2.1", DAILY, "2020-03-01 24 abc")


def test_number_found() -> None:
    """A number found is whole; 1.5 is refused, never taken for 15."""
    assert [read_found(text) for text in ("2", " 3处", "３")] == [2, 3, 3]
    for text in ("1.5", "abc", ""):
        with pytest.raises(Refusal, match="不是整数"):
            read_found(text)
