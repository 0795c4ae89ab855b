"""The command `collect`: filled-in sheets back into a batch, or into one spot-check workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from govkit import sheets
from govkit.collecting import Conflict, Contribution, Key, Merged, Taken, check_known, contributions, merge
from govkit.commands.help import Command
from govkit.commands.keeping import actor, opened
from govkit.commands.pictures import given_out, taken_in
from govkit.commands.reading import bars
from govkit.commands.show import console, print_notices
from govkit.commands.words import in_words
from govkit.findings import Batch, Finding, Measurement, Place, SpotCheck
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading import FilledSheet, Ledger, check_contradictions, read_filled, read_spot_check
from govkit.rubric import Rubric, load_rubric, rubric_ids
from govkit.scoring import group_readings
from govkit.store import Change, FrozenError, Store, open_home

_SUFFIXES = {".xlsx", ".xls"}
_NAMES_SHOWN = 5

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(metavar="FILES…", readable=False, help=say("command.collect_files"))]
Into = Annotated[str, typer.Option("--batch", metavar="NAME", help=say("command.collect_into"))]
OutBook = Annotated[Path | None, typer.Option("--out", metavar="FILE", readable=False, help=say("command.collect_out"))]


@app.command(cls=Command, help=say("command.collect"))
def collect(files: Files, batch: Into = "", out: OutBook = None) -> int:
    """Merge filled-in sheets; the exit status is 1 where answers contradict each other."""
    if out and batch:
        raise typer.BadParameter(say("command.collect_either"))
    paths = list(found_files(files))
    if out:
        outcome = _into_workbook(paths, out)
    else:
        with opened(open_home(), batch) as store:
            outcome = _into_store(paths, store)
    _print(outcome, len(paths))
    return 1 if outcome.merged.conflicts or outcome.frozen else 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of it, for the person at the terminal."""

    taken: Sequence[Taken]
    merged: Merged
    rubric: Rubric
    subjects: Mapping[str, Subject]
    frozen: Sequence[str]
    where: str


