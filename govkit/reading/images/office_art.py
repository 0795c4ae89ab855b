"""Drawings as Office kept them before .xlsx: the store of pictures, and the shapes that show them ([MS-ODRAW]).

A record has a head of 8 bytes: version and instance, kind, size of its body. The body of a container is more records.
Here containers are stepped into and everything is read as one row of records.
"""

from collections.abc import Iterator
from struct import pack, unpack_from
from typing import NamedTuple

_HEAD = 8
_CONTAINERS = range(0xF000, 0xF006)
_SHAPE, _STORE_ENTRY, _PROPERTIES, _CHILD_ANCHOR, _ANCHOR = 0xF004, 0xF007, 0xF00B, 0xF00F, 0xF010
_BITMAP, _PICTURES = 0xF01F, range(0xF018, 0xF118)
_ENTRY_SIZE, _NAME_LENGTH, _UID_SIZE = 36, 33, 16
_PROPERTY_SIZE, _PROPERTY_ID, _IS_COMPLEX, _SHOWN_PICTURE = 6, 0x3FFF, 0x8000, 0x0104
_ANCHOR_SIZE = 18
_FILE_HEAD, _BITMAP_HEAD, _BITFIELDS, _MASKS_SIZE, _MOST_PALETTE_BITS = 14, 40, 3, 12, 8


class _Record(NamedTuple):
    kind: int
    instance: int
    start: int
    """Where its body starts in the data."""
    end: int


class Shape(NamedTuple):
    """A shape that shows a picture; rows and columns count from 0."""

    picture: int
    """Its number in the store."""
    row: int
    column: int
    last_row: int


def pictures_in_store(data: bytes) -> dict[int, bytes]:
    """The pictures of a workbook by their numbers, which count from 1; without what is cut off."""
    found = {}
    number = 0
    for record in _records(data):
        picture: _Record | None = record
        if record.kind == _STORE_ENTRY:
            name = data[record.start + _NAME_LENGTH : record.start + _NAME_LENGTH + 1]
            picture = next(_records(data, record.start + _ENTRY_SIZE + sum(name)), None)
            picture = picture if picture and picture.end <= record.end else None
        elif record.kind not in _PICTURES:
            continue
        number += 1
        if picture and picture.end <= len(data):
            found[number] = _picture(data, picture)
    return found


def shapes(data: bytes) -> Iterator[Shape]:
    """The shapes of a sheet that show pictures; those in a group at the place of the group."""
    picture = place = None
    for record in _records(data):
        if record.kind == _SHAPE:
            picture = None
        elif record.kind == _PROPERTIES:
            picture = _shown_picture(data, record)
        elif record.kind == _ANCHOR:
            place = _place(data, record)
        if record.kind in {_ANCHOR, _CHILD_ANCHOR} and picture and place:
            yield Shape(picture, *place)


def _records(data: bytes, start: int = 0) -> Iterator[_Record]:
    while start + _HEAD <= len(data):
        instance, kind, size = unpack_from("<HHI", data, start)
        start += _HEAD
        yield _Record(kind, instance >> 4, start, start + size)
        start += 0 if kind in _CONTAINERS else size


def _picture(data: bytes, record: _Record) -> bytes:
    uids = 2 if record.instance & 1 else 1
    content = data[record.start + uids * _UID_SIZE + 1 : record.end]
    return _bitmap_file(content) if record.kind == _BITMAP else content


def _bitmap_file(content: bytes) -> bytes:
    """A bitmap as a file: with the head that it has on a disk, which says where its pixels start."""
    if content.startswith(b"BM") or len(content) < _BITMAP_HEAD:
        return content
    head, bits, method, colours = unpack_from("<I10xHI12xI", content)
    palette = colours or (1 << bits if bits <= _MOST_PALETTE_BITS else 0)
    masks = _MASKS_SIZE if method == _BITFIELDS and head == _BITMAP_HEAD else 0
    pixels = _FILE_HEAD + head + masks + 4 * palette
    return pack("<2sIII", b"BM", _FILE_HEAD + len(content), 0, pixels) + content


def _shown_picture(data: bytes, record: _Record) -> int | None:
    end = min(record.start + record.instance * _PROPERTY_SIZE, record.end, len(data))
    for start in range(record.start, end - _PROPERTY_SIZE + 1, _PROPERTY_SIZE):
        name, value = unpack_from("<HI", data, start)
        if name & _PROPERTY_ID == _SHOWN_PICTURE and not name & _IS_COMPLEX:
            return int(value)
    return None


def _place(data: bytes, record: _Record) -> tuple[int, int, int] | None:
    """Row, column and last row; None if it is damaged."""
    if record.end < record.start + _ANCHOR_SIZE or record.end > len(data):
        return None
    column, row, end, beyond = unpack_from("<2xH2xH6xHH", data, record.start)
    # Nothing beyond the edge of the row: it ends where that row begins.
    return row, column, max(row, end if beyond else end - 1)
