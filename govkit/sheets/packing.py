"""归档: a batch packed into one folder with everything it was made of, and a list by which the folder can be proved.

The same batch gives the same files, byte for byte; only PDFs differ, which LibreOffice dates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govkit.file_names import safe_stem, sheet_names
from govkit.findings import SpotCheck
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult, Verdict
from govkit.sheets.errors import OutputError
from govkit.sheets.output import RESULTS, SHEETS, SUMMARY
from govkit.sheets.pack import (
    LIST_TO_READ,
    PDFS,
    RECORDS,
    RUBRIC,
    check_pack,
    entries,
    listing,
    read_list,
    timeless,
    unfinished,
    write_list,
)
from govkit.sheets.pdf import print_to_pdf
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.spot_check import write_spot_check
from govkit.sheets.staging import staging
from govkit.sheets.summary import summary

_NAMED = 5  # objects in a sentence

Progress = Callable[[int, int], None]
"""Is told how many objects are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack on disk.

    Attributes:
        folder: where it is.
        seal: the SHA-256 of its list, which has those of all other files.
        is_new: whether it was written now; else it stood there as it would have been written.
    """

    folder: Path
    seal: str
    is_new: bool


def write_pack(
    inspection: Inspection,
    check: SpotCheck,
    pictures: Mapping[str, bytes],
    out_dir: Path,
    *,
    drafts: bool = False,
    progress: Progress | None = None,
    printing: Progress | None = None,
) -> Packed:
    """Pack a batch for filing into a folder 归档_<批次名称>_<监测时间点>, whole or not at all.

    Args:
        inspection: the results.
        check: what they follow from.
        pictures: the screenshots that its findings name.
        out_dir: where the folder is to stand.
        drafts: whether objects may be unfinished; the folder is then named 归档未定稿_….
        progress: is called after each scoring sheet.
        printing: is called while PDFs of summary and scoring sheets are made; None makes none.

    Returns:
        Where the pack is. One that stood there and holds the same stays as it is.

    Raises:
        OutputError: objects are unfinished, a folder of that name holds something else, there is no LibreOffice for
            the PDFs, or files cannot be written; then nothing has changed.
    """
    left = unfinished(inspection)
    if left and not drafts:
        raise OutputError(say("pack.unfinished", number=len(left), names="、".join(map(_why_open, left[:_NAMED]))))
    batch = inspection.batch
    key = "pack.draft_folder" if left else "pack.folder"
    name = safe_stem(say(key, name=batch.name, as_of=batch.as_of))
    with staging(out_dir) as stage:
        # Nothing is put in place file by file: the folder is, in one step.
        folder = stage.store(Path(name) / RESULTS, results_json(inspection)).parent
        _fill(folder, inspection, check, pictures, progress)
        target = out_dir / name
        if target.exists():
            return _as_it_stands(target, listing(inspection, entries(folder)), with_pdfs=printing is not None)
        if printing:
            print_to_pdf([folder / SUMMARY, *sorted((folder / SHEETS).iterdir())], folder / PDFS, printing)
        seal = write_list(folder, inspection)
        folder.replace(target)
    return Packed(target, seal, is_new=True)


def _why_open(result: ObjectResult) -> str:
    if result.score.verdict == Verdict.INCOMPLETE or result.filing is None:
        state = say("verdict.incomplete")
    else:
        state = say(f"stage.{result.filing.stage}")
    return say("pack.object", name=result.subject.name, state=state)


def _fill(
    folder: Path,
    inspection: Inspection,
    check: SpotCheck,
    pictures: Mapping[str, bytes],
    progress: Progress | None,
) -> None:
    """Write all but PDFs and lists."""
    as_of = inspection.batch.as_of
    write_spot_check(check, folder / RECORDS, pictures, inspection.rubric)
    (folder / RECORDS).write_bytes(timeless((folder / RECORDS).read_bytes(), as_of))
    # Defaults are left out: what the rubric's file leaves out is empty, and empty text is refused when it is read.
    rubric = inspection.rubric.model_dump_json(exclude_unset=True, indent=1) + "\n"
    (folder / RUBRIC).write_bytes(rubric.encode())
    (folder / SUMMARY).write_bytes(timeless(summary(inspection), as_of))
    (folder / SHEETS).mkdir()
    sheets = ScoringSheets(inspection.batch, inspection.rubric)
    names = sheet_names((result.subject.id, result.subject.name) for result in inspection.objects)
    for done, (name, result) in enumerate(zip(names, inspection.objects, strict=True), 1):
        (folder / SHEETS / name).write_bytes(sheets.sheet(result))
        if progress:
            progress(done, len(names))


def _as_it_stands(target: Path, wanted: Mapping[str, Any], *, with_pdfs: bool) -> Packed:
    """The pack that stands there, if it holds what is wanted and nothing else.

    Raises:
        OutputError: it does not.
    """
    other = OutputError(say("pack.there", folder=target))
    try:
        there, state = read_list(target), check_pack(target)
    except OutputError:
        raise other from None
    made = [entry for entry in there["files"] if entry["path"].startswith(f"{PDFS}/")]
    own = [entry for entry in there["files"] if entry not in made and entry["path"] != LIST_TO_READ]
    if not state.is_whole or {**there, "files": own} != wanted or (with_pdfs and not made):
        raise other
    return Packed(target, state.seal, is_new=False)
