"""归档: a batch packed into one folder with everything it was made of, and a list by which the folder can be proved.

The same batch gives the same files, byte for byte; only PDFs differ, which LibreOffice dates.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

import govkit
from govkit.codec import batch_to_plain
from govkit.file_names import safe_stem, sheet_names
from govkit.findings import SpotCheck, Stage
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult, Verdict
from govkit.sheets.errors import OutputError
from govkit.sheets.output import RESULTS, SHEETS, SUMMARY
from govkit.sheets.package import deflated, members_of, unpacked, zipped
from govkit.sheets.pdf import print_to_pdf
from govkit.sheets.results import results_json
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.spot_check import write_spot_check
from govkit.sheets.staging import staging
from govkit.sheets.summary import summary
from govkit.sheets.tables import finish
from govkit.sheets.template import saved

RECORDS, RUBRIC, LIST, LIST_TO_READ, PDFS = "抽查记录.xlsx", "检查规则.json", "清单.json", "清单.xlsx", "PDF"

_FORMAT = 1
_NAMED = 5  # objects in a sentence
_OF_SYSTEMS = re.compile(r"(\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#)", re.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")

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


@dataclass(frozen=True, slots=True)
class PackState:
    """What became of a pack since it was written.

    Attributes:
        missing: files of the list that are not there, as paths with "/".
        changed: files whose size or SHA-256 is another.
        extra: files that the list does not have; what systems leave in folders is not counted.
        seal: the SHA-256 of the list itself.
    """

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    seal: str

    @property
    def is_whole(self) -> bool:
        """Whether the pack is as it was written, as far as its own list tells."""
        return not (self.missing or self.changed or self.extra)


def unfinished(inspection: Inspection) -> tuple[ObjectResult, ...]:
    """The objects that are not final: with items still open, or, where that is kept, not reviewed."""
    return tuple(result for result in inspection.objects if _is_open(result))


def _is_open(result: ObjectResult) -> bool:
    is_reviewed = result.filing is None or result.filing.stage == Stage.REVIEWED
    return result.score.verdict == Verdict.INCOMPLETE or not is_reviewed


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
            return _as_it_stands(target, _listed(inspection, _entries(folder)), with_pdfs=printing is not None)
        if printing:
            print_to_pdf([folder / SUMMARY, *sorted((folder / SHEETS).iterdir())], folder / PDFS, printing)
        files = _entries(folder)
        (folder / LIST_TO_READ).write_bytes(_timeless(_list_to_read(inspection, files), batch.as_of))
        listed = _listed(inspection, [*files, _entry(folder, folder / LIST_TO_READ)])
        text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
        (folder / LIST).write_bytes(text.encode("utf-8", errors="replace"))
        seal = _hash(folder / LIST)
        folder.replace(target)
    return Packed(target, seal, is_new=True)


def check_pack(folder: Path) -> PackState:
    """Compare a pack with its list.

    Raises:
        OutputError: there is no list, or none that can be read.
    """
    listed = {_folded(entry["path"]): entry for entry in _read_list(folder)["files"]}
    found = {_folded(path): folder / path for path in _paths(folder)}
    changed = [
        entry["path"]
        for key, entry in listed.items()
        if key in found and (entry["size"] != found[key].stat().st_size or entry["sha256"] != _hash(found[key]))
    ]
    missing = [entry["path"] for key, entry in listed.items() if key not in found]
    extra = [path for path in _paths(folder) if _folded(path) not in listed and path != LIST]
    return PackState(tuple(missing), tuple(changed), tuple(extra), _hash(folder / LIST))


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
    write_spot_check(check, folder / RECORDS, pictures)
    (folder / RECORDS).write_bytes(_timeless((folder / RECORDS).read_bytes(), as_of))
    # Defaults are left out: what the rubric's file leaves out is empty, and empty text is refused when it is read.
    rubric = inspection.rubric.model_dump_json(exclude_unset=True, indent=1) + "\n"
    (folder / RUBRIC).write_bytes(rubric.encode())
    (folder / SUMMARY).write_bytes(_timeless(summary(inspection), as_of))
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
        there, state = _read_list(target), check_pack(target)
    except OutputError:
        raise other from None
    made = [entry for entry in there["files"] if entry["path"].startswith(f"{PDFS}/")]
    own = [entry for entry in there["files"] if entry not in made and entry["path"] != LIST_TO_READ]
    if not state.is_whole or {**there, "files": own} != wanted or (with_pdfs and not made):
        raise other
    return Packed(target, state.seal, is_new=False)


def _listed(inspection: Inspection, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The content of the list."""
    rubric = inspection.rubric
    return {
        "format": _FORMAT,
        "tool": govkit.__version__,
        "batch": batch_to_plain(inspection.batch),
        "rubric": {"id": rubric.id, "version": rubric.version, "sha256": rubric.sha256},
        "objects": {str(kind): _numbers(inspection, kind) for kind in Kind},
        "unfinished": [result.subject.id for result in unfinished(inspection)],
        "files": list(files),
    }


