"""What a data file of the training tells of an object, validated: what was found and measured, and the result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from govkit.findings import Finding, Measurement, Outcome
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import PartName, Rubric, load_rubric, outcome_word, rubric_ids
from govkit.rubric.entries import Exact, ItemCode, RowCode
from govkit.scoring import Ground, ObjectScore, Verdict
from govkit.training.situation import Situation, TrainingError


class Data(BaseModel):
    """What every part of a data file has in common: it cannot be changed, and nothing unknown is passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Object(Data):
    """检查对象. Only sites say whether their sponsor has 对外服务职能; `details` are those of a ledger."""

    id: str
    name: str
    kind: Kind
    sponsor: str
    service: bool | None = None
    details: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:
        if (self.service is None) == (self.kind == Kind.SITE):
            raise ValueError(say("training.service"))
        return self

    def subject(self) -> Subject:
        """The object as everything else knows it."""
        return Subject(self.id, self.name, self.kind, self.sponsor, self.service, dict(self.details))


class Answer(Data):
    """检查结果 of one item. Without `result` the item was found; without `count`, once."""

    model_config = ConfigDict(str_min_length=0)

    item: ItemCode
    result: str = ""
    count: int | None = None
    note: str = ""

    def outcome(self, rubric: Rubric) -> Outcome | None:
        """The outcome; None where the word is none of this part of the rubric."""
        part = rubric.row_of[self.item].part
        words = {outcome_word(outcome, part): outcome for outcome in Outcome}
        return words.get(self.result) if self.result else Outcome.FOUND


class Daily(Data):
    """A quantity that is measured day by day, from a first day on without a gap."""

    quantity: str
    first: date
    values: Annotated[tuple[int, ...], Field(min_length=1)]


class Told(Data):
    """What was recorded and measured. `measured` holds whole numbers and dates of a last update, by 监测项."""

    findings: tuple[Answer, ...] = ()
    measured: Mapping[str, int | date] = Field(default_factory=dict)
    daily: tuple[Daily, ...] = ()


class Expected(Data):
    """The result, worked out by hand; what is not scored, or not there, is left out. Figures are exact."""

    verdict: Verdict
    ground: Ground
    vetoes: tuple[ItemCode, ...] = ()
    open: tuple[ItemCode, ...] = ()
    deductions: Mapping[RowCode, Exact] = Field(default_factory=dict)
    bonuses: Mapping[RowCode, Exact] = Field(default_factory=dict)
    part2: Exact | None = None
    bonus: Exact | None = None
    total: Exact | None = None
    range: tuple[Exact, Exact] | None = None

    @classmethod
    def of(cls, score: ObjectScore) -> Self:
        """What a score comes to, in the same form."""
        return cls(
            verdict=score.verdict, **{name: getattr(score, name) for name in cls.model_fields if name != "verdict"}
        )


@dataclass(frozen=True, slots=True)
class Given:
    """Where an answer is given: by which rules, of what, when, and what counts for items that are not listed."""

    rubric: Rubric
    subject: Subject
    as_of: date
    unlisted: Outcome = Outcome.CLEAR

    def situation(self, *told: Told) -> Situation:
        """What was told as a situation; what is told later of the same item or quantity stands in place of the earlier.

        Raises:
            TrainingError: the form would refuse it; all that is wrong is named.
        """
        complaints = [text for each in told for text in self._complaints(each)]
        if complaints:
            raise TrainingError(complaints)
        findings = {answer.item: self._finding(answer) for each in told for answer in each.findings}
        measured = {name: found for each in told for name, found in self._measurements(each).items()}
        measurements = tuple(m for found in measured.values() for m in found)
        return Situation(self.rubric, self.subject, self.as_of, findings, measurements, self.unlisted).checked()

    def _complaints(self, told: Told) -> Iterator[str]:
        seen: set[str] = set()
        for answer in told.findings:
            if answer.item not in self.rubric.items:
                yield say("training.no_item", item=answer.item)
            elif answer.outcome(self.rubric) is None:
                part = self.rubric.row_of[answer.item].part
                words = "、".join(outcome_word(outcome, part) for outcome in Outcome)
                yield say("training.no_word", item=answer.item, word=answer.result, words=words)
            if answer.item in seen:
                yield say("training.twice", item=answer.item)
            seen.add(answer.item)

    def _finding(self, answer: Answer) -> Finding:
        outcome = answer.outcome(self.rubric)
        assert outcome is not None, answer.item
        return Finding(self.subject.id, answer.item, outcome, answer.count, answer.note)

    def _measurements(self, told: Told) -> dict[str, Sequence[Measurement]]:
        once: dict[str, Sequence[Measurement]] = {
            name: [Measurement(self.subject.id, name, value if isinstance(value, date) else Fraction(value))]
            for name, value in told.measured.items()
        }
        return once | {
            daily.quantity: [
                Measurement(
                    self.subject.id,
                    daily.quantity,
                    Fraction(value),
                    datetime.combine(daily.first + timedelta(number), time()),
                )
                for number, value in enumerate(daily.values)
            ]
            for daily in told.daily
        }


def rubric_of(rubric_id: str) -> Rubric:
    """The rubric of a file.

    Raises:
        TrainingError: there is no such rubric.
    """
    if rubric_id not in rubric_ids():
        raise TrainingError([say("training.no_rubric", id=rubric_id, ids="、".join(rubric_ids()))])
    return load_rubric(rubric_id)


def unlisted_outcome(word: str) -> Outcome:
    """What items that are not listed have: 未发现 or 未检查.

    Raises:
        TrainingError: another word.
    """
    known = {outcome_word(outcome, PartName.VETO): outcome for outcome in (Outcome.UNCHECKED, Outcome.CLEAR)}
    if word not in known:
        raise TrainingError([say("training.unlisted", word=word, words="、".join(known))])
    return known[word]
