"""The rubrics at hand: those of govkit, and an office's own beside them."""

import pytest

from govkit.rubric import RubricError, Rubrics, load_rubric, rubric_ids
from govkit.rubric.load import DATA

OWN = """
id = "county"
version = "1.0.0"
title = "本县检查指标"
source = "某县通知"
extends = "fengdu-2019"

[parameters]
pass_line = 70
"""
OTHER = (
    OWN.replace('"county"', '"town"').replace('"fengdu-2019"', '"county"').replace("pass_line = 70", "bonus_line = 85")
)


def test_own_rubrics_stand_beside_those_of_govkit() -> None:
    """An own file is found by its id, may extend an own one, and is the same whatever marks an editor leaves."""
    rubrics = Rubrics({"county": b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode(), "town": OTHER.encode()})
    assert rubrics.ids == (*rubric_ids(), "county", "town")
    assert rubrics.load("county").parameters.pass_line == 70
    town = rubrics.load("town").parameters
    assert [town.pass_line, town.bonus_line] == [70, 85]
    assert rubrics.load("county").sha256 == Rubrics({"county": OWN.encode()}).load("county").sha256
    assert [rubric.id for rubric in rubrics.usable()] == list(rubrics.ids)
    assert not rubrics.faults()


def test_rubrics_of_govkit_cannot_be_replaced() -> None:
    """A file with an id of govkit is never used, and is told as a fault."""
    mine = (DATA / "fengdu-2019.toml").read_text(encoding="utf-8").replace("pass_line = 60", "pass_line = 50")
    rubrics = Rubrics({"fengdu-2019": mine.encode()})
    assert rubrics.ids == rubric_ids()
    assert rubrics.load("fengdu-2019") == load_rubric("fengdu-2019")
    assert ["fengdu-2019" in str(fault) for fault in rubrics.faults()] == [True]


def test_broken_files_are_told_and_leave_the_others_usable() -> None:
    """What is wrong with a file is told where it is asked for, and among the faults; the others can be used."""
    rubrics = Rubrics({"county": OWN.replace("70", "170").encode(), "other": OWN.encode(), "bad": b"[["})
    assert [rubric.id for rubric in rubrics.usable()] == list(rubric_ids())
    assert len(rubrics.faults()) == 3
    with pytest.raises(RubricError, match="合格线"):
        rubrics.load("county")
    with pytest.raises(KeyError):
        rubrics.load("nothing")


def test_a_pinned_rubric_stays_what_it_is() -> None:
    """A rubric that is at hand besides counts under its id, whatever files say now."""
    older = Rubrics({"county": OWN.encode()}).load("county")
    newer = Rubrics({"county": OWN.replace("70", "75").encode()})
    assert newer.also(older).load("county") == older
    assert Rubrics(also=older).load("county") == older
    assert newer.load("county").parameters.pass_line == 75
