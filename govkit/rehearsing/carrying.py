"""What was recorded for one rubric, held against another: never clamped, never invented, and each loss is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from govkit.findings import Finding, Outcome, contradicts
from govkit.ledger import Subject
from govkit.messages import say
from govkit.rubric import Item, Reading, Readings, Rubric, outcome_word
from govkit.scoring import Judgement


class Fate(StrEnum):
    """Why what was recorded of an item does not count as it was."""

    UNKNOWN = "unknown"  # the other rubric has no such item
    OUT = "out"  # it does not ask it of this object
    NUMBER = "number"  # it does not allow the number found
    KIND = "kind"  # it asks for a number, or a level, that nobody has told
    LIMIT = "limit"  # it was judged by another limit, and is not measured
    MEASURED = "measured"  # it was judged by another limit, and the measured quantity says otherwise by the new one
    NEW = "new"  # the other rubric asks it, and nobody has judged it


@dataclass(frozen=True, slots=True)
class Note:
    """What became of an item of one object, with the reason; all but MEASURED and what is left out are 未检查 now."""

    subject: Subject
    item: str
    fate: Fate
    text: str


class Carrier:
    """Holds the judgements of one object for a rubric `a` against another rubric `b`.

    Args:
        a: the rubric that they were made for.
        b: the other one.
        subject: the object.
        judgements: those for `a`, of every item in scope.
        readings: its measured quantities.
        as_of: 监测时间点.
    """

    def __init__(
        self,
        a: Rubric,
        b: Rubric,
        subject: Subject,
        judgements: Mapping[str, Judgement],
        readings: Readings,
        as_of: date,
    ) -> None:
        self._a, self._b, self._subject = a, b, subject
        self._judgements, self._readings, self._as_of = judgements, readings, as_of
        self.notes: list[Note] = []

    def judgements(self) -> dict[str, Judgement]:
        """A judgement of each item that `b` asks of this object; what is lost stands among `notes`."""
        scope = self._b.items_in_scope(self._subject)
        for code, old in self._judgements.items():
            if code not in scope and _recorded(old) is not None:
                self._note(code, Fate.OUT if code in self._b.items else Fate.UNKNOWN, old)
        return {code: self._judged(item) for code, item in scope.items()}

    def _judged(self, item: Item) -> Judgement:
        reading = self._b.read(item, self._readings, self._as_of)
        old = self._judgements.get(item.code)
        if old is None:
            return _by(reading) if reading else self._lost(item.code, Fate.NEW, None)
        finding = _recorded(old)
        same = not self._hinges(item)
        if finding is None and reading:
            return _by(reading, old.finding)
        if finding is None:
            # What was measured, in a way in which the other rubric does not measure, decides nothing any more.
            stands = old.reading is None and (same or self._holds(item, old.outcome))
            return old if stands else self._lost(item.code, Fate.LIMIT, old)
        if not same and reading and contradicts(finding.outcome, reading.outcome):
            self._note(item.code, Fate.MEASURED, old, fact=reading.fact)
            return _by(reading, finding)
        decided = reading is not None and reading.outcome == finding.outcome
        if not same and not decided and not self._holds(item, finding.outcome):
            return self._lost(item.code, Fate.LIMIT, old)
        return self._numbered(item, old, reading)

    def _numbered(self, item: Item, old: Judgement, reading: Reading | None) -> Judgement:
        """A judgement that stands, as far as its number is allowed."""
        kept = Judgement(old.outcome, old.count, old.finding, reading)
        if old.outcome != Outcome.FOUND:
            return kept
        if item.kind in ("count", "tier") and item.kind != self._a.items[item.code].kind:
            return self._lost(item.code, Fate.KIND, old)
        if self._b.count_fault(item, old.count):
            return self._lost(item.code, Fate.NUMBER, old)
        return kept

    def _hinges(self, item: Item) -> bool:
        """Whether the item is judged by a limit that differs, or by other quantities."""
        own = self._a.parameters.limits.get(item.code)
        other = self._b.parameters.limits.get(item.code)
        if own is None and other is None:
            return False
        values = own and own.value, other and other.value
        return values[0] != values[1] or self._a.items[item.code].measure != item.measure

    def _holds(self, item: Item, outcome: Outcome) -> bool:
        """Whether an outcome must be the same by the other limit: found by a stricter one, clear by a laxer one."""
        own, other = self._a.parameters.limits.get(item.code), self._b.parameters.limits.get(item.code)
        measure = item.measure
        if outcome not in (Outcome.FOUND, Outcome.CLEAR):
            return True
        if own is None or other is None or measure is None or self._a.items[item.code].measure != measure:
            return False
        lower = other.value < own.value
        stricter = lower if measure.breaks_above else not lower
        return stricter == (outcome == Outcome.FOUND)

    def _lost(self, code: str, fate: Fate, old: Judgement | None) -> Judgement:
        self._note(code, fate, old)
        return Judgement(Outcome.UNCHECKED, 1, old.finding if old else None)

    def _note(self, code: str, fate: Fate, old: Judgement | None, fact: str = "") -> None:
        rubric = self._a if code in self._a.items else self._b
        row = rubric.row_of[code]
        word = outcome_word(old.outcome, row.part) if old else ""
        values = {"code": code, "name": row.name, "word": word, "count": old.count if old else "", "fact": fact}
        self.notes.append(Note(self._subject, code, fate, say(f"rehearsal.fate_{fate}", **values)))


def _recorded(judgement: Judgement) -> Finding | None:
    """What a person has recorded, if anything."""
    finding = judgement.finding
    return None if finding is None or finding.outcome == Outcome.UNCHECKED else finding


def _by(reading: Reading, finding: Finding | None = None) -> Judgement:
    return Judgement(reading.outcome, 1, finding, reading)
