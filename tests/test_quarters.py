"""Quarters: their days, their names, and how people write them."""

from datetime import date, timedelta

import pytest

from govkit.quarters import Quarter


@pytest.mark.parametrize(
    "text", ["2019Q4", "2019q4", "2019-4", " 2019 Q4 ", "2019年第四季度", "2019年4季度", "2019年第4季度"]
)
def test_read(text: str) -> None:
    """People write a quarter in several ways."""
    assert Quarter.read(text) == (2019, 4)


@pytest.mark.parametrize("text", ["", "2019", "2019Q5", "2019Q0", "第四季度", "19Q4", "0000Q1", "0001Q1", "9999Q4"])
def test_not_read(text: str) -> None:
    """What names no quarter is refused with how to write one."""
    with pytest.raises(ValueError, match=r"请：.*2019Q4"):
        Quarter.read(text)


def test_every_day_lies_in_its_quarter() -> None:
    """Quarters follow each other without a gap, and each day is in one."""
    for number in range(1500):
        day = date(2018, 12, 1) + timedelta(days=number)
        quarter = Quarter.of(day)
        assert quarter.first <= day <= quarter.last
        assert quarter.after.before == quarter
        assert quarter.after.first == quarter.last + timedelta(days=1)
        assert Quarter.read(quarter.name) == Quarter.read(quarter.code) == quarter
