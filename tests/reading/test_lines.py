"""Lists in one cell: whatever stands in an element comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.reading.lines import EMPTY, joined, split

ELEMENTS = st.text("甲\\n\n（空）n ", min_size=1).map(str.strip).filter(bool)


@given(st.lists(ELEMENTS))
def test_lists_come_back(elements: list[str]) -> None:
    """Line ends, backslashes and the mark of an empty list inside elements are kept; so is an empty list."""
    assert split(joined(elements)) == elements


@pytest.mark.parametrize(
    ("typed", "meant"), [("甲\n\n 乙 \n", ["甲", "乙"]), (EMPTY, []), ("甲、乙", ["甲、乙"]), ("C:\\\\x", ["C:\\x"])]
)
def test_what_people_type(typed: str, meant: list[str]) -> None:
    """Blank lines and blanks around an element are nothing."""
    assert split(typed) == meant
