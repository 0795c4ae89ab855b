"""Who inspects what: evenly, never the own unit, and the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.ledger import Kind, Subject
from govkit.sampling import Inspector, NobodyElseError, assign

OUTSIDE = [Inspector("张三"), Inspector("李四"), Inspector("王五")]


def objects(units: list[int], kind: Kind = Kind.SITE) -> list[Subject]:
    """Objects of units, by their numbers."""
    return [Subject(f"{kind}{number}", f"第{number}", kind, f"第{unit}号单位") for number, unit in enumerate(units)]


@given(st.lists(st.integers(0, 5), max_size=40), st.lists(st.integers(0, 5), max_size=40), st.text(max_size=4))
def test_evenly(sites: list[int], accounts: list[int], seed: str) -> None:
    """Nobody has two sites or two accounts more than another, where nobody is barred."""
    subjects = [*objects(sites), *objects(accounts, Kind.ACCOUNT)]
    found = assign(subjects, OUTSIDE, seed)
    assert list(found) == [subject.id for subject in subjects]
    for kind in Kind:
        load = Counter(found[subject.id] for subject in subjects if subject.kind == kind)
        shares = [load[inspector.name] for inspector in OUTSIDE]
        assert max(shares) - min(shares) <= 1


@given(st.lists(st.integers(0, 3), max_size=40), st.text(max_size=4))
def test_never_the_own_unit(units: list[int], seed: str) -> None:
    """Whoever belongs to a unit inspects others."""
    people = [Inspector(f"{unit}号单位的人", f"第{unit}号单位") for unit in range(4)]
    subjects = objects(units)
    found = assign(subjects, people, seed)
    assert not [subject for subject in subjects if found[subject.id].startswith(subject.sponsor[1:])]


def test_others_make_up_for_who_is_barred() -> None:
    """张三 may not inspect the five sites of the own unit, and gets all the others: five each in the end."""
    people = [Inspector("张三", "第0号单位"), Inspector("李四")]
    found = assign(objects([0] * 5 + [1] * 5), people, "一")
    assert Counter(found.values()) == {"张三": 5, "李四": 5}


def test_nobody_else() -> None:
    """Where only people of the unit are left, the sentence names object and unit, and says what to do."""
    with pytest.raises(NobodyElseError, match=r"第0.*第7号单位.*请："):
        assign(objects([7]), [Inspector("张三", "第7号单位")], "一")


def test_seed_decides() -> None:
    """The same seed shares out the same, another one otherwise."""
    subjects = objects(list(range(30)))
    assert assign(subjects, OUTSIDE, "甲") == assign(subjects, OUTSIDE, "甲")
    assert assign(subjects, OUTSIDE, "甲") != assign(subjects, OUTSIDE, "乙")


def test_evenly_where_some_are_barred() -> None:
    """However the lots fall, nobody has two more than somebody who could have taken one of them, directly or not.

    张三 can take what is not of unit 0, 李四 what is not of unit 1; 王五 can take everything.
    """
    people = [Inspector("张三", "第0号单位"), Inspector("李四", "第1号单位"), Inspector("王五")]
    subjects = objects([0] * 6 + [1] * 3)
    for seed in range(50):
        load = Counter(assign(subjects, people, str(seed)).values())
        assert load == {"张三": 3, "李四": 3, "王五": 3}


def test_own_unit_in_another_spelling() -> None:
    """Full-width characters and blanks do not make another unit of one's own."""
    subject = Subject("1", "账号", Kind.ACCOUNT, "县教育局(本级)")
    people = [Inspector("张三", "县教育局（本级）"), Inspector("李四", "县 教育局（本级）"), Inspector("王五")]
    assert {assign([subject], people, str(seed))["1"] for seed in range(20)} == {"王五"}


def test_nobody_of_no_unit_is_barred() -> None:
    """Who belongs to no unit may inspect an object of which nobody knows the sponsor."""
    assert assign([Subject("1", "账号", Kind.ACCOUNT, "")], [Inspector("张三")], "一") == {"1": "张三"}
