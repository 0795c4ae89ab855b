"""The outputs of a scored inspection on disk: scoring sheets, the summary, and `results.json`."""

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from govkit.file_names import safe_stem, sheet_names
from govkit.findings import Batch
from govkit.ledger import Subject
from govkit.messages import say
from govkit.rubric import Rubric
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.many import Made, make_sheets
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.staging import Stage, staging
from govkit.sheets.summary import summary

RESULTS, SUMMARY, SHEETS, EARLIER = "results.json", "汇总表.xlsx", "评分表", "以前的结果"

_FIRST, _NEXT, _LAST, _NO_SUBJECTS = b"[", b",", b"\n ]\n}\n", b"[]\n}\n"  # around the objects in results.json

Progress = Callable[[int, int], None]
"""Is told how many sheets are done, and of how many."""


def write_scoring_sheet(inspection: Inspection, result: ObjectResult, path: Path) -> None:
    """Write 评分表 (a site) or 检查表 (an account) of one object to `path`.

    Raises:
        OutputError: the template cannot be used, or the file cannot be written; then nothing has changed.
    """
    _write_one(path, ScoringSheets(inspection.batch, inspection.rubric).sheet(result))


def write_summary(inspection: Inspection, path: Path) -> None:
    """Write 汇总表 to `path`.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    _write_one(path, summary(inspection))


def write_results(inspection: Inspection, path: Path) -> None:
    """Write `results.json` to `path`.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    _write_one(path, results_json(inspection))


def write_all(
    inspection: Inspection, out_dir: Path, progress: Progress | None = None, executor: Executor | None = None
) -> Path | None:
    """Write results.json, 汇总表.xlsx and 评分表/ with a workbook for each object into a folder.

    They take the place of those of an earlier run, also of the sheets of objects that are not in the batch any more.
    Which those are follows from the results.json beside them: it lists the objects of the run that wrote them. What
    stood there is kept in 以前的结果/, the last state of each batch, as somebody may have written on it by hand. Every
    other file stays as it is.

    Args:
        inspection: what to write.
        out_dir: the folder; it is made where it does not exist.
        progress: is called after each sheet.
        executor: who makes the sheets: threads, processes, or `client.get_executor()` of a Dask cluster; None makes
            them here. The files are the same.

    Returns:
        Where what stood there is kept; None where nothing did.

    Raises:
        OutputError: as `write_scoring_sheet`, or workers have ended before their work was done.
    """
    subjects = [result.subject for result in inspection.objects]
    made = make_sheets(inspection.batch, inspection.rubric, inspection.objects, executor)
    earlier = _earlier_run(out_dir)
    with staging(out_dir) as stage:
        stage.store(Path(SUMMARY), summary(inspection))
        _store_sheets(stage, inspection.batch, inspection.rubric, subjects, made, progress)
        return stage.put_in_place(earlier.sheets, Path(EARLIER) / earlier.name)


def write_sheets(
    batch: Batch,
    rubric: Rubric,
    subjects: Sequence[Subject],
    results: Iterable[ObjectResult],
    out_dir: Path,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Path | None:
    """Write results.json and 评分表/ as `write_all` does, without ever holding the results of all objects.

    汇总表.xlsx, which needs all of them, is not written; that of an earlier run goes where its sheets go.

    Args:
        batch: the batch.
        rubric: its rules.
        subjects: its objects; the names of the files follow from them.
        results: one for each object, in the same order, as `iter_results` gives them one by one.
        out_dir: as for `write_all`.
        progress: as for `write_all`.
        executor: as for `write_all`.

    Returns:
        As `write_all`.

    Raises:
        OutputError: as `write_all`.
        ValueError: the results are not those of the objects.
    """
    made = make_sheets(batch, rubric, results, executor)
    earlier = _earlier_run(out_dir)
    with staging(out_dir) as stage:
        _store_sheets(stage, batch, rubric, subjects, made, progress)
        return stage.put_in_place([*earlier.sheets, Path(SUMMARY)], Path(EARLIER) / earlier.name)


def _write_one(path: Path, content: bytes) -> None:
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _store_sheets(
    stage: Stage,
    batch: Batch,
    rubric: Rubric,
    subjects: Sequence[Subject],
    made: Iterable[Made],
    progress: Progress | None,
) -> None:
    """Keep results.json and the sheets ready; both grow object by object."""
    names = sheet_names((subject.id, subject.name) for subject in subjects)
    empty = results_json(Inspection(batch, rubric, ()))
    start = empty.removesuffix(_NO_SUBJECTS)
    with stage.store(Path(RESULTS), start).open("ab") as listed:
        opening = _FIRST
        for done, (subject, name, (result, content)) in enumerate(zip(subjects, names, made, strict=True), 1):
            if result.subject != subject:
                raise ValueError(f"{subject.id}: {result.subject.id}")
            alone = results_json(Inspection(batch, rubric, (result,)))
            listed.write(opening + alone[len(start) + len(_FIRST) : -len(_LAST)])
            opening = _NEXT
            stage.store(Path(SHEETS) / name, content)
            if progress:
                progress(done, len(names))
        listed.write(_LAST if names else _NO_SUBJECTS)


class _EarlierRun(NamedTuple):
    """What the results.json of an earlier run tells: a name for its batch, and the sheets it wrote."""

    name: str
    sheets: list[Path]


def _earlier_run(folder: Path) -> _EarlierRun:
    """The run whose results.json stands in the folder; unknown, and without sheets, where none can be read."""
    try:
        document = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        batch, subjects = document["batch"], document["subjects"]
        names = sheet_names((str(subject["id"]), str(subject["name"])) for subject in subjects)
        kept = say("output.earlier", name=batch["name"], as_of=batch["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return _EarlierRun(say("output.earlier_unknown"), [])
    return _EarlierRun(safe_stem(kept), [Path(SHEETS) / name for name in names])
