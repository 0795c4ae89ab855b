"""Samples within a site: so many lines of a pasted list, by lot."""

from hypothesis import given
from hypothesis import strategies as st

from govkit.sampling import draw_lines

PASTED = "\n 关于印发甲的通知 \n\n关于印发乙的通知\n关于印发甲的通知\n关于印发丙的通知\n"


def test_all_where_there_are_not_more() -> None:
    """Of three different documents three are drawn; blanks, empty lines and a line that stands twice do not count."""
    drawn = draw_lines(PASTED.splitlines(), 3, "9901230001", "D7.1", seed="一")
    assert sorted(drawn) == ["关于印发丙的通知", "关于印发乙的通知", "关于印发甲的通知"]
    assert draw_lines(PASTED.splitlines(), 9, "9901230001", "D7.1", seed="一") == drawn


def test_purpose_and_seed_decide() -> None:
    """Another item, another site or another seed draws others."""
    lines = [f"页面{number}" for number in range(100)]
    purposes = [("甲", "D27.1", "一"), ("甲", "D27.2", "一"), ("乙", "D27.1", "一"), ("甲", "D27.1", "二")]
    drawn = [tuple(draw_lines(lines, 5, site, item, seed=seed)) for site, item, seed in purposes]
    assert len(set(drawn)) == len(purposes)


@given(st.lists(st.text(max_size=3)), st.integers(0, 10), st.randoms(use_true_random=False))
def test_order_of_the_list_does_not_matter(lines: list[str], number: int, chance: object) -> None:
    """However the list is sorted, the same lines are drawn, and as many as asked for."""
    assert hasattr(chance, "sample")
    drawn = draw_lines(lines, number, seed="一")
    assert drawn == draw_lines(chance.sample(lines, len(lines)), number, seed="一")
    assert len(drawn) == min(number, len({line.strip() for line in lines} - {""}))
