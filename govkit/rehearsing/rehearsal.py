"""A change of the rules rehearsed on what was recorded: which results would change, how, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from govkit.findings import Measurement, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rehearsing.carrying import Carrier, Note
from govkit.rehearsing.differences import Difference, differences
from govkit.rubric import Rubric
from govkit.scoring import Ground, ObjectResult, ObjectScore, Verdict, group_readings, iter_results, score_object
from govkit.tally import Count

_SERVICES = {"applies", "full_marks", "multiplier"}
# Fields of rows, items and limits that results follow from; of what was added or removed, all.
_SCORING = {"", "value", "points", "kind", "sample", "levels", "measure", "services_only", "part", "subject"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One object before and after a change of the rules.

    Attributes:
        before, after: the results.
        notes: what was recorded but does not count as it was.
        because: the differences of the rubrics that its result changed by.
    """

    before: ObjectResult
    after: ObjectResult
    notes: tuple[Note, ...]
    because: tuple[Difference, ...]

    @property
    def subject(self) -> Subject:
        """The object."""
        return self.before.subject

    @property
    def is_changed(self) -> bool:
        """Whether anything in its result differs: verdict, ground, vetoes, points, or the range that is left."""
        return _told(self.before.score) != _told(self.after.score)

    @property
    def rows(self) -> Mapping[str, tuple[Fraction, Fraction]]:
        """Deductions and bonuses of rows that changed, after their caps, before and after; by code.

        What was not scored, before or after, did not change in points.
        """
        return _rows(self.before.score, self.after.score)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a change of the rules does to the objects of a kind.

    Attributes:
        before, after: how many passed, failed, and are unfinished.
        moves: how many verdicts became which; those that stayed as well.
        higher, lower, same: how many totals did what, of objects that have one before and after.
        shift: the sum of what these totals changed by.
    """

    before: Count
    after: Count
    moves: Mapping[tuple[Verdict, Verdict], int]
    higher: int
    lower: int
    same: int
    shift: Fraction


@dataclass(frozen=True)
class Rehearsal:
    """A batch before and after a change of the rules, in ledger order.

    Attributes:
        check: what was recorded, for the rubric `a`.
        differences: how `b` differs from `a`.
    """

    a: Rubric
    b: Rubric
    check: SpotCheck
    differences: tuple[Difference, ...]
    objects: tuple[Compared, ...]

    @cached_property
    def changed(self) -> tuple[Compared, ...]:
        """The objects whose results change."""
        return tuple(each for each in self.objects if each.is_changed)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All that was recorded but does not count as it was."""
        return tuple(note for each in self.objects for note in each.notes)

    def summary(self, kind: Kind) -> Summary:
        """What the change does to sites, or to accounts."""
        own = [each for each in self.objects if each.subject.kind == kind]
        moves = Counter((each.before.score.verdict, each.after.score.verdict) for each in own)
        totals = [(each.before.score.total, each.after.score.total) for each in own]
        shifts = [after - before for before, after in totals if before is not None and after is not None]
        return Summary(
            _count(each.before for each in own),
            _count(each.after for each in own),
            dict(moves),
            sum(shift > 0 for shift in shifts),
            sum(shift < 0 for shift in shifts),
            sum(shift == 0 for shift in shifts),
            sum(shifts, Fraction(0)),
        )


def rehearse(a: Rubric, b: Rubric, check: SpotCheck) -> Rehearsal:
    """Score what was recorded for `a` by `a` and by `b`.

    Findings are held against `b` as they are. What `b` does not know is left out; a number that it does not allow, and
    what it asks that nobody has judged, is 未检查. Where a limit differs, measured quantities decide; without them a
    judgement stands only as far as it must hold by the new limit too.

    Raises:
        ValueError: a finding that `a` does not allow, or the spot check is of another rubric.
    """
    if check.batch.rubric_id != a.id:
        raise ValueError(check.batch.rubric_id)
    told = differences(a, b)
    measured: dict[str, list[Measurement]] = {}
    for measurement in check.measurements:
        measured.setdefault(measurement.subject_id, []).append(measurement)
    objects = []
    for before in iter_results(a, check):
        readings = group_readings(measured.get(before.subject.id, ()))
        carrier = Carrier(a, b, before.subject, before.judgements, readings, check.batch.as_of)
        judgements = carrier.judgements()
        after = ObjectResult(before.subject, judgements, score_object(b, before.subject, judgements))
        objects.append(Compared(before, after, tuple(carrier.notes), tuple(_because(before, after, told))))
    return Rehearsal(a, b, check, told, tuple(objects))


def _told(score: ObjectScore) -> tuple[object, ...]:
    """All of a result but how it came about."""
    points = (score.deductions, score.bonuses, score.part2, score.bonus, score.total, score.range)
    return (score.ground, score.vetoes, score.open, *points)


def _because(before: ObjectResult, after: ObjectResult, told: Iterable[Difference]) -> Iterator[Difference]:
    """The differences that a result changed by: of the rows that differ in it, and of the parameters that matter."""
    own, other = before.score, after.score
    if _told(own) == _told(other):
        return
    items = {*own.vetoes} ^ {*other.vetoes} | {*own.open} ^ {*other.open}
    if own.range and other.range and own.range != other.range:
        items |= {*own.open, *other.open}  # what they can still cost or earn
    changed = {*_rows(own, other), *(code.partition(".")[0] for code in items)}
    reduced = before.subject.kind == Kind.SITE and before.subject.service is False
    lines = {"pass_line", "bonus_line"} if own.ground != other.ground else set()
    if own.range != other.range:
        lines.add("bonus_line")  # above it the bonus counts
    for difference in told:
        of_row = difference.about.partition(".")[0] in changed and difference.key in _SCORING
        of_lines = difference.about in lines
        of_services = difference.about in _SERVICES and reduced
        if of_row or of_lines or of_services:
            yield difference


def _rows(own: ObjectScore, other: ObjectScore) -> dict[str, tuple[Fraction, Fraction]]:
    """The rows whose points differ, where both were scored."""
    pairs: list[tuple[Mapping[str, Fraction], Mapping[str, Fraction]]] = []
    if Ground.VETO not in (own.ground, other.ground):
        pairs.append((own.deductions, other.deductions))
    if own.bonus is not None and other.bonus is not None:
        pairs.append((own.bonuses, other.bonuses))
    none = Fraction(0)
    found = {code: (old.get(code, none), new.get(code, none)) for old, new in pairs for code in (*old, *new)}
    return {code: points for code, points in found.items() if points[0] != points[1]}


def _count(results: Iterable[ObjectResult]) -> Count:
    verdicts = Counter(result.score.verdict for result in results)
    return Count(verdicts[Verdict.PASS], verdicts[Verdict.FAIL], verdicts[Verdict.INCOMPLETE])
