"""What sheets say that came back, merged into a batch of the store or into a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govkit import sheets
from govkit.collecting import (
    Contribution,
    Key,
    Taken,
    check_batch,
    check_ids,
    check_known,
    check_objects,
    check_order,
    contributions,
    merge,
    merge_bases,
)
from govkit.commands.collected import Outcome
from govkit.commands.keeping import actor
from govkit.findings import Batch, Finding, Measurement, SpotCheck, Stage
from govkit.ledger import Subject
from govkit.messages import say
from govkit.organising import given_out, taken_in
from govkit.problems import Problems
from govkit.reading import FilledSheet, Ledger, check_contradictions, read_spot_check
from govkit.rubric import Rubric
from govkit.scoring import group_readings
from govkit.store import Change, Record, Store, open_home, open_rubrics


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spot-check workbook that answers are written to.

    Attributes:
        path: where it stands, or is to stand.
        check: what it holds; None where it does not exist yet.
        pictures: the screenshots that it names.
    """

    path: Path
    check: SpotCheck | None
    pictures: Mapping[str, bytes]


def open_workbook(path: Path) -> Workbook:
    """The workbook at a path, which need not exist.

    Raises:
        ProblemsError: something is wrong with it.
    """
    if not path.exists():
        return Workbook(path, None, {})
    check, pictures, _ = taken_in(read_spot_check(path, rubrics=open_rubrics()), path.parent)
    return Workbook(path, check, dict(pictures))


def into_store(found: Sequence[FilledSheet], store: Store, problems: Problems) -> Outcome:
    """Write what is new into a batch of the store.

    Raises:
        ProblemsError: something is wrong with the sheets; then nothing is written.
    """
    subjects = {subject.id: subject for subject in store.subjects}
    _check(found, store.rubric, store.batch, problems)
    for sheet in found:
        if sheet.origin.subject.id not in subjects:
            problems.add("R01", sheet.place(), code=sheet.origin.subject.id)
    check_objects(found, subjects, problems)
    problems.raise_if_any()
    taken = [contributions(sheet, store.rubric, problems) for sheet in found]
    records = {key: store.record(key) for key in dict.fromkeys(s.origin.subject.id for s in found)}
    current = {(key, item): f for key, record in records.items() for item, f in record.findings.items()}
    merged = merge(_answers(taken), current, _earlier(store, records))
    measured = [m for record in records.values() for m in record.measurements]
    _check_measured(merged.taken, measured, subjects.values(), store.rubric, store.batch, problems)
    problems.raise_if_any()
    waiting = {key[0] for key in merged.taken if records[key[0]].filing.stage != Stage.CHECKING}
    written = {key: finding for key, finding in merged.taken.items() if key[0] not in waiting}
    pictures = _needed(written, _pictures(taken))
    _write(store, written, records, pictures)
    where = say("command.collected_store", name=store.info.name, pictures=len(pictures))
    frozen = [subject.name for subject in subjects.values() if subject.id in waiting]
    words = say("conflict.known"), say("conflict.settle_store")
    return Outcome(taken, replace(merged, taken=written), store.rubric, subjects, frozen, where, *words)


def into_workbook(found: Sequence[FilledSheet], book: Workbook, problems: Problems) -> Outcome:
    """Write what is new into a workbook. A state of it that is replaced is kept beside it; without news, nothing is.

    Raises:
        ProblemsError: something is wrong with the sheets; then nothing is written.
        OutputError: it cannot be written; then it is as it was.
    """
    problems.raise_if_any()
    there = book.check
    batch = there.batch if there else found[0].origin.batch
    rubric = _rubric_of(batch, None if there else found[0])
    _check(found, rubric, batch, problems)
    check_objects(found, {subject.id: subject for subject in (there.subjects if there else ())}, problems)
    problems.raise_if_any()
    taken = [contributions(sheet, rubric, problems) for sheet in found]
    known = {(finding.subject_id, finding.item): finding for finding in (there.findings if there else ())}
    bases = merge_bases(_bases(found), _answers(taken), known)
    before = {**known, **bases.taken}
    merged = merge(_answers(taken), before, {key: [finding] for key, finding in before.items()})
    merged = replace(merged, conflicts=(*bases.conflicts, *merged.conflicts))
    findings = {**before, **merged.taken}
    check = _joined(there, batch, found, findings)
    _check_measured(merged.taken, check.measurements, check.subjects, rubric, batch, problems)
    problems.raise_if_any()
    files = given_out(check, pictures := {**book.pictures, **_pictures(taken)}, pictures.get)
    kept = None
    if not there or (known, there.subjects, there.measurements) != (findings, check.subjects, check.measurements):
        kept = sheets.keep_copy(book.path) if there else None
        sheets.write_spot_check(check, book.path, files, rubric)
    where = say("command.collected_out", file=book.path, pictures=len(files))
    where += say("command.collected_kept", file=kept) if kept else ""
    words = say("conflict.known_out"), say("conflict.settle_out", name=book.path.name)
    return Outcome(taken, merged, rubric, {s.id: s for s in check.subjects}, (), where, *words)


