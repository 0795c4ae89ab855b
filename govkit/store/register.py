"""The register (登记簿): what an office keeps beside its batches. Nothing in it is edited; the last entry counts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from govkit.findings import Finding
from govkit.ledger import FilingRecord
from govkit.messages import say
from govkit.sampling import Draw, Past, carried
from govkit.season import Decision
from govkit.store import register_log as logs
from govkit.store.backup import write_backup
from govkit.store.database import Database
from govkit.store.errors import OutdatedError, StoreError
from govkit.store.evidence import Shelf, keep_evidence, kept_evidence
from govkit.store.register_entries import (
    DrawnLines,
    KeptDraw,
    Quarter,
    RegisterEntry,
    RegisterValue,
    Results,
    Topic,
    Withdrawn,
    filing_item,
)
from govkit.store.register_issues import IssueRegister
from govkit.store.register_log import Key

V = TypeVar("V", bound=RegisterValue)
D = TypeVar("D", KeptDraw, DrawnLines)


class Register(IssueRegister):
    """The register. What a method has written is on the disk when it returns.

    Quarters are (year, number from 1 to 4); every method raises ValueError for others, and StoreError where the
    database cannot be reached, is full, or is held by others for too long.
    """

    def __init__(self, database: Database, shelf: Shelf) -> None:
        super().__init__(database)
        self.shelf = shelf

    def __enter__(self) -> Self:
        """The register; it is closed when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the register."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    def file(self, actor: str, records: Iterable[FilingRecord]) -> int:
        """Record filings (备案); what is recorded already is left as it is.

        Returns:
            How many were new.
        """
        with self._writing() as connection:
            known = {(e.subject_id, e.item): e for e in logs.current(connection, Topic.FILING)}
            new = []
            for record in dict.fromkeys(records):
                standing = known.get((record.subject_id, filing_item(record)))
                if standing is None or isinstance(standing.value, Withdrawn):
                    new.append((_of_filing(record), record, standing))
            logs.append_many(connection, actor, new)
        return len(new)

    def withdraw(self, actor: str, record: FilingRecord, reason: str) -> RegisterEntry[Withdrawn]:
        """Take back a filing that was recorded wrongly; it stays in the history. It can be recorded again.

        Raises:
            StoreError: there is no such filing, or no reason.
        """
        if not reason.strip():
            raise StoreError(say("register.no_reason"))
        key = _of_filing(record)
        with self._writing() as connection:
            standing = logs.standing(connection, key)
            if standing is None or isinstance(standing.value, Withdrawn):
                named = {"subject": record.subject_id, "day": record.filed, "action": record.action}
                raise StoreError(say("register.not_filed", **named))
            return logs.append(connection, actor, key, Withdrawn(record, reason), standing)

    def filings(self) -> tuple[FilingRecord, ...]:
        """All filings that were not taken back, by day, then by object."""
        with self.database.reading() as connection:
            values = [entry.value for entry in logs.current(connection, Topic.FILING)]
        records = (value for value in values if isinstance(value, FilingRecord))
        return tuple(sorted(records, key=lambda record: (record.filed, record.subject_id)))

    def keep_draw(self, actor: str, kept: KeptDraw) -> RegisterEntry[KeptDraw]:
        """Keep the draw of a quarter; the same once more is one.

        Args:
            actor: who drew.
            kept: the draw; with a reason, it takes the place of the one that the quarter has, which stays in the
                history.

        Raises:
            StoreError: the quarter has another draw or assignment, and no reason is given.
        """
        year, number = kept.draw.quarter
        refusal = StoreError(say("register.drawn", year=year, number=number))
        return self._keep_drawn(actor, Key(Topic.DRAW, kept.draw.quarter), kept, refusal)

    def draws(self) -> tuple[RegisterEntry[KeptDraw], ...]:
        """All draws, also those that others took the place of, oldest first."""
        return tuple(self.history(Topic.DRAW))

    def draw(self, quarter: Quarter) -> RegisterEntry[KeptDraw] | None:
        """The draw of a quarter that counts; None where there is none."""
        with self.database.reading() as connection:
            return logs.standing(connection, Key(Topic.DRAW, quarter))

    def keep_lines(self, actor: str, quarter: Quarter, lines: DrawnLines) -> RegisterEntry[DrawnLines]:
        """Keep a sample within a site; the same once more is one.

        Raises:
            StoreError: the quarter has another sample of this site for this item, and no reason is given.
        """
        year, number = quarter
        named = {"subject": lines.subject_id, "item": lines.item, "year": year, "number": number}
        key = Key(Topic.LINES, quarter, lines.subject_id, lines.item)
        return self._keep_drawn(actor, key, lines, StoreError(say("register.sampled", **named)))

    def lines(self, quarter: Quarter) -> dict[tuple[str, str], RegisterEntry[DrawnLines]]:
        """The samples of a quarter that count, by site and item."""
        return self._of_quarter(Topic.LINES, quarter)

    def keep_results(self, actor: str, quarter: Quarter, failed: Iterable[str], passed: Iterable[str]) -> None:
        """Keep who failed and who passed in a quarter, beside what was told before; of the same ones, the last counts.

        Args:
            actor: who tells.
            quarter: when they were inspected.
            failed: identifiers, also of what was inspected without having been drawn.
            passed: the same of those that passed; who was not inspected to the end is in neither.
        """
        key, failing, passing = Key(Topic.RESULTS, quarter), frozenset(failed), frozenset(passed)
        with self._writing() as connection:
            standing = logs.standing(connection, key)
            if standing:
                draw = logs.standing(connection, Key(Topic.DRAW, quarter))
                before = _passed(standing.value, draw.value.draw if draw else None)
                failing, passing = (standing.value.failed - passing) | failing, (before - failing) | passing
            value = Results(failing, passing)
            if standing is None or standing.value != value:
                logs.append(connection, actor, key, value, standing)

    def past(self, before: Quarter | None = None) -> dict[str, Past]:
        """When each account was drawn last, and whether it failed then, for the next draw.

        Where nobody has told the result of a quarter, a failure before it still stands. Who was inspected without
        having been drawn counts as drawn in that quarter. What draws say of other identifiers has been followed.

        Args:
            before: leave out this quarter and those after it, as for drawing it once more; None takes all.
        """
        with self.database.reading() as connection:
            draws = {entry.value.draw.quarter: entry.value for entry in logs.current(connection, Topic.DRAW)}
            told = logs.current(connection, Topic.RESULTS)
        results = {entry.quarter: entry.value for entry in told if entry.quarter}
        past: dict[str, Past] = {}
        for quarter in sorted(draws.keys() | results.keys()):
            if before is not None and quarter >= before:
                break
            kept, result = draws.get(quarter), results.get(quarter)
            draw = kept.draw if kept else None
            past = carried(past, kept.renamed) if kept else past
            past |= {i: Past(quarter, i in past and past[i].failed) for i in _drawn(draw)}
            if result:
                past |= dict.fromkeys(_passed(result, draw), Past(quarter))
                past |= dict.fromkeys(result.failed, Past(quarter, failed=True))
        return past

    def judge(self, actor: str, quarter: Quarter, finding: Finding, revision: int) -> RegisterEntry[Finding]:
        """Keep what somebody judged of a rule by hand.

        Args:
            actor: who judges.
            quarter: what it is about.
            finding: the judgement; its item is the rule, its subject an object or a unit.
            revision: the one that they saw; 0 where there was no judgement yet.

        Raises:
            OutdatedError: somebody has judged since.
        """
        key = Key(Topic.RULE, quarter, finding.subject_id, finding.item)
        return self._change(actor, key, finding, revision, finding.item)

    def judged(self, quarter: Quarter) -> dict[tuple[str, str], RegisterEntry[Finding]]:
        """The judgements of a quarter that count, by object or unit, and rule."""
        return self._of_quarter(Topic.RULE, quarter)

    def decide(self, actor: str, quarter: Quarter, decision: Decision, revision: int) -> RegisterEntry[Decision]:
        """Keep what was decided on an account in a quarter; the arguments are those of `judge`.

        Raises:
            OutdatedError: somebody has decided since.
        """
        key = Key(Topic.DECISION, quarter, decision.subject_id)
        return self._change(actor, key, decision, revision, decision.subject_id)

    def decisions(self, quarter: Quarter) -> dict[str, RegisterEntry[Decision]]:
        """The decisions of a quarter that count, by account."""
        return {subject_id: entry for (subject_id, _), entry in self._of_quarter(Topic.DECISION, quarter).items()}

    def history(self, topic: Topic | None = None, subject_id: str | None = None) -> Iterator[RegisterEntry[Any]]:
        """Who did what when, oldest first; of one topic or object, where they are given."""
        with self.database.reading() as connection:
            yield from logs.history(connection, topic, subject_id)

    def keep_evidence(self, content: bytes, suffix: str) -> str:
        """Keep a picture, and give the name that a judgement tells of it; see `govkit.store.evidence`."""
        return keep_evidence(self.shelf, content, suffix)

    def evidence(self, name: str) -> bytes | None:
        """A picture; None where there is none of this name.

        Raises:
            StoreError: this is no name of a picture, or its content is not what it was.
        """
        return kept_evidence(self.shelf, name)

    def back_up(self, path: Path) -> None:
        """Write a copy of the register with everything in it, whole or not at all; see `govkit.store.backup`."""
        write_backup(self.database, self.shelf, path)

    def _keep_drawn(self, actor: str, key: Key, value: D, refusal: StoreError) -> RegisterEntry[D]:
        """Keep what chance decided: another one takes its place for a reason only, lest people draw until it suits."""
        with self._writing() as connection:
            standing = logs.standing(connection, key)
            if standing and replace(value, reason=standing.value.reason) == standing.value:
                return standing
            if standing and not value.reason.strip():
                raise refusal
            return logs.append(connection, actor, key, value, standing)

    def _change(self, actor: str, key: Key, value: V, revision: int, what: str) -> RegisterEntry[V]:
        with self._writing() as connection:
            standing = logs.standing(connection, key)
            if revision != (standing.revision if standing else 0):
                raise OutdatedError(what, standing)
            return logs.append(connection, actor, key, value, standing)

    def _of_quarter(self, topic: Topic, quarter: Quarter) -> dict[tuple[str, str], RegisterEntry[Any]]:
        with self.database.reading() as connection:
            return {(e.subject_id, e.item): e for e in logs.current(connection, topic, quarter)}


def _drawn(draw: Draw | None) -> frozenset[str]:
    return frozenset(one.subject.id for one in draw.drawn) if draw else frozenset()


def _passed(results: Results, draw: Draw | None) -> frozenset[str]:
    """Who passed in a quarter that had this draw."""
    return _drawn(draw) - results.failed if results.passed is None else results.passed


def _of_filing(record: FilingRecord) -> Key:
    return Key(Topic.FILING, None, record.subject_id, filing_item(record))
