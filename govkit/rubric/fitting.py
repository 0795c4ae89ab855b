"""Whether the parts of a rubric fit together: codes, points, sums, limits. Everything that does not is told at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from govkit.figures import shortest
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric.entries import Item, Limit, Parameters, Part, PartName, Row


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit in a rubric.

    Attributes:
        key: of its sentence.
        about: the code, or the name of the part, group or parameter.
        values: what the sentence names.
    """

    key: str
    about: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """The sentence, in the words of rubric files."""
        return say(f"rubric.{self.key}", **self.values)


class MisfitError(ValueError):
    """Parts of a rubric that do not fit together; `faults` names them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def _fault(key: str, about: str, **values: object) -> Fault:
    return Fault(key, about, values)


def misfits(parameters: Parameters, parts: Sequence[Part], rows: Sequence[Row]) -> Iterator[Fault]:
    """All that does not fit in a rubric."""
    yield from _doubled_codes(rows)
    for row in rows:
        yield from _row_faults(row)
        for item in row.items:
            yield from _item_faults(row, item, parameters.limits)
    yield from _wrong_sums(parts, rows)
    yield from _wrong_limits(parameters, rows)
    yield from _wrong_lines(parameters, rows)


def _doubled_codes(rows: Sequence[Row]) -> Iterator[Fault]:
    codes = [row.code for row in rows] + [item.code for row in rows for item in row.items]
    for code, times in Counter(codes).items():
        if times > 1:
            yield _fault("doubled", code, code=code)
    order = [list(PartName).index(row.part) for row in rows]
    if order != sorted(order):
        yield _fault("order", rows[0].code)


def _wrong_sums(parts: Sequence[Part], rows: Sequence[Row]) -> Iterator[Fault]:
    """Rows add up to their group, groups to their part."""
    for part in parts:
        for name, times in Counter(group.name for group in part.groups).items():
            if times > 1:
                yield _fault("doubled", name, code=name)
        own = [row for row in rows if row.part == part.part]
        for group in part.groups:
            total = sum((row.points or Fraction(0) for row in own if row.group == group.name), Fraction(0))
            if total != group.points:
                yield _fault(
                    "sum",
                    f"{part.part}.{group.name}",
                    name=group.name,
                    total=shortest(total),
                    points=shortest(group.points),
                )
        known = {group.name for group in part.groups}
        for row in own:
            if part.part != PartName.VETO and row.group not in known:
                yield _fault("no_group", row.code, code=row.code, group=row.group)
        total = sum((group.points for group in part.groups), Fraction(0))
        if part.points is not None and total != part.points:
            yield _fault("sum", part.part, name=part.title, total=shortest(total), points=shortest(part.points))
    if [part.part for part in parts] != list(PartName):
        yield _fault("parts", "")


def _wrong_limits(parameters: Parameters, rows: Sequence[Row]) -> Iterator[Fault]:
    measured = {item.code for row in rows for item in row.items if item.kind == "threshold"}
    for code in sorted(parameters.limits.keys() ^ measured):
        yield _fault("limit_for", code, code=code)
    measures = {item.code: item.measure for row in rows for item in row.items}
    for code, limit in parameters.limits.items():
        if limit.value <= 0 or not 0 <= limit.warning <= limit.value:
            yield _fault("warning", code, code=code)
        measure = measures.get(code)
        if measure and measure.is_share and limit.value > 1:
            yield _fault("share", code, code=code)


def _wrong_lines(parameters: Parameters, rows: Sequence[Row]) -> Iterator[Fault]:
    rule = parameters.without_services
    full = sum((r.points or Fraction(0) for r in rows if r.part == PartName.DEDUCTION), Fraction(0))
    services = sum(
        (r.points or Fraction(0) for r in rows if r.part == PartName.DEDUCTION and r.services_only),
        Fraction(0),
    )
    if full - services != rule.full_marks or rule.full_marks * rule.multiplier != full:
        yield _fault("services", "full_marks", full=shortest(full), services=shortest(services))
    if not 0 <= parameters.pass_line <= parameters.bonus_line <= full:
        yield _fault("lines", "pass_line")


def _row_faults(row: Row) -> Iterator[Fault]:
    letter = {"veto": "V" if row.subject == Kind.SITE else "M", "deduction": "D", "bonus": "B"}[row.part]
    if not row.code.startswith(letter):
        yield _fault("letter", row.code, code=row.code, letter=letter)
    if (row.points is None) != (row.part == PartName.VETO) or (row.points or 0) < 0:
        yield _fault("row_points", row.code, code=row.code)
    if "/" in shortest(row.points or Fraction(0)):
        yield _fault("no_decimal", row.code, code=row.code, points=shortest(row.points or Fraction(0)))
    if row.part != PartName.VETO and row.subject != Kind.SITE:
        yield _fault("account_points", row.code, code=row.code)
    for number, item in enumerate(row.items, 1):
        if item.code != f"{row.code}.{number}":
            yield _fault("numbering", item.code, code=item.code, expected=f"{row.code}.{number}")


def _item_faults(row: Row, item: Item, limits: dict[str, Limit]) -> Iterator[Fault]:
    wants_points = row.part != PartName.VETO and item.kind in ("flag", "count")
    if (item.points is not None) != wants_points or (item.points is not None and item.points <= 0):
        yield _fault("item_points", item.code, code=item.code)
    if "/" in shortest(item.points or Fraction(0)):
        yield _fault("no_decimal", item.code, code=item.code, points=shortest(item.points or Fraction(0)))
    if bool(item.levels) != (item.kind == "tier"):
        yield _fault("levels", item.code, code=item.code)
    if len({level.points for level in item.levels}) != len(item.levels):
        yield _fault("same_level", item.code, code=item.code)
    if item.sample is not None and item.kind != "count":
        yield _fault("sample", item.code, code=item.code)
    if row.part == PartName.VETO and item.kind not in ("flag", "threshold"):
        yield _fault("veto_kind", item.code, code=item.code)
    if item.kind == "threshold" and (item.measure is None or row.part != PartName.VETO):
        yield _fault("measure", item.code, code=item.code)
    known = {"limit": "", "value": ""} if item.code in limits else {}
    try:
        (item.text + item.guidance).format(**known)
    except (KeyError, IndexError, ValueError):
        yield _fault("placeholder", item.code, code=item.code)
