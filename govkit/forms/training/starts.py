"""The objects with which one can begin to play: three of which nothing was found, and the worked cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.training import Situation, load_cases

_EMPTY = {"site": (Kind.SITE, True), "site_without": (Kind.SITE, False), "account": (Kind.ACCOUNT, None)}


@dataclass(frozen=True, slots=True)
class Start:
    """An object as it is in the beginning: its name in the list, and what was found."""

    id: str
    words: str
    situation: Situation


def starts(rubric: Rubric, as_of: date) -> Iterator[Start]:
    """First those of which nothing was found, by a rubric and as of a day, then the worked cases."""
    for name, (kind, service) in _EMPTY.items():
        subject = Subject(name, say(f"train.made_up_{kind}"), kind, "", service)
        yield Start(name, say(f"train.empty_{name}"), Situation(rubric, subject, as_of))
    for case in load_cases():
        yield Start(case.id, say("train.start_case", level=case.level, title=case.title), case.situation())
