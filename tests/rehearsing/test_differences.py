"""How two rubrics differ is told exactly and completely."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from govkit.rehearsing import Change, differences
from govkit.rubric import Level, Rubric, load_rubric, rubric_from, rubric_ids
from govkit.rubric.content import content
from govkit.rubric.entries import Group
from govkit.rubric.writing import rubric_file
from tests.rubric.variants import rubrics

OTHER_WORDS = {"flag": "count", "count": "flag", "tier": "flag", "threshold": "flag"}
OTHER_WORDS |= {"age": "none", "sum": "age", "ratio": "every", "every": "ratio", "none": "age"}
MORE = {"groups": (Group(name="又一组", points=Fraction(1)),), "levels": (Level(points=1, text="又一档"),)}
BASE = load_rubric("fengdu-2019")


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_equal_rubrics(rubric_id: str) -> None:
    """A rubric does not differ from itself, nor from one that only writes a default out."""
    rubric = load_rubric(rubric_id)
    assert differences(rubric, rubric) == ()
    data = content(rubric)
    data["rows"][0] |= {"services_only": False, "notes": []}
    again = rubric_from(data)
    assert again.sha256 != rubric.sha256
    assert differences(rubric, again) == ()


@given(rubrics(), rubrics())
def test_whatever_differs_is_told(a: Rubric, b: Rubric) -> None:
    """There is a difference exactly where the models differ; and told the other way round, it is the reverse."""
    told, back = differences(a, b), differences(b, a)
    same = a.model_dump(exclude={"sha256"}) == b.model_dump(exclude={"sha256"})
    assert (told == ()) == same
    for one, other_way in ((Change.ADDED, Change.REMOVED), (Change.REMOVED, Change.ADDED)):
        gone = {(each.about, each.before, each.after) for each in told if each.change == one}
        assert gone == {(each.about, each.after, each.before) for each in back if each.change == other_way}
    kept = {(each.about, each.key, each.before, each.after) for each in told if each.change == Change.CHANGED}
    assert kept == {(each.about, each.key, each.after, each.before) for each in back if each.change == Change.CHANGED}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all fields of a rubric that hold no further entries."""
    if hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, tuple) and value and hasattr(type(value[0]), "model_fields"):
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Fraction | int):
        return value + 1
    if isinstance(value, tuple):
        return (*value, "又一条")
    if isinstance(value, StrEnum):
        return next(each for each in type(value) if each != value)
    if value in OTHER_WORDS:
        return OTHER_WORDS[value]
    return Fraction(7) if value is None else f"{value}改"


def changed(value: Any, path: tuple[Any, ...]) -> Any:
    """The same with one field changed, whether or not that is valid."""
    if not path:
        return other(value)
    step, rest = path[0], path[1:]
    if path[0] in MORE and not getattr(value, step):
        return value.model_copy(update={step: MORE[step]})
    if isinstance(value, dict):
        return {**value, step: changed(value[step], rest)}
    if isinstance(value, tuple):
        return tuple(changed(each, rest) if at == step else each for at, each in enumerate(value))
    return value.model_copy(update={step: changed(getattr(value, step), rest)})


def test_any_single_change_is_told() -> None:
    """Each field of the model, changed alone, is told: with its field where an entry stays, else as gone and new."""
    fresh = rubric_from(content(BASE))  # a copy would take along what the rubric has worked out of its rows
    paths = [path for path in leaves(BASE) if path[-1] != "sha256"]
    assert len(paths) > 1000
    for path in paths:
        told = differences(BASE, changed(fresh, path))
        assert told, path
        if path[-1] not in {"code", "name", "part", "groups"}:
            assert len(told) == 1, path
            assert told[0].key in path, path
            assert told[0].before != told[0].after
            assert told[0].field in told[0].sentence


def test_in_words() -> None:
    """What is told names place, field, and both values."""
    data = content(BASE) | {"id": "own"}
    data["parameters"]["pass_line"] = 70
    data["rows"][9]["items"][1]["points"] = "0.5"
    assert data["rows"][9]["items"][1]["code"] == "D1.2"
    data["rows"][-1]["items"].append({"code": "B10.2", "kind": "flag", "text": "新的。", "points": 1})
    sentences = [each.sentence for each in differences(BASE, rubric_from(data))]
    assert sentences == [
        "检查规则：编号由“fengdu-2019”改为“own”。",
        "参数：合格线由“60”改为“70”。",
        "细则 D1.2（概况信息）：分值由“1”改为“0.5”。",
        "增加细则 B10.2（创新发展）：编号 B10.2；种类 有无；文字 新的。；分值 1。",
    ]


def test_order_of_rows_is_told() -> None:
    """Rows that only changed places are told with both orders."""
    data = content(BASE)
    rows = data["rows"]
    rows[0], rows[1] = rows[1], rows[0]
    (told,) = differences(BASE, rubric_from(data))
    assert (told.key, told.before.split("、")[:2], told.after.split("、")[:2]) == ("order", ["V1", "V2"], ["V2", "V1"])
    assert rubric_file(BASE).base == "fengdu-2019"
