"""What people type into a line is a number or a day, nothing, or refused in words."""

from datetime import date

import pytest

from govkit.forms.errors import Refusal
from govkit.forms.typed import day_in, needed_day, number_in


def test_numbers() -> None:
    """Whole numbers, also in full-width figures; a blank line is none, and everything else is refused."""
    assert (number_in(" 27 "), number_in("２7"), number_in("　")) == (27, 27, None)
    for wrong in ("二十", "-3", "2.5"):
        with pytest.raises(Refusal, match="请"):
            number_in(wrong)


def test_days() -> None:
    """Days as files have them; a blank line is none, unless a day is needed."""
    assert (day_in(" 2020-01-03 "), day_in("")) == (date(2020, 1, 3), None)
    assert needed_day("2020-01-03", "印发日期") == date(2020, 1, 3)
    for wrong in ("1月3日", "2020-02-30"):
        with pytest.raises(Refusal, match="请"):
            day_in(wrong)
    with pytest.raises(Refusal, match="没有写“印发日期”"):
        needed_day(" ", "印发日期")
