"""A pack and its list: every file with its size and SHA-256, what was packed, and whether it is still as it was."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

import govkit
from govkit.codec import batch_to_plain
from govkit.findings import Stage
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult, Verdict
from govkit.sheets.errors import OutputError
from govkit.sheets.tables import finish
from govkit.sheets.template import saved
from govkit.sheets.xml.package import deflated, members_of, unpacked, zipped

RECORDS, RUBRIC, LIST, LIST_TO_READ, PDFS = "抽查记录.xlsx", "检查规则.json", "清单.json", "清单.xlsx", "PDF"

_FORMAT = 1
_OF_SYSTEMS = re.compile(r"(\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#)", re.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")

Entry = Mapping[str, Any]
"""A file in the list: `path` with "/", `size` in bytes, `sha256`."""


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


def write_list(folder: Path, inspection: Inspection) -> str:
    """Write the list of all files in a folder: as a workbook for people, and as JSON, which lists that one too.

    Returns:
        Its seal: the SHA-256 of the JSON.
    """
    files = entries(folder)
    (folder / LIST_TO_READ).write_bytes(timeless(_to_read(inspection, files), inspection.batch.as_of))
    listed = listing(inspection, [*files, _entry(folder, folder / LIST_TO_READ)])
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    (folder / LIST).write_bytes(text.encode("utf-8", errors="replace"))
    return _hash(folder / LIST)


def check_pack(folder: Path) -> PackState:
    """Compare a pack with its list.

    Raises:
        OutputError: there is no list, or none that can be read.
    """
    listed = {_folded(entry["path"]): entry for entry in read_list(folder)["files"]}
    found = {_folded(path): folder / path for path in _paths(folder)}
    changed = [
        entry["path"]
        for key, entry in listed.items()
        if key in found and (entry["size"] != found[key].stat().st_size or entry["sha256"] != _hash(found[key]))
    ]
    missing = [entry["path"] for key, entry in listed.items() if key not in found]
    extra = [path for path in _paths(folder) if _folded(path) not in listed and path != LIST]
    return PackState(tuple(missing), tuple(changed), tuple(extra), _hash(folder / LIST))


def read_list(folder: Path) -> dict[str, Any]:
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


def listing(inspection: Inspection, files: Sequence[Entry]) -> dict[str, Any]:
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


def _to_read(inspection: Inspection, files: Sequence[Entry]) -> bytes:
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
    tables: list[tuple[str, Sequence[Sequence[object]]]] = [(say("pack.facts"), facts)]
    if left:
        tables.append((say("pack.left"), _left_to_read(left)))
    tables.append((say("pack.files"), [head, *rows]))
    for title, lines in tables:
        sheet: Any = book.create_sheet(title)
        for row, values in enumerate(lines, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type  # a name may begin with "="
        finish(sheet, [str(value) for value in lines[0]])
    return saved(book)


def _left_to_read(left: Iterable[ObjectResult]) -> list[Sequence[object]]:
    """The objects that are not final, and what each still lacks."""
    rows: list[Sequence[object]] = [
        (say("pack.number"), say("pack.id"), say("pack.object_name"), say("pack.lacking")),
    ]
    for number, result in enumerate(left, 1):
        rows.append((number, result.subject.id, result.subject.name, "；".join(_lacking(result))))
    return rows


def _lacking(result: ObjectResult) -> Iterator[str]:
    codes, filing = result.score.open, result.filing
    if result.score.verdict == Verdict.INCOMPLETE:
        yield say("pack.open", number=len(codes), codes="、".join(codes))
    if filing and filing.stage != Stage.REVIEWED:
        yield say("pack.not_reviewed", stage=say(f"stage.{filing.stage}"))


def timeless(workbook: bytes, as_of: date) -> bytes:
    """A workbook of openpyxl without the time at which it was saved."""
    members = [
        deflated(member.name, _MOMENT.sub(rb"\g<1>" + f"{as_of}T00:00:00Z".encode(), unpacked(member)))
        if member.name == _PROPERTIES
        else member
        for member in members_of(workbook)
    ]
    return zipped(members)


def entries(folder: Path) -> list[Entry]:
    """All files in a folder, as the list has them."""
    return [_entry(folder, folder / path) for path in _paths(folder)]


def _entry(folder: Path, file: Path) -> Entry:
    return {"path": file.relative_to(folder).as_posix(), "size": file.stat().st_size, "sha256": _hash(file)}


def _paths(folder: Path) -> list[str]:
    files: Iterable[Path] = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(folder).as_posix() for file in files if not _OF_SYSTEMS.fullmatch(file.name))


def _is_entry(entry: Any) -> bool:
    return [type(entry[key]) for key in ("path", "size", "sha256")] == [str, int, str]


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _folded(path: str) -> str:
    """A path as it is also after a system wrote it in another form."""
    return unicodedata.normalize("NFC", path)
