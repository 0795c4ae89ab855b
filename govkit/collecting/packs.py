"""Whether a pack's own figures are those that its scoring sheets come to."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govkit.collecting.proof import Difference
from govkit.messages import say
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.scoring import Inspection
from govkit.sheets.output import RESULTS
from govkit.sheets.pack import LIST, listing
from govkit.sheets.remade import result_of
from govkit.sheets.results import results_json

_FACTS = ("batch", "rubric")


def pack_differences(
    results: bytes, listed: Mapping[str, Any], sheets: Sequence[FilledSheet], rubrics: Mapping[str, Rubric]
) -> Iterator[Difference]:
    """Hold `results.json` and the list of a pack against its sheets.

    Args:
        results: the file; empty where there is none.
        listed: the list.
        sheets: at least one.
        rubrics: their rules, by their hash.
    """
    objects = tuple(result_of(sheet.origin, rubrics[sheet.origin.rubric_sha256]) for sheet in sheets)
    first = sheets[0].origin
    inspection = Inspection(first.batch, rubrics[first.rubric_sha256], objects)
    wanted = json.loads(results_json(inspection))
    yield from _facts(RESULTS, there := _read(results), wanted)
    yield from _objects(_by_id(there.get("subjects")), _by_id(wanted["subjects"]))
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


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
