"""Problems are followed until they are gone: what units answer, rechecks, appeals, and corrections (更正) of findings.

A finding is corrected by a new version of its object, which is checked, submitted and reviewed as any other; nothing
is changed in place, and the version before it stays readable.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from govkit.findings import Filing, Finding, Outcome, Stage, contradicts
from govkit.issues import Appeal, Case, Corrected, Event
from govkit.messages import say
from govkit.reading import Rectifications, read_follow_up, read_rectifications
from govkit.scoring import group_readings, judge
from govkit.store import Change, Home, Record, Register, Store, StoreError


def collect_answers(register: Register, actor: str, paths: Sequence[Path], received: date) -> Rectifications:
    """Take what units filled in into 整改台账 into the register: all of it, or nothing.

    Returns:
        What was new.

    Raises:
        ProblemsError: something is wrong with the files.
        OutdatedError: something has happened to one of the problems meanwhile.
    """
    cases = register.rectifications()
    found = read_rectifications(paths, cases, received)
    register.rectify_all(actor, found.events, cases)
    return found


def record_follow_up(register: Register, actor: str, paths: Sequence[Path], noted: date) -> Rectifications:
    """Take what the office noted of rechecks and appeals (复查记录, 申诉处理) into the register: all of it, or nothing.

    Returns, raises: as `collect_answers`.
    """
    cases = register.rectifications()
    found = read_follow_up(paths, cases, noted)
    register.rectify_all(actor, found.events, cases)
    return found


def follow(register: Register, actor: str, case: Case, event: Event) -> Case:
    """Record what happened to one problem.

    Args:
        register: where problems are kept.
        actor: who tells.
        case: the problem as it was seen.
        event: what happened.

    Raises:
        OutdatedError: something has happened to it since it was seen.
        StoreError: that cannot happen to it now.
    """
    register.rectify(actor, case.issue.id, event, len(case.events))
    return Case((*case.events, event))


def correct(home: Home, register: Register, actor: str, case: Case, now: datetime) -> Case:
    """Correct the finding of an accepted appeal in its batch, in a new version of the object.

    The new version is a draft, with a reason that names the appeal: it counts once somebody has submitted it, and
    another person has reviewed it. What was corrected by hand already is noted as that. Once more after a break-down,
    it goes on where it stopped.

    Args:
        home: where the batches are.
        register: where problems are kept.
        actor: who corrects.
        case: the problem, with an appeal that was accepted and is not corrected yet.
        now: the local time, without a zone.

    Raises:
        StoreError: nothing is to be corrected; there is no such batch; the object waits for its review; what is to be
            corrected follows from a measured quantity, or has no number, so that a person has to do it in the form.
            The sentence says what to do.
        OutdatedError, ConflictError: somebody has changed the problem or the object meanwhile.
    """
    if not case.uncorrected:
        raise StoreError(say("following.nothing", id=case.issue.id))
    batch = next((info for info in home.batches() if info.name == case.issue.source), None)
    if batch is None:
        raise StoreError(say("following.no_batch", id=case.issue.id, source=case.issue.source))
    with home.open(batch.key) as store:
        version = _corrected(store, actor, case, now)
    return follow(register, actor, case, Corrected(now.date(), version))


def correct_elsewhere(register: Register, actor: str, case: Case, day: date, note: str) -> Case:
    """Note that a finding which is in no batch was corrected where it stands: in a workbook, or as a judgement.

    Raises:
        OutdatedError, StoreError: as `follow`.
    """
    return follow(register, actor, case, Corrected(day, None, note.strip()))


def _corrected(store: Store, actor: str, case: Case, now: datetime) -> int:
    """The version of the object in which the finding is corrected; it is made where it is not there."""
    issue = case.issue
    store.settle(issue.subject_id)
    record = store.record(issue.subject_id)
    if record.filing.stage == Stage.SUBMITTED:
        raise StoreError(say("following.submitted", subject=issue.name))
    if _stands_corrected(store, record, case):
        return record.filing.version
    finding = _finding(store, record, case, actor, now)
    if record.filing.stage == Stage.REVIEWED:
        reason = say("following.reason", id=issue.id, asks=case.uncorrected[-1][0].asks, item=issue.item)
        store.file(actor, record, Filing(version=record.filing.version + 1, reason=reason))
        record = store.record(issue.subject_id)
    store.write(actor, issue.subject_id, [Change(issue.item, finding, record.revision(issue.item))])
    return record.filing.version


def _stands_corrected(store: Store, record: Record, case: Case) -> bool:
    """Whether the object shows what was decided already."""
    batch = store.batch
    readings = group_readings(record.measurements)
    judged = judge(store.rubric, record.subject, record.findings, readings, batch.as_of, batch.unlisted)
    judgement = judged[case.issue.item]
    if judgement.outcome != Outcome.FOUND:
        return True
    appeal, decided = case.uncorrected[-1]
    return appeal.asks == Appeal.LESS and decided.left is not None and judgement.count == decided.left


def _finding(store: Store, record: Record, case: Case, actor: str, now: datetime) -> Finding:
    """The finding as the decision wants it."""
    issue = case.issue
    appeal, decided = case.uncorrected[-1]
    item, before = store.rubric.items[issue.item], record.findings.get(issue.item)
    if appeal.asks == Appeal.LESS and decided.left is None:
        raise StoreError(say("following.no_number", id=issue.id, subject=issue.name, item=issue.item))
    outcome = Outcome.CLEAR if appeal.asks == Appeal.MISTAKE else Outcome.FOUND
    reading = store.rubric.read(item, group_readings(record.measurements), store.batch.as_of)
    if reading and contradicts(outcome, reading.outcome):
        raise StoreError(say("following.measured", id=issue.id, subject=issue.name, item=issue.item))
    note = say("following.note", asks=appeal.asks, reason=decided.reason)
    return replace(
        before or Finding(record.subject.id, issue.item, outcome),
        outcome=outcome,
        count=decided.left if outcome == Outcome.FOUND else None,
        note="\n".join(filter(None, (before.note if before else "", note))),
        inspector=actor,
        checked_at=now.replace(microsecond=0),
    )
