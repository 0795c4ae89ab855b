"""The command `collect`: filled-in sheets back into a batch, or into one spot-check workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from govkit import sheets
from govkit.collecting import (
    Contribution,
    Key,
    Taken,
    check_ids,
    check_known,
    contributions,
    merge,
    merge_bases,
    unmarked,
)
from govkit.commands.collected import Outcome, print_collected
from govkit.commands.help import Command
from govkit.commands.keeping import actor, opened
from govkit.commands.pictures import given_out, taken_in
from govkit.commands.reading import bars
from govkit.findings import Batch, Finding, Measurement, SpotCheck, Stage
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading import FilledSheet, Ledger, check_contradictions, read_filled, read_spot_check
from govkit.rubric import Rubric, load_rubric, rubric_ids
from govkit.scoring import group_readings
from govkit.store import Change, Record, Store, open_home

_SUFFIXES = {".xlsx", ".xls", ".xlsm", ".et", ".ods"}

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.collect_files"))]
Into = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.collect_into"))]
OutBook = Annotated[Path | None, typer.Option("--out", metavar="FILE", readable=False, help=say("command.collect_out"))]


@app.command(cls=Command, help=say("command.collect"))
def collect(files: Files, batch: Into = "", out: OutBook = None) -> int:
    """Merge filled-in sheets; the exit status is 1 where something is left to be decided, or was not written."""
    if out and batch:
        raise typer.BadParameter(say("command.collect_either"))
    paths = list(found_files(files))
    if out:
        outcome = _into_workbook(paths, out)
    else:
        with opened(open_home(), batch) as store:
            outcome = _into_store(paths, store)
    print_collected(outcome, len(paths))
    return 1 if outcome.merged.conflicts or outcome.frozen else 0


def found_files(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in folders; locks of open files are none."""
    paths = []
    for file in files:
        inside = sorted(file.rglob("*")) if file.is_dir() else [file]
        paths += [path for path in inside if not file.is_dir() or _is_sheet(path)]
    yield from dict.fromkeys(paths)


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))


def read_back(paths: Sequence[Path], problems: Problems, progress: Progress, doing: str) -> list[FilledSheet]:
    """All sheets in some files, without the picture that marks drafts."""
    if not paths:
        raise typer.BadParameter(say("command.collect_none"))
    mark = sheets.draft_mark()
    tracked = progress.track(paths, task_id=progress.add_task(doing, total=len(paths)))
    return [unmarked(sheet, mark) for path in tracked for sheet in read_filled(path, problems)]


def _into_store(paths: Sequence[Path], store: Store) -> Outcome:
    store.settle()
    problems = Problems()
    subjects = {subject.id: subject for subject in store.subjects}
    with bars() as progress:
        found = read_back(paths, problems, progress, say("command.collecting"))
        _check(found, {store.rubric.sha256: store.rubric}, store.batch, problems)
        for sheet in found:
            if sheet.origin.subject.id not in subjects:
                problems.add("R01", sheet.place(), code=sheet.origin.subject.id)
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
    merged = replace(merged, taken=written)
    frozen = [subject.name for subject in subjects.values() if subject.id in waiting]
    return Outcome(taken, merged, store.rubric, subjects, frozen, where)


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


def _into_workbook(paths: Sequence[Path], out: Path) -> Outcome:
    problems = Problems()
    rubrics = {rubric.sha256: rubric for rubric in map(load_rubric, rubric_ids())}
    with bars() as progress:
        there, kept = _already(out)
        others = [path for path in paths if path.resolve() != out.resolve()]
        found = read_back(others, problems, progress, say("command.collecting"))
        batch = there.batch if there else found[0].origin.batch if found else None
        _check(found, rubrics, batch, problems)
        problems.raise_if_any()
        assert batch is not None  # a file without sheets is a problem
        rubric = load_rubric(batch.rubric_id)
        taken = [contributions(sheet, rubric, problems) for sheet in found]
        known = {(finding.subject_id, finding.item): finding for finding in (there.findings if there else ())}
        bases = merge_bases(_bases(found), _answers(taken), known)
        merged = merge(_answers(taken), {**known, **bases.taken}, {})
        merged = replace(merged, conflicts=(*bases.conflicts, *merged.conflicts))
        check = _joined(there, batch, found, {**known, **bases.taken, **merged.taken})
        _check_measured(merged.taken, check.measurements, check.subjects, rubric, batch, problems)
        problems.raise_if_any()
        pictures = {**kept, **_pictures(taken)}
        files = given_out(check, pictures, pictures.get)
        sheets.write_spot_check(check, out, files)
    where = say("command.collected_out", file=out, pictures=len(files))
    return Outcome(taken, merged, rubric, {s.id: s for s in check.subjects}, (), where)


def _already(out: Path) -> tuple[SpotCheck | None, dict[str, bytes]]:
    """What the workbook holds that is written to, with its screenshots."""
    if not out.exists():
        return None, {}
    check, pictures, _ = taken_in(read_spot_check(out), out.parent)
    return check, dict(pictures)


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


def _check(
    found: Sequence[FilledSheet], rubrics: Mapping[str, Rubric], batch: Batch | None, problems: Problems
) -> None:
    """Everything that can be said of sheets before their lines are read.

    Those of another batch are refused: an answer of last quarter must not become one of this.
    """
    check_known(found, rubrics, problems)
    check_ids(found, problems)
    for sheet in found:
        own = sheet.origin.batch
        if batch and (own.name, own.as_of) != (batch.name, batch.as_of):
            values = {"expected": batch.name, "expected_as_of": batch.as_of}
            problems.add("B06", sheet.place(), name=own.name, as_of=own.as_of, **values)


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
