"""From sheets that came back to answers: what their lines say otherwise than when they were made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from govkit.collecting.merge import Contribution, is_open
from govkit.file_names import picture_name
from govkit.findings import Finding, SpotCheck
from govkit.messages import say
from govkit.origin import Origin
from govkit.problems import Problems
from govkit.reading import FilledLine, FilledSheet, read_answers, shown_text
from govkit.reading.cells import is_blank
from govkit.reading.images import CellImage
from govkit.reading.sheet import ErrorValue
from govkit.rubric import Rubric
from govkit.scoring import score_spot_check
from govkit.sheets import shown_answers
from govkit.sheets.kindred import names_of
from govkit.sheets.text import clean

_RESULT, _COUNT = "检查结果", "数量"
_CODES_SHOWN = 8
_KNOWN_BY = 8  # characters around a break by which it is found in a text


@dataclass(frozen=True, slots=True)
class Taken:
    """What one sheet contributes.

    Attributes:
        sheet: the sheet.
        answers: what it says that is new, one for each item.
        pictures: the screenshots on it, by the names under which they are kept.
    """

    sheet: FilledSheet
    answers: tuple[Contribution, ...]
    pictures: Mapping[str, bytes]


def check_known(sheets: Iterable[FilledSheet], rubrics: Mapping[str, Rubric], problems: Problems) -> None:
    """Every sheet follows rules that are at hand, and has its lines; what is wrong becomes a problem.

    Args:
        sheets: that came back.
        rubrics: the rules that are at hand, by their hash.
        problems: takes what is wrong.
    """
    for sheet in sheets:
        origin = sheet.origin
        rubric = rubrics.get(origin.rubric_sha256)
        if rubric is None:
            version, short = origin.rubric_version, origin.rubric_sha256[:12]
            problems.add("B05", sheet.place(), id=origin.batch.rubric_id, version=version, sha256=short)
        elif not _follows(origin, rubric):
            problems.add("S08", sheet.place())
        elif sheet.moved:
            problems.add("S11", sheet.place(), name="”“".join(sheet.moved))
        else:
            wanted = {i.code for row in rubric.rows if row.subject == origin.subject.kind for i in row.items}
            wrong = sorted({*(wanted ^ sheet.lines.keys()), *sheet.doubled})
            if wrong:
                problems.add("S10", sheet.place(), number=len(wrong), codes="、".join(wrong[:_CODES_SHOWN]))


def _follows(origin: Origin, rubric: Rubric) -> bool:
    """Whether what a sheet was made of is what these rules allow; where it is damaged, it can be anything."""
    items = rubric.items_in_scope(origin.subject)
    quantities = {name for item in items.values() if item.measure for name in item.measure.quantities_read}
    _, rows = names_of(origin.subject.kind)
    columns = {name for names in rows.values() for name in names if "_" in name}
    is_whole = origin.batch.rubric_id == rubric.id and columns <= origin.columns.keys()
    is_known = {finding.item for finding in origin.findings} <= items.keys()
    if not (is_whole and is_known and {measured.quantity for measured in origin.measurements} <= quantities):
        return False
    try:
        score_spot_check(rubric, SpotCheck(origin.batch, (origin.subject,), origin.findings, origin.measurements))
    except (ValueError, TypeError):  # a count that is not allowed, a date in place of a number
        return False
    return True


def check_ids(sheets: Iterable[FilledSheet], problems: Problems) -> None:
    """Every sheet shows the object that it was made for: sheets whose names were exchanged are told by that."""
    for sheet in sheets:
        name, expected, value = sheet.id_cell, sheet.origin.subject.id, shown_text(sheet.cell(sheet.id_cell))
        if _squeezed(value) != _squeezed(expected) and not sheet.moved:
            problems.add("S13", sheet.place_of_cell(name), name=name, expected=expected, value=value)


def unmarked(sheet: FilledSheet, mark: bytes) -> FilledSheet:
    """A sheet without the picture that marks drafts: it is no screenshot."""

    def left(images: Collection[CellImage]) -> tuple[CellImage, ...]:
        return tuple(image for image in images if image.content != mark)

    lines = {code: replace(line, images=left(line.images)) for code, line in sheet.lines.items()}
    return replace(sheet, lines=lines, stray=left(sheet.stray))


def contributions(sheet: FilledSheet, rubric: Rubric, problems: Problems) -> Taken:
    """What a sheet says otherwise than when it was made.

    Args:
        sheet: as it came back.
        rubric: its rules.
        problems: takes what cannot be read, and answers that were cleared: whether they are withdrawn is to be said.
    """
    origin = sheet.origin
    base = {finding.item: finding for finding in origin.findings}
    made = SpotCheck(origin.batch, (origin.subject,), origin.findings, origin.measurements)
    (result,) = score_spot_check(rubric, made).objects
    shown = shown_answers(rubric, result, fillable=origin.fillable)
    changed = {}
    for code, line in sheet.lines.items():
        before = shown[code]
        was = (before.result, str(before.count), _squeezed(clean(before.note)))
        _check_further_rows(sheet, code, problems)
        is_wrong = any(isinstance(line.cells[name], ErrorValue) for name in (_RESULT, _COUNT))
        if (line.result, line.count, _squeezed(line.note)) == was and not line.images and not is_wrong:
            continue
        known = base.get(code)
        if known and not is_open(known) and not line.result and not is_wrong and (before.result or not line.note):
            problems.add("R20", sheet.place(code, _RESULT), item=code, was=before.result or before.note)
        elif known and line.result == before.result and (known.count or 1) > 1 and is_blank(line.cells[_COUNT]):
            problems.add("R21", sheet.place(code, _COUNT), item=code, was=known.count)
        else:
            changed[code] = _typed(line, clean(before.note), base.get(code))
    found = read_answers(sheet, changed, rubric, problems)
    answers = tuple(
        Contribution(_complete(finding, base.get(code)), base.get(code), sheet.place(code))
        for code, finding in found.items()
    )
    pictures = {picture_name(i.content, i.suffix): i.content for line in sheet.lines.values() for i in line.images}
    return Taken(sheet, answers, pictures)


def _check_further_rows(sheet: FilledSheet, code: str, problems: Problems) -> None:
    """Nothing is chosen in the further rows of a long note: it would count nowhere."""
    line = sheet.lines[code]
    for column in (_RESULT, _COUNT):
        stand = [shown_text(row[column]).strip() for row in line.rows]
        for number, (above, value) in enumerate(pairwise(stand), line.first_row + 1):
            # A merged cell stands for all its rows, and is told once.
            if value not in {above, "", say("sheet.again"), say("sheet.none"), stand[0]}:
                problems.add("C08", sheet.sheet.place(number, column), item=code, value=value)


def _squeezed(text: str) -> str:
    """A text without white space: programs break lines in their own ways."""
    return "".join(text.split())


def _typed(line: FilledLine, before: str, base: Finding | None) -> str:
    """The note as a person means it: without the lines that the sheet showed of its own accord."""
    own = set(before.split("\n")) - set(clean(base.note).split("\n") if base else ())
    own = {_squeezed(shown) for shown in own if not shown.startswith(say("sheet.url", url=""))}
    return "\n".join(text for text in _whole(line.notes, before).split("\n") if _squeezed(text) not in own or not text)


def _whole(pieces: list[str], before: str) -> str:
    """A note that stands in several rows: it goes on without a line break where it did before."""
    whole = pieces[0]
    for piece, following in pairwise(pieces):
        goes_on = piece[-_KNOWN_BY:] + following[:_KNOWN_BY] in before
        whole += following if goes_on else f"\n{following}"
    return whole


def _complete(finding: Finding, base: Finding | None) -> Finding:
    """An answer with what the sheet has no place for."""
    if base is None:
        return finding
    names = dict.fromkeys(filter(None, [*base.screenshot.split("；"), *finding.screenshot.split("；")]))
    return replace(finding, screenshot="；".join(names), extra=base.extra)
