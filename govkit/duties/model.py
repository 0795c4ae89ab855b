"""Duties of the office that supervises, which no rule about sites, accounts and units holds."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from govkit.messages import say


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Duty(_Data):
    """What is due every quarter, by its last day, or once.

    Attributes:
        what: what is to be done.
        who: by whom.
        article: the clause of the notice, one of the pack's articles.
        every: the rhythm; None for what is due once.
        day: the day of what is due once.
    """

    what: str
    who: str
    article: str
    every: Literal["quarter"] | None = None
    day: date | None = None

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.every is None) == (self.day is None):
            raise ValueError(say("duties.one_time", what=self.what))
        return self


class Duties(_Data):
    """The duties that one notice gives to the supervising office. `pack` is the id of the notice as a pack of rules."""

    pack: str
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]
