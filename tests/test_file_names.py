"""Names of files: every system takes them, and no sheet overwrites another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.file_names import safe_stem, sheet_names

WORDS = st.text(max_size=80) | st.sampled_from(
    ["CON", "nul.", "a/b", "名称 ", "ẞ", "ss", "SS", "..", "\u202e", "é", "e\u0301"]
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_names_are_safe_and_distinct(objects: list[tuple[str, str]]) -> None:
    """No refused character, no blank or dot at the end, no device name, not too long; distinct also without case."""
    names = sheet_names(objects)
    assert len({name.casefold() for name in names}) == len(objects)
    for name in names:
        stem = name.removesuffix(".xlsx")
        assert not set(stem) & set('<>:"/\\|?*')
        assert all(ord(character) >= 32 for character in stem)
        assert stem == stem.strip(" .")
        assert stem.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    ("objects", "names"),
    [
        ([("5002300001", "丰都县人民政府网站")], ["5002300001_丰都县人民政府网站.xlsx"]),
        ([("bm01", "A/B:C?")], ["bm01_A_B_C_.xlsx"]),
        ([("a", "x"), ("A", "X"), ("a", "x")], ["a_x.xlsx", "A_X_2.xlsx", "a_x_3.xlsx"]),
        ([("a", "x_2"), ("a", "x"), ("a", "X")], ["a_x_2.xlsx", "a_x.xlsx", "a_X_3.xlsx"]),
        ([("CON.1", "x")], ["_CON.1_x.xlsx"]),
        ([("1", "名称. ")], ["1_名称.xlsx"]),
    ],
)
def test_names_stay_readable(objects: list[tuple[str, str]], names: list[str]) -> None:
    """Chinese stays; what cannot stay becomes “_”; doubles are numbered in ledger order."""
    assert sheet_names(objects) == names


def test_long_names_are_cut_between_characters() -> None:
    """A cut never leaves half a character."""
    assert safe_stem("政" * 100) == "政" * 60