def _rubric_of(batch: Batch, sheet: FilledSheet | None) -> Rubric:
    """The rules of a workbook; where there is none yet, those of its first sheet, if they are at hand."""
    rubrics = open_rubrics()
    at_hand = {rubric.sha256: rubric for rubric in rubrics.usable()}
    made_by = at_hand.get(sheet.origin.rubric_sha256) if sheet else None
    return made_by or rubrics.load(batch.rubric_id)


def _check(found: Sequence[FilledSheet], rubric: Rubric, batch: Batch, problems: Problems) -> None:
    """Everything that can be said of sheets before their lines are read."""
    at_hand = {own.sha256: own for own in (*open_rubrics().usable(), rubric)}
    before = len(problems)
    check_known(found, at_hand, problems)
    check_ids(found, problems)
    if len(problems) == before:
        check_order(found, rubric, problems)
    known = [sheet for sheet in found if sheet.origin.rubric_sha256 in at_hand]
    check_batch(known, batch, rubric, problems)


def _write(
    store: Store, taken: Mapping[Key, Finding], records: Mapping[str, Record], pictures: Mapping[str, bytes]
) -> None:
    """Write the answers, those of an object as one step."""
    for name, content in pictures.items():
        store.keep_evidence(content, Path(name).suffix)
    who = actor(open_home())
    for subject_id in dict.fromkeys(key[0] for key in taken):
        record = records[subject_id]
        own = [(item, finding) for (key, item), finding in taken.items() if key == subject_id]
        store.write(who, subject_id, [Change(item, finding, record.revision(item)) for item, finding in own])


def _earlier(store: Store, keys: Iterable[str]) -> dict[Key, list[Finding]]:
    """All that was answered at these objects so far, oldest first."""
    found: dict[Key, list[Finding]] = {}
    for subject_id in keys:
        for entry in store.history(subject_id):
            if isinstance(entry.value, Finding):
                found.setdefault((subject_id, entry.item), []).append(entry.value)
    return found


def _joined(
    there: SpotCheck | None, batch: Batch, found: Sequence[FilledSheet], findings: Mapping[Key, Finding]
) -> SpotCheck:
    """One spot check of what there is and what came back."""
    subjects = {subject.id: subject for subject in (there.subjects if there else ())}
    measured: dict[tuple[object, ...], Measurement] = {}
    for m in there.measurements if there else ():
        measured[m.subject_id, m.quantity, m.at] = m
    for sheet in found:
        subjects.setdefault(sheet.origin.subject.id, sheet.origin.subject)
        for m in sheet.origin.measurements:
            measured.setdefault((m.subject_id, m.quantity, m.at), m)
    order = {subject_id: number for number, subject_id in enumerate(subjects)}
    ordered = sorted(findings.values(), key=lambda finding: order[finding.subject_id])
    return SpotCheck(batch, tuple(subjects.values()), tuple(ordered), tuple(measured.values()))


def _check_measured(
    taken: Mapping[Key, Finding],
    measured: Iterable[Measurement],
    subjects: Iterable[Subject],
    rubric: Rubric,
    batch: Batch,
    problems: Problems,
) -> None:
    ledger = Ledger()
    for subject in subjects:
        ledger.add(subject)
    by_subject: dict[str, list[Measurement]] = {}
    for m in measured:
        by_subject.setdefault(m.subject_id, []).append(m)
    grouped = {subject_id: group_readings(own) for subject_id, own in by_subject.items()}
    check_contradictions(taken, grouped, ledger, rubric, batch.as_of, problems)


def _answers(taken: Iterable[Taken]) -> list[Contribution]:
    return [answer for one in taken for answer in one.answers]


def _bases(found: Iterable[FilledSheet]) -> list[Contribution]:
    """What the sheets knew when they were made."""
    return [Contribution(finding, None, sheet.place()) for sheet in found for finding in sheet.origin.findings]


def _pictures(taken: Iterable[Taken]) -> dict[str, bytes]:
    return {name: content for one in taken for name, content in one.pictures.items()}


def _needed(taken: Mapping[Key, Finding], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures that new answers name."""
    named = {name for finding in taken.values() for name in finding.screenshot.split("；")}
    return {name: content for name, content in pictures.items() if name in named}
