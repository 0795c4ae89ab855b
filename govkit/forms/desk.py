"""The desk of one inspector: what is judged, typed, measured and taken back, without any widget.

The desk keeps what its person has seen, each answer with its revision, so that a write on something another person
has changed since is refused by the store. It scores an object anew after every change, with the engine of `scoring`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from govkit.findings import Filing, Finding, Measurement, Outcome, Place
from govkit.forms import quantities
from govkit.forms.case import Case
from govkit.forms.errors import Clash, Refusal, refuse_any
from govkit.messages import say
from govkit.problems import Problems
from govkit.rubric import Item, Reading, Rubric
from govkit.scoring import group_readings, judge, score_object
from govkit.store import Change, ConflictError, Draft, Entry, FrozenError, Record, Store

SEPARATOR = "；"
"""Between the names of several screenshots of one answer."""


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
        self._typed: dict[tuple[str, str], Draft] = {}
        """What is still being typed, as the store keeps it, not yet in its log. It rests on the revision that was shown
        when the typing began, whatever is reloaded meanwhile."""
        self._done: list[tuple[Entry, ...]] = []
        """The steps taken here, oldest first; what was done at many objects at once stands together."""

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
        record = self.store.record(subject_id, number)
        return self._scored(record, record.findings)

    def saved(self, subject_id: str) -> datetime | None:
        """When something of an object was last written to the disk (UTC); None where nothing ever was."""
        moments = [entry.at for entry in self.case(subject_id).record.entries.values()]
        moments += [draft.at for draft in self._typed.values() if draft.subject_id == subject_id]
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

    def clear_everywhere(self, code: str, subject_ids: Sequence[str]) -> None:
        """“其余未发现” of one item at many objects; it is taken back as one step."""
        self.settle()
        before = len(self._done)
        try:
            for subject_id in subject_ids:
                self.clear_rest(subject_id, [code])
        finally:
            together = tuple(entry for entries in self._done[before:] for entry in entries)
            self._done[before:] = [together] if together else []

    def answer(self, answer: Finding) -> Case:
        """Record a whole answer, on top of whatever stands there now: the choice after a clash.

        Raises:
            Refusal: a measured quantity says otherwise by now.
        """
        self.settle()
        case = self.reload(answer.subject_id)
        self._check(case, self.rubric.items[answer.item], answer.outcome, answer.count, answer.note)
        return self._write(answer.subject_id, [answer])

    def give_way(self, answer: Finding) -> None:
        """Throw away an answer that was typed here: the other choice after a clash."""
        self.settle()
        self.store.drop_draft(self.actor, answer.subject_id, answer.item)

    def left(self, subject_id: str) -> Clash | None:
        """What this person once typed at an object and somebody else has changed since: a choice still to be made."""
        drafts = self.store.settle(subject_id)
        case = self.case(subject_id)
        for draft in drafts:
            mine, theirs = draft.change.value, case.record.entries.get(draft.change.item)
            if draft.actor == self.who and case.is_open and isinstance(mine, Finding) and theirs:
                return Clash(mine, theirs)
        return None

    # Typing -------------------------------------------------------------------------------------------------------

    def type_text(self, subject_id: str, code: str, *, note: str | None = None, url: str | None = None) -> Case:
        """Keep what is being typed as the note or address of an item; it is on disk when this returns.

        The log takes it in as one step when the typing has ended: at the next thing done here, or at `settle`.

        Raises:
            Refusal: it would leave 不适用 without a reason; the text before it stays.
            Clash: somebody else has changed the item since it was shown here.
        """
        key, late = (subject_id, code), None
        if self._typed and key not in self._typed:
            try:
                self.settle()
            except (Clash, Refusal) as error:
                late = error  # what is typed now is kept first
        case = self.case(subject_id)
        before = case.finding(code)
        after = replace(before, note=before.note if note is None else note, url=before.url if url is None else url)
        if after.outcome == Outcome.NOT_APPLICABLE and not after.note.strip():
            raise Refusal(say("desk.reason"))
        if not after.inspector:
            after = self._judged(after)
        begun = self._typed.get(key)
        change = Change(code, after, begun.change.revision if begun else case.record.revision(code))
        self._typed[key] = self._draft(subject_id, change)
        case = self._seen(case.record)
        if late:
            raise late
        return case

    def _draft(self, subject_id: str, change: Change) -> Draft:
        """Keep what is being typed; returns it as it was kept."""
        try:
            return Draft(self.actor, subject_id, change, self.store.draft(self.actor, subject_id, change))
        except ConflictError as error:
            ended = error.theirs[0]
            typed = self._typed.get((subject_id, change.item))
            # Somebody who opened the object may only have ended the typing here.
            if typed and ended.value == typed.change.value:
                return self._draft(subject_id, replace(change, revision=ended.revision))
            if isinstance(change.value, Finding):
                raise self._clash(change.value, error) from error
            raise

    def settle(self) -> None:
        """End the typing: what was typed becomes a step of the log.

        Raises:
            Clash: somebody else has changed the item since. What was typed is kept until one of the two is chosen.
            Refusal: the object was submitted since. What was typed is kept until it is sent back.
        """
        for (subject_id, code), typed in list(self._typed.items()):
            left = self.store.settle(subject_id)
            del self._typed[subject_id, code]
            case = self.reload(subject_id)
            entry, mine = case.record.entries.get(code), typed.change.value
            if typed not in left:
                self._done += [(entry,)] if entry and entry.value == mine else []
            elif not case.is_open:
                raise Refusal(say("desk.too_late", item=code, stage=say(f"stage.{case.filing.stage}")))
            elif entry and isinstance(mine, Finding):
                raise Clash(mine, entry)

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
        dated = field == quantities.DAILY
        new = {
            name: found
            for name, found in read.items()
            if _values(found, dated=dated) != _values(case.measured(name), dated=dated)
        }
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
        entries = self.undoable(subject_id)
        if not entries:
            raise Refusal(say("desk.nothing_to_undo"))
        try:
            self.store.undo(self.actor, subject_id)
        except ConflictError as error:
            self.reload(subject_id)
            first = error.theirs[0]
            raise Refusal(say("desk.undo_changed", item=first.item, actor=first.actor)) from error
        self._forget(subject_id, entries[0].step)
        return self.reload(subject_id)

    def last_done(self) -> tuple[Entry, ...]:
        """The answers of the last step taken at this desk, at all of its objects; () where there is none."""
        return self._done[-1] if self._done else ()

    def undo_last(self) -> None:
        """Take the last step back that was taken at this desk, at all of its objects.

        Raises:
            Refusal: there is none, or somebody else has changed an answer since; those of other objects are taken back.
        """
        self.settle()
        refused: Exception | None = None if self._done else Refusal(say("desk.nothing_to_undo"))
        for subject_id, step in dict.fromkeys((entry.subject_id, entry.step) for entry in self.last_done()):
            try:
                if any(entry.step == step for entry in self.undoable(subject_id)):
                    self.undo(subject_id)
            except (Refusal, FrozenError) as error:
                refused = error
            self._forget(subject_id, step)
        if refused:
            raise refused

    def _forget(self, subject_id: str, step: str) -> None:
        kept = (tuple(e for e in done if (e.subject_id, e.step) != (subject_id, step)) for done in self._done)
        self._done = [entries for entries in kept if entries]

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
            self.store.file(self.actor, case.record, filing)
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
        self._done.append(entries)
        return self._seen(replace(record, entries={**record.entries, **{entry.item: entry for entry in entries}}))

    def _clash(self, mine: Finding, error: ConflictError) -> Clash:
        self._typed.pop((mine.subject_id, mine.item), None)
        self.reload(mine.subject_id)
        return Clash(mine, error.theirs[0])

    def _seen(self, record: Record) -> Case:
        own = [draft.change for draft in self._typed.values() if draft.subject_id == record.subject.id]
        typed = {change.item: change.value for change in own if isinstance(change.value, Finding)}
        self._cases[record.subject.id] = self._scored(record, {**record.findings, **typed})
        return self._cases[record.subject.id]

    def _scored(self, record: Record, findings: Mapping[str, Finding]) -> Case:
        batch = self.store.batch
        readings = group_readings(record.measurements)
        judgements = judge(self.rubric, record.subject, findings, readings, batch.as_of, batch.unlisted)
        return Case(record, findings, judgements, score_object(self.rubric, record.subject, judgements))


def _values(measurements: Sequence[Measurement], *, dated: bool) -> list[tuple[object, ...]]:
    """What a field shows of measurements; when they were measured is typed only where they are measured day by day."""
    return [(m.value, m.at if dated else None) for m in measurements]
