"""The desk of one inspector: what is judged, typed, measured and taken back, without any widget.

The desk keeps what its person has seen, each answer with its revision, so that a write on something another person
has changed since is refused by the store. It scores an object anew after every change, with the engine of `scoring`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from govkit.findings import OPEN_OUTCOMES, Filing, Finding, Measurement, Outcome, Place, Stage
from govkit.forms import quantities
from govkit.forms.errors import Clash, Refusal, refuse_any
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.rubric import Item, Reading, Rubric
from govkit.scoring import Judgement, ObjectResult, ObjectScore, group_readings, judge, score_object
from govkit.store import FILING, Change, ConflictError, Entry, Record, Store

SEPARATOR = "；"
"""Between the names of several screenshots of one answer."""


@dataclass(frozen=True)
class Case:
    """One object as the desk shows it: what is recorded, and what that comes to."""

    record: Record
    findings: Mapping[str, Finding]
    judgements: Mapping[str, Judgement]
    score: ObjectScore

    @property
    def subject(self) -> Subject:
        """The object."""
        return self.record.subject

    @property
    def filing(self) -> Filing:
        """How far its inspection has come."""
        return self.record.filing

    @property
    def is_open(self) -> bool:
        """Whether answers can still be changed."""
        return self.filing.stage == Stage.CHECKING

    @cached_property
    def judged(self) -> int:
        """How many items in scope have a result that leaves nothing open."""
        return sum(judgement.outcome not in OPEN_OUTCOMES for judgement in self.judgements.values())

    def finding(self, code: str) -> Finding:
        """What is recorded of an item; an unchecked one where nothing is."""
        return self.findings.get(code) or Finding(self.subject.id, code, Outcome.UNCHECKED)

    def measured(self, quantity: str) -> tuple[Measurement, ...]:
        """What was measured of a quantity."""
        return tuple(m for m in self.record.measurements if m.quantity == quantity)

    def result(self) -> ObjectResult:
        """The object as sheets and summaries take it."""
        return ObjectResult(self.subject, dict(self.judgements), self.score, self.filing)


class Desk:
    """What one person does with the objects of one batch.

    Args:
        store: the batch.
        who: says the name of the person, who may change it at any time; empty while nobody has said it.
        session: what tells this desk from another one of the same person.
        clock: the local time, without a zone, as it is written beside a finding.
    """

    def __init__(self, store: Store, who: Callable[[], str], session: str, clock: Callable[[], datetime]) -> None:
        self.store, self.session = store, session
        self._who, self._clock = who, clock
        self._cases: dict[str, Case] = {}
        self._typed: dict[tuple[str, str], Finding] = {}
        """What is still being typed: kept by the store as drafts, not yet in its log."""
        self._typed_at: dict[str, datetime] = {}

    @property
    def rubric(self) -> Rubric:
        """The rules of the batch."""
        return self.store.rubric

    @property
    def who(self) -> str:
        """The name of the person; empty while nobody has said it."""
        return self._who().strip()

    @property
    def is_typing(self) -> bool:
        """Whether something typed is not yet a step of the log."""
        return bool(self._typed)

    @property
    def actor(self) -> str:
        """Who works here.

        Raises:
            Refusal: nobody has said a name; nothing can be recorded without one.
        """
        if not self.who:
            raise Refusal(say("desk.no_name"))
        return self.who

    def open(self, subject_id: str) -> Case:
        """Take an object up: what was left half typed is taken in, and the others see who is here."""
        self.settle()
        self.store.settle(subject_id)
        if self.who:
            self.store.touch(self.who, self.session, subject_id)
        return self.reload(subject_id)

    def reload(self, subject_id: str) -> Case:
        """An object as it is in the store now; what is being typed here stays on top of it."""
        return self._seen(self.store.record(subject_id))

    def case(self, subject_id: str) -> Case:
        """An object as it was last seen here."""
        return self._cases.get(subject_id) or self.reload(subject_id)

    def cases(self) -> tuple[Case, ...]:
        """All objects of the batch as they are in the store now, in ledger order."""
        return tuple(self._seen(record) for record in self.store.records())

    def version(self, subject_id: str, number: int) -> Case:
        """An object as it was when a version of it was reviewed."""
        return self._scored(self.store.record(subject_id, number))

    def saved(self, subject_id: str) -> datetime | None:
        """When something of an object was last written to the disk (UTC); None where nothing ever was."""
        moments = [entry.at for entry in self.case(subject_id).record.entries.values()]
        if subject_id in self._typed_at:
            moments.append(self._typed_at[subject_id])
        return max(moments, default=None)

    # Judging ------------------------------------------------------------------------------------------------------

    def judge(self, subject_id: str, code: str, outcome: Outcome, count: int | None = None) -> Case:
        """Record the result of an item; what was noted beside it stays.

        Args:
            subject_id: the object.
            code: the item.
            outcome: the result; UNCHECKED takes a result back.
            count: the number found, for tiers the points of the level; None where the result has none.

        Raises:
            Refusal: the number is not possible, 不适用 has no reason, or a measured quantity says otherwise.
            Clash: somebody else has changed the item since it was shown here.
        """
        self.settle()
        case, item = self.case(subject_id), self.rubric.items[code]
        before = case.finding(code)
        number = count if outcome == Outcome.FOUND else None
        if number is None and outcome == Outcome.FOUND and before.outcome == Outcome.FOUND:
            number = before.count
        self._check(case, item, outcome, number, before.note)
        return self._write(subject_id, [self._judged(replace(before, outcome=outcome, count=number))])

    def clear_rest(self, subject_id: str, codes: Sequence[str]) -> Case:
        """“其余未发现”: what nobody has judged or measured of these items was looked at, and nothing was found."""
        self.settle()
        case = self.case(subject_id)
        untouched = (case.finding(code) for code in self.unchecked(case, codes))
        changes = [self._judged(replace(finding, outcome=Outcome.CLEAR, count=None)) for finding in untouched]
        return self._write(subject_id, changes) if changes else case

    def unchecked(self, case: Case, codes: Sequence[str]) -> list[str]:
        """Those of the items that nobody has judged or measured; 无法判断 is a judgement, and stays."""
        scope = case.judgements
        return [code for code in codes if code in scope and scope[code].outcome == Outcome.UNCHECKED]

    def answer(self, answer: Finding) -> Case:
        """Record a whole answer, on top of whatever stands there now: the choice after a clash."""
        self.reload(answer.subject_id)
        return self._write(answer.subject_id, [answer])

    # Typing -------------------------------------------------------------------------------------------------------

    def type_text(self, subject_id: str, code: str, *, note: str | None = None, url: str | None = None) -> Case:
        """Keep what is being typed as the note or address of an item; it is on disk when this returns.

        The log takes it in as one step when the typing has ended: at the next thing done here, or at `settle`.

        Raises:
            Refusal: it would leave 不适用 without a reason; the text before it stays.
            Clash: somebody else has changed the item since it was shown here.
        """
        if self._typed and (subject_id, code) not in self._typed:
            self.settle()
        case = self.case(subject_id)
        before = case.finding(code)
        after = replace(before, note=before.note if note is None else note, url=before.url if url is None else url)
        if after.outcome == Outcome.NOT_APPLICABLE and not after.note.strip():
            raise Refusal(say("desk.reason"))
        if not after.inspector:
            after = self._judged(after)
        try:
            at = self.store.draft(self.actor, subject_id, Change(code, after, case.record.revision(code)))
        except ConflictError as error:
            raise self._clash(after, error) from error
        self._typed[subject_id, code] = after
        self._typed_at[subject_id] = at
        return self._seen(case.record)

    def settle(self) -> None:
        """End the typing: what was typed becomes a step of the log."""
        for subject_id in {subject_id for subject_id, _ in self._typed}:
            typed = {code: finding for (owner, code), finding in self._typed.items() if owner == subject_id}
            left = [draft for draft in self.store.settle(subject_id) if draft.change.item in typed]
            for code in typed:
                del self._typed[subject_id, code]
            case = self.reload(subject_id)
            for draft in left:
                if case.is_open and isinstance(draft.change.value, Finding):
                    self.store.drop_draft(draft.actor, subject_id, draft.change.item)
                    raise Clash(draft.change.value, case.record.entries[draft.change.item])

    # Screenshots and quantities -----------------------------------------------------------------------------------

    def add_screenshot(self, subject_id: str, code: str, content: bytes, suffix: str) -> Case:
        """Keep a picture as evidence of an item."""
        self.settle()
        name = self.store.keep_evidence(content, suffix)
        before = self.case(subject_id).finding(code)
        names = [*filter(None, before.screenshot.split(SEPARATOR))]
        return self._with_screenshots(before, dict.fromkeys([*names, name]))

    def remove_screenshot(self, subject_id: str, code: str, name: str) -> Case:
        """Take a picture off an item; the log, and the picture itself, keep it."""
        self.settle()
        before = self.case(subject_id).finding(code)
        return self._with_screenshots(before, [n for n in before.screenshot.split(SEPARATOR) if n != name])

    def _with_screenshots(self, before: Finding, names: Sequence[str] | Mapping[str, None]) -> Case:
        after = replace(before, screenshot=SEPARATOR.join(names))
        return self._write(before.subject_id, [after if after.inspector else self._judged(after)])

    def measure(self, subject_id: str, code: str, field: str, text: str) -> Case:
        """Record measured quantities as they are typed into a field of an item; nothing takes them back.

        Raises:
            Refusal: no such quantity, or it contradicts another one or a recorded result.
            Clash: somebody else has changed it since it was shown here.
        """
        self.settle()
        case, item, as_of = self.case(subject_id), self.rubric.items[code], self.store.batch.as_of
        at = self._clock().replace(microsecond=0)
        read = quantities.read_field(item, field, text, subject_id, as_of, at)
        new = {name: found for name, found in read.items() if _values(found) != _values(case.measured(name))}
        others = [m for m in case.record.measurements if m.quantity not in new]
        measured = [*others, *(m for found in new.values() for m in found)]
        quantities.check(self.rubric, case.subject, measured, case.findings, as_of)
        if not new:
            return case
        changes = [Change(name, found, case.record.revision(name)) for name, found in new.items()]
        return self._store(subject_id, changes)

    # Taking back --------------------------------------------------------------------------------------------------

    def undoable(self, subject_id: str) -> tuple[Entry, ...]:
        """What `undo` would take back: the answers of the last step of this person at this object."""
        return self.store.undoable(self.who, subject_id) if self.who else ()

    def undo(self, subject_id: str) -> Case:
        """Take the last step of this person back.

        Raises:
            Refusal: there is none, or somebody else has changed one of its answers since.
        """
        self.settle()
        if not self.undoable(subject_id):
            raise Refusal(say("desk.nothing_to_undo"))
        try:
            self.store.undo(self.actor, subject_id)
        except ConflictError as error:
            self.reload(subject_id)
            first = error.theirs[0]
            raise Refusal(say("desk.undo_changed", item=first.item, actor=first.actor)) from error
        return self.reload(subject_id)

    # What follows ---------------------------------------------------------------------------------------------------

    def reading(self, case: Case, item: Item) -> Reading | None:
        """What the measured quantities say of an item."""
        return self.rubric.read(item, group_readings(case.record.measurements), self.store.batch.as_of)

    def file(self, case: Case, filing: Filing) -> Case:
        """Record how far an object has come, as it was shown here; `filing` has the rules.

        Raises:
            Refusal: somebody has changed the object since it was shown here.
        """
        self.settle()
        try:
            self.store.write(self.actor, case.subject.id, [Change(FILING, filing, case.record.revision(FILING))])
        except ConflictError as error:
            self.reload(case.subject.id)
            raise Refusal(say("desk.moved", actor=error.theirs[0].actor)) from error
        return self.reload(case.subject.id)

    def _judged(self, finding: Finding) -> Finding:
        return replace(finding, inspector=self.actor, checked_at=self._clock().replace(microsecond=0))

    def _check(self, case: Case, item: Item, outcome: Outcome, number: int | None, note: str) -> None:
        if outcome == Outcome.NOT_APPLICABLE and not note.strip():
            raise Refusal(say("desk.reason"))
        if outcome == Outcome.FOUND:
            problems = Problems()
            problems.add_count_fault(self.rubric, item, 1 if number is None else number, Place(""))
            refuse_any(problems)
        changed = {**case.findings, item.code: Finding(case.subject.id, item.code, outcome, number)}
        quantities.check(self.rubric, case.subject, case.record.measurements, changed, self.store.batch.as_of)

    def _write(self, subject_id: str, findings: Sequence[Finding]) -> Case:
        record = self.case(subject_id).record
        return self._store(subject_id, [Change(f.item, f, record.revision(f.item)) for f in findings])

    def _store(self, subject_id: str, changes: Sequence[Change]) -> Case:
        record = self.case(subject_id).record
        try:
            entries = self.store.write(self.actor, subject_id, changes)
        except ConflictError as error:
            mine = next((c.value for c in changes if c.item == error.theirs[0].item), None)
            if isinstance(mine, Finding):
                raise self._clash(mine, error) from error
            self.reload(subject_id)
            raise Refusal(say("desk.quantity_changed", quantity=error.theirs[0].item)) from error
        return self._seen(replace(record, entries={**record.entries, **{entry.item: entry for entry in entries}}))

    def _clash(self, mine: Finding, error: ConflictError) -> Clash:
        self._typed.pop((mine.subject_id, mine.item), None)
        self.store.drop_draft(self.actor, mine.subject_id, mine.item)
        self.reload(mine.subject_id)
        return Clash(mine, error.theirs[0])

    def _seen(self, record: Record) -> Case:
        self._cases[record.subject.id] = self._scored(record)
        return self._cases[record.subject.id]

    def _scored(self, record: Record) -> Case:
        typed = {code: finding for (owner, code), finding in self._typed.items() if owner == record.subject.id}
        findings = {**record.findings, **typed}
        batch = self.store.batch
        readings = group_readings(record.measurements)
        judgements = judge(self.rubric, record.subject, findings, readings, batch.as_of, batch.unlisted)
        return Case(record, findings, judgements, score_object(self.rubric, record.subject, judgements))


def _values(measurements: Sequence[Measurement]) -> list[tuple[object, ...]]:
    """What a field shows of measurements: when counts only where there are several of a quantity."""
    return [(m.value, m.at if len(measurements) > 1 else None) for m in measurements]
