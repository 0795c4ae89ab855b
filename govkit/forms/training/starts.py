"""The objects with which one can begin to play: some without a problem, by each rubric, and the worked cases."""

from collections.abc import Iterable, Iterator
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


def starts(rubrics: Iterable[Rubric], as_of: date) -> Iterator[Start]:
    """First those of which nothing was found, by each rubric and as of a day, then the worked cases.

    Args:
        rubrics: the one to begin with first.
        as_of: 监测时间点.
    """
    for rubric in rubrics:
        for name, (kind, service) in _EMPTY.items():
            subject = Subject(name, say(f"train.made_up_{kind}"), kind, "", service)
            words = say("train.start_empty", object=say(f"train.empty_{name}"), rubric=rubric.id)
            yield Start(f"{rubric.id} {name}", words, Situation(rubric, subject, as_of))
    for case in load_cases():
        yield Start(case.id, say("train.start_case", level=case.level, title=case.title), case.situation())
