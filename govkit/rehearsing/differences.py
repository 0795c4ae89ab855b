"""How two rubrics differ, field by field and in words. Whatever differs in the models is told."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from govkit.figures import shortest
from govkit.messages import say
from govkit.reading.layout import rubric_words
from govkit.rubric import Rubric


class Change(StrEnum):
    """What became of something."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two rubrics.

    Attributes:
        change: what became of it.
        about: the code of the indicator or item, or the name of the field of a parameter; else empty.
        what: what it is about, in words.
        key: the name of the field in rubric files; empty where the whole was added or removed.
        field: which of its fields, in words; empty where the whole was added or removed.
        before, after: the values in words; empty where there is none.
    """

    change: Change
    about: str
    what: str
    key: str = ""
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """The difference as a sentence."""
        none = say("difference.none")
        values = {"before": self.before or none, "after": self.after or none}
        return say(f"difference.{self.change}", what=self.what, field=self.field, **values)


def differences(a: Rubric, b: Rubric) -> tuple[Difference, ...]:
    """All in which `b` differs from `a`, in the order of a rubric's file; nothing where both say the same."""
    return tuple(_all(a, b))


def _all(a: Rubric, b: Rubric) -> Iterator[Difference]:
    yield from _fields(a, b, say("difference.rubric"), "", {"sha256", "parameters", "parts", "rows"})
    yield from _of_parameters(a, b)
    yield from _of_parts(a, b)
    own, other = ({row.code: row for row in rubric.rows} for rubric in (a, b))
    names = {code: row.name for each in (own, other) for code, row in each.items()}
    yield from _entries(own, other, lambda code: say("difference.row", code=code, name=names[code]), str, {"items"})
    yield from _order(own, other, say("difference.rows"))
    names = {code: row.name for rubric in (a, b) for code, row in rubric.row_of.items()}
    yield from _entries(a.items, b.items, lambda code: say("difference.item", code=code, name=names[code]), str)


def _of_parameters(a: Rubric, b: Rubric) -> Iterator[Difference]:
    what, own, other = say("difference.parameters"), a.parameters, b.parameters
    yield from _fields(own, other, what, None, {"without_services", "limits"})
    yield from _fields(own.without_services, other.without_services, what, None)
    yield from _entries(own.limits, other.limits, lambda code: say("difference.limit", code=code), str)


def _of_parts(a: Rubric, b: Rubric) -> Iterator[Difference]:
    own, other = ({part.part: part for part in rubric.parts} for rubric in (a, b))
    yield from _entries(own, other, lambda part: rubric_words("part")[part], lambda _: "", {"groups"})
    for part in own:
        word = rubric_words("part")[part]
        old, new = ({group.name: group for group in each[part].groups} if part in each else {} for each in (own, other))
        names = {name: say("difference.group", part=word, name=name) for name in (*old, *new)}
        yield from _entries(old, new, names.__getitem__, lambda _: "")
        yield from _order(old, new, word)


def _entries(
    old: Mapping[Any, Any],
    new: Mapping[Any, Any],
    what: Callable[[str], str],
    about: Callable[[str], str],
    leave_out: Collection[str] = (),
) -> Iterator[Difference]:
    """What became of entries that are known by a key: gone, there and changed, new."""
    for key, entry in old.items():
        if key in new:
            yield from _fields(entry, new[key], what(key), about(key), leave_out)
        else:
            yield Difference(Change.REMOVED, about(key), what(key), before=_described(entry, leave_out))
    for key, entry in new.items():
        if key not in old:
            yield Difference(Change.ADDED, about(key), what(key), after=_described(entry, leave_out))


def _order(old: Mapping[Any, Any], new: Mapping[Any, Any], what: str) -> Iterator[Difference]:
    """Whether what is in both stands in another order."""
    before, after = ([key for key in each if key in old and key in new] for each in (old, new))
    if before != after:
        order = say("difference.order")
        yield Difference(Change.CHANGED, "", what, "order", order, "、".join(before), "、".join(after))


def _fields(old: Any, new: Any, what: str, about: str | None, leave_out: Collection[str] = ()) -> Iterator[Difference]:
    """The fields of two entries that differ; where `about` is None, each is about itself."""
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in leave_out and before != after:
            own = name if about is None else about
            values = _shown(name, before), _shown(name, after)
            yield Difference(Change.CHANGED, own, what, name, _name(name), *values)


def _name(field: str) -> str:
    return say(f"difference.field_{field}")


def _described(entry: Any, leave_out: Collection[str]) -> str:
    """A whole entry in words."""
    fields = ((name, getattr(entry, name)) for name in type(entry).model_fields if name not in leave_out)
    told = ((_name(name), _shown(name, value)) for name, value in fields if name in entry.model_fields_set)
    return "；".join(say("difference.of", field=name, value=value) for name, value in told if value)


def _shown(field: str, value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return say("difference.yes" if value else "difference.no")
    if isinstance(value, Fraction | int):
        return shortest(Fraction(value))
    if field in {"kind", "part", "subject"}:
        return rubric_words(field)[value]
    if field == "levels":
        return "；".join(say("rubric_book.level", points=level.points, text=level.text) for level in value)
    if field == "measure":
        return _measure(value)
    return "；".join(value) if isinstance(value, tuple) else str(value)


def _measure(measure: Any) -> str:
    """How an item is measured: all that its fields say."""
    parts = [rubric_words("rule")[measure.rule]]
    for name in type(measure).model_fields:
        value = getattr(measure, name)
        if name != "rule":
            told = "、".join(value) if isinstance(value, tuple) else value
            parts.append(say("difference.of", field=_name(name), value=told))
    return "；".join(parts)
