"""Rubrics as files: a variant where only parameters differ from a rubric of govkit, else the whole."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.messages import say
from govkit.rubric.content import content
from govkit.rubric.load import Rubrics, laid_over
from govkit.rubric.model import Rubric

_WIDTH = 100
_NUMBERS = {"points", "value", "warning", "pass_line", "bonus_line", "full_marks", "multiplier"}
_NO_TOML = str.maketrans({"\x7f": "\\u007f"})


class RubricFile(NamedTuple):
    """The content of a rubric's file; `base` is the id of what it extends, or empty."""

    text: str
    base: str


def rubric_file(rubric: Rubric) -> RubricFile:
    """A rubric as a file. Read again, it has the same content, and so the same hash."""
    whole, shipped = content(rubric), Rubrics()
    variants = [(base, _variant(whole, base)) for base in map(shipped.load, shipped.shipped)]
    made = [(_text_of(variant, "variant", title=base.title), base.id) for base, variant in variants if variant]
    return RubricFile(*min(made or [(_text_of(whole, "whole"), "")], key=lambda each: len(each[0])))


def _text_of(tables: Mapping[str, Any], key: str, **values: object) -> str:
    return "\n".join([f"# {say(f'rubric_file.{key}', **values)}", *_lines(tables), ""])


def _variant(whole: Mapping[str, Any], base: Rubric) -> dict[str, Any] | None:
    """What a variant of a rubric must say to come to the whole; None where it cannot."""
    there = content(base)
    own, old = whole["parameters"], there["parameters"]
    changed = {key: own[key] for key in ("pass_line", "bonus_line") if own[key] != old[key]}
    if own["without_services"]["applies"] != old["without_services"]["applies"]:
        changed["without_services"] = {"applies": own["without_services"]["applies"]}
    limits = {code: limit for code, limit in own["limits"].items() if limit != old["limits"].get(code)}
    if limits:
        changed["limits"] = limits
    head = {key: whole[key] for key in ("id", "version", "title", "source")}
    merged = laid_over(there, {**head, "parameters": changed})
    return {**head, "extends": base.id, "parameters": changed} if merged == whole else None


def _lines(tables: Mapping[str, Any]) -> Iterator[str]:
    """A whole file: plain keys, then tables, then lists of tables."""
    for key, value in tables.items():
        if not isinstance(value, dict | list):
            yield _pair(key, value)
    parameters = tables["parameters"]
    yield from ("", "[parameters]")
    yield from (_pair(key, value) for key, value in parameters.items() if not isinstance(value, dict))
    for name, inner in parameters.items():
        if isinstance(inner, dict):
            yield from ("", f"[parameters.{name}]")
            yield from (_pair(key, value) for key, value in inner.items())
    for name in ("parts", "rows"):
        for entry in tables.get(name, ()):
            yield from ("", f"[[{name}]]")
            yield from (_pair(key, value, long=True) for key, value in entry.items())


def _pair(key: str, value: Any, *, long: bool = False) -> str:
    """A key with its value; a number that has a short decimal form stands there as one."""
    if key in _NUMBERS and "/" not in str(value):
        return f"{_key(key)} = {value}"
    return f"{_key(key)} = {_long(value) if long else _value(value)}"


def _long(value: Any) -> str:
    """A value; a long list goes on over several lines, an element on each."""
    short = _value(value)
    if not isinstance(value, list) or not value or len(short) < _WIDTH:
        return short
    return "[\n" + "".join(f"    {_value(each)},\n" for each in value) + "]"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(_pair(key, each) for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _key(key: str) -> str:
    return key if key.isidentifier() else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).translate(_NO_TOML)
