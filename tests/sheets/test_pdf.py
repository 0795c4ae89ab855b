"""Workbooks as PDFs through LibreOffice; most tests put a program of their own in its place."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from govkit.sheets import OutputError, pdf

# What LibreOffice is called with, as a program that writes a PDF for each file, or does something worse.
PROGRAM = """#!/bin/sh
out=""
for word in "$@"; do
    case "$word" in
        *.xlsx) {each} ;;
        *) [ "$before" = "--outdir" ] && out="$word" ;;
    esac
    before="$word"
done
echo "$#" >> {log}
{end}
"""
PRINT = 'name=$(basename "$word" .xlsx); printf "%%PDF-1.7\\n%s\\n%%%%EOF\\n" "$name" > "$out/$name.pdf"'
CUT = 'name=$(basename "$word" .xlsx); printf "%%PDF-1.7\\nhalf" > "$out/$name.pdf"'

Office = Callable[..., Path]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return a function that puts a program in the place of LibreOffice; it gives the log of its calls."""
    if sys.platform == "win32":
        pytest.skip("only on systems with a shell")

    def put(each: str = PRINT, end: str = "") -> Path:
        log, program = tmp_path / "log", tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(PROGRAM.format(each=each, end=end, log=log), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return log

    return put


def books(folder: Path, number: int) -> list[Path]:
    """Files that have the names of workbooks."""
    files = [folder / f"表 {at}.xlsx" for at in range(number)]
    for file in files:
        file.write_bytes(b"PK")
    return files


def test_workbooks_become_pdfs(soffice: str, tmp_path: Path) -> None:
    """LibreOffice prints; PDFs have the names of their workbooks, and take the place of older ones."""
    assert pdf.find_office() == Path(soffice)
    files = [tmp_path / f"{name}.xlsx" for name in ("青禾 发布", "-a&b")]
    for file in files:
        book = Workbook()
        book.worksheets[0]["A1"] = file.stem
        book.save(file)
    out = tmp_path / "结果" / "PDF"
    out.mkdir(parents=True)
    (out / "-a&b.pdf").write_bytes(b"old")
    assert pdf.print_to_pdf(files, out) == [out / "青禾 发布.pdf", out / "-a&b.pdf"]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in out.iterdir())
    assert sorted(file.name for file in out.iterdir()) == ["-a&b.pdf", "青禾 发布.pdf"]


def test_many_files_go_in_lots(office: Office, tmp_path: Path) -> None:
    """LibreOffice leaves out what goes beyond 247 files; progress ends with all of them."""
    log = office()
    told: list[tuple[int, int]] = []
    made = pdf.print_to_pdf(books(tmp_path, 120), tmp_path / "out", lambda done, all_: told.append((done, all_)))
    assert [int(words) - 7 for words in log.read_text().split()] == [50, 50, 20]
    assert [b"\xe8\xa1\xa8 %d\n" % at in file.read_bytes() for at, file in enumerate(made)] == [True] * 120
    assert told[-1] == (120, 120)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("each", [f'case "$word" in *1.xlsx) ;; *) {PRINT} ;; esac', CUT], ids=["left out", "half"])
def test_no_pdf_unless_all_are_whole(each: str, office: Office, tmp_path: Path) -> None:
    """Where one file does not come out whole, none is written, older ones stay, and the sentence names it."""
    office(each=each)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "表 1.pdf").write_bytes(b"old")
    with pytest.raises(OutputError, match=r"没有打印成 PDF.*请："):
        pdf.print_to_pdf(books(tmp_path, 2), tmp_path / "out")
    assert [file.read_bytes() for file in (tmp_path / "out").iterdir()] == [b"old"]


def test_a_program_that_hangs_is_ended(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time it is ended with all that it has started, and a sentence says so."""
    office(end=f"(sleep 3; touch {tmp_path}/survived) & sleep 60")
    monkeypatch.setattr(pdf, "_SECONDS_TO_START", 0.5)
    monkeypatch.setattr(pdf, "_SECONDS_A_FILE", 0.0)
    begun = time.monotonic()
    with pytest.raises(OutputError, match=r"超时.*请："):
        pdf.print_to_pdf(books(tmp_path, 1), tmp_path / "out")
    assert time.monotonic() - begun < 30
    assert not (tmp_path / "out").exists()
    time.sleep(3.5)
    assert not (tmp_path / "survived").exists()


def test_no_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice a sentence says what to do instead."""
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    with pytest.raises(OutputError, match=r"LibreOffice.*请："):
        pdf.print_to_pdf(books(tmp_path, 1), tmp_path / "out")


def test_found_where_installers_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows it is not on the search path."""
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert pdf.find_office() == program


def test_a_file_that_is_gone(office: Office, tmp_path: Path) -> None:
    """It is named."""
    office()
    with pytest.raises(OutputError, match=r"没有\.xlsx.*请："):
        pdf.print_to_pdf([tmp_path / "没有.xlsx"], tmp_path / "out")


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """One would overwrite the other: the caller has to see to it."""
    with pytest.raises(ValueError, match="表"):
        pdf.print_to_pdf([tmp_path / "表.xlsx", tmp_path / "别处" / "表.xlsx"], tmp_path)