def found_files(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in folders; locks of open files are none."""
    paths = []
    for file in files:
        inside = sorted(file.rglob("*")) if file.is_dir() else [file]
        paths += [path for path in inside if not file.is_dir() or _is_sheet(path)]
    yield from dict.fromkeys(paths)


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))


def _read(paths: Sequence[Path], problems: Problems, progress: Progress) -> list[FilledSheet]:
    if not paths:
        raise typer.BadParameter(say("command.collect_none"))
    task = progress.add_task(say("command.collecting"), total=len(paths))
    return [sheet for path in progress.track(paths, task_id=task) for sheet in read_filled(path, problems)]


def _into_store(paths: Sequence[Path], store: Store) -> _Outcome:
    store.settle()
    problems = Problems()
    subjects = {subject.id: subject for subject in store.subjects}
    with bars() as progress:
        found = _read(paths, problems, progress)
        check_known(found, {store.rubric.sha256: store.rubric}, problems)
        _check_batch(found, store.batch, problems)
        for sheet in found:
            if sheet.origin.subject.id not in subjects:
                problems.add("R01", sheet.place(), code=sheet.origin.subject.id)
        problems.raise_if_any()
        taken = [contributions(sheet, store.rubric, problems) for sheet in found]
        records = {key: store.record(key) for key in dict.fromkeys(s.origin.subject.id for s in found)}
        current = {(key, item): f for key, record in records.items() for item, f in record.findings.items()}
        merged = merge(_answers(taken), current, _earlier(store, records, current))
        measured = [m for record in records.values() for m in record.measurements]
        _check_measured(merged.taken, measured, subjects.values(), store.rubric, store.batch, problems)
        problems.raise_if_any()
        pictures = _needed(merged.taken, _pictures(taken))
        for name, content in pictures.items():
            store.keep_evidence(content, Path(name).suffix)
        frozen = []
        for key, items in groupby(merged.taken, lambda key: key[0]):
            record = records[key]
            changes = [Change(item, merged.taken[key, item], record.revision(item)) for _, item in items]
            try:
                store.write(actor(open_home()), key, changes)
            except FrozenError:
                frozen.append(subjects[key].name)
    where = say("command.collected_store", name=store.info.name, pictures=len(pictures))
    return _Outcome(taken, merged, store.rubric, subjects, frozen, where)


def _earlier(store: Store, keys: Iterable[str], current: Mapping[Key, Finding]) -> dict[Key, list[Finding]]:
    """What was answered at these objects before."""
    found: dict[Key, list[Finding]] = {}
    for subject_id in keys:
        for entry in store.history(subject_id):
            if isinstance(entry.value, Finding) and current.get((subject_id, entry.item)) != entry.value:
                found.setdefault((subject_id, entry.item), []).append(entry.value)
    return found


def _into_workbook(paths: Sequence[Path], out: Path) -> _Outcome:
    problems = Problems()
    rubrics = {rubric.sha256: rubric for rubric in map(load_rubric, rubric_ids())}
    with bars() as progress:
        there, kept = _already(out)
        found = _read([path for path in paths if path.resolve() != out.resolve()], problems, progress)
        check_known(found, rubrics, problems)
        problems.raise_if_any()
        batch = there.batch if there else found[0].origin.batch
        _check_batch(found, batch, problems)
        problems.raise_if_any()
        rubric = load_rubric(batch.rubric_id)
        taken = [contributions(sheet, rubric, problems) for sheet in found]
        known = {(finding.subject_id, finding.item): finding for finding in (there.findings if there else ())}
        bases = merge(_bases(found), known, {})
        merged = merge(_answers(taken), {**known, **bases.taken}, {})
        merged = replace(merged, conflicts=(*bases.conflicts, *merged.conflicts))
        check = _joined(there, batch, found, {**known, **bases.taken, **merged.taken})
        _check_measured(merged.taken, check.measurements, check.subjects, rubric, batch, problems)
        problems.raise_if_any()
        pictures = {**kept, **_pictures(taken)}
        files = given_out(check, pictures, pictures.get)
        sheets.write_spot_check(check, out, files)
    where = say("command.collected_out", file=out, pictures=len(files))
    return _Outcome(taken, merged, rubric, {s.id: s for s in check.subjects}, (), where)


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


def _check_batch(found: Sequence[FilledSheet], batch: Batch, problems: Problems) -> None:
    """Sheets of another batch are refused: an answer of last quarter must not become one of this."""
    for sheet in found:
        own = sheet.origin.batch
        if (own.name, own.as_of) != (batch.name, batch.as_of):
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


def _print(outcome: _Outcome, files: int) -> None:
    merged = outcome.merged
    numbers = {"taken": len(merged.taken), "same": merged.same, "conflicts": len(merged.conflicts)}
    _print_conflicts(merged.conflicts, outcome)
    stray = [one.sheet for one in outcome.taken if one.sheet.stray]
    unnamed = [one.sheet for one in outcome.taken if one.answers and not all(a.finding.inspector for a in one.answers)]
    notices = []
    if stray:
        number = sum(len(sheet.stray) for sheet in stray)
        notices.append(say("command.collect_stray", number=number, names=_names(stray)))
    if unnamed:
        notices.append(say("command.collect_unnamed", number=len(unnamed), names=_names(unnamed)))
    if outcome.frozen:
        notices.append(say("command.collect_frozen", names="、".join(outcome.frozen)))
    print_notices(notices)
    text = say("command.collected", files=files, sheets=len(outcome.taken), where=outcome.where, **numbers)
    console().print(text, markup=False, soft_wrap=True)


def _names(found: Sequence[FilledSheet]) -> str:
    names = [f"{sheet.origin.subject.name}（{sheet.sheet.workbook}）" for sheet in found]
    shown = "、".join(names[:_NAMES_SHOWN])
    return say("notice.more", names=shown) if len(names) > _NAMES_SHOWN else shown


def _print_conflicts(conflicts: Sequence[Conflict], outcome: _Outcome) -> None:
    """Both values, names and times of everything that somebody has to decide."""
    if not conflicts:
        return
    table = Table(title=say("command.conflicts", number=len(conflicts)), show_lines=True, title_justify="left")
    for heading in ("object", "item", "answer", "who", "when", "where"):
        table.add_column(say(f"conflict.{heading}"), overflow="fold")
    for conflict in conflicts:
        subject_id, item = conflict.key
        for number, (finding, place) in enumerate(conflict.answers):
            key = (outcome.subjects[subject_id].name, item) if number == 0 else ("", "")
            table.add_row(*map(escape, (*key, in_words(finding, outcome.rubric), *_who(finding), _where(place))))
    console(stderr=True).print(table)


def _who(finding: Finding) -> tuple[str, str]:
    return finding.inspector, f"{finding.checked_at:%Y-%m-%d %H:%M}" if finding.checked_at else ""


def _where(place: Place | None) -> str:
    return place_of(place) if place else say("conflict.known")
