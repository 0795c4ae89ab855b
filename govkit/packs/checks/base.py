"""What all checks have in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from govkit.packs.judgement import Judgement
from govkit.packs.things import Thing, ThingKind, View


class Check(BaseModel, ABC):
    """One way of judging a thing; its fields are the parameters that a pack gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: ClassVar[frozenset[ThingKind]]
    """What it can judge."""
    of_closed: ClassVar[bool] = False
    """Whether it also judges what runs no more."""
    automatic: ClassVar[bool] = True
    """Whether it judges by itself; else a person does."""

    @abstractmethod
    def judge(self, thing: Thing, view: View) -> Judgement:
        """Judge a thing that the rule binds."""
