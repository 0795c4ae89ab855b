"""Whether a pack's own figures are those that its scoring sheets come to."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from govkit.collecting.proof import Difference
from govkit.messages import say
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.scoring import Inspection
from govkit.sheets.output import RESULTS, SUMMARY
from govkit.sheets.pack import LIST, listing
from govkit.sheets.remade import result_of
from govkit.sheets.results import results_json
from govkit.sheets.seen import UnreadableBookError, seen_book
from govkit.sheets.summary import summary
from govkit.sheets.values import Plain

_FACTS = ("batch", "rubric")

_Rows = Counter[tuple[str, tuple[str, ...]]]


def pack_differences(
    results: bytes,
    summed: bytes,
    listed: Mapping[str, Any],
    sheets: Sequence[FilledSheet],
    rubrics: Mapping[str, Rubric],
) -> Iterator[Difference]:
    """Hold `results.json`, the figures of 汇总表 and the list of a pack against its sheets.

    Args:
        results: the file `results.json`; empty where there is none.
        summed: the file 汇总表; empty where there is none.
        listed: the list.
        sheets: at least one.
        rubrics: their rules, by their hash.

    Raises:
        OutputError: the template of 汇总表 cannot be used.
    """
    there = _read(results)
    subjects = _by_id(there.get("subjects"))
    order = {key: number for number, key in enumerate(subjects)}  # that of the ledger
    objects = sorted(
        (result_of(sheet.origin, rubrics[sheet.origin.rubric_sha256]) for sheet in sheets),
        key=lambda result: order.get(result.subject.id, len(order)),
    )
    first = sheets[0].origin
    inspection = Inspection(first.batch, rubrics[first.rubric_sha256], tuple(objects))
    wanted = json.loads(results_json(inspection))
    yield from _facts(RESULTS, there, wanted)
    yield from _objects(subjects, _by_id(wanted["subjects"]))
    yield from _figures(_rows(summed), _rows(summary(inspection)))
    made = listing(inspection, ())
    yield from _facts(LIST, listed, made)
    numbers = listed.get("objects")
    if numbers != made["objects"]:
        yield Difference("list", LIST, say("verify.numbers"), _text(numbers), _text(made["objects"]))
    if sorted(map(str, listed.get("unfinished", ()))) != sorted(made["unfinished"]):
        yield Difference(
            "list", LIST, say("verify.unfinished"), _text(listed.get("unfinished")), _text(made["unfinished"])
        )


def _read(results: bytes) -> Mapping[str, Any]:
    try:
        there = json.loads(results)
    except ValueError:
        there = {}
    return there if isinstance(there, dict) else {}


def _by_id(subjects: Any) -> dict[str, Mapping[str, Any]]:
    """The objects of a document; what is none is left out, and missed."""
    found = subjects if isinstance(subjects, list) else []
    return {str(each["id"]): each for each in found if isinstance(each, dict) and "id" in each}


def _facts(file: str, there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Difference]:
    for key in _FACTS:
        if there.get(key) != wanted[key]:
            yield Difference("list", file, key, _text(there.get(key)), _text(wanted[key]))


def _objects(there: Mapping[str, Mapping[str, Any]], wanted: Mapping[str, Mapping[str, Any]]) -> Iterator[Difference]:
    for key in dict.fromkeys([*there, *wanted]):
        if key not in there:
            yield Difference("results", RESULTS, key, say("sheet.none"), _text(wanted[key]["reason"]))
        elif key not in wanted:
            yield Difference("results", RESULTS, key, _text(there[key].get("reason")), say("verify.no_object"))
        else:
            for name in dict.fromkeys([*there[key], *wanted[key]]):
                shown, expected = there[key].get(name), wanted[key].get(name)
                if shown != expected:
                    yield Difference("results", RESULTS, f"{key} {name}", _text(shown), _text(expected))


def _rows(summed: bytes) -> _Rows:
    """The rows of 汇总表 that hold figures, by their sheet: the other texts are the template's."""
    try:
        pages = seen_book(summed).sheets
    except UnreadableBookError:
        pages = {}
    rows: dict[tuple[str, int], list[Plain]] = {}
    for title, page in pages.items():
        for (row, _), cell in sorted(page.cells.items()):
            rows.setdefault((title, row), []).append(cell.written or cell.value)
    return Counter((key[0], _as_texts(row)) for key, row in rows.items() if not all(isinstance(v, str) for v in row))


def _as_texts(row: Iterable[Plain]) -> tuple[str, ...]:
    """A row in any order of its columns; figures as they are shown, whichever way they were written."""
    return tuple(sorted(value if isinstance(value, str) else f"{Decimal(value).normalize():f}" for value in row))


def _figures(there: _Rows, wanted: _Rows) -> Iterator[Difference]:
    for (title, shown), (other, expected) in zip_longest(there - wanted, wanted - there, fillvalue=("", ())):
        texts = ("　".join(row) or say("sheet.none") for row in (shown, expected))
        yield Difference("results", SUMMARY, title or other, *texts)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
