"""Sheets to be filled in by hand: a workbook for each object, or one for all objects of a kind."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from govkit.file_names import safe_stem, sheet_names
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import Inspection, ObjectResult
from govkit.sheets.errors import OutputError
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.staging import staging

BLANKS = "填报表"
MOST_SHEETS = 100
"""In one workbook: LibreOffice opens so many in 5 seconds with half a gigabyte; 460 take half a minute and two."""

_MOST_OF_TITLE = 31  # units of UTF-16, as Excel counts
_REFUSED = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_NAMED = 5  # files in a sentence

Progress = Callable[[int, int], None]
"""Is told how many objects are done, and of how many."""


def write_blanks(
    inspection: Inspection,
    out_dir: Path,
    chosen: Collection[str],
    *,
    together: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Write workbooks to be filled in by hand into 填报表/ in a folder; what is recorded already is shown in them.

    A workbook that stands there already may have been filled in, and is never replaced: it stays where it is what
    would be written, and otherwise nothing is written at all.

    Args:
        inspection: the batch; numbers and names of files count all its objects, whichever are chosen.
        out_dir: the folder; it is made where it does not exist.
        chosen: the 标识码 of the objects that get a sheet.
        together: one workbook for all sites and one for all accounts, in parts of at most `MOST_SHEETS`; else each
            object has its own.
        progress: is called after each workbook.

    Returns:
        The workbooks, also those that stood there as they are.

    Raises:
        OutputError: another workbook stands there, the template cannot be used, or files cannot be written; then
            nothing has changed.
    """
    books = list(_together(inspection, chosen) if together else _single(inspection, chosen))
    sheets = ScoringSheets(inspection.batch, inspection.rubric)
    done, in_the_way = 0, []
    with staging(out_dir) as stage:
        for name, titles in books:
            file = Path(BLANKS) / name
            content = sheets.blank(titles)
            if not (out_dir / file).exists():
                stage.store(file, content)
            elif (out_dir / file).read_bytes() != content:
                in_the_way.append(name)
            done += len(titles)
            if progress:
                progress(done, len(chosen))
        if in_the_way:
            names = "、".join(in_the_way[:_NAMED])
            raise OutputError(say("blank.there", number=len(in_the_way), names=names, folder=out_dir / BLANKS))
        stage.put_in_place()
    return [out_dir / BLANKS / name for name, _ in books]


def sheet_titles(results: Sequence[ObjectResult]) -> list[str]:
    """Titles for the sheets of objects in one workbook, which Excel, WPS and LibreOffice take: their number and name.

    They are all distinct by the number alone, whatever is left of the name.
    """
    return [_title(number, result.subject.name) for number, result in enumerate(results, 1)]


def _title(number: int, name: str) -> str:
    title = f"{number} {safe_stem(name.translate(_REFUSED))}"
    return title.encode("utf-16-le")[: 2 * _MOST_OF_TITLE].decode("utf-16-le", errors="ignore").rstrip(" '")


_Book = tuple[str, Mapping[str, ObjectResult]]
"""The name of a workbook, and its objects by the titles of their sheets."""


def _single(inspection: Inspection, chosen: Collection[str]) -> Iterator[_Book]:
    names = sheet_names((result.subject.id, result.subject.name) for result in inspection.objects)
    for kind in Kind:
        title = say(f"blank.kind_{kind}")
        for name, result in zip(names, inspection.objects, strict=True):
            if result.subject.kind == kind and result.subject.id in chosen:
                yield name, {title: result}


def _together(inspection: Inspection, chosen: Collection[str]) -> Iterator[_Book]:
    for kind in Kind:
        results = inspection.of_kind(kind)
        titled = [(t, r) for t, r in zip(sheet_titles(results), results, strict=True) if r.subject.id in chosen]
        parts = -(-len(titled) // MOST_SHEETS)
        for part in range(parts):
            name = say(f"blank.kind_{kind}")
            if parts > 1:
                name = say("blank.part", name=name, part=part + 1, parts=parts)
            start, end = len(titled) * part // parts, len(titled) * (part + 1) // parts  # parts of about one size
            yield f"{name}.xlsx", dict(titled[start:end])
