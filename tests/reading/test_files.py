"""Files that are not what they should be: each gets a sentence, none a traceback, and none fills the memory."""

import io
import os
import random
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkit.problems import Problems, ProblemsError
from govkit.reading import read_spot_check, workbook
from govkit.reading.files import read_sheets
from govkit.reading.layout import limits
from govkit.reading.sheet import ErrorValue
from tests.workbooks import BATCH, RECORDS, SITES, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def codes(path: Path) -> list[str]:
    """The codes of what is wrong with a file."""
    problems = Problems()
    read_sheets(path, problems)
    return [problem.code for problem in problems]


def zip_of(path: Path, **members: bytes) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def test_missing_file(tmp_path: Path) -> None:
    """A path that leads nowhere."""
    assert codes(tmp_path / "没有.xlsx") == ["F01"]


CONTENTS = {
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "F02"),
    "empty": (b"", "F13"),
    "lock of an open file": (b"\x05wang " + b"\0" * 150, "F02"),
    "prose": ("关于开展检查的通知\n各单位：".encode(), "F02"),
    "encrypted workbook": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "F03"),
    "half a workbook": (b"PK\x03\x04\x14\0\0\0\x08\0abc", "F04"),
    "no BIFF inside": (OLE + b"\0" * 600, "F04"),
    "table with a zero byte": (b"a,b\n1,\0\n", "F02"),
    "XML of a spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "F09",
    ),
    "page that is only a comment": (b'<?xml version="1.0" encoding="utf-8"?><!-- <table -->', "F02"),
    "text in no encoding": ("甲,乙\n".encode("gbk") + b"\xff\xff,\xff", "F08"),
}


@pytest.mark.parametrize(("content", "code"), CONTENTS.values(), ids=CONTENTS)
def test_by_first_bytes__error(tmp_path: Path, content: bytes, code: str) -> None:
    """What a file is shows in its first bytes, whatever its name says."""
    path = tmp_path / "抽查.xlsx"
    path.write_bytes(content)
    assert codes(path) == [code]


def test_other_formats__error(tmp_path: Path) -> None:
    """Formats whose error cells could not be told from blanks are refused, with the way out."""
    assert codes(zip_of(tmp_path / "a.xlsx", mimetype=b"application/vnd.oasis.opendocument.spreadsheet")) == ["F09"]
    assert codes(zip_of(tmp_path / "b.xlsx", **{"xl__workbook.bin": b""})) == ["F09"]


def test_nothing_inside__error(tmp_path: Path) -> None:
    """An empty folder, and a zip without tables."""
    (tmp_path / "空").mkdir()
    assert codes(tmp_path / "空") == ["F11"]
    assert codes(zip_of(tmp_path / "a.zip", **{"说明.docx": b"x"})) == ["F11"]


def test_sheets_too_large_together__error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The used areas of all sheets count together."""
    path = write(tmp_path / "抽查.xlsx", "| 甲 | 1 |\n| | 2 |", "| 乙 | 1 |\n| | 2 |")
    monkeypatch.setitem(limits(), "cells", 4)
    assert codes(path) == []
    monkeypatch.setitem(limits(), "cells", 3)
    assert codes(path) == ["F07"]


def test_too_large_when_unpacked__error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unpacked size is looked at before anything is unpacked."""
    path = zip_of(tmp_path / "抽查.zip", **{"抽查记录.csv": b"1,2\n" * 1_000_000})
    monkeypatch.setitem(limits(), "unpacked_bytes", 3_999_999)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert codes(path) == ["F05"]


