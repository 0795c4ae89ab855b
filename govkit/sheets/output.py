"""The outputs of a scored inspection on disk: scoring sheets, the summary, and `results.json`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from govkit.file_names import safe_stem, sheet_names
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.staging import staging
from govkit.sheets.summary import summary

RESULTS, SUMMARY, SHEETS, EARLIER = "results.json", "汇总表.xlsx", "评分表", "以前的结果"

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


def write_all(inspection: Inspection, out_dir: Path, progress: Progress | None = None) -> Path | None:
    """Write results.json, 汇总表.xlsx and 评分表/ with a workbook for each object into a folder.

    They take the place of those of an earlier run, also of the sheets of objects that are not in the batch any more.
    Which those are follows from the results.json beside them: it lists the objects of the run that wrote them. What
    stood there is kept in 以前的结果/, the last state of each batch, as somebody may have written on it by hand. Every
    other file stays as it is.

    Args:
        inspection: what to write.
        out_dir: the folder; it is made where it does not exist.
        progress: is called after each sheet.

    Returns:
        Where what stood there is kept; None where nothing did.

    Raises:
        OutputError: as `write_scoring_sheet`.
    """
    earlier = _earlier_run(out_dir)
    names = sheet_names((result.subject.id, result.subject.name) for result in inspection.objects)
    sheets = ScoringSheets(inspection.batch, inspection.rubric)
    with staging(out_dir) as stage:
        stage.store(Path(RESULTS), results_json(inspection))
        stage.store(Path(SUMMARY), summary(inspection))
        for done, (name, result) in enumerate(zip(names, inspection.objects, strict=True), 1):
            stage.store(Path(SHEETS) / name, sheets.sheet(result))
            if progress:
                progress(done, len(names))
        return stage.put_in_place(earlier.sheets, Path(EARLIER) / earlier.name)


def _write_one(path: Path, content: bytes) -> None:
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


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
