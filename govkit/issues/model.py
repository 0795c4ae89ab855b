"""Problems that units are told to mend (整改), and what can happen to them. Nothing of it is ever edited."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

_LETTERS, _DIGITS = "WT", 16  # letters keep spreadsheet programs from taking it for a number


@dataclass(frozen=True, slots=True)
class Issue:
    """问题: one thing found wrong with one object.

    Attributes:
        source: where it was found: the name of a batch, or a quarter with a pack of rules.
        subject_id: the identifier of the object; the name of a unit.
        name: what the object is called.
        kind: what it is: site, account, unit or incident.
        sponsor: the unit that answers for it; empty where nobody has told.
        item: the item of the rubric, or the rule.
        indicator: what that is about (指标), in a few words.
        what: 问题说明.
        clause: the wording that it breaks.
        found: the day.
        url: 问题网址.
        screenshots: names of pictures.
        severity: how grave it is, as its rules call it.
        points: what it cost before the cap of its row; None where it has no points, or is not scored.
        count: the number that was found, for tiers the points of the level; None for what is not counted.
    """

    source: str
    subject_id: str
    name: str
    kind: str
    sponsor: str
    item: str
    indicator: str
    what: str
    clause: str
    found: date
    url: str = ""
    screenshots: tuple[str, ...] = ()
    severity: str = ""
    points: Fraction | None = None
    count: int | None = None

    @property
    def id(self) -> str:
        """问题编号: of source, object, and item alone, so that the same problem has the same number again."""
        told = json.dumps([self.source, self.subject_id, self.item])
        return _LETTERS + hashlib.sha256(told.encode()).hexdigest()[:_DIGITS].upper()


class Appeal(StrEnum):
    """What a unit asks for: that it was no problem, or that it was less of one."""

    MISTAKE = "误报"
    LESS = "核减"


@dataclass(frozen=True, slots=True)
class Issued:
    """The unit was told, and by when it is to be mended."""

    issue: Issue
    day: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Reported:
    """The unit says what was done."""

    day: date
    done: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A person looked again. What is not mended gets a new deadline; `evidence` are names of pictures."""

    day: date
    passed: bool
    note: str = ""
    evidence: tuple[str, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Appealed:
    """The unit objects."""

    day: date
    asks: Appeal
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A person decided on the appeal. The unit may get a new deadline.

    `left` is the number that remains of what was counted, where 核减 was accepted.
    """

    day: date
    accepted: bool
    reason: str
    deadline: date | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """更正: what an accepted appeal asked for was done where the problem had been found.

    `version` is that of the object of a batch in which it stands; None where it was done elsewhere, as `note` tells.
    """

    day: date
    version: int | None = None
    note: str = ""


Event = Issued | Reported | Rechecked | Appealed | Decided | Corrected
