"""What a sheet was made of, as JSON and back: without loss, and damage is refused, whatever stands in place of what."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from govkit.findings import Batch, Filing, Finding, Measurement, Outcome, Stage
from govkit.ledger import Kind, Subject
from govkit.origin import Origin, origin_from_text, origin_to_text

AT = datetime(2019, 12, 18, 9, 30, tzinfo=UTC)
WHOLE = Origin(
    Batch("季度", date(2019, 12, 20), "fengdu-2019", "县政府办", "抽查.xlsx"),
    "1.0.0",
    "00ff",
    Subject("0500230001", "县门户", Kind.SITE, "县政府办", service=True, details={"首页网址": "http://a.example"}),
    (Finding("0500230001", "D1.2", Outcome.FOUND, 2, "两处", "", "1.png", "张三", AT, {"备注": "_x0041_"}),),
    (
        Measurement("0500230001", "未更新栏目数", Fraction(4, 3), AT),
        Measurement("0500230001", "首页最近更新日期", date(2019, 12, 1)),
    ),
    Filing(Stage.REVIEWED, 2, "张三", AT, "李四", AT, "笔误"),
    fillable=True,
    sheet="1 县门户",
    cells={"结论": "C21"},
    columns={"否决_编号": "D"},
)


@pytest.mark.parametrize("origin", [WHOLE, replace(WHOLE, findings=(), measurements=(), filing=None, fillable=False)])
def test_round_trip(origin: Origin) -> None:
    """What was written is read, and no spreadsheet program can take a part of it for the number of a character."""
    text = origin_to_text(origin)
    assert origin_from_text(text) == origin
    assert "_x" not in text


def is_refused(text: str) -> bool:
    """Whether a text is no origin."""
    try:
        origin_from_text(text)
    except ValueError:
        return True
    return False


def places(plain: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in some JSON."""
    if isinstance(plain, dict | list):
        for key in plain if isinstance(plain, dict) else range(len(plain)):
            yield (*above, key)
            yield from places(plain[key], (*above, key))


OTHERS: tuple[Any, ...] = (
    5,
    -1.5,
    "x",
    "1/0",
    "1e999999999",
    "0001-01-01T00:00:00",
    None,
    True,
    [],
    [1],
    {},
    {"a": 1},
    {"stage": "x"},
)


def test_anything_in_place_of_anything() -> None:
    """Damaged JSON is refused where something is of another type than it must be, or stands for no day or number."""
    plain = json.loads(origin_to_text(WHOLE))
    for *way, last in list(places(plain)):
        for other in OTHERS:
            damaged = deepcopy(plain)
            inside = damaged
            for key in way:
                inside = inside[key]
            was, inside[last] = inside[last], other
            if is_refused(json.dumps(damaged)):
                continue
            is_nothing = other is None or (other == [] and way[0] == "record")
            assert type(other) is type(was) or is_nothing or last == "format", (*way, last, other)
            assert last not in {"as_of", "checked_at", "value", "at", "kind", "outcome"} or is_nothing, (*way, other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        origin_to_text(WHOLE)[:-20],
        origin_to_text(WHOLE).replace('"format":1', '"format":2'),
        origin_to_text(replace(WHOLE, sheet="1 \ud800")),
        origin_to_text(WHOLE).replace('"format":1', f'"format":{"9" * 5_000}'),
    ],
)
def test_damaged(text: str) -> None:
    """What is no origin, cut off, nested without end, or of a newer govkit is refused."""
    assert is_refused(text)
