"""One object as it was found: what was recorded and measured, and what the engine makes of it.

The worked cases, the exercises and what a trainee answers all become this, so that each is scored the same way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from govkit.findings import Finding, Measurement, Outcome, Place
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import check_object
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult, group_readings, judge, score_object


class TrainingError(ValueError):
    """Something of the training that cannot be used; `complaints` holds a sentence in Chinese for each thing wrong."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(self.complaints))


@dataclass(frozen=True, slots=True)
class Situation:
    """An object with its findings and measured quantities.

    Attributes:
        rubric: by which rules it is judged.
        subject: the object.
        as_of: 监测时间点.
        findings: what was recorded, by item.
        measurements: what was measured.
        unlisted: what an item has that is neither recorded nor measured.
    """

    rubric: Rubric
    subject: Subject
    as_of: date
    findings: Mapping[str, Finding] = field(default_factory=dict)
    measurements: tuple[Measurement, ...] = ()
    unlisted: Outcome = Outcome.CLEAR

    def result(self) -> ObjectResult:
        """What the engine makes of it: a judgement of each item in scope, and the score with its steps."""
        readings = group_readings(self.measurements)
        judgements = judge(self.rubric, self.subject, self.findings, readings, self.as_of, self.unlisted)
        return ObjectResult(self.subject, judgements, score_object(self.rubric, self.subject, judgements))

    def changed(self, code: str, outcome: Outcome, count: int | None = None, note: str = "") -> "Situation":
        """The same with another result of one item.

        Args:
            code: the item.
            outcome: its result from now on.
            count: the number found, for tiers the points of the level; None where the result has none.
            note: why; 不适用 needs it.

        Raises:
            TrainingError: the form would refuse it, as what contradicts a measured quantity.
        """
        finding = Finding(self.subject.id, code, outcome, count, note)
        return replace(self, findings={**self.findings, code: finding}).checked()

    def measured(self, quantity: str, value: int | date | None) -> "Situation":
        """The same with another value of a quantity; None takes it away.

        What is measured day by day is given as the sum of all days, and shared out evenly: on the days on which the
        other side of its ratio is measured, else on as many as are needed.

        Raises:
            TrainingError: the form would refuse it.
        """
        kept = tuple(m for m in self.measurements if m.quantity != quantity)
        if value is None:
            return replace(self, measurements=kept).checked()
        if isinstance(value, date):
            return replace(self, measurements=(*kept, Measurement(self.subject.id, quantity, value))).checked()
        made = tuple(self._shared_out(quantity, value, kept))
        return replace(self, measurements=(*kept, *made)).checked()

    def days_of(self, quantity: str) -> int:
        """Over how many days a quantity is measured at least; 0 where it is measured once."""
        measures = [item.measure for item in self.rubric.quantities.get(quantity, ()) if item.measure]
        return max((measure.days for measure in measures if measure.rule == "ratio"), default=0)

    def _shared_out(self, quantity: str, value: int, others: Iterable[Measurement]) -> Iterator[Measurement]:
        days = self.days_of(quantity)
        if not days:
            yield Measurement(self.subject.id, quantity, Fraction(value))
            return
        names = {
            name for item in self.rubric.quantities[quantity] if item.measure for name in item.measure.quantities_read
        }
        known = sorted({m.at for m in others if m.quantity in names and m.at})
        first = datetime.combine(self.as_of, time()) - timedelta(days)
        moments = known or [first + timedelta(number) for number in range(days)]
        each, left = divmod(value, len(moments))
        for number, moment in enumerate(moments):
            yield Measurement(self.subject.id, quantity, Fraction(each + (number < left)), moment)

    def checked(self) -> "Situation":
        """Itself, where the form would take it.

        Raises:
            TrainingError: it would not.
        """
        faults = self.faults()
        if faults:
            raise TrainingError(faults)
        return self

    def faults(self) -> tuple[str, ...]:
        """What the form would refuse of it, as sentences in Chinese; it can be scored where there is none."""
        problems = Problems()
        return (*self._unfit_findings(problems), *self._unfit_quantities(), *_sentences(problems))

    def _unfit_findings(self, problems: Problems) -> Iterator[str]:
        scope = self.rubric.items_in_scope(self.subject)
        for code, finding in self.findings.items():
            if code not in scope:
                yield say("training.no_scope", item=code)
            elif finding.outcome == Outcome.FOUND:
                number = 1 if finding.count is None else finding.count
                problems.add_count_fault(self.rubric, scope[code], number, Place(""))
            elif finding.count is not None:
                yield say("training.count", item=code)
            elif finding.outcome == Outcome.NOT_APPLICABLE and not finding.note.strip():
                yield say("training.reason", item=code)

    def _unfit_quantities(self) -> Iterator[str]:
        scope = self.rubric.items_in_scope(self.subject)
        known = {name: item for name, items in self.rubric.quantities.items() for item in items if item.code in scope}
        fit = []
        for measurement in self.measurements:
            item = known.get(measurement.quantity)
            if item is None or item.measure is None:
                yield say("training.no_quantity", quantity=measurement.quantity)
            elif item.measure.reads_dates != isinstance(measurement.value, date):
                yield say("training.quantity", quantity=measurement.quantity)
            elif isinstance(measurement.value, date) and measurement.value > self.as_of:
                yield say("training.late", quantity=measurement.quantity, as_of=self.as_of)
            else:
                fit.append(measurement)
        here = Place(say("desk.quantities"))
        yield from _sentences(check_object(self.rubric, self.subject, fit, self.findings, self.as_of, here))


def _sentences(problems: Problems) -> Iterator[str]:
    return (problem.text + problem.fix for problem in problems)