def _numbers(inspection: Inspection, kind: Kind) -> dict[str, int]:
    counted = Counter(result.score.verdict for result in inspection.of_kind(kind))
    return {str(verdict): counted[verdict] for verdict in Verdict}


def _list_to_read(inspection: Inspection, files: Sequence[Mapping[str, Any]]) -> bytes:
    """The list as a workbook for people."""
    batch, rubric, left = inspection.batch, inspection.rubric, unfinished(inspection)
    facts = [
        (say("pack.fact"), say("pack.content")),
        (say("pack.name"), batch.name),
        (say("pack.as_of"), batch.as_of.isoformat()),
        (say("pack.organiser"), batch.organiser),
        (say("pack.state"), say("pack.draft", number=len(left)) if left else say("pack.final")),
        *(
            (say(f"sheet.kind_{kind}"), say("pack.numbers", all=sum(numbers.values()), **numbers))
            for kind in Kind
            if sum((numbers := _numbers(inspection, kind)).values())
        ),
        (say("pack.rubric"), say("pack.version", id=rubric.id, version=rubric.version)),
        (say("pack.rubric_hash"), rubric.sha256),
        (say("pack.tool"), f"govkit {govkit.__version__}"),
    ]
    head = (say("pack.number"), say("pack.file"), say("pack.size"), "SHA-256")
    rows = [(number, f["path"], f["size"], f["sha256"]) for number, f in enumerate(files, 1)]
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govkit"
    for title, lines in ((say("pack.facts"), facts), (say("pack.files"), [head, *rows])):
        sheet: Any = book.create_sheet(title)
        for row, values in enumerate(lines, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type  # a name may begin with "="
        finish(sheet, [str(value) for value in lines[0]])
    return saved(book)


def _timeless(workbook: bytes, as_of: date) -> bytes:
    """A workbook of openpyxl without the time at which it was saved."""
    members = [
        deflated(member.name, _MOMENT.sub(rb"\g<1>" + f"{as_of}T00:00:00Z".encode(), unpacked(member)))
        if member.name == _PROPERTIES
        else member
        for member in members_of(workbook)
    ]
    return zipped(members)


def _entries(folder: Path) -> list[dict[str, Any]]:
    """All files in a folder, as the list has them."""
    return [_entry(folder, folder / path) for path in _paths(folder)]


def _entry(folder: Path, file: Path) -> dict[str, Any]:
    return {"path": file.relative_to(folder).as_posix(), "size": file.stat().st_size, "sha256": _hash(file)}


def _paths(folder: Path) -> list[str]:
    files: Iterable[Path] = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(folder).as_posix() for file in files if not _OF_SYSTEMS.fullmatch(file.name))


def _read_list(folder: Path) -> dict[str, Any]:
    """The list of a pack.

    Raises:
        OutputError: there is none, or none that can be read.
    """
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
        is_known = listed["format"] == _FORMAT and all(map(_is_entry, listed["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        is_known = False
    if not is_known:
        raise OutputError(say("pack.no_list", folder=folder, file=LIST))
    return dict(listed)


def _is_entry(entry: Any) -> bool:
    return [type(entry[key]) for key in ("path", "size", "sha256")] == [str, int, str]


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _folded(path: str) -> str:
    """A path as it is also after a system wrote it in another form."""
    return unicodedata.normalize("NFC", path)
