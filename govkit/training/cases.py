"""Worked cases: a story, what was found, and the result, worked out by hand in the file. Tests prove it."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from govkit.messages import say
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult
from govkit.training.feedback import Feedback, compare
from govkit.training.situation import Situation, TrainingError
from govkit.training.told import Expected, Given, Object, Told, rubric_of, unlisted_outcome


class Mistake(Told):
    """How the case is often scored wrongly: what is recorded otherwise, why that is wrong, and what it comes to."""

    what: str
    expect: Expected


class Case(Told):
    """A worked case.

    Attributes:
        id: also the name of its file.
        title: what it is about.
        level: how hard it is.
        teaches: what one learns from it, a sentence each.
        rubric_id: by which rules it is judged.
        object: 检查对象.
        as_of: 监测时间点.
        story: as an inspector would meet it.
        unlisted: what items have that are not listed.
        expect: the result.
        arithmetic: how the figures come about.
        trap: where one goes wrong.
        mistake: the wrong way beside the right one, where it is another record.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    level: Literal["易", "中", "难"]
    teaches: Annotated[tuple[str, ...], Field(min_length=1)]
    rubric_id: str
    object: Object
    as_of: date
    story: str
    unlisted: str = "未发现"
    expect: Expected
    arithmetic: str
    trap: str
    mistake: Mistake | None = None

    @model_validator(mode="after")
    def _can_be_recorded(self) -> Self:
        """All that is recorded is what the form would take."""
        try:
            self.situation()
            self.mistaken()
        except TrainingError as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def rubric(self) -> Rubric:
        """The rules of the case."""
        return rubric_of(self.rubric_id)

    @cached_property
    def statement(self) -> str:
        """What is said of everything that the story does not mention."""
        return say(f"training.unlisted_{unlisted_outcome(self.unlisted).name.lower()}")

    def situation(self) -> Situation:
        """The case as it is to be recorded."""
        return self._given.situation(self)

    def mistaken(self) -> Situation | None:
        """The case as it is often recorded wrongly; None where nothing is recorded wrongly."""
        return self._given.situation(self, self.mistake) if self.mistake else None

    def feedback(self, answers: ObjectResult) -> Feedback:
        """Somebody's answers held against the right ones; see `compare`."""
        return compare(self.rubric, self.situation().result(), answers)

    @cached_property
    def _given(self) -> Given:
        return Given(self.rubric, self.object.subject(), self.as_of, unlisted_outcome(self.unlisted))
