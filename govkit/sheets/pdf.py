"""Printing workbooks and documents to PDF, through LibreOffice where the machine has it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from govkit.messages import say
from govkit.sheets.errors import OutputError
from govkit.sheets.staging import staging

_AT_ONCE = 50  # files; LibreOffice leaves out, without a word, what goes beyond 247 of them
_SECONDS_TO_START, _SECONDS_A_FILE = 120.0, 20.0
_BETWEEN_LOOKS = 0.5  # seconds
_NAMED = 3  # files in a sentence
_PROGRAMS = ("soffice", "libreoffice")
_FOLDERS_ON_WINDOWS = ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)")
_WINDOWS_NAMES = ("soffice.com", "soffice.exe")  # the first one waits until all is done
_ON_MAC = "Applications/LibreOffice.app/Contents/MacOS/soffice"


def find_office() -> Path | None:
    """LibreOffice's program: on the search path, or where its installers put it; None where there is none."""
    on_path = (shutil.which(name) for name in _PROGRAMS)
    return next((Path(found) for found in (*on_path, *_usual_places()) if found and Path(found).is_file()), None)


def print_to_pdf(
    files: Sequence[Path], out_dir: Path, progress: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Print workbooks or documents: each becomes a PDF of the same name in a folder, in place of one that stood there.

    Args:
        files: the workbooks or documents.
        out_dir: the folder; it is made where it does not exist.
        progress: is called now and then with how many are done, and of how many.

    Returns:
        The PDFs, in the order of the files.

    Raises:
        OutputError: there is no LibreOffice, it takes too long, or it cannot print a file; or the PDFs cannot be
            written. Then nothing has changed.
        ValueError: two files would become one PDF.
    """
    names = [f"{file.stem}.pdf" for file in files]
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(names)
    office = find_office()
    if office is None:
        raise OutputError(say("pdf.no_office"))
    with tempfile.TemporaryDirectory(prefix="govkit-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        for start in range(0, len(files), _AT_ONCE):
            lot = _copies(files[start : start + _AT_ONCE], work / "in")
            for done in _print(office, lot, work):
                if progress:
                    progress(start + done, len(files))
        missing = [file.name for file, name in zip(files, names, strict=True) if not _is_whole(work / "out" / name)]
        if missing:
            raise OutputError(say("pdf.not_printed", number=len(missing), names="、".join(missing[:_NAMED])))
        with staging(out_dir) as stage:
            for name in names:
                stage.store(Path(name), (work / "out" / name).read_bytes())
            stage.put_in_place()
    return [out_dir / name for name in names]


def _usual_places() -> Iterator[Path]:
    roots = [os.environ[name] for name in _FOLDERS_ON_WINDOWS if name in os.environ]
    yield from (Path(root) / "LibreOffice" / "program" / name for root in roots for name in _WINDOWS_NAMES)
    yield from (root / _ON_MAC for root in (Path("/"), Path.home()))
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def _copies(files: Sequence[Path], folder: Path) -> list[Path]:
    """Copies to print from: LibreOffice leaves lock files beside what it opens, and yields to a window that has it."""
    folder.mkdir(exist_ok=True)
    copies = [folder / file.name for file in files]
    for file, copy in zip(files, copies, strict=True):
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise OutputError(say("pdf.unreadable", name=file.name)) from error
    return copies


def _print(office: Path, files: Sequence[Path], work: Path) -> Iterator[int]:
    """Have LibreOffice print some files; says now and then how many are done.

    It has a profile of its own: an open window would swallow the command.
    """
    out = work / "out"
    out.mkdir(exist_ok=True)
    before = len(list(out.iterdir()))
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [str(office), profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
    end = time.monotonic() + _SECONDS_TO_START + _SECONDS_A_FILE * len(files)
    # Its output goes nowhere: a pipe would stay open in what it starts, and be waited for.
    process = subprocess.Popen(  # noqa: S603 - the program that a person installed, on our own files
        [*command, *map(str, files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.poll() is None:
            if time.monotonic() > end:
                raise OutputError(say("pdf.too_slow", number=len(files)))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_BETWEEN_LOOKS)
            yield len(list(out.glob("*.pdf"))) - before
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it has started, unless it has ended by itself."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - of the system
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _is_whole(pdf: Path) -> bool:
    return pdf.is_file() and pdf.read_bytes().rstrip().endswith(b"%%EOF")
