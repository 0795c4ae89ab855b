"""Files in: what a file is by its first bytes, whether it can be opened, and its sheets as raw cells.

A spot check is an .xlsx or .xls workbook, or a folder or .zip of .csv files with the names of the sheets. Files named
.xls that hold HTML or delimited text are taken for what they are.
"""

import io
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from govkit.findings import Place
from govkit.problems import Problems
from govkit.reading.layout import limits
from govkit.reading.ooxml import ZIP_DAMAGE, SheetTooLargeError
from govkit.reading.sheet import Sheet
from govkit.reading.text import NoTextError, decode, read_delimited, read_html
from govkit.reading.workbook import EncryptedError, UnreadableError, read_xls, read_xlsx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_ZIPS = {"xl/workbook.bin": ".xlsb", "mimetype": ".ods", "content.xml": ".ods", "word/document.xml": ".docx"}
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".xls", ".htm", ".html")
_WORKBOOK_NAMES = (".xlsx", ".xls")
_HEAD = 4096
_NAME_IS_UTF8 = 0x800
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"


class OtherFormatError(Exception):
    """A spreadsheet, but in a format whose error cells could not be told from blanks."""


def read_sheets(path: Path, problems: Problems, name: str = "") -> list[Sheet]:
    """All sheets of a workbook, a folder or a zip; empty if nothing can be read, with the reason among the problems.

    Args:
        path: where it is.
        problems: takes what is wrong.
        name: what places call it; as the file where nothing is said.
    """
    name = name or path.name
    place = Place(name)
    try:
        if path.is_dir():
            files = [file for file in sorted(path.iterdir()) if _is_shown(file.name, _TEXT_NAMES)]
            if sum(file.stat().st_size for file in files) > limits()["unpacked_bytes"]:
                problems.add("F05", place, size=limits()["unpacked_bytes"] >> 20)
                return []
            return _tables(name, [(file.name, file.read_bytes()) for file in files], problems)
        if path.stat().st_size > limits()["file_bytes"]:
            problems.add("F05", place, size=limits()["file_bytes"] >> 20)
            return []
        if path.stat().st_size == 0:
            problems.add("F13", place)
            return []
        return list(_sheets_of(name, path.read_bytes(), problems))
    except FileNotFoundError:
        problems.add("F01", place, path=name)
    except PermissionError:
        problems.add("F06", place)
    except OSError as error:
        problems.add("F10", place, reason=error.strerror or error)
    return []


def _sheets_of(name: str, content: bytes, problems: Problems) -> list[Sheet]:
    """The sheets of one file, by its first bytes, whatever its name says."""
    place = Place(name)
    try:
        if content.startswith(_ZIP):
            return _unzipped(name, content, problems)
        if content.startswith(_OLE):
            return read_xls(name, content)
        return _single_table(name, content)
    except EncryptedError:
        problems.add("F03", place)
    except OtherFormatError as error:
        problems.add("F09", place, kind=error)
    except SheetTooLargeError as error:
        problems.add("F07", Place(name, error.sheet), rows=error.rows, columns=error.columns)
    except (UnreadableError, *ZIP_DAMAGE):
        problems.add("F04", place)
    except NoTextError as error:
        problems.add("F08" if error.delimited else "F02", place)
    return []


def _single_table(name: str, content: bytes) -> list[Sheet]:
    """The tables of one text file. Prose is text as well, but no table."""
    sheets = _text_sheets(name, PurePosixPath(name).stem, content)
    if not any(len(row) > 1 for sheet in sheets for row in sheet.rows):
        raise NoTextError(delimited=False)
    return sheets


def _text_sheets(workbook: str, name: str, content: bytes) -> list[Sheet]:
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _XML_WORKBOOK in head:
        raise OtherFormatError("XML")
    if head.startswith(b"<") and (b"<table" in content.lower() or b"<html" in head):
        return read_html(workbook, name, content)
    return [read_delimited(workbook, name, content)]


def workbooks_in(name: str, content: bytes, problems: Problems) -> list[tuple[str, bytes]]:
    """The workbooks in a zip, by their names without folders; none if it cannot be read, with the reason told.

    Args:
        name: what places call the zip.
        content: the zip.
        problems: takes what is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _is_too_large(name, archive, problems):
                return []
            members = [info for info in archive.infolist() if _is_shown(_name_of(info), _WORKBOOK_NAMES)]
            return [(PurePosixPath(_name_of(info).replace("\\", "/")).name, archive.read(info)) for info in members]
    except RuntimeError:  # what zipfile raises where a member is encrypted
        problems.add("F03", Place(name))
    except ZIP_DAMAGE:
        problems.add("F04", Place(name))
    return []


def _is_too_large(name: str, archive: zipfile.ZipFile, problems: Problems) -> bool:
    """Whether there is too much in a zip, told before unpacking: a small one can hold more than a machine."""
    too_large = sum(info.file_size for info in archive.infolist()) > limits()["unpacked_bytes"]
    if too_large:
        problems.add("F05", Place(name), size=limits()["unpacked_bytes"] >> 20)
    return too_large


def _unzipped(name: str, content: bytes, problems: Problems) -> list[Sheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _is_too_large(name, archive, problems):
            return []
        members = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
        if "xl/workbook.xml" in members:
            return read_xlsx(name, content)
        for member, kind in _OTHER_ZIPS.items():
            if member in members:
                problems.add("F09", Place(name), kind=kind)
                return []
        try:
            named = ((info, _name_of(info)) for info in archive.infolist())
            tables = [(member, archive.read(info)) for info, member in named if _is_shown(member, _TEXT_NAMES)]
        except RuntimeError:  # what zipfile raises where a member is encrypted
            raise EncryptedError from None
    return _tables(name, tables, problems)


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag that says UTF-8 it may still be that (macOS), or GBK (Chinese Windows)."""
    if member.flag_bits & _NAME_IS_UTF8:
        return member.filename
    return decode(member.filename.encode("cp437"))


def _is_shown(name: str, suffixes: Collection[str]) -> bool:
    """Whether a file of a folder or zip is to be read; system leftovers and locks of open files are not."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in suffixes and not hidden


def _tables(workbook: str, members: list[tuple[str, bytes]], problems: Problems) -> list[Sheet]:
    """The tables of a folder or zip; each takes its sheet name from its file name."""
    if not members:
        problems.add("F11", Place(workbook))
    return [sheet for member in members for sheet in _table(workbook, member, problems)]


def _table(workbook: str, member: tuple[str, bytes], problems: Problems) -> Iterator[Sheet]:
    name, content = PurePosixPath(member[0].replace("\\", "/")).name, member[1]
    stem = name.rsplit(".", 1)[0]
    try:
        is_xls = content.startswith(_OLE)
        sheets = read_xls(workbook, content) if is_xls else _text_sheets(workbook, stem, content)
    except (NoTextError, UnreadableError, EncryptedError, OtherFormatError):
        problems.add("F08", Place(workbook, name))
        return
    for sheet in sheets:
        sheet.name = stem if len(sheets) == 1 else sheet.name
        yield sheet
