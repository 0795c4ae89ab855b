"""The pictures of an .xls: the records of the workbook and its sheets that hold drawings ([MS-XLS])."""

import io
from collections.abc import Iterator
from struct import unpack_from

from xlrd.compdoc import CompDoc

from govkit.reading.images.office_art import pictures_in_store, shapes
from govkit.reading.images.placed import Placed

_BOF, _EOF, _BOUNDSHEET, _CONTINUE = 0x0809, 0x000A, 0x0085, 0x003C
_DRAWING_GROUP, _DRAWING, _OBJECT, _TEXT_BOX = 0x00EB, 0x00EC, 0x005D, 0x01B6
_HEAD, _TEXT_BOX_SIZE = 4, 18
_WORKSHEET, _WIDE = b"\0", b"\1"

Record = tuple[int, bytes]
"""What kind of record it is, and its content."""


def xls_pictures(content: bytes) -> Iterator[tuple[str, list[Placed]]]:
    """The names of the sheets with their pictures.

    Raises:
        ValueError: the file is damaged.
    """
    stream = _workbook(content)
    workbook, end = _substream(stream, 0)
    pictures = pictures_in_store(_joined(workbook, _DRAWING_GROUP))
    sheets = [body for kind, body in workbook if kind == _BOUNDSHEET and body[5:6] == _WORKSHEET]
    starts = [unpack_from("<I", sheet)[0] for sheet in sheets]
    drawings = {}
    # In the order of the file, and nothing twice: in a hostile file, many sheets could begin within each other.
    for start in sorted(starts):
        if start >= end:
            records, end = _substream(stream, start)
            drawings[start] = _joined(records, _DRAWING)
    for sheet, start in zip(sheets, starts, strict=True):
        shown = [shape for shape in shapes(drawings.pop(start, b"")) if shape.picture in pictures]
        yield _name(sheet), [Placed(row, column, last, pictures[picture]) for picture, row, column, last in shown]


def _workbook(content: bytes) -> bytes:
    """The stream that holds the workbook; empty where there is none, or none long enough to hold a picture."""
    try:
        compound = CompDoc(content, logfile=io.StringIO())
        for entry in (compound.dirlist[number] for number in compound.dirlist[0].children):
            # Shorter streams are kept in another way. In a hostile file, reading that way might not come to an end.
            if entry.name.lower() == "workbook" and entry.tot_size >= compound.min_size_std_stream:
                memory, start, size = compound.locate_named_stream(entry.name)
                return bytes(memory[start : start + size])
    except Exception as error:  # xlrd lets errors of many kinds through
        raise ValueError from error
    return b""


def _substream(stream: bytes, start: int) -> tuple[list[Record], int]:
    """The records of the workbook or of a sheet, without those of charts in it; and where the next one may begin."""
    records = []
    depth = 0
    while start + _HEAD <= len(stream):
        kind, size = unpack_from("<HH", stream, start)
        body = stream[start + _HEAD : start + _HEAD + size]
        start += _HEAD + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        if depth == 1 and kind != _EOF:
            records.append((kind, body))
    return records, start


def _name(sheet: bytes) -> str:
    is_wide = sheet[7:8] == _WIDE
    length = sum(sheet[6:7]) * (2 if is_wide else 1)
    return sheet[8 : 8 + length].decode("utf-16-le" if is_wide else "latin-1", errors="replace")


def _joined(records: list[Record], wanted: int) -> bytes:
    """What is in all records of one kind, and in those that continue them.

    Between a drawing and what continues it stand the objects and texts that belong to it; texts are continued as well.
    """
    joined = bytearray()
    is_continued = False
    characters = runs = 0
    for kind, body in records:
        if kind != _CONTINUE:
            characters = runs = 0
        if kind == _TEXT_BOX and len(body) >= _TEXT_BOX_SIZE:
            characters, runs = unpack_from("<HH", body, 10)
        elif kind == _CONTINUE and characters > 0:
            characters -= (len(body) - 1) // (2 if body[:1] == _WIDE else 1)
        elif kind == _CONTINUE and runs > 0:
            runs -= len(body)
        elif kind == wanted or (kind == _CONTINUE and is_continued):
            joined += body
        is_continued = kind == wanted or (is_continued and kind in {_CONTINUE, _OBJECT, _TEXT_BOX})
    return bytes(joined)