def test_stray_cell__error(tmp_path: Path) -> None:
    """One cell far out would make the reader ask for more memory than there is; the sheet is named instead."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "抽查记录"
    sheet["A1"], sheet["XFD1048576"] = "检查对象标识码", "多余"
    book.save(tmp_path / "抽查.xlsx")
    problems = Problems()
    assert read_sheets(tmp_path / "抽查.xlsx", problems) == []
    (problem,) = problems
    assert (problem.code, problem.place.sheet) == ("F07", "抽查记录")
    assert "1048576" in problem.text


def with_sheet(path: Path, old: str, new: str) -> Path:
    """A workbook with two cells in its first row, after some text of its sheet was exchanged."""
    raw = write(path, "| 抽查记录 | 甲 | 乙 |").read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    assert old in xml
    parts["xl/worksheets/sheet1.xml"] = xml.replace(old, new).encode()
    return zip_of(path, **{name.replace("/", "__"): content for name, content in parts.items()})


FAR_OUT = {
    "beyond XFD": ('<c r="B1"', '<c r="ZZZZ1"', "F07"),
    "first column beyond": ('<c r="B1"', '<c r="XFE1"', "F07"),
    "in small letters": ('<c r="B1"', '<c r="zzzz1"', "F07"),
    "in other quotes": ('<c r="B1"', "<c r = 'ZZZZ1'", "F07"),
    "behind a bracket": ('<c r="B1"', '<c x=">" r="ZZZZ1"', "F07"),
    "in another row": ('<c r="B1"', '<c r="B9999999"', "F07"),
    "first row beyond": ('<c r="A1"', '<c r="A1048577"', "F07"),
    "without places": ("</row>", f'{"<c/>" * 16_384}</row><row r="1048576"><c t="str"><v>x</v></c></row>', "F07"),
    "too many letters": ('<c r="B1"', f'<c r="{"Z" * 9_000}1"', "F04"),
    "too many digits": ('<c r="B1"', f'<c r="B{"9" * 9_000}"', "F04"),
    "last column": ('<c r="B1"', '<c r="XFD1"', ""),
    "usual place, unusually written": ('<c r="B1"', "<c  r='B1'", ""),
}


@pytest.mark.parametrize("name", FAR_OUT)
def test_cells_far_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """However a cell says that it is further out than sheets reach, the reader is not asked to hold such a sheet."""
    old, new, code = FAR_OUT[name]
    path = with_sheet(tmp_path / "抽查.xlsx", old, new)
    if code:
        monkeypatch.setattr(workbook, "load_workbook", lambda _: pytest.fail("read"))
    assert codes(path) == [code] * bool(code)


def test_merges_beyond_the_sheet(tmp_path: Path) -> None:
    """Merged cells are cut off at the last row; a thousand that lie over each other are damage, and cost no time."""
    many = '<mergeCell ref="A1:A1048576"/>' * 1_000
    path = with_sheet(tmp_path / "抽查.xlsx", "</sheetData>", f"</sheetData><mergeCells>{many}</mergeCells>")
    problems = Problems()
    (sheet,) = read_sheets(path, problems)
    assert (list(sheet.merges), sheet.rows) == ([(0, 0, 0, 0), (0, 0, 0, 0)], [["甲", "乙"]])


@pytest.mark.parametrize("error", [PermissionError(13, "拒绝访问"), OSError(5, "读写错误")])
def test_file_in_use__error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """A file that another program holds, or a disk that fails."""
    path = write(tmp_path / "抽查.xlsx", BATCH)

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes(path) == ["F06" if isinstance(error, PermissionError) else "F10"]


def test_panic_of_the_reader__error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A panic inside the reader is no Exception; it becomes a sentence, and its report stays off the terminal."""

    class Panic(BaseException):
        """Stands for the reader's own."""

    def panic(_: object) -> None:
        os.write(2, b"thread panicked at lib.rs\n")
        raise Panic

    path = write(tmp_path / "抽查.xlsx", BATCH)
    monkeypatch.setattr(workbook, "load_workbook", panic)
    assert codes(path) == ["F04"]
    assert capfd.readouterr().err == ""


def test_interruption_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who interrupts the reading is not told that the file is damaged."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    path = write(tmp_path / "抽查.xlsx", BATCH)
    monkeypatch.setattr(workbook, "load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        codes(path)


def test_error_cells_are_found(tmp_path: Path) -> None:
    """Error cells and formulas without a result are told from blanks; a formula that gives no text is a blank."""
    path = write(tmp_path / "抽查.xlsx", "| 表 | 甲 | 乙 | 丙 | 丁 |\n| | =1/0 | =1+1 | x | |")
    raw = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    xml = re.sub(r'<c r="A2".*?</c>', '<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', xml)
    xml = re.sub(r'<c r="C2".*?</c>', '<c r="C2" t="str"><f>""</f><v></v></c>', xml)
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    row = read_sheets(path, Problems())[0].rows[1]
    assert row[:2] == [ErrorValue("#DIV/0!"), ErrorValue("")]
    assert not isinstance(row[2], ErrorValue)


def test_hidden_rows_count(tmp_path: Path) -> None:
    """Rows hidden by a filter are part of the workbook, and do not shift the numbers of the others."""
    path = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS + "| | 5002300002 | | D9.1 | 未发现 | | |")
    book = openpyxl.load_workbook(path)
    book["抽查记录"].row_dimensions[2].hidden = True
    book.save(path)
    findings = read_spot_check(path).findings
    assert [(f.item, f.place and f.place.row) for f in findings] == [("D1.2", 2), ("D9.1", 3)]


def test_leading_empty_rows_and_columns_count(tmp_path: Path) -> None:
    """A table that begins further down and to the right keeps the row numbers that people see."""
    records = "| 抽查记录 | | |\n| | | |\n" + RECORDS.replace("| 抽查记录 |", "| | |").replace("|          |", "| | |")
    problems = []
    try:
        read_spot_check(write(tmp_path / "抽查.xlsx", BATCH, SITES, records.replace("D1.2", "D1.9")))
    except ProblemsError as error:
        problems = [(p.code, p.place.row) for p in error.problems]
    assert problems == [("R03", 4)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), parts=st.integers(1, 20))
def test_damaged_bytes_never_raise(tmp_path: Path, seed: int, parts: int) -> None:
    """Whatever bytes of a workbook are damaged: a result or problems, nothing else."""
    path = tmp_path / "抽查.xlsx"
    if not path.exists():
        write(path, BATCH, SITES, RECORDS)
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    for _ in range(parts):
        content[chance.randrange(len(content))] = chance.randrange(256)
    damaged = tmp_path / "损坏.xlsx"
    damaged.write_bytes(content)
    with suppress(ProblemsError):
        assert read_spot_check(damaged).subjects


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400),
    head=st.sampled_from([b"", b"PK\x03\x04", OLE, b"<html><table>", b"\xef\xbb\xbf", b"\xff\xfe"]),
)
def test_random_bytes_never_raise(tmp_path: Path, content: bytes, head: bytes) -> None:
    """Any bytes at all: problems, nothing else."""
    path = tmp_path / "抽查.xls"
    path.write_bytes(head + content)
    with pytest.raises(ProblemsError):
        read_spot_check(path)


def test_file_larger_than_the_limit__error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is not read if it is larger than any workbook should be."""
    path = write(tmp_path / "抽查.xlsx", BATCH)
    monkeypatch.setitem(limits(), "file_bytes", 10)
    assert codes(path) == ["F05"]
