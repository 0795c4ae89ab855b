"""Exercises: a site or account described by its pages, with the right answers and the passages that prove them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from govkit.findings import Batch, Outcome, SpotCheck
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.rubric.entries import ItemCode
from govkit.scoring import ObjectResult
from govkit.training.feedback import Feedback, compare
from govkit.training.pages import Page
from govkit.training.situation import Situation, TrainingError
from govkit.training.told import Answer, Daily, Data, Expected, Given, Object, Told, rubric_of


class Passage(Data):
    """Where something can be read: a page, words that stand in exactly one of its lines, and what follows from them."""

    page: str
    quote: str
    why: str


class RightAnswer(Answer):
    """A right answer with what it rests on; what is counted has a passage for each that counts."""

    passages: Annotated[tuple[Passage, ...], Field(min_length=1)]


class Harmless(Passage):
    """What looks like a problem of an item and is none."""

    item: ItemCode


class Measured(Data):
    """A quantity with the passages that it follows from."""

    quantity: str
    value: int | date
    passages: Annotated[tuple[Passage, ...], Field(min_length=1)]


class Exercise(Data):
    """A described site or account. All that no page mentions is in order, and earns no bonus.

    Attributes:
        id: also the name of its file.
        title: what it is about.
        level: how hard it is.
        rubric_id: by which rules it is judged.
        object: 检查对象.
        as_of: 监测时间点.
        story: what one is told before one begins.
        pages: what one sees.
        answers: every item that is not 未发现 (不符合 of the bonus), in the order of the annex.
        measured, daily: the quantities that can be read off the pages.
        harmless: what looks like a problem and is none.
        expect: the result.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    level: Literal["易", "中", "难"]
    rubric_id: str
    object: Object
    as_of: date
    story: str
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    answers: tuple[RightAnswer, ...] = ()
    measured: tuple[Measured, ...] = ()
    daily: tuple[Daily, ...] = ()
    harmless: tuple[Harmless, ...] = ()
    expect: Expected

    @model_validator(mode="after")
    def _proved(self) -> Self:
        """The form would take the right answers, and each passage stands where it is said to stand."""
        try:
            complaints = list(self._complaints(self.situation()))
        except TrainingError as error:
            raise ValueError(str(error)) from None
        if complaints:
            raise ValueError("\n".join(complaints))
        return self

    @property
    def rubric(self) -> Rubric:
        """The rules of the exercise."""
        return rubric_of(self.rubric_id)

    @cached_property
    def statement(self) -> str:
        """What is said of everything that no page mentions."""
        return say("training.in_order")

    def situation(self) -> Situation:
        """The right answers."""
        measured = {each.quantity: each.value for each in self.measured}
        told = Told(findings=self.answers, measured=measured, daily=self.daily)
        return Given(self.rubric, self.object.subject(), self.as_of).situation(told)

    def spot_check(self) -> SpotCheck:
        """What is handed out: the object, of which nothing is judged yet, as a batch of its own."""
        name = say("training.batch", title=self.title)
        return SpotCheck(Batch(name, self.as_of, self.rubric_id), (self.object.subject(),), ())

    def feedback(self, answers: ObjectResult) -> Feedback:
        """Somebody's answers held against the right ones; see `compare`."""
        return compare(self.rubric, self.situation().result(), answers, self.passages)

    @cached_property
    def passages(self) -> Mapping[str, tuple[str, ...]]:
        """What the answers rest on, and why what looks like a problem is none: sentences in Chinese, by item."""
        titles = {page.id: page.title for page in self.pages}
        found: dict[str, tuple[str, ...]] = {}
        for code, passage in self._all_passages():
            text = say("training.passage", page=titles[passage.page], quote=passage.quote, why=passage.why)
            found[code] = (*found.get(code, ()), text)
        return found

    def _all_passages(self) -> Iterator[tuple[str, Passage]]:
        yield from ((answer.item, passage) for answer in self.answers for passage in answer.passages)
        yield from ((each.item, each) for each in self.harmless)
        scope = self.rubric.items_in_scope(self.object.subject())
        for each in self.measured:
            for item in self.rubric.quantities[each.quantity]:
                if item.code in scope:
                    yield from ((item.code, passage) for passage in each.passages)

    def _complaints(self, situation: Situation) -> Iterator[str]:
        pages = {page.id: page.lines() for page in self.pages}
        if len(pages) < len(self.pages):
            yield say("training.page_twice")
        for code, passage in self._all_passages():
            number = sum(passage.quote in line for line in pages.get(passage.page, ()))
            if number != 1:
                yield say("training.no_quote", item=code, page=passage.page, quote=passage.quote, number=number)
        judged = situation.result().judgements
        for each in self.harmless:
            if each.item not in judged or judged[each.item].outcome not in (Outcome.CLEAR, Outcome.FOUND):
                yield say("training.not_harmless", item=each.item)
        for answer in self.answers:
            item = self.rubric.items[answer.item]
            counted = item.kind == "count" and judged[answer.item].outcome == Outcome.FOUND
            if counted and len(set(answer.passages)) != judged[answer.item].count:
                yield say("training.passages", item=answer.item, count=judged[answer.item].count)
