"""What a rule says of one thing."""

from enum import IntEnum
from typing import NamedTuple


class Status(IntEnum):
    """Where a thing stands under a rule. What nobody has told is UNKNOWN, and never PASS."""

    UNKNOWN = 0
    PASS = 1
    BREACH = 2
    NOT_APPLICABLE = 3


class Judgement(NamedTuple):
    """A status, and the fact it rests on, in Chinese; what passes needs none."""

    status: Status
    fact: str = ""


PASS = Judgement(Status.PASS)


def breach(fact: str) -> Judgement:
    """The rule is broken."""
    return Judgement(Status.BREACH, fact)


def unknown(fact: str) -> Judgement:
    """What it would take to judge is not known."""
    return Judgement(Status.UNKNOWN, fact)


def not_applicable(fact: str) -> Judgement:
    """The rule does not bind the thing, or asks nothing of it yet."""
    return Judgement(Status.NOT_APPLICABLE, fact)
